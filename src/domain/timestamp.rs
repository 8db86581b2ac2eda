//! One instant, as the databases keep it.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, ZonedDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant in UTC, to the microsecond (what PostgreSQL can hold). Shown as RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole seconds since 1970-01-01T00:00:00Z; the far future where that can't be counted.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The instant `span` later (earlier when negative).
    #[must_use]
    pub fn plus(self, span: SignedDuration) -> Self {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros))
    }

    /// The instant so many hours later.
    #[must_use]
    pub fn plus_hours(self, hours: u32) -> Self {
        self.plus(SignedDuration::from_hours(i64::from(hours)))
    }

    /// The time from `earlier` until this instant; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> SignedDuration {
        SignedDuration::from_micros(self.0.saturating_sub(earlier.0))
    }

    /// A day (`2026-08-01`), or an instant. A day begins at midnight UTC; where it `ends` something, it
    /// still counts itself.
    #[must_use]
    pub fn of_day(text: &str, ends: bool) -> Option<Self> {
        if let Ok(instant) = text.parse() {
            return Some(instant);
        }
        let date: Date = text.parse().ok()?;
        let date = date.checked_add(Span::new().days(i64::from(ends))).ok()?;
        Some(TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.into())
    }

    /// The instant as clocks show it where the desk is. A machine without a time zone database tells UTC, and `%Z`
    /// says so.
    #[must_use]
    pub fn at_the_desk(self) -> ZonedDateTime {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
        self.as_jiff().to_zoned_datetime(zone)
    }

    /// The instant as jiff knows it, for calendars and time zones.
    #[must_use]
    pub fn as_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.as_microsecond())
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339; with a precision (`{:.0}`), so many digits of a second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_jiff(), f)
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<jiff::Timestamp>().map(Self::from)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
