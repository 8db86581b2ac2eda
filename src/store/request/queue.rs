//! The queue: which requests wait, for what, and since when. Light rows, of what a list shows.

use crate::domain::operator::Reach;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::{account_reached, region_reached, request_reached};
use crate::store::{Result, Tx, on};

/// A request as a list shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct QueueRow {
    /// The internal id.
    pub id: i64,
    /// The public id.
    pub public_id: RequestId,
    /// When it came in.
    pub received_at: Timestamp,
    /// When it can't be used any more.
    pub expires_at: Timestamp,
    /// `verified`, `challenge` or `rejected`.
    pub verdict: String,
    /// The region that was written to.
    pub region: Option<String>,
    /// The From address.
    pub from_address: Option<String>,
    /// The name of who asks, where that is known.
    pub requester: Option<String>,
    /// The subject.
    pub subject: String,
    /// When the newest answer to its challenge came in, where none has confirmed it.
    pub answered_at: Option<Timestamp>,
    /// The first accounts that it is for, of those that the reader reaches.
    pub usernames: Option<String>,
    /// How many accounts it is for.
    pub accounts: i64,
    /// Who has it open.
    pub open_by: Option<String>,
    /// Since when.
    pub open_since: Option<Timestamp>,
    /// `ready`, `waiting`, `used`, `rejected`, `closed` or `expired`.
    pub status: String,
    /// What it waits for: `account`, `reset`, `challenge`, `answer`, `code`; nothing where it's over.
    pub waits_for: Option<String>,
}

/// Which requests a list is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueueFilter<'f> {
    /// Only these.
    pub status: Option<&'f str>,
    /// Only of this region.
    pub region: Option<&'f str>,
    /// Only from this address.
    pub from: Option<&'f str>,
    /// Only what came in by then.
    pub received_by: Option<Timestamp>,
    /// Only what the reader has open.
    pub mine: bool,
}

/// How many accounts of a request are named in a list.
macro_rules! named {
    () => {
        "3"
    };
}

