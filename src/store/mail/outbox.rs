//! Mails to be sent: claimed, sent, marked. A crash in between can send one twice, and loses none.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use crate::domain::directory::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::notice::Notice;
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::region_reached;
use crate::store::{Result, Tx, on};

/// A mail to be sent.
#[derive(Debug)]
pub struct NewMail<'m> {
    /// Its Message-ID, the same however often it's sent.
    pub message_id: &'m str,
    /// An address that was on file before the request (rule 9).
    pub recipient: &'m str,
    /// The address of the desk that it's from. Who reaches that desk's region may read it.
    pub desk_address: &'m str,
    /// The language.
    pub language: Language,
    /// What to say.
    pub notice: &'m Notice,
    /// A code that it carries: the sealing key's id, and the sealed bytes.
    pub secret: Option<(&'m str, &'m [u8])>,
}

/// A mail of the outbox.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutboxRow {
    /// The internal id.
    pub id: i64,
    /// Its Message-ID.
    pub message_id: String,
    /// To whom.
    pub recipient: String,
    /// In which language.
    pub language: Language,
    /// What to say, as JSON.
    pub notice: String,
    /// The code that it carries, sealed; gone once it's sent.
    pub sealed_secret: Option<Vec<u8>>,
    /// The id of the sealing key.
    pub key_id: Option<String>,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it's to be tried (again).
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// Until when somebody may be sending it.
    pub claim_until: Option<Timestamp>,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// What the server said last.
    pub last_error: Option<String>,
    /// The address of the desk that it's of, as it's on file now.
    pub desk_address: Option<String>,
    /// The name of that desk's region.
    pub desk_name: Option<String>,
}

/// What `last_error` says of a mail that an operator called off.
pub const CANCELLED: &str = "cancelled";

impl OutboxRow {
    /// Whether an operator called it off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.sent_at.is_none()
            && self.failed_at.is_some()
            && self.last_error.as_deref() == Some(CANCELLED)
    }

    /// Whether the code that it carried is erased: without it the mail can't be written.
    #[must_use]
    pub const fn has_lost_its_code(&self) -> bool {
        self.key_id.is_some() && self.sealed_secret.is_none()
    }

    /// Whether somebody may be sending it now.
    #[must_use]
    pub fn is_under_way(&self, now: Timestamp) -> bool {
        self.claim_until.is_some_and(|until| until > now)
    }
}

/// All of a mail.
macro_rules! columns {
    () => {
        "SELECT id, message_id, recipient, language, notice, sealed_secret, key_id, queued_at, due_at,
                attempts, claim_until, sent_at, failed_at, last_error,
                (SELECT r.servicedesk_address FROM regions r WHERE r.id = outbox.region_id) AS desk_address,
                (SELECT r.name FROM regions r WHERE r.id = outbox.region_id) AS desk_name
         FROM outbox "
    };
}
pub(super) use columns;

const NEWEST: &str = concat!(
    columns!(),
    "WHERE ",
    region_reached!("region_id", "$2"),
    " ORDER BY id DESC LIMIT $1"
);

const ONE: &str = concat!(
    columns!(),
    "WHERE message_id = $1 AND ",
    region_reached!("region_id", "$2")
);

impl Tx {
    /// The mail with that Message-ID, of a desk that `reach` reaches.
    pub async fn mail(&mut self, reach: &Reach, message_id: &str) -> Result<Option<OutboxRow>> {
        Ok(on!(self, |conn| sqlx::query_as(ONE)
            .bind(message_id)
            .bind(reach.holder())
            .fetch_optional(conn)
            .await?))
    }

