//! Verifying the log, and signing what it is now. Both are events too (rule 11).

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::{Value, json};

use super::receipts::{Held, HeldReceipt, hold_all};
use super::state::check_state;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::check::{Broken, BrokenAt, ChainCheck, Detail, TimeBack};
use crate::domain::log::checkpoint::{Checkpoint, SignedCheckpoint, origin};
use crate::domain::log::event::{Action, Hash};
use crate::domain::log::restored::Restored;
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
    /// When the desk was put back from a copy, and what is known to be lost.
    pub restored: Vec<Restored>,
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
    /// The restores that whoever asks knows of: a checkpoint of what they lost is no fault.
    pub restored: Vec<i64>,
}

/// Walks the whole log, one line at a time, to the first that doesn't hold; and holds it against what
/// was signed earlier, and the rows against it.
pub async fn verify_log(desk: &mut Desk<'_>, order: &VerifyOrder) -> Result<LogReport> {
    let VerifyOrder {
        checkpoints: kept,
        receipts,
        key,
        state,
        restored,
    } = order;
    let action = Action::AuditVerify;
    let mut look = begin_walk(desk, action).await?;
    let against = Against {
        kept,
        key: key.as_ref(),
        restored,
    };
    let mut check = match walk(&mut look, desk.now, &against).await? {
        Walked::Whole(check) => check,
        Walked::Broken(check, broken) => {
            drop(look);
            return Err(tell_broken(desk, action, &check, broken).await?);
        }
    };
    let restores = check.restores().all().to_vec();
    let excused = check.restores().excused();
    let sizes = kept.iter().map(|kept| kept.checkpoint.size);
    let continued = sizes.filter(|size| !excused.contains(size)).collect();
    let known = |named: &&i64| !restores.iter().any(|restore| restore.event == **named);
    if let Some(named) = restored.iter().find(known) {
        return Err(Error::Invalid {
            message: format!("event {named} isn't a restore"),
            hint: "`balie audit verify` names every restore".into(),
        });
    }
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
        checkpoints: continued,
        time_back: check.time_back().to_vec(),
        restored: restores,
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
    if !report.restored.is_empty() {
        detail["restored"] = json!(report.restored);
    }
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
    let against = Against {
        kept: earlier,
        key: Some(&key),
        restored: &[],
    };
    let walked = walk(&mut look, desk.now, &against).await?;
    drop(look);
    let mut check = match walked {
        Walked::Whole(check) => check,
        Walked::Broken(check, broken) => {
            return Err(tell_broken(desk, Action::AuditCheckpoint, &check, broken).await?);
        }
    };
    let signed = vault.sign_checkpoint(checkpoint_of(&mut check, origin));
    let Checkpoint { size, root, .. } = signed.checkpoint;
    let (tx, _) = desk.begin(Action::AuditCheckpoint).await?;
    let detail = json!({ "size": size, "root": HEXLOWER.encode(&root), "key": key.id() });
    let event = desk.event(Action::AuditCheckpoint, detail);
    desk.commit(tx, event).await?;
    Ok((signed, key))
}

/// What a log that was walked is now.
pub(in crate::desk) fn checkpoint_of(check: &mut ChainCheck, origin: String) -> Checkpoint {
    let (size, root) = check.tree().unwrap_or_default();
    Checkpoint {
        origin,
        size,
        root,
        restores: check.restores().hashes(),
    }
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

/// What a log is held against besides itself.
#[derive(Clone, Copy, Default)]
pub(in crate::desk) struct Against<'a> {
    /// What was signed of it earlier.
    pub(in crate::desk) kept: &'a [SignedCheckpoint],
    /// The key that signed; the one that the database names, where none is given.
    pub(in crate::desk) key: Option<&'a PublicKey>,
    /// The restores whose loss is known.
    pub(in crate::desk) restored: &'a [i64],
}

/// Walks a log from its first line, as one state of the database has it.
pub(in crate::desk) async fn walk(
    look: &mut Tx,
    now: Timestamp,
    against: &Against<'_>,
) -> Result<Walked> {
    let desk = look.desk().await?;
    let uid = look.desk_uid().await?;
    let origin = origin(&uid);
    for signed in against.kept {
        if let Some(key) = against.key {
            verify_checkpoint(signed, key)?;
        }
        if signed.checkpoint.origin != origin {
            return Err(Error::OtherLog {
                found: signed.checkpoint.origin.clone(),
                expected: origin,
            });
        }
    }
    let of_row = desk.and_then(|desk| desk.public_key.try_into().ok());
    let key = against.key.cloned().or(of_row.map(PublicKey));
    let kept = against.kept.iter().map(|kept| kept.checkpoint.clone());
    let mut check = ChainCheck::new(&uid, look.prunes().await?, now)
        .accepting(against.restored)
        .with_tree(kept.collect());
    let mut signs = None;
    let walked = look
        .walk_log(|stored| {
            if stored.line.seq == 1 {
                signs = match stored.detail {
                    Some(Detail::Text(_, json)) => signing_key(json),
                    _ => None,
                };
            }
            let before = (stored.line.action == Action::Restore.as_str()).then(|| check.tree());
            check
                .take(&stored.line, stored.hash, stored.detail, stored.record)
                .map_err(Stop::Broken)?;
            // What was erased, and what this login may not read, can't be held against its signature.
            if let (Some(before), Some(Detail::Text(_, json))) = (before, stored.detail) {
                let signed = signed_restore(json, &origin, before, key.as_ref());
                let to = signed.ok_or(Stop::Broken((stored.line.seq, Broken::Unsigned)))?;
                if let (Some(to), Some(restored)) = (to, check.restores().last()) {
                    restored.lost_to(to);
                }
            }
            Ok(())
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

/// How far a restore says that events are lost, where the desk's key signed the log as it was just before; else nothing.
#[expect(
    clippy::option_option,
    reason = "nothing is known to be lost, or nothing is believed"
)]
fn signed_restore(
    json: &str,
    origin: &str,
    before: Option<(u64, Hash)>,
    key: Option<&PublicKey>,
) -> Option<Option<i64>> {
    let detail: Value = serde_json::from_str(json).ok()?;
    let note: SignedCheckpoint = detail["note"].as_str()?.parse().ok()?;
    verify_checkpoint(&note, key?).ok()?;
    let Checkpoint { size, root, .. } = note.checkpoint;
    let holds = note.checkpoint.origin == origin && Some((size, root)) == before;
    holds.then(|| detail["missing_to"].as_i64())
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
