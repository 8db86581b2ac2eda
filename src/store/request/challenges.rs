//! Challenges: codes that were mailed, as Argon2id hashes, which go out of here for nobody.

use sha2::{Digest as _, Sha256};

use crate::domain::request::challenge::TRIES;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, Tx, on};

/// A challenge that is still open.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChallengeRow {
    /// The internal id.
    pub id: i64,
    /// The request's internal id.
    pub request_id: i64,
    /// The request's public id.
    pub request: RequestId,
    /// What makes two mails of one code differ.
    pub uid: Vec<u8>,
    /// Where it was sent.
    pub sent_to: String,
    /// When.
    pub sent_at: Timestamp,
    /// When it can't be used any more.
    pub expires_at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// The Message-ID of its mail.
    pub message_id: Option<String>,
}

/// A challenge to be put on file.
#[derive(Debug)]
pub struct NewChallenge<'c> {
    /// The request's internal id.
    pub request: i64,
    /// What makes two mails of one code differ.
    pub uid: &'c [u8],
    /// The Argon2id hash, as a PHC string.
    pub code_hash: &'c str,
    /// Where it's sent.
    pub sent_to: &'c str,
    /// When it can't be used any more.
    pub expires_at: Timestamp,
    /// The Message-ID of its mail.
    pub message_id: &'c str,
    /// The usernames that it confirms, as JSON.
    pub accounts: &'c str,
}

/// Another request of the same address that is open.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenRequestRow {
    /// Its public id.
    pub public_id: RequestId,
    /// Whom it's for, where that is known.
    pub names: Option<String>,
}

macro_rules! open {
    ($which:literal) => {
        concat!(
            "\
    SELECT c.id, c.request_id, q.public_id AS request, c.uid, c.sent_to, c.sent_at,
            c.expires_at, c.tries, c.message_id
    FROM challenges c JOIN requests q ON q.id = c.request_id
    WHERE c.confirmed_at IS NULL AND c.voided_at IS NULL
      AND ",
            $which,
            "
    ORDER BY c.id DESC
    LIMIT 100"
        )
    };
}

// One text a question: SQLite finds no index for "given, or all".
const OF_REQUEST: &str = open!("c.request_id = $1");
const SENT_TO: &str = open!("c.sent_to = $1");

