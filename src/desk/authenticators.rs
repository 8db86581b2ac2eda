//! Authenticators, sealed and opened: the one way from a row to a secret and back.

use super::{Desk, Result};
use crate::domain::timestamp::Timestamp;
use crate::domain::totp::Authenticator;
use crate::store::{AuthenticatorRow, NewEnrollment, StoreError, Tx};
use crate::vault::{Bound, SealError, SealedSecret, Vault};

/// Opens the seal of an enrollment of `account`.
pub(super) fn open(vault: &Vault, account: i64, row: &AuthenticatorRow) -> Result<Authenticator> {
    let uid = row
        .uid
        .as_slice()
        .try_into()
        .map_err(|_| SealError::Broken)?;
    let sealed = SealedSecret {
        key_id: row.key_id.clone(),
        bytes: row.sealed_secret.clone().ok_or(SealError::Broken)?,
    };
    let secret = vault.open(&sealed, &Bound::Enrollment { account, uid: &uid })?;
    let authenticator = Authenticator::new(&secret, row.algorithm, row.digits, row.period);
    Ok(authenticator.ok_or_else(|| StoreError::Corrupt("no app has such parameters".into()))?)
}

/// Adds an enrollment of `account`, sealed: in use since `enrolled_at`, or to be confirmed.
pub(super) async fn add(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    account: i64,
    authenticator: &Authenticator,
    enrolled_at: Option<Timestamp>,
) -> Result<()> {
    let mut uid = [0; 16];
    desk.rng.fill_bytes(&mut uid);
    let bound = Bound::Enrollment { account, uid: &uid };
    let sealed = vault.seal(authenticator.secret(), &bound, desk.rng)?;
    let new = NewEnrollment {
        account,
        uid: &uid,
        key_id: &sealed.key_id,
        sealed_secret: &sealed.bytes,
        algorithm: authenticator.algorithm(),
        digits: i64::from(authenticator.digits()),
        period: i64::try_from(authenticator.period()).unwrap_or(i64::MAX),
        secret_bits: i64::try_from(authenticator.secret().len() * 8).unwrap_or(i64::MAX),
        enrolled_at,
    };
    Ok(tx.add_enrollment(&new, desk.now).await?)
}
