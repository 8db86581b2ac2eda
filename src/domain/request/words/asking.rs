//! Whether a text asks for something that the desk does.

mod needs;

use super::plain_words::PlainWords;
use super::sentences::sentences_over_lines;
pub(in crate::domain::request) use needs::needs;

/// Words that speak of nothing but signing in, wherever they stand in a word.
const STRONG: &[&str] = &[
    "twee-factor",
    "tweefactor",
    "twee factor",
    "two-factor",
    "twofactor",
    "two factor",
    "2-factor",
    "2 factor",
    "tweestap",
    "twee-stap",
    "authy",
    "twee staps",
    "tweetraps",
    "two-step",
    "two step",
    "2-staps",
    "2-step",
    "authenticator",
    "authenticatie",
    "authentication",
    "reset",
    "herstelcode",
    "recovery code",
    "inlog",
    "ingelog",
    "verificatie",
    "verification",
    "opnieuw instellen",
    "opnieuw in te stellen",
];
/// The same, at the head of a word alone.
const STRONG_AT_HEAD: &[&str] = &[
    "2fa",
    "mfa",
    "login",
    "log in",
    "logging in",
    "sign in",
    "signing in",
    "totp",
    "in te logg",
    "in kan logg",
    "in kunnen logg",
];
/// The same, as whole words.
const STRONG_WORDS: &[&str] = &["2 fa", "m f a", "2 f a", "logt in"];
/// Words of signing in that are said of courses as well: they speak of signing in where it fails.
const SIGN_IN: &[&str] = &[
    "aanmeld",
    "aangemeld",
    "aan te meld",
    "meldt zich aan",
    "aan kan meld",
];
/// How it fails.
const FAILS: &[&str] = &[
    "niet",
    "geen",
    "mislukt",
    "onmogelijk",
    "probleem",
    "problemen",
    "fout",
    "foutmelding",
    "nergens",
];
/// What else people enrol for.
const ENROLMENTS: &[&str] = &[
    "cursus",
    "training",
    "studiedag",
    "vergadering",
    "leerling",
    "kind",
    "ouder",
    "les",
    "workshop",
    "opleiding",
    "voor",
];
/// Words of repair, which people use of illness as well.
const REPAIR: &[&str] = &["herstel", "recover", "restore"];
/// What somebody says who can't get in.
const SHUT_OUT: &[&str] = &[
    "geen toegang",
    "toegang kwijt",
    "buitengesloten",
    "komt er niet in",
    "komt er niet meer in",
    "kan er niet in",
    "kan er niet meer in",
    "account is geblokkeerd",
    "account geblokkeerd",
    "account is vergrendeld",
    "locked out",
    "no access",
];
/// How somebody asks for something to be done.
const REQUESTS: &[&str] = &[
    "kun je",
    "kunt u",
    "kunt je",
    "kan je",
    "kunnen jullie",
    "wil je",
    "wilt u",
    "willen jullie",
    "zou je",
    "zou u",
    "zouden jullie",
    "graag",
    "verzoek",
    "verzoeken",
    "could you",
    "can you",
    "please",
];
/// What is to be done.
const DEEDS: &[&str] = &[
    "help",
    "opnieuw",
    "koppel",
    "instel",
    "activer",
    "activeer",
    "regel",
    "overzet",
    "over te zetten",
    "vrijgeven",
    "verwijder",
    "in orde",
    "omzet",
    "set up",
];
/// Things that get lost.
const THINGS: &[&str] = &[
    "telefoon", "phone", "mobiel", "mobile", "toestel", "gsm", "apparaat", "device",
];
/// The same, as whole words.
const WHOLE_THINGS: &[&str] = &["app", "apps", "code", "codes"];
/// Words that end in one of those and mean something else.
const NO_CODES: &[&str] = &[
    "postcode",
    "barcode",
    "dresscode",
    "kledingcode",
    "gedragscode",
];
/// What happened to them.
const LOST: &[&str] = &[
    "kwijt",
    "stuk",
    "kapot",
    "nieuw",
    "verlor",
    "gestolen",
    "ander",
    "weg",
    "vergeten",
    "gevallen",
    "defect",
    "niet",
    "geen",
    "vervang",
    "ingeleverd",
    "gewisseld",
    "geblokkeerd",
    "koppel",
    "ingewisseld",
    "omgewisseld",
    "verwisseld",
    "overgestapt",
    "overgezet",
    "gecrasht",
    "reparatie",
    "lost",
    "broken",
    "broke",
    "stolen",
    "new",
    "another",
    "replace",
    "not",
    "doesn",
    "no",
];

/// How clearly a text asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::domain::request) enum Asking {
    /// Not at all.
    Nothing,
    /// It speaks of a phone or a code that is gone, as people also do among each other.
    Perhaps,
    /// It speaks of signing in.
    Clearly,
}