/// `$1` now, `$2` the reader, `$3` the holder of the reader's regions, `$4` how many, then the filter.
macro_rules! queue {
    ($which:literal, $then:literal) => { concat!(
    "SELECT * FROM (
       SELECT s.*,
              CASE WHEN s.accounts > 0 AND s.used = s.accounts THEN 'used'
                   WHEN s.closed_at IS NOT NULL THEN 'closed'
                   WHEN s.verdict = 'rejected' THEN 'rejected'
                   WHEN s.expires_at <= $1 THEN 'expired'
                   WHEN s.verdict = 'verified' THEN 'ready'
                   ELSE 'waiting' END AS status,
              CASE WHEN s.verdict = 'rejected' OR s.expires_at <= $1 THEN NULL
                   WHEN s.accounts = 0 THEN 'account'
                   WHEN s.verdict = 'verified' AND s.unused > 0 THEN 'reset'
                   WHEN s.verdict = 'verified' THEN NULL
                   WHEN s.coded = 0 THEN 'challenge'
                   WHEN s.answered_at IS NOT NULL THEN 'answer'
                   ELSE 'code' END AS waits_for
       FROM (
         SELECT q.id, q.public_id, q.received_at, q.expires_at, q.verdict, r.code AS region, q.from_address,
                p.name AS requester, q.subject, q.closed_at,
                (SELECT MAX(n.received_at) FROM request_answers n
                 WHERE n.request_id = q.id AND n.confirms = 0 AND q.confirmed_at IS NULL) AS answered_at,
                (SELECT STRING_AGG(n.username, ' ') FROM (
                   SELECT a.username FROM request_accounts b JOIN accounts a ON a.id = b.account_id
                   WHERE b.request_id = q.id AND ", account_reached!("a.id", "$3"),
    "              ORDER BY a.username LIMIT ", named!(), ") n) AS usernames,
                (SELECT COUNT(*) FROM request_accounts b WHERE b.request_id = q.id) AS accounts,
                (SELECT COUNT(*) FROM request_accounts b
                 WHERE b.request_id = q.id AND b.used_at IS NOT NULL) AS used,
                (SELECT COUNT(*) FROM request_accounts b
                 WHERE b.request_id = q.id AND b.used_at IS NULL AND b.covered = 1) AS unused,
                (SELECT COUNT(*) FROM challenges c
                 WHERE c.request_id = q.id AND c.confirmed_at IS NULL AND c.voided_at IS NULL
                   AND c.expires_at > $1) AS coded,
                l.operator AS open_by, l.since AS open_since
         FROM requests q
         LEFT JOIN regions r ON r.id = q.region_id
         LEFT JOIN requesters p ON p.id = q.requester_id
         LEFT JOIN leases l ON l.what = 'request' AND l.subject = q.id AND l.expires_at > $1
         WHERE ", $which, "
           AND ($6 IS NULL OR r.code = $6)
           AND ($7 IS NULL OR q.from_address = $7)
           AND ($8 IS NULL OR q.received_at <= $8)
           AND ($9 = 0 OR l.operator = $2)
           AND ",
    request_reached!("$3"),
    "
       ) s
     ) t
     WHERE ($5 IS NULL OR t.status = $5) AND ", $then, "
     LIMIT $4"
) };
}

/// What an operator can do something about comes first, oldest first; what waits for the requester after it.
const WAITING: &str = queue!(
    "q.verdict <> 'rejected' AND q.expires_at > $1",
    "t.waits_for IS NOT NULL
     ORDER BY CASE t.waits_for WHEN 'code' THEN 1 ELSE 0 END, t.received_at, t.id"
);
const OVER: &str = queue!("q.id > 0", "t.waits_for IS NULL ORDER BY t.id DESC");

impl Tx {
    /// The requests that wait: first those that an operator can do something about, the oldest at the top.
    pub async fn waiting_requests(
        &mut self,
        reach: &Reach,
        reader: &str,
        filter: &QueueFilter<'_>,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<QueueRow>> {
        self.queue(WAITING, reach, reader, filter, limit, now).await
    }

    /// The requests that wait for nothing any more, the newest at the top.
    pub async fn requests_over(
        &mut self,
        reach: &Reach,
        reader: &str,
        filter: &QueueFilter<'_>,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<QueueRow>> {
        self.queue(OVER, reach, reader, filter, limit, now).await
    }

    /// Those that DNS left open, or an answer to their challenge, the oldest first.
    pub async fn undecided_requests(
        &mut self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<RequestId>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT q.public_id FROM requests q
                 WHERE q.verdict <> 'rejected' AND q.verdict = 'challenge' AND q.expires_at > $1
                   AND q.rejected_at IS NULL
                   AND (q.evidence LIKE '%\"dmarc\":\"unreachable\"%'
                        OR EXISTS (SELECT 1 FROM request_checks c
                                   WHERE c.request_id = q.id AND c.result = 'none'
                                     AND c.name IN ('dkim', 'forwarding'))
                        OR EXISTS (SELECT 1 FROM request_answers a
                                   WHERE a.request_id = q.id AND a.undecided = 1))
                 ORDER BY q.id LIMIT $2",
            )
            .bind(now)
            .bind(limit)
            .fetch_all(conn)
            .await?
        }))
    }

    async fn queue(
        &mut self,
        sql: &'static str,
        reach: &Reach,
        reader: &str,
        filter: &QueueFilter<'_>,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<QueueRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(sql)
                .bind(now)
                .bind(reader)
                .bind(reach.holder())
                .bind(limit)
                .bind(filter.status)
                .bind(filter.region)
                .bind(filter.from)
                .bind(filter.received_by)
                .bind(i64::from(filter.mine))
                .fetch_all(conn)
                .await?
        }))
    }
}
