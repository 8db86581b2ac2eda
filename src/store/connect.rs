//! Opening a database.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::time::{sleep, timeout};

use super::database_url::names_user;
use super::log::{self, Watch};
use super::{Database, DatabaseUrl, Result, StoreError};

/// How many rows SQLite's thread may be ahead of ours: fewer, and a pass over a log is spent in changing
/// threads.
const ROWS_AHEAD: usize = 512;
/// How long to wait for another writer, before saying that the database is locked.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// How long a server may take to let us in.
const TO_LET_IN: Duration = Duration::from_secs(10);
/// How long an answer to a plain question is waited for, however short the patience with locks.
pub(super) const TO_ANSWER: Duration = Duration::from_secs(5);
/// How long to wait before asking once more for what another program is just doing.
const A_MOMENT: Duration = Duration::from_millis(50);

impl Database {
    /// Opens the database at `url`, which `init` has made. Another writer is waited for as long as
    /// `patience` says, or 20 seconds.
    pub async fn open(url: &DatabaseUrl, patience: Option<Duration>) -> Result<Self> {
        let patience = patience.unwrap_or(PATIENCE);
        let database = Self::connect(url, false, patience).await?;
        let found = timeout(patience.max(TO_ANSWER), database.version(url));
        let found = found.await.map_err(|_| StoreError::Locked)??;
        let known = database.known_version();
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found < known {
            return Err(StoreError::Outdated { found, known });
        }
        database.watch().await?;
        Ok(database)
    }

    /// Makes the database at `url`, or brings an older one up to date.
    pub async fn create(url: &DatabaseUrl) -> Result<Self> {
        let database = Self::connect(url, true, PATIENCE).await?;
        database.migrate(url).await?;
        database.watch().await?;
        Ok(database)
    }

    /// Has SQLite tell which rows are written. On PostgreSQL the triggers of the schema do.
    async fn watch(&self) -> Result<()> {
        if let Self::Sqlite(pool, watch) = self {
            log::watch(&mut *pool.acquire().await?, watch.clone()).await?;
        }
        Ok(())
    }

    pub(super) async fn connect(
        url: &DatabaseUrl,
        create: bool,
        patience: Duration,
    ) -> Result<Self> {
        match url {
            DatabaseUrl::Sqlite(path) => Self::connect_sqlite(path, create, patience).await,
            DatabaseUrl::Postgres(url) => {
                let options = with_user(url.parse()?, url);
                // What a pooler in between knows nothing of is left out; how long to wait for a lock is
                // said in each transaction.
                let options = options
                    .application_name("balie")
                    .extra_float_digits(None)
                    .disable_statement_logging();
                Ok(Self::Postgres(connect_postgres(options).await?, patience))
            }
        }
    }

    async fn connect_sqlite(path: &Path, create: bool, patience: Duration) -> Result<Self> {
        if create {
            create_private(path).map_err(|e| StoreError::Unreachable(e.to_string()))?;
        } else if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            // A reset that was answered must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(patience)
            .row_buffer_size(ROWS_AHEAD)
            .disable_statement_logging();
        let options = if create {
            options.journal_mode(SqliteJournalMode::Wal)
        } else {
            options
        };
        // One: nobody here holds two at once, and each that is opened reads the whole schema.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_mins(1))
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false);
        // Nobody is waited for by SQLite itself while it turns to write-ahead logging.
        let mut waited = Duration::ZERO;
        loop {
            match pool
                .clone()
                .connect_with(options.clone())
                .await
                .map_err(StoreError::from)
            {
                Ok(pool) => return Ok(Self::Sqlite(pool, Watch::default())),
                Err(StoreError::Locked) if create && waited < patience => {
                    sleep(A_MOMENT).await;
                    waited += A_MOMENT;
                }
                Err(StoreError::NotBalie(_)) => {
                    return Err(StoreError::NotBalie(path.display().to_string()));
                }
                Err(other) => return Err(other),
            }
        }
    }
}

/// One connection, and no more: nobody here holds two at once, and a login may be allowed just one. When the
/// pool has given up, it's asked once more without it why.
/// As whom the driver connects where nobody is named.
const NAMELESS: &str = "anonymous";

/// The account that runs balie, where neither the URL nor `PGUSER` names a user: so `libpq` has it, and a server's `peer`
/// rule knows nobody else. The driver would say "anonymous".
fn with_user(options: PgConnectOptions, url: &str) -> PgConnectOptions {
    if names_user(url) || options.get_username() != NAMELESS {
        return options;
    }
    match uzers::get_effective_username() {
        Some(user) => options.username(&user.to_string_lossy()),
        None => options,
    }
}

async fn connect_postgres(options: PgConnectOptions) -> Result<PgPool> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(TO_LET_IN)
        .connect_with(options.clone())
        .await;
    match pool {
        Err(sqlx::Error::PoolTimedOut) => {
            let once_more = timeout(A_MOMENT * 20, sqlx::PgConnection::connect_with(&options));
            match once_more.await {
                Ok(Err(why)) => Err(why.into()),
                // It let us in at last.
                Ok(Ok(connection)) => {
                    connection.close().await?;
                    let pool = PgPoolOptions::new().max_connections(1);
                    Ok(pool
                        .acquire_timeout(TO_LET_IN)
                        .connect_with(options)
                        .await?)
                }
                Err(_) => Err(sqlx::Error::PoolTimedOut.into()),
            }
        }
        other => Ok(other?),
    }
}

/// Makes the file and its folder, readable by their owner only.
fn create_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map(drop)
}
