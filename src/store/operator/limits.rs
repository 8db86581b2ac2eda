//! How much an operator did recently. The log itself is counted: what isn't in it wasn't done.

use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

impl Tx {
    /// How often the operator looked somebody up since then.
    pub async fn lookups_by(&mut self, operator: &str, since: Timestamp) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM events
                 WHERE operator = $1 AND at > $2
                   AND action IN ('account.find', 'account.show', 'account.history', 'request.read',
                                  'outbox.read', 'case.read', 'completion')",
            )
            .bind(operator)
            .bind(since)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Whether a shell was given something for the operator since then.
    pub async fn completed_since(&mut self, operator: &str, since: Timestamp) -> Result<bool> {
        let events: i64 = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM events
                 WHERE operator = $1 AND at > $2 AND action = 'completion'",
            )
            .bind(operator)
            .bind(since)
            .fetch_one(conn)
            .await?
        });
        Ok(events > 0)
    }

    /// How many accounts the operator reset since then, bulk runs aside: a second operator saw those.
    pub async fn resets_by(&mut self, operator: &str, since: Timestamp) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM events
                 WHERE operator = $1 AND at > $2 AND action IN ('reset', 'reset.break_glass')",
            )
            .bind(operator)
            .bind(since)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Who reached a limit since then, and how often.
    pub async fn limits_reached(&mut self, since: Timestamp) -> Result<Vec<(String, i64)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT operator, COUNT(*) FROM events
                 WHERE at > $1 AND action = 'limit.reached' GROUP BY operator ORDER BY operator",
            )
            .bind(since)
            .fetch_all(conn)
            .await?
        }))
    }

    /// When the last event was written.
    pub async fn last_event_at(&mut self) -> Result<Option<Timestamp>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT at FROM events ORDER BY seq DESC LIMIT 1")
                .fetch_optional(conn)
                .await?
        }))
    }

    /// What time it is at the database's server; nothing where that's this machine.
    pub async fn server_time(&mut self) -> Result<Option<Timestamp>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(tx) => {
                let micros: i64 = sqlx::query_scalar(
                    "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
                )
                .fetch_one(&mut **tx)
                .await?;
                Ok(Some(Timestamp::from_micros(micros)))
            }
        }
    }
}
