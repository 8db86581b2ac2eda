//! Which accounts a mail speaks of, and whether it asks for something. The same function judges and suggests,
//! so that what is suggested is what would count.

use std::collections::HashMap;

mod asked_for;
mod by_half;
mod by_name;
mod identifier;
mod in_passing;
mod mention;
mod named_by;
mod no_request;
mod own_words;
mod phrases;
mod role;
mod sentence_words;
mod shape;
mod shape_words;
mod stranger;
mod unnamed;

use super::words::asking::{Asking, asking};
use super::words::closing::without_closing;
use super::words::greeting::without_greetings;
use super::words::name_in_text::Name;
use super::words::own_text;
use super::words::own_text::OwnText;
use super::words::sentences::{with_blanks, without_brackets};
use super::words::signature::without_signature;
use super::words::tokens::{Word, words_of};
use asked_for::{Text, asked_for};
use by_half::by_half;
use by_name::{by_name, forget};
use mention::Mention;
pub use named_by::{NamedBy, UnknownNamedBy};
use no_request::{goes_with_subject, speaks_against, takes_back_below};
use own_words::{greets_oneself_at, points_down, takes_back};
pub(super) use sentence_words::{REQUESTS, listed};

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
    /// The text, parted where the own words end.
    pub text: OwnText<'s>,
    /// The subject, where it counts for what is asked.
    pub subject: Option<&'s str>,
    /// The subject counts for whom the mail speaks of as well.
    pub subject_names: bool,
    /// The subject says that it's an answer: what is quoted below was written to the requester.
    pub is_answer: bool,
    /// The requester's own name, which stands under the mail.
    pub requester: &'s str,
}

impl Said<'_> {
    fn own(&self) -> String {
        let mut own = own_text::in_lines(start_of(self.text.own));
        own.truncate(greets_oneself_at(&own, self.requester));
        own
    }
}

/// The most of a mail's own words that is looked at, in bytes: whoever needs more asks for something else.
const LOOKED_AT: usize = 24_000;

/// Whether the mail asks for something that the desk does.
#[must_use]
pub fn asks(said: &Said<'_>) -> bool {
    let whole = said.own();
    let own = without_closing(&whole);
    let beside = Some(said.text).filter(OwnText::is_answer);
    let beside = beside.map_or_else(String::new, |text| text.beside_quotes());
    let speaks_of_it = asking(own) > Asking::Nothing || forwarded_sender(said, own).is_some();
    how_clearly(said) > Asking::Nothing
        && !speaks_against(own, said.subject)
        && ![&whole[own.len()..], start_of(&beside)]
            .into_iter()
            .any(takes_back_below)
        && (speaks_of_it || goes_with_subject(own))
        && (forwarded_sender(said, own).is_some()
            || shape::is_request(without_signature(own, said.requester), said.subject))
}

/// Whether the mail speaks of what the desk does, whether it asks or not.
#[must_use]
pub fn speaks_of_it(said: &Said<'_>) -> bool {
    let whole = said.own();
    asking(without_closing(&whole)).max(said.subject.map_or(Asking::Nothing, asking))
        > Asking::Nothing
}

/// How clearly the mail asks: in its own words and its subject, or in the mail below, to which it points.
fn how_clearly(said: &Said<'_>) -> Asking {
    let own = said.own();
    let own = without_closing(&own);
    if takes_back(own, said.is_answer) {
        return Asking::Nothing;
    }
    let by_subject = said.subject.map_or(Asking::Nothing, asking);
    let by_forwarded = match forwarded_sender(said, own) {
        Some(_) => asking(start_of(said.text.below)),
        None => Asking::Nothing,
    };
    asking(own).max(by_subject).max(by_forwarded)
}

/// `Niet alleen Joost maar ook Karin` denies nobody: without the first two words it's a list.
fn both_named(text: &str) -> String {
    [("iet alleen ", "maar ook "), ("ot only ", "but also ")]
        .into_iter()
        .fold(text.to_owned(), |text, (not_only, but)| {
            let Some((before, rest)) = text.split_once(not_only) else {
                return text;
            };
            let begins = before.strip_suffix(['n', 'N']);
            match (begins, rest.split_once(but)) {
                (Some(before), Some((one, other))) => format!("{before}{one}en {other}"),
                _ => text,
            }
        })
}

/// Who wrote the mail that is forwarded, where the own words point to it.
fn forwarded_sender(said: &Said<'_>, own: &str) -> Option<String> {
    let is_pointed_at = !said.is_answer && points_down(own);
    is_pointed_at
        .then(|| own_text::forwarded_sender(&said.text))
        .flatten()
}

/// As much of a text as is looked at.
fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOKED_AT)]
}

/// Which of these people the mail speaks of: their place among them, and how; the surest first.
#[must_use]
pub fn named(said: &Said<'_>, people: &[Person<'_>]) -> Vec<(usize, NamedBy)> {
    let own = said.own();
    let own = without_closing(&own);
    let own = without_signature(own, said.requester);
    let mut text = both_named(&without_brackets(&with_blanks(&without_greetings(own))));
    let subject_at = text.len();
    if let Some(subject) = said.subject.filter(|_| said.subject_names) {
        text.push_str("\n\n");
        text.push_str(subject);
    }
    let mut words = words_of(&text);
    forget(&mut words, said.requester);
    let mut mentions = exact(&words, people);
    let names: Vec<Name> = people.iter().map(|person| Name::of(person.name)).collect();
    let (by_name, spoken) = by_name(&words, &names);
    mentions.extend(by_name.into_iter().map(|found| Mention {
        person: found.person,
        by: NamedBy::Name,
        words: found.words,
    }));
    // Colleagues speak of each other by half a name, and of lost phones.
    if how_clearly(said) == Asking::Clearly {
        let halves = by_half(&words, &names, &spoken).into_iter();
        mentions.extend(halves.map(|(person, by, words)| Mention { person, by, words }));
    }
    let requester = Name::of(said.requester);
    let own_surname = requester.surname().map_or("", String::as_str);
    let text = Text {
        words: &text,
        subject_at,
        is_answer: said.is_answer,
        own_surname,
    };
    let asked = asked_for(&text, &words, &mentions);
    let mut found: Vec<(usize, NamedBy)> = asked.into_iter().collect();
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
fn exact(words: &[Word], people: &[Person<'_>]) -> Vec<Mention> {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in words.iter().enumerate() {
        by_word.entry(&word.exact).or_default().push(at);
    }
    let mut found = Vec::new();
    for (person, known) in people.iter().enumerate() {
        let ways = [
            (known.username, NamedBy::Username),
            (known.work_email, NamedBy::WorkAddress),
        ];
        for (name, by) in ways {
            let places = by_word.get(name).into_iter().flatten();
            found.extend(places.map(|at| Mention {
                person,
                by,
                words: *at..=*at,
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests;
