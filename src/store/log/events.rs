//! The log, read.

use futures_util::TryStreamExt as _;
use sqlx::AssertSqlSafe;

use crate::domain::log::chain::{Line, genesis};
use crate::domain::log::event::{Action, Hash, Recorded};
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, StoreError, Tx, on};

/// A line with its detail.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EventRow {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The login of the operator.
    pub operator: String,
    /// What was done.
    pub action: String,
    /// The account's internal id.
    pub account: Option<i64>,
    /// The account's username, where it is still on file.
    pub username: Option<String>,
    /// The request's public id.
    pub request: Option<String>,
    /// What binds the detail.
    pub detail_commitment: Vec<u8>,
    /// The hash of the line before.
    pub prev_hash: Vec<u8>,
    /// The hash of the line.
    pub hash: Vec<u8>,
    /// What it says of its record of rows, where it bears one.
    pub state: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
    json: Option<String>,
}

impl EventRow {
    /// The line as the chain runs over it.
    #[must_use]
    pub fn line(&self) -> Line<'_> {
        Line {
            seq: self.seq,
            at: self.at,
            operator: &self.operator,
            action: &self.action,
            account: self.account,
            request: self.request.as_deref(),
            detail_commitment: &self.detail_commitment,
            prev_hash: &self.prev_hash,
        }
    }

    /// The salt and the text of the detail, unless it was erased.
    #[must_use]
    pub fn detail(&self) -> Option<(&[u8], &str)> {
        self.salt.as_deref().zip(self.json.as_deref())
    }
}

fn hash_of(bytes: &[u8]) -> Result<Hash> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Corrupt("a hash isn't 32 bytes long".into()))
}

const READ: &str = "\
    SELECT e.seq, e.at, e.operator, e.action, e.account, a.username, e.request,
           e.detail_commitment, e.prev_hash, e.hash, e.state, d.salt, d.json
    FROM events e
    LEFT JOIN event_details d ON d.seq = e.seq
    LEFT JOIN accounts a ON a.id = e.account
    WHERE e.seq > $1";

/// Which lines to read.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// Only of this operator.
    pub operator: Option<String>,
    /// Only of this action.
    pub action: Option<String>,
    /// Only of this account.
    pub account: Option<i64>,
    /// Only of this request.
    pub request: Option<String>,
    /// Only from this instant on.
    pub since: Option<Timestamp>,
    /// Only before this instant.
    pub until: Option<Timestamp>,
    /// Only behind this line, where a copy goes on.
    pub after: Option<i64>,
    /// Only up to this line.
    pub up_to: Option<i64>,
}

impl EventFilter {
    /// Conditions for what is given, and nothing else, so that an index can serve.
    fn conditions(&self) -> String {
        let given = [
            (self.operator.is_some(), " AND e.operator = $3"),
            (self.action.is_some(), " AND e.action = $4"),
            (self.account.is_some(), " AND e.account = $5"),
            (self.request.is_some(), " AND e.request = $6"),
            (self.since.is_some(), " AND e.at >= $7"),
            (self.until.is_some(), " AND e.at < $8"),
            (self.up_to.is_some(), " AND e.seq <= $9"),
        ];
        let given = given.into_iter().filter(|(given, _)| *given);
        given.map(|(_, condition)| condition).collect()
    }

    fn read(&self, order: &str) -> AssertSqlSafe<String> {
        AssertSqlSafe(format!(
            "{READ}{} ORDER BY e.seq{order} LIMIT $2",
            self.conditions()
        ))
    }
}

/// Binds a filter's values in the places that [`EventFilter::conditions`] names.
macro_rules! filtered {
    ($query:expr, $after:expr, $limit:expr, $filter:expr) => {
        $query
            .bind($after)
            .bind($limit)
            .bind(&$filter.operator)
            .bind(&$filter.action)
            .bind($filter.account)
            .bind(&$filter.request)
            .bind($filter.since)
            .bind($filter.until)
            .bind($filter.up_to)
    };
}

