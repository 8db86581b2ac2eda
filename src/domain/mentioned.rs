//! Which accounts a mail speaks of, and whether it asks for something (`mail.md`: named, asks). The same
//! function judges and suggests, so that what is suggested is what would count.

use std::collections::{HashMap, HashSet};
use std::iter;

use super::asking::{Asking, asking};
use super::closing::without_closing;
use super::greeting::without_greetings;
use super::mail_words::{After, TITLES, Word, words_of};
use super::name_in_text::{BETWEEN, Name, by_name, forget, other_half};
use super::own_text;
use super::text_value::text_enum;

text_enum! {
    /// How a mail speaks of an account.
    NamedBy, UnknownNamedBy, "way of being named", {
        /// By the username.
        Username = "username",
        /// By the work address.
        WorkAddress = "work_address",
        /// By first name or initials and surname.
        Name = "name",
        /// By the first name alone, which nobody else in reach has.
        FirstName = "first_name",
        /// By `mevrouw` or the like and the surname, which nobody else in reach has.
        Surname = "surname",
        /// By the mail that it forwards, and points to, alone.
        ForwardedMail = "forwarded_mail",
    }
}

impl NamedBy {
    /// How sure it is that somebody is meant, from 0 to 1.
    #[must_use]
    pub const fn sureness(self) -> f64 {
        match self {
            Self::Username | Self::WorkAddress => 1.0,
            Self::Name => 0.95,
            Self::FirstName | Self::Surname => 0.75,
            Self::ForwardedMail => 0.5,
        }
    }

    /// In words.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Username => "named by username",
            Self::WorkAddress => "named by work address",
            Self::Name => "named by name",
            Self::FirstName => "named by first name",
            Self::Surname => "named by surname",
            Self::ForwardedMail => "named by the forwarded mail only",
        }
    }
}

/// An account within the requester's reach.
#[derive(Clone, Copy, Debug)]
pub struct Person<'p> {
    /// Its username.
    pub username: &'p str,
    /// The holder's name.
    pub name: &'p str,
    /// The holder's work address.
    pub work_email: &'p str,
}

/// What a mail says, as it counts for whom it speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Said<'s> {
    /// The text, own words and what is quoted below them.
    pub text: &'s str,
    /// The subject, where it counts for what is asked.
    pub subject: Option<&'s str>,
    /// The subject counts for whom the mail speaks of as well.
    pub subject_names: bool,
    /// The subject says that it's an answer: what is quoted below was written to the requester.
    pub is_answer: bool,
    /// The requester's own name, which stands under the mail.
    pub requester: &'s str,
}

/// Words that are first names as well, and begin sentences.
const NO_NAMES: [&str; 8] = ["wil", "will", "may", "an", "bel", "mark", "mees", "dan"];
/// Words that open a sentence, with a comma behind them.
const OPENERS: [&str; 9] = [
    "helaas", "graag", "ja", "nee", "prima", "sorry", "kortom", "vandaag", "trouwens",
];
/// Words that point to the mail below.
const POINTS_DOWN: [&str; 7] = [
    "onderstaand",
    "hieronder",
    "deze collega",
    "zie onder",
    "see below",
    "below",
    "this colleague",
];
/// Words that say that the mail below is spoken of, and nobody in it.
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

/// Whether the mail asks for something that the desk does.
#[must_use]
pub fn asks(said: &Said<'_>) -> bool {
    how_clearly(said) > Asking::Nothing
}

/// How clearly the mail asks: in its own words and its subject, or in the mail below, to which it points.
fn how_clearly(said: &Said<'_>) -> Asking {
    let (own, below) = own_text::split(said.text);
    let own = without_closing(own);
    let by_subject = said.subject.map_or(Asking::Nothing, asking);
    let by_forwarded = match forwarded_sender(said, own) {
        Some(_) => asking(below),
        None => Asking::Nothing,
    };
    asking(own).max(by_subject).max(by_forwarded)
}

/// Who wrote the mail that is forwarded, where the own words point to it.
fn forwarded_sender(said: &Said<'_>, own: &str) -> Option<String> {
    let is_pointed_at = !said.is_answer && points_down(own);
    is_pointed_at
        .then(|| own_text::forwarded_sender(said.text))
        .flatten()
}

fn points_down(own: &str) -> bool {
    let own = own.to_lowercase();
    own.split(['.', '!', '?', '\n']).any(|sentence| {
        let points = POINTS_DOWN.iter().any(|word| sentence.contains(word));
        points && !OWN_ANSWER.iter().any(|word| sentence.contains(word))
    })
}

/// Which of these people the mail speaks of: their place among them, and how; the surest first.
#[must_use]
pub fn named(said: &Said<'_>, people: &[Person<'_>]) -> Vec<(usize, NamedBy)> {
    let (own, _) = own_text::split(said.text);
    let own = without_closing(own);
    let mut words = words_of(&without_greetings(own));
    if let Some(subject) = said.subject.filter(|_| said.subject_names) {
        words.push(Word::stop());
        words.extend(words_of(subject));
    }
    forget(&mut words, said.requester);
    let mut found: Vec<(usize, NamedBy)> = exact(&words, people);
    let known = |found: &[(usize, NamedBy)], at: usize| found.iter().any(|(known, _)| *known == at);
    let names: Vec<Name> = people.iter().map(|person| Name::of(person.name)).collect();
    let (by_name, spoken) = by_name(&words, &names);
    // Colleagues speak of each other by half a name, and of lost phones.
    let by_part = match how_clearly(said) {
        Asking::Clearly => alone(&words, &names, &spoken),
        Asking::Perhaps | Asking::Nothing => Vec::new(),
    };
    for (at, by) in by_name
        .into_iter()
        .map(|at| (at, NamedBy::Name))
        .chain(by_part)
    {
        if !known(&found, at) {
            found.push((at, by));
        }
    }
    if found.is_empty()
        && let Some(sender) = forwarded_sender(said, own)
    {
        let mut senders = people
            .iter()
            .enumerate()
            .filter(|(_, p)| p.work_email == sender);
        found.extend(senders.next().map(|(at, _)| (at, NamedBy::ForwardedMail)));
    }
    found.sort_by_key(|(at, by)| (*by, *at));
    found
}

