//! The log, written: under a lock, in order, in the transaction of what it tells.

use data_encoding::HEXLOWER;
use rand::CryptoRng;
use serde_json::{Value, json};

use super::{Result, StoreError, Tx};
use crate::domain::chain::{Line, commitment};
use crate::domain::event::{Event, Hash, Recorded};
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;

/// The key of PostgreSQL's advisory lock on the head of the log: "balielog".
const HEAD_LOCK: i64 = 0x6261_6c69_656c_6f67;
/// What requests' ids are hashed with for theirs: "balieask".
const REQUEST_LOCK: i64 = 0x6261_6c69_6561_736b;

/// A line that is about to be written.
struct Entry<'e> {
    event: &'e Event,
    seq: i64,
    at: Timestamp,
    commitment: Hash,
    prev_hash: Hash,
    hash: Hash,
    salt: [u8; 32],
    json: String,
}

impl<'e> Entry<'e> {
    fn new(
        event: &'e Event,
        last: Recorded,
        at: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Self> {
        let full =
            || StoreError::Corrupt(format!("event {} leaves no number for another", last.seq));
        let seq = last.seq.checked_add(1).ok_or_else(full)?;
        let json = event.detail.to_string();
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let commitment = commitment(&salt, &json);
        let line = Line {
            seq,
            at,
            operator: &event.operator,
            action: event.action.as_str(),
            account: event.account,
            request: event.request.as_deref(),
            detail_commitment: &commitment,
            prev_hash: &last.hash,
        };
        Ok(Self {
            event,
            seq,
            at,
            prev_hash: last.hash,
            hash: line.hash(),
            commitment,
            salt,
            json,
        })
    }

    const fn recorded(&self) -> Recorded {
        Recorded {
            seq: self.seq,
            hash: self.hash,
        }
    }

    fn line_as_json(&self) -> Value {
        json!([
            self.seq,
            self.at.as_micros(),
            self.event.operator,
            self.event.action,
            self.event.account,
            self.event.request,
            HEXLOWER.encode(&self.commitment),
            HEXLOWER.encode(&self.prev_hash),
            HEXLOWER.encode(&self.hash),
        ])
    }

    fn detail_as_json(&self) -> Value {
        json!([self.seq, HEXLOWER.encode(&self.salt), self.json])
    }
}

fn column<'e, T>(entries: &'e [Entry<'e>], of: impl Fn(&'e Entry<'e>) -> T) -> Vec<T> {
    entries.iter().map(of).collect()
}

impl Tx {
    /// Writes `event` down and keeps the transaction's work with it (rule 3).
    pub async fn commit(
        mut self,
        event: &Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Recorded> {
        let recorded = self.append(event, now, rng).await?;
        self.commit_now().await?;
        Ok(recorded)
    }

    /// Writes every event down, in order, and keeps the transaction's work with them: one operation
    /// on many rows. Without an event nothing is kept.
    pub async fn commit_many(
        mut self,
        events: &[Event],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Recorded>> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let recorded = self.append_many(events, now, rng).await?;
        self.commit_now().await?;
        Ok(recorded)
    }

    pub(super) async fn append(
        &mut self,
        event: &Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Recorded> {
        let written = self.append_many(std::slice::from_ref(event), now, rng);
        let written = written.await?.pop();
        written.ok_or_else(|| StoreError::Unexpected("an event wasn't written".into()))
    }

    async fn append_many(
        &mut self,
        events: &[Event],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Recorded>> {
        let mut last = self.lock_log().await?;
        let mut entries = Vec::with_capacity(events.len());
        for event in events {
            let entry = Entry::new(event, last, now, rng)?;
            last = entry.recorded();
            entries.push(entry);
        }
        self.insert_entries(&entries).await?;
        Ok(entries.iter().map(Entry::recorded).collect())
    }

    /// The last line of the log. Until the transaction ends nobody else adds one.
    pub async fn lock_log(&mut self) -> Result<Recorded> {
        self.wait_for_turn().await?;
        self.log_head().await
    }

    /// Waits until nobody else is about to write a line, the first one included.
    pub async fn wait_for_turn(&mut self) -> Result<()> {
        // SQLite's write transaction already holds the one lock there is.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(HEAD_LOCK)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Until this transaction ends nobody else takes a step on this request that waits here too: the second
    /// of two sees what the first one did.
    pub async fn wait_for_request(&mut self, id: &RequestId) -> Result<()> {
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))")
                .bind(id.as_str())
                .bind(REQUEST_LOCK)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    async fn insert_entries(&mut self, entries: &[Entry<'_>]) -> Result<()> {
        match self {
            Self::Sqlite(tx) => {
                let lines = entries.iter().map(Entry::line_as_json).collect::<Value>();
                let details = entries.iter().map(Entry::detail_as_json).collect::<Value>();
                sqlx::query(
                    "INSERT INTO events
                       (seq, at, operator, action, account, request, detail_commitment, prev_hash, hash)
                     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                            unhex(value ->> 6), unhex(value ->> 7), unhex(value ->> 8)
                     FROM json_each($1);
                     INSERT INTO event_details (seq, salt, json)
                     SELECT value ->> 0, unhex(value ->> 1), value ->> 2 FROM json_each($2)",
                )
                .bind(lines.to_string())
                .bind(details.to_string())
                .execute(&mut **tx)
                .await?;
            }
            Self::Postgres(tx) => {
                let seqs = column(entries, |entry| entry.seq);
                sqlx::query(
                    "INSERT INTO events
                       (seq, at, operator, action, account, request, detail_commitment, prev_hash, hash)
                     SELECT * FROM UNNEST($1::bigint[], $2::bigint[], $3::text[], $4::text[],
                       $5::bigint[], $6::text[], $7::bytea[], $8::bytea[], $9::bytea[])",
                )
                .bind(&seqs)
                .bind(column(entries, |entry| entry.at.as_micros()))
                .bind(column(entries, |entry| entry.event.operator.as_str()))
                .bind(column(entries, |entry| entry.event.action.as_str()))
                .bind(column(entries, |entry| entry.event.account))
                .bind(column(entries, |entry| entry.event.request.as_deref()))
                .bind(column(entries, |entry| &entry.commitment[..]))
                .bind(column(entries, |entry| &entry.prev_hash[..]))
                .bind(column(entries, |entry| &entry.hash[..]))
                .execute(&mut **tx)
                .await?;
                sqlx::query(
                    "INSERT INTO event_details (seq, salt, json)
                     SELECT * FROM UNNEST($1::bigint[], $2::bytea[], $3::text[])",
                )
                .bind(&seqs)
                .bind(column(entries, |entry| &entry.salt[..]))
                .bind(column(entries, |entry| entry.json.as_str()))
                .execute(&mut **tx)
                .await?;
            }
        }
        Ok(())
    }
}
