//! What `init` finds before it changes anything: the database may be of any version there ever was.

use std::os::unix::fs::MetadataExt as _;

use super::desk::closed;
use super::{Database, DatabaseUrl, Result, StoreError};
use crate::domain::event::Hash;
use crate::domain::timestamp::Timestamp;

/// The first version with operators' sessions. No desk of an earlier one was ever closed.
const SESSIONS: i64 = 11;

/// A desk that is there already.
#[derive(Clone, Debug)]
pub struct Before {
    /// Nobody works there without login any more.
    pub closed: bool,
    /// The database belongs to whoever runs this: the file to the account, or the tables to the login.
    pub own: bool,
    /// The admin whose session was shown.
    pub admin: Option<String>,
}

/// What tells an admin at work: a session's hash, and since when it must have begun and been used.
#[derive(Clone, Copy, Debug)]
pub struct AdminSession<'h> {
    /// The hash of its token.
    pub hash: &'h Hash,
    /// It began after that.
    pub begun_after: Timestamp,
    /// It was used after that.
    pub seen_after: Timestamp,
}

impl Database {
    /// Looks without changing anything; nothing where there's no desk.
    pub async fn before_init(
        url: &DatabaseUrl,
        account: u32,
        session: Option<AdminSession<'_>>,
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
        };
        if version >= SESSIONS {
            before.closed = database.is_closed().await?;
            if let Some(session) = session {
                before.admin = database.admin_at_work(session).await?;
            }
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
    async fn admin_at_work(&self, session: AdminSession<'_>) -> Result<Option<String>> {
        const ADMIN: &str = "SELECT o.login FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
             WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.started_at > $2 AND s.last_seen_at > $3
               AND o.role = 'admin' AND o.disabled_at IS NULL";
        macro_rules! ask {
            ($pool:expr) => {
                sqlx::query_scalar(ADMIN)
                    .bind(session.hash.as_slice())
                    .bind(session.begun_after)
                    .bind(session.seen_after)
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
