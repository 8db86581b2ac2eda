//! Whether a mail's own words point to the mail below them, or take a request back.

use crate::domain::request::words::plain_words::PlainWords;
use crate::domain::request::words::sentences::sentences_over_lines;
use crate::domain::request::words::taken_back;

use crate::domain::request::words::greeting::GREETS;

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
/// Words of somebody who sends it on for another end than that it's done.
const FOR_ANOTHER_END: [&str; 34] = [
    "ter info",
    "ter informatie",
    "ter kennisgeving",
    "ter kennisname",
    "ter herinnering",
    "fyi",
    "f y i",
    "al geregeld",
    "al opgelost",
    "al gedaan",
    "al gereset",
    "al geholpen",
    "inmiddels",
    "afgehandeld",
    "uitleg",
    "uitleggen",
    "toelichten",
    "betekent",
    "bedoelt",
    "bedoeld",
    "bedoelen",
    "waarom",
    "wat moet ik",
    "wat kan ik",
    "wat vind",
    "wat vinden",
    "wat vindt",
    "wat doen",
    "weet jij",
    "weten jullie",
    "weet u",
    "explain",
    "mean",
    "means",
];
/// With what a mail that is sent on is handed to the desk.
pub(super) const HANDS_OVER: [&str; 30] = [
    "graag",
    "gaarne",
    "kun je",
    "kun jij",
    "kunt u",
    "kan jij",
    "kunnen jullie",
    "kan iemand",
    "wil je",
    "wil jij",
    "wilt u",
    "willen jullie",
    "zou je",
    "zou jij",
    "zou u",
    "zouden jullie",
    "svp",
    "s v p",
    "aub",
    "a u b",
    "verzoek",
    "verzoeken",
    "akkoord",
    "toestemming",
    "please",
    "could you",
    "can you",
    "help",
    "helpen",
    "kan niet",
];
/// What a denial denies where that is what somebody needs help for.
const FAILS: [&str; 16] = [
    "kan", "kon", "lukt", "lukte", "werkt", "werken", "doet", "doen het", "komt er", "kunnen",
    "can", "cannot", "could", "toegang", "bereik", "ontvangt",
];

/// With what somebody takes a request back, or says that it's somebody else's.
const TAKES_BACK: [&str; 28] = [
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
    "reset niet nodig",
    "reset is niet nodig",
    "reset niet meer nodig",
    "reset is niet meer nodig",
    "hoeft niet meer",
];
/// The same, unless the sentence says that somebody isn't able to: `Wij kunnen de 2FA niet resetten`.
const FORBIDS: [&str; 4] = [
    "niet doen",
    "niet uitvoeren",
    "niet resetten",
    "niet laten resetten",
];
/// Words that take a request back, unless the sentence speaks of what people cancel with their phones.
const CANCELS: [&str; 4] = ["annuleren", "annuleer", "geannuleerd", "cancel"];
const CONTRACTS: [&str; 4] = ["abonnement", "contract", "subscription", "sim"];
/// What may be left as it is beside the second factor.
const PASSWORDS: [&str; 2] = ["wachtwoord", "password"];
/// How an answer begins that gives no leave.
const REFUSES: [&str; 7] = ["nee", "neen", "no", "welke", "wie", "who", "which"];

/// Whether a sentence points to the mail below and hands it to the desk, and nothing says that something is wrong with
/// it, or that it's only told.
pub(super) fn points_down(own: &str) -> bool {
    let whole = PlainWords::of(own);
    let speaks_against = [
        &DOUBTS[..],
        &FORBIDS,
        &CANCELS,
        &TAKES_BACK,
        &FOR_ANOTHER_END,
    ];
    if speaks_against.iter().any(|words| whole.has_any(words)) {
        return false;
    }
    let sentences = sentences_over_lines(own).into_iter();
    let sentences: Vec<&str> = sentences.map(|range| own[range].trim()).collect();
    if sentences.iter().any(|sentence| denies(sentence)) {
        return false;
    }
    let is_handed_over = whole.has_any(&HANDS_OVER);
    sentences.iter().any(|sentence| {
        let plain = PlainWords::of(sentence);
        let points = plain.has_any(&POINTS_DOWN) && !plain.begins_any(&OWN_ANSWER);
        let is_only_that = || {
            let begins = POINTS_DOWN.iter().any(|words| plain.starts_with(words))
                || plain.starts_with("zie");
            begins && !sentence.ends_with('?')
        };
        points && (is_handed_over || is_only_that())
    })
}

