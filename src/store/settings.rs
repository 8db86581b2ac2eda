//! The desk's settings: a row a key that was set.

use tokio::time::timeout;

use super::connect::TO_ANSWER;
use super::desk::closed;
use super::{Database, Result, StoreError, Tx, on};
use crate::domain::timestamp::Timestamp;

/// A key that was set.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SettingRow {
    /// Which.
    pub key: String,
    /// Its value, as JSON.
    pub value: String,
    /// When it was set last.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

impl Database {
    /// The keys of a closed desk with their values as JSON; nothing while the desk is open. One question, and no
    /// transaction: every command asks it first.
    pub async fn settings_of_a_closed_desk(&self) -> Result<Option<Vec<(String, String)>>> {
        const SEEN: &str = concat!(
            "SELECT desk.closed, s.key, s.value FROM (SELECT ",
            closed!(),
            " AS closed) AS desk LEFT JOIN settings s ON desk.closed ORDER BY s.key"
        );
        let seen: Vec<(bool, Option<String>, Option<String>)> = match self {
            Self::Sqlite(pool, _) => sqlx::query_as(SEEN).fetch_all(pool).await?,
            // No transaction says here how long a lock is waited for.
            Self::Postgres(pool, patience) => {
                let seen = sqlx::query_as(SEEN).fetch_all(pool);
                let seen = timeout((*patience).max(TO_ANSWER), seen).await;
                seen.map_err(|_| StoreError::Locked)??
            }
        };
        let closed = seen.iter().any(|(closed, ..)| *closed);
        let set = seen
            .into_iter()
            .filter_map(|(_, key, value)| key.zip(value));
        Ok(closed.then(|| set.collect()))
    }
}

impl Tx {
    /// Every key that was set.
    pub async fn settings(&mut self) -> Result<Vec<SettingRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as("SELECT key, value, changed_at, changed_by FROM settings ORDER BY key")
                .fetch_all(conn)
                .await?
        }))
    }

    /// Sets a key, in the place of what was there.
    pub async fn set_setting(
        &mut self,
        key: &str,
        value: &str,
        operator: &str,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO settings (key, value, changed_at, changed_by) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (key) DO UPDATE
                 SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            )
            .bind(key)
            .bind(value)
            .bind(now)
            .bind(operator)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Sets a key back to its default.
    pub async fn unset_setting(&mut self, key: &str) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("DELETE FROM settings WHERE key = $1")
                .bind(key)
                .execute(conn)
                .await?;
        });
        Ok(())
    }
}
