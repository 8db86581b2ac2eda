//! `balie audit log|verify`

use clap::Subcommand;
use serde_json::{Map, Value};

use super::account::HistoryView;
use super::output::{Page, Tone, View};
use super::session::Session;
use super::{Failure, Outcome, show};
use crate::desk::{self, LogReport};

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// The newest events
    Log {
        /// Only of this request
        #[arg(long, value_name = "ID")]
        request: Option<String>,
        /// Only of this action, such as reset
        #[arg(long, value_name = "ACTION")]
        action: Option<String>,
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// Check that no event was changed, put in or taken out; exit 8 names the first that doesn't hold
    Verify,
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    match verb {
        Verb::Log {
            request,
            action,
            limit,
        } => {
            let request = request
                .as_deref()
                .map(super::request::parse_request)
                .transpose()?;
            let request = request.map(|id| id.to_string());
            let events = desk::read_log(&mut desk, request, action, limit).await?;
            show(
                &mut out,
                &HistoryView {
                    schema: "balie.log/1",
                    events,
                },
            )
        }
        Verb::Verify => {
            let report = desk::verify_log(&mut desk).await?;
            match report.broken {
                Some((seq, why)) => Err(Failure {
                    exit: 8,
                    code: "tampered",
                    message: format!("the log doesn't hold at event {seq}: {why}"),
                    hint: "keep the database as it is, and compare it with a copy".into(),
                }),
                None => show(&mut out, &ReportView(report)),
            }
        }
    }
}

struct ReportView(LogReport);

impl View for ReportView {
    fn schema(&self) -> &'static str {
        "balie.audit_verify/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(&self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        page.line(
            Tone::Good,
            &format!("The log holds: {} events.", self.0.events),
        );
        page.line(Tone::Faint, &format!("head {}", self.0.head));
    }
}
