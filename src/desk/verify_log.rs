//! Verifying the log, and signing what it is now. Both are events too (rule 11).

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::json;

use super::{Desk, Error, Result};
use crate::domain::chain_check::{BrokenAt, ChainCheck};
use crate::domain::checkpoint::{Checkpoint, SignedCheckpoint, origin};
use crate::domain::event::Action;
use crate::store::StoreError;
use crate::vault::{PublicKey, verify_checkpoint};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogReport {
    /// How many events hold.
    pub events: i64,
    /// The head of the log, in hexadecimal.
    pub head: String,
    /// How many details a prune has erased.
    pub erased_details: u64,
    /// The sizes of the checkpoints that the log was held against.
    pub checkpoints: Vec<u64>,
}

/// Walks the whole log, one line at a time, to the first that doesn't hold; and holds it against what
/// was signed earlier.
pub async fn verify_log(
    desk: &mut Desk<'_>,
    kept: &[SignedCheckpoint],
    key: Option<&PublicKey>,
) -> Result<LogReport> {
    let (check, uid) = walk(desk, Action::AuditVerify, kept, key, !kept.is_empty()).await?;
    debug_assert!(!uid.is_empty());
    let last = check.last();
    let report = LogReport {
        events: last.seq,
        head: HEXLOWER.encode(&last.hash),
        erased_details: check.erased(),
        checkpoints: kept.iter().map(|kept| kept.checkpoint.size).collect(),
    };
    let (tx, _) = desk.begin(Action::AuditVerify).await?;
    let detail = json!({
        "events": report.events,
        "checkpoints": report.checkpoints,
        "broken_at": null,
    });
    let event = desk.event(Action::AuditVerify, detail);
    desk.commit(tx, event).await?;
    Ok(report)
}

/// Verifies the log and signs its size and root. It has to go on from what was signed `earlier`: a log
/// must never sign two states that contradict each other.
pub async fn sign_checkpoint(
    desk: &mut Desk<'_>,
    earlier: &[SignedCheckpoint],
) -> Result<(SignedCheckpoint, PublicKey)> {
    let (mut tx, _) = desk.begin(Action::AuditCheckpoint).await?;
    let vault = desk.vault(&mut tx).await?;
    drop(tx);
    let key = vault.public_key();
    let (check, uid) = walk(desk, Action::AuditCheckpoint, earlier, Some(&key), true).await?;
    let (size, root) = check.tree().unwrap_or_default();
    let origin = origin(&uid);
    let signed = vault.sign_checkpoint(Checkpoint { origin, size, root });
    let (tx, _) = desk.begin(Action::AuditCheckpoint).await?;
    let detail = json!({ "size": size, "root": HEXLOWER.encode(&root), "key": key.id() });
    let event = desk.event(Action::AuditCheckpoint, detail);
    desk.commit(tx, event).await?;
    Ok((signed, key))
}

enum Stop {
    Store(StoreError),
    Broken(BrokenAt),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn walk(
    desk: &mut Desk<'_>,
    action: Action,
    kept: &[SignedCheckpoint],
    key: Option<&PublicKey>,
    with_tree: bool,
) -> Result<(ChainCheck, String)> {
    let (tx, _) = desk.begin(action).await?;
    drop(tx);
    let mut look = desk.database.look().await?;
    let uid = look.desk_uid().await?;
    let origin = origin(&uid);
    for signed in kept {
        if let Some(key) = key {
            verify_checkpoint(signed, key)?;
        }
        if signed.checkpoint.origin != origin {
            return Err(Error::OtherLog {
                found: signed.checkpoint.origin.clone(),
                expected: origin,
            });
        }
    }
    let mut check = ChainCheck::new(&uid, look.erased_to().await?);
    if with_tree {
        check = check.with_tree(kept.iter().map(|kept| kept.checkpoint.clone()).collect());
    }
    let walked = look
        .walk_log(|stored| {
            check
                .take(&stored.line, stored.hash, stored.detail)
                .map_err(Stop::Broken)
        })
        .await;
    drop(look);
    let walked = walked.and_then(|()| check.finish().map_err(Stop::Broken));
    match walked {
        Ok(()) => Ok((check, uid)),
        Err(Stop::Store(error)) => Err(error.into()),
        Err(Stop::Broken((seq, why))) => {
            let (tx, _) = desk.begin(action).await?;
            let detail = json!({ "events": check.last().seq, "broken_at": seq });
            let event = desk.event(action, detail);
            match desk.commit(tx, event).await {
                // A log can be so broken that it takes no more lines: that is still to be said.
                Ok(_) | Err(Error::Store(StoreError::Corrupt(_))) => {
                    Err(Error::LogBroken { seq, why })
                }
                Err(error) => Err(error),
            }
        }
    }
}
