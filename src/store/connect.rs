//! Opening a database, and making or migrating one.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::error::DatabaseError;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Database, Result, StoreError, Watch, touched};

pub(super) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
pub(super) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// "Bali" in ASCII: marks a SQLite file as Balie's own.
const APPLICATION_ID: i64 = 0x4261_6c69;
/// How many rows SQLite's thread may be ahead of ours: fewer, and a pass over a log is spent in changing
/// threads.
const ROWS_AHEAD: usize = 512;
/// How long to wait for another writer, before saying that the database is locked.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by its URL.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = NotADatabaseUrl;

    fn from_str(text: &str) -> std::result::Result<Self, NotADatabaseUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"))
            .unwrap_or(text);
        if path.is_empty() || path.contains("://") || path.contains(":memory:") {
            return Err(NotADatabaseUrl(redacted(text)));
        }
        Ok(Self::Sqlite(path.into()))
    }
}

impl fmt::Display for DatabaseUrl {
    /// The URL without what may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&redacted(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Cuts user, password and parameters out of a URL.
fn redacted(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let rest = rest.split('?').next().unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{host}")
}

/// A text that names no database.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` names no database: a file, `sqlite:FILE` or `postgres://…`")]
pub struct NotADatabaseUrl(String);

impl Database {
    /// Opens the database at `url`, which `init` has made. Another writer is waited for as long as
    /// `patience` says, or 20 seconds.
    pub async fn open(url: &DatabaseUrl, patience: Option<Duration>) -> Result<Self> {
        let database = Self::connect(url, false, patience.unwrap_or(PATIENCE)).await?;
        let found = database.version(url).await?;
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
        if !database.is_empty().await? {
            let found = database.version(url).await?;
            let known = database.known_version();
            if found > known {
                return Err(StoreError::Newer { found, known });
            }
        }
        database.migrate().await?;
        database.watch().await?;
        Ok(database)
    }

    /// Has SQLite tell which rows are written. On PostgreSQL the triggers of the schema do.
    async fn watch(&self) -> Result<()> {
        if let Self::Sqlite(pool, watch) = self {
            touched::watch(&mut *pool.acquire().await?, watch.clone()).await?;
        }
        Ok(())
    }

    async fn connect(url: &DatabaseUrl, create: bool, patience: Duration) -> Result<Self> {
        match url {
            DatabaseUrl::Sqlite(path) => Self::connect_sqlite(path, create, patience).await,
            DatabaseUrl::Postgres(url) => {
                let unreadable =
                    |_| StoreError::Unreachable(format!("{} is no URL", redacted(url)));
                let options: PgConnectOptions = url.parse().map_err(unreadable)?;
                let options = options
                    .application_name("balie")
                    .options([("lock_timeout", format!("{}ms", patience.as_millis()))])
                    .disable_statement_logging();
                let pool = PgPoolOptions::new()
                    .max_connections(2)
                    .acquire_timeout(Duration::from_secs(10))
                    .connect_with(options)
                    .await?;
                Ok(Self::Postgres(pool))
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
            .test_before_acquire(false)
            .connect_with(options)
            .await
            .map_err(|error| match error.into() {
                StoreError::NotBalie(_) => StoreError::NotBalie(path.display().to_string()),
                other => other,
            })?;
        Ok(Self::Sqlite(pool, Watch::default()))
    }

    /// The version that the database is at.
    async fn version(&self, url: &DatabaseUrl) -> Result<i64> {
        let not_balie = || StoreError::NotBalie(url.to_string());
        let version: Option<i64> = match self {
            Self::Sqlite(pool, _) => {
                let found: sqlx::Result<(i64, Option<i64>)> = sqlx::query_as(
                    "SELECT application_id,
                            (SELECT MAX(version) FROM _sqlx_migrations WHERE success)
                     FROM pragma_application_id",
                )
                .fetch_one(pool)
                .await;
                match found {
                    Ok((APPLICATION_ID, version)) => version,
                    Ok(_) => return Err(not_balie()),
                    Err(sqlx::Error::Database(error)) if lacks_a_table(&*error) => None,
                    Err(error) => return Err(error.into()),
                }
            }
            Self::Postgres(pool) => {
                let (desk, migrations): (Option<String>, Option<String>) = sqlx::query_as(
                    "SELECT to_regclass('desk')::text, to_regclass('_sqlx_migrations')::text",
                )
                .fetch_one(pool)
                .await?;
                if desk.is_none() || migrations.is_none() {
                    return Err(not_balie());
                }
                sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations WHERE success")
                    .fetch_one(pool)
                    .await?
            }
        };
        version.ok_or_else(not_balie)
    }

    /// The newest version of the schema that this program knows.
    #[must_use]
    pub fn known_version(&self) -> i64 {
        let migrator = match self {
            Self::Sqlite(..) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        };
        migrator
            .iter()
            .map(|migration| migration.version)
            .max()
            .unwrap_or_default()
    }

    async fn is_empty(&self) -> Result<bool> {
        let tables: i64 = match self {
            Self::Sqlite(pool, _) => {
                sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema").fetch_one(pool).await?
            }
            Self::Postgres(pool) => {
                sqlx::query_scalar(
                    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()",
                )
                .fetch_one(pool)
                .await?
            }
        };
        Ok(tables == 0)
    }

    async fn migrate(&self) -> Result<()> {
        let failed = |error: sqlx::migrate::MigrateError| match error {
            sqlx::migrate::MigrateError::Execute(error) => StoreError::from(error),
            other => StoreError::Corrupt(other.to_string()),
        };
        match self {
            Self::Sqlite(pool, _) => {
                // `APPLICATION_ID`: a pragma takes no parameter.
                sqlx::query("PRAGMA application_id = 1113681001")
                    .execute(pool)
                    .await?;
                SQLITE.run(pool).await.map_err(failed)
            }
            Self::Postgres(pool) => POSTGRES.run(pool).await.map_err(failed),
        }
    }
}

fn lacks_a_table(error: &dyn DatabaseError) -> bool {
    error.message().starts_with("no such table")
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
