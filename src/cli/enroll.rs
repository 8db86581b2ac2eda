//! `balie enroll import`

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value};

use super::output::{Page, Tone, View};
use super::session::Session;
use super::{Outcome, show};
use crate::desk::{self, EnrollReport};

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Take enrollments over from a CSV of otpauth URIs: all or nothing, each sealed at once
    #[command(after_help = "\
Example:
  balie enroll import enrollments.csv

Columns: username,otpauth_uri
The file holds secrets: delete it afterwards (shred -u).")]
    Import {
        /// The CSV file
        file: Option<PathBuf>,
    },
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let Verb::Import { file } = verb;
    let (mut desk, mut out, _) = session.open().await?;
    let file = match file {
        Some(file) => file,
        None => out
            .ask("CSV file with username,otpauth_uri", "FILE")?
            .into(),
    };
    let report = desk::import_enrollments(&mut desk, &file, out.dry_run).await?;
    show(&mut out, &EnrollView(report))
}

struct EnrollView(EnrollReport);

impl View for EnrollView {
    fn schema(&self) -> &'static str {
        "balie.enroll_import/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let EnrollReport {
            enrolled,
            unchanged,
            dry_run,
        } = self.0;
        let text = format!("{enrolled} accounts enrolled, {unchanged} were already.");
        page.line(Tone::Strong, &text);
        page.line(
            Tone::Warn,
            if dry_run {
                "This was a dry run: nothing was changed."
            } else {
                "The file holds secrets: delete it now."
            },
        );
    }
}
