//! `balie key status|rotate|retire`: a new sealing key, all secrets resealed in batches, the old key
//! taken out. Each step can be interrupted; run again, it goes on where it ended.

mod split;

pub use split::split_keys;

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::{KeyUse, Resealed, SealedIn, SealedRow, SealingKeyRow, StoreError, Tx};
use crate::vault::{Bound, KeySource, SealError, SealedSecret, Vault};

/// How many secrets are resealed in one transaction: others wait no longer than that.
const BATCH: i64 = 1000;

/// One key, here and in the database.
#[derive(Clone, Debug)]
pub struct KeyCard {
    /// Its id.
    pub id: String,
    /// `current`, `old`, `retired`, or `new` for one that the database doesn't know yet.
    pub state: &'static str,
    /// It's among the keys here.
    pub here: bool,
    /// When it was registered.
    pub created_at: Option<Timestamp>,
    /// What is sealed under it.
    pub sealed: KeyUse,
}

/// Every key, and where the keys come from.
#[derive(Clone, Debug)]
pub struct KeyStatus {
    /// Where they come from.
    pub source: KeySource,
    /// The id of the key that signs receipts.
    pub sign_key: String,
    /// The sealing keys, the newest last.
    pub keys: Vec<KeyCard>,
}

/// How a rotation begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// A new key was made, or found among the keys here, and is registered.
    New(String),
    /// An earlier rotation to this key wasn't finished.
    Resumed(String),
    /// The new keys were written to this file, for whatever the key command reads.
    Written(PathBuf),
}

/// What a rotation did.
#[derive(Clone, Debug)]
pub struct RotateReport {
    /// How it began.
    pub begun: Begun,
    /// Secrets that were resealed.
    pub resealed: u64,
    /// Secrets that are to be resealed, in a dry run.
    pub left: u64,
    /// Nothing was kept: it was a dry run.
    pub dry_run: bool,
}

/// Which keys there are, and what is sealed under each.
pub async fn key_status(desk: &mut Desk<'_>) -> Result<KeyStatus> {
    let (mut tx, _) = desk.begin(Action::KeyRead).await?;
    let vault = desk.vault(&mut tx).await?;
    let known = tx.sealing_keys().await?;
    let sealed = tx.key_use().await?;
    let here = vault.key_ids();
    let newest = newest(&known);
    let none = |key: &str| KeyUse {
        key_id: key.into(),
        enrollments: 0,
        retired: 0,
        mails: 0,
        operators: 0,
    };
    let used = |id: &str| {
        let used = sealed.iter().find(|used| used.key_id == id);
        used.cloned().unwrap_or_else(|| none(id))
    };
    let mut keys: Vec<_> = known
        .iter()
        .map(|key| KeyCard {
            id: key.key_id.clone(),
            state: match key.retired_at {
                Some(_) => "retired",
                None if newest == Some(key.key_id.as_str()) => "current",
                None => "old",
            },
            here: here.contains(&key.key_id),
            created_at: Some(key.created_at),
            sealed: used(&key.key_id),
        })
        .collect();
    for id in unregistered(&vault, &known) {
        keys.push(KeyCard {
            state: "new",
            here: true,
            created_at: None,
            sealed: none(&id),
            id,
        });
    }
    let event = desk.event(Action::KeyRead, json!({ "keys": keys.len() }));
    desk.commit(tx, event).await?;
    Ok(KeyStatus {
        source: desk.keys.clone(),
        sign_key: vault.public_key().id(),
        keys,
    })
}

/// The newest key that may be sealed under.
fn newest(known: &[SealingKeyRow]) -> Option<&str> {
    let mut in_use = known.iter().filter(|key| key.retired_at.is_none());
    in_use.next_back().map(|key| key.key_id.as_str())
}

fn unregistered(vault: &Vault, known: &[SealingKeyRow]) -> Vec<String> {
    let mut ids = vault.key_ids();
    ids.retain(|id| !known.iter().any(|key| key.key_id == *id));
    ids
}

