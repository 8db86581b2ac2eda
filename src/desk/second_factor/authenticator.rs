//! Authenticators, sealed and opened: the one way from a row to a secret and back.

use zeroize::Zeroizing;

use crate::desk::{Desk, Result};
use crate::domain::second_factor::totp::Authenticator;
use crate::domain::timestamp::Timestamp;
use crate::store::account::{AuthenticatorRow, NewEnrollment};
use crate::store::{StoreError, Tx};
use crate::vault::{Bound, SealError, SealedSecret, Vault};

/// Opens the seal of an enrollment of `account`.
pub(in crate::desk) fn open(
    vault: &Vault,
    account: i64,
    row: &AuthenticatorRow,
) -> Result<Authenticator> {
    let sealed = (row.key_id.as_str(), row.sealed_secret.as_ref());
    let secret = unseal(vault, &row.uid, sealed, |uid| Bound::Enrollment {
        account,
        uid,
    })?;
    let authenticator = Authenticator::new(&secret, row.algorithm, row.digits, row.period);
    Ok(authenticator.ok_or_else(|| StoreError::Unexpected("no app has such parameters".into()))?)
}

/// Opens a seal that is bound to its owner and to the row's own `uid`.
pub(in crate::desk) fn unseal(
    vault: &Vault,
    uid: &[u8],
    (key_id, sealed): (&str, Option<&Vec<u8>>),
    bound: impl FnOnce(&[u8; 16]) -> Bound<'_>,
) -> Result<Zeroizing<Vec<u8>>> {
    let uid = uid.try_into().map_err(|_| SealError::Broken)?;
    let sealed = SealedSecret {
        key_id: key_id.to_owned(),
        bytes: sealed.cloned().ok_or(SealError::Broken)?,
    };
    Ok(vault.open(&sealed, &bound(uid))?)
}

/// Adds an enrollment of `account`, sealed: in use since `enrolled_at`, or to be confirmed.
pub(in crate::desk) async fn add(
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
