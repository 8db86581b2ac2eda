//! `balie request list`

use serde_json::{Map, Value, json};

use super::{status, tone};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::domain::timestamp::Timestamp;
use crate::store::request::RequestRow;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// How many at most
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u32,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let requests = desk::request::requests(&mut desk, args.limit).await?;
    let now = desk.now;
    show(&mut out, &ListView { requests, now })
}

struct ListView {
    requests: Vec<RequestRow>,
    now: Timestamp,
}

impl ListView {
    /// The status; an answer that waits for somebody stands with it.
    fn standing(&self, request: &RequestRow) -> String {
        let status = status(request, self.now);
        if status == "waiting" && request.answered_at.is_some() {
            "waiting, an answer came in".into()
        } else {
            status.to_owned()
        }
    }
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.requests/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("requests".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |request: &RequestRow| {
            let row = json!({
                "id": request.public_id,
                "status": status(request, self.now),
                "verdict": request.verdict,
                "region": request.region,
                "from": request.from_address,
                "subject": request.subject,
                "received_at": request.received_at,
                "expires_at": request.expires_at,
                "answered_at": request.answered_at,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.requests.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.requests.is_empty() {
            page.line(Tone::Faint, "No request has come in yet.");
            return;
        }
        let row = |request: &RequestRow| {
            vec![
                (Tone::Strong, request.public_id.to_string()),
                (tone(&request.verdict), request.verdict.clone()),
                (Tone::Plain, self.standing(request)),
                (
                    Tone::Plain,
                    request.from_address.clone().unwrap_or_default(),
                ),
                (Tone::Plain, request.subject.clone()),
            ]
        };
        let rows: Vec<_> = self.requests.iter().map(row).collect();
        page.table(&["request", "verdict", "status", "from", "subject"], &rows);
    }
}
