//! The desk's one row, its keys' check values, its operators.

use super::{Result, Tx, on};
use crate::domain::timestamp::Timestamp;

/// The desk itself.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DeskRow {
    /// Its own id.
    pub uid: String,
    /// The id of the key that signs its receipts.
    pub sign_key: String,
    /// The public half of that key.
    pub public_key: Vec<u8>,
}

/// Whether the desk is closed: its row says so, or the log holds that somebody got a password. Whatever becomes
/// of the row, it never opens again.
macro_rules! closed {
    () => {
        "(EXISTS (SELECT 1 FROM desk WHERE closed_at IS NOT NULL)
          OR EXISTS (SELECT 1 FROM events WHERE action IN ('operator.own_password', 'operator.password')))"
    };
}
pub(super) use closed;

impl Tx {
    /// The desk, once `init` has made it.
    pub async fn desk(&mut self) -> Result<Option<DeskRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as("SELECT uid, sign_key, public_key FROM desk")
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Makes the desk's one row.
    pub async fn create_desk(
        &mut self,
        uid: &str,
        sign_key: &str,
        public_key: &[u8],
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO desk (id, uid, sign_key, public_key, created_at)
                 VALUES (1, $1, $2, $3, $4)",
            )
            .bind(uid)
            .bind(sign_key)
            .bind(public_key)
            .bind(now)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Whether some operator has had a password: nobody works without login any more.
    pub async fn desk_is_closed(&mut self) -> Result<bool> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(concat!("SELECT ", closed!()))
                .fetch_one(conn)
                .await?
        }))
    }

    /// Registers whoever sets the desk up.
    pub async fn add_founder(&mut self, login: &str, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("INSERT INTO operators (login, role, added_at) VALUES ($1, 'founder', $2)")
                .bind(login)
                .bind(now)
                .execute(conn)
                .await?;
        });
        Ok(())
    }
}
