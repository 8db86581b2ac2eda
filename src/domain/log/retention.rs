//! How long personal detail is kept (GDPR, article 5(1)(e)).

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::domain::timestamp::Timestamp;

/// The log's details are kept so long at least, in months: attackers may be inside for as long. The
/// database itself keeps them for 180 days, whatever the config says.
pub const LOG_MONTHS_AT_LEAST: u32 = 6;

/// What the database itself keeps them for, and what the log's own times have to show.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// What the config says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// How long the details of the log are kept, in months.
    pub log_months: u32,
    /// How long mails are kept, with what was gathered from them, in days.
    pub mails_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            log_months: 24,
            mails_days: 90,
        }
    }
}

/// Why the config's times can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRetention {
    /// The log would forget too soon.
    #[error("`[retention] log_months` is {0}, but has to be at least 6")]
    LogTooShort(u32),
}

/// What is older than these goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Of the log's details.
    pub log: Timestamp,
    /// Of mails.
    pub mails: Timestamp,
}

impl Horizon {
    /// Whether everything that goes was old enough at `then`, the last time that the log itself knows: what is
    /// young by that goes only where a clock was set forward.
    #[must_use]
    pub fn fits(self, then: Timestamp) -> bool {
        self.log <= then.plus(-KEPT_FOR)
    }
}

impl Retention {
    /// Whether the log's details are kept for as long as they have to be.
    #[must_use]
    pub const fn is_long_enough(self) -> bool {
        self.log_months >= LOG_MONTHS_AT_LEAST
    }

    /// Where the line is drawn at `now`.
    pub fn horizon(self, now: Timestamp) -> Result<Horizon, BadRetention> {
        if !self.is_long_enough() {
            return Err(BadRetention::LogTooShort(self.log_months));
        }
        let now = TimeZone::UTC.to_datetime(now.as_jiff());
        let before = |span: jiff::Span| -> Timestamp {
            // What can't be counted back is as old as time itself: nothing goes.
            let then = now.checked_sub(span).unwrap_or(DateTime::MIN);
            TimeZone::UTC
                .to_timestamp(then)
                .map_or(Timestamp::from_micros(i64::MIN), Timestamp::from)
        };
        Ok(Horizon {
            log: before(
                jiff::Span::new()
                    .try_months(self.log_months)
                    .unwrap_or_default(),
            ),
            mails: before(
                jiff::Span::new()
                    .try_days(self.mails_days)
                    .unwrap_or_default(),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        let now = "2028-02-29T12:00:00Z".parse().unwrap();
        let horizon = Retention::default().horizon(now).unwrap();
        assert_eq!(horizon.log.to_string(), "2026-02-28T12:00:00Z");
        assert_eq!(horizon.mails.to_string(), "2027-12-01T12:00:00Z");
        assert!(horizon.fits(now));
        assert!(
            horizon.fits("2027-01-01T00:00:00Z".parse().unwrap()),
            "a desk that was idle for a year"
        );
        assert!(!horizon.fits("2026-01-01T00:00:00Z".parse().unwrap()));
        let short = Retention {
            log_months: 5,
            ..Retention::default()
        };
        assert_eq!(short.horizon(now), Err(BadRetention::LogTooShort(5)));
    }
}
