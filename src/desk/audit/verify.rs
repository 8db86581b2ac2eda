//! Verifying the log, and signing what it is now. Both are events too (rule 11).

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::{Value, json};

use super::receipts::{Held, HeldReceipt, hold_all};
use super::state::check_state;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::check::{BrokenAt, ChainCheck, Detail, TimeBack};
use crate::domain::log::checkpoint::{Checkpoint, SignedCheckpoint, origin};
use crate::domain::log::event::Action;
use crate::domain::log::row::Checked;
use crate::domain::reset::receipt::Receipt;
use crate::domain::timestamp::Timestamp;
use crate::store::{Altered, StoreError, Tx};
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
    /// The first lines that are older than one before them.
    pub time_back: Vec<TimeBack>,
    /// What of the schema, and of the rights to it, isn't as Balie makes it; nothing where this login to the database may not
    /// find out.
    pub altered: Option<Vec<Altered>>,
    /// How the rows stand to the log, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Checked>,
    /// How the receipts stand to the log, where some were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipts: Option<Vec<HeldReceipt>>,
}

impl LogReport {
    /// Whether something isn't as the log says.
    #[must_use]
    pub fn is_tampered(&self) -> bool {
        let rows = self
            .state
            .as_ref()
            .is_some_and(|state| state.false_rows > 0);
        let receipts = self.receipts.iter().flatten();
        let altered = self
            .altered
            .as_ref()
            .is_some_and(|altered| !altered.is_empty());
        rows || altered
            || receipts
                .into_iter()
                .any(|receipt| receipt.result != Held::Holds)
    }
}

/// What to verify besides the chain.
#[derive(Debug, Default)]
pub struct VerifyOrder {
    /// Checkpoints to hold it against.
    pub checkpoints: Vec<SignedCheckpoint>,
    /// Receipts to hold it against.
    pub receipts: Vec<Receipt>,
    /// The desk's public key, where checkpoints or receipts are given.
    pub key: Option<PublicKey>,
    /// Whether every row is held against the log.
    pub state: bool,
}

