//! What `init` finds before it changes anything: the database may be of any version there ever was.

use std::os::unix::fs::MetadataExt as _;

use super::desk::closed;
use super::{Database, DatabaseUrl, Result, StoreError};
use crate::domain::log::event::Hash;
use crate::domain::timestamp::Timestamp;

/// The first version whose desk has settings of its own.
const SETTINGS: i64 = 15;
/// The first version with operators' sessions. No desk of an earlier one was ever closed.
const SESSIONS: i64 = 11;

/// A desk that is there already.
#[derive(Clone, Debug)]
pub struct Before {
    /// Nobody works there without login any more.
    pub closed: bool,
    /// The database belongs to whoever runs this: the file to the account, or the tables to the login.
    pub own: bool,
    /// The admin's session that was shown.
    pub admin: Option<AdminSession>,
    /// The keys that the desk has set, with their values as JSON.
    pub settings: Vec<(String, String)>,
}

/// A session of an admin that nobody ended.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AdminSession {
    /// Whose.
    pub login: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was used last.
    pub last_seen_at: Timestamp,
}

impl Database {
    /// Looks without changing anything; nothing where there's no desk.
    pub async fn before_init(
        url: &DatabaseUrl,
        account: u32,
        session: Option<&Hash>,
    ) -> Result<Option<Before>> {
        let database = match Self::connect(url, false, super::connect::PATIENCE).await {
            Ok(database) => database,
            Err(StoreError::Missing(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let version = match database.version(url).await {
            Ok(version) => version,
            Err(StoreError::NotBalie(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let own = match (&database, url) {
            (Self::Sqlite(..), DatabaseUrl::Sqlite(path)) => {
                let owner = std::fs::metadata(path).map(|metadata| metadata.uid());
                account == 0 || owner.is_ok_and(|owner| owner == account)
            }
            (Self::Postgres(pool, _), _) => {
                let sql = "SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c
                           WHERE c.oid = 'desk'::regclass";
                sqlx::query_scalar(sql).fetch_one(pool).await?
            }
            _ => false,
        };
        let mut before = Before {
            closed: false,
            own,
            admin: None,
            settings: Vec::new(),
        };
        if version >= SESSIONS {
            before.closed = database.is_closed().await?;
            if let Some(session) = session {
                before.admin = database.admin_session(session).await?;
            }
        }
        if version >= SETTINGS {
            let set = database.settings_of_a_closed_desk().await?;
            before.settings = set.unwrap_or_default();
        }
        database.close().await;
        Ok(Some(before))
    }

    async fn is_closed(&self) -> Result<bool> {
        const CLOSED: &str = concat!("SELECT ", closed!());
        Ok(match self {
            Self::Sqlite(pool, _) => sqlx::query_scalar(CLOSED).fetch_one(pool).await?,
            Self::Postgres(pool, _) => sqlx::query_scalar(CLOSED).fetch_one(pool).await?,
        })
    }

    /// By columns that every version with sessions has.
    async fn admin_session(&self, hash: &Hash) -> Result<Option<AdminSession>> {
        const ADMIN: &str = "SELECT o.login, s.started_at, s.last_seen_at
             FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
             WHERE s.token_hash = $1 AND s.ended_at IS NULL
               AND o.role = 'admin' AND o.disabled_at IS NULL";
        macro_rules! ask {
            ($pool:expr) => {
                sqlx::query_as(ADMIN)
                    .bind(hash.as_slice())
                    .fetch_optional($pool)
                    .await?
            };
        }
        Ok(match self {
            Self::Sqlite(pool, _) => ask!(pool),
            Self::Postgres(pool, _) => ask!(pool),
        })
    }
}
