//! The log as the chain runs over it: every line in order, as fast as the database gives them.

use std::borrow::Cow;

use futures_util::TryStreamExt as _;
use serde::Deserialize;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::domain::log::chain::Line;
use crate::domain::log::check::{Detail, Prune};
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, StoreError, Tx, on};

/// No join with accounts: the chain runs over the internal id.
const WALK_POSTGRES: &str = "\
    SELECT e.seq, e.at, e.operator, e.action, e.account, e.request,
           e.detail_commitment, e.prev_hash, e.hash, d.salt, d.json, e.state,
           CASE WHEN d.seq IS NULL THEN detail_commitment(e.seq) END
    FROM events e
    LEFT JOIN event_details d ON d.seq = e.seq
    ORDER BY e.seq";

/// The same, 64 lines a row: each value is copied from SQLite's thread to ours, and two
/// threads that allocate and free the same memory stand in each other's way. A line is its fields as
/// JSON, which has no line feed, a line feed, and its hashes: [`HASHES`] bytes.
///
/// `NOT INDEXED`: they are read as they lie, in order. Where SQLite was told (`ANALYZE`) that there are few
/// events, it would rather go by an index and sort them all. A page begins at the next number that there
/// is, so that a line is seen whatever its number.
const WALK_SQLITE: &str = "\
    WITH RECURSIVE page (first) AS (
      SELECT MIN(seq) FROM events NOT INDEXED
      UNION ALL
      SELECT (SELECT e.seq FROM events e NOT INDEXED WHERE e.seq >= page.first + 64 ORDER BY e.seq LIMIT 1)
      FROM page
      WHERE page.first IS NOT NULL
    )
    SELECT page.first,
           (SELECT CAST(group_concat(
                     json_array(e.seq, e.at, e.operator, e.action, e.account, e.request, d.json, length(e.state))
                     || char(10)
                     || iif(length(e.detail_commitment) = 32, e.detail_commitment, zeroblob(32))
                     || iif(length(e.prev_hash) = 32, e.prev_hash, zeroblob(32))
                     || iif(length(e.hash) = 32, e.hash, zeroblob(32))
                     || iif(length(d.salt) = 32, d.salt, zeroblob(32))
                     || iif(length(e.state) = 72, e.state, zeroblob(72)), '') AS BLOB)
            FROM events e NOT INDEXED
            LEFT JOIN event_details d ON d.seq = e.seq
            WHERE e.seq BETWEEN page.first AND page.first + 63)
    FROM page
    WHERE page.first IS NOT NULL";

/// Commitment, hash before, hash, salt, and the record of rows; zeros where there is none of that length,
/// which match nothing.
const HASHES: usize = 4 * 32 + 72;

/// The fields of a line in a page of [`WALK_SQLITE`].
#[derive(Deserialize)]
struct Fields<'p> {
    seq: i64,
    at: i64,
    #[serde(borrow)]
    operator: Cow<'p, str>,
    #[serde(borrow)]
    action: Cow<'p, str>,
    account: Option<i64>,
    #[serde(borrow)]
    request: Option<Cow<'p, str>>,
    #[serde(borrow)]
    json: Option<Cow<'p, str>>,
    /// How long its record is, where it bears one.
    record: Option<i64>,
}

/// A line with its stored hash and its detail, borrowed from what the database sent.
#[derive(Clone, Copy, Debug)]
pub struct StoredLine<'r> {
    /// The line.
    pub line: Line<'r>,
    /// The hash as it's stored.
    pub hash: &'r [u8],
    /// The detail, unless it was erased.
    pub detail: Option<Detail<'r>>,
    /// What it says of its record of rows, where it bears one.
    pub record: Option<&'r [u8]>,
}

impl Tx {
    /// The prunes that erased details, as their own events say, the newest last. One whose own detail was erased
    /// too came before another, which covers all that it did.
    pub async fn prunes(&mut self) -> Result<Vec<Prune>> {
        let rows: Vec<(i64, Timestamp, String)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT e.seq, e.at, d.json
                 FROM log_prunes p
                 JOIN events e ON e.seq = p.event AND e.action = 'audit.prune'
                 JOIN event_details d ON d.seq = p.event
                 ORDER BY e.seq",
            )
            .fetch_all(conn)
            .await?
        });
        let prune = |(seq, at, json): (i64, Timestamp, String)| {
            let detail: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
            let details_to = detail["details_to"].as_i64().unwrap_or_default();
            Prune {
                seq,
                at,
                details_to,
            }
        };
        Ok(rows.into_iter().map(prune).collect())
    }

    /// Hands every line to `take`, in order, one at a time.
    pub async fn walk_log<E: From<StoreError>>(
        &mut self,
        mut take: impl FnMut(StoredLine<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        match self {
            Self::Sqlite(tx) => {
                let mut rows = sqlx::query(WALK_SQLITE).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                    let mut next: i64 = row.try_get_unchecked(0).map_err(StoreError::from)?;
                    let mut page: &[u8] = row.try_get_unchecked(1).map_err(StoreError::from)?;
                    while !page.is_empty() {
                        let (fields, hashes);
                        (fields, hashes, page) =
                            cut_line(page).map_err(|why| unreadable(next, &why))?;
                        next = fields.seq.saturating_add(1);
                        take(paged_line(&fields, hashes))?;
                    }
                }
            }
            Self::Postgres(tx) => {
                let mut rows = sqlx::query(WALK_POSTGRES).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                    let seq: i64 = row.try_get_unchecked(0).map_err(StoreError::from)?;
                    take(plain_line(seq, &row).map_err(|why| unreadable(seq, &why))?)?;
                }
            }
        }
        Ok(())
    }
}

