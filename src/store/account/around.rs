//! What an operator on the phone wants to know around an account: who may ask for it, when it was reset, which requests
//! name it, and whether mails to its holder come back.

use crate::domain::code::OrganisationCode;
use crate::domain::directory::capacity::Capacity;
use crate::domain::request::id::RequestId;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

/// Somebody who may ask for an account.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MayAskRow {
    /// The name.
    pub name: String,
    /// In what capacity.
    pub capacity: Capacity,
    /// The organisation's code.
    pub organisation: OrganisationCode,
    /// The organisation's name.
    pub place: String,
}

/// The last time that an account was reset.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LastResetRow {
    /// The event.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub operator: String,
    /// On which request or case.
    pub request: Option<String>,
}

/// A request that names an account and can still come to something.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenForRow {
    /// The public id.
    pub public_id: RequestId,
    /// Its verdict.
    pub verdict: Verdict,
    /// When it came in.
    pub received_at: Timestamp,
}

/// Rule 2: in a capacity at an organisation of one of its roles, or, but for a supervisor, above it; never the holder.
const MAY_ASK: &str = "
    WITH RECURSIVE above (id, is_below) AS (
      SELECT r.organisation_id, 0 FROM account_roles r WHERE r.account_id = $1
      UNION
      SELECT o.parent_id, 1 FROM above u JOIN organisations o ON o.id = u.id WHERE o.parent_id IS NOT NULL)
    SELECT DISTINCT q.name, q.capacity, o.code AS organisation, o.name AS place
    FROM above u
    JOIN requesters q ON q.organisation_id = u.id AND (u.is_below = 0 OR q.capacity <> 'supervisor')
    JOIN organisations o ON o.id = u.id
    WHERE q.ended_at IS NULL AND (q.valid_from IS NULL OR q.valid_from <= $2)
      AND (q.valid_until IS NULL OR q.valid_until > $2)
      AND q.work_email <> (SELECT a.work_email FROM accounts a WHERE a.id = $1)
    ORDER BY q.name, o.code LIMIT $3";

impl Tx {
    /// Who may ask for that account, by name.
    pub async fn may_ask(
        &mut self,
        account: i64,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<MayAskRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(MAY_ASK)
                .bind(account)
                .bind(now)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }

    /// The last reset of that account.
    pub async fn last_reset(&mut self, account: i64) -> Result<Option<LastResetRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT seq, at, operator, request FROM events
                 WHERE account = $1 AND action IN ('reset', 'reset.break_glass')
                 ORDER BY at DESC, seq DESC LIMIT 1",
            )
            .bind(account)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// The requests that name that account, weren't used for it, and can still come to something: the newest first.
    pub async fn open_for(
        &mut self,
        account: i64,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<OpenForRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT q.public_id, q.verdict, q.received_at
                 FROM request_accounts b JOIN requests q ON q.id = b.request_id
                 WHERE b.account_id = $1 AND b.used_at IS NULL AND q.verdict <> 'rejected' AND q.expires_at > $2
                 ORDER BY q.id DESC LIMIT $3",
            )
            .bind(account)
            .bind(now)
            .bind(limit)
            .fetch_all(conn)
            .await?
        }))
    }

    /// When a mail to that address was last given up, and none was taken since. One that was called off doesn't count.
    pub async fn bounced_at(&mut self, address: &str) -> Result<Option<Timestamp>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT MAX(o.failed_at) FROM outbox o
                 WHERE o.recipient = $1 AND o.failed_at IS NOT NULL
                   AND (o.last_error IS NULL OR o.last_error <> 'cancelled')
                   AND NOT EXISTS (SELECT 1 FROM outbox s
                                   WHERE s.recipient = o.recipient AND s.sent_at > o.failed_at)",
            )
            .bind(address)
            .fetch_one(conn)
            .await?
        }))
    }
}
