//! Mailboxes: how far each was read, and what became of every message in it.

use std::collections::HashSet;

use super::zlib::{deflate, inflate};
use crate::domain::timestamp::Timestamp;
use crate::domain::withheld::WITHHELD;
use crate::store::{Result, Tx, on};

/// A message in its mailbox.
#[derive(Clone, Copy, Debug)]
pub struct ItemOf<'i> {
    /// The mailbox's address.
    pub place: &'i str,
    /// What tells the message apart in it.
    pub item: &'i str,
}

/// A message that couldn't be taken.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct QuarantinedRow {
    /// The internal id.
    pub id: i64,
    /// The mailbox's address.
    pub place: String,
    /// What tells the message apart in it.
    pub item: String,
    /// When it was set aside.
    pub taken_at: Timestamp,
    /// Why.
    pub reason: String,
    /// How many bytes it has.
    pub size: i64,
}

/// How far a mailbox was read.
#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
pub struct MailboxRow {
    /// The mailbox's UIDVALIDITY.
    pub uid_validity: Option<i64>,
    /// The last UID that was taken.
    pub last_uid: Option<i64>,
}

impl Tx {
    /// How far the mailbox was read.
    pub async fn mailbox(&mut self, place: &str) -> Result<Option<MailboxRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as("SELECT uid_validity, last_uid FROM mailboxes WHERE place = $1")
                .bind(place)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// When a mailbox on a server was last looked into.
    pub async fn last_fetch(&mut self) -> Result<Option<Timestamp>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT MAX(fetched_at) FROM mailboxes WHERE place LIKE 'imap://%'")
                .fetch_one(conn)
                .await?
        }))
    }

    /// Notes how far the mailbox was read; never back within one numbering.
    pub async fn mailbox_read(
        &mut self,
        place: &str,
        position: MailboxRow,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO mailboxes (place, uid_validity, last_uid, fetched_at)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT (place) DO UPDATE
                 SET last_uid = CASE
                       WHEN mailboxes.uid_validity = excluded.uid_validity
                            AND mailboxes.last_uid > excluded.last_uid THEN mailboxes.last_uid
                       ELSE excluded.last_uid END,
                     uid_validity = excluded.uid_validity,
                     fetched_at = excluded.fetched_at",
            )
            .bind(place)
            .bind(position.uid_validity)
            .bind(position.last_uid)
            .bind(now)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Every message of the mailbox that was taken before.
    pub async fn items_taken(&mut self, place: &str) -> Result<HashSet<String>> {
        let items: Vec<String> = on!(self, |conn| {
            sqlx::query_scalar("SELECT item FROM mailbox_messages WHERE place = $1")
                .bind(place)
                .fetch_all(conn)
                .await?
        });
        Ok(items.into_iter().collect())
    }

    /// Notes which request a message became.
    pub async fn item_taken(
        &mut self,
        of: ItemOf<'_>,
        request: i64,
        size: u64,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO mailbox_messages (place, item, taken_at, request_id, size)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            )
            .bind(of.place)
            .bind(of.item)
            .bind(now)
            .bind(request)
            .bind(i64::try_from(size).unwrap_or(i64::MAX))
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Sets a message aside, with its bytes where there are any.
    pub async fn quarantine(
        &mut self,
        of: ItemOf<'_>,
        reason: &str,
        size: u64,
        raw: Option<&[u8]>,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO mailbox_messages (place, item, taken_at, reason, size, zlib)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            )
            .bind(of.place)
            .bind(of.item)
            .bind(now)
            .bind(reason)
            .bind(i64::try_from(size).unwrap_or(i64::MAX))
            .bind(raw.map(deflate))
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// The newest messages that were set aside, without those whose text was withheld and came later.
    pub async fn quarantined(&mut self, limit: i64) -> Result<Vec<QuarantinedRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, place, item, taken_at, reason, size FROM mailbox_messages AS aside
                 WHERE reason IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM mailbox_messages AS later
                                   WHERE later.place = aside.place
                                     AND aside.item = later.item || $2)
                 ORDER BY id DESC LIMIT $1",
            )
            .bind(limit)
            .bind(WITHHELD)
            .fetch_all(conn)
            .await?
        }))
    }

    /// The bytes of a message that was set aside.
    pub async fn quarantined_mail(&mut self, id: i64) -> Result<Option<Vec<u8>>> {
        let found: Option<(Option<Vec<u8>>, i64)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT zlib, size FROM mailbox_messages WHERE id = $1 AND reason IS NOT NULL",
            )
            .bind(id)
            .fetch_optional(conn)
            .await?
        });
        match found {
            Some((Some(zlib), size)) => inflate(&zlib, size).map(Some),
            Some((None, _)) | None => Ok(None),
        }
    }
}