/// By username or work address, letter by letter.
fn exact(words: &[Word], people: &[Person<'_>]) -> Vec<(usize, NamedBy)> {
    let said: HashSet<&str> = words.iter().map(|word| word.exact.as_str()).collect();
    let by = |person: &Person<'_>| {
        if said.contains(person.username) {
            Some(NamedBy::Username)
        } else {
            said.contains(person.work_email)
                .then_some(NamedBy::WorkAddress)
        }
    };
    let all = people.iter().enumerate();
    all.filter_map(|(at, person)| Some((at, by(person)?)))
        .collect()
}

/// Those who are the only ones in reach with a first name that stands alone, or a surname behind a title.
fn alone(words: &[Word], names: &[Name], spoken: &HashSet<usize>) -> Vec<(usize, NamedBy)> {
    let firsts = names.iter().enumerate();
    let by_first = only_ones(firsts.map(|(at, name)| (at, name.first.as_str())));
    let surnames = names.iter().enumerate().flat_map(|(at, name)| {
        let halves = name.surnames.iter();
        halves.map(move |surname| (at, surname.as_str()))
    });
    let by_surname = only_ones(surnames);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if spoken.contains(&at) {
            continue;
        }
        if TITLES.contains(&word.key.as_str())
            && let Some(halves) = titled(words, at).filter(|halves| !is_taken(halves, spoken))
        {
            let halves: Vec<&str> = halves.iter().map(|at| words[*at].key.as_str()).collect();
            found.extend(titled_person(&halves, names, &by_surname).map(|p| (p, NamedBy::Surname)));
        }
        let is_joined = word.is_joined() || (at > 0 && words[at - 1].is_joined());
        let is_whole = !is_joined && !has_surname(words, at);
        let is_alone = word.is_capital && is_whole && !is_behind_a_comma(words, at, &by_first);
        if is_alone && !NO_NAMES.contains(&word.key.as_str()) && !word.key.is_empty() {
            let person = by_first.get(word.key.as_str()).copied().flatten();
            found.extend(person.map(|person| (person, NamedBy::FirstName)));
        }
    }
    found
}

fn is_taken(halves: &[usize], spoken: &HashSet<usize>) -> bool {
    halves.iter().any(|at| spoken.contains(at))
}

/// Whether the word is a first name behind a surname (`Pietersen, Joost`), or that of whoever is spoken to
/// (`Wil je dat doen, Joost?`).
fn is_behind_a_comma(words: &[Word], at: usize, firsts: &HashMap<&str, Option<usize>>) -> bool {
    let before = at.checked_sub(1).map(|before| &words[before]);
    before
        .filter(|word| word.after == After::Comma)
        .is_some_and(|word| {
            let is_name = word.is_capital && !OPENERS.contains(&word.key.as_str());
            let is_spoken_to =
                !word.is_capital && words[at].breaks() && words[at].after != After::Comma;
            (is_name && !firsts.contains_key(word.key.as_str())) || is_spoken_to
        })
}

/// Whether a surname stands behind a first name, maybe behind its particles.
fn has_surname(words: &[Word], at: usize) -> bool {
    let mut behind = words[at + 1..].iter().take(BETWEEN);
    let follows = behind.find(|next| !next.is_particle() || next.is_capital);
    !words[at].breaks() && follows.is_some_and(|next| next.is_capital)
}

/// Where the surname behind a title stands, both halves of a double one; `mevrouw Petra de Jong` is called by
/// more than that.
fn titled(words: &[Word], title: usize) -> Option<Vec<usize>> {
    let behind = (title + 1)..words.len().min(title + 1 + BETWEEN);
    let mut behind = behind.take_while(|at| !words[*at].is_stop());
    let first = behind.find(|at| !words[*at].is_particle())?;
    let other = other_half(words, first).map(|(at, _)| at);
    let other = other.filter(|at| *at > first);
    let last = other.unwrap_or(first);
    (!has_surname(words, last)).then(|| iter::once(first).chain(other).collect())
}

/// Who is called by this surname. A double one is compared as a whole.
fn titled_person(
    halves: &[&str],
    names: &[Name],
    by_surname: &HashMap<&str, Option<usize>>,
) -> Option<usize> {
    if let [half] = halves {
        return by_surname.get(half).copied().flatten();
    }
    let has_all = |name: &&Name| {
        let surnames = &name.surnames;
        surnames.len() == halves.len()
            && halves.iter().all(|half| surnames.iter().any(|s| s == half))
    };
    let mut all = names.iter().enumerate().filter(|(_, name)| has_all(name));
    let (person, _) = all.next()?;
    all.next().is_none().then_some(person)
}

/// Who is the only one with that part of a name.
fn only_ones<'n>(parts: impl Iterator<Item = (usize, &'n str)>) -> HashMap<&'n str, Option<usize>> {
    let mut ones: HashMap<&str, Option<usize>> = HashMap::new();
    for (at, part) in parts.filter(|(_, part)| part.len() > 1) {
        ones.entry(part)
            .and_modify(|one| *one = one.filter(|known| *known == at))
            .or_insert(Some(at));
    }
    ones
}

#[cfg(test)]
mod tests;
