//! Sent not long ago, by its own date and by our mailbox's.

use jiff::SignedDuration;

use super::case::Case;
use super::conditions::CLOCK_AHEAD;
use super::finding::{Finding, doubt, pass, reject};

/// How far ahead a date may be, in seconds, before it can't be explained by a wrong clock.
const A_DAY: i64 = 24 * 3600;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let arrived = case.evidence.intake.arrived_at();
    let lay = arrived.map_or(SignedDuration::ZERO, |arrived| case.now.since(arrived));
    let Some(date) = case.evidence.date else {
        let shown = case.evidence.date_fault.as_deref().unwrap_or("none at all");
        return match too_old(case, lay) {
            Some(found) => found,
            None => doubt(format!("its date can't be read: {shown}")),
        };
    };
    let age = case.now.since(date);
    if age.as_secs() < -A_DAY {
        return reject(format!("its date {date:.0} lies in the future"));
    }
    if age.as_secs() < -CLOCK_AHEAD {
        return doubt(format!("its date {date:.0} lies ahead of our clock"));
    }
    let oldest = age.max(lay);
    if let Some(found) = too_old(case, oldest) {
        return found;
    }
    let hours = oldest.as_secs() / 3600;
    pass(match hours {
        0 => "sent within the last hour".to_owned(),
        1 => "sent an hour ago".to_owned(),
        hours => format!("sent {hours} hours ago"),
    })
}

fn too_old(case: &Case<'_>, age: SignedDuration) -> Option<Finding> {
    let (hours, most) = (age.as_secs() / 3600, case.policy.max_age_hours);
    (hours >= i64::from(most)).then(|| {
        reject(format!(
            "it's {hours} hours old, more than {most}: ask for a new mail"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::evidence::Intake;
    use crate::domain::request::verdict::Verdict;
    use crate::domain::timestamp::Timestamp;

    fn sent(seconds_ago: i64) -> Verdict {
        let sample = Sample::with(|sample| {
            let at = sample.now.as_seconds() - seconds_ago;
            sample.evidence.date = Some(Timestamp::from_seconds(at));
        });
        sample.look(check).allows
    }

    #[test]
    fn too_old_and_too_new_are_rejected() {
        assert_eq!(sent(72 * 3600 - 1), Verdict::Verified);
        assert_eq!(sent(72 * 3600), Verdict::Rejected);
        assert_eq!(sent(-300), Verdict::Verified);
        assert_eq!(sent(-301), Verdict::Challenge);
        assert_eq!(sent(-24 * 3600), Verdict::Challenge);
        assert_eq!(sent(-24 * 3600 - 1), Verdict::Rejected);
        let undated = Sample::with(|sample| sample.evidence.date = None);
        assert_eq!(undated.look(check).allows, Verdict::Challenge);
    }

    #[test]
    fn a_mail_that_lay_in_the_mailbox_for_long_is_old_whatever_it_says() {
        let lay = Sample::with(|sample| {
            let at = sample.now.as_seconds() - 100 * 3600;
            sample.evidence.intake = Intake::Imap {
                mailbox: "INBOX".into(),
                uid_validity: 1,
                uid: 1,
                internal_date: Some(Timestamp::from_seconds(at)),
            };
        });
        assert_eq!(lay.look(check).allows, Verdict::Rejected);
    }
}
