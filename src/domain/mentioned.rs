//! Which accounts a mail speaks of, and whether it asks for something (`mail.md`: named, asks). The same
//! function judges and suggests, so that what is suggested is what would count.

use std::collections::{HashMap, HashSet};

use super::mail_words::{PARTICLES, Word, words_of};
use super::name_in_text::{BETWEEN, Name, by_name, forget};
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
    /// The requester's own name, which stands under the mail.
    pub requester: &'s str,
}

/// Forms of address before a surname.
const TITLES: [&str; 12] = [
    "mevrouw", "meneer", "mw", "mvr", "dhr", "heer", "juf", "juffrouw", "meester", "collega", "mr",
    "mrs",
];
/// Words that are first names as well, and begin sentences.
const NO_NAMES: [&str; 8] = ["wil", "will", "may", "an", "bel", "mark", "mees", "dan"];
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
/// What is asked for, as it stands in a word.
const ASKED: &[&str] = &[
    "2fa",
    "mfa",
    "twee-factor",
    "tweefactor",
    "twee factor",
    "two-factor",
    "twofactor",
    "two factor",
    "authenticator",
    "authenticatie",
    "authentication",
    "reset",
    "herstel",
    "recover",
    "restore",
    "inlog",
    "login",
    "log in",
    "verificatie",
    "verification",
    "telefoon",
    "phone",
    "code",
];
/// Words that hold one of those and mean something else.
const NOT_ASKED: [&str; 2] = ["postcode", "telefoonnummer"];

/// Whether the mail asks for something that the desk does.
#[must_use]
pub fn asks(said: &Said<'_>) -> bool {
    let (own, below) = own_text::split(said.text);
    let own = own_text::without_closing(own);
    asks_in(own)
        || said.subject.is_some_and(asks_in)
        || (points_down(own) && own_text::quoted_sender(below).is_some() && asks_in(below))
}

fn asks_in(text: &str) -> bool {
    let mut text = text.to_lowercase();
    for word in NOT_ASKED {
        text = text.replace(word, "");
    }
    ASKED.iter().any(|word| text.contains(word))
}

fn points_down(own: &str) -> bool {
    let own = own.to_lowercase();
    POINTS_DOWN.iter().any(|word| own.contains(word))
}

/// Which of these people the mail speaks of: their place among them, and how; the surest first.
#[must_use]
pub fn named(said: &Said<'_>, people: &[Person<'_>]) -> Vec<(usize, NamedBy)> {
    let (own, below) = own_text::split(said.text);
    let own = own_text::without_closing(own);
    let mut words = words_of(own);
    if let Some(subject) = said.subject.filter(|_| said.subject_names) {
        words.push(Word::stop());
        words.extend(words_of(subject));
    }
    forget(&mut words, said.requester);
    let mut found: Vec<(usize, NamedBy)> = exact(&words, people);
    let known = |found: &[(usize, NamedBy)], at: usize| found.iter().any(|(known, _)| *known == at);
    let names: Vec<Name> = people.iter().map(|person| Name::of(person.name)).collect();
    let (by_name, spoken) = by_name(&words, &names);
    for (at, by) in by_name
        .into_iter()
        .map(|at| (at, NamedBy::Name))
        .chain(alone(&words, &names, &spoken))
    {
        if !known(&found, at) {
            found.push((at, by));
        }
    }
    if found.is_empty()
        && points_down(own)
        && let Some(sender) = own_text::quoted_sender(below)
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
    let by_first = only_ones(names.iter().map(|name| Some(name.first.as_str())));
    let by_surname = only_ones(names.iter().map(|name| name.surname().map(String::as_str)));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if spoken.contains(&at) {
            continue;
        }
        if TITLES.contains(&word.key.as_str()) {
            let behind = words[at + 1..].iter().take(BETWEEN);
            let surname = behind
                .take_while(|word| !word.is_stop())
                .find(|word| !PARTICLES.contains(&word.key.as_str()));
            let person =
                surname.and_then(|word| by_surname.get(word.key.as_str()).copied().flatten());
            found.extend(person.map(|person| (person, NamedBy::Surname)));
        }
        // A surname may stand behind its particles.
        let mut behind = words[at + 1..].iter().take(BETWEEN);
        let follows =
            behind.find(|next| !PARTICLES.contains(&next.key.as_str()) || next.is_capital);
        let has_surname = !word.ends_sentence && follows.is_some_and(|next| next.is_capital);
        let is_alone = word.is_capital && !has_surname;
        if is_alone && !NO_NAMES.contains(&word.key.as_str()) && !word.key.is_empty() {
            let person = by_first.get(word.key.as_str()).copied().flatten();
            found.extend(person.map(|person| (person, NamedBy::FirstName)));
        }
    }
    found
}

