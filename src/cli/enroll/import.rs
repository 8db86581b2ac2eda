//! `balie enroll import`

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::second_factor::EnrollReport;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  balie enroll import enrollments.csv

Columns: username,otpauth_uri
The file holds secrets: delete it afterwards (shred -u). Authenticators with SHA-256, SHA-512, more
digits or another period are kept and checked as they are, and counted as unusual.")]
pub(in crate::cli) struct Args {
    /// The CSV file
    file: Option<PathBuf>,
    /// Take secrets under 128 bits over too
    #[arg(long)]
    allow_short: bool,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let file = match args.file {
        Some(file) => file,
        None => out.ask_path(&said!("CSV file with username,otpauth_uri"), "FILE")?,
    };
    let report =
        desk::second_factor::import_enrollments(&mut desk, &file, args.allow_short, out.dry_run)
            .await?;
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
            unusual,
            dry_run,
        } = self.0;
        let text = said!(
            "{enrolled} accounts enrolled, {unchanged} were already.",
            enrolled = enrolled,
            unchanged = unchanged
        );
        page.line(Tone::Strong, &text);
        if unusual > 0 {
            let text = said!(
                "{unusual} of them use a hash, number of digits or period that not every app supports; they're kept and checked as they are.",
                unusual = unusual
            );
            page.line(Tone::Warn, &text);
        }
        let text = if dry_run {
            said!("This was a dry run: nothing was changed.")
        } else {
            said!("The file holds secrets: delete it now.")
        };
        page.line(Tone::Warn, &text);
    }
}
