//! A mail that nearly names the desk in its own words: whoever tried it is told what keeps it from counting.

use super::addressed_in_words::{begins_header, has_attachment, hides_words, named_at_head};
use super::facts::DirectoryFacts;
use super::read::Read;
use crate::domain::directory::address::WorkAddress;
use crate::domain::request::evidence::{Evidence, Signature};
use crate::domain::request::words::mail_lines::behind_to;
use crate::domain::request::words::own_text;

/// How many lines are looked at.
const LINES: usize = 6;
/// How much of a line is told, in characters.
const TOLD: usize = 80;
/// How many letters of an address may be wrong for it to be meant.
const SLIPS: usize = 2;

/// What was tried.
pub(super) struct NearMiss<'f> {
    /// Why it doesn't count.
    pub(super) why: String,
    /// The desk that is meant.
    pub(super) desk: &'f WorkAddress,
}

/// What keeps the first line, or the subject, from naming the desk.
pub(super) fn near_miss<'f>(
    signature: &Signature,
    evidence: &Evidence,
    read: Option<Read<'_>>,
    facts: &'f DirectoryFacts,
) -> Option<NearMiss<'f>> {
    let read = read?;
    let mut lines = own_text::lines(read.text.own).take(LINES).enumerate();
    let of_lines = lines.find_map(|(at, line)| {
        let said = said_in(line, facts)?;
        let shown: String = line.chars().take(TOLD).collect();
        let why = match (at, said.has_label, said.is_exact) {
            (0, _, false) => format!(
                "its first line names {}, which isn't a desk's address",
                said.address
            ),
            (0, false, true) => format!("`Aan:` is missing in its first line `{shown}`"),
            (0, true, true) if read.reading.no_text.is_some() => {
                format!("its first line `{shown}` is in HTML only: the mail has no plain text, which is what counts")
            }
            (0, true, true) if named_at_head(read.text.own).as_deref() != Some(said.desk.as_str()) => {
                format!("its first line `{shown}` isn't the address alone")
            }
            (0, true, true) if begins_header(read) => {
                format!("the header of another mail follows its first line `{shown}`")
            }
            (0, true, true) if hides_words(read.reading) => {
                "its first line names the desk, but beside the text there's an invitation or winmail.dat".into()
            }
            // An address amid a text is spoken of.
            (0, true, true) | (_, false, _) => return None,
            (_, true, _) => format!("the line `{shown}` isn't the first one of the mail"),
        };
        Some(NearMiss {
            why,
            desk: said.desk,
        })
    });
    of_lines.or_else(|| {
        let said = said_in(&evidence.subject, facts).filter(|said| said.is_exact)?;
        let why = if !signature.covers("subject") {
            "its subject names the desk, but isn't signed"
        } else if evidence.subject.contains(':') {
            "its subject names the desk, but contains a colon, like that of a reply or a forwarded mail"
        } else if has_attachment(read.reading) {
            "its subject names the desk, but something is attached to the mail"
        } else if hides_words(read.reading) {
            "its subject names the desk, but beside the text there's an invitation or winmail.dat"
        } else if !read.text.below.is_empty() {
            "its subject names the desk, but something is quoted in the mail"
        } else {
            "its subject names the desk, but begins with other words"
        };
        Some(NearMiss {
            why: why.into(),
            desk: said.desk,
        })
    })
}

/// A desk's address in a line, or what is nearly one.
struct Said<'f> {
    address: String,
    desk: &'f WorkAddress,
    is_exact: bool,
    has_label: bool,
}

fn said_in<'f>(line: &str, facts: &'f DirectoryFacts) -> Option<Said<'f>> {
    let line = line.to_lowercase();
    let mut words = line.split(|c: char| c.is_whitespace() || "<>()[]\"',;:".contains(c));
    let has_label = behind_to(&line).is_some();
    let desks = || facts.desks.iter().map(|(_, desk)| desk);
    words.find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let address = word.contains('@').then_some(word)?;
        let exact = desks().find(|desk| desk.as_str() == address);
        // A stranger's address is like none of ours; and one that is like two of them means neither for sure.
        let near = || {
            let is_near = |desk: &&WorkAddress| {
                let desk = desk.as_str();
                desk.len().abs_diff(address.len()) <= SLIPS * 4
                    && strsim::damerau_levenshtein(desk, address) <= SLIPS
            };
            let mut near = desks().filter(is_near);
            let one = near.next().filter(|_| has_label)?;
            near.next().is_none().then_some(one)
        };
        Some(Said {
            address: address.chars().take(TOLD).collect(),
            desk: exact.or_else(near)?,
            is_exact: exact.is_some(),
            has_label,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn why(subject: &str, text: &str) -> Option<(String, String)> {
        let sample = Sample::with(|sample| {
            sample.evidence.subject = subject.into();
            sample.evidence.readings[0].text = text.into();
        });
        let evidence = &sample.evidence;
        let read = evidence.readings.first();
        let read = read.map(|reading| Read::of(reading, evidence));
        let signature = &sample.evidence.signatures[0];
        let found = near_miss(signature, &sample.evidence, read, &sample.facts)?;
        Some((found.why, found.desk.to_string()))
    }

    #[test]
    fn whoever_nearly_names_the_desk_is_told_what_is_wrong() {
        let utrecht = "utrecht@otservicedesk.nl";
        for (text, told) in [
            (
                "Beste desk,\n\nAan: utrecht@otservicedesk.nl\n\nGraag",
                "isn't the first one",
            ),
            (
                "Aan: utrehct@otservicedesk.nl\nGraag",
                "names utrehct@otservicedesk.nl, which isn't",
            ),
            (
                "Aan: utrecht@otservicedesk.nll\nGraag",
                "which isn't a desk's address",
            ),
            ("utrecht@otservicedesk.nl\nGraag", "`Aan:` is missing"),
            ("Voor: utrecht@otservicedesk.nl\nGraag", "`Aan:` is missing"),
            ("Aan utrecht@otservicedesk.nl\nGraag", "`Aan:` is missing"),
            (
                "Aan: Desk <utrecht@otservicedesk.nl>\nGraag",
                "isn't the address alone",
            ),
            (
                "Aan: utrecht@otservicedesk.nl\nOnderwerp: x\nGraag",
                "header of another mail",
            ),
        ] {
            let (why, desk) = why("x", text).unwrap_or_else(|| panic!("{text}"));
            assert!(why.contains(told), "{text}: {why}");
            assert_eq!(desk, utrecht, "{text}");
        }
        for (subject, text, told) in [
            (
                "Vraag voor noord@otservicedesk.nl",
                "Graag",
                "begins with other words",
            ),
            ("Re: noord@otservicedesk.nl", "Graag", "contains a colon"),
            (
                "noord@otservicedesk.nl",
                "Graag\n> j.jansen",
                "something is quoted",
            ),
        ] {
            let (why, desk) = why(subject, text).unwrap();
            assert!(why.contains(told), "{subject}: {why}");
            assert_eq!(desk, "noord@otservicedesk.nl");
        }
        for text in [
            "Graag j.jansen resetten.",
            "Graag j.jansen resetten.\nZie utrecht@otservicedesk.nl",
            "Aan: piet@school.nl\nGraag",
            "> Aan: utrecht@otservicedesk.nl",
        ] {
            assert!(why("x", text).is_none(), "{text}");
        }
    }
}
