//! Which events are meant.

use crate::cli::Failure;
use crate::cli::language::{said, told};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{parse_request, parse_username};
use crate::desk::audit::LogOrder;
use crate::domain::timestamp::Timestamp;

// Which lines of the log. Its docstring would become the command's.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Filter {
    /// Only what this operator did
    #[arg(long, value_name = "LOGIN", add = completing::operators())]
    operator: Option<String>,
    /// Only this action, such as reset
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Only what was done to this account
    #[arg(long, value_name = "USERNAME", add = completing::accounts())]
    account: Option<String>,
    /// Only what was done for this request
    #[arg(long, value_name = "ID", add = completing::requests())]
    request: Option<String>,
    /// Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Only before then, or to the end of that day
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
}

/// An instant as people type it; a bare day is its start, or `days` later.
pub(in crate::cli) fn when(text: &str, now: Timestamp, days: i32) -> Result<Timestamp, Failure> {
    ago(text, now)
        .or_else(|| text.parse().ok())
        .or_else(|| {
            let day: jiff::civil::Date = text.parse().ok()?;
            let day = day.checked_add(jiff::Span::new().days(days)).ok()?;
            let start = jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0));
            Some(start.ok()?.into())
        })
        .ok_or_else(|| {
            Failure::invalid(
                said!("`{text}` isn't a valid time", text = text),
                said!("write 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h or 7d ago"),
            )
        })
}

pub(in crate::cli) fn ago(text: &str, now: Timestamp) -> Option<Timestamp> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let number: u32 = number.parse().ok()?;
    Some(now.plus(-jiff::SignedDuration::from_secs(
        i64::from(number) * seconds,
    )))
}

impl Filter {
    pub(super) fn order(self, now: Timestamp) -> Result<LogOrder, Failure> {
        let account = self.account.as_deref().map(parse_username);
        let request = self.request.as_deref().map(parse_request);
        let action = self.action.map(|text| {
            text.parse()
                .map_err(|error: crate::domain::log::event::UnknownAction| {
                    Failure::invalid(
                        told(&error.to_string()),
                        said!("pass one of these with --action"),
                    )
                })
        });
        Ok(LogOrder {
            operator: self.operator,
            action: action.transpose()?,
            account: account.transpose()?,
            request: request.transpose()?,
            since: self.since.map(|text| when(&text, now, 0)).transpose()?,
            until: self.until.map(|text| when(&text, now, 1)).transpose()?,
            after: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let now: Timestamp = "2026-10-09T12:00:00Z".parse().unwrap();
        for (text, days, expected) in [
            ("2026-10-01", 0, "2026-10-01T00:00:00Z"),
            ("2026-10-01", 1, "2026-10-02T00:00:00Z"),
            ("2026-10-01T08:00:00+02:00", 0, "2026-10-01T06:00:00Z"),
            ("90m", 0, "2026-10-09T10:30:00Z"),
            ("7d", 1, "2026-10-02T12:00:00Z"),
        ] {
            assert_eq!(
                when(text, now, days).unwrap().to_string(),
                expected,
                "{text}"
            );
        }
        for text in ["", "d", "-7d", "yesterday", "2026-13-01", "é"] {
            assert_eq!(when(text, now, 0).unwrap_err().exit, 2, "{text}");
        }
    }
}