/// Seals everything under a new key, or goes on with that. `out` is where the new keys are written for
/// a key command; `progress` hears how many are done, and of how many.
pub async fn rotate_keys(
    desk: &mut Desk<'_>,
    out: Option<&Path>,
    dry_run: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<RotateReport> {
    let (begun, left, mut vault) = begin_rotation(desk, out, dry_run).await?;
    let mut report = RotateReport {
        begun: begun.clone(),
        resealed: 0,
        left,
        dry_run,
    };
    let (Begun::New(key) | Begun::Resumed(key)) = begun else {
        return Ok(report);
    };
    if dry_run {
        return Ok(report);
    }
    vault.seal_under(&key);
    let mut broken = Vec::new();
    for what in SealedIn::ALL {
        let mut after = 0;
        while let Some(batch) = reseal(desk, &vault, *what, &key, after).await? {
            after = batch.last;
            report.resealed += batch.resealed;
            broken.extend(batch.broken);
            progress(report.resealed, left);
        }
    }
    report.left = left.saturating_sub(report.resealed);
    if broken.is_empty() {
        Ok(report)
    } else {
        Err(Error::BrokenSeals {
            rows: broken,
            resealed: report.resealed,
        })
    }
}

async fn begin_rotation(
    desk: &mut Desk<'_>,
    out: Option<&Path>,
    dry_run: bool,
) -> Result<(Begun, u64, Vault)> {
    let (mut tx, _) = desk.begin(Action::KeyRotate).await?;
    tx.lock_sealing_keys().await?;
    let mut vault = desk.opening_vault(&mut tx).await?;
    let known = tx.sealing_keys().await?;
    let missing = known
        .iter()
        .find(|key| key.retired_at.is_none() && !vault.key_ids().contains(&key.key_id));
    if let Some(missing) = missing {
        return Err(SealError::NoKey {
            key_id: missing.key_id.clone(),
        }
        .into());
    }
    let sealed = tx.key_use().await?;
    let under_others = |key: &str| -> u64 {
        let others = sealed.iter().filter(|used| used.key_id != key);
        others.map(|used| used.secrets().unsigned_abs()).sum()
    };
    let current = newest(&known).unwrap_or_default().to_owned();
    let found = unregistered(&vault, &known);
    if found.is_empty() && under_others(&current) > 0 {
        let left = under_others(&current);
        return Ok((Begun::Resumed(current), left, vault));
    }
    if let Some(path) = out.filter(|_| found.is_empty()) {
        if !dry_run {
            vault.add_key(desk.rng);
            vault.create(path)?;
        }
        return Ok((Begun::Written(path.to_owned()), under_others(""), vault));
    }
    let new = match (found.is_empty(), desk.keys.file()) {
        (false, _) => found,
        (true, Some(path)) => {
            let id = vault.add_key(desk.rng);
            if !dry_run {
                vault.replace(path)?;
            }
            vec![id]
        }
        (true, None) => {
            return Err(Error::Invalid {
                message: "the keys come from a command, so a new one can't be stored there".into(),
                hint:
                    "pass --out FILE, put that file where the command reads it, then run this again"
                        .into(),
            });
        }
    };
    let newest = new.last().cloned().unwrap_or_default();
    let left = under_others(&newest);
    if dry_run {
        return Ok((Begun::New(newest), left, vault));
    }
    for (id, check) in vault.check_values() {
        if new.contains(&id) {
            let later = i64::try_from(new.iter().position(|new| *new == id).unwrap_or(0));
            let at = Timestamp::from_micros(desk.now.as_micros() + later.unwrap_or(0));
            tx.add_sealing_key(&id, &check, at).await?;
        }
    }
    let event = desk.event(
        Action::KeyRotate,
        json!({ "key": newest, "before": current }),
    );
    desk.commit(tx, event).await?;
    Ok((Begun::New(newest), left, vault))
}

struct Batch {
    last: i64,
    resealed: u64,
    broken: Vec<String>,
}

/// Seals the next rows behind `after` under `key`; nothing when there are none.
async fn reseal(
    desk: &mut Desk<'_>,
    vault: &Vault,
    what: SealedIn,
    key: &str,
    after: i64,
) -> Result<Option<Batch>> {
    let (mut tx, _) = desk.begin(Action::KeyReseal).await?;
    let rows = tx.not_under(what, key, after, BATCH).await?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok(None);
    };
    let mut broken = Vec::new();
    let mut batch: Vec<Resealed> = Vec::with_capacity(rows.len());
    for row in rows {
        match seal_anew(desk, vault, what, &row)? {
            Some(sealed) => batch.push((row.id, sealed)),
            None => broken.push(name(&mut tx, what, &row).await?),
        }
    }
    let resealed = tx.reseal(what, key, &batch).await?;
    let of = what.as_str();
    let detail = json!({ "key": key, "of": of, "resealed": resealed, "broken": broken });
    let event = desk.event(Action::KeyReseal, detail);
    desk.commit(tx, event).await?;
    Ok(Some(Batch {
        last,
        resealed,
        broken,
    }))
}