/// Walks the whole log, one line at a time, to the first that doesn't hold; and holds it against what
/// was signed earlier, and the rows against it.
pub async fn verify_log(desk: &mut Desk<'_>, order: &VerifyOrder) -> Result<LogReport> {
    let VerifyOrder {
        checkpoints: kept,
        receipts,
        key,
        state,
    } = order;
    let with_tree = !kept.is_empty();
    let action = Action::AuditVerify;
    let mut look = begin_walk(desk, action).await?;
    let check = match walk(&mut look, desk.now, kept, key.as_ref(), with_tree).await? {
        Walked::Whole(check) => check,
        Walked::Broken(check, broken) => {
            drop(look);
            return Err(tell_broken(desk, action, &check, broken).await?);
        }
    };
    let state = if *state {
        Some(check_state(&mut look).await)
    } else {
        None
    };
    let held = match key {
        Some(key) if !receipts.is_empty() => Some(hold_all(&mut look, receipts, key).await?),
        _ => None,
    };
    drop(look);
    let state = match state {
        Some(Err(Error::LogBroken { seq, why })) => {
            return Err(tell_broken(desk, action, &check, (seq, why)).await?);
        }
        Some(state) => Some(state?),
        None => None,
    };
    let last = check.last();
    let report = LogReport {
        events: last.seq,
        head: HEXLOWER.encode(&last.hash),
        erased_details: check.erased(),
        checkpoints: kept.iter().map(|kept| kept.checkpoint.size).collect(),
        time_back: check.time_back().to_vec(),
        altered: desk.database.altered().await?,
        state,
        receipts: held,
    };
    let (tx, _) = desk.begin(Action::AuditVerify).await?;
    let mut detail = json!({
        "events": report.events,
        "checkpoints": report.checkpoints,
        "broken_at": null,
        "altered": report.altered.as_ref().map(Vec::len),
    });
    if let Some(state) = &report.state {
        let unexplained: u64 = state.unexplained.iter().map(|kind| kind.rows).sum();
        detail["state"] = json!({
            "checked": state.checked,
            "unexplained": unexplained,
            "false": state.false_rows,
        });
    }
    if let Some(receipts) = &report.receipts {
        detail["receipts"] = json!(receipts);
    }
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
    let mut look = begin_walk(desk, Action::AuditCheckpoint).await?;
    let origin = origin(&look.desk_uid().await?);
    let walked = walk(&mut look, desk.now, earlier, Some(&key), true).await?;
    drop(look);
    let check = match walked {
        Walked::Whole(check) => check,
        Walked::Broken(check, broken) => {
            return Err(tell_broken(desk, Action::AuditCheckpoint, &check, broken).await?);
        }
    };
    let (size, root) = check.tree().unwrap_or_default();
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

/// The log as it is now, for whoever may verify it.
async fn begin_walk(desk: &mut Desk<'_>, action: Action) -> Result<Tx> {
    let (tx, _) = desk.begin(action).await?;
    drop(tx);
    Ok(desk.database.look().await?)
}

/// How far a walk came.
pub(in crate::desk) enum Walked {
    /// To the end.
    Whole(ChainCheck),
    /// To a line that doesn't hold.
    Broken(ChainCheck, BrokenAt),
}

/// Walks a log from its first line, as one state of the database has it.
pub(in crate::desk) async fn walk(
    look: &mut Tx,
    now: Timestamp,
    kept: &[SignedCheckpoint],
    key: Option<&PublicKey>,
    with_tree: bool,
) -> Result<Walked> {
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
    let mut check = ChainCheck::new(&uid, look.prunes().await?, now);
    if with_tree {
        check = check.with_tree(kept.iter().map(|kept| kept.checkpoint.clone()).collect());
    }
    let mut signs = None;
    let walked = look
        .walk_log(|stored| {
            if stored.line.seq == 1 {
                signs = match stored.detail {
                    Some(Detail::Text(_, json)) => signing_key(json),
                    _ => None,
                };
            }
            check
                .take(&stored.line, stored.hash, stored.detail, stored.record)
                .map_err(Stop::Broken)
        })
        .await;
    match walked.and_then(|()| check.finish().map_err(Stop::Broken)) {
        Ok(()) => {
            check_signing_key(look, signs).await?;
            Ok(Walked::Whole(check))
        }
        Err(Stop::Store(error)) => Err(error.into()),
        Err(Stop::Broken(broken)) => Ok(Walked::Broken(check, broken)),
    }
}

/// The id of the key that the desk was made with, as its first event says.
fn signing_key(detail: &str) -> Option<String> {
    let detail: Value = serde_json::from_str(detail).ok()?;
    Some(detail["sign_key"].as_str()?.to_owned())
}

/// The key that the desk's row names is the one that it was made with.
async fn check_signing_key(look: &mut Tx, logged: Option<String>) -> Result<()> {
    let Some(desk) = look.desk().await? else {
        return Ok(());
    };
    let of_row = <[u8; 32]>::try_from(desk.public_key.as_slice()).ok();
    let fits = of_row.is_some_and(|key| PublicKey(key).id() == desk.sign_key);
    match logged {
        Some(logged) if !fits || logged != desk.sign_key => Err(Error::KeyReplaced { logged }),
        _ if !fits => Err(Error::KeyReplaced {
            logged: desk.sign_key,
        }),
        _ => Ok(()),
    }
}

/// Writes down where the log breaks; what is to be said of it.
async fn tell_broken(
    desk: &mut Desk<'_>,
    action: Action,
    check: &ChainCheck,
    (seq, why): BrokenAt,
) -> Result<Error> {
    let (tx, _) = desk.begin(action).await?;
    let detail = json!({ "events": check.last().seq, "broken_at": seq });
    let event = desk.event(action, detail);
    match desk.commit(tx, event).await {
        // A log can be so broken that it takes no more lines: that is still to be said.
        Ok(_) | Err(Error::Store(StoreError::Corrupt(_))) => Ok(Error::LogBroken { seq, why }),
        Err(error) => Err(error),
    }
}
