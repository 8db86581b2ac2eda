//! Fields read from the gate's bytes by the only reader there is: a second one that read them otherwise
//! would decide what a person sees.

use jiff::fmt::rfc2822::DateTimeParser;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::gate::{Gated, relaxed};
use super::kept::{short, start_of};
use super::recipients;
use super::recipients::Found;
use crate::domain::request::evidence::{MOST_RECIPIENTS, Recipient};
use crate::domain::timestamp::Timestamp;

/// The longest subject that is kept, in characters.
const SUBJECT: usize = 998;
/// How many Message-IDs are kept of In-Reply-To and References.
const MOST_IDS: usize = 20;
/// How many addresses are kept of Reply-To.
const MOST_REPLIES: usize = 5;
/// The longest display name that is kept, in bytes.
const NAME: usize = 120;

/// The Date (RFC 5322 §3.3): its zone is `±hhmm`, `GMT`, `UT` or `UTC`, comments may follow; anything else
/// isn't a date. Named zones are read in two ways by different programs, single letters in more.
pub(super) fn date(gated: &Gated<'_>) -> Option<Timestamp> {
    let field = gated.one("date")?;
    let (text, comment) = field.split_once('(').unwrap_or((&field, ""));
    if !comment.is_empty() && !comment.ends_with(')') {
        return None;
    }
    let text = text.trim();
    let (rest, zone) = text.rsplit_once(' ')?;
    let is_offset = zone.len() == 5
        && zone.starts_with(['+', '-'])
        && zone[1..].bytes().all(|b| b.is_ascii_digit());
    let zone = match zone {
        "GMT" | "UT" | "UTC" => "+0000",
        zone if is_offset => zone,
        _ => return None,
    };
    let parser = DateTimeParser::new().relaxed_weekday(true);
    let at = parser.parse_timestamp(format!("{rest} {zone}")).ok()?;
    Some(at.into())
}

/// The Subject, decoded from its relaxed form.
pub(super) fn subject(gated: &Gated<'_>) -> String {
    let field = gated.one("subject").unwrap_or_default();
    start_of(&decoded(&field), SUBJECT, 4 * SUBJECT).to_owned()
}

/// A field's text with its encoded words decoded (RFC 2047).
pub(super) fn decoded(value: &str) -> String {
    if !value.contains("=?") {
        return value.to_owned();
    }
    let line = format!("{value}\r\n");
    match MessageStream::new(line.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// The addresses of To or Cc that are kept, and how many more there are.
pub(super) fn recipients(gated: &Gated<'_>, name: &str) -> (Vec<Recipient>, usize) {
    let (mut kept, mut more) = (Vec::new(), 0);
    for Found { address, phrase } in gated.all(name).flat_map(recipients::addresses) {
        if kept.len() < MOST_RECIPIENTS {
            let name = short(&decoded(&relaxed(&phrase)), NAME);
            kept.push(Recipient { address, name });
        } else {
            more += 1;
        }
    }
    (kept, more)
}

/// The addresses of Reply-To or Sender. A field that holds anything but plain addresses counts as one that
/// names somebody else: it's given as it stands.
pub(super) fn answer_to(gated: &Gated<'_>, name: &str) -> Vec<String> {
    // An empty field names nobody.
    let Some(field) = gated.one(name).filter(|field| !field.is_empty()) else {
        return Vec::new();
    };
    let found = recipients::addresses(&field);
    let whole = field.matches('@').count();
    let mut found: Vec<String> = found.into_iter().map(|found| found.address).collect();
    if found.is_empty() || found.len() != whole {
        found.push(short(&field, SUBJECT));
    }
    found.truncate(MOST_REPLIES);
    found
}

/// The Message-ID, without its brackets; an empty one tells nothing.
pub(super) fn message_id(gated: &Gated<'_>) -> Option<String> {
    let field = gated.one("message-id")?;
    let id = field.trim_matches(['<', '>', ' ']);
    (!id.is_empty()).then(|| short(id, SUBJECT))
}

/// The Message-IDs that the mail answers.
pub(super) fn answers_to(gated: &Gated<'_>) -> Vec<String> {
    let fields = gated.all("in-reply-to").chain(gated.all("references"));
    let ids = fields.flat_map(|field| field.split(['<', '>', ' ', '\t', '\r', '\n', ',']));
    let mut kept: Vec<String> = Vec::new();
    for id in ids.filter(|id| id.contains('@') && id.len() <= SUBJECT) {
        if !kept.iter().any(|known| known == id) {
            kept.push(id.to_owned());
        }
        if kept.len() == MOST_IDS {
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::gate;
    use super::*;

    fn date_of(value: &str) -> Option<i64> {
        let mail = format!("From: a@b.nl\r\nDate: {value}\r\n\r\n");
        let gated = gate::pass(mail.as_bytes()).unwrap();
        date(&gated).map(Timestamp::as_seconds)
    }

    #[test]
    fn a_date_has_a_zone_that_reads_in_one_way() {
        let at = Some(1_796_034_600);
        for value in [
            "Mon, 30 Nov 2026 11:30:00 +0100",
            "30 Nov 2026 10:30:00 GMT",
            "Mon, 30 Nov 2026 10:30:00 UT",
            "Mon, 30 Nov 2026 10:30:00 -0000 (UTC)",
            "Mon,\r\n 30 Nov 2026 11:30:00\r\n +0100 (CET (winter))",
        ] {
            assert_eq!(date_of(value), at, "{value}");
        }
        for value in [
            "",
            "Mon, 30 Nov 2026 11:30:00 Z",
            "Mon, 30 Nov 2026 11:30:00 CET",
            "Mon, 30 Nov 2026 11:30:00 A",
            "Mon, 30 Nov 2026 11:30:00",
            "Mon, 30 Nov 2026 11:30:00 +01:00",
            "Mon, 30 Nov 2026 11:30:00 +0100 (open",
            "Mon, 31 Nov 2026 11:30:00 +0100",
            "2026-11-30T11:30:00+0100",
        ] {
            assert_eq!(date_of(value), None, "{value}");
        }
    }

    #[test]
    fn what_answers_go_to_is_read_or_shown_as_it_stands() {
        let read = |value: &str| {
            let mail = format!("From: a@b.nl\r\nDate: x\r\nReply-To: {value}\r\n\r\n");
            answer_to(&gate::pass(mail.as_bytes()).unwrap(), "reply-to")
        };
        assert_eq!(read(""), Vec::<String>::new());
        assert_eq!(read(" "), Vec::<String>::new());
        assert_eq!(read("Daan <A@b.nl>"), ["a@b.nl"]);
        assert_eq!(read("a@b.nl, c@d.nl"), ["a@b.nl", "c@d.nl"]);
        assert_eq!(
            read("\"a@b.nl\" <c@d.nl>"),
            ["c@d.nl", "\"a@b.nl\" <c@d.nl>"]
        );
        assert_eq!(read("=?utf-8?Q?x=40y.nl?="), ["=?utf-8?Q?x=40y.nl?="]);
    }
}
