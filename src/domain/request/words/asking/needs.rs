//! Whether a sentence says what somebody can't do, has lost or has to have.

use super::{SHUT_OUT, misses_a_thing};
use crate::domain::request::words::plain_words::PlainWords;

/// What somebody needs, or can't do, besides what is lost.
const NEEDS: &[&str] = &[
    "nodig",
    "nodig heeft",
    "needs",
    "needed",
    "need",
    "requires",
    "wil een",
    "wil graag een",
    "geweigerd",
    "ongeldig",
    "onjuist",
    "verlopen",
    "probleem",
    "problemen",
    "foutmelding",
    "storing",
    "loopt vast",
    "vastgelopen",
    "zit vast",
    "laten liggen",
    "stopped working",
    "not working",
    "unable",
    "won t",
    "can t",
    "don t",
    "doesn t",
    "didn t",
    "isn t",
    "aren t",
    "couldn t",
    "cannot",
    "problem",
    "trouble",
    "issue",
    "error",
];
/// What somebody has to do, and what it is.
const HAS_TO: &[&str] = &[
    "moet", "moeten", "dient", "dienen", "must", "has to", "have to",
];
const TO_DO: &[&str] = &[
    "opnieuw",
    "reset",
    "restt",
    "gereset",
    "herstel",
    "ingesteld",
    "instellen",
    "gekoppeld",
    "set up",
    "again",
    "koppelen",
    "geholpen",
    "nieuwe",
];
/// With what somebody says that something fails.
const ABLE: &[&str] = &[
    "kan",
    "kunnen",
    "kon",
    "konden",
    "lukt",
    "lukte",
    "werkt",
    "werken",
    "werkte",
    "doet",
    "doen",
    "deed",
    "komt",
    "komen",
    "krijgt",
    "krijgen",
    "kreeg",
    "ontvangt",
    "ontvangen",
    "pakt",
    "accepteert",
    "heeft",
    "hebben",
    "does",
    "do",
    "can",
    "could",
    "is",
];
const UNABLE: &[&str] = &["niet", "nie", "geen", "nergens", "not", "no"];

/// How what is gone or broken is told by itself.
const LOST_STEMS: &[&str] = &[
    "kwijt",
    "kapot",
    "stuk ",
    "verlor",
    "verlies",
    "gestolen",
    "diefstal",
    "defect",
    "gewisseld",
    "overgestapt",
    "gecrasht",
    "lost ",
    "broken",
    "stolen",
    "buitengesloten",
    "geblokkeerd",
    "vergrendeld",
    "zonder ",
    "weg ",
    "verdwen",
    "verdween",
    "dood ",
    "leeg ",
    "gewist",
    "gone ",
    "missing ",
    "dead ",
];

/// Whether the sentence says what somebody can't do, has lost or has to have.
pub(in crate::domain::request) fn needs(sentence: &str) -> bool {
    let words = PlainWords::of(sentence);
    let lower = sentence.to_lowercase();
    let lacks = || words.begins_any(LOST_STEMS);
    words.has_any(NEEDS)
        || (words.has_any(HAS_TO) && words.begins_any(TO_DO))
        || (words.has_any(ABLE) && words.has_any(UNABLE))
        || words.has_any(SHUT_OUT)
        || misses_a_thing(&lower)
        || lacks()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_told_in_many_ways_and_a_report_tells_none() {
        for sentence in [
            "Joost kan niet inloggen.",
            "Hij krijgt geen code.",
            "Zijn telefoon is in de sloot gevallen.",
            "Er is een reset nodig.",
            "Joost moet de app opnieuw instellen.",
            "He needs a reset.",
            "Her codes don't work.",
            "De authenticator van Joost is weg.",
            "Her authenticator is gone.",
        ] {
            assert!(needs(sentence), "{sentence}");
        }
        for sentence in [
            "Joost geeft een training over 2FA.",
            "De 2FA is gisteren gereset.",
            "Joost uses an authenticator app.",
        ] {
            assert!(!needs(sentence), "{sentence}");
        }
    }
}