/// How clearly this text asks.
#[must_use]
pub(in crate::domain) fn asking(text: &str) -> Asking {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let words = PlainWords::of(text);
    let sentences = || {
        let ranges = sentences_over_lines(text).into_iter();
        ranges.map(|range| text[range].to_lowercase())
    };
    if has(STRONG)
        || words.begins_any(STRONG_AT_HEAD)
        || words.has_any(STRONG_WORDS)
        || sentences().any(|sentence| cannot_sign_in(&sentence))
    {
        return Asking::Clearly;
    }
    let misses = sentences().any(|sentence| misses_a_thing(&sentence));
    if misses && words.has_any(REQUESTS) && has(DEEDS) {
        Asking::Clearly
    } else if misses || words.begins_any(REPAIR) || words.has_any(SHUT_OUT) {
        Asking::Perhaps
    } else {
        Asking::Nothing
    }
}

/// Whether the sentence says that signing in fails. Not to be signed up for a course is something else.
fn cannot_sign_in(sentence: &str) -> bool {
    let has = |words: &[&str]| {
        let mut all = sentence.split(|c: char| !c.is_alphanumeric());
        all.any(|word| words.contains(&word))
    };
    SIGN_IN.iter().any(|word| sentence.contains(word)) && has(FAILS) && !has(ENROLMENTS)
}

/// Whether the sentence says that a phone or the like is gone or new. `Telefoon: 030-1234567` says nothing.
fn misses_a_thing(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_thing = |at: usize| {
        let word = words[at];
        let next = words.get(at + 1).copied().unwrap_or_default();
        let is_label = word.ends_with(':')
            || next.starts_with([':', '+', '(']) && !next.starts_with("(n")
            || next.starts_with(|c: char| c.is_ascii_digit());
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let one = bare.strip_suffix('s').unwrap_or(bare);
        let is_code = one.ends_with("code") && !NO_CODES.contains(&one);
        let names = THINGS.iter().any(|thing| bare.contains(thing));
        !is_label
            && !bare.contains("nummer")
            && !bare.chars().any(|c| c.is_ascii_digit())
            && (names || is_code || WHOLE_THINGS.contains(&bare))
    };
    let says_lost = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        LOST.iter().any(|lost| match lost.len() {
            ..=3 => bare == *lost,
            _ => bare.starts_with(lost),
        })
    };
    words.iter().any(says_lost) && (0..words.len()).any(is_thing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_asks_clearly_perhaps_or_not() {
        for text in [
            "Graag de 2FA van Jan",
            "MFA resetten",
            "zijn tweestapsverificatie",
            "Kan niet inloggen",
            "de authenticator is weg",
            "Ik ben mijn herstelcode kwijt",
            "he can't log in",
            "opnieuw instellen",
            "Hij kan niet meer aanmelden.",
            "Zij kan zich niet aanmelden bij Magister",
            "Afmelden en weer aanmelden lukt niet.",
            "Aanmelden is onmogelijk",
            "Hij krijgt een foutmelding als hij zich aan wil melden bij inloggen",
            "ze is niet meer ingelogd",
            "het lukt niet om in te loggen",
            "Ze heeft een nieuw toestel, kun je haar helpen?",
            "Telefoon stuk. Graag opnieuw koppelen.",
            "can't sign in",
        ] {
            assert_eq!(asking(text), Asking::Clearly, "{text}");
        }
        for text in [
            "Zijn telefoon is kwijt.",
            "She lost her phone.",
            "heeft een nieuwe telefoon",
            "Telefoon stuk.",
            "is haar code kwijt",
            "Zoë is zijn mobiel kwijt",
            "Hij heeft een nieuw toestel.",
            "Hij heeft geen toegang meer.",
            "Ze komt er niet meer in",
            "He is locked out",
            "Wil je haar toegang herstellen?",
        ] {
            assert_eq!(asking(text), Asking::Perhaps, "{text}");
        }
        for text in [
            "Prima, akkoord.",
            "Telefoon: 030-1234567",
            "telefoon 030-1234567",
            "Tel: 06 12345678",
            "Mobiel : 06-12345678",
            "Phone +31 6 1234",
            "Ik ben er niet, M: 06-123 phone (030) 1234",
            "Ik ben er niet. Voor dringende zaken: Saskia de Bakker, telefoon 030-1234567.",
            "Nieuw: ons telefoonnummer en onze postcode",
            "De kraamfamilie is weg",
            "saxofoon",
            "de blog in maart",
            "Wat leuk, je telefoon!",
            "Ik kan me niet aanmelden voor de cursus.",
            "Aanmelden kan tot vrijdag.",
            "De aangemelde leerling is er niet",
            "Kun je me helpen?",
        ] {
            assert_eq!(asking(text), Asking::Nothing, "{text}");
        }
    }
}