impl Tx {
    /// The open challenges of a request, the newest first.
    pub async fn open_challenges(&mut self, request: i64) -> Result<Vec<ChallengeRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(OF_REQUEST)
                .bind(request)
                .fetch_all(conn)
                .await?
        }))
    }

    /// The open challenges that went to an address, the newest first.
    pub async fn open_challenges_sent_to(&mut self, address: &str) -> Result<Vec<ChallengeRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(SENT_TO)
                .bind(address)
                .fetch_all(conn)
                .await?
        }))
    }

    /// The open requests of an address but for one, the newest ten, with the holders that each is for.
    pub async fn open_requests_from(
        &mut self,
        address: &str,
        but: &RequestId,
        now: Timestamp,
    ) -> Result<Vec<OpenRequestRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT q.public_id,
                        (SELECT STRING_AGG(a.name, ', ' ORDER BY a.name)
                         FROM request_accounts b JOIN accounts a ON a.id = b.account_id
                         WHERE b.request_id = q.id) AS names
                 FROM requests q
                 WHERE q.from_address = $1 AND q.public_id <> $2 AND q.expires_at > $3
                   AND q.rejected_at IS NULL AND q.verdict <> 'rejected'
                 ORDER BY q.id DESC LIMIT 10",
            )
            .bind(address)
            .bind(but)
            .bind(now)
            .fetch_all(conn)
            .await?
        }))
    }

    /// How many were ever sent for a request.
    pub async fn challenges_sent(&mut self, request: i64) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT COUNT(*) FROM challenges WHERE request_id = $1")
                .bind(request)
                .fetch_one(conn)
                .await?
        }))
    }

    /// Makes the open challenges of a request worthless.
    pub async fn void_challenges(&mut self, request: i64, now: Timestamp) -> Result<u64> {
        Ok(on!(self, |conn| {
            sqlx::query(
                "UPDATE challenges SET voided_at = $1
                 WHERE request_id = $2 AND confirmed_at IS NULL AND voided_at IS NULL",
            )
            .bind(now)
            .bind(request)
            .execute(conn)
            .await?
            .rows_affected()
        }))
    }

    /// Puts a challenge on file; false when a colleague's is open.
    pub async fn add_challenge(
        &mut self,
        new: &NewChallenge<'_>,
        now: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "INSERT INTO challenges
                   (request_id, uid, code_hash, sent_to, sent_at, expires_at, message_id, accounts)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT DO NOTHING",
            )
            .bind(new.request)
            .bind(new.uid)
            .bind(new.code_hash)
            .bind(new.sent_to)
            .bind(now)
            .bind(new.expires_at)
            .bind(new.message_id)
            .bind(new.accounts)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// The usernames that the code which confirmed a request at that moment was sent for, as JSON. One that was sent by an
    /// older program says none.
    pub async fn confirmed_accounts(
        &mut self,
        request: i64,
        confirmed_at: Timestamp,
    ) -> Result<Option<String>> {
        let found: Option<Option<String>> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT accounts FROM challenges WHERE request_id = $1 AND confirmed_at = $2",
            )
            .bind(request)
            .bind(confirmed_at)
            .fetch_optional(conn)
            .await?
        });
        Ok(found.flatten())
    }

    /// What a code that comes back has to be hashed with: a PHC string without the hash.
    pub async fn challenge_salt(&mut self, id: i64) -> Result<Option<String>> {
        match self {
            Self::Sqlite(tx) => {
                let hash: Option<Option<String>> =
                    sqlx::query_scalar("SELECT code_hash FROM challenges WHERE id = $1")
                        .bind(id)
                        .fetch_optional(&mut **tx)
                        .await?;
                let hash = hash.flatten();
                Ok(hash.and_then(|hash| Some(hash.rsplit_once('$')?.0.to_owned())))
            }
            // An operator's login may not read the hash.
            Self::Postgres(tx) => Ok(sqlx::query_scalar("SELECT challenge_salt($1)")
                .bind(id)
                .fetch_one(&mut **tx)
                .await?),
        }
    }

    /// Whether it's this hash. Digests are compared: the time that takes tells nothing about the hash itself.
    pub async fn challenge_fits(&mut self, id: i64, hash: &str) -> Result<bool> {
        match self {
            Self::Sqlite(tx) => {
                let kept: Option<Option<String>> =
                    sqlx::query_scalar("SELECT code_hash FROM challenges WHERE id = $1")
                        .bind(id)
                        .fetch_optional(&mut **tx)
                        .await?;
                let kept = kept.flatten().unwrap_or_default();
                Ok(Sha256::digest(kept) == Sha256::digest(hash))
            }
            Self::Postgres(tx) => {
                let fits: Option<bool> = sqlx::query_scalar("SELECT challenge_fits($1, $2)")
                    .bind(id)
                    .bind(hash)
                    .fetch_one(&mut **tx)
                    .await?;
                Ok(fits == Some(true))
            }
        }
    }

    /// Counts a try; false when there is none left.
    pub async fn try_challenge(&mut self, id: i64, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE challenges SET tries = tries + 1
                 WHERE id = $1 AND tries < $2 AND expires_at > $3
                   AND confirmed_at IS NULL AND voided_at IS NULL",
            )
            .bind(id)
            .bind(TRIES)
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Uses a challenge up with the hash of its code, and makes its request verified; false when either isn't open any
    /// more, or when it isn't this hash.
    pub async fn confirm_challenge(
        &mut self,
        challenge: &ChallengeRow,
        hash: &str,
        now: Timestamp,
    ) -> Result<Applied> {
        let used = match self {
            Self::Sqlite(tx) => {
                let rows = sqlx::query(
                    "UPDATE challenges SET confirmed_at = $1
                     WHERE id = $2 AND code_hash = $3 AND confirmed_at IS NULL AND voided_at IS NULL
                       AND expires_at > $1",
                )
                .bind(now)
                .bind(challenge.id)
                .bind(hash)
                .execute(&mut **tx)
                .await?;
                rows.rows_affected() == 1
            }
            // An operator's login can't write it: the database looks whether the code fits, and does.
            Self::Postgres(tx) => {
                sqlx::query_scalar("SELECT confirm_challenge($1, $2, $3)")
                    .bind(challenge.id)
                    .bind(hash)
                    .bind(now)
                    .fetch_one(&mut **tx)
                    .await?
            }
        };
        if !used {
            return Ok(Applied::when(false));
        }
        let rows = on!(self, |conn| {
            let verified = sqlx::query(
                "UPDATE requests SET verdict = 'verified', confirmed_at = $1
                 WHERE id = $2 AND verdict <> 'verified' AND challenge_open = 1
                   AND rejected_at IS NULL",
            )
            .bind(now)
            .bind(challenge.request_id)
            .execute(conn)
            .await?;
            verified.rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }
}
