//! Requests to complete a word with: those that something can still be done with.

use crate::domain::operator::Reach;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::{account_reached, region_reached, request_reached};
use crate::store::{Result, Tx, on};

/// A request whose id is offered.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OfferedRequest {
    /// Its id.
    pub public_id: RequestId,
    /// When it came in.
    pub received_at: Timestamp,
    /// The mail's subject.
    pub subject: String,
}

/// What is verified comes first, then the oldest. Both databases compare ids without their case, as people type them.
const OFFERED: &str = concat!(
    "SELECT q.public_id, q.received_at, q.subject
     FROM requests q
     WHERE q.verdict <> 'rejected' AND q.expires_at > $1 AND q.closed_at IS NULL
       AND UPPER(q.public_id) LIKE $2
       AND (NOT EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = q.id)
            OR EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = q.id AND b.used_at IS NULL))
       AND ",
    request_reached!("$3"),
    " ORDER BY CASE q.verdict WHEN 'verified' THEN 0 ELSE 1 END, q.received_at, q.id
     LIMIT $4"
);

impl Tx {
    /// Requests that wait, whose id begins with `start`: letters, digits and hyphens.
    pub async fn requests_to_offer(
        &mut self,
        reach: &Reach,
        start: &str,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<OfferedRequest>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(OFFERED)
                .bind(now)
                .bind(format!("{start}%"))
                .bind(reach.holder())
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }
}
