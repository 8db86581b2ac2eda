//! `balie backup restore`: a copy in the place of a desk that is gone. What it holds that may have been used since doesn't count
//! any more, and its log goes on with an event that the desk's key signs: so nobody can pass a log that was cut off for a restored
//! one.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::json;

use crate::desk::audit::{Against, Walked, check_state, checkpoint_of, walk};
use crate::desk::notify::{Letter, notify};
use crate::desk::operator::{Proof, prove_admin};
use crate::desk::settings::settings_of;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::checkpoint::{SignedCheckpoint, origin};
use crate::domain::log::event::Action;
use crate::domain::notice::{DeskRestored, Notice};
use crate::domain::operator::Role;
use crate::domain::settings::Brought;
use crate::store::backup::{CopyError, CopyHead, Restoring, Voided, check_free, look_into};
use crate::store::{DatabaseUrl, StoreError, Tx};
use crate::vault::{KeySource, verify_checkpoint};

/// Why a request that a copy holds is closed.
const MAY_BE_USED: &str =
    "the desk was put back from a copy: this request may have been used since";

/// What is to be put back, and where.
#[derive(Debug)]
pub struct RestoreOrder {
    /// The copy.
    pub file: PathBuf,
    /// Where the desk is to be.
    pub url: DatabaseUrl,
    /// What was kept elsewhere of the log.
    pub checkpoints: Vec<SignedCheckpoint>,
}

/// What an admin sees before "go on?".
#[derive(Clone, Debug)]
pub struct BeforeRestore {
    /// Which desk, and how far its log goes.
    pub copy: CopyHead,
    /// The last event that is known to be lost.
    pub missing_to: Option<i64>,
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// The desk.
    pub desk: String,
    /// How many events the copy has.
    pub events: i64,
    /// The number of the restore's own event; none of a rehearsal.
    pub event: Option<String>,
    /// The first event that is known to be lost.
    pub missing_from: Option<i64>,
    /// The last one.
    pub missing_to: Option<i64>,
    /// What may have been used since, and doesn't count any more.
    pub voided: Voided,
    /// How many auditors are told by mail.
    pub told: usize,
}

/// Looks at a copy before anything is made of it: it's of the desk whose keys are here, nothing is in its place, and the
/// checkpoints are of that desk.
pub async fn before_restore(order: &RestoreOrder, keys: &KeySource) -> Result<BeforeRestore> {
    let (kind, copy) = look_into(&order.file).await?;
    check_free(&order.url, kind, &order.file)?;
    let key = keys.load()?.public_key();
    if copy.public_key != key.0 {
        return Err(CopyError::OtherKeys {
            path: order.file.clone(),
            found: copy.desk,
        }
        .into());
    }
    let expected = origin(&copy.desk);
    let mut missing_to = None;
    for signed in &order.checkpoints {
        if signed.checkpoint.origin != expected {
            return Err(Error::OtherLog {
                found: signed.checkpoint.origin.clone(),
                expected,
            });
        }
        verify_checkpoint(signed, &key)?;
        let size = size_of(signed);
        missing_to = missing_to.max((size > copy.events).then_some(size));
    }
    Ok(BeforeRestore { copy, missing_to })
}

fn size_of(signed: &SignedCheckpoint) -> i64 {
    i64::try_from(signed.checkpoint.size).unwrap_or(i64::MAX)
}

/// Verifies the copy, makes void what may have been used since, and puts it back. Until the end nobody finds a desk there; a
/// rehearsal stops just before it.
pub async fn restore(
    desk: &mut Desk<'_>,
    restoring: Restoring,
    order: &RestoreOrder,
    (proof, brought): (&Proof, &[Brought]),
    dry_run: bool,
) -> Result<RestoreReport> {
    if let Some(altered) = restoring.altered().await?.first() {
        let what = format!(
            "the {} {} isn't as Balie makes it",
            altered.kind, altered.name
        );
        return Err(StoreError::Corrupt(what).into());
    }
    desk.ready_keys.load_for(Action::Restore, &desk.keys);
    let mut tx = restoring.load().await?;
    desk.settings = settings_of(&mut tx, brought).await?;
    desk.policy = desk.settings.policy().unwrap_or_default();
    let vault = desk.vault(&mut tx).await?;
    let last = tx.lock_log().await?;
    let is_within = |signed: &&SignedCheckpoint| size_of(signed) <= last.seq;
    let kept: Vec<_> = order
        .checkpoints
        .iter()
        .filter(is_within)
        .cloned()
        .collect();
    let against = Against {
        kept: &kept,
        key: Some(&vault.public_key()),
        restored: &[],
    };
    let mut check = match walk(&mut tx, desk.now, &against).await? {
        Walked::Whole(check) => check,
        Walked::Broken(_, (seq, why)) => return Err(Error::LogBroken { seq, why }),
    };
    let state = check_state(&mut tx).await?;
    if state.false_rows > 0 {
        // The restore's own record would vouch for them.
        let what = format!(
            "{} rows of the copy aren't as its log says",
            state.false_rows
        );
        return Err(StoreError::Corrupt(what).into());
    }
    prove_admin(desk, &mut tx, &vault, proof).await?;
    let uid = tx.desk_uid().await?;
    let note = vault.sign_checkpoint(checkpoint_of(&mut check, origin(&uid)));
    let newer = order.checkpoints.iter().map(size_of).max();
    let missing_to = newer.filter(|size| *size > last.seq);
    let voided = tx
        .void_what_may_be_used(&desk.operator, MAY_BE_USED, desk.now)
        .await?;
    let mut report = RestoreReport {
        desk: uid,
        events: last.seq,
        event: None,
        missing_from: missing_to.map(|_| last.seq + 1),
        missing_to,
        voided,
        told: 0,
    };
    report.told = tell_auditors(desk, &mut tx, &report).await?;
    if dry_run {
        return Ok(report);
    }
    let name = order.file.file_name().map(|name| name.to_string_lossy());
    let detail = json!({
        "file": name,
        "events": report.events,
        "missing_from": report.missing_from,
        "missing_to": report.missing_to,
        "voided": report.voided,
        "told": report.told,
        "key": vault.public_key().id(),
        "note": note.to_string(),
    });
    let event = desk.event(Action::Restore, detail);
    let recorded = desk.commit(tx, event).await?;
    restoring.put().await?;
    report.event = Some(recorded.seq.to_string());
    Ok(report)
}

/// Tells every auditor who has a work address; how many. A mail is a region's: without one there's nobody to send it.
async fn tell_auditors(desk: &mut Desk<'_>, tx: &mut Tx, report: &RestoreReport) -> Result<usize> {
    let regions = tx.regions(None).await?;
    let Some(region) = regions.first() else {
        return Ok(0);
    };
    let address = region.servicedesk_address.to_string();
    let mut told = 0;
    for operator in tx.operators(None).await? {
        let (Role::Auditor, None, Some(to)) =
            (operator.role, operator.disabled_at, &operator.work_email)
        else {
            continue;
        };
        let letter = Letter {
            to,
            language: desk.policy.language,
            desk_address: &address,
        };
        let notice = Notice::DeskRestored(DeskRestored {
            login: desk.operator.clone(),
            event: report.events + 1,
            missing_to: report.missing_to,
            at: desk.now,
            desk: address.clone(),
        });
        notify(desk, tx, letter, notice).await?;
        told += 1;
    }
    Ok(told)
}