type Unreadable = Box<dyn std::error::Error + Send + Sync>;

fn unreadable(seq: i64, why: &Unreadable) -> StoreError {
    StoreError::Corrupt(format!("event {seq}: {why}"))
}

/// The fields and hashes of the first line of a page, and what follows it.
fn cut_line(page: &[u8]) -> std::result::Result<(Fields<'_>, &[u8; HASHES], &[u8]), Unreadable> {
    let end = page
        .iter()
        .position(|byte| *byte == b'\n')
        .ok_or("it has no end")?;
    let fields: Fields<'_> = serde_json::from_slice(&page[..end])?;
    let cut = page[end + 1..].split_first_chunk();
    let (hashes, rest) = cut.ok_or("it has no hashes")?;
    Ok((fields, hashes, rest))
}

fn paged_line<'p>(fields: &'p Fields<'_>, hashes: &'p [u8; HASHES]) -> StoredLine<'p> {
    let (detail_commitment, rest) = hashes.split_at(32);
    let (prev_hash, rest) = rest.split_at(32);
    let (hash, rest) = rest.split_at(32);
    let (salt, record) = rest.split_at(32);
    StoredLine {
        line: Line {
            seq: fields.seq,
            at: Timestamp::from_micros(fields.at),
            operator: &fields.operator,
            action: &fields.action,
            account: fields.account,
            request: fields.request.as_deref(),
            detail_commitment,
            prev_hash,
        },
        hash,
        detail: fields.json.as_deref().map(|json| Detail::Text(salt, json)),
        record: fields.record.map(|_| record),
    }
}

fn plain_line(seq: i64, row: &PgRow) -> std::result::Result<StoredLine<'_>, Unreadable> {
    let salt: Option<&[u8]> = row.try_get_unchecked(9)?;
    let json: Option<&str> = row.try_get_unchecked(10)?;
    let hidden: Option<&[u8]> = row.try_get_unchecked(12)?;
    Ok(StoredLine {
        line: Line {
            seq,
            at: Timestamp::from_micros(row.try_get_unchecked(1)?),
            operator: row.try_get_unchecked(2)?,
            action: row.try_get_unchecked(3)?,
            account: row.try_get_unchecked(4)?,
            request: row.try_get_unchecked(5)?,
            detail_commitment: row.try_get_unchecked(6)?,
            prev_hash: row.try_get_unchecked(7)?,
        },
        hash: row.try_get_unchecked(8)?,
        detail: salt
            .zip(json)
            .map(|(salt, json)| Detail::Text(salt, json))
            .or(hidden.map(Detail::Hidden)),
        record: row.try_get_unchecked(11)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Database, DatabaseUrl};

    #[tokio::test]
    async fn a_log_that_sqlite_believes_short_is_not_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("balie.db"));
        let Database::Sqlite(pool, _) = Database::create(&url).await.unwrap() else {
            unreachable!()
        };
        let two_events = "ANALYZE; DELETE FROM sqlite_stat1;
            INSERT INTO sqlite_stat1 VALUES ('event_details', NULL, '2'), ('events', 'events_by_operator', '2 2 1'),
              ('events', 'events_by_request', '2 2 1'), ('events', 'events_by_account', '2 2 1');
            ANALYZE sqlite_schema";
        sqlx::raw_sql(two_events).execute(&pool).await.unwrap();
        let explain = format!("EXPLAIN QUERY PLAN {WALK_SQLITE}");
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(explain))
            .fetch_all(&pool)
            .await
            .unwrap();
        let searches = steps.iter().map(|step| step.3.as_str());
        let searches: Vec<_> = searches.filter(|step| step.starts_with("SEARCH")).collect();
        assert_eq!(
            searches,
            [
                "SEARCH events",
                "SEARCH e USING INTEGER PRIMARY KEY (rowid>?)",
                "SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
                "SEARCH d USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
            ]
        );
        assert!(!steps.iter().any(|step| step.3.contains("B-TREE")));
    }
}
