//! Somebody in a sentence whom no name on file tells: `onze nieuwe juf`, `de conciërge`, or a username or an address
//! that nobody in reach has. Where they are asked for, whoever is named beside them may only be spoken of.

use super::sentence_words::{listed, may_be_verb};
use crate::domain::request::words::tokens::{After, TITLES, Word};

/// What people are called by what they do, besides what ends like [`ROLE_ENDS`].
const ROLES: &str = "collegas meester leerkrachten docenten leraren onderwijsassistenten leraarondersteuner concierge \
    stagiair stagiaire stagiaires invaller invalster vervanger vervangster medewerkers duo duopartner opvolger opvolgster \
    zijinstromer begeleider iber administrateur secretaresse schoonmaker schoonmaakster logopedist logopediste \
    vrijwilliger teacher colleague substitute intern employee";
const ROLE_ENDS: [&str; 11] = [
    "leraar",
    "lerares",
    "docent",
    "docente",
    "juf",
    "kracht",
    "assistent",
    "assistente",
    "medewerker",
    "medewerkster",
    "collega",
];
/// Everybody, and so nobody by name.
const ALL: &str = "iedereen everybody everyone";
/// Before somebody who told it, or who is away: `in overleg met de collega`, `zij vervangt onze zieke juf`.
const TOLD_BY: &str = "met namens volgens via door naar";
const REPLACES: &str = "vervangt vervang verving vervangen invalt inval valt";
/// Behind a colleague of the desk's: `een collega van de helpdesk`.
const OF_THE_DESK: &str = "helpdesk servicedesk desk jullie ict";
/// What stands before one who is meant; `deze collega` is the one who is named.
const DETERMINERS: &str = "de een onze ons mijn haar zijn hun uw the our a an my his her";
/// The most words from there to what they are called by: `onze nieuwe jonge juf`.
const ADJECTIVES: usize = 3;
/// The most words between a name and who that is: `Karin de Jong is weer onze nieuwe juf`.
const BESIDE: usize = 5;
/// What makes the two one: `Karin de Jong is onze juf`.
const BEING: &str = "is was wordt werd als heet blijft";
/// What says a name.
const NAMED: &str = "heet genaamd is namelijk";
/// What parts them.
const PARTING: &str = "van voor bij met aan ook of for with en and also";
/// Who was named before.
const PRONOUNS: &str = "hij zij ze dit dat he she this";
/// Before a username, whatever it looks like.
const CALLED: &str =
    "account gebruiker gebruikersnaam username login inlognaam inlogcode accountnaam user";
/// Before an address that says where somebody can be reached.
const REACHED: &str =
    "via op naar cc mail mailen mailadres email bereikbaar bereiken contact prive privemail at";
/// How the names of places on the Internet and of files end.
const NO_USERNAMES: [&str; 14] = [
    "nl", "com", "org", "net", "eu", "be", "de", "pdf", "doc", "docx", "xlsx", "jpg", "png", "edu",
];
/// What stands between those who are asked for together.
const LISTS: &str = "en and";
/// The fewest letters of a name by which an address is known as somebody's.
const LEAST: usize = 4;

/// Whether people are called so by what they do.
pub(super) fn is_role(key: &str) -> bool {
    listed(ROLES, key) || ROLE_ENDS.iter().any(|end| key.ends_with(end))
}

/// Whether somebody stands in these words who is called by what they do, and by no name beside it.
pub(super) fn somebody_unnamed(words: &[Word], is_taken: &[bool]) -> bool {
    let is_unnamed = |at: usize| {
        let from = determiner_before(words, at);
        from.is_some_and(|from| {
            let is_named =
                is_named_behind(words, is_taken, at) || is_named_before(words, is_taken, from);
            !is_named && !is_spoken_of(words, from, at)
        })
    };
    (0..words.len()).any(|at| {
        let key = words[at].key.as_str();
        listed(ALL, key) || (!is_taken[at] && is_role(key) && is_unnamed(at))
    })
}

/// Whether they told it, are replaced, or are of the desk.
fn is_spoken_of(words: &[Word], from: usize, at: usize) -> bool {
    let near = &words[from.saturating_sub(BESIDE)..from];
    let is_told = near.last().is_some_and(|word| listed(TOLD_BY, &word.key));
    let is_replaced = near.iter().any(|word| listed(REPLACES, &word.key));
    let mut behind = words[at + 1..].iter().take(ADJECTIVES);
    is_told || is_replaced || behind.any(|word| listed(OF_THE_DESK, &word.key))
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
        if listed(PARTING, next) || (may_be_verb(next) && !listed(NAMED, next)) {
            break;
        }
    }
    let mut behind = at..words.len().min(at + BESIDE);
    let first_break = behind.find(|at| words[*at].breaks());
    // `de schoonmaker, Karin de Jong laat hem binnen`
    let ends = |at: usize| {
        let name = (at..words.len())
            .take_while(|at| is_taken[*at] || TITLES.contains(&words[*at].key.as_str()));
        name.last()
            .is_none_or(|last| last + 1 == words.len() || words[last].breaks())
    };
    first_break
        .is_some_and(|at| is_name(at + 1) && (words[at].after != After::Comma || ends(at + 1)))
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
        is_id && !is_taken[at] && !is_known() && !is_listed(words, is_taken, at)
    })
}

/// `j.jansen en k.bos`: whoever is asked for in one breath with somebody unknown is asked for.
fn is_listed(words: &[Word], is_taken: &[bool], at: usize) -> bool {
    let lists = |left: usize, right: usize| match right - left {
        1 => words[left].after == After::Comma,
        2 => words[left].after == After::Blank && listed(LISTS, &words[left + 1].key),
        _ => false,
    };
    let ids = (at.saturating_sub(2)..words.len().min(at + 3)).filter(|other| is_taken[*other]);
    ids.into_iter()
        .any(|other| lists(at.min(other), at.max(other)))
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
