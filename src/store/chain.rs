//! The log as the chain runs over it: every line in order, as fast as the database gives them.

use futures_util::TryStreamExt as _;
use sqlx::Row as _;

use super::{Result, StoreError, Tx, on};
use crate::domain::chain::Line;
use crate::domain::timestamp::Timestamp;

/// No join with accounts: the chain runs over the internal id.
const WALK: &str = "\
    SELECT e.seq, e.at, e.operator, e.action, e.account, e.request,
           e.detail_commitment, e.prev_hash, e.hash, d.salt, d.json
    FROM events e
    LEFT JOIN event_details d ON d.seq = e.seq
    ORDER BY e.seq";

/// A line with its stored hash and its detail, borrowed from what the database sent.
#[derive(Clone, Copy, Debug)]
pub struct StoredLine<'r> {
    /// The line.
    pub line: Line<'r>,
    /// The hash as it's stored.
    pub hash: &'r [u8],
    /// The salt and the text of the detail, unless it was erased.
    pub detail: Option<(&'r [u8], &'r str)>,
}

impl Tx {
    /// Up to which event the newest prune erased details, as its own event says.
    pub async fn erased_to(&mut self) -> Result<i64> {
        let detail: Option<String> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT d.json
                 FROM log_prunes p
                 JOIN events e ON e.seq = p.event AND e.action = 'audit.prune'
                 JOIN event_details d ON d.seq = p.event
                 ORDER BY p.event DESC
                 LIMIT 1",
            )
            .fetch_optional(conn)
            .await?
        });
        let detail = detail.and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok());
        Ok(detail.map_or(0, |detail| {
            detail["details_to"].as_i64().unwrap_or_default()
        }))
    }

    /// Hands every line to `take`, in order, one at a time.
    pub async fn walk_log<E: From<StoreError>>(
        &mut self,
        mut take: impl FnMut(StoredLine<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        on!(self, |conn| {
            let mut rows = sqlx::query(WALK).fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                let stored = || -> Result<StoredLine<'_>> {
                    let salt: Option<&[u8]> = row.try_get_unchecked(9)?;
                    let json: Option<&str> = row.try_get_unchecked(10)?;
                    Ok(StoredLine {
                        line: Line {
                            seq: row.try_get_unchecked(0)?,
                            at: Timestamp::from_micros(row.try_get_unchecked(1)?),
                            operator: row.try_get_unchecked(2)?,
                            action: row.try_get_unchecked(3)?,
                            account: row.try_get_unchecked(4)?,
                            request: row.try_get_unchecked(5)?,
                            detail_commitment: row.try_get_unchecked(6)?,
                            prev_hash: row.try_get_unchecked(7)?,
                        },
                        hash: row.try_get_unchecked(8)?,
                        detail: salt.zip(json),
                    })
                };
                let named = |error| {
                    let seq = row.try_get_unchecked::<i64, _>(0).unwrap_or_default();
                    StoreError::Corrupt(format!("event {seq}: {error}"))
                };
                take(stored().map_err(named)?)?;
            }
        });
        Ok(())
    }
}
