//! Making a database's tables, or bringing older ones up to date: all of it in one transaction, under a lock
//! that a second `init` waits for. Killed half-way, nothing is left behind.

use std::sync::LazyLock;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{PgConnection, SqliteConnection};

use super::unfit::Unfit;
use super::{Database, DatabaseUrl, Result, StoreError, Tx};

pub(super) static SQLITE: LazyLock<Migrator> =
    LazyLock::new(|| unlocked(sqlx::migrate!("migrations/sqlite")));
pub(super) static POSTGRES: LazyLock<Migrator> =
    LazyLock::new(|| unlocked(sqlx::migrate!("migrations/postgres")));

/// "Bali" in ASCII: marks a SQLite file as Balie's own.
const APPLICATION_ID: i64 = 0x4261_6c69;
/// The key of PostgreSQL's advisory lock on the schema: "baliemig".
const SCHEMA_LOCK: i64 = 0x6261_6c69_656d_6967;

/// The lock is ours: the migrator's own outlives its transaction, and behind a pooler its connection.
fn unlocked(mut migrations: Migrator) -> Migrator {
    migrations.set_locking(false);
    migrations
}

/// The last of these migrations.
pub(super) fn newest(migrations: &Migrator) -> i64 {
    let versions = migrations.iter().map(|migration| migration.version);
    versions.max().unwrap_or_default()
}

impl Database {
    /// The version that the database is at.
    pub(super) async fn version(&self, url: &DatabaseUrl) -> Result<i64> {
        let version = match self {
            Self::Sqlite(pool, _) => sqlite_version(&mut *pool.acquire().await?).await?,
            Self::Postgres(pool, _) => postgres_version(&mut *pool.acquire().await?).await?,
        };
        version.ok_or_else(|| StoreError::NotBalie(url.to_string()))
    }

    /// The newest version that this program knows.
    #[must_use]
    pub fn known_version(&self) -> i64 {
        newest(match self {
            Self::Sqlite(..) => &SQLITE,
            Self::Postgres(..) => &POSTGRES,
        })
    }

    /// Makes what isn't there, and brings up to date what is.
    pub(super) async fn migrate(&self, url: &DatabaseUrl) -> Result<()> {
        let known = self.known_version();
        let mut tx = self.begin().await?;
        tx.lock_schema().await?;
        let found = tx.schema_version().await?;
        if let Some(found) = found {
            if found > known {
                return Err(StoreError::Newer { found, known });
            }
        } else if !tx.holds_nothing().await? {
            return Err(StoreError::NotBalie(url.to_string()));
        }
        if let Tx::Postgres(tx) = &mut tx {
            check_encoding(&mut *tx).await?;
            if found != Some(known) {
                check_rights(&mut *tx).await?;
            }
        }
        match &mut tx {
            Tx::Sqlite(tx) => {
                // `APPLICATION_ID`: a pragma takes no parameter.
                sqlx::query("PRAGMA application_id = 1113681001")
                    .execute(&mut **tx)
                    .await?;
                SQLITE.run_direct(None, &mut **tx, false).await
            }
            Tx::Postgres(tx) => POSTGRES.run_direct(None, &mut **tx, false).await,
        }
        .map_err(failed)?;
        tx.commit_now().await
    }
}

