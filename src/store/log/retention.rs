//! Taking out personal detail past its time. What shows that something was there stays: the log's
//! lines, a request's verdict and checks, the hashes that know a mail again.

use rand::CryptoRng;
use sqlx::AssertSqlSafe;

use crate::domain::log::event::{Event, Recorded};
use crate::domain::log::retention::Horizon;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::judge::Basis;
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

/// What is past its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct PastTime {
    /// The newest event whose detail is; 0 when there's none.
    pub details_to: i64,
    /// Details of the log.
    pub details: i64,
    /// Requests whose mail and evidence are.
    pub requests: i64,
    /// Mails of the outbox that are sent or given up.
    pub outbox: i64,
    /// Messages that came in and weren't requests.
    pub quarantined: i64,
}

/// A request that can still be used keeps its evidence.
const OLD_REQUESTS: &str =
    "SELECT q.id FROM requests q WHERE q.received_at < $1 AND q.expires_at < $2";
const OLD_OUTBOX: &str = "(sent_at IS NOT NULL OR failed_at IS NOT NULL) AND queued_at < $1";

impl Tx {
    /// Counts what is past its time.
    pub async fn past_time(&mut self, horizon: Horizon, now: Timestamp) -> Result<PastTime> {
        let counts = AssertSqlSafe(format!(
            "SELECT
               (SELECT COUNT(*) FROM request_messages m
                WHERE m.zlib IS NOT NULL AND m.request_id IN ({OLD_REQUESTS})) AS requests,
               (SELECT COUNT(*) FROM outbox WHERE {OLD_OUTBOX}) AS outbox,
               (SELECT COUNT(*) FROM mailbox_messages WHERE zlib IS NOT NULL AND taken_at < $1)
                 AS quarantined"
        ));
        let (requests, outbox, quarantined) = on!(self, |conn| {
            sqlx::query_as::<_, (i64, i64, i64)>(counts)
                .bind(horizon.mails)
                .bind(now)
                .fetch_one(conn)
                .await?
        });
        // Details go up to a number: the last event before the first that is too young.
        let (details_to, details) = on!(self, |conn| {
            sqlx::query_as::<_, (i64, i64)>(
                "SELECT CAST(COALESCE(MAX(d.seq), 0) AS BIGINT), COUNT(*) FROM event_details d
                 WHERE d.seq < COALESCE((SELECT MIN(e.seq) FROM events e WHERE e.at >= $1),
                                        (SELECT MAX(e.seq) + 1 FROM events e))",
            )
            .bind(horizon.log)
            .fetch_one(conn)
            .await?
        });
        Ok(PastTime {
            details_to,
            details,
            requests,
            outbox,
            quarantined,
        })
    }

    /// Takes out mails, and what was gathered from them.
    pub async fn erase_mails(&mut self, horizon: Horizon, now: Timestamp) -> Result<()> {
        let nothing = |value: serde_json::Result<String>| value.unwrap_or_default();
        let evidence = nothing(serde_json::to_string(&Evidence::default()));
        let basis = nothing(serde_json::to_string(&Basis::default()));
        let requests = AssertSqlSafe(format!(
            "UPDATE requests SET subject = '', from_address = NULL, because = NULL, rejected_for = NULL,
                                 evidence = $3, facts = $4
             WHERE id IN (SELECT m.request_id FROM request_messages m
                          WHERE m.zlib IS NOT NULL AND m.request_id IN ({OLD_REQUESTS}))"
        ));
        let checks = AssertSqlSafe(format!(
            "UPDATE request_checks SET detail = ''
             WHERE detail <> '' AND request_id IN ({OLD_REQUESTS})"
        ));
        let messages = AssertSqlSafe(format!(
            "UPDATE request_messages SET zlib = NULL
             WHERE zlib IS NOT NULL AND request_id IN ({OLD_REQUESTS})"
        ));
        let answers = AssertSqlSafe(format!(
            "UPDATE request_answers SET zlib = NULL, from_address = '', evidence = $3
             WHERE zlib IS NOT NULL AND request_id IN ({OLD_REQUESTS})"
        ));
        let outbox = AssertSqlSafe(format!("DELETE FROM outbox WHERE {OLD_OUTBOX}"));
        on!(self, |conn| {
            sqlx::query(requests)
                .bind(horizon.mails)
                .bind(now)
                .bind(&evidence)
                .bind(&basis)
                .execute(&mut *conn)
                .await?;
            for sql in [checks, messages] {
                sqlx::query(sql)
                    .bind(horizon.mails)
                    .bind(now)
                    .execute(&mut *conn)
                    .await?;
            }
            sqlx::query(answers)
                .bind(horizon.mails)
                .bind(now)
                .bind(&evidence)
                .execute(&mut *conn)
                .await?;
            sqlx::query(outbox)
                .bind(horizon.mails)
                .execute(&mut *conn)
                .await?;
            sqlx::query(
                "UPDATE mailbox_messages SET zlib = NULL WHERE zlib IS NOT NULL AND taken_at < $1",
            )
            .bind(horizon.mails)
            .execute(&mut *conn)
            .await?;
        });
        Ok(())
    }

    /// Writes `event` down, then takes out the details up to `details_to`, and keeps it all. In that
    /// order: the database lets a detail go only where an event in the log says so.
    pub async fn commit_prune(
        mut self,
        event: &Event,
        details_to: i64,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Recorded> {
        let recorded = self.append(event, now, rng).await?;
        if details_to > 0 {
            on!(&mut self, |conn| {
                sqlx::query("INSERT INTO log_prunes (event, details_to) VALUES ($1, $2)")
                    .bind(recorded.seq)
                    .bind(details_to)
                    .execute(&mut *conn)
                    .await?;
                sqlx::query("DELETE FROM event_details WHERE seq <= $1")
                    .bind(details_to)
                    .execute(&mut *conn)
                    .await?;
            });
        }
        self.commit_now().await?;
        Ok(recorded)
    }
}
