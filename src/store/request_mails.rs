//! The mails of requests, and how what came in before is known: by a signature that holds, and where
//! nothing proves a mail, by what it says.

use super::requests::storable;
use super::zlib::deflate;
use super::{Result, Tx, on};
use crate::domain::evidence::{Evidence, Outcome};
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;

/// A request that came in with the same mail.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SeenRow {
    /// The request's internal id.
    pub id: i64,
    /// Its public id.
    pub public_id: RequestId,
    /// `verified`, `challenge` or `rejected`.
    pub verdict: String,
    /// It was confirmed, used, turned down, or is past its time: 1, or 0.
    pub closed: i64,
    /// The mail was an answer to its challenge: 1, or 0.
    pub as_answer: i64,
}

macro_rules! seen {
    ($as_answer:literal, $from:literal) => {
        concat!(
            "SELECT q.id, q.public_id, q.verdict, ",
            $as_answer,
            " AS as_answer,
                    CAST(CASE WHEN q.confirmed_at IS NOT NULL OR q.rejected_at IS NOT NULL
                         OR q.expires_at <= $1
                         OR EXISTS (SELECT 1 FROM request_accounts b
                                    WHERE b.request_id = q.id AND b.used_at IS NOT NULL)
                         THEN 1 ELSE 0 END AS BIGINT) AS closed
             FROM ",
            $from,
            " ORDER BY q.id DESC LIMIT 1"
        )
    };
}

const BY_SIGNATURE: &str = seen!(
    "s.as_answer",
    "request_signatures s JOIN requests q ON q.id = s.request_id WHERE s.sha256 = $2"
);
const BY_CONTENT: &str = seen!(
    "CAST(0 AS BIGINT)",
    "requests q WHERE q.body_hash = $2 AND q.sent_at = $3 AND q.from_address = $4"
);

impl Tx {
    /// The newest request that came in with a signature of this mail.
    pub async fn seen_by_signature(
        &mut self,
        evidence: &Evidence,
        now: Timestamp,
    ) -> Result<Option<SeenRow>> {
        let mut newest: Option<SeenRow> = None;
        let holding = evidence
            .signatures
            .iter()
            .filter(|s| s.outcome == Outcome::Holds);
        for signature in holding {
            let seen: Option<SeenRow> = on!(&mut *self, |conn| {
                sqlx::query_as(BY_SIGNATURE)
                    .bind(now)
                    .bind(signature.sha256.as_bytes())
                    .fetch_optional(conn)
                    .await?
            });
            let is_newer = |seen: &SeenRow| newest.as_ref().is_none_or(|known| known.id < seen.id);
            newest = seen.filter(is_newer).or(newest);
        }
        Ok(newest)
    }

    /// The newest request whose mail says the same, of the same sender and second: all that is known of
    /// a mail that nothing proves.
    pub async fn seen_by_content(
        &mut self,
        evidence: &Evidence,
        now: Timestamp,
    ) -> Result<Option<SeenRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(BY_CONTENT)
                .bind(now)
                .bind(evidence.body_sha256.as_bytes())
                .bind(evidence.date)
                .bind(&evidence.from)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Keeps the signatures of an answer that hold, so that it's known when it comes again.
    pub async fn keep_answer_signatures(
        &mut self,
        request: i64,
        evidence: &Evidence,
    ) -> Result<()> {
        self.keep(request, evidence, true).await
    }

    /// Keeps the signatures that hold, with how they were made.
    pub(super) async fn keep_signatures(
        &mut self,
        request: i64,
        evidence: &Evidence,
    ) -> Result<()> {
        self.keep(request, evidence, false).await
    }

    async fn keep(&mut self, request: i64, evidence: &Evidence, as_answer: bool) -> Result<()> {
        let sealed = evidence.first_seal.as_ref();
        let sealed = sealed.is_some_and(|seal| seal.sealer == "microsoft.com");
        let holding = evidence
            .signatures
            .iter()
            .filter(|s| s.outcome == Outcome::Holds);
        for signature in holding {
            on!(&mut *self, |conn| {
                sqlx::query(
                    "INSERT INTO request_signatures 
                       (request_id, sha256, domain, selector, sealed, as_answer)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT DO NOTHING",
                )
                .bind(request)
                .bind(signature.sha256.as_bytes())
                .bind(storable(&signature.domain))
                .bind(storable(&signature.selector))
                .bind(i64::from(sealed))
                .bind(i64::from(as_answer))
                .execute(conn)
                .await?;
            });
        }
        Ok(())
    }

    /// Whether a mail that was proven or confirmed was signed like this before.
    pub async fn signed_before(
        &mut self,
        domain: &str,
        selector: &str,
        sealed: bool,
    ) -> Result<bool> {
        let found: Option<i64> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT q.id FROM request_signatures s JOIN requests q ON q.id = s.request_id
                 WHERE s.domain = $1 AND s.selector = $2 AND s.sealed = $3
                   AND (q.verdict = 'verified' OR q.confirmed_at IS NOT NULL)
                 LIMIT 1",
            )
            .bind(domain)
            .bind(selector)
            .bind(i64::from(sealed))
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

    /// Puts a better copy of the same mail in the place of the one that came in first.
    pub async fn replace_mail(
        &mut self,
        request: i64,
        evidence: &Evidence,
        region: Option<i64>,
        aligned: bool,
        raw: &[u8],
    ) -> Result<()> {
        on!(&mut *self, |conn| {
            sqlx::query(
                "UPDATE requests
                 SET subject = $1, message_id = $2, sent_at = $3, body_hash = $4, region_id = $5,
                     aligned = $6
                 WHERE id = $7",
            )
            .bind(storable(&evidence.subject))
            .bind(evidence.message_id.as_deref().map(storable))
            .bind(evidence.date)
            .bind(evidence.body_sha256.as_bytes())
            .bind(region)
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
