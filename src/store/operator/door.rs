//! What every call asks first, in one question and without a transaction.

use tokio::time::timeout;

use crate::domain::timestamp::Timestamp;
use crate::store::connect::TO_ANSWER;
use crate::store::desk::closed;
use crate::store::{Database, Result, StoreError};

/// What is seen at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DoorRow {
    /// Nobody has a password yet, and this operator is on file and not disabled: the system's word is
    /// enough.
    pub open_to_operator: bool,
    /// The time of a retired secret is over.
    pub secrets_are_due: bool,
}

impl Database {
    /// What `login` sees at the door.
    pub async fn at_the_door(&self, login: &str, now: Timestamp) -> Result<DoorRow> {
        const SEEN: &str = concat!(
            "SELECT EXISTS (SELECT 1 FROM operators WHERE login = $1 AND disabled_at IS NULL)
                     AND NOT ",
            closed!(),
            " AS open_to_operator,
                   EXISTS (SELECT 1 FROM enrollments
                           WHERE is_sealed = 1 AND destroy_at IS NOT NULL AND destroy_at <= $2)
                     AS secrets_are_due"
        );
        Ok(match self {
            Self::Sqlite(pool, _) => {
                sqlx::query_as(SEEN)
                    .bind(login)
                    .bind(now)
                    .fetch_one(pool)
                    .await?
            }
            // No transaction says here how long a lock is waited for.
            Self::Postgres(pool, patience) => {
                let seen = sqlx::query_as(SEEN).bind(login).bind(now).fetch_one(pool);
                let seen = timeout((*patience).max(TO_ANSWER), seen).await;
                seen.map_err(|_| StoreError::Locked)??
            }
        })
    }
}
