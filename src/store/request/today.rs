//! What waits, counted: for whom, where, and since when.

use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::{account_reached, region_reached, request_reached};
use crate::store::{Result, Tx, on};

/// How many requests of a region wait for the same thing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WaitingCount {
    /// The region that was written to; nothing where that can't be told.
    pub region: Option<String>,
    /// `account`, `reset`, `challenge`, `answer` or `code`, as in the queue.
    pub waits_for: String,
    /// How many.
    pub requests: i64,
    /// When the oldest of them came in.
    pub oldest_at: Timestamp,
}

/// `$1` now, `$2` the holder of the reader's regions.
const WAITING: &str = concat!(
    "SELECT t.region, t.waits_for, COUNT(*) AS requests, MIN(t.received_at) AS oldest_at
     FROM (
       SELECT r.code AS region, q.received_at,
              CASE WHEN NOT EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = q.id)
                     THEN 'account'
                   WHEN q.verdict = 'verified'
                     THEN CASE WHEN EXISTS (SELECT 1 FROM request_accounts b
                                            WHERE b.request_id = q.id AND b.used_at IS NULL AND b.covered = 1)
                               THEN 'reset' END
                   WHEN NOT EXISTS (SELECT 1 FROM challenges c
                                    WHERE c.request_id = q.id AND c.confirmed_at IS NULL
                                      AND c.voided_at IS NULL AND c.expires_at > $1) THEN 'challenge'
                   WHEN q.confirmed_at IS NULL
                    AND EXISTS (SELECT 1 FROM request_answers n
                                WHERE n.request_id = q.id AND n.confirms = 0) THEN 'answer'
                   ELSE 'code' END AS waits_for
       FROM requests q
       LEFT JOIN regions r ON r.id = q.region_id
       WHERE q.verdict <> 'rejected' AND q.expires_at > $1
         AND ",
    request_reached!("$2"),
    "
     ) t
     WHERE t.waits_for IS NOT NULL
     GROUP BY t.region, t.waits_for
     ORDER BY t.region, t.waits_for"
);

/// `$1` the reader, `$2` now, `$3` the holder of the reader's regions.
const CASES: &str = concat!(
    "SELECT COUNT(*) FROM cases c
     WHERE c.completed_at IS NULL AND c.cancelled_at IS NULL AND c.expires_at > $2
       AND c.started_by <> $1 AND ",
    account_reached!("c.account_id", "$3")
);

/// `$1` since when, `$2` the holder of the reader's regions.
const BOUNCED: &str = concat!(
    "SELECT COUNT(*) FROM outbox m
     WHERE m.failed_at IS NOT NULL AND m.failed_at >= $1 AND (m.last_error IS NULL OR m.last_error <> 'cancelled') AND ",
    region_reached!("m.region_id", "$2")
);

/// `$1` from when, `$2` until when, `$3` the holder of the reader's regions.
const WINDOWS: &str = concat!(
    "SELECT COUNT(*) FROM accounts a
     WHERE a.enroll_by IS NOT NULL AND a.enroll_by > $1 AND a.enroll_by <= $2
       AND NOT EXISTS (SELECT 1 FROM enrollments e
                       WHERE e.account_id = a.id AND e.retired_at IS NULL AND e.enrolled_at IS NOT NULL)
       AND ",
    account_reached!("a.id", "$3")
);

impl Tx {
    /// The requests that wait, counted by region and by what they wait for.
    pub async fn waiting_counts(
        &mut self,
        reach: &Reach,
        now: Timestamp,
    ) -> Result<Vec<WaitingCount>> {
        Ok(on!(self, |conn| sqlx::query_as(WAITING)
            .bind(now)
            .bind(reach.holder())
            .fetch_all(conn)
            .await?))
    }

    /// The break-glass cases that somebody else started, and that can still be completed.
    pub async fn cases_of_others(
        &mut self,
        reach: &Reach,
        reader: &str,
        now: Timestamp,
    ) -> Result<i64> {
        Ok(on!(self, |conn| sqlx::query_scalar(CASES)
            .bind(reader)
            .bind(now)
            .bind(reach.holder())
            .fetch_one(conn)
            .await?))
    }

    /// The mails that were given up since then.
    pub async fn bounced_since(&mut self, reach: &Reach, since: Timestamp) -> Result<i64> {
        Ok(on!(self, |conn| sqlx::query_scalar(BOUNCED)
            .bind(since)
            .bind(reach.holder())
            .fetch_one(conn)
            .await?))
    }

    /// The enrollment windows that close after `from`, and by `until`.
    pub async fn windows_closing(
        &mut self,
        reach: &Reach,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<i64> {
        Ok(on!(self, |conn| sqlx::query_scalar(WINDOWS)
            .bind(from)
            .bind(until)
            .bind(reach.holder())
            .fetch_one(conn)
            .await?))
    }
}
