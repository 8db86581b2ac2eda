//! `balie audit prune`

use serde_json::{Map, Value};

use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::audit::PruneReport;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit prune --dry-run      what would go
  balie audit prune --yes          monthly, from cron (a service for the job needs no --yes)

`[retention]` in the config says how long: log_months = 24 for the details of the log, mails_days = 90 for
mails and what was gathered from them. The log's lines, verdicts and hashes stay.")]
pub(in crate::cli) struct Args {}

pub(super) async fn run(_: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, config) = session.open().await?;
    out.must_go_on(&said!("Erase what has been kept long enough"))?;
    let report = desk::audit::prune(&mut desk, config.retention, out.dry_run).await?;
    show(&mut out, &PruneView(report))
}

struct PruneView(PruneReport);

impl View for PruneView {
    fn schema(&self) -> &'static str {
        "balie.audit_prune/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let report = &self.0;
        let heading = if report.dry_run {
            said!("Would be erased")
        } else {
            said!("Erased")
        };
        page.heading(&heading);
        let line = |count: i64, before| {
            said!(
                "{count}, older than {before}",
                count = count,
                before = format!("{before:.0}")
            )
        };
        page.fields(&[
            (
                "details of the log",
                Tone::Plain,
                line(report.details, report.log_before),
            ),
            (
                "requests' mails",
                Tone::Plain,
                line(report.requests, report.mails_before),
            ),
            (
                "quarantined mails",
                Tone::Plain,
                line(report.quarantined, report.mails_before),
            ),
            (
                "sent mails",
                Tone::Plain,
                line(report.outbox, report.mails_before),
            ),
        ]);
    }
}
