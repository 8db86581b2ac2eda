//! Enrollments: sealed secrets, bound to their account.

use super::{Result, Tx, on};
use crate::domain::timestamp::Timestamp;

/// A live enrollment's seal.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SealRow {
    /// What is bound into the seal.
    pub uid: Vec<u8>,
    /// The id of the sealing key.
    pub key_id: String,
    /// Nonce and ciphertext; nothing once it's destroyed.
    pub sealed_secret: Option<Vec<u8>>,
}

/// An enrollment that comes in from another system, in use at once.
#[derive(Debug)]
pub struct NewEnrollment<'e> {
    /// The account's internal id.
    pub account: i64,
    /// What is bound into the seal.
    pub uid: &'e [u8; 16],
    /// The id of the sealing key.
    pub key_id: &'e str,
    /// Nonce and ciphertext.
    pub sealed_secret: &'e [u8],
    /// `SHA1`, `SHA256` or `SHA512`.
    pub algorithm: &'static str,
    /// Digits of a code.
    pub digits: i64,
    /// Seconds of a time step.
    pub period: i64,
}

impl Tx {
    /// The seal of the account's live enrollment.
    pub async fn live_seal(&mut self, account: i64) -> Result<Option<SealRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT uid, key_id, sealed_secret FROM enrollments
                 WHERE account_id = $1 AND retired_at IS NULL",
            )
            .bind(account)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Puts an enrollment in use.
    pub async fn add_enrollment(&mut self, new: &NewEnrollment<'_>, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO enrollments
                   (account_id, uid, sealed_secret, key_id, algorithm, digits, period,
                    begun_at, enrolled_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(new.account)
            .bind(new.uid.as_slice())
            .bind(new.sealed_secret)
            .bind(new.key_id)
            .bind(new.algorithm)
            .bind(new.digits)
            .bind(new.period)
            .bind(now)
            .bind(now)
            .execute(conn)
            .await?;
        });
        Ok(())
    }
}