impl Tx {
    /// When this was done last.
    pub async fn last_of(&mut self, action: Action) -> Result<Option<Timestamp>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT at FROM events WHERE action = $1 ORDER BY seq DESC LIMIT 1")
                .bind(action.as_str())
                .fetch_optional(conn)
                .await?
        }))
    }

    /// What the detail says under `key` of the last line in which this operator did that.
    pub async fn last_detail_of(
        &mut self,
        action: Action,
        operator: &str,
        key: &str,
    ) -> Result<Option<serde_json::Value>> {
        let detail: Option<String> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT d.json FROM events e JOIN event_details d ON d.seq = e.seq
                 WHERE e.action = $1 AND e.operator = $2 ORDER BY e.seq DESC LIMIT 1",
            )
            .bind(action.as_str())
            .bind(operator)
            .fetch_optional(conn)
            .await?
        });
        let detail = detail.and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok());
        Ok(detail.and_then(|detail| detail.get(key).cloned()))
    }

    /// The last line of the log, or the desk's genesis.
    pub async fn log_head(&mut self) -> Result<Recorded> {
        let last: Option<(i64, Vec<u8>)> = on!(self, |conn| {
            sqlx::query_as("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
                .fetch_optional(conn)
                .await?
        });
        match last {
            Some((seq, hash)) => Ok(Recorded {
                seq,
                hash: hash_of(&hash)?,
            }),
            None => Ok(Recorded {
                seq: 0,
                hash: genesis(&self.desk_uid().await?),
            }),
        }
    }

    /// The desk's own id.
    pub async fn desk_uid(&mut self) -> Result<String> {
        let uid = on!(self, |conn| {
            sqlx::query_scalar("SELECT uid FROM desk")
                .fetch_optional(conn)
                .await?
        });
        uid.ok_or_else(|| StoreError::NotBalie("this database".into()))
    }

    /// The last `limit` lines that `filter` lets through, newest first.
    pub async fn last_events(&mut self, filter: &EventFilter, limit: i64) -> Result<Vec<EventRow>> {
        let sql = filter.read(" DESC");
        Ok(on!(self, |conn| {
            filtered!(sqlx::query_as::<_, EventRow>(sql), i64::MIN, limit, filter)
                .fetch_all(conn)
                .await?
        }))
    }

    /// How many of the last `limit` lines `filter` lets through, and the oldest of them.
    pub async fn extent_of_last(
        &mut self,
        filter: &EventFilter,
        limit: i64,
    ) -> Result<(i64, Option<i64>)> {
        let sql = AssertSqlSafe(format!(
            "SELECT COUNT(*), MIN(l.seq)
             FROM (SELECT e.seq FROM events e WHERE e.seq > $1{} ORDER BY e.seq DESC LIMIT $2) l",
            filter.conditions()
        ));
        Ok(on!(self, |conn| {
            filtered!(sqlx::query_as(sql), i64::MIN, limit, filter)
                .fetch_one(conn)
                .await?
        }))
    }

    /// Hands the last `limit` lines that `filter` lets through to `take`, newest first, one at a time.
    pub async fn each_last_event<E: From<StoreError>>(
        &mut self,
        filter: &EventFilter,
        limit: i64,
        take: impl FnMut(EventRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.hand_over(filter.read(" DESC"), limit, filter, take)
            .await
    }

    /// The next `limit` lines after `after` that `filter` lets through, oldest first.
    pub async fn events_after(
        &mut self,
        filter: &EventFilter,
        after: i64,
        limit: i64,
    ) -> Result<Vec<EventRow>> {
        let sql = filter.read("");
        Ok(on!(self, |conn| {
            filtered!(sqlx::query_as::<_, EventRow>(sql), after, limit, filter)
                .fetch_all(conn)
                .await?
        }))
    }

    /// Hands every line that `filter` lets through to `take`, oldest first, one at a time.
    pub async fn each_event<E: From<StoreError>>(
        &mut self,
        filter: &EventFilter,
        take: impl FnMut(EventRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.hand_over(filter.read(""), i64::MAX, filter, take)
            .await
    }

    async fn hand_over<E: From<StoreError>>(
        &mut self,
        sql: AssertSqlSafe<String>,
        limit: i64,
        filter: &EventFilter,
        mut take: impl FnMut(EventRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        on!(self, |conn| {
            let after = filter.after.unwrap_or(i64::MIN);
            let mut rows =
                filtered!(sqlx::query_as::<_, EventRow>(sql), after, limit, filter).fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row)?;
            }
        });
        Ok(())
    }
}
