//! Requests: the mail, its evidence, its checks and its accounts.

use crate::domain::code::Username;
use crate::domain::operator::Reach;
use crate::domain::request::check_detail::Detail;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::Basis;
use crate::domain::request::verdict::{Check, Judgement, Verdict};
use crate::domain::timestamp::Timestamp;
use crate::store::mail::inflate;
use crate::store::reach::{account_reached, region_reached, request_reached};
use crate::store::values::Flag;
use crate::store::{Applied, Result, Tx, on};

/// A request as it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RequestRow {
    /// The internal id.
    pub id: i64,
    /// The public id.
    pub public_id: RequestId,
    /// When it came in.
    pub received_at: Timestamp,
    /// Who took it in.
    pub received_by: String,
    /// What the desk makes of it.
    pub verdict: Verdict,
    /// The version of the rules that judged it.
    pub rule_version: i64,
    /// The region that was written to.
    pub region: Option<String>,
    /// The requester's internal id.
    pub requester_id: Option<i64>,
    /// The From address.
    pub from_address: Option<String>,
    /// The subject.
    pub subject: String,
    /// When it can't be used any more.
    pub expires_at: Timestamp,
    /// What was gathered, as JSON.
    pub evidence: String,
    /// What the directory and the policy said, as JSON.
    pub facts: String,
    /// Why it needs a challenge although its mail was proven.
    pub because: Option<String>,
    /// When a challenge was answered with its code.
    pub confirmed_at: Option<Timestamp>,
    /// When an operator rejected it.
    pub rejected_at: Option<Timestamp>,
    /// Who.
    pub rejected_by: Option<String>,
    /// Why.
    pub rejected_for: Option<String>,
    /// When an operator closed it: it isn't a request. It's rejected as well, and nobody was told.
    pub closed_at: Option<Timestamp>,
    /// A challenge can still prove it.
    #[sqlx(try_from = "Flag")]
    pub challenge_open: bool,
    /// A signature that holds is aligned with the sender.
    #[sqlx(try_from = "Flag")]
    pub aligned: bool,
    /// When the newest answer to its challenge came in, where none has confirmed it.
    pub answered_at: Option<Timestamp>,
    /// How many accounts it is for.
    pub accounts: i64,
    /// For how many of them it was used.
    pub used: i64,
}

/// An account of a request.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BoundRow {
    /// The account's internal id.
    pub account_id: i64,
    /// Its username.
    pub username: Username,
    /// The requester's authority covers it.
    #[sqlx(try_from = "Flag")]
    pub covered: bool,
    /// When the request was used for it.
    pub used_at: Option<Timestamp>,
    /// Whoever reads this reaches it.
    #[sqlx(try_from = "Flag")]
    pub reached: bool,
}

/// A check, as it was stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CheckRow {
    /// Its name.
    pub name: String,
    /// `pass`, `fail` or `none`.
    pub result: String,
    /// Its sentence, as [`Detail`](crate::domain::request::check_detail::Detail) stores it.
    pub detail: String,
}

/// What is put on file of a mail.
#[derive(Debug)]
pub struct NewRequest<'r> {
    /// The public id that was drawn.
    pub public_id: &'r RequestId,
    /// Who took it in.
    pub operator: &'r str,
    /// The judgement.
    pub judgement: &'r Judgement,
    /// A signature that holds is aligned with the sender.
    pub aligned: bool,
    /// The version of the rules.
    pub rule_version: i64,
    /// The region's internal id.
    pub region: Option<i64>,
    /// The requester's internal id.
    pub requester: Option<i64>,
    /// What was gathered.
    pub evidence: &'r Evidence,
    /// What the directory and the policy said.
    pub basis: &'r Basis,
    /// The bytes as they came.
    pub raw: &'r [u8],
    /// The accounts' internal ids, and whether each is covered.
    pub accounts: &'r [(i64, bool)],
    /// When it can't be used any more.
    pub expires_at: Timestamp,
}

