//! How long an operator's next login waits after wrong ones (rule 20). It's never a lock: whoever may log in
//! can, a quarter of an hour later at most, whatever strangers tried.

use jiff::SignedDuration;

use crate::domain::timestamp::Timestamp;

/// The wrong login in a row that is the first to make the next one wait.
pub const FROM: i64 = 5;
/// The first wait, in seconds.
const FIRST: i64 = 30;
/// The longest, in seconds.
const LONGEST: i64 = 15 * 60;

/// Until when the next login waits after so many wrong ones in a row; nothing when it needn't.
#[must_use]
pub fn waits_until(wrong: i64, now: Timestamp) -> Option<Timestamp> {
    let doublings = u32::try_from((wrong - FROM).min(5)).ok()?;
    let wait = FIRST << doublings;
    Some(now.plus(SignedDuration::from_secs(wait.min(LONGEST))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_fifth_on_the_wait_doubles_to_a_quarter_of_an_hour() {
        let now = Timestamp::from_seconds(0);
        for free in [0, 1, 4] {
            assert_eq!(waits_until(free, now), None);
        }
        let waits = [30, 60, 120, 240, 480, 900, 900];
        for (wrong, seconds) in (5..).zip(waits) {
            assert_eq!(
                waits_until(wrong, now),
                Some(Timestamp::from_seconds(seconds))
            );
        }
        assert_eq!(
            waits_until(i64::MAX, now),
            Some(Timestamp::from_seconds(900))
        );
    }
}
