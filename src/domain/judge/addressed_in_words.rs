//! The desk named in a mail's own words, where the recipients aren't signed (A2).

use super::DirectoryFacts;
use crate::domain::code::RegionCode;
use crate::domain::evidence::{Evidence, Part, Reading, Signature};
use crate::domain::own_text;

/// What may begin the three lines below `Aan:`: then it's the header of a quoted mail.
const HEADER_WORDS: [&str; 9] = [
    "van",
    "from",
    "verzonden",
    "sent",
    "datum",
    "date",
    "onderwerp",
    "subject",
    "cc",
];

/// A2: the first own line is `Aan:` and a desk's address, and no quoted header begins there.
pub(super) fn by_first_line(reading: &Reading, facts: &DirectoryFacts) -> Option<RegionCode> {
    if reading.no_text.is_some() {
        return None;
    }
    let (own, _) = own_text::split(&reading.text);
    let first = own_text::lines(own).next()?;
    let begins_header = |line: &str| {
        let line = line.to_lowercase().replace('*', "");
        let word = line.split_once(':').map(|(word, _)| word.trim().to_owned());
        word.is_some_and(|word| HEADER_WORDS.contains(&word.as_str()))
    };
    // Whoever's words they are.
    let after = reading
        .text
        .split_once(first)
        .map_or("", |(_, after)| after);
    if own_text::lines(after).take(3).any(begins_header) {
        return None;
    }
    let address = after_label(first)?;
    desk_at(&address, facts)
}

/// `Aan: ADDRESS`, also as mail programs write an address that can be clicked.
fn after_label(line: &str) -> Option<String> {
    let line = line.replace(['\u{a0}', '\t'], " ").to_lowercase();
    let (label, rest) = line.split_once(':')?;
    if !matches!(label.trim(), "aan" | "to") {
        return None;
    }
    let rest = rest.trim();
    if let Some((shown, link)) = rest.split_once('<') {
        let (shown, target) = (shown.trim(), link.strip_suffix('>')?.trim());
        return match (shown, target.strip_prefix("mailto:")) {
            ("", None) => Some(target.to_owned()),
            (shown, None) if shown == target => Some(target.to_owned()),
            (shown, Some(address)) if shown == address => Some(address.to_owned()),
            _ => None,
        };
    }
    Some(rest.to_owned())
}

/// A2: the subject is `2FA-reset voor ADDRESS`, the first words of it optional, and nothing in the mail is
/// somebody else's.
pub(super) fn by_subject(
    signature: &Signature,
    evidence: &Evidence,
    reading: &Reading,
    facts: &DirectoryFacts,
) -> Option<RegionCode> {
    let (_, below) = own_text::split(&reading.text);
    let is_own = below.is_empty() && !reading.has(Part::Message) && !reading.has(Part::File);
    if !signature.covers("subject") || !is_own || evidence.subject.contains(':') {
        return None;
    }
    let subject = evidence.subject.to_lowercase();
    let mut words = subject
        .split(' ')
        .filter(|word| !word.is_empty())
        .peekable();
    let mut skip = |word: &str| words.next_if(|next| *next == word).is_some();
    if !skip("2fa-reset") && skip("2fa") && !skip("reset") {
        return None;
    }
    skip("voor");
    desk_at(words.next()?, facts)
}

/// The desk of this address.
pub(super) fn desk_at(address: &str, facts: &DirectoryFacts) -> Option<RegionCode> {
    let desk = facts
        .desks
        .iter()
        .find(|(_, desk)| desk.as_str() == address);
    desk.map(|(code, _)| code.clone())
}
