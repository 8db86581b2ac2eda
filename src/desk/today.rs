//! `balie` alone: what waits today, for whom, and since when.

use jiff::SignedDuration;
use serde_json::json;

use super::bulk::waits_for_a_yes;
use super::request::{has_own_yes, look_for_second_operators};
use super::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::operator::Role;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::request::{QueueFilter, WaitingCount};

/// Of how many requests and plans it's looked up whether a second operator has to say yes.
const LOOKED_INTO: i64 = 25;
/// For how long a mail that bounced is news.
const NEWS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What waits.
#[derive(Clone, Debug)]
pub struct Today {
    /// The requests that wait, by region and by what for.
    pub counts: Vec<WaitingCount>,
    /// Requests that wait for this operator's yes, or somebody else's who may say it.
    pub requests_for_my_yes: usize,
    /// Plans that do.
    pub plans_for_my_yes: usize,
    /// Break-glass cases of others that this operator may complete.
    pub cases_for_my_yes: i64,
    /// Mails that were given up in the last week.
    pub bounced: i64,
    /// Enrollment windows that close before the day is over.
    pub windows_today: i64,
}

impl Today {
    /// The requests that wait for the desk: for whoever is next.
    pub fn for_desk(&self) -> impl Iterator<Item = &WaitingCount> {
        self.counts.iter().filter(|count| count.waits_for != "code")
    }

    /// How many requests wait for this.
    #[must_use]
    pub fn waiting_for(&self, what: &str) -> i64 {
        let such = self.counts.iter().filter(|count| count.waits_for == what);
        such.map(|count| count.requests).sum()
    }
}

/// What waits today, of what the operator reaches.
pub async fn today(desk: &mut Desk<'_>) -> Result<Today> {
    let (mut tx, operator) = desk.begin(Action::RequestRead).await?;
    let now = desk.now;
    let counts = tx.waiting_counts(&desk.reach, now).await?;
    let today = Today {
        requests_for_my_yes: requests_for_a_yes(desk, &mut tx, operator.role, &counts).await?,
        plans_for_my_yes: plans_for_a_yes(desk, &mut tx, operator.role).await?,
        cases_for_my_yes: if operator.role.may(Action::BreakGlassReset) {
            tx.cases_of_others(&desk.reach, &desk.operator, now).await?
        } else {
            0
        },
        bounced: tx.bounced_since(&desk.reach, now.plus(-NEWS)).await?,
        windows_today: tx
            .windows_closing(&desk.reach, now, end_of_day(now))
            .await?,
        counts,
    };
    let event = desk.event(Action::RequestRead, json!({ "today": true }));
    desk.commit(tx, event).await?;
    Ok(today)
}

async fn requests_for_a_yes(
    desk: &Desk<'_>,
    tx: &mut Tx,
    role: Role,
    counts: &[WaitingCount],
) -> Result<usize> {
    let is_any = counts.iter().any(|count| count.waits_for == "reset");
    if !is_any || !role.may(Action::RequestApprove) {
        return Ok(0);
    }
    let ready = QueueFilter {
        status: Some("ready"),
        ..QueueFilter::default()
    };
    let (reach, reader) = (&desk.reach, desk.operator.as_str());
    let mut rows = tx
        .waiting_requests(reach, reader, &ready, LOOKED_INTO, desk.now)
        .await?;
    look_for_second_operators(desk, tx, &mut rows).await?;
    let mut waiting = 0;
    for row in &rows {
        let waits = row.waits_for.as_deref() == Some("yes");
        waiting += usize::from(waits && !has_own_yes(desk, tx, row).await?);
    }
    Ok(waiting)
}

async fn plans_for_a_yes(desk: &Desk<'_>, tx: &mut Tx, role: Role) -> Result<usize> {
    if !role.may(Action::BulkApprove) {
        return Ok(0);
    }
    let mut waiting = 0;
    for plan in tx.plans(&desk.reach, None, LOOKED_INTO).await? {
        waiting += usize::from(waits_for_a_yes(desk, tx, &plan).await?);
    }
    Ok(waiting)
}

/// Midnight where the desk is.
fn end_of_day(now: Timestamp) -> Timestamp {
    let tomorrow = now.at_the_desk().tomorrow();
    let midnight = tomorrow.and_then(|tomorrow| tomorrow.start_of_day());
    midnight.map_or_else(
        |_| now.plus(SignedDuration::from_hours(24)),
        |midnight| Timestamp::from(midnight.timestamp()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_ends_at_midnight_where_the_desk_is() {
        for (now, end) in [
            ("2026-12-01T10:00:00Z", "2026-12-01T23:00:00Z"),
            ("2026-12-01T23:30:00Z", "2026-12-02T23:00:00Z"),
            ("2026-07-01T22:30:00Z", "2026-07-02T22:00:00Z"),
        ] {
            let at = |text: &str| Timestamp::from(text.parse::<jiff::Timestamp>().unwrap());
            assert_eq!(end_of_day(at(now)), at(end), "{now}");
        }
    }
}
