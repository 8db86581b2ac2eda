//! Which requests an account can be reset on now.

use crate::domain::code::Username;
use crate::domain::operator::Reach;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::{account_reached, region_reached};
use crate::store::{Result, Tx, on};

/// A request that can be used, as a choice shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReadyRow {
    /// The public id.
    pub public_id: RequestId,
    /// When it came in.
    pub received_at: Timestamp,
    /// The name of who asks, where that is known.
    pub requester: Option<String>,
    /// The subject.
    pub subject: String,
}

/// `$1` the username, `$2` now, `$3` the holder of the reader's regions, `$4` how many.
const READY: &str = concat!(
    "SELECT q.public_id, q.received_at, p.name AS requester, q.subject
     FROM accounts a
     JOIN request_accounts b ON b.account_id = a.id
     JOIN requests q ON q.id = b.request_id
     LEFT JOIN requesters p ON p.id = q.requester_id
     WHERE a.username = $1 AND b.covered = 1 AND b.used_at IS NULL
       AND q.verdict = 'verified' AND q.expires_at > $2
       AND (q.region_id IS NULL OR ",
    region_reached!("q.region_id", "$3"),
    ") AND ",
    account_reached!("a.id", "$3"),
    " ORDER BY q.received_at, q.id LIMIT $4"
);

impl Tx {
    /// The requests that cover this account, are verified, and weren't used for it: the oldest first.
    pub async fn ready_requests(
        &mut self,
        reach: &Reach,
        username: &Username,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<ReadyRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(READY)
                .bind(username)
                .bind(now)
                .bind(reach.holder())
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }
}