/// Who is the only one with that part of a name.
fn only_ones<'n>(parts: impl Iterator<Item = Option<&'n str>>) -> HashMap<&'n str, Option<usize>> {
    let mut ones = HashMap::new();
    for (at, part) in parts.enumerate() {
        let Some(part) = part.filter(|part| part.len() > 1) else {
            continue;
        };
        ones.entry(part)
            .and_modify(|one| *one = None)
            .or_insert(Some(at));
    }
    ones
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHOOL: [(&str, &str); 9] = [
        ("j.jansen", "Joost Jansen"),
        ("j.jansen2", "Jan Jansen"),
        ("z.celik", "Zoë Çelik"),
        ("f.weerd", "Fatma van der Weerd"),
        ("a.groot", "Anna de Groot"),
        ("w.boer", "Wil de Boer"),
        ("f.vries", "Fatma Yılmaz-de Vries"),
        ("k.terveld", "Karin ter Veld"),
        ("p.pietersen", "Pieter Pietersen"),
    ];

    fn named_in(subject: Option<&str>, text: &str) -> Vec<(&'static str, NamedBy)> {
        let addresses: Vec<String> = SCHOOL
            .iter()
            .map(|(u, _)| format!("{u}@school.nl"))
            .collect();
        let people: Vec<Person<'_>> = SCHOOL
            .iter()
            .zip(&addresses)
            .map(|((username, name), work_email)| Person {
                username,
                name,
                work_email,
            })
            .collect();
        let said = Said {
            text,
            subject,
            subject_names: true,
            requester: "Daan Visser",
        };
        let found = named(&said, &people);
        found
            .into_iter()
            .map(|(at, by)| (SCHOOL[at].0, by))
            .collect()
    }

    fn who(text: &str) -> Vec<&'static str> {
        named_in(None, text)
            .into_iter()
            .map(|(username, _)| username)
            .collect()
    }

    #[test]
    fn usernames_addresses_and_names_are_found() {
        assert_eq!(
            named_in(None, "Graag (j.jansen) resetten."),
            [("j.jansen", NamedBy::Username)]
        );
        assert_eq!(
            named_in(None, "van <J.Jansen@school.nl>,"),
            [("j.jansen", NamedBy::WorkAddress)]
        );
        assert_eq!(
            named_in(None, "z.celik@school.nl<mailto:z.celik@school.nl> graag"),
            [("z.celik", NamedBy::WorkAddress)]
        );
        assert_eq!(
            named_in(None, "onze collega Joost Jansen heeft"),
            [("j.jansen", NamedBy::Name)]
        );
        assert_eq!(who("Joost Janssen"), ["j.jansen"], "one slip");
        assert_eq!(who("Jost Janssen"), Vec::<&str>::new(), "two slips");
        assert_eq!(
            who("de heer J. Pietersen"),
            Vec::<&str>::new(),
            "another initial"
        );
        assert_eq!(who("de heer P. Pietersen"), ["p.pietersen"]);
        assert_eq!(who("P. Pietersen"), ["p.pietersen"]);
        assert_eq!(who("Zoe Celik is haar telefoon kwijt"), ["z.celik"]);
        assert_eq!(
            who("Fatma van der Weerdt"),
            Vec::<&str>::new(),
            "too short for a slip"
        );
        assert_eq!(who("Fatma van der Weerd"), ["f.weerd"]);
        assert_eq!(who("Pietersen, Pieter"), ["p.pietersen"]);
        assert_eq!(who("Fatma Yilmaz"), ["f.vries"]);
        assert_eq!(who("Fatma de Vries"), ["f.vries"]);
        assert_eq!(
            who("Joost Jansen en Karin ter Veld"),
            ["j.jansen", "k.terveld"]
        );
    }

    #[test]
    fn what_fits_two_people_names_nobody() {
        assert_eq!(who("J. Jansen"), Vec::<&str>::new());
        assert_eq!(who("mevrouw Jansen"), Vec::<&str>::new());
        assert_eq!(who("Graag voor Fatma."), Vec::<&str>::new());
        assert_eq!(who("Joost van Dijk"), Vec::<&str>::new());
        assert_eq!(who("x.j.jansen@elders.nl"), Vec::<&str>::new());
        assert_eq!(
            who("zie https://school.nl/j.jansen en www.school.nl/z.celik"),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn the_only_one_of_a_name_may_be_called_by_it() {
        assert_eq!(
            named_in(None, "Kun je Joost helpen?"),
            [("j.jansen", NamedBy::FirstName)]
        );
        assert_eq!(
            named_in(None, "Voor mevrouw Çelik graag"),
            [("z.celik", NamedBy::Surname)]
        );
        assert_eq!(
            named_in(None, "Voor juf ter Veld graag"),
            [("k.terveld", NamedBy::Surname)]
        );
        assert_eq!(who("Wil je dit doen?"), Vec::<&str>::new());
        assert_eq!(who("joost"), Vec::<&str>::new(), "not capitalised");
        assert_eq!(who("Joost Pieters is weg"), Vec::<&str>::new());
    }

    #[test]
    fn greetings_signatures_and_quotes_name_nobody() {
        assert_eq!(
            who("Graag resetten.\nMet vriendelijke groet,\nAnna de Groot"),
            Vec::<&str>::new()
        );
        assert_eq!(
            who("Graag resetten.\n-- \nKarin ter Veld"),
            Vec::<&str>::new()
        );
        assert_eq!(who("Graag resetten.\n> Voor z.celik"), Vec::<&str>::new());
        assert_eq!(
            who("Graag resetten.\nVerstuurd vanaf Zoë Çelik"),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn the_subject_names_where_it_is_given() {
        assert_eq!(
            named_in(Some("2FA van Zoë Çelik"), "Graag"),
            [("z.celik", NamedBy::Name)]
        );
    }

    #[test]
    fn a_forwarded_mail_names_its_sender_where_the_own_words_point_to_it() {
        let below = "\n-----Oorspronkelijk bericht-----\nVan: Zoë <z.celik@school.nl>\nMijn telefoon is kwijt";
        let found = named_in(None, &format!("Kun je deze collega helpen?{below}"));
        assert_eq!(found, [("z.celik", NamedBy::ForwardedMail)]);
        assert_eq!(who(&format!("Ter info.{below}")), Vec::<&str>::new());
    }

    #[test]
    fn a_mail_asks_for_something_that_the_desk_does() {
        let asks = |subject: Option<&str>, text: &str| {
            super::asks(&Said {
                text,
                subject,
                subject_names: false,
                requester: "Daan Visser",
            })
        };
        for text in [
            "Graag de 2FA van Jan resetten.",
            "Zijn telefoon is kwijt.",
            "Zij kan niet meer inloggen.",
            "She lost her phone.",
            "Zie onder.\nVan: Jan <j@x.nl>\nIk ben mijn herstelcode kwijt",
        ] {
            assert!(asks(None, text), "{text}");
        }
        for text in [
            "Kerstborrel! Tot vrijdag.",
            "Prima, akkoord.",
            "Prima!\n> Graag de 2FA resetten",
            "Dank!\nGroet,\nDaan\ntelefoon 030-1234567",
            "Ons nieuwe postcode en telefoonnummer volgen.",
        ] {
            assert!(!asks(None, text), "{text}");
        }
        assert!(asks(Some("2FA van Jan"), "Graag."));
    }
}
