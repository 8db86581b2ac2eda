//! Who has what open in a changing step. A lease decides nothing but who may go on first.

use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

/// What can be open at somebody's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leased {
    /// An account, by its internal id.
    Account(i64),
    /// A request, by its internal id.
    Request(i64),
}

impl Leased {
    const fn key(self) -> (&'static str, i64) {
        match self {
            Self::Account(id) => ("account", id),
            Self::Request(id) => ("request", id),
        }
    }
}

impl Tx {
    /// The colleague who has it open, and since when.
    pub async fn leased_by_other(
        &mut self,
        leased: Leased,
        operator: &str,
        now: Timestamp,
    ) -> Result<Option<(String, Timestamp)>> {
        let (what, subject) = leased.key();
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT operator, since FROM leases
                 WHERE what = $1 AND subject = $2 AND operator <> $3 AND expires_at > $4",
            )
            .bind(what)
            .bind(subject)
            .bind(operator)
            .bind(now)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Says that `operator` has it open until `until`, whoever had it before.
    pub async fn take_lease(
        &mut self,
        leased: Leased,
        operator: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<()> {
        let (what, subject) = leased.key();
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO leases (what, subject, operator, since, expires_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (what, subject) DO UPDATE
                 SET operator = excluded.operator, since = excluded.since,
                     expires_at = excluded.expires_at",
            )
            .bind(what)
            .bind(subject)
            .bind(operator)
            .bind(now)
            .bind(until)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Until when this operator has it open already; nothing where that isn't so.
    pub async fn own_lease(
        &mut self,
        leased: Leased,
        operator: &str,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let (what, subject) = leased.key();
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT expires_at FROM leases
                 WHERE what = $1 AND subject = $2 AND operator = $3 AND expires_at > $4",
            )
            .bind(what)
            .bind(subject)
            .bind(operator)
            .bind(now)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Gives up what `operator` has open.
    pub async fn end_lease(&mut self, leased: Leased, operator: &str) -> Result<()> {
        let (what, subject) = leased.key();
        on!(self, |conn| {
            sqlx::query("DELETE FROM leases WHERE what = $1 AND subject = $2 AND operator = $3")
                .bind(what)
                .bind(subject)
                .bind(operator)
                .execute(conn)
                .await?;
        });
        Ok(())
    }
}
