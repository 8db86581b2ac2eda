//! What keeps a desk safe and has to be done again and again: when it was done last.

use jiff::SignedDuration;

use super::finding::Finding;
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;

/// Something that a timer does.
struct Chore {
    name: &'static str,
    action: Action,
    /// How it's said that it was done.
    done: &'static str,
    /// After how many hours it's late.
    hours: i64,
    mend: &'static str,
}

/// A day and an hour: what is done nightly isn't late while it's being done.
const NIGHTLY: i64 = 25;
const CHORES: [Chore; 2] = [
    Chore {
        name: "backup",
        action: Action::Backup,
        done: "the last copy of the desk was made",
        hours: NIGHTLY,
        mend: "balie backup DIR --keep N, hourly (a service with the job `backup`), and take the copies to another machine",
    },
    Chore {
        name: "checkpoint",
        action: Action::AuditCheckpoint,
        done: "the log was last signed",
        hours: NIGHTLY,
        mend: "balie audit checkpoint --out FILE, daily (a service with the job `checkpoint`), and keep it on another machine",
    },
];

/// A finding for each. On an open desk, which is there to try things out, nothing is late.
pub(super) async fn work(desk: &Desk<'_>, tx: &mut Tx) -> Result<Vec<Finding>> {
    let closed = tx.desk_is_closed().await?;
    let mut findings = Vec::with_capacity(CHORES.len());
    for chore in &CHORES {
        let last = tx.last_of(chore.action).await?;
        findings.push(judged(chore, last, desk.now, closed));
    }
    Ok(findings)
}

fn judged(chore: &Chore, last: Option<Timestamp>, now: Timestamp, closed: bool) -> Finding {
    let found = match last {
        Some(last) => format!("{} at {last:.0}", chore.done),
        None => "never done yet".to_owned(),
    };
    let is_late = last.is_none_or(|last| now.since(last) > SignedDuration::from_hours(chore.hours));
    if closed && is_late {
        Finding::warn(chore.name, found, chore.mend)
    } else {
        Finding::ok(chore.name, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Health;

    #[test]
    fn what_was_not_done_for_a_day_is_late_on_a_closed_desk() {
        let last: Timestamp = "2026-12-01T03:00:00Z".parse().unwrap();
        for (after, closed, health) in [
            (Some(25), true, Health::Ok),
            (Some(26), true, Health::Warn),
            (Some(26), false, Health::Ok),
            (None, true, Health::Warn),
            (None, false, Health::Ok),
        ] {
            let now = last.plus_hours(after.unwrap_or_default());
            let finding = judged(&CHORES[0], after.map(|_| last), now, closed);
            assert_eq!(finding.health, health, "{after:?} {closed}");
            assert_eq!(finding.mend.is_empty(), health == Health::Ok);
        }
    }
}
