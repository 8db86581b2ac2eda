//! Whom somebody reaches, as a condition in SQL. `$n` is the holder of the regions, NULL for everywhere.

use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::{Result, Tx, on};
use crate::domain::operator::Reach;

/// The region with the internal id `$region` is reached by the holder `$n`.
macro_rules! region_reached {
    ($region:literal, $n:literal) => {
        concat!(
            "(",
            $n,
            " IS NULL OR ",
            $region,
            " IN (SELECT rs.region_id FROM region_scopes rs WHERE rs.holder = ",
            $n,
            "))"
        )
    };
}

/// The account with the internal id `$account` has a role in a region that the holder `$n` reaches.
macro_rules! account_reached {
    ($account:literal, $n:literal) => {
        concat!(
            "(",
            $n,
            " IS NULL OR EXISTS (SELECT 1 FROM account_roles rr",
            " JOIN organisations ro ON ro.id = rr.organisation_id",
            " JOIN region_scopes rs ON rs.region_id = ro.region_id",
            " WHERE rr.account_id = ",
            $account,
            " AND rs.holder = ",
            $n,
            "))"
        )
    };
}

/// The request `q` is of a region that the holder `$n` reaches; without one, for nobody, or for an account within reach.
macro_rules! request_reached {
    ($n:literal) => {
        concat!(
            "(CASE WHEN q.region_id IS NOT NULL THEN ",
            region_reached!("q.region_id", $n),
            " ELSE NOT EXISTS (SELECT 1 FROM request_accounts rb WHERE rb.request_id = q.id)",
            " OR EXISTS (SELECT 1 FROM request_accounts rb WHERE rb.request_id = q.id AND ",
            account_reached!("rb.account_id", $n),
            ") END)"
        )
    };
}

impl Tx {
    /// The newest rows that `reach` reaches, or the one with that public id. Both statements take the id, the
    /// most rows, and the holder of the regions, in this order: in one text, SQLite would find no index for
    /// "given, or all".
    pub(super) async fn newest<R>(
        &mut self,
        (by_id, newest): (&'static str, &'static str),
        reach: &Reach,
        id: Option<&str>,
        limit: i64,
    ) -> Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        Ok(on!(self, |conn| {
            sqlx::query_as(if id.is_some() { by_id } else { newest })
                .bind(id)
                .bind(limit)
                .bind(reach.holder())
                .fetch_all(conn)
                .await?
        }))
    }
}

pub(super) use {account_reached, region_reached, request_reached};
