//! Accounts without a second factor, and their enrollment windows.

use crate::domain::account::enrollment_window::Reminder;
use crate::domain::code::Username;
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::account_reached;
use crate::store::{Applied, Result, Tx, on};

/// An account whose holder has yet to enroll.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PendingRow {
    /// The internal id.
    pub id: i64,
    /// The username.
    pub username: Username,
    /// The holder's name.
    pub name: String,
    /// `active` or `blocked`.
    pub status: String,
    /// When it was last reset; nothing for one that never was.
    pub reset_at: Option<Timestamp>,
    /// The end of the window.
    pub enroll_by: Option<Timestamp>,
    /// An authenticator was begun, and not confirmed: 1, or 0.
    pub begun: i64,
    /// The code of a region that the account belongs to.
    pub region: Option<String>,
    /// The last reminder that went out for this window.
    pub reminder: Option<Reminder>,
}

const SELECT: &str = concat!(
    "\
    SELECT a.id, a.username, a.name, a.status, t.reset_at, a.enroll_by,
           CAST(CASE WHEN e.id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS begun,
           (SELECT MIN(r.code) FROM account_roles ar
            JOIN organisations o ON o.id = ar.organisation_id
            JOIN regions r ON r.id = o.region_id
            WHERE ar.account_id = a.id) AS region,
           -- 'last' sorts after 'halfway'
           (SELECT MAX(m.reminder) FROM enrollment_reminders m
            WHERE m.account_id = a.id AND m.enroll_by = a.enroll_by) AS reminder
    FROM accounts a
    LEFT JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL
    LEFT JOIN (SELECT account, MAX(at) AS reset_at FROM events WHERE action IN ('reset', 'reset.break_glass') GROUP BY account) t
      ON t.account = a.id
    WHERE e.enrolled_at IS NULL
      AND (t.account IS NOT NULL OR $1)
      AND ",
    account_reached!("a.id", "$3"),
    "
    ORDER BY COALESCE(a.enroll_by, 0), a.username
    LIMIT $2"
);

impl Tx {
    /// Those who were reset and haven't enrolled again, the window that closes first at the top; with
    /// `all` also those who never were.
    pub async fn pending(
        &mut self,
        reach: &Reach,
        all: bool,
        limit: i64,
    ) -> Result<Vec<PendingRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(SELECT)
                .bind(all)
                .bind(limit)
                .bind(reach.holder())
                .fetch_all(conn)
                .await?
        }))
    }

    /// Notes that the reminder goes out for this window; no when it did already, or when the window
    /// has changed.
    pub async fn note_reminder(
        &mut self,
        account: i64,
        enroll_by: Timestamp,
        reminder: Reminder,
        now: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "INSERT INTO enrollment_reminders (account_id, enroll_by, reminder, queued_at)
                 SELECT a.id, a.enroll_by, $1, $2
                 FROM accounts a
                 WHERE a.id = $3 AND a.enroll_by = $4
                 ON CONFLICT DO NOTHING",
            )
            .bind(reminder.as_str())
            .bind(now)
            .bind(account)
            .bind(enroll_by)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Opens the enrollment window until `enroll_by`, unless the account has an authenticator in use.
    pub async fn open_window(&mut self, account: i64, enroll_by: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE accounts SET enroll_by = $1
                 WHERE id = $2
                   AND NOT EXISTS (SELECT 1 FROM enrollments e
                                   WHERE e.account_id = accounts.id AND e.retired_at IS NULL
                                     AND e.enrolled_at IS NOT NULL)",
            )
            .bind(enroll_by)
            .bind(account)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }
}
