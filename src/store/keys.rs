//! Sealing keys, and what is sealed under which. The engines differ in how a batch comes in: `json_each`
//! against `UNNEST`.

use data_encoding::HEXLOWER;
use serde_json::json;

use super::{Applied, Result, Tx, on};
use crate::domain::timestamp::Timestamp;

/// A sealing key as the database knows it; never the key itself.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SealingKeyRow {
    /// Its id.
    pub key_id: String,
    /// What tells another key of that id apart.
    pub check_value: Vec<u8>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
}

/// How much is sealed under one key.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeyUse {
    /// The key's id.
    pub key_id: String,
    /// Enrollments in use or begun.
    pub enrollments: i64,
    /// Retired enrollments that can still be brought back.
    pub retired: i64,
    /// Mails with a code that haven't gone out.
    pub mails: i64,
    /// Authenticators of operators.
    pub operators: i64,
}

impl KeyUse {
    /// All of it: what a rotation reseals.
    #[must_use]
    pub const fn secrets(&self) -> i64 {
        self.enrollments + self.retired + self.mails + self.operators
    }
}

/// A sealed secret.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SealedRow {
    /// The internal id.
    pub id: i64,
    /// The account's or the operator's internal id; 0 for a mail.
    pub owner_id: i64,
    /// What else is bound into the seal: the authenticator's uid, or the Message-ID.
    pub bound: Vec<u8>,
    /// The key's id.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub sealed_secret: Vec<u8>,
}

/// A row's new seal: the internal id, and nonce and ciphertext.
pub type Resealed = (i64, Vec<u8>);

/// The next rows of a table that aren't sealed under a key.
macro_rules! not_under {
    ($table:literal, $owner:literal, $bound:literal, $lock:literal) => {
        concat!(
            "SELECT id, ",
            $owner,
            " AS owner_id, ",
            $bound,
            " AS bound, key_id, sealed_secret FROM ",
            $table,
            " WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2 ORDER BY id LIMIT $3",
            $lock
        )
    };
}
/// A batch of new seals for a table, on either engine.
macro_rules! reseal {
    ($table:literal) => {
        (
            concat!(
                "UPDATE ",
                $table,
                " SET key_id = $1, sealed_secret = unhex(j.value ->> 1) FROM json_each($2) j WHERE ",
                $table,
                ".id = j.value ->> 0 AND ",
                $table,
                ".sealed_secret IS NOT NULL"
            ),
            concat!(
                "UPDATE ",
                $table,
                " SET key_id = $1, sealed_secret = n.sealed",
                " FROM UNNEST($2::BIGINT[], $3::BYTEA[]) AS n (id, sealed) WHERE ",
                $table,
                ".id = n.id AND ",
                $table,
                ".sealed_secret IS NOT NULL"
            ),
        )
    };
}
/// Where a secret is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedIn {
    /// An account's authenticator.
    Enrollments,
    /// An operator's authenticator.
    Operators,
    /// A mail that carries a code.
    Mails,
}

impl SealedIn {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Enrollments, Self::Operators, Self::Mails];

    /// What it's called in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrollments => "enrollments",
            Self::Operators => "operators",
            Self::Mails => "mails",
        }
    }

    const fn select(self) -> (&'static str, &'static str) {
        match self {
            Self::Enrollments => (
                not_under!("enrollments", "account_id", "uid", ""),
                not_under!("enrollments", "account_id", "uid", " FOR UPDATE"),
            ),
            Self::Operators => (
                not_under!("operator_enrollments", "operator_id", "uid", ""),
                not_under!("operator_enrollments", "operator_id", "uid", " FOR UPDATE"),
            ),
            Self::Mails => (
                not_under!("outbox", "0", "CAST(message_id AS BLOB)", ""),
                not_under!(
                    "outbox",
                    "0::BIGINT",
                    "convert_to(message_id, 'UTF8')",
                    " FOR UPDATE"
                ),
            ),
        }
    }

    const fn update(self) -> (&'static str, &'static str) {
        match self {
            Self::Enrollments => reseal!("enrollments"),
            Self::Operators => reseal!("operator_enrollments"),
            Self::Mails => reseal!("outbox"),
        }
    }
}

