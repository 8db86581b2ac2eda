//! A database, and a transaction on it: the one place that knows which engine it is.

use std::time::Duration;

use sqlx::{AssertSqlSafe, PgPool, Postgres, SqlitePool, Transaction};

use super::Result;
use super::log::{Watch, Watched};

/// Runs the same body on whichever engine a [`Tx`] holds.
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::store::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
pub(crate) use on;

/// Runs a statement on whichever engine a [`Tx`] holds; how many rows it changed.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $bind:expr)*) => {
        $crate::store::on!(&mut *$tx, |conn| {
            sqlx::query($sql)$(.bind($bind))*.execute(conn).await?.rows_affected()
        })
    };
}
pub(crate) use run;

/// An open database.
#[derive(Clone, Debug)]
pub enum Database {
    /// A SQLite file, and what its one connection writes.
    Sqlite(SqlitePool, Watch),
    /// A PostgreSQL server, and how long somebody else's lock is waited for.
    Postgres(PgPool, Duration),
}

/// A transaction. Dropped, it undoes everything; [`Tx::commit`] with an event is the way to keep work
/// (rule 3).
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Watched),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Database {
    /// Begins a transaction that may write. On SQLite it waits for its turn here, and never later.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite(pool, watch) => {
                let tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                let mut tx = Watched::new(tx, watch.clone());
                if watch.begin() {
                    tx.forget_notes().await?;
                }
                Tx::Sqlite(tx)
            }
            Self::Postgres(pool, patience) => {
                let begin = beginning("READ COMMITTED", *patience);
                Tx::Postgres(pool.begin_with(begin).await?)
            }
        })
    }

    /// Begins a transaction that only reads, and sees the database as it is now to its end.
    pub async fn look(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite(pool, watch) => {
                Tx::Sqlite(Watched::new(pool.begin().await?, watch.clone()))
            }
            Self::Postgres(pool, patience) => {
                let begin = beginning("REPEATABLE READ READ ONLY", *patience);
                Tx::Postgres(pool.begin_with(begin).await?)
            }
        })
    }

    /// Closes the connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool, _) => pool.close().await,
            Self::Postgres(pool, _) => pool.close().await,
        }
    }
}

/// What the role's or the database's defaults say is said here, since everything else counts on it: the
/// isolation, and how long a lock is waited for. It holds for this transaction alone, so that a pooler may
/// hand the connection on.
fn beginning(isolation: &str, patience: Duration) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "BEGIN ISOLATION LEVEL {isolation}; SET LOCAL lock_timeout = {}",
        // Zero would be for ever.
        patience.as_millis().max(1)
    ))
}

impl Tx {
    /// Keeps a lease or a claim: who works on what right now. It decides nothing, so it isn't an event.
    pub async fn commit_lease(self) -> Result<()> {
        self.commit_now().await
    }

    pub(super) async fn commit_now(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
