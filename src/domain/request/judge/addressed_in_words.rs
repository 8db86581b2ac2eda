//! The desk named in a mail's own words, where the recipients aren't signed (A2).

use super::facts::DirectoryFacts;
use super::read::Read;
use crate::domain::code::RegionCode;
use crate::domain::code32::is_hyphen;
use crate::domain::request::evidence::{Evidence, Part, Reading, Signature};
use crate::domain::request::words::mail_lines::addressee;
use crate::domain::request::words::own_text;

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
pub(super) fn by_first_line(read: Read<'_>, facts: &DirectoryFacts) -> Option<RegionCode> {
    if read.reading.no_text.is_some() || begins_header(read) {
        return None;
    }
    desk_at(&named_at_head(read.text.own)?, facts)
}

/// The address that the first own line names.
pub(super) fn named_at_head(own: &str) -> Option<String> {
    addressee(own_text::lines(own).next()?)
}

/// Whether the lines below the first one are a quoted mail's header, whoever's words they are.
pub(super) fn begins_header(read: Read<'_>) -> bool {
    let is_of_header = |line: &str| {
        let line = line.to_lowercase().replace('*', "");
        let word = line.split_once([':', '：']);
        let word = word.map(|(word, _)| word.trim().to_owned());
        word.is_some_and(|word| HEADER_WORDS.contains(&word.as_str()))
    };
    let lines = own_text::lines(read.text.own).chain(own_text::lines(read.text.below));
    lines.skip(1).take(3).any(is_of_header)
}

/// Whether some programs show another text than the one that is read.
pub(super) fn hides_words(reading: &Reading) -> bool {
    reading.has(Part::Calendar) || reading.has(Part::Tnef)
}

/// A2: the subject is `2FA-reset voor ADDRESS`, the first words of it optional, and nothing in the mail is
/// somebody else's. Those of answers and forwarded mails have a colon.
pub(super) fn by_subject(
    signature: &Signature,
    evidence: &Evidence,
    read: Read<'_>,
    facts: &DirectoryFacts,
) -> Option<RegionCode> {
    let is_own = read.text.below.is_empty() && !has_attachment(read.reading);
    let subject = evidence.subject.to_lowercase();
    // Programs write other hyphens for the one that was typed.
    let subject = subject.replace(is_hyphen, "-");
    if !signature.covers("subject") || !is_own || subject.contains([':', '：']) {
        return None;
    }
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

/// Whether somebody else's words may hang on the mail.
pub(super) fn has_attachment(reading: &Reading) -> bool {
    reading.has(Part::Message) || reading.has(Part::File)
}

/// The desk of this address.
pub(super) fn desk_at(address: &str, facts: &DirectoryFacts) -> Option<RegionCode> {
    let desk = facts
        .desks
        .iter()
        .find(|(_, desk)| desk.as_str() == address);
    desk.map(|(code, _)| code.clone())
}
