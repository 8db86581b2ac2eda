//! A request's status and verdict, as its pages show them.

use crate::cli::language::noted;
use crate::cli::output::Tone;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::request::RequestRow;

pub(in crate::cli) fn status(request: &RequestRow, now: Timestamp) -> &'static str {
    match request.verdict {
        _ if request.accounts > 0 && request.used == request.accounts => noted!("used"),
        _ if request.closed_at.is_some() => noted!("closed"),
        Verdict::Rejected => noted!("rejected"),
        _ if request.expires_at <= now => noted!("expired"),
        Verdict::Verified => noted!("ready"),
        Verdict::Challenge => noted!("waiting"),
    }
}

pub(in crate::cli) fn tone(verdict: &str) -> Tone {
    match verdict {
        "verified" | "pass" => Tone::Good,
        "rejected" | "fail" => Tone::Bad,
        _ => Tone::Warn,
    }
}
