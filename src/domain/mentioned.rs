//! Which accounts a mail speaks of, and whether it asks for something. The same function judges and suggests,
//! so that what is suggested is what would count.

use std::collections::HashMap;

mod asked_for;
mod by_half;
mod by_name;
mod in_passing;
mod named_by;
mod sentence_words;
mod sentences;

use super::asking::{Asking, asking};
use super::closing::without_closing;
use super::greeting::without_greetings;
use super::mail_words::{Word, words_of};
use super::name_in_text::Name;
use super::own_text;
use asked_for::{Mention, asked_for};
use by_half::by_half;
use by_name::{by_name, forget};
pub use named_by::{NamedBy, UnknownNamedBy};

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

/// Words of somebody who sends a mail on because of what is wrong with it.
const DOUBTS: [&str; 23] = [
    "echt",
    "blokk",
    "niet uitvoeren",
    "oplicht",
    "fraude",
    "vreemd",
    "raar",
    "phishing",
    "spam",
    "verdacht",
    "vertrouw",
    "nep",
    "klopt dit",
    "klopt dat",
    "is dit echt",
    "is dit van jullie",
    "wat is dit",
    "niet van mij",
    "niet gevraagd",
    "niet resetten",
    "niet doen",
    "suspicious",
    "is this real",
];

/// With what somebody takes a request back, or says that it's somebody else's; blanks stand for whatever isn't a
/// letter.
const TAKES_BACK: [&str; 23] = [
    " graag niets doen ",
    " nog niet resetten ",
    " niet van mij ",
    " niet door mij ",
    " trek mijn verzoek ",
    " trek het verzoek ",
    " trek ik mijn verzoek ",
    " verzoek intrekken ",
    " verzoek mag vervallen ",
    " doet zich voor als ",
    " nep ",
    " nepmail ",
    " phishing ",
    " phishingmail ",
    " oplichting ",
    " oplichter ",
    " fraude ",
    " do not reset ",
    " don t reset ",
    " is dit wel echt ",
    " is dit echt ",
    " krijgt geen reset ",
    " heb ik niet gevraagd ",
];

/// The same, unless the sentence says that somebody isn't able to: `Wij kunnen de 2FA niet resetten`.
const FORBIDS: [&str; 4] = [
    " niet doen ",
    " niet uitvoeren ",
    " niet resetten ",
    " niet laten resetten ",
];
const UNABLE: [&str; 7] = ["kan", "kon", "kunnen", "konden", "lukt", "lukte", "can"];

/// Whether the mail asks for something that the desk does.
#[must_use]
pub fn asks(said: &Said<'_>) -> bool {
    how_clearly(said) > Asking::Nothing
}

/// How clearly the mail asks: in its own words and its subject, or in the mail below, to which it points.
fn how_clearly(said: &Said<'_>) -> Asking {
    let (own, below) = own_text::split(said.text);
    let own = without_closing(own);
    if takes_back(own, said.is_answer) {
        return Asking::Nothing;
    }
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
    if DOUBTS.iter().any(|words| own.contains(words)) {
        return false;
    }
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
    let own = without_own_name(own, said.requester);
    let mut text = without_greetings(own);
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
    let asked = asked_for(&text, subject_at, &words, &mentions);
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

/// Without a last line that is the requester's own first name: a short signature.
fn without_own_name<'t>(own: &'t str, requester: &str) -> &'t str {
    let own = own.trim_end();
    let (above, last) = own.rsplit_once('\n').unwrap_or(("", own));
    let last = last.trim_matches(|c: char| !c.is_alphanumeric());
    let first = requester.split_whitespace().next().unwrap_or_default();
    if last.to_lowercase() == first.to_lowercase() {
        above
    } else {
        own
    }
}

/// Whether the words take back what was asked, or say that it isn't the writer's: then nothing is asked for, however
/// the rest of the mail and its subject read.
fn takes_back(own: &str, is_answer: bool) -> bool {
    let plain = own.to_lowercase();
    let words = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let whole = words(&plain);
    let head = whole.split_whitespace().next().unwrap_or_default();
    // The answer to somebody else's mail is the desk's to read.
    let refuses =
        is_answer && ["nee", "neen", "no", "welke", "wie", "who", "which"].contains(&head);
    let mut sentences = plain.split(['.', '!', '?']).map(words);
    let forbids = sentences.any(|sentence| {
        let is_unable = sentence.split(' ').any(|word| UNABLE.contains(&word));
        !is_unable && FORBIDS.iter().any(|phrase| sentence.contains(phrase))
    });
    refuses || forbids || TAKES_BACK.iter().any(|phrase| whole.contains(phrase))
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