const USE: &str = "\
    SELECT key_id, CAST(SUM(enrollments) AS BIGINT) AS enrollments,
           CAST(SUM(retired) AS BIGINT) AS retired, CAST(SUM(mails) AS BIGINT) AS mails,
           CAST(SUM(operators) AS BIGINT) AS operators
    FROM (SELECT key_id,
                 SUM(CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END) AS enrollments,
                 SUM(CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END) AS retired,
                 0 AS mails, 0 AS operators
          FROM enrollments WHERE is_sealed = 1 GROUP BY key_id
          UNION ALL
          SELECT key_id, 0, 0, COUNT(*), 0 FROM outbox WHERE sealed_secret IS NOT NULL GROUP BY key_id
          UNION ALL
          SELECT key_id, 0, 0, 0, COUNT(*) FROM operator_enrollments
          WHERE sealed_secret IS NOT NULL GROUP BY key_id) u
    GROUP BY key_id
    ORDER BY key_id";

impl Tx {
    /// Lets the database know a sealing key.
    pub async fn add_sealing_key(&mut self, id: &str, check: &[u8], now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO sealing_keys (key_id, check_value, created_at) VALUES ($1, $2, $3)",
            )
            .bind(id)
            .bind(check)
            .bind(now)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Every sealing key that the database knows, the newest last.
    pub async fn sealing_keys(&mut self) -> Result<Vec<SealingKeyRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT key_id, check_value, created_at, retired_at FROM sealing_keys
                 ORDER BY created_at, key_id",
            )
            .fetch_all(conn)
            .await?
        }))
    }

    /// Keeps others from rotating or retiring keys until this transaction ends, and waits for those who
    /// are writing a row that names one.
    pub async fn lock_sealing_keys(&mut self) -> Result<()> {
        // SQLite's write transaction is alone already.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT 1 FROM desk FOR UPDATE")
                .execute(&mut **tx)
                .await?;
            sqlx::query("SELECT 1 FROM sealing_keys FOR UPDATE")
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// What is sealed under which key.
    pub async fn key_use(&mut self) -> Result<Vec<KeyUse>> {
        Ok(on!(self, |conn| sqlx::query_as(USE)
            .fetch_all(conn)
            .await?))
    }

    /// The login of the operator with that internal id.
    pub async fn login_of(&mut self, operator: i64) -> Result<Option<String>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT login FROM operators WHERE id = $1")
                .bind(operator)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Marks a key as one that nothing may be sealed under any more.
    pub async fn retire_sealing_key(&mut self, id: &str, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE sealing_keys SET retired_at = $1 WHERE key_id = $2 AND retired_at IS NULL",
            )
            .bind(now)
            .bind(id)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// The next secrets of that kind behind `after` that aren't sealed under `key`; nobody else can change
    /// them until this transaction ends.
    pub async fn not_under(
        &mut self,
        what: SealedIn,
        key: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SealedRow>> {
        let (sqlite, postgres) = what.select();
        Ok(match self {
            Self::Sqlite(tx) => {
                sqlx::query_as(sqlite)
                    .bind(key)
                    .bind(after)
                    .bind(limit)
                    .fetch_all(&mut **tx)
                    .await?
            }
            Self::Postgres(tx) => {
                sqlx::query_as(postgres)
                    .bind(key)
                    .bind(after)
                    .bind(limit)
                    .fetch_all(&mut **tx)
                    .await?
            }
        })
    }

    /// Puts the new seals of a batch in.
    pub async fn reseal(&mut self, what: SealedIn, key: &str, batch: &[Resealed]) -> Result<u64> {
        let (sqlite, postgres) = what.update();
        Ok(match self {
            Self::Sqlite(tx) => {
                let rows = batch.iter();
                let rows = rows.map(|(id, sealed)| json!([id, HEXLOWER.encode(sealed)]));
                let rows = rows.collect::<serde_json::Value>().to_string();
                let query = sqlx::query(sqlite).bind(key).bind(rows);
                query.execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                let rows = batch.iter().map(|(id, sealed)| (*id, sealed.as_slice()));
                let (ids, seals): (Vec<i64>, Vec<&[u8]>) = rows.unzip();
                let query = sqlx::query(postgres).bind(key).bind(ids).bind(seals);
                query.execute(&mut **tx).await?.rows_affected()
            }
        })
    }
}
