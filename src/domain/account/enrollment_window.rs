//! The enrollment window, and when its holder is reminded that it closes (rule 4).

use crate::domain::text_value::text_enum;
use crate::domain::timestamp::Timestamp;

text_enum! {
    /// A reminder; each is sent once a window.
    Reminder, UnknownReminder, "reminder", {
        /// Half of the window is over.
        Halfway = "halfway",
        /// A sixth of the window is left: the last twelve hours of 72.
        Last = "last",
    }
}

/// The reminder that is due at `now` for a window of `hours` that closes at `enroll_by`, when `sent` is
/// the last one that went out.
#[must_use]
pub fn reminder_due(
    enroll_by: Timestamp,
    hours: u32,
    sent: Option<Reminder>,
    now: Timestamp,
) -> Option<Reminder> {
    let left = enroll_by.since(now).as_secs();
    let window = i64::from(hours) * 3600;
    let due = if left <= 0 || left * 2 > window {
        None
    } else if left * 6 > window {
        Some(Reminder::Halfway)
    } else {
        Some(Reminder::Last)
    };
    due.filter(|due| sent.is_none_or(|sent| sent < *due))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reminder_is_due_once_in_its_time() {
        let enroll_by = Timestamp::from_seconds(72 * 3600);
        let at = |hours: i64, sent| {
            reminder_due(enroll_by, 72, sent, Timestamp::from_seconds(hours * 3600))
        };
        assert_eq!(at(35, None), None);
        assert_eq!(at(36, None), Some(Reminder::Halfway));
        assert_eq!(at(59, Some(Reminder::Halfway)), None);
        assert_eq!(at(60, Some(Reminder::Halfway)), Some(Reminder::Last));
        assert_eq!(at(61, Some(Reminder::Last)), None);
        assert_eq!(at(70, None), Some(Reminder::Last));
        assert_eq!(at(72, None), None);
    }
}
