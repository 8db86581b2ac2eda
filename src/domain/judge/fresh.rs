//! Sent not long ago, by its own date and by our mailbox's.

use super::finding::{Finding, pass, reject};
use super::{CLOCK_AHEAD, Case};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let Some(date) = case.evidence.date else {
        return reject("it has no date that can be read");
    };
    let age = case.now.since(date);
    if age.as_secs() < -CLOCK_AHEAD {
        return reject(format!("its date {date:.0} lies in the future"));
    }
    let arrived = case.evidence.intake.arrived_at();
    let oldest = arrived.map_or(age, |arrived| age.max(case.now.since(arrived)));
    let hours = oldest.as_secs() / 3600;
    let most = case.policy.max_age_hours;
    if hours >= i64::from(most) {
        return reject(format!(
            "it's {hours} hours old, more than {most}: ask for a new mail"
        ));
    }
    pass(match hours {
        0 => "sent within the last hour".to_owned(),
        1 => "sent an hour ago".to_owned(),
        hours => format!("sent {hours} hours ago"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::evidence::Intake;
    use crate::domain::timestamp::Timestamp;
    use crate::domain::verdict::Verdict;

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
        assert_eq!(sent(-301), Verdict::Rejected);
        let undated = Sample::with(|sample| sample.evidence.date = None);
        assert_eq!(undated.look(check).allows, Verdict::Rejected);
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