impl Tx {
    /// Until this transaction ends nobody else changes the tables.
    async fn lock_schema(&mut self) -> Result<()> {
        // SQLite's write transaction already holds the one lock there is.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(SCHEMA_LOCK)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    async fn schema_version(&mut self) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(tx) => sqlite_version(tx).await,
            Self::Postgres(tx) => postgres_version(&mut *tx).await,
        }
    }

    /// Takes a database for this transaction to fill; whether nothing is in it yet.
    pub(super) async fn take_empty_schema(&mut self) -> Result<bool> {
        self.lock_schema().await?;
        self.check_encoding().await?;
        if let Self::Postgres(tx) = self {
            check_rights(&mut *tx).await?;
        }
        Ok(self.schema_version().await?.is_none() && self.holds_nothing().await?)
    }

    /// Refuses a schema that isn't the one that this program knows.
    pub(super) async fn check_version(&mut self, known: i64) -> Result<()> {
        match self.schema_version().await? {
            None => Err(StoreError::Corrupt("the copy holds no desk".into())),
            Some(found) if found > known => Err(StoreError::Newer { found, known }),
            Some(found) if found < known => Err(StoreError::Outdated { found, known }),
            Some(_) => Ok(()),
        }
    }

    /// No table but the migrator's own, which an `init` that was killed may have left.
    async fn holds_nothing(&mut self) -> Result<bool> {
        let tables: i64 = match self {
            Self::Sqlite(tx) => {
                let sql = "SELECT COUNT(*) FROM sqlite_schema
                           WHERE tbl_name NOT IN ('_sqlx_migrations', 'sqlite_sequence')";
                sqlx::query_scalar(sql).fetch_one(&mut **tx).await?
            }
            Self::Postgres(tx) => {
                let sql = "SELECT COUNT(*) FROM pg_class
                           WHERE relnamespace = to_regnamespace(quote_ident(current_schema()))
                             AND relkind IN ('r', 'p') AND relname <> '_sqlx_migrations'";
                sqlx::query_scalar(sql).fetch_one(&mut **tx).await?
            }
        };
        Ok(tables == 0)
    }

    /// Refuses a database whose texts aren't Unicode.
    pub async fn check_encoding(&mut self) -> Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(tx) => check_encoding(&mut *tx).await,
        }
    }
}

/// Nothing where it isn't Balie's.
pub(super) async fn sqlite_version(conn: &mut SqliteConnection) -> Result<Option<i64>> {
    let found: sqlx::Result<(i64, Option<i64>)> = sqlx::query_as(
        "SELECT application_id, (SELECT MAX(version) FROM _sqlx_migrations WHERE success)
         FROM pragma_application_id",
    )
    .fetch_one(conn)
    .await;
    match found {
        Ok((APPLICATION_ID, version)) => Ok(version),
        Ok(_) => Ok(None),
        Err(sqlx::Error::Database(error)) if error.message().starts_with("no such table") => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

async fn postgres_version(conn: &mut PgConnection) -> Result<Option<i64>> {
    let is_there: bool = sqlx::query_scalar(
        "SELECT to_regclass('desk') IS NOT NULL AND to_regclass('_sqlx_migrations') IS NOT NULL",
    )
    .fetch_one(&mut *conn)
    .await?;
    if !is_there {
        return Ok(None);
    }
    let version = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations WHERE success");
    Ok(version.fetch_one(conn).await?)
}

async fn check_encoding(conn: &mut PgConnection) -> Result<()> {
    let encoding: String = sqlx::query_scalar("SELECT current_setting('server_encoding')")
        .fetch_one(conn)
        .await?;
    if encoding == "UTF8" {
        Ok(())
    } else {
        Err(Unfit::Encoding(encoding).into())
    }
}

/// What making the tables needs, asked for beforehand: so the answer can name what is missing.
async fn check_rights(conn: &mut PgConnection) -> Result<()> {
    let (login, schema, may_create): (String, Option<String>, Option<bool>) = sqlx::query_as(
        "SELECT current_user::text, current_schema()::text,
                has_schema_privilege(current_schema(), 'CREATE')",
    )
    .fetch_one(&mut *conn)
    .await?;
    let Some(schema) = schema else {
        return Err(Unfit::NoSchema.into());
    };
    if may_create != Some(true) {
        return Err(Unfit::NoTables { schema, login }.into());
    }
    let (is_there, is_installed, may_add): (bool, bool, bool) = sqlx::query_as(
        "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm'),
                EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'),
                has_database_privilege(current_database(), 'CREATE')",
    )
    .fetch_one(conn)
    .await?;
    if is_there || is_installed && may_add {
        Ok(())
    } else {
        Err(Unfit::NoExtension { is_installed }.into())
    }
}

/// A migration that fails isn't tampering: it was undone as a whole.
fn failed(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => Unfit::Migration(other.to_string()).into(),
    }
}
