//! What a login reads and writes. Portals write the same columns (docs/portal-contract.md): each guard
//! lives in its WHERE.

use super::enrollments::AuthenticatorRow;
use crate::domain::account::AccountStatus;
use crate::domain::second_factor::{LOCKS_AT, Recovery, Stage, Standing, VOIDS_AT};
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, StoreError, Tx, on};

/// An account's second factor, with all that a login checks.
#[derive(Clone, Debug)]
pub struct SecondFactorRow {
    /// Its state.
    pub standing: Standing,
    /// The stored password hash, where it was asked for: [`Tx::factors_of_login`] does.
    pub password_hash: Option<String>,
    /// The live enrollment, begun or in use.
    pub authenticator: Option<AuthenticatorRow>,
    /// The id and the stored hash of the live recovery code.
    pub recovery_code: Option<(i64, String)>,
    /// When it was locked.
    pub locked_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct EnrollmentRow {
    #[sqlx(flatten)]
    authenticator: AuthenticatorRow,
    enrolled_at: Option<Timestamp>,
    last_accepted_step: Option<i64>,
    failed_attempts: i64,
    locked_at: Option<Timestamp>,
}

impl EnrollmentRow {
    fn stage(&self) -> Stage {
        let last = self
            .last_accepted_step
            .and_then(|step| u64::try_from(step).ok());
        let failures = count(self.failed_attempts);
        match (self.enrolled_at, self.locked_at) {
            (None, _) => Stage::Pending { failures },
            (Some(_), None) => Stage::Active { last, failures },
            (Some(_), Some(_)) => Stage::Locked { last },
        }
    }
}

fn count(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(u32::MAX)
}

/// Exactly one row, or somebody else was faster. Under the account's lock that can't be.
fn one(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Unexpected(
            "the second factor changed under its lock".into(),
        ))
    }
}

impl Tx {
    /// The account's second factor, without the secret.
    pub async fn second_factor(&mut self, account: i64) -> Result<SecondFactorRow> {
        self.factor_with(account, "NULL").await
    }

    /// The account's second factor, to be opened.
    pub async fn second_factor_to_open(&mut self, account: i64) -> Result<SecondFactorRow> {
        let secret = self.sealed_secret();
        self.factor_with(account, secret).await
    }

    async fn factor_with(&mut self, account: i64, secret: &str) -> Result<SecondFactorRow> {
        type Account = (AccountStatus, Option<Timestamp>);
        type Code = (i64, String, Option<Timestamp>, i64);
        let sql = format!(
            "SELECT id, uid, key_id, {secret} AS sealed_secret, algorithm, digits, period,
                    enrolled_at, last_accepted_step, failed_attempts, locked_at
             FROM enrollments
             WHERE account_id = $1 AND retired_at IS NULL"
        );
        let (account, enrollment, code): (Account, Option<EnrollmentRow>, Option<Code>) =
            on!(self, |conn| {
                let of_account =
                    sqlx::query_as("SELECT status, enroll_by FROM accounts WHERE id = $1")
                        .bind(account)
                        .fetch_one(&mut *conn)
                        .await?;
                let enrollment = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                    .bind(account)
                    .fetch_optional(&mut *conn)
                    .await?;
                let code = sqlx::query_as(
                    "SELECT id, hash, expires_at, failed_attempts
                 FROM recovery_codes
                 WHERE account_id = $1 AND used_at IS NULL AND revoked_at IS NULL",
                )
                .bind(account)
                .fetch_optional(&mut *conn)
                .await?;
                (of_account, enrollment, code)
            });
        let (status, enroll_by) = account;
        Ok(SecondFactorRow {
            standing: Standing {
                blocked: status == AccountStatus::Blocked,
                stage: enrollment
                    .as_ref()
                    .map_or(Stage::None, EnrollmentRow::stage),
                enroll_by,
                recovery: code.as_ref().map(|code| Recovery {
                    expires_at: code.2,
                    failures: count(code.3),
                }),
            },
            password_hash: None,
            locked_at: enrollment.as_ref().and_then(|row| row.locked_at),
            authenticator: enrollment.map(|row| row.authenticator),
            recovery_code: code.map(|code| (code.0, code.1)),
        })
    }

