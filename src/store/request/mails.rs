//! The mails of requests, and how what came in before is known: by its signatures and by what the sender's own
//! says was written when, and where that isn't signed, by what the mail says.

use std::collections::HashSet;

use super::requests::storable;
use crate::domain::code::RegionCode;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{DirectoryFacts, signs};
use crate::domain::timestamp::Timestamp;
use crate::store::mail::deflate;
use crate::store::{Result, Tx, on};

/// A request that came in with what may be the same mail.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SeenRow {
    /// The request's internal id.
    pub id: i64,
    /// Its public id.
    pub public_id: RequestId,
    /// `verified`, `challenge` or `rejected`.
    pub verdict: String,
    /// When it came in.
    pub received_at: Timestamp,
    /// What was gathered, as JSON.
    pub evidence: String,
    /// What the directory and the policy said, as JSON.
    pub facts: String,
    /// It was confirmed or used: 1, or 0.
    pub spent: i64,
    /// It was turned down, or is past its time: 1, or 0.
    pub closed: i64,
    /// It's known by a signature: 1, or 0.
    pub by_signature: i64,
    /// The mail was an answer to its challenge: 1, or 0.
    pub as_answer: i64,
}

macro_rules! seen {
    ($as_answer:literal, $by_signature:literal, $from:literal) => {
        concat!(
            "SELECT q.id, q.public_id, q.verdict, q.received_at, q.evidence, q.facts, ",
            $as_answer,
            " AS as_answer, CAST(",
            $by_signature,
            " AS BIGINT) AS by_signature,
                    CAST(CASE WHEN q.confirmed_at IS NOT NULL
                         OR EXISTS (SELECT 1 FROM request_accounts b
                                    WHERE b.request_id = q.id AND b.used_at IS NOT NULL)
                         THEN 1 ELSE 0 END AS BIGINT) AS spent,
                    CAST(CASE WHEN q.rejected_at IS NOT NULL OR q.expires_at <= $1
                         THEN 1 ELSE 0 END AS BIGINT) AS closed
             FROM ",
            $from,
            " ORDER BY spent DESC, q.id DESC LIMIT 20"
        )
    };
}

const BY_SIGNATURE: &str = seen!(
    "s.as_answer",
    "1",
    "request_signatures s JOIN requests q ON q.id = s.request_id WHERE s.sha256 = $2"
);
const BY_CONTENT: &str = seen!(
    "CAST(0 AS BIGINT)",
    "0",
    "requests q WHERE q.body_hash = $2 AND q.sent_at = $3 AND q.from_address = $4"
);

impl Tx {
    /// The requests that came in with this mail: by what its signatures say, then those whose mail says
    /// the same, of the same sender and second. The newest first of each.
    pub async fn seen_before(
        &mut self,
        evidence: &Evidence,
        facts: &DirectoryFacts,
        now: Timestamp,
    ) -> Result<Vec<SeenRow>> {
        let mut found: Vec<SeenRow> = Vec::new();
        for sign in signs(evidence, facts) {
            let seen: Vec<SeenRow> = on!(&mut *self, |conn| {
                sqlx::query_as(BY_SIGNATURE)
                    .bind(now)
                    .bind(sign.as_bytes())
                    .fetch_all(conn)
                    .await?
            });
            found.extend(seen);
        }
        found.sort_by_key(|seen| std::cmp::Reverse((seen.id, seen.as_answer)));
        let by_content: Vec<SeenRow> = on!(self, |conn| {
            sqlx::query_as(BY_CONTENT)
                .bind(now)
                .bind(evidence.body_sha256.as_bytes())
                .bind(evidence.date)
                .bind(&evidence.from)
                .fetch_all(conn)
                .await?
        });
        found.extend(by_content);
        let mut known = HashSet::new();
        found.retain(|seen| known.insert(seen.id));
        Ok(found)
    }

    /// Keeps what an answer is known by, so that it's known when it comes again.
    pub async fn keep_answer_signatures(
        &mut self,
        request: i64,
        evidence: &Evidence,
        facts: &DirectoryFacts,
    ) -> Result<()> {
        self.keep(request, evidence, facts, true).await
    }

