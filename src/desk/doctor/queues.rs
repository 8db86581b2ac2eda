//! What waits to be done: requests for an operator, mails for a server.

use jiff::SignedDuration;

use super::figure::Figure;
use super::finding::Finding;
use crate::desk::{Desk, Result};
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::mail::OutboxStanding;

/// After how many hours a request waits too long: it expires after two days, unless configured otherwise.
const LONG: i64 = 24;
/// After how many minutes a due mail is late.
const LATE: i64 = 15;

/// The requests that wait for the desk; those that wait for a code wait for their requester.
pub(super) async fn requests(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    let counts = tx.waiting_counts(&desk.reach, desk.now).await?;
    let for_desk = counts.iter().filter(|count| count.waits_for != "code");
    let waiting = for_desk.clone().map(|count| count.requests).sum();
    let oldest = for_desk.map(|count| count.oldest_at).min();
    let closed = tx.desk_is_closed().await?;
    Ok(waited(waiting, oldest, desk.now, closed))
}

fn waited(waiting: i64, oldest: Option<Timestamp>, now: Timestamp, closed: bool) -> Finding {
    const NAME: &str = "requests";
    let detail = match oldest {
        Some(oldest) => format!("{waiting} wait(s) for the desk, the oldest since {oldest:.0}"),
        None => "none waits for the desk".to_owned(),
    };
    let is_long = oldest.is_some_and(|at| now.since(at) > SignedDuration::from_hours(LONG));
    let finding = if closed && is_long {
        let mend = "balie next, before it expires";
        Finding::warn(NAME, detail, mend)
    } else {
        Finding::ok(NAME, detail)
    };
    let count = Figure::new(
        "balie_requests_waiting",
        "Requests that wait for the desk.",
        waiting,
    );
    let since = Figure::at(
        "balie_oldest_waiting_request_timestamp_seconds",
        "When the oldest request came in that waits for the desk.",
        oldest,
    );
    finding.with([count]).with(since)
}

/// The mails that wait, and those that were given up.
pub(super) async fn outbox(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    let standing = tx.outbox_standing(desk.now).await?;
    Ok(sent(&standing, desk.now))
}

fn sent(standing: &OutboxStanding, now: Timestamp) -> Finding {
    const NAME: &str = "outbox";
    let late = standing
        .oldest_due_at
        .filter(|due| now.since(*due) > SignedDuration::from_mins(LATE));
    let finding = if standing.failed > 0 {
        let detail = format!(
            "{} mail(s) couldn't be delivered: their recipients don't know what was done",
            standing.failed
        );
        Finding::warn(NAME, detail, "see `balie outbox list`, and phone them")
    } else if let Some(since) = late {
        let detail = format!(
            "{} mail(s) wait, the oldest since {since:.0}: more than a quarter of an hour",
            standing.due
        );
        let mend = "balie outbox send, every minute (a service with the job `send`)";
        Finding::warn(NAME, detail, mend)
    } else if standing.due + standing.put_off > 0 {
        let detail = format!(
            "{} mail(s) are due, {} are tried again later",
            standing.due, standing.put_off
        );
        Finding::ok(NAME, detail)
    } else {
        Finding::ok(NAME, "nothing waits")
    };
    finding
        .with([
            Figure::new("balie_mails_due", "Mails that are due.", standing.due),
            Figure::new(
                "balie_mails_put_off",
                "Mails that weren't taken, and are tried again later.",
                standing.put_off,
            ),
            Figure::new(
                "balie_mails_failed",
                "Mails that were given up, until they are pruned.",
                standing.failed,
            ),
        ])
        .with(Figure::at(
            "balie_oldest_due_mail_timestamp_seconds",
            "Since when the oldest mail is due.",
            standing.oldest_due_at,
        ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Health;

    #[test]
    fn what_waits_too_long_is_told_with_since_when() {
        let now: Timestamp = "2026-12-02T12:00:00Z".parse().unwrap();
        let ago = |minutes: i64| Some(now.plus(SignedDuration::from_mins(-minutes)));
        for (oldest, closed, health) in [
            (ago(23 * 60), true, Health::Ok),
            (ago(25 * 60), true, Health::Warn),
            (ago(25 * 60), false, Health::Ok),
            (None, true, Health::Ok),
        ] {
            let finding = waited(i64::from(oldest.is_some()), oldest, now, closed);
            assert_eq!(finding.health, health, "{oldest:?} {closed}");
            assert_eq!(finding.figures.len(), 1 + usize::from(oldest.is_some()));
        }
        for (due, oldest_due_at, failed, health) in [
            (0, None, 0, Health::Ok),
            (3, ago(14), 0, Health::Ok),
            (3, ago(16), 0, Health::Warn),
            (0, None, 1, Health::Warn),
        ] {
            let standing = OutboxStanding {
                due,
                oldest_due_at,
                put_off: 1,
                failed,
            };
            assert_eq!(sent(&standing, now).health, health, "{standing:?}");
        }
    }
}
