//! What keeps a desk safe and has to be done again and again: when it was done last.

use jiff::SignedDuration;

use super::figure::Figure;
use super::finding::Finding;
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::operator::job::Job;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;

/// Something that a timer does.
struct Chore {
    name: &'static str,
    /// How it's said that it was done.
    done: &'static str,
    /// After how long it's late.
    late: SignedDuration,
    mend: &'static str,
    /// What its last time is called by whoever watches the desk.
    figure: &'static str,
    help: &'static str,
}

/// A day and an hour: what is done nightly isn't late while it's being done.
const NIGHTLY: SignedDuration = SignedDuration::from_hours(25);
/// A timer empties the mailbox every minute.
const FETCH: Chore = Chore {
    name: "fetch",
    done: "the mailbox was last looked into at",
    late: SignedDuration::from_mins(30),
    mend: "balie mailbox fetch, every minute (a service with the job `fetch`)",
    figure: "balie_last_fetch_timestamp_seconds",
    help: "When the mailbox was last looked into.",
};
/// Those that are found in the log.
const CHORES: [(Action, Chore); 3] = [
    (
        Action::AuditPrune,
        Chore {
            name: "prune",
            done: "what is past its time was last looked for at",
            late: NIGHTLY,
            mend: "balie audit prune, daily (a service with the job `prune`)",
            figure: "balie_last_prune_timestamp_seconds",
            help: "When what is past its time was last looked for, and erased.",
        },
    ),
    (
        Action::Backup,
        Chore {
            name: "backup",
            done: "the last copy of the desk was made at",
            late: NIGHTLY,
            mend: "balie backup DIR --keep N, hourly (a service with the job `backup`), and take the copies to another machine",
            figure: "balie_last_backup_timestamp_seconds",
            help: "When the last copy of the desk was made.",
        },
    ),
    (
        Action::AuditCheckpoint,
        Chore {
            name: "checkpoint",
            done: "the log was last signed at",
            late: NIGHTLY,
            mend: "balie audit checkpoint --out FILE, daily (a service with the job `checkpoint`), and keep it on another machine",
            figure: "balie_last_checkpoint_timestamp_seconds",
            help: "When the log was last signed.",
        },
    ),
];

/// A finding for each. On an open desk, which is there to try things out, nothing is late.
pub(super) async fn work(desk: &Desk<'_>, tx: &mut Tx) -> Result<Vec<Finding>> {
    let closed = tx.desk_is_closed().await?;
    let mut findings = Vec::with_capacity(CHORES.len() + 1);
    // A desk without a mailbox takes mails as files.
    if let Some(last) = tx.last_fetch().await? {
        findings.push(judged(&FETCH, Some(last), desk.now, closed));
    }
    for (action, chore) in &CHORES {
        let mut last = tx.last_of(*action).await?;
        // A service that finds nothing to erase writes no line.
        if matches!(action, Action::AuditPrune) {
            last = last.max(tx.token_last_used(Job::Prune).await?);
        }
        findings.push(judged(chore, last, desk.now, closed));
    }
    Ok(findings)
}

fn judged(chore: &Chore, last: Option<Timestamp>, now: Timestamp, closed: bool) -> Finding {
    let found = match last {
        Some(last) => format!("{} {last:.0}", chore.done),
        None => "never done yet".to_owned(),
    };
    let is_late = last.is_none_or(|last| now.since(last) > chore.late);
    let finding = if closed && is_late {
        Finding::warn(chore.name, found, chore.mend)
    } else {
        Finding::ok(chore.name, found)
    };
    finding.with(Figure::at(chore.figure, chore.help, last))
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
            let finding = judged(&CHORES[0].1, after.map(|_| last), now, closed);
            assert_eq!(finding.health, health, "{after:?} {closed}");
            assert_eq!(finding.mend.is_empty(), health == Health::Ok);
        }
    }
}
