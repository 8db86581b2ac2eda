//! Enrollments: authenticators with their sealed secrets, bound to their account.

use sqlx::AssertSqlSafe;

use crate::domain::second_factor::LOCKS_AT;
use crate::domain::second_factor::totp::Algorithm;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, Tx, on};

/// An authenticator as it's stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AuthenticatorRow {
    /// The enrollment's internal id.
    pub id: i64,
    /// What is bound into the seal.
    pub uid: Vec<u8>,
    /// The id of the sealing key.
    pub key_id: String,
    /// Nonce and ciphertext; nothing once it's destroyed.
    pub sealed_secret: Option<Vec<u8>>,
    /// The hash under its codes.
    pub algorithm: Algorithm,
    /// Digits of a code.
    pub digits: i64,
    /// Seconds of a time step.
    pub period: i64,
}

/// A new enrollment.
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
    /// The hash under its codes.
    pub algorithm: Algorithm,
    /// Digits of a code.
    pub digits: i64,
    /// Seconds of a time step.
    pub period: i64,
    /// Bits of the secret.
    pub secret_bits: i64,
    /// Since when it's in use; nothing for one that is to be confirmed.
    pub enrolled_at: Option<Timestamp>,
}

impl Tx {
    /// How the sealed secret of an enrollment is read by whoever is to open it. PostgreSQL hands it to whom that is asked
    /// of; everybody else knows only whether it's there (`is_sealed`).
    pub(super) const fn sealed_secret(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sealed_secret",
            Self::Postgres(_) => "sealed_secret_of(id)",
        }
    }

    /// Whether this login to the database is handed secrets to open.
    pub async fn may_read_secrets(&mut self) -> Result<bool> {
        match self {
            Self::Sqlite(_) => Ok(true),
            Self::Postgres(tx) => {
                let may = sqlx::query_scalar("SELECT may_read_secrets()");
                Ok(may.fetch_one(&mut **tx).await?)
            }
        }
    }

    /// The account's live authenticator.
    pub async fn authenticator(&mut self, account: i64) -> Result<Option<AuthenticatorRow>> {
        let secret = self.sealed_secret();
        let sql = format!(
            "SELECT id, uid, key_id, {secret} AS sealed_secret, algorithm, digits, period
             FROM enrollments
             WHERE account_id = $1 AND retired_at IS NULL"
        );
        Ok(on!(self, |conn| {
            sqlx::query_as(AssertSqlSafe(sql))
                .bind(account)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The account's retired authenticators that aren't destroyed yet, the last one first.
    pub async fn retired_authenticators(
        &mut self,
        account: i64,
        limit: i64,
    ) -> Result<Vec<AuthenticatorRow>> {
        let secret = self.sealed_secret();
        let sql = format!(
            "SELECT id, uid, key_id, {secret} AS sealed_secret, algorithm, digits, period
             FROM enrollments
             WHERE account_id = $1 AND retired_at IS NOT NULL AND enrolled_at IS NOT NULL
               AND is_sealed = 1
             ORDER BY retired_at DESC, id DESC
             LIMIT $2"
        );
        Ok(on!(self, |conn| {
            sqlx::query_as(AssertSqlSafe(sql))
                .bind(account)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }

    /// Adds an enrollment, in use or to be confirmed.
    pub async fn add_enrollment(&mut self, new: &NewEnrollment<'_>, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO enrollments
                   (account_id, uid, sealed_secret, key_id, algorithm, digits, period, secret_bits,
                    begun_at, enrolled_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(new.account)
            .bind(new.uid.as_slice())
            .bind(new.sealed_secret)
            .bind(new.key_id)
            .bind(new.algorithm)
            .bind(new.digits)
            .bind(new.period)
            .bind(new.secret_bits)
            .bind(now)
            .bind(new.enrolled_at)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Destroys an enrollment that was begun and never confirmed.
    pub async fn drop_unconfirmed(&mut self, account: i64, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET retired_at = $1, sealed_secret = NULL
                 WHERE account_id = $2 AND retired_at IS NULL AND enrolled_at IS NULL",
            )
            .bind(now)
            .bind(account)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Puts the enrollment in use, closes the window, and makes this recovery code the only one (rule
    /// 5). No when it's not there to be confirmed any more.
    pub async fn confirm_enrollment(
        &mut self,
        account: i64,
        enrollment: i64,
        step: u64,
        recovery_hash: &str,
        now: Timestamp,
    ) -> Result<Applied> {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        let confirmed = on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments
                 SET enrolled_at = $1, last_used_at = $1, last_accepted_step = $2, failed_attempts = 0
                 WHERE id = $3 AND retired_at IS NULL AND enrolled_at IS NULL",
            )
            .bind(now)
            .bind(step)
            .bind(enrollment)
            .execute(conn)
            .await?
            .rows_affected()
        });
        if confirmed != 1 {
            return Ok(Applied::when(false));
        }
        on!(self, |conn| {
            sqlx::query("UPDATE accounts SET enroll_by = NULL WHERE id = $1")
                .bind(account)
                .execute(&mut *conn)
                .await?;
            sqlx::query(
                "UPDATE recovery_codes SET revoked_at = $1
                 WHERE account_id = $2 AND used_at IS NULL AND revoked_at IS NULL",
            )
            .bind(now)
            .bind(account)
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "INSERT INTO recovery_codes (account_id, hash, issued_at) VALUES ($1, $2, $3)",
            )
            .bind(account)
            .bind(recovery_hash)
            .bind(now)
            .execute(&mut *conn)
            .await?;
        });
        Ok(Applied::when(true))
    }

    /// Counts a wrong first code.
    pub async fn count_unconfirmed(&mut self, enrollment: i64) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET failed_attempts = failed_attempts + 1
                 WHERE id = $1 AND retired_at IS NULL AND enrolled_at IS NULL AND failed_attempts < $2",
            )
            .bind(enrollment)
            .bind(i64::from(LOCKS_AT))
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Unlocks; no when it isn't locked any more.
    pub async fn unlock_enrollment(&mut self, enrollment: i64) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET locked_at = NULL, failed_attempts = 0
                 WHERE id = $1 AND retired_at IS NULL AND locked_at IS NOT NULL",
            )
            .bind(enrollment)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }
}
