//! Reading the log and verifying it. Both are events too (rule 11).

use serde::Serialize;
use serde_json::json;

use super::{Desk, Result};
use crate::domain::event::{Action, Broken, ChainCheck};
use crate::store::{EventFilter, EventRow, StoreError};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogReport {
    /// How many events hold.
    pub events: i64,
    /// The head of the log, in hexadecimal.
    pub head: String,
    /// The first event that doesn't hold, and why.
    #[serde(skip)]
    pub broken: Option<(i64, Broken)>,
}

enum Stop {
    Store(StoreError),
    Broken(i64, Broken),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Walks the whole log, one line at a time, to the first that doesn't hold.
pub async fn verify_log(desk: &mut Desk<'_>) -> Result<LogReport> {
    let (tx, _) = desk.begin(Action::AuditVerify).await?;
    drop(tx);
    let mut look = desk.database.look().await?;
    let mut chain = ChainCheck::new(&look.desk_uid().await?);
    let walked = look
        .each_event(0, None, |row| {
            let line = row.line()?;
            chain
                .take(&line, row.hash()?, row.detail())
                .map_err(|broken| Stop::Broken(line.seq, broken))
        })
        .await;
    drop(look);
    let broken = match walked {
        Ok(()) => None,
        Err(Stop::Broken(seq, broken)) => Some((seq, broken)),
        Err(Stop::Store(error)) => return Err(error.into()),
    };
    let last = chain.last();
    let report = LogReport {
        events: last.seq,
        head: data_encoding::HEXLOWER.encode(&last.hash),
        broken,
    };
    let (tx, _) = desk.begin(Action::AuditVerify).await?;
    let detail = json!({ "events": report.events, "broken_at": broken.map(|(seq, _)| seq) });
    let event = desk.event(Action::AuditVerify, detail);
    desk.commit(tx, event).await?;
    Ok(report)
}

/// The newest lines of the log.
pub async fn read_log(
    desk: &mut Desk<'_>,
    request: Option<String>,
    action: Option<String>,
    limit: u32,
) -> Result<Vec<EventRow>> {
    let (mut tx, _) = desk.begin(Action::AuditLog).await?;
    let filter = EventFilter {
        account: None,
        request,
        action,
    };
    let events = tx.last_events(&filter, i64::from(limit)).await?;
    let event = desk.event(Action::AuditLog, json!({ "events": events.len() }));
    desk.commit(tx, event).await?;
    Ok(events)
}