    /// Keeps the signatures that hold, with how they were made, and what all copies have in common.
    pub async fn keep_signatures(
        &mut self,
        request: i64,
        evidence: &Evidence,
        facts: &DirectoryFacts,
    ) -> Result<()> {
        self.keep(request, evidence, facts, false).await
    }

    async fn keep(
        &mut self,
        request: i64,
        evidence: &Evidence,
        facts: &DirectoryFacts,
        as_answer: bool,
    ) -> Result<()> {
        let sealed = evidence.is_sealed_by_microsoft();
        for sign in signs(evidence, facts) {
            let mut signatures = evidence.signatures.iter();
            let signature = signatures.find(|signature| signature.sha256 == sign);
            on!(&mut *self, |conn| {
                sqlx::query(
                    "INSERT INTO request_signatures
                       (request_id, sha256, domain, selector, sealed, as_answer)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT DO NOTHING",
                )
                .bind(request)
                .bind(sign.as_bytes())
                .bind(signature.map(|signature| storable(&signature.domain)))
                .bind(signature.map(|signature| storable(&signature.selector)))
                .bind(i64::from(sealed && signature.is_some()))
                .bind(i64::from(as_answer))
                .execute(conn)
                .await?;
            });
        }
        Ok(())
    }

    /// Whether a mail that was proven or confirmed was signed like this before, or before that request.
    pub async fn signed_before(
        &mut self,
        domain: &str,
        selector: &str,
        sealed: bool,
        before: Option<i64>,
    ) -> Result<bool> {
        let found: Option<i64> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT q.id FROM request_signatures s JOIN requests q ON q.id = s.request_id
                 WHERE s.domain = $1 AND s.selector = $2 AND s.sealed = $3
                   AND (q.verdict = 'verified' OR q.confirmed_at IS NOT NULL) AND q.id < $4
                 LIMIT 1",
            )
            .bind(domain)
            .bind(selector)
            .bind(i64::from(sealed))
            .bind(before.unwrap_or(i64::MAX))
            .fetch_optional(conn)
            .await?
        });
        Ok(found.is_some())
    }

    /// Keeps a request's mail, byte for byte.
    pub(super) async fn keep_mail(
        &mut self,
        request: i64,
        evidence: &Evidence,
        raw: &[u8],
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO request_messages (request_id, sha256, size, zlib)
                 VALUES ($1, $2, $3, $4)",
            )
            .bind(request)
            .bind(evidence.sha256.as_bytes())
            .bind(i64::try_from(raw.len()).unwrap_or(i64::MAX))
            .bind(deflate(raw))
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Says which desk a request is for, or that none is known.
    pub async fn set_desk(&mut self, request: i64, desk: Option<&RegionCode>) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE requests SET region_id = (SELECT id FROM regions WHERE code = $1)
                 WHERE id = $2",
            )
            .bind(desk)
            .bind(request)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Puts a better copy of the same mail in the place of the one that came in first.
    pub async fn replace_mail(
        &mut self,
        request: i64,
        evidence: &Evidence,
        aligned: bool,
        raw: &[u8],
    ) -> Result<()> {
        on!(&mut *self, |conn| {
            sqlx::query(
                "UPDATE requests
                 SET subject = $1, message_id = $2, sent_at = $3, body_hash = $4, aligned = $5
                 WHERE id = $6",
            )
            .bind(storable(&evidence.subject))
            .bind(evidence.message_id.as_deref().map(storable))
            .bind(evidence.date)
            .bind(evidence.body_sha256.as_bytes())
            .bind(i64::from(aligned))
            .bind(request)
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "UPDATE request_messages SET sha256 = $1, size = $2, zlib = $3
                 WHERE request_id = $4",
            )
            .bind(evidence.sha256.as_bytes())
            .bind(i64::try_from(raw.len()).unwrap_or(i64::MAX))
            .bind(deflate(raw))
            .bind(request)
            .execute(conn)
            .await?;
        });
        Ok(())
    }
}
