//! `balie directory import`

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value};

use super::output::{Page, Tone, View};
use super::shell::progress;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::cli::language::said;
use crate::desk;
use crate::desk::directory::ImportReport;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing
    #[command(after_help = "\
Examples:
  balie directory import ./directory
  balie directory import ./directory --dry-run    check the files, change nothing

Columns:
  regions        code,name,servicedesk_address
  organisations  code,kind,name,region,parent,mail_domains
  accounts       username,name,work_email,roles,status
  requesters     work_email,name,capacity,organisation,valid_from,valid_until")]
    Import {
        /// The folder with the four files
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::Shows
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let Verb::Import { folder } = verb;
    let (mut desk, mut out, _) = session.open().await?;
    let folder = match folder {
        Some(folder) => folder,
        None => out.ask_path(&said!("Folder with the four CSV files"), "DIR")?,
    };
    if !folder.is_dir() {
        let message = said!("{folder} isn't a folder", folder = folder.display());
        return Err(Failure::invalid(
            message,
            said!("pass the folder that holds the four CSV files"),
        ));
    }
    let bar = progress::bar(&out, "{spinner} {human_pos}, {per_sec}, {elapsed}")?;
    let report = desk::directory::import_directory(&mut desk, &folder, out.dry_run, &mut |rows| {
        bar.set_position(rows);
    })
    .await;
    bar.finish_and_clear();
    show(&mut out, &ImportView(report?))
}

struct ImportView(ImportReport);

impl View for ImportView {
    fn schema(&self) -> &'static str {
        "balie.import/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(&self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let report = &self.0;
        let heading = if report.dry_run {
            said!("The files are in order; this was a dry run, so nothing was changed.")
        } else {
            said!("Imported.")
        };
        page.heading(&heading);
        let row = |name: &str, merged: crate::store::directory::Merged| {
            vec![
                (Tone::Plain, name.to_owned()),
                (Tone::Plain, merged.added.to_string()),
                (Tone::Plain, merged.changed.to_string()),
            ]
        };
        page.table(
            &["", "new", "changed"],
            &[
                row("regions", report.regions),
                row("organisations", report.organisations),
                row("accounts", report.accounts),
                row("requesters", report.requesters),
            ],
        );
        if report.requesters.added > 0 && !report.baseline {
            page.line(
                Tone::Warn,
                &said!(
                    "New requesters' addresses are fresh: for some days they can't authorise alone."
                ),
            );
        }
    }
}
