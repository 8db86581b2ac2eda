//! The recovery codes of a bulk run. Hashing one takes long on purpose, so they're drawn ahead of their
//! batch, while nobody is kept from the database.

use std::collections::HashMap;

use super::judged::Judged;
use super::run::{Drawn, Run};
use crate::desk::reset::Issued;
use crate::desk::{Desk, Error, Result};
use crate::domain::reset::warrant::Warrant;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::timestamp::Timestamp;
use crate::store::{StoreError, Tx};
use crate::vault::{Hasher, PasswordHash};

/// Takes the codes of a batch to where their holders get them from, before the batch is kept: when they
/// can't be taken, nothing is kept. The numbers are the places of the rows that the batch settles; the first
/// names it. A row that is settled never comes again, so whatever was taken under one of these numbers
/// before was not kept, and opens nothing. Gives back the name of the file, where there is one.
pub type HandOver<'h> = dyn FnMut(&[i64], &[Issued<'_>]) -> std::io::Result<Option<String>> + 'h;

/// Draws codes ahead, with their hashes.
pub(in crate::desk) fn draw(desk: &mut Desk<'_>, run: &mut Run, count: usize) -> Result<()> {
    let codes: Vec<_> = (0..count).map(|_| RecoveryCode::draw(desk.rng)).collect();
    let secrets: Vec<_> = codes.iter().map(RecoveryCode::as_bytes).collect();
    let hashes = run.hasher.draw_many(&secrets, desk.rng)?;
    let pairs = codes.into_iter().zip(hashes);
    run.codes
        .extend(pairs.map(|(code, hash)| Drawn { code, hash }));
    Ok(())
}

/// Puts a fresh code in the place of the old one of each warrant's account, in their order.
pub(in crate::desk) async fn issue(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    run: &mut Run,
    warrants: &[Warrant],
    expires_at: Timestamp,
) -> Result<Vec<RecoveryCode>> {
    let missing = warrants.len().saturating_sub(run.codes.len());
    if missing > 0 {
        draw(desk, run, missing)?;
    }
    let drawn: Vec<Drawn> = run.codes.drain(..warrants.len()).collect();
    let hashes: Vec<&str> = drawn.iter().map(|drawn| drawn.hash.as_str()).collect();
    let issued = tx.reissue_recovery_codes(warrants, &hashes, desk.now, expires_at);
    if issued.await? != warrants.len() as u64 {
        return Err(StoreError::Unexpected("an account is gone".into()).into());
    }
    Ok(drawn.into_iter().map(|drawn| drawn.code).collect())
}

/// Hands the batch's codes over; the name of the file that they're in.
pub(in crate::desk) fn hand_over(
    run: &Run,
    judged: &[Judged<'_>],
    hand_over: &mut HandOver<'_>,
) -> Result<Option<String>> {
    let settled = judged.iter().filter(|judged| judged.is_settled());
    let numbers: Vec<i64> = settled.map(|judged| judged.row.position).collect();
    let issued: Vec<Issued<'_>> = judged
        .iter()
        .filter_map(|judged| {
            let (holder, issued) = (judged.holder?, judged.issued.as_ref()?);
            let place = holder.roles().next();
            let school = place.and_then(|(place, ..)| run.places.get(&place));
            Some(Issued {
                account: &holder.account,
                school: school.map_or("", String::as_str),
                code: &issued.code,
                expires_at: issued.expires_at,
                desk_address: run.desk_of(holder.region().as_ref()),
            })
        })
        .collect();
    hand_over(&numbers, &issued).map_err(|error| Error::Invalid {
        message: format!(
            "the codes can't be handed over, so none of this batch was issued: {error}"
        ),
        hint: "free some space, or pass another --out DIR; then the same command continues".into(),
    })
}

/// Whether each of these codes opens the account that it was issued for.
pub(super) async fn open_their_accounts(
    look: &mut Tx,
    hasher: &mut Hasher,
    issued: &[(i64, RecoveryCode)],
) -> Result<bool> {
    if issued.is_empty() {
        return Ok(true);
    }
    let accounts: Vec<i64> = issued.iter().map(|(account, _)| *account).collect();
    let stored = look.recovery_hashes(&accounts).await?;
    let stored: HashMap<i64, String> = stored.into_iter().collect();
    for (account, code) in issued {
        let Some(hash) = stored.get(account) else {
            return Ok(false);
        };
        let hash = PasswordHash::from_stored(hash)?;
        if !hasher.fits(&hash, code.as_bytes())? {
            return Ok(false);
        }
    }
    Ok(true)
}
