//! Sealing keys, and what is sealed under which. The engines differ in how a batch comes in: `json_each`
//! against `UNNEST`.

use data_encoding::HEXLOWER;
use serde_json::json;

use super::{Result, Tx, on};
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
    /// Challenges that can still be answered.
    pub challenges: i64,
}

impl KeyUse {
    /// All of it.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.secrets() + self.challenges
    }

    /// What a rotation seals anew. A challenge's code is known to its reader alone: its key is kept until
    /// it's over, a day at most.
    #[must_use]
    pub const fn secrets(&self) -> i64 {
        self.enrollments + self.retired + self.operators + self.mails
    }
}

/// A sealed secret of an enrollment, an operator's authenticator or a mail.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SealedRow {
    /// The internal id.
    pub id: i64,
    /// The account's or the operator's internal id; 0 for a mail.
    pub account_id: i64,
    /// What else is bound into the seal: the enrollment's uid, or the Message-ID.
    pub bound: Vec<u8>,
    /// The key's id.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub sealed_secret: Vec<u8>,
}

/// A row's new seal: the internal id, and nonce and ciphertext.
pub type Resealed = (i64, Vec<u8>);

const USE: &str = "\
    SELECT key_id, CAST(SUM(enrollments) AS BIGINT) AS enrollments,
           CAST(SUM(retired) AS BIGINT) AS retired, CAST(SUM(mails) AS BIGINT) AS mails,
           CAST(SUM(operators) AS BIGINT) AS operators, CAST(SUM(challenges) AS BIGINT) AS challenges
    FROM (SELECT key_id,
                 SUM(CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END) AS enrollments,
                 SUM(CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END) AS retired,
                 0 AS mails, 0 AS operators, 0 AS challenges
          FROM enrollments WHERE sealed_secret IS NOT NULL GROUP BY key_id
          UNION ALL
          SELECT key_id, 0, 0, COUNT(*), 0, 0 FROM outbox WHERE sealed_secret IS NOT NULL GROUP BY key_id
          UNION ALL
          SELECT key_id, 0, 0, 0, COUNT(*), 0 FROM operator_enrollments
          WHERE sealed_secret IS NOT NULL GROUP BY key_id
          UNION ALL
          SELECT key_id, 0, 0, 0, 0, COUNT(*) FROM challenges
          WHERE confirmed_at IS NULL AND voided_at IS NULL AND expires_at > $1 GROUP BY key_id) u
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
    pub async fn key_use(&mut self, now: Timestamp) -> Result<Vec<KeyUse>> {
        Ok(on!(self, |conn| sqlx::query_as(USE)
            .bind(now)
            .fetch_all(conn)
            .await?))
    }

    /// Marks a key as one that nothing may be sealed under any more.
    pub async fn retire_sealing_key(&mut self, id: &str, now: Timestamp) -> Result<bool> {
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
        Ok(rows == 1)
    }

    /// The next enrollments behind `after` that aren't sealed under `key`; nobody else can change them
    /// until this transaction ends.
    pub async fn enrollments_not_under(
        &mut self,
        key: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SealedRow>> {
        const SELECT: &str = "\
            SELECT id, account_id, uid AS bound, key_id, sealed_secret FROM enrollments
            WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2
            ORDER BY id LIMIT $3";
        const LOCKED: &str = "\
            SELECT id, account_id, uid AS bound, key_id, sealed_secret FROM enrollments
            WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2
            ORDER BY id LIMIT $3 FOR UPDATE";
        self.not_under(SELECT, LOCKED, key, after, limit).await
    }

    /// The same, of operators' authenticators.
    pub async fn operators_not_under(
        &mut self,
        key: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SealedRow>> {
        const SELECT: &str = "\
            SELECT id, operator_id AS account_id, uid AS bound, key_id, sealed_secret
            FROM operator_enrollments
            WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2
            ORDER BY id LIMIT $3";
        const LOCKED: &str = "\
            SELECT id, operator_id AS account_id, uid AS bound, key_id, sealed_secret
            FROM operator_enrollments
            WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2
            ORDER BY id LIMIT $3 FOR UPDATE";
        self.not_under(SELECT, LOCKED, key, after, limit).await
    }

    /// The same, of the mails that carry a code.
    pub async fn mails_not_under(
        &mut self,
        key: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SealedRow>> {
        const SELECT: &str = "\
            SELECT id, 0 AS account_id, CAST(message_id AS BLOB) AS bound, key_id, sealed_secret
            FROM outbox
            WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2
            ORDER BY id LIMIT $3";
        const LOCKED: &str = "\
            SELECT id, 0::BIGINT AS account_id, convert_to(message_id, 'UTF8') AS bound, key_id,
                   sealed_secret
            FROM outbox
            WHERE sealed_secret IS NOT NULL AND key_id <> $1 AND id > $2
            ORDER BY id LIMIT $3 FOR UPDATE";
        self.not_under(SELECT, LOCKED, key, after, limit).await
    }

    async fn not_under(
        &mut self,
        sqlite: &'static str,
        postgres: &'static str,
        key: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SealedRow>> {
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

    /// Puts the new seals of a batch of enrollments in.
    pub async fn reseal_enrollments(&mut self, key: &str, batch: &[Resealed]) -> Result<u64> {
        const SQLITE: &str = "\
            UPDATE enrollments SET key_id = $1, sealed_secret = unhex(j.value ->> 1)
            FROM json_each($2) j
            WHERE enrollments.id = j.value ->> 0 AND enrollments.sealed_secret IS NOT NULL";
        const POSTGRES: &str = "\
            UPDATE enrollments SET key_id = $1, sealed_secret = n.sealed
            FROM UNNEST($2::BIGINT[], $3::BYTEA[]) AS n (id, sealed)
            WHERE enrollments.id = n.id AND enrollments.sealed_secret IS NOT NULL";
        self.reseal(SQLITE, POSTGRES, key, batch).await
    }

    /// The same, of operators' authenticators.
    pub async fn reseal_operators(&mut self, key: &str, batch: &[Resealed]) -> Result<u64> {
        const SQLITE: &str = "\
            UPDATE operator_enrollments SET key_id = $1, sealed_secret = unhex(j.value ->> 1)
            FROM json_each($2) j
            WHERE operator_enrollments.id = j.value ->> 0
              AND operator_enrollments.sealed_secret IS NOT NULL";
        const POSTGRES: &str = "\
            UPDATE operator_enrollments SET key_id = $1, sealed_secret = n.sealed
            FROM UNNEST($2::BIGINT[], $3::BYTEA[]) AS n (id, sealed)
            WHERE operator_enrollments.id = n.id
              AND operator_enrollments.sealed_secret IS NOT NULL";
        self.reseal(SQLITE, POSTGRES, key, batch).await
    }

    /// The same, of mails.
    pub async fn reseal_mails(&mut self, key: &str, batch: &[Resealed]) -> Result<u64> {
        const SQLITE: &str = "\
            UPDATE outbox SET key_id = $1, sealed_secret = unhex(j.value ->> 1)
            FROM json_each($2) j
            WHERE outbox.id = j.value ->> 0 AND outbox.sealed_secret IS NOT NULL";
        const POSTGRES: &str = "\
            UPDATE outbox SET key_id = $1, sealed_secret = n.sealed
            FROM UNNEST($2::BIGINT[], $3::BYTEA[]) AS n (id, sealed)
            WHERE outbox.id = n.id AND outbox.sealed_secret IS NOT NULL";
        self.reseal(SQLITE, POSTGRES, key, batch).await
    }

    async fn reseal(
        &mut self,
        sqlite: &'static str,
        postgres: &'static str,
        key: &str,
        batch: &[Resealed],
    ) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let rows = batch.iter();
                let rows = rows.map(|(id, sealed)| json!([id, HEXLOWER.encode(sealed)]));
                let rows = rows.collect::<serde_json::Value>().to_string();
                let query = sqlx::query(sqlite).bind(key).bind(rows);
                query.execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                let (ids, seals): (Vec<i64>, Vec<&[u8]>) = batch
                    .iter()
                    .map(|(id, sealed)| (*id, sealed.as_slice()))
                    .unzip();
                let query = sqlx::query(postgres).bind(key).bind(ids).bind(seals);
                query.execute(&mut **tx).await?.rows_affected()
            }
        })
    }
}
