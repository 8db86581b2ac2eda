//! How the outbox stands as a whole.

use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

/// What waits in the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxStanding {
    /// Mails that are due.
    pub due: i64,
    /// Since when the oldest of them is.
    pub oldest_due_at: Option<Timestamp>,
    /// Mails that weren't taken, and are due again later.
    pub put_off: i64,
    /// Mails that were given up, and that nobody called off.
    pub failed: i64,
}

impl Tx {
    /// How the outbox stands.
    pub async fn outbox_standing(&mut self, now: Timestamp) -> Result<OutboxStanding> {
        on!(self, |conn| {
            let (due, oldest_due_at, put_off) = sqlx::query_as(
                "SELECT COUNT(CASE WHEN due_at <= $1 THEN 1 END), MIN(CASE WHEN due_at <= $1 THEN due_at END),
                        COUNT(CASE WHEN due_at > $1 THEN 1 END)
                 FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL",
            )
            .bind(now)
            .fetch_one(&mut *conn)
            .await?;
            let failed = sqlx::query_scalar(
                "SELECT COUNT(*) FROM outbox
                 WHERE failed_at IS NOT NULL AND (last_error IS NULL OR last_error <> 'cancelled')",
            )
            .fetch_one(conn)
            .await?;
            Ok(OutboxStanding {
                due,
                oldest_due_at,
                put_off,
                failed,
            })
        })
    }
}
