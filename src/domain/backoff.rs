//! When a mail that wasn't taken is tried again.

use super::timestamp::Timestamp;
use jiff::SignedDuration;

/// Minutes until the next try, after the first, second, … failure; then daily for five days.
const MINUTES: [i64; 10] = [1, 5, 15, 60, 240, 1440, 1440, 1440, 1440, 1440];

/// When to try again after `attempts` failures; nothing when it's time to give up.
#[must_use]
pub fn next_try(attempts: i64, now: Timestamp) -> Option<Timestamp> {
    let index = usize::try_from(attempts.max(1) - 1).ok()?;
    MINUTES
        .get(index)
        .map(|minutes| now.plus(SignedDuration::from_mins(*minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends_after_days() {
        let now = Timestamp::from_seconds(0);
        assert_eq!(next_try(1, now), Some(Timestamp::from_seconds(60)));
        assert_eq!(next_try(5, now), Some(Timestamp::from_seconds(240 * 60)));
        assert!(next_try(10, now).is_some());
        assert_eq!(next_try(11, now), None);
    }
}
