//! Somebody in a sentence whom no name on file tells: `onze nieuwe juf`, `de conciërge`, or a username or an address
//! that nobody in reach has. Where they are asked for, whoever is named beside them may only be spoken of.

use super::sentence_words::{listed, may_be_verb};
use crate::domain::mail_words::{TITLES, Word};

/// What people are called by what they do.
const ROLES: &str = "collega collegas juf meester leerkracht leerkrachten docent docente docenten leraar lerares leraren \
    onderwijsassistent onderwijsassistente onderwijsassistenten leraarondersteuner concierge stagiair stagiaire stagiaires \
    invaller invalster invalkracht invaljuf vervanger vervangster medewerker medewerkers medewerkster vakleerkracht \
    vakdocent gymdocent kleuterjuf duo duocollega duopartner opvolger opvolgster zijinstromer begeleider iber teacher \
    colleague substitute intern employee";
/// What stands before one who is meant; `deze collega` is the one who is named.
const DETERMINERS: &str = "de een onze ons mijn haar zijn hun uw the our a an my his her";
/// The most words from there to what they are called by: `onze nieuwe jonge juf`.
const ADJECTIVES: usize = 3;
/// The most words between a name and who that is: `Karin de Jong is weer onze nieuwe juf`.
const BESIDE: usize = 5;
/// What makes the two one: `Karin de Jong is onze juf`.
const BEING: &str = "is was wordt werd als heet blijft";
/// What parts them.
const PARTING: &str = "van voor bij met aan ook of for with en and also";
/// Who was named before.
const PRONOUNS: &str = "hij zij ze dit dat he she this";
/// Before a username, whatever it looks like.
const CALLED: &str =
    "account gebruiker gebruikersnaam username login inlognaam inlogcode accountnaam user";
/// Before an address that says where somebody can be reached.
const REACHED: &str = "via op naar cc mail mailen mailadres email e-mailadres bereikbaar bereiken contact prive privemail at";
/// How the names of places on the Internet and of files end.
const NO_USERNAMES: [&str; 14] = [
    "nl", "com", "org", "net", "eu", "be", "de", "pdf", "doc", "docx", "xlsx", "jpg", "png", "edu",
];
/// The fewest letters of a name by which an address is known as somebody's.
const LEAST: usize = 4;

/// Whether somebody stands in these words who is called by what they do, and by no name beside it.
pub(super) fn somebody_unnamed(words: &[Word], is_taken: &[bool]) -> bool {
    (0..words.len()).any(|at| {
        listed(ROLES, &words[at].key)
            && !is_taken[at]
            && determiner_before(words, at).is_some_and(|from| {
                !(is_named_behind(words, is_taken, at) || is_named_before(words, is_taken, from))
            })
    })
}

/// Where `onze nieuwe juf` begins, of which the last word stands at `at`.
fn determiner_before(words: &[Word], at: usize) -> Option<usize> {
    let near = (at.saturating_sub(ADJECTIVES)..at).rev();
    let mut near = near.take_while(|at| {
        let word = &words[*at];
        !word.is_stop() && !word.breaks() && (!word.is_capital || *at == 0)
    });
    near.find(|at| listed(DETERMINERS, &words[*at].key))
}

/// `onze juf Karin`, `de juf van groep 5, Karin de Jong, …`, `een leerkracht: Karin de Jong`
fn is_named_behind(words: &[Word], is_taken: &[bool], at: usize) -> bool {
    let is_name = |at: usize| {
        let mut behind =
            (at..words.len()).skip_while(|at| TITLES.contains(&words[*at].key.as_str()));
        behind
            .next()
            .is_some_and(|at| is_taken[at] || words[at].is_capital)
    };
    // `onze vakleerkracht gym Karin de Jong`
    for at in at..words.len().min(at + ADJECTIVES) {
        let next = words.get(at + 1).map_or("", |next| next.key.as_str());
        if words[at].breaks() {
            break;
        }
        if is_name(at + 1) {
            return true;
        }
        if listed(PARTING, next) || may_be_verb(next) {
            break;
        }
    }
    let mut behind = at..words.len().min(at + BESIDE);
    let first_break = behind.find(|at| words[*at].breaks());
    first_break.is_some_and(|at| is_name(at + 1))
}

/// `Karin de Jong, onze juf, …`, `Karin de Jong (onze juf)`, `Karin de Jong is onze juf`, `zij is onze juf`
fn is_named_before(words: &[Word], is_taken: &[bool], from: usize) -> bool {
    let near = (from.saturating_sub(BESIDE)..from).rev();
    let mut near = near.take_while(|at| !listed(PARTING, &words[*at].key) && !words[*at].is_stop());
    let named = near.find(|at| is_taken[*at] || listed(PRONOUNS, &words[*at].key));
    named.is_some_and(|at| {
        let is_beside = at + 1 == from && words[at].breaks();
        let is_being = words
            .get(at + 1)
            .is_some_and(|word| listed(BEING, &word.key));
        is_beside || (is_being && !words[at].breaks())
    })
}

/// Whether a username or an address stands in these words that is nobody's, as far as one can tell by these names.
pub(super) fn somebody_unknown(words: &[Word], is_taken: &[bool], known: &[&str]) -> bool {
    let before = |at: usize| at.checked_sub(1).map_or("", |at| words[at].key.as_str());
    (0..words.len()).any(|at| {
        let word = words[at].exact.as_str();
        let is_address = word.contains('@') && !listed(REACHED, before(at));
        let is_id = is_address || is_username(word) || (is_odd(word) && listed(CALLED, before(at)));
        let is_known = || {
            known
                .iter()
                .any(|name| name.len() >= LEAST && word.contains(name))
        };
        is_id && !is_taken[at] && !is_known()
    })
}

/// `h.hendriks`
fn is_username(word: &str) -> bool {
    let mut parts = word.split(['.', '_']);
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = word.rsplit(['.', '_']).next().unwrap_or_default();
    let is_long = last.chars().count() > 2 && last.contains(char::is_alphabetic);
    let begins = word.starts_with(char::is_alphabetic);
    begins
        && word.contains(['.', '_'])
        && is_long
        && parts.all(is_part)
        && !NO_USERNAMES.contains(&last)
}

/// `hhendriks12`: no word of a language.
fn is_odd(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
}
