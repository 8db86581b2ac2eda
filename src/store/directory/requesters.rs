//! Who may ask for a reset.

use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::directory::address::WorkAddress;
use crate::domain::directory::capacity::Capacity;
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::region_reached;
use crate::store::{Applied, Result, Tx, on};

/// A person in one capacity at one organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RequesterRow {
    /// The internal id.
    pub id: i64,
    /// The work address.
    pub work_email: WorkAddress,
    /// The name.
    pub name: String,
    /// In what capacity.
    pub capacity: Capacity,
    /// The organisation's code.
    pub organisation: OrganisationCode,
    /// The organisation's name.
    pub organisation_name: String,
    /// The organisation's internal id.
    pub organisation_id: i64,
    /// The organisation's region.
    pub region: RegionCode,
    /// From when on.
    pub valid_from: Option<Timestamp>,
    /// Until when, that instant not included.
    pub valid_until: Option<Timestamp>,
    /// Since when the address is on file; nothing for the baseline.
    pub address_since: Option<Timestamp>,
    /// When the desk ended it.
    pub ended_at: Option<Timestamp>,
    /// When somebody last looked whether it's still right.
    pub reviewed_at: Option<Timestamp>,
    /// Who.
    pub reviewed_by: Option<String>,
}

/// Somebody to be put on file.
#[derive(Clone, Copy, Debug)]
pub struct RequesterToAdd<'r> {
    /// The work address.
    pub work_email: &'r WorkAddress,
    /// The name.
    pub name: &'r str,
    /// In what capacity.
    pub capacity: Capacity,
    /// The organisation's internal id.
    pub organisation: i64,
    /// From when on.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Option<Timestamp>,
}

impl RequesterRow {
    /// Whether this person may ask at `now`.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.valid_from.is_none_or(|from| from <= now)
            && self.valid_until.is_none_or(|until| now < until)
            && self.ended_at.is_none()
    }

    /// Whether the address came on file less than `days` before `now` (rule 9).
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp, days: u32) -> bool {
        self.address_since
            .is_some_and(|since| now < since.plus_hours(days.saturating_mul(24)))
    }
}

macro_rules! requesters {
    () => {
        "SELECT q.id, q.work_email, q.name, q.capacity, o.code AS organisation,
            o.name AS organisation_name, q.organisation_id, r.code AS region,
            q.valid_from, q.valid_until, q.address_since, q.ended_at,
            q.reviewed_at, q.reviewed_by
     FROM requesters q
     JOIN organisations o ON o.id = q.organisation_id
     JOIN regions r ON r.id = o.region_id "
    };
    ($which:literal) => {
        concat!(
            requesters!(),
            "WHERE ",
            $which,
            " AND ",
            region_reached!("o.region_id", "$4"),
            " ORDER BY q.work_email, q.id LIMIT $3"
        )
    };
}

// One text a question: SQLite finds no index for "given, or all".
const BY_ID: &str = concat!(requesters!(), "WHERE q.id = $1");
const BY_ADDRESS: &str = requesters!("q.work_email = $1 AND ($2 IS NULL OR o.code = $2)");
const OF_ORGANISATION: &str = requesters!("$1 IS NULL AND o.code = $2");
const ALL: &str = requesters!("$1 IS NULL AND $2 IS NULL");

impl Tx {
    /// The requesters with that address, or of that organisation, or all that `reach` reaches. Who
    /// asks what they may ask passes [`Reach::Everywhere`]: authority doesn't hang on who looks.
    pub async fn requesters(
        &mut self,
        reach: &Reach,
        address: Option<&str>,
        organisation: Option<&OrganisationCode>,
        limit: i64,
    ) -> Result<Vec<RequesterRow>> {
        let which = match (address, organisation) {
            (Some(_), _) => BY_ADDRESS,
            (None, Some(_)) => OF_ORGANISATION,
            (None, None) => ALL,
        };
        Ok(on!(self, |conn| {
            sqlx::query_as(which)
                .bind(address)
                .bind(organisation.map(OrganisationCode::as_str))
                .bind(limit)
                .bind(reach.holder())
                .fetch_all(conn)
                .await?
        }))
    }

    /// The requester with that internal id.
    pub async fn requester_by_id(&mut self, id: i64) -> Result<Option<RequesterRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?
        }))
    }

    /// Requesters that may ask at `now`, and that nobody looked at since `before`. The baseline is as old
    /// as the desk.
    pub async fn requesters_due(
        &mut self,
        reach: &Reach,
        organisation: Option<&OrganisationCode>,
        before: Timestamp,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<RequesterRow>> {
        let known: Vec<i64> = on!(&mut *self, |conn| {
            sqlx::query_scalar(
                "SELECT q.id FROM requesters q
                 WHERE COALESCE(q.reviewed_at, q.address_since, (SELECT created_at FROM desk)) < $1
                   AND q.ended_at IS NULL
                   AND (q.valid_from IS NULL OR q.valid_from <= $2)
                   AND (q.valid_until IS NULL OR q.valid_until > $2)",
            )
            .bind(before)
            .bind(now)
            .fetch_all(conn)
            .await?
        });
        let known: std::collections::HashSet<i64> = known.into_iter().collect();
        let mut due = self.requesters(reach, None, organisation, i64::MAX).await?;
        due.retain(|requester| known.contains(&requester.id));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }

    /// Puts a requester on file; false when it's there and may ask. The address counts as new from now.
    pub async fn add_requester(
        &mut self,
        new: RequesterToAdd<'_>,
        now: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "INSERT INTO requesters
                   (work_email, name, capacity, organisation_id, valid_from, valid_until, address_since)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (work_email, capacity, organisation_id) DO UPDATE
                 SET name = excluded.name, valid_from = excluded.valid_from,
                     valid_until = excluded.valid_until, address_since = excluded.address_since,
                     ended_at = NULL, reviewed_at = NULL, reviewed_by = NULL
                 WHERE requesters.ended_at IS NOT NULL OR requesters.valid_until <= $7",
            )
            .bind(new.work_email)
            .bind(new.name)
            .bind(new.capacity)
            .bind(new.organisation)
            .bind(new.valid_from)
            .bind(new.valid_until)
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// From `now` on it may not ask.
    pub async fn end_requester(&mut self, id: i64, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("UPDATE requesters SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
                .bind(now)
                .bind(id)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// Somebody looked, and it's right.
    pub async fn requester_reviewed(&mut self, id: i64, by: &str, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("UPDATE requesters SET reviewed_at = $1, reviewed_by = $2 WHERE id = $3")
                .bind(now)
                .bind(by)
                .bind(id)
                .execute(conn)
                .await?;
        });
        Ok(())
    }
}
