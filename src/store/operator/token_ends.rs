//! When tokens end, for whoever has to make new ones; and when they were used last.

use crate::domain::operator::job::Job;
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

/// The token of an operator that lasts longest.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TokenEnd {
    /// The operator's login.
    pub login: String,
    /// What it's for, if it's a service.
    pub job: Option<Job>,
    /// When the token ends.
    pub expires_at: Timestamp,
}

impl Tx {
    /// When the last token of each operator and service ends, or ended, of those who may work.
    pub async fn token_ends(&mut self) -> Result<Vec<TokenEnd>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT o.login, o.job, MAX(t.expires_at) AS expires_at
                 FROM operator_tokens t JOIN operators o ON o.id = t.operator_id
                 WHERE t.revoked_at IS NULL AND t.accepted_at IS NOT NULL AND o.disabled_at IS NULL
                 GROUP BY o.login, o.job ORDER BY o.login",
            )
            .fetch_all(conn)
            .await?
        }))
    }

    /// When a service last worked at that job, by what is noted of its token with each piece of work that is kept.
    pub async fn token_last_used(&mut self, job: Job) -> Result<Option<Timestamp>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT MAX(t.last_used_at) FROM operator_tokens t JOIN operators o ON o.id = t.operator_id
                 WHERE o.job = $1",
            )
            .bind(job)
            .fetch_one(conn)
            .await?
        }))
    }
}
