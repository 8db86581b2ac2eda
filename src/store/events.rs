//! The log: appended one at a time, under a lock, in the transaction of what it tells.

use futures_util::TryStreamExt as _;
use rand::CryptoRng;

use super::{Result, StoreError, Tx, on};
use crate::domain::event::{Event, Hash, Line, Recorded, commitment, genesis};
use crate::domain::timestamp::Timestamp;

/// The key of PostgreSQL's advisory lock on the head of the log: "balielog".
const HEAD_LOCK: i64 = 0x6261_6c69_656c_6f67;

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
    detail_commitment: Vec<u8>,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
    salt: Option<Vec<u8>>,
    json: Option<String>,
}

impl EventRow {
    /// The line that the chain runs over.
    pub fn line(&self) -> Result<Line> {
        Ok(Line {
            seq: self.seq,
            at: self.at,
            operator: self.operator.clone(),
            action: self.action.clone(),
            account: self.account,
            request: self.request.clone(),
            detail_commitment: hash_of(&self.detail_commitment)?,
            prev_hash: hash_of(&self.prev_hash)?,
        })
    }

    /// The stored hash.
    pub fn hash(&self) -> Result<Hash> {
        hash_of(&self.hash)
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
           e.detail_commitment, e.prev_hash, e.hash, d.salt, d.json
    FROM events e
    LEFT JOIN event_details d ON d.seq = e.seq
    LEFT JOIN accounts a ON a.id = e.account
    WHERE e.seq > $1
      AND ($2 IS NULL OR e.account = $2)
    ORDER BY e.seq";

const READ_LAST: &str = "\
    SELECT e.seq, e.at, e.operator, e.action, e.account, a.username, e.request,
           e.detail_commitment, e.prev_hash, e.hash, d.salt, d.json
    FROM events e
    LEFT JOIN event_details d ON d.seq = e.seq
    LEFT JOIN accounts a ON a.id = e.account
    WHERE ($1 IS NULL OR e.account = $1)
      AND ($2 IS NULL OR e.request = $2)
      AND ($3 IS NULL OR e.action = $3)
    ORDER BY e.seq DESC
    LIMIT $4";

/// Which lines to read.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// Only of this account.
    pub account: Option<i64>,
    /// Only of this request.
    pub request: Option<String>,
    /// Only of this action.
    pub action: Option<String>,
}

impl Tx {
    /// Writes `event` down and keeps the transaction's work with it (rule 3).
    pub async fn commit(
        mut self,
        event: &Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Recorded> {
        let recorded = self.append(event, now, rng).await?;
        self.commit_now().await?;
        Ok(recorded)
    }

    async fn append(
        &mut self,
        event: &Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Recorded> {
        // SQLite's write transaction already holds the one lock there is.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(HEAD_LOCK)
                .execute(&mut **tx)
                .await?;
        }
        let last = self.log_head().await?;
        let json = event.detail.to_string();
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let line = Line {
            seq: last.seq + 1,
            at: now,
            operator: event.operator.clone(),
            action: event.action.as_str().to_owned(),
            account: event.account,
            request: event.request.clone(),
            detail_commitment: commitment(&salt, &json),
            prev_hash: last.hash,
        };
        let hash = line.hash();
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO events
                   (seq, at, operator, action, account, request, detail_commitment, prev_hash, hash)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(line.seq)
            .bind(line.at)
            .bind(&line.operator)
            .bind(&line.action)
            .bind(line.account)
            .bind(&line.request)
            .bind(line.detail_commitment.as_slice())
            .bind(line.prev_hash.as_slice())
            .bind(hash.as_slice())
            .execute(&mut *conn)
            .await?;
            sqlx::query("INSERT INTO event_details (seq, salt, json) VALUES ($1, $2, $3)")
                .bind(line.seq)
                .bind(salt.as_slice())
                .bind(&json)
                .execute(&mut *conn)
                .await?;
        });
        Ok(Recorded {
            seq: line.seq,
            hash,
        })
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

    /// Hands every line after `after` to `take`, in order, one at a time.
    pub async fn each_event<E: From<StoreError>>(
        &mut self,
        after: i64,
        account: Option<i64>,
        mut take: impl FnMut(EventRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        on!(self, |conn| {
            let mut rows = sqlx::query_as::<_, EventRow>(READ)
                .bind(after)
                .bind(account)
                .fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row)?;
            }
        });
        Ok(())
    }

    /// The last `limit` lines that `filter` lets through, newest first.
    pub async fn last_events(&mut self, filter: &EventFilter, limit: i64) -> Result<Vec<EventRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(READ_LAST)
                .bind(filter.account)
                .bind(&filter.request)
                .bind(&filter.action)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }
}
