//! Tokens that end and keys that grow old.

use jiff::SignedDuration;

use super::figure::Figure;
use super::finding::Finding;
use crate::desk::{Desk, Result};
use crate::domain::timestamp::Timestamp;
use crate::store::operator::TokenEnd;
use crate::store::{SealingKeyRow, Tx};

/// How many days before its end a token is told of: time enough for whoever is on leave.
const AHEAD: i64 = 14;
/// After how many days a sealing key is old.
const YEAR: i64 = 366;

const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// The tokens that scripts and services work by.
pub(super) async fn tokens(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    Ok(ending(&tx.token_ends().await?, desk.now))
}

fn ending(ends: &[TokenEnd], now: Timestamp) -> Finding {
    const NAME: &str = "tokens";
    // A script whose token ended long ago isn't used any more; a service whose token did stands still.
    let is_told = |end: &&TokenEnd| {
        let left = end.expires_at.since(now);
        left < days(AHEAD) && (end.job.is_some() || left > SignedDuration::ZERO)
    };
    let told: Vec<String> = ends
        .iter()
        .filter(is_told)
        .map(|end| format!("{} until {:.0}", end.login, end.expires_at))
        .collect();
    let finding = if told.is_empty() {
        let next = ends
            .iter()
            .map(|end| end.expires_at)
            .filter(|end| *end > now)
            .min();
        let detail = match next {
            Some(next) => format!("the next one ends at {next:.0}"),
            None => "nobody works by a token".to_owned(),
        };
        Finding::ok(NAME, detail)
    } else {
        let detail = format!("ending within {AHEAD} days, or ended: {}", told.join(", "));
        let mend = "a service: run `balie service add NAME --job JOB` again, and put the new token in its place; a script: \
                    `balie operator token add`";
        Finding::warn(NAME, detail, mend)
    };
    let services = ends.iter().filter_map(|end| {
        let job = end.job?;
        let figure = Figure::new(
            "balie_token_end_timestamp_seconds",
            "When the token of a service ends.",
            end.expires_at.as_seconds(),
        );
        Some(figure.of("service", &end.login).of("job", job.as_str()))
    });
    finding.with(services)
}

/// How long secrets have been sealed under the newest key.
pub(super) async fn key_age(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    Ok(aged(&tx.sealing_keys().await?, desk.now))
}

fn aged(keys: &[SealingKeyRow], now: Timestamp) -> Finding {
    const NAME: &str = "key age";
    let newest = keys.iter().rfind(|key| key.retired_at.is_none());
    let Some(newest) = newest else {
        return Finding::ok(NAME, "there is no sealing key");
    };
    let age = now.since(newest.created_at);
    let detail = format!("the newest sealing key is {} days old", age.as_hours() / 24);
    let finding = if age > days(YEAR) {
        let mend = "balie key rotate, and copy the key file to every machine and to the safe";
        Finding::warn(NAME, detail, mend)
    } else {
        Finding::ok(NAME, detail)
    };
    finding.with([Figure::new(
        "balie_sealing_key_created_timestamp_seconds",
        "When the newest sealing key was made.",
        newest.created_at.as_seconds(),
    )])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Health;
    use crate::domain::operator::job::Job;

    #[test]
    fn a_token_is_told_of_before_it_ends_and_that_of_a_service_after_it() {
        let now: Timestamp = "2026-12-02T12:00:00Z".parse().unwrap();
        for (left, job, health) in [
            (15, Some(Job::Send), Health::Ok),
            (13, Some(Job::Send), Health::Warn),
            (-40, Some(Job::Send), Health::Warn),
            (13, None, Health::Warn),
            (-1, None, Health::Ok),
        ] {
            let end = TokenEnd {
                login: "post".into(),
                job,
                expires_at: now.plus(days(left)),
            };
            let finding = ending(&[end], now);
            assert_eq!(finding.health, health, "{left} {job:?}");
            assert_eq!(finding.figures.len(), usize::from(job.is_some()));
        }
    }

    #[test]
    fn a_key_grows_old_in_a_year() {
        let now: Timestamp = "2026-12-02T12:00:00Z".parse().unwrap();
        let key = |age: i64| SealingKeyRow {
            key_id: "k".into(),
            check_value: Vec::new(),
            created_at: now.plus(days(-age)),
            retired_at: None,
        };
        assert_eq!(aged(&[key(400), key(360)], now).health, Health::Ok);
        assert_eq!(aged(&[key(400)], now).health, Health::Warn);
    }
}
