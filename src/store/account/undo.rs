//! Retired enrollments: brought back, or destroyed. Each guard lives in its WHERE.

use crate::domain::reset::undo::Undo;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, Tx, on};

/// A reset as the log has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ResetRow {
    /// The number of the event.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The login of the operator.
    pub operator: String,
    /// The account's internal id.
    pub account: Option<i64>,
    /// The request's public id.
    pub request: Option<String>,
    /// The hash of the event.
    pub hash: Vec<u8>,
}

/// An enrollment that a reset retired.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RetiredRow {
    /// The internal id.
    pub id: i64,
    /// When its secret is destroyed.
    pub destroy_at: Option<Timestamp>,
    /// Its secret is destroyed: 1, or 0.
    pub destroyed: i64,
}

impl Tx {
    /// The reset that is event `seq` of the log.
    pub async fn reset_event(&mut self, seq: i64) -> Result<Option<ResetRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT seq, at, operator, account, request, hash FROM events
                 WHERE seq = $1 AND action IN ('reset', 'reset.break_glass')",
            )
            .bind(seq)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// The enrollment in use that a reset at `at` retired, unless it was brought back.
    pub async fn retired_at(&mut self, account: i64, at: Timestamp) -> Result<Option<RetiredRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, destroy_at,
                        1 - is_sealed AS destroyed
                 FROM enrollments
                 WHERE account_id = $1 AND retired_at = $2 AND enrolled_at IS NOT NULL",
            )
            .bind(account)
            .bind(at)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Whether the account's holder has enrolled after `at`.
    pub async fn enrolled_since(&mut self, account: i64, at: Timestamp) -> Result<bool> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM enrollments WHERE account_id = $1 AND enrolled_at > $2)",
            )
            .bind(account)
            .bind(at)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Puts the retired enrollment back in use, in the place of one that was only begun; ends the
    /// sessions and closes the enrollment window. No when the enrollment can't be brought back.
    pub async fn undo_reset(&mut self, undo: &Undo, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET retired_at = $1, destroy_at = $1, sealed_secret = NULL
                 WHERE account_id = $2 AND retired_at IS NULL AND enrolled_at IS NULL",
            )
            .bind(now)
            .bind(undo.account())
            .execute(&mut *conn)
            .await?;
            let back = sqlx::query(
                "UPDATE enrollments SET retired_at = NULL, destroy_at = NULL
                 WHERE id = $1 AND account_id = $2 AND retired_at IS NOT NULL
                   AND is_sealed = 1 AND destroy_at > $3",
            )
            .bind(undo.enrollment())
            .bind(undo.account())
            .bind(now)
            .execute(&mut *conn)
            .await?
            .rows_affected();
            sqlx::query(
                "UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = NULL WHERE id = $1",
            )
            .bind(undo.account())
            .execute(&mut *conn)
            .await?;
            back
        });
        Ok(Applied::when(rows == 1))
    }

    /// Destroys the retired secrets whose time to be undone is over.
    pub async fn destroy_secrets(&mut self, now: Timestamp) -> Result<u64> {
        Ok(on!(self, |conn| {
            sqlx::query(
                "UPDATE enrollments SET sealed_secret = NULL
                 WHERE is_sealed = 1 AND destroy_at IS NOT NULL AND destroy_at <= $1",
            )
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
        }))
    }
}
