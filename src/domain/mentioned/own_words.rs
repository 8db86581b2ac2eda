//! Whether a mail's own words point to the mail below them, or take a request back.

use crate::domain::plain_words::PlainWords;
use crate::domain::sentences::sentences_over_lines;

use super::sentence_words::{ABLE, listed};

/// Words that point to the mail below.
const POINTS_DOWN: [&str; 8] = [
    "onderstaand",
    "onderstaande",
    "hieronder",
    "deze collega",
    "zie onder",
    "see below",
    "below",
    "this colleague",
];
/// Words that say that the mail below is spoken of, and nobody in it; some begin longer ones.
const OWN_ANSWER: [&str; 8] = [
    "antwoord",
    "reactie",
    "opmerking",
    "commentaar",
    "answer",
    "reply",
    "response",
    "comment",
];
/// Words of somebody who sends a mail on because of what is wrong with it.
const DOUBTS: [&str; 31] = [
    "is dit echt",
    "wel echt",
    "echt van",
    "blokkeer",
    "blokkeren",
    "oplichting",
    "oplichter",
    "oplichters",
    "fraude",
    "vreemd",
    "vreemde",
    "raar",
    "rare",
    "phishing",
    "phishingmail",
    "spam",
    "verdacht",
    "verdachte",
    "vertrouw",
    "vertrouwen",
    "betrouwbaar",
    "nep",
    "nepmail",
    "klopt dit",
    "klopt dat",
    "is dit van jullie",
    "wat is dit",
    "niet gevraagd",
    "suspicious",
    "is this real",
    "scam",
];
/// With what somebody takes a request back, or says that it's somebody else's.
const TAKES_BACK: [&str; 31] = [
    "graag niets doen",
    "nog niet resetten",
    "niet van mij",
    "niet door mij",
    "trek mijn verzoek",
    "trek het verzoek",
    "trek ik mijn verzoek",
    "verzoek intrekken",
    "verzoek mag vervallen",
    "doet zich voor als",
    "nep",
    "nepmail",
    "phishing",
    "phishingmail",
    "oplichting",
    "oplichter",
    "fraude",
    "do not reset",
    "don t reset",
    "is dit wel echt",
    "is dit echt",
    "krijgt geen reset",
    "heb ik niet gevraagd",
    "annuleren",
    "annuleer",
    "reset niet nodig",
    "reset is niet nodig",
    "reset niet meer nodig",
    "reset is niet meer nodig",
    "hoeft niet meer",
    "cancel",
];
/// The same, unless the sentence says that somebody isn't able to: `Wij kunnen de 2FA niet resetten`.
const FORBIDS: [&str; 4] = [
    "niet doen",
    "niet uitvoeren",
    "niet resetten",
    "niet laten resetten",
];
/// How an answer begins that gives no leave.
const REFUSES: [&str; 7] = ["nee", "neen", "no", "welke", "wie", "who", "which"];

/// Whether a sentence points to the mail below, and nothing says that something is wrong with it.
pub(super) fn points_down(own: &str) -> bool {
    let whole = PlainWords::of(own);
    if whole.has_any(&DOUBTS) || whole.has_any(&FORBIDS) || whole.has_any(&TAKES_BACK) {
        return false;
    }
    sentences_over_lines(own).into_iter().any(|range| {
        let sentence = PlainWords::of(&own[range]);
        sentence.has_any(&POINTS_DOWN) && !sentence.begins_any(&OWN_ANSWER)
    })
}

/// Whether the words take back what was asked, or say that it isn't the writer's: then nothing is asked for, however
/// the rest of the mail and its subject read.
pub(super) fn takes_back(own: &str, is_answer: bool) -> bool {
    let whole = PlainWords::of(own);
    // The answer to somebody else's mail is the desk's to read.
    let refuses = is_answer && REFUSES.iter().any(|word| whole.starts_with(word));
    let mut sentences = sentences_over_lines(own).into_iter();
    let forbids = sentences.any(|range| {
        let sentence = PlainWords::of(&own[range]);
        let is_unable = sentence.each().any(|word| listed(ABLE, word));
        !is_unable && sentence.has_any(&FORBIDS)
    });
    refuses || forbids || whole.has_any(&TAKES_BACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_within_another_says_nothing() {
        for own in [
            "Zie onder: de leraar zit er slecht bij, zijn account is geblokkeerd.",
            "Zie onderstaande mail i.v.m. dhr. Jansen.",
            "Wilt u dhr. Jansen helpen, zie\nonder?",
            "Hieronder de mail van mevr. Slechte.",
        ] {
            assert!(points_down(own), "{own}");
        }
        for own in [
            "Zie onder. Is dit echt van hem?",
            "Zie onder, dit vind ik vreemd!",
            "Blokkeer dit adres, zie hieronder.",
            "Hieronder mijn antwoorden.",
            "Dit is de onderste.",
        ] {
            assert!(!points_down(own), "{own}");
        }
    }

    #[test]
    fn an_abbreviation_parts_no_sentence() {
        for own in [
            "Wij kunnen de 2FA van dhr. Jansen niet resetten.",
            "Wij kunnen i.v.m. Verlof om 12.30 de 2FA van J. Jansen niet resetten.",
            "Het lukt j.jansen a.u.b. niet, ook mevr. De Vries kon hem niet resetten.",
        ] {
            assert!(!takes_back(own, false), "{own}");
        }
        for own in [
            "De 2FA van dhr. Jansen niet resetten a.u.b.",
            "Hij kan niet inloggen. Toch niet doen!",
            "Kunt u de reset voor dhr. Jansen annuleren?",
            "Hij heeft zijn telefoon terug, een reset is niet meer nodig.",
        ] {
            assert!(takes_back(own, false), "{own}");
        }
    }
}
