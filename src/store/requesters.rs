//! Who may ask for a reset.

use super::reach::region_reached;
use super::{Result, Tx, on};
use crate::domain::address::WorkAddress;
use crate::domain::capacity::Capacity;
use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;

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

const SELECT: &str = concat!(
    "SELECT q.id, q.work_email, q.name, q.capacity, o.code AS organisation,
            o.name AS organisation_name, q.organisation_id, r.code AS region,
            q.valid_from, q.valid_until, q.address_since, q.ended_at
     FROM requesters q
     JOIN organisations o ON o.id = q.organisation_id
     JOIN regions r ON r.id = o.region_id
     WHERE ($1 IS NULL OR q.work_email = $1)
       AND ($2 IS NULL OR o.code = $2)
       AND ",
    region_reached!("o.region_id", "$4"),
    " ORDER BY q.work_email, q.id LIMIT $3"
);

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
        Ok(on!(self, |conn| {
            sqlx::query_as(SELECT)
                .bind(address)
                .bind(organisation.map(OrganisationCode::as_str))
                .bind(limit)
                .bind(reach.holder())
                .fetch_all(conn)
                .await?
        }))
    }
}
