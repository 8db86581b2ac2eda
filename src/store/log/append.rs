//! The log, written: under a lock, in order, in the transaction of what it tells.

use data_encoding::HEXLOWER;
use rand::CryptoRng;
use serde_json::{Value, json};

use crate::domain::log::chain::{Line, commitment};
use crate::domain::log::event::{Event, Hash, Recorded};
use crate::domain::log::row::Record;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, StoreError, Tx};

/// The key of PostgreSQL's advisory lock on the head of the log: "balielog".
const HEAD_LOCK: i64 = 0x6261_6c69_656c_6f67;
/// What requests' ids are hashed with for theirs: "balieask".
const REQUEST_LOCK: i64 = 0x6261_6c69_6561_736b;
/// What senders' addresses are hashed with for theirs: "baliefrm".
const SENDER_LOCK: i64 = 0x6261_6c69_6566_726d;

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
    record: Option<Record>,
}

/// Which rows an event's record is of.
#[derive(Clone, Copy)]
enum Taken {
    /// Those that the transaction touched.
    Touched,
    /// All that there are.
    All,
}

/// The record of rows that an event bears, but for the detail.
struct RowsLeft {
    before: i64,
    root: Hash,
}

impl<'e> Entry<'e> {
    fn new(
        event: &'e Event,
        last: Recorded,
        at: Timestamp,
        salt: [u8; 32],
        rows: Option<&RowsLeft>,
    ) -> Result<Self> {
        let seq = number_after(last, 1)?;
        let json = event.detail.to_string();
        let detail = commitment(&salt, &json);
        let record = rows.map(|rows| Record {
            before: rows.before,
            detail,
            root: rows.root,
        });
        let commitment = record.map_or(detail, |record| record.commitment());
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
            record,
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
            self.record
                .map(|record| HEXLOWER.encode(&record.to_bytes())),
        ])
    }

    fn detail_as_json(&self) -> Value {
        json!([self.seq, HEXLOWER.encode(&self.salt), self.json])
    }
}

fn number_after(last: Recorded, events: usize) -> Result<i64> {
    let full = || StoreError::Corrupt(format!("event {} leaves no number for another", last.seq));
    let events = i64::try_from(events).unwrap_or(i64::MAX);
    last.seq.checked_add(events).ok_or_else(full)
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

    pub(in crate::store) async fn append(
        &mut self,
        event: &Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Recorded> {
        let written = self.append_many(std::slice::from_ref(event), now, rng);
        let written = written.await?.pop();
        written.ok_or_else(|| StoreError::Unexpected("an event wasn't written".into()))
    }

    /// Writes `event` down with a record of every row as it stands, and keeps the transaction's work.
    pub async fn commit_baseline(
        mut self,
        event: &Event,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<()> {
        let events = std::slice::from_ref(event);
        self.append_with(events, now, rng, Taken::All).await?;
        self.commit_now().await
    }

    async fn append_many(
        &mut self,
        events: &[Event],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Recorded>> {
        self.append_with(events, now, rng, Taken::Touched).await
    }

    async fn append_with(
        &mut self,
        events: &[Event],
        now: Timestamp,
        rng: &mut dyn CryptoRng,
        taken: Taken,
    ) -> Result<Vec<Recorded>> {
        let mut last = self.lock_log().await?;
        let mut salts = vec![[0; 32]; events.len()];
        for salt in &mut salts {
            rng.fill_bytes(salt);
        }
        // What a transaction leaves is borne by its last event.
        let bearer = number_after(last, events.len())?;
        let salt = salts.last().copied().unwrap_or_default();
        let root = match taken {
            Taken::Touched => self.record_touched(bearer, &salt).await?,
            Taken::All => self.record_all(bearer, &salt).await?,
        };
        let rows = match root {
            Some(root) => Some(RowsLeft {
                before: self.last_record().await?,
                root,
            }),
            None => None,
        };
        let mut entries = Vec::with_capacity(events.len());
        for (event, salt) in events.iter().zip(salts) {
            let is_last = entries.len() + 1 == events.len();
            let rows = rows.as_ref().filter(|_| is_last);
            let entry = Entry::new(event, last, now, salt, rows)?;
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
        self.wait_for(id.as_str(), REQUEST_LOCK).await
    }

    /// Until this transaction ends nobody else takes in a mail that says it's from this sender: the second of
    /// two copies is known by the first. Whoever waits for a request as well waits for the sender first.
    pub async fn wait_for_sender(&mut self, from: Option<&str>) -> Result<()> {
        self.wait_for(from.unwrap_or_default(), SENDER_LOCK).await
    }

    async fn wait_for(&mut self, name: &str, lock: i64) -> Result<()> {
        // SQLite's write transaction already holds the one lock there is.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))")
                .bind(name)
                .bind(lock)
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
                       (seq, at, operator, action, account, request, detail_commitment, prev_hash, hash, state)
                     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                            unhex(value ->> 6), unhex(value ->> 7), unhex(value ->> 8), unhex(value ->> 9)
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
                       (seq, at, operator, action, account, request, detail_commitment, prev_hash, hash, state)
                     SELECT * FROM UNNEST($1::bigint[], $2::bigint[], $3::text[], $4::text[],
                       $5::bigint[], $6::text[], $7::bytea[], $8::bytea[], $9::bytea[], $10::bytea[])",
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
                .bind(column(entries, |entry| {
                    entry.record.map(|record| record.to_bytes().to_vec())
                }))
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
