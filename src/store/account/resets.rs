//! What a reset writes. Each guard lives in its WHERE.

use crate::domain::reset::warrant::Warrant;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, StoreError, Tx, on};

impl Tx {
    /// Uses the request up for the account; no when somebody else just did.
    pub async fn use_request(&mut self, warrant: &Warrant, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE request_accounts SET used_at = $1, used_for = $2
                 WHERE request_id = $3 AND account_id = $4 AND used_at IS NULL",
            )
            .bind(now)
            .bind(warrant.purpose().as_str())
            .bind(warrant.request())
            .bind(warrant.account())
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Retires the enrollment, voids the recovery code, ends the sessions and opens the enrollment
    /// window (rule 4).
    pub async fn reset_second_factor(
        &mut self,
        warrant: &Warrant,
        now: Timestamp,
        destroy_at: Timestamp,
        enroll_by: Timestamp,
    ) -> Result<()> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET retired_at = $1, destroy_at = $2
                 WHERE account_id = $3 AND retired_at IS NULL",
            )
            .bind(now)
            .bind(destroy_at)
            .bind(warrant.account())
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "UPDATE recovery_codes SET revoked_at = $1
                 WHERE account_id = $2 AND used_at IS NULL AND revoked_at IS NULL",
            )
            .bind(now)
            .bind(warrant.account())
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = $1 WHERE id = $2",
            )
            .bind(enroll_by)
            .bind(warrant.account())
            .execute(&mut *conn)
            .await?
            .rows_affected()
        });
        if rows == 1 {
            Ok(())
        } else {
            Err(StoreError::Unexpected("the account is gone".into()))
        }
    }

    /// Voids the account's recovery code and puts a fresh one in its place, by its hash.
    pub async fn reissue_recovery_code(
        &mut self,
        warrant: &Warrant,
        hash: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE recovery_codes SET revoked_at = $1
                 WHERE account_id = $2 AND used_at IS NULL AND revoked_at IS NULL",
            )
            .bind(now)
            .bind(warrant.account())
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "INSERT INTO recovery_codes (account_id, hash, issued_at, expires_at)
                 VALUES ($1, $2, $3, $4)",
            )
            .bind(warrant.account())
            .bind(hash)
            .bind(now)
            .bind(expires_at)
            .execute(&mut *conn)
            .await?;
        });
        Ok(())
    }

    /// How many other requests name the account.
    pub async fn other_requests(&mut self, account: i64, request: &str) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM request_accounts b JOIN requests q ON q.id = b.request_id
                 WHERE b.account_id = $1 AND q.public_id <> $2",
            )
            .bind(account)
            .bind(request)
            .fetch_one(conn)
            .await?
        }))
    }
}
