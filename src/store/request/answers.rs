//! Answers to challenges that came by mail.

use super::requests::json;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::mail::{deflate, inflate};
use crate::store::{Result, Tx, on};

/// An answer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AnswerRow {
    /// The internal id.
    pub id: i64,
    /// The request that it answers.
    pub request: RequestId,
    /// When it came in.
    pub received_at: Timestamp,
    /// What was gathered, as JSON.
    pub evidence: String,
    /// It's proven to come from the requester: 1, or 0.
    pub proven: i64,
    /// DNS left open whether it is: 1, or 0.
    pub undecided: i64,
    /// It confirmed the request: 1, or 0.
    pub confirms: i64,
}

/// An answer to be put on file.
#[derive(Debug)]
pub struct NewAnswer<'a> {
    /// The request's internal id.
    pub request: i64,
    /// The challenge's internal id.
    pub challenge: i64,
    /// Who took it in.
    pub operator: &'a str,
    /// Whose mail it says that it is.
    pub from: &'a str,
    /// What was gathered.
    pub evidence: &'a Evidence,
    /// The bytes as they came.
    pub raw: &'a [u8],
    /// It's proven to come from the requester.
    pub proven: bool,
    /// DNS left open whether it is.
    pub undecided: bool,
}

macro_rules! answers {
    ($which:literal) => {
        concat!(
            "SELECT a.id, q.public_id AS request, a.received_at, a.evidence, a.proven, a.undecided,
                    a.confirms
             FROM request_answers a JOIN requests q ON q.id = a.request_id
             WHERE ",
            $which
        )
    };
}

const ONE: &str = answers!("a.id = $1");
const NEWEST: &str = answers!("a.request_id = $1 ORDER BY a.id DESC LIMIT 1");
const OF_BYTES: &str = answers!("a.sha256 = $1");

impl Tx {
    /// The answers to a request's challenges that wait for DNS, the oldest first: a flood that came later doesn't hide
    /// the one that counts.
    pub async fn waiting_answers(&mut self, request: i64) -> Result<Vec<i64>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT id FROM request_answers
                 WHERE request_id = $1 AND undecided = 1 ORDER BY id",
            )
            .bind(request)
            .fetch_all(conn)
            .await?
        }))
    }

    /// An answer, while it's on file.
    pub async fn answer(&mut self, id: i64) -> Result<Option<AnswerRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(ONE).bind(id).fetch_optional(conn).await?
        }))
    }

    /// The newest answer to a request's challenges.
    pub async fn newest_answer(&mut self, request: i64) -> Result<Option<AnswerRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(NEWEST)
                .bind(request)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The answer that came in with exactly these bytes.
    pub async fn answer_of_bytes(&mut self, sha256: &str) -> Result<Option<AnswerRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(OF_BYTES)
                .bind(sha256.as_bytes())
                .fetch_optional(conn)
                .await?
        }))
    }

    /// How many answers to a challenge are on file.
    pub async fn count_answers(&mut self, challenge: i64) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT COUNT(*) FROM request_answers WHERE challenge_id = $1")
                .bind(challenge)
                .fetch_one(conn)
                .await?
        }))
    }

    /// Puts an answer on file; nothing when these bytes are there already.
    pub async fn add_answer(&mut self, new: &NewAnswer<'_>, now: Timestamp) -> Result<Option<i64>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "INSERT INTO request_answers
                   (request_id, challenge_id, received_at, received_by, from_address, sha256, size,
                    zlib, evidence, proven, undecided, confirms)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)
                 ON CONFLICT (sha256) DO NOTHING
                 RETURNING id",
            )
            .bind(new.request)
            .bind(new.challenge)
            .bind(now)
            .bind(new.operator)
            .bind(new.from)
            .bind(new.evidence.sha256.as_bytes())
            .bind(i64::try_from(new.raw.len()).unwrap_or(i64::MAX))
            .bind(deflate(new.raw))
            .bind(json(new.evidence))
            .bind(i64::from(new.proven))
            .bind(i64::from(new.undecided))
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Notes what became of an answer: what it proves by now, and that it confirmed its request.
    pub async fn settle_answer(
        &mut self,
        answer: i64,
        evidence: &Evidence,
        proven: bool,
        undecided: bool,
        confirms: bool,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE request_answers
                 SET evidence = $1, proven = $2, undecided = $3, confirms = $4
                 WHERE id = $5",
            )
            .bind(json(evidence))
            .bind(i64::from(proven))
            .bind(i64::from(undecided))
            .bind(i64::from(confirms))
            .bind(answer)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The mail of an answer as it came in, while it's kept.
    pub async fn answer_mail(&mut self, answer: i64) -> Result<Option<Vec<u8>>> {
        let found: Option<(Option<Vec<u8>>, i64)> = on!(self, |conn| {
            sqlx::query_as("SELECT zlib, size FROM request_answers WHERE id = $1")
                .bind(answer)
                .fetch_optional(conn)
                .await?
        });
        match found {
            Some((Some(zlib), size)) => Ok(Some(inflate(&zlib, size)?)),
            _ => Ok(None),
        }
    }
}
