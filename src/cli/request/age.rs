//! How long ago something was, in a word or two.

use crate::cli::language::said;
use crate::domain::timestamp::Timestamp;

/// The time since then, rounded down: minutes within the hour, hours within two days, then days.
pub(in crate::cli) fn age(since: Timestamp, now: Timestamp) -> String {
    let minutes = now.since(since).as_mins().max(0);
    match minutes {
        0..60 => said!("{minutes} min", minutes = minutes),
        60..2_880 => said!("{hours} h", hours = minutes / 60),
        _ => said!("{days} days", days = minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_the_unit_that_people_count_in() {
        let at = Timestamp::from_seconds(1_000_000);
        for (minutes, shown) in [
            (-5, "0 min"),
            (59, "59 min"),
            (60, "1 h"),
            (2_879, "47 h"),
            (2_880, "2 days"),
        ] {
            let now = Timestamp::from_seconds(1_000_000 + minutes * 60);
            assert_eq!(age(at, now), shown);
        }
    }
}
