//! SQLite's write-ahead log, folded into the file by whoever left it large: each later command would read it
//! first, and a copy of the file alone would lack what is in it.

use std::ffi::OsString;
use std::time::Duration;

use super::{Database, Result};

/// From how many bytes on it's large. Below, reading it costs less than folding it.
const LARGE: u64 = 512 * 1024;
/// How long readers are waited for: whoever comes next can fold it as well.
const PATIENCE: Duration = Duration::from_millis(200);

impl Database {
    /// Has SQLite write ahead from now on, as `init` does: a copy doesn't.
    pub(super) async fn log_ahead(&self) -> Result<()> {
        if let Self::Sqlite(pool, _) = self {
            sqlx::query("PRAGMA journal_mode = WAL")
                .execute(pool)
                .await?;
        }
        Ok(())
    }

    /// Folds it where it's large. When somebody else is reading just now, it stays as it is.
    pub async fn fold(&self) -> Result<()> {
        let Self::Sqlite(pool, _) = self else {
            return Ok(());
        };
        let options = pool.connect_options();
        let mut log = OsString::from(options.get_filename());
        log.push("-wal");
        if std::fs::metadata(log).map_or(0, |log| log.len()) < LARGE {
            return Ok(());
        }
        // A command that was broken off may still hold the connection.
        let Ok(conn) = tokio::time::timeout(PATIENCE, pool.acquire()).await else {
            return Ok(());
        };
        let mut conn = conn?;
        let patience = format!("PRAGMA busy_timeout = {}", PATIENCE.as_millis());
        sqlx::query(sqlx::AssertSqlSafe(patience))
            .execute(&mut *conn)
            .await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut *conn)
            .await?;
        Ok(())
    }
}