/// Where a line greets the writer: `Hoi Daan,` in a mail of Daan's begins what somebody wrote to him, however it came
/// below his words. The end of the text where none does.
pub(super) fn greets_oneself_at(own: &str, writer: &str) -> usize {
    let writer = PlainWords::of(writer);
    let names: Vec<&str> = writer.each().filter(|name| name.len() > 2).collect();
    let mut at = 0;
    for line in own.split_inclusive('\n') {
        let greeting = line.trim().trim_end_matches([',', '!', '.', ':']);
        let words = PlainWords::of(greeting);
        let mut words = words.each();
        let greets = words.next().is_some_and(|first| GREETS.contains(&first));
        let is_one = !greeting.contains([',', '.', '!', '?']);
        let last = words.last();
        if greets && is_one && last.is_some_and(|last| names.contains(&last)) {
            return at;
        }
        at += line.len();
    }
    own.len()
}

/// Whether the sentence says no to something, other than that something fails.
pub(super) fn denies(sentence: &str) -> bool {
    let plain = PlainWords::of(sentence);
    let is_no = plain.each().any(taken_back::denies);
    is_no && !plain.has_any(&FAILS)
}

/// Whether the words take back what was asked, or say that it isn't the writer's: then nothing is asked for, however
/// the rest of the mail and its subject read.
pub(super) fn takes_back(own: &str, is_answer: bool) -> bool {
    let whole = PlainWords::of(own);
    // The answer to somebody else's mail is the desk's to read.
    let refuses = is_answer && REFUSES.iter().any(|word| whole.starts_with(word));
    refuses || forbids(own) || whole.has_any(&TAKES_BACK)
}

/// Whether a sentence forbids it or cancels it.
pub(super) fn forbids(text: &str) -> bool {
    let mut sentences = sentences_over_lines(text).into_iter();
    sentences.any(|range| {
        let sentence = PlainWords::of(&text[range]);
        let is_unable = sentence.each().any(|word| listed(ABLE, word));
        let is_of_password = sentence.has_any(&PASSWORDS) && sentence.has_any(&["alleen", "only"]);
        let forbids = sentence.has_any(&FORBIDS) && !is_unable && !is_of_password;
        let cancels = sentence.has_any(&CANCELS) && !sentence.begins_any(&CONTRACTS);
        forbids || cancels
    })
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
            "Zie onderstaande vraag, graag oppakken.",
            "Onderstaande collega kan niet meer inloggen. Kunt u hem helpen?",
            "Zie onder.",
        ] {
            assert!(points_down(own), "{own}");
        }
        for own in [
            "Zie onder. Is dit echt van hem?",
            "Zie onder, dit vind ik vreemd!",
            "Blokkeer dit adres, zie hieronder.",
            "Hieronder mijn antwoorden.",
            "Dit is de onderste.",
            "Ik kreeg onderstaand mailtje. Ik reageer er niet op.",
            "Ter info, zie onderstaand. Dit is al geregeld.",
            "Onderstaande mail klopt niet, hij heeft gewoon zijn telefoon nog.",
            "Kunnen jullie mij uitleggen wat onderstaande mail betekent?",
            "Onderstaande mail kwam binnen.\nIk doe hier niets mee.",
            "Onderstaande collega werkt hier, wat vinden jullie?",
            "Ik las onderstaande mail.",
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