/// The row's secret under the newest key; nothing when its seal doesn't hold.
fn seal_anew(
    desk: &mut Desk<'_>,
    vault: &Vault,
    what: SealedIn,
    row: &SealedRow,
) -> Result<Option<Vec<u8>>> {
    let damaged = || StoreError::Corrupt("what a seal is bound to can't be read".into());
    let uid = || row.bound.as_slice().try_into().map_err(|_| damaged());
    let bound = match what {
        SealedIn::Enrollments => Bound::Enrollment {
            account: row.owner_id,
            uid: uid()?,
        },
        SealedIn::Operators => Bound::Operator {
            operator: row.owner_id,
            uid: uid()?,
        },
        SealedIn::Mails => Bound::Mail {
            message_id: std::str::from_utf8(&row.bound).map_err(|_| damaged())?,
        },
    };
    let sealed = SealedSecret {
        key_id: row.key_id.clone(),
        bytes: row.sealed_secret.clone(),
    };
    match vault.open(&sealed, &bound) {
        Ok(secret) => Ok(Some(vault.seal(&secret, &bound, desk.rng)?.bytes)),
        Err(SealError::Broken) => Ok(None),
        Err(no_key) => Err(no_key.into()),
    }
}

async fn name(tx: &mut Tx, what: SealedIn, row: &SealedRow) -> Result<String> {
    Ok(match what {
        SealedIn::Enrollments => tx.username_of(row.owner_id).await?.unwrap_or_default(),
        SealedIn::Operators => {
            let login = tx.login_of(row.owner_id).await?.unwrap_or_default();
            format!("operator {login}")
        }
        SealedIn::Mails => String::from_utf8_lossy(&row.bound).into_owned(),
    })
}

/// Takes an old key out, once nothing is sealed under it.
pub async fn retire_key(desk: &mut Desk<'_>, id: &str, dry_run: bool) -> Result<KeySource> {
    let (mut tx, _) = desk.begin(Action::KeyRetire).await?;
    tx.lock_sealing_keys().await?;
    let mut vault = desk.vault(&mut tx).await?;
    let known = tx.sealing_keys().await?;
    let Some(key) = known.iter().find(|key| key.key_id == id) else {
        return Err(Error::NotFound {
            what: "key",
            name: id.into(),
            nearest: None,
        });
    };
    let sealed = tx.key_use().await?;
    let in_use = sealed
        .iter()
        .any(|used| used.key_id == id && used.secrets() > 0);
    if in_use || newest(&known) == Some(id) {
        return Err(Refusal::KeyInUse.into());
    }
    if dry_run {
        return Ok(desk.keys.clone());
    }
    if key.retired_at.is_none() {
        if !tx.retire_sealing_key(id, desk.now).await?.took() {
            return Err(Refusal::KeyInUse.into());
        }
        let event = desk.event(Action::KeyRetire, json!({ "key": id }));
        desk.commit(tx, event).await?;
    }
    // Interrupted before this, the same command does the rest.
    if let Some(path) = desk.keys.file()
        && vault.remove_key(id)
    {
        vault.replace(path)?;
    }
    Ok(desk.keys.clone())
}