    /// Queues mails.
    pub async fn queue_mails(&mut self, mails: &[NewMail<'_>], now: Timestamp) -> Result<()> {
        let notice = |mail: &NewMail<'_>| serde_json::to_string(mail.notice).unwrap_or_default();
        match self {
            Self::Sqlite(tx) => {
                let row = |mail: &NewMail<'_>| {
                    json!([
                        mail.message_id,
                        mail.recipient,
                        mail.language,
                        notice(mail),
                        mail.secret.map(|(key, _)| key),
                        mail.secret.map(|(_, sealed)| HEXLOWER.encode(sealed)),
                        mail.desk_address,
                    ])
                };
                sqlx::query(
                    "INSERT INTO outbox
                       (message_id, recipient, language, notice, key_id, sealed_secret, region_id,
                        queued_at, due_at)
                     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
                            unhex(value ->> 5),
                            (SELECT r.id FROM regions r WHERE r.servicedesk_address = value ->> 6), $2, $2
                     FROM json_each($1)",
                )
                .bind(mails.iter().map(row).collect::<Value>().to_string())
                .bind(now)
                .execute(&mut **tx)
                .await?;
            }
            Self::Postgres(tx) => {
                let secrets = mails.iter().map(|mail| mail.secret);
                let text =
                    |of: fn(&NewMail<'_>) -> String| mails.iter().map(of).collect::<Vec<_>>();
                sqlx::query(
                    "INSERT INTO outbox
                       (message_id, recipient, language, notice, key_id, sealed_secret, region_id,
                        queued_at, due_at)
                     SELECT m.id, m.recipient, m.language, m.notice, m.key_id, m.sealed, r.id, $8, $8
                     FROM UNNEST($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[],
                                 $7::text[])
                       WITH ORDINALITY AS m (id, recipient, language, notice, key_id, sealed, desk, position)
                     LEFT JOIN regions r ON r.servicedesk_address = m.desk
                     ORDER BY m.position",
                )
                .bind(text(|mail| mail.message_id.to_owned()))
                .bind(text(|mail| mail.recipient.to_owned()))
                .bind(text(|mail| mail.language.to_string()))
                .bind(mails.iter().map(notice).collect::<Vec<_>>())
                .bind(secrets.clone().map(|secret| secret.map(|(key, _)| key)).collect::<Vec<_>>())
                .bind(secrets.map(|secret| secret.map(|(_, sealed)| sealed)).collect::<Vec<_>>())
                .bind(text(|mail| mail.desk_address.to_owned()))
                .bind(now)
                .execute(&mut **tx)
                .await?;
            }
        }
        Ok(())
    }

    /// The newest mails of the desks that `reach` reaches.
    pub async fn outbox(&mut self, reach: &Reach, limit: i64) -> Result<Vec<OutboxRow>> {
        Ok(on!(self, |conn| sqlx::query_as(NEWEST)
            .bind(limit)
            .bind(reach.holder())
            .fetch_all(conn)
            .await?))
    }

    /// Whether this address was told since then that something was refused, in a mail that speaks of `about`.
    pub async fn told_of_refusal(
        &mut self,
        to: &WorkAddress,
        about: &str,
        since: Timestamp,
    ) -> Result<bool> {
        Ok(on!(self, |conn| sqlx::query_scalar(
            "SELECT EXISTS (
               SELECT 1 FROM outbox
               WHERE recipient = $1 AND queued_at >= $2 AND notice LIKE '%refused%'
                 AND notice LIKE '%' || $3 || '%')"
        )
        .bind(to.as_str())
        .bind(since)
        .bind(about)
        .fetch_one(conn)
        .await?))
    }

    /// Claims the next mail that is due, until `until`: nobody else sends it meanwhile. One with the code of a challenge comes
    /// before all others, since somebody waits for it. One that carries a code only where `sealed` says so.
    pub async fn claim_mail(
        &mut self,
        claimant: &str,
        now: Timestamp,
        until: Timestamp,
        sealed: bool,
    ) -> Result<Option<OutboxRow>> {
        /// Mails of challenges that stand: few, and found by an index.
        const OF_CHALLENGES: &str = "AND o.message_id IN (SELECT c.message_id FROM challenges c
                                  WHERE c.confirmed_at IS NULL AND c.voided_at IS NULL)";
        if sealed {
            let first = self.claim_one(claimant, now, until, OF_CHALLENGES).await?;
            if first.is_some() {
                return Ok(first);
            }
            return self.claim_one(claimant, now, until, "").await;
        }
        self.claim_one(claimant, now, until, "AND o.key_id IS NULL")
            .await
    }

    /// Claims the oldest of those that are due and of which `also` holds.
    async fn claim_one(
        &mut self,
        claimant: &str,
        now: Timestamp,
        until: Timestamp,
        also: &'static str,
    ) -> Result<Option<OutboxRow>> {
        // On SQLite a writer is alone; on PostgreSQL two must not wait for the same row.
        let skip = match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        };
        let sql = format!(
            "UPDATE outbox SET claimed_by = $1, claim_until = $2
             WHERE id = (SELECT o.id FROM outbox o
                         WHERE o.sent_at IS NULL AND o.failed_at IS NULL AND o.due_at <= $3
                           AND (o.claim_until IS NULL OR o.claim_until <= $3)
                           {also}
                         ORDER BY o.due_at, o.id LIMIT 1 {skip})
             RETURNING id, message_id, recipient, language, notice, sealed_secret, key_id,
                       queued_at, due_at, attempts, claim_until, sent_at, failed_at, last_error,
                       (SELECT r.servicedesk_address FROM regions r WHERE r.id = outbox.region_id) AS desk_address,
                       (SELECT r.name FROM regions r WHERE r.id = outbox.region_id) AS desk_name"
        );
        Ok(on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(claimant)
                .bind(until)
                .bind(now)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Lets a mail go that was claimed and not tried.
    pub async fn unclaim_mail(&mut self, id: i64, claimant: &str) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE outbox SET claimed_by = NULL, claim_until = NULL
                 WHERE id = $1 AND claimed_by = $2",
            )
            .bind(id)
            .bind(claimant)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Marks a mail as handed over, and erases the code that it carried.
    pub async fn mail_sent(&mut self, id: i64, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE outbox SET sent_at = $1, attempts = attempts + 1, claim_until = NULL,
                                   last_error = NULL, sealed_secret = NULL
                 WHERE id = $2",
            )
            .bind(now)
            .bind(id)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Marks a try that failed: due again at `again`, or given up and the code that it carried erased.
    pub async fn mail_not_sent(
        &mut self,
        id: i64,
        error: &str,
        again: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE outbox SET attempts = attempts + 1, claim_until = NULL, last_error = $1,
                                   due_at = COALESCE($2, due_at), failed_at = $3,
                                   sealed_secret =
                                     CASE WHEN $2 IS NULL THEN NULL ELSE sealed_secret END
                 WHERE id = $4",
            )
            .bind(error)
            .bind(again)
            .bind(again.is_none().then_some(now))
            .bind(id)
            .execute(conn)
            .await?;
        });
        Ok(())
    }
}