/// A request is its desk's; one that no desk was found for is anybody's who reaches one of its
/// accounts, or everybody's when it has none.
const BY_ID: &str = concat!(
    "SELECT q.id, q.public_id, q.received_at, q.received_by, q.verdict, q.rule_version,
           r.code AS region, q.requester_id, q.from_address, q.subject, q.expires_at, q.evidence,
           q.facts, q.because, q.confirmed_at, q.rejected_at, q.rejected_by, q.rejected_for,
           q.closed_at, q.challenge_open, q.aligned,
           (SELECT MAX(n.received_at) FROM request_answers n
            WHERE n.request_id = q.id AND n.confirms = 0 AND q.confirmed_at IS NULL) AS answered_at,
           (SELECT COUNT(*) FROM request_accounts b WHERE b.request_id = q.id) AS accounts,
           (SELECT COUNT(*) FROM request_accounts b
            WHERE b.request_id = q.id AND b.used_at IS NOT NULL) AS used
    FROM requests q
    LEFT JOIN regions r ON r.id = q.region_id
    WHERE q.public_id = $1
      AND ",
    request_reached!("$2"),
    ""
);

pub(in crate::store) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// PostgreSQL keeps no NUL in a text.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

const BOUND: &str = concat!(
    "SELECT b.account_id, a.username, b.covered, b.used_at,
            CAST(CASE WHEN ",
    account_reached!("a.id", "$2"),
    " THEN 1 ELSE 0 END AS BIGINT) AS reached
     FROM request_accounts b JOIN accounts a ON a.id = b.account_id
     WHERE b.request_id = $1 ORDER BY a.username"
);

impl Tx {
    /// The request with that id, where `reach` reaches it.
    pub async fn request(&mut self, reach: &Reach, id: &RequestId) -> Result<Option<RequestRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(BY_ID)
                .bind(id)
                .bind(reach.holder())
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Requests that were used for an account and whose mail wasn't erased (those that never had one are among them), behind the one with that internal id, by
    /// theirs.
    pub async fn used_requests(&mut self, after: i64, limit: i64) -> Result<Vec<(i64, RequestId)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT q.id, q.public_id FROM requests q LEFT JOIN request_messages m ON m.request_id = q.id
                 WHERE q.id > $1 AND (m.request_id IS NULL OR m.zlib IS NOT NULL)
                   AND EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = q.id AND b.used_at IS NOT NULL)
                 ORDER BY q.id LIMIT $2",
            )
            .bind(after)
            .bind(limit)
            .fetch_all(conn)
            .await?
        }))
    }

    /// The Message-ID of its mail, as the sender wrote it.
    pub async fn message_id_of(&mut self, id: &RequestId) -> Result<Option<String>> {
        let found: Option<Option<String>> = on!(self, |conn| {
            sqlx::query_scalar("SELECT message_id FROM requests WHERE public_id = $1")
                .bind(id)
                .fetch_optional(conn)
                .await?
        });
        Ok(found.flatten())
    }

    /// The request that came in with exactly these bytes.
    pub async fn request_of_bytes(&mut self, sha256: &str) -> Result<Option<RequestId>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT q.public_id FROM request_messages m JOIN requests q ON q.id = m.request_id
                 WHERE m.sha256 = $1",
            )
            .bind(sha256.as_bytes())
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Puts a request on file; nothing when its public id is taken.
    pub async fn add_request(
        &mut self,
        new: &NewRequest<'_>,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let evidence = new.evidence;
        let id: Option<i64> = on!(&mut *self, |conn| {
            sqlx::query_scalar(
                "INSERT INTO requests
                   (public_id, received_at, received_by, verdict, rule_version, region_id, requester_id,
                    from_address, subject, message_id, sent_at, body_hash, evidence, facts,
                    because, expires_at, challenge_open, aligned)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                         $17, $18)
                 ON CONFLICT (public_id) DO NOTHING
                 RETURNING id",
            )
            .bind(new.public_id)
            .bind(now)
            .bind(new.operator)
            .bind(new.judgement.verdict.as_str())
            .bind(new.rule_version)
            .bind(new.region)
            .bind(new.requester)
            .bind(&evidence.from)
            .bind(storable(&evidence.subject))
            .bind(evidence.message_id.as_deref().map(storable))
            .bind(evidence.date)
            .bind(evidence.body_sha256.as_bytes())
            .bind(json(evidence))
            .bind(json(new.basis))
            .bind(new.judgement.because.as_ref().map(Detail::stored))
            .bind(new.expires_at)
            .bind(i64::from(new.judgement.challenge_open))
            .bind(i64::from(new.aligned))
            .fetch_optional(conn)
            .await?
        });
        let Some(id) = id else { return Ok(None) };
        self.keep_mail(id, evidence, new.raw).await?;
        self.keep_signatures(id, evidence, &new.basis.facts).await?;
        on!(&mut *self, |conn| {
            for (account, covered) in new.accounts {
                sqlx::query(
                    "INSERT INTO request_accounts (request_id, account_id, covered)
                     VALUES ($1, $2, $3)",
                )
                .bind(id)
                .bind(account)
                .bind(i64::from(*covered))
                .execute(&mut *conn)
                .await?;
            }
        });
        self.put_checks(id, &new.judgement.checks).await?;
        Ok(Some(id))
    }

    async fn put_checks(&mut self, request: i64, checks: &[Check]) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("DELETE FROM request_checks WHERE request_id = $1")
                .bind(request)
                .execute(&mut *conn)
                .await?;
            for (position, check) in (1_i64..).zip(checks) {
                sqlx::query(
                    "INSERT INTO request_checks (request_id, position, name, result, detail)
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(request)
                .bind(position)
                .bind(check.name.as_str())
                .bind(check.result.as_str())
                .bind(check.detail.stored())
                .execute(&mut *conn)
                .await?;
            }
        });
        Ok(())
    }

    /// Puts a new judgement in place of the one on file, unless an operator has rejected the request.
    pub async fn judge_again(
        &mut self,
        request: i64,
        evidence: &Evidence,
        basis: &Basis,
        judgement: &Judgement,
        rule_version: i64,
    ) -> Result<Applied> {
        let rows = on!(&mut *self, |conn| {
            sqlx::query(
                "UPDATE requests
                 SET verdict = $1, because = $2, evidence = $3, facts = $4, rule_version = $5,
                     challenge_open = $7
                 WHERE id = $6 AND rejected_at IS NULL",
            )
            .bind(judgement.verdict.as_str())
            .bind(judgement.because.as_ref().map(Detail::stored))
            .bind(json(evidence))
            .bind(json(basis))
            .bind(rule_version)
            .bind(request)
            .bind(i64::from(judgement.challenge_open))
            .execute(conn)
            .await?
            .rows_affected()
        });
        if rows == 1 {
            self.put_checks(request, &judgement.checks).await?;
            self.keep_signatures(request, evidence, &basis.facts)
                .await?;
        }
        Ok(Applied::when(rows == 1))
    }

    /// The mail as it came in, and the SHA-256 that is on file for it.
    pub async fn request_mail(&mut self, request: i64) -> Result<Option<(Vec<u8>, String)>> {
        let found: Option<(Option<Vec<u8>>, i64, Vec<u8>)> = on!(self, |conn| {
            sqlx::query_as("SELECT zlib, size, sha256 FROM request_messages WHERE request_id = $1")
                .bind(request)
                .fetch_optional(conn)
                .await?
        });
        let Some((Some(zlib), size, sha256)) = found else {
            return Ok(None);
        };
        let raw = inflate(&zlib, size)?;
        Ok(Some((raw, String::from_utf8_lossy(&sha256).into_owned())))
    }

    /// The request's checks, in order.
    pub async fn request_checks(&mut self, request: i64) -> Result<Vec<CheckRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT name, result, detail FROM request_checks
                 WHERE request_id = $1 ORDER BY position",
            )
            .bind(request)
            .fetch_all(conn)
            .await?
        }))
    }

    /// The accounts that the request is for, and which of them `reach` reaches.
    pub async fn request_accounts(&mut self, request: i64, reach: &Reach) -> Result<Vec<BoundRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(BOUND)
                .bind(request)
                .bind(reach.holder())
                .fetch_all(conn)
                .await?
        }))
    }
}
