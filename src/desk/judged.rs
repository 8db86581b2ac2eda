//! What a command knows of the request that it judged once more: it isn't judged anew for each of its accounts.

use std::sync::Mutex;

use crate::domain::timestamp::Timestamp;
use crate::store::request::RequestRow;

/// What a command found of the request that it looked at last: many accounts of one request are decided one after the
/// other, each in a transaction that others wait for.
#[derive(Default)]
pub(crate) struct JudgedOnceMore(Mutex<Option<(Looked, bool)>>);

impl JudgedOnceMore {
    pub(super) fn found(&self, record: &Looked) -> Option<bool> {
        let kept = self.0.lock().ok()?;
        kept.as_ref()
            .filter(|(known, _)| known == record)
            .map(|(_, found)| *found)
    }

    pub(super) fn keep(&self, record: Looked, found: bool) {
        if let Ok(mut kept) = self.0.lock() {
            *kept = Some((record, found));
        }
    }
}

/// The record that was looked at, by the command that began then.
#[derive(PartialEq, Eq)]
pub(super) struct Looked {
    at: Timestamp,
    request: i64,
    rule_version: i64,
    evidence: String,
    facts: String,
    confirmed_at: Option<Timestamp>,
    rejected_at: Option<Timestamp>,
}

impl Looked {
    pub(super) fn at(now: Timestamp, request: &RequestRow) -> Self {
        Self {
            at: now,
            request: request.id,
            rule_version: request.rule_version,
            evidence: request.evidence.clone(),
            facts: request.facts.clone(),
            confirmed_at: request.confirmed_at,
            rejected_at: request.rejected_at,
        }
    }
}
