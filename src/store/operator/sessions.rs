//! Who is logged in, and scripts' tokens. The database has their hashes only.

use crate::domain::log::event::Hash;
use crate::domain::operator::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, Tx, on, run};

/// A session with whose it is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// The internal id.
    pub id: i64,
    /// The login of whose it is.
    pub login: String,
    started_at: Timestamp,
    last_seen_at: Timestamp,
    ended_at: Option<Timestamp>,
}

impl SessionRow {
    /// How long it is valid.
    #[must_use]
    pub const fn session(&self) -> Session {
        Session {
            started_at: self.started_at,
            last_seen_at: self.last_seen_at,
            ended_at: self.ended_at,
        }
    }
}

/// A script's token.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TokenRow {
    /// The public id.
    pub public_id: String,
    /// The login of the operator that it works for.
    pub login: String,
    /// Its scopes, with a space between.
    pub scopes: String,
    /// Who made it.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When the operator that it works for accepted it; until then it sleeps.
    pub accepted_at: Option<Timestamp>,
}

impl TokenRow {
    /// Whether it would work, if only its operator had accepted it.
    #[must_use]
    pub fn is_asleep(&self, now: Timestamp) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none() && self.expires_at > now
    }
}

/// A token that is to be kept.
#[derive(Debug)]
pub struct NewToken<'t> {
    /// The public id.
    pub public_id: &'t str,
    /// The operator's internal id.
    pub operator: i64,
    /// The hash of the token.
    pub hash: &'t Hash,
    /// Its scopes, with a space between.
    pub scopes: &'t str,
    /// Who made it.
    pub added_by: &'t str,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whether it works at once, rather than when its operator has accepted it.
    pub is_accepted: bool,
}

/// The tokens for which that holds, newest first.
macro_rules! tokens {
    ($which:literal) => {
        concat!(
            "SELECT t.public_id, o.login, t.scopes, t.added_by, t.added_at, t.expires_at, t.last_used_at,
                    t.revoked_at, t.accepted_at
             FROM operator_tokens t JOIN operators o ON o.id = t.operator_id
             WHERE ",
            $which,
            " ORDER BY t.id DESC"
        )
    };
}

impl Tx {
    /// The operator whose own login to PostgreSQL this is; nothing for the owner's, and on SQLite.
    pub async fn own_login(&mut self) -> Result<Option<String>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(tx) => Ok(sqlx::query_scalar(
                "SELECT r.rolname::text FROM pg_roles r
                 WHERE r.rolname = session_user AND NOT r.rolsuper
                   AND EXISTS (SELECT 1 FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                               WHERE m.member = r.oid AND g.rolname = 'balie_operator')
                   AND r.oid <> (SELECT c.relowner FROM pg_class c WHERE c.oid = 'desk'::regclass)",
            )
            .fetch_optional(&mut **tx)
            .await?),
        }
    }

    /// Begins a session.
    pub async fn add_session(&mut self, operator: i64, hash: &Hash, now: Timestamp) -> Result<()> {
        run!(
            self,
            "INSERT INTO operator_sessions (operator_id, token_hash, started_at, last_seen_at)
             VALUES ($1, $2, $3, $3)",
            operator,
            hash.as_slice(),
            now
        );
        Ok(())
    }

    /// The session of a token, ended or not.
    pub async fn session(&mut self, hash: &Hash) -> Result<Option<SessionRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT s.id, o.login, s.started_at, s.last_seen_at, s.ended_at
                 FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
                 WHERE s.token_hash = $1",
            )
            .bind(hash.as_slice())
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Notes that a session is used, when that was last noted before `stale`.
    pub async fn touch_session(
        &mut self,
        session: i64,
        stale: Timestamp,
        now: Timestamp,
    ) -> Result<()> {
        run!(
            self,
            "UPDATE operator_sessions SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $3",
            now,
            session,
            stale
        );
        Ok(())
    }

    /// Ends one session.
    pub async fn end_session(&mut self, session: i64, now: Timestamp) -> Result<()> {
        run!(
            self,
            "UPDATE operator_sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
            now,
            session
        );
        Ok(())
    }

    /// Ends every session of an operator, and says how many there were.
    pub async fn end_sessions(&mut self, operator: i64, now: Timestamp) -> Result<u64> {
        Ok(run!(
            self,
            "UPDATE operator_sessions SET ended_at = $1 WHERE operator_id = $2 AND ended_at IS NULL",
            now,
            operator
        ))
    }

    /// Keeps a script's token; no when its public id is taken.
    pub async fn add_token(&mut self, new: &NewToken<'_>, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "INSERT INTO operator_tokens
               (public_id, operator_id, token_hash, scopes, added_by, added_at, expires_at, accepted_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (public_id) DO NOTHING",
            new.public_id,
            new.operator,
            new.hash.as_slice(),
            new.scopes,
            new.added_by,
            now,
            new.expires_at,
            new.is_accepted.then_some(now)
        );
        Ok(Applied::when(rows == 1))
    }

    /// The token of that hash.
    pub async fn token(&mut self, hash: &Hash) -> Result<Option<TokenRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(tokens!("t.token_hash = $1"))
                .bind(hash.as_slice())
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The token with that public id.
    pub async fn token_by_id(&mut self, public_id: &str) -> Result<Option<TokenRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(tokens!("t.public_id = $1"))
                .bind(public_id)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Every token, or those of one operator, newest first.
    pub async fn tokens(&mut self, login: Option<&str>) -> Result<Vec<TokenRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(tokens!("($1 IS NULL OR o.login = $1)"))
                .bind(login)
                .fetch_all(conn)
                .await?
        }))
    }

    /// Notes that a token is used.
    pub async fn touch_token(&mut self, public_id: &str, now: Timestamp) -> Result<()> {
        run!(
            self,
            "UPDATE operator_tokens SET last_used_at = $1 WHERE public_id = $2",
            now,
            public_id
        );
        Ok(())
    }

    /// Wakes a token up; no when it works already, or was revoked.
    pub async fn accept_token(&mut self, public_id: &str, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "UPDATE operator_tokens SET accepted_at = $1
             WHERE public_id = $2 AND accepted_at IS NULL AND revoked_at IS NULL",
            now,
            public_id
        );
        Ok(Applied::when(rows == 1))
    }

    /// Revokes a token; no when it was revoked already.
    pub async fn revoke_token(&mut self, public_id: &str, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "UPDATE operator_tokens SET revoked_at = $1 WHERE public_id = $2 AND revoked_at IS NULL",
            now,
            public_id
        );
        Ok(Applied::when(rows == 1))
    }
}

impl Tx {
    /// Whether a token's regions go beyond those of its operator (`own`; nothing for everywhere).
    pub async fn token_exceeds(&mut self, holder: &str, own: Option<&str>) -> Result<bool> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT $2 IS NOT NULL AND EXISTS (
                   SELECT 1 FROM region_scopes t
                   WHERE t.holder = $1 AND NOT EXISTS (
                     SELECT 1 FROM region_scopes o
                     WHERE o.holder = $2 AND o.region_id = t.region_id))",
            )
            .bind(holder)
            .bind(own)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Whether this holder is bound to regions of its own.
    pub async fn has_regions(&mut self, holder: &str) -> Result<bool> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM region_scopes WHERE holder = $1)")
                .bind(holder)
                .fetch_one(conn)
                .await?
        }))
    }
}
