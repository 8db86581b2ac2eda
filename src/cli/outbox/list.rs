//! `balie outbox list`

use serde_json::{Map, Value, json};

use super::purpose::purpose;
use crate::cli::Outcome;
use crate::cli::language::{noted, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::ending::show_some;
use crate::cli::shell::session::Session;
use crate::desk;
use crate::store::mail::OutboxRow;

pub(super) async fn run(limit: u32, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let mails = desk::mail::outbox(&mut desk, limit).await?;
    let shown = mails.len();
    show_some(&mut out, &ListView(mails), shown, limit)
}

struct ListView(Vec<OutboxRow>);

/// The contract's word.
pub(super) fn state(mail: &OutboxRow) -> &'static str {
    match (mail.sent_at, mail.failed_at) {
        (None, Some(_)) if mail.is_cancelled() => noted!("cancelled"),
        (Some(_), _) => noted!("sent"),
        (None, Some(_)) => noted!("failed"),
        (None, None) => noted!("due"),
    }
}

/// A mail, as every document has it.
pub(super) fn row(mail: &OutboxRow) -> Map<String, Value> {
    let row = json!({
        "message_id": mail.message_id,
        "recipient": mail.recipient,
        "kind": kind(mail),
        "language": mail.language,
        "state": state(mail),
        "queued_at": mail.queued_at,
        "due_at": mail.due_at,
        "attempts": mail.attempts,
        "sent_at": mail.sent_at,
        "last_error": mail.last_error,
    });
    row.as_object().cloned().unwrap_or_default()
}

/// What kind of notice it is; nothing where that can't be read.
fn kind(mail: &OutboxRow) -> Option<String> {
    let notice: Value = serde_json::from_str(&mail.notice).ok()?;
    notice["kind"].as_str().map(ToOwned::to_owned)
}

/// What it's for, in words.
pub(super) fn what_for(mail: &OutboxRow) -> String {
    purpose(&kind(mail).unwrap_or_default())
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.outbox/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("mails".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let row = |mail: &OutboxRow| {
            vec![
                (Tone::Strong, told(state(mail))),
                (Tone::Plain, what_for(mail)),
                (Tone::Plain, mail.recipient.clone()),
                (Tone::Plain, format!("{:.0}", mail.queued_at)),
                (Tone::Plain, mail.attempts.to_string()),
                (Tone::Faint, mail.last_error.clone().unwrap_or_default()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        page.table(
            &["state", "what for", "to", "queued", "tries", "last error"],
            &rows,
        );
    }
}
