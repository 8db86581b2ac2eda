//! A copy of a SQLite database: a database in one file, without a write-ahead log beside it.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions as _, Connection as _};

use super::head::{HEAD, HeadRow};
use super::{CopyError, CopyHead, Result};
use crate::store::connect::PATIENCE;
use crate::store::log::Watch;
use crate::store::migrate::{SQLITE, newest, sqlite_version};
use crate::store::{Database, StoreError};

/// Writes all that is committed in the database `from` to the empty file `to`. `VACUUM INTO` reads one state of it, whatever
/// others write meanwhile; what is still in the write-ahead log comes along, and what was deleted doesn't.
pub(super) async fn copy(from: &Path, to: &Path) -> Result<()> {
    let to = to
        .to_str()
        .ok_or_else(|| CopyError::NotACopy(to.to_owned()))?;
    let mut conn = SqliteConnectOptions::new()
        .filename(from)
        .busy_timeout(PATIENCE)
        .disable_statement_logging()
        .connect()
        .await?;
    sqlx::query("VACUUM INTO $1")
        .bind(to)
        .execute(&mut conn)
        .await?;
    Ok(conn.close().await?)
}

/// For reading, and nothing else: no lock, no log, no byte is written beside it.
fn only_reading(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .immutable(true)
        .disable_statement_logging()
}

/// Which desk a copy is of, and how far it goes.
pub(super) async fn head(path: &Path) -> Result<CopyHead> {
    let mut conn = only_reading(path).connect().await.map_err(of_copy(path))?;
    let version = sqlite_version(&mut conn).await.map_err(of_copy(path))?;
    if version.is_none() {
        return Err(CopyError::NotACopy(path.to_owned()));
    }
    let row: Option<HeadRow> = sqlx::query_as(HEAD)
        .fetch_optional(&mut conn)
        .await
        .map_err(of_copy(path))?;
    conn.close().await?;
    row.map(CopyHead::from)
        .ok_or_else(|| CopyError::NotACopy(path.to_owned()))
}

/// A copy's own faults are called so.
fn of_copy<E: Into<StoreError>>(path: &Path) -> impl Fn(E) -> CopyError {
    move |error| match error.into() {
        StoreError::Damaged => CopyError::Damaged(path.to_owned()),
        StoreError::NotBalie(_) => CopyError::NotACopy(path.to_owned()),
        error => CopyError::Store(error),
    }
}

impl Database {
    /// Opens a copy for reading alone, once its pages fit together.
    pub async fn open_copy(path: &Path) -> Result<Self> {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(only_reading(path))
            .await
            .map_err(of_copy(path))?;
        let mut conn = pool.acquire().await?;
        let found = sqlite_version(&mut conn).await.map_err(of_copy(path))?;
        let found = found.ok_or_else(|| CopyError::NotACopy(path.to_owned()))?;
        let known = newest(&SQLITE);
        if found > known {
            return Err(StoreError::Newer { found, known }.into());
        }
        if found < known {
            return Err(CopyError::of_version(path)(StoreError::Outdated {
                found,
                known,
            }));
        }
        let sound: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
            .fetch_one(&mut *conn)
            .await
            .map_err(of_copy(path))?;
        drop(conn);
        if sound != "ok" {
            return Err(CopyError::Damaged(path.to_owned()));
        }
        Ok(Self::Sqlite(pool, Watch::default()))
    }
}