    /// The account's second factor and its password: what a login is decided by. Operators' own logins to PostgreSQL
    /// may not read that.
    pub async fn factors_of_login(&mut self, account: i64) -> Result<SecondFactorRow> {
        let found = self.second_factor_to_open(account).await?;
        let password_hash = on!(self, |conn| {
            sqlx::query_scalar("SELECT password_hash FROM accounts WHERE id = $1")
                .bind(account)
                .fetch_one(conn)
                .await?
        });
        Ok(SecondFactorRow {
            password_hash,
            ..found
        })
    }

    /// Accepts a time step, once: no when it or a later one was accepted already.
    pub async fn accept_step(&mut self, enrollment: i64, step: u64) -> Result<Applied> {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET last_accepted_step = $1
                 WHERE id = $2 AND retired_at IS NULL AND enrolled_at IS NOT NULL AND locked_at IS NULL
                   AND (last_accepted_step IS NULL OR last_accepted_step < $1)",
            )
            .bind(step)
            .bind(enrollment)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Notes a login with a verification code: the failures before it are forgotten.
    pub async fn note_login(
        &mut self,
        account: i64,
        enrollment: i64,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET last_used_at = $1, failed_attempts = 0 WHERE id = $2",
            )
            .bind(now)
            .bind(enrollment)
            .execute(&mut *conn)
            .await?;
            sqlx::query("UPDATE accounts SET last_login_at = $1 WHERE id = $2")
                .bind(now)
                .bind(account)
                .execute(&mut *conn)
                .await?;
        });
        Ok(())
    }

    /// Counts a failure, and locks at the tenth in a row.
    pub async fn count_failure(&mut self, enrollment: i64, now: Timestamp) -> Result<()> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments
                 SET failed_attempts = failed_attempts + 1,
                     locked_at = CASE WHEN failed_attempts + 1 >= $1 THEN $2 END
                 WHERE id = $3 AND retired_at IS NULL AND locked_at IS NULL",
            )
            .bind(i64::from(LOCKS_AT))
            .bind(now)
            .bind(enrollment)
            .execute(conn)
            .await?
            .rows_affected()
        });
        one(rows)
    }

    /// Uses the recovery code up, ends the enrollment and the sessions, and opens a window (rule 5).
    /// No when the code was just used.
    pub async fn recover(
        &mut self,
        account: i64,
        code: i64,
        now: Timestamp,
        enroll_by: Timestamp,
        destroy_at: Timestamp,
    ) -> Result<Applied> {
        let used = on!(self, |conn| {
            sqlx::query(
                "UPDATE recovery_codes SET used_at = $1
                 WHERE id = $2 AND used_at IS NULL AND revoked_at IS NULL
                   AND (expires_at IS NULL OR expires_at > $1)",
            )
            .bind(now)
            .bind(code)
            .execute(conn)
            .await?
            .rows_affected()
        });
        if used != 1 {
            return Ok(Applied::when(false));
        }
        on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET retired_at = $1, destroy_at = $2
                 WHERE account_id = $3 AND retired_at IS NULL",
            )
            .bind(now)
            .bind(destroy_at)
            .bind(account)
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "UPDATE accounts
                 SET session_epoch = session_epoch + 1, enroll_by = $1, last_login_at = $2
                 WHERE id = $3",
            )
            .bind(enroll_by)
            .bind(now)
            .bind(account)
            .execute(&mut *conn)
            .await?;
        });
        Ok(Applied::when(true))
    }

    /// Counts a wrong recovery code, and voids the right one at the hundredth.
    pub async fn count_recovery_failure(&mut self, code: i64, now: Timestamp) -> Result<()> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE recovery_codes
                 SET failed_attempts = failed_attempts + 1,
                     revoked_at = CASE WHEN failed_attempts + 1 >= $1 THEN $2 END
                 WHERE id = $3 AND used_at IS NULL AND revoked_at IS NULL",
            )
            .bind(i64::from(VOIDS_AT))
            .bind(now)
            .bind(code)
            .execute(conn)
            .await?
            .rows_affected()
        });
        one(rows)
    }

    /// Puts a password hash in the place of `old`; no when there is another one.
    pub async fn set_password(
        &mut self,
        account: i64,
        old: Option<&str>,
        new: &str,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE accounts SET password_hash = $1
                 WHERE id = $2 AND COALESCE(password_hash, '') = COALESCE($3, '')",
            )
            .bind(new)
            .bind(account)
            .bind(old)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }
}
