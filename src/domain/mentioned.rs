//! Which accounts a mail speaks of, and whether it asks for something (`mail.md`: named, asks). The same
//! function judges and suggests, so that what is suggested is what would count.

use std::collections::{HashMap, HashSet};

use super::mail_words::{PARTICLES, Word, words_of};
use super::own_text;
use super::person_name::search_key;
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
/// A name part from this length may have one slip.
const SLIP_FROM: usize = 6;
/// How many words may stand between a first name and a surname.
const BETWEEN: usize = 5;

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

/// Whether two names may be one person's: the same, or one has an initial where the other has the first
/// name.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    if search_key(a) == search_key(b) {
        return true;
    }
    let (a, b) = (Name::of(a), Name::of(b));
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    let first = a.first == b.first || initial(&a.first, &b.first) || initial(&b.first, &a.first);
    !a.first.is_empty() && first && a.surname() == b.surname() && a.surname().is_some()
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

/// A name on file, in parts as names are searched.
struct Name {
    first: String,
    /// Between the first name and the surname: further names and particles.
    middle: Vec<String>,
    /// The surname, and where it's a double one its first half too.
    surnames: Vec<String>,
}

impl Name {
    fn of(name: &str) -> Self {
        let key = search_key(name).replace('.', " ");
        let mut parts: Vec<&str> = key.split(' ').filter(|part| !part.is_empty()).collect();
        // `Anne-Marie` is two words, of which the first is enough.
        let given = if parts.len() > 1 { parts.remove(0) } else { "" };
        let (first, more) = given.split_once('-').unwrap_or((given, ""));
        let first = first.to_owned();
        let last = parts.pop().unwrap_or_default();
        let mut middle: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let mut surnames: Vec<String> = last.split('-').rev().map(str::to_owned).collect();
        // `Yılmaz-de Vries`: the first half of a double name stands before the particle.
        let half = middle.iter().position(|part| part.contains('-'));
        if let Some(at) = half {
            let doubled = middle.remove(at);
            surnames.extend(doubled.split('-').next().map(str::to_owned));
            middle.extend(doubled.split('-').skip(1).map(str::to_owned));
        }
        middle.extend(more.split('-').map(str::to_owned));
        surnames.retain(|surname| !surname.is_empty() && !PARTICLES.contains(&surname.as_str()));
        Self {
            first,
            middle,
            surnames,
        }
    }

    fn surname(&self) -> Option<&String> {
        self.surnames.first()
    }

    fn may_stand_between(&self, word: &Word) -> bool {
        PARTICLES.contains(&word.key.as_str())
            || self.middle.iter().any(|part| *part == word.key)
            || word.is_initials()
    }
}

/// How well words fit a name; more is better.
type Fit = u8;

fn fit_of(word: &Word, part: &str) -> Option<Fit> {
    if word.key == part {
        return Some(2);
    }
    let long = word.key.len() >= SLIP_FROM && part.len() >= SLIP_FROM;
    (long && strsim::damerau_levenshtein(&word.key, part) == 1).then_some(1)
}

/// A place where a name stands.
struct Match {
    person: usize,
    words: std::ops::RangeInclusive<usize>,
    fit: Fit,
}

/// Those whose name stands there, where nobody else's fits the same words as well; and all words that are
/// anybody's name.
fn by_name(words: &[Word], names: &[Name]) -> (Vec<usize>, HashSet<usize>) {
    let index = Index::of(words);
    let mut matches: Vec<Match> = Vec::new();
    for (person, name) in names.iter().enumerate() {
        for surname in &name.surnames {
            for end in index.find(surname) {
                matches.extend(match_at(words, name, surname, end, person));
            }
        }
    }
    let overlap =
        |a: &Match, b: &Match| a.words.start() <= b.words.end() && b.words.start() <= a.words.end();
    let is_sure = |one: &&Match| {
        !matches
            .iter()
            .any(|other| other.person != one.person && other.fit >= one.fit && overlap(one, other))
    };
    let mut sure: Vec<usize> = matches
        .iter()
        .filter(is_sure)
        .map(|one| one.person)
        .collect();
    sure.sort_unstable();
    sure.dedup();
    let spoken = matches.iter().flat_map(|one| one.words.clone()).collect();
    (sure, spoken)
}

/// The name that ends with the surname at `end`, or begins with it (`Jansen, Joost`).
fn match_at(
    words: &[Word],
    name: &Name,
    surname: &str,
    end: usize,
    person: usize,
) -> Option<Match> {
    let last = fit_of(&words[end], surname)?;
    let first_fits = |word: &Word| match fit_of(word, &name.first) {
        Some(fit) => Some(fit + 2),
        None => (word.is_initials()
            && !name.first.is_empty()
            && word.key.starts_with(&name.first[..first_len(&name.first)]))
        .then_some(0),
    };
    // One slip in all.
    let whole = |first: Fit| (first == 4 || first == 0 || last == 2).then_some(first * 2 + last);
    for start in (end.saturating_sub(BETWEEN + 1)..end).rev() {
        if let Some(fit) = first_fits(&words[start]).and_then(whole) {
            // Another initial before it belongs to the name as well.
            return Some(Match {
                person,
                words: start..=end,
                fit,
            });
        }
        if !name.may_stand_between(&words[start]) || words[start].is_stop() {
            break;
        }
    }
    let after = words.iter().enumerate().skip(end + 1).take(BETWEEN);
    for (at, word) in after {
        if let Some(fit) = fit_of(word, &name.first).filter(|fit| *fit == 2 && last == 2) {
            return Some(Match {
                person,
                words: end..=at,
                fit: fit * 2 + last,
            });
        }
        if !PARTICLES.contains(&word.key.as_str()) {
            break;
        }
    }
    None
}

fn first_len(name: &str) -> usize {
    name.chars().next().map_or(0, char::len_utf8)
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

/// Takes the requester's own name out of the words.
fn forget(words: &mut [Word], requester: &str) {
    let name = Name::of(requester);
    let mut own = Vec::new();
    for end in 0..words.len() {
        for surname in &name.surnames {
            own.extend(match_at(words, &name, surname, end, 0).map(|found| found.words));
        }
    }
    for at in own.into_iter().flatten() {
        words[at] = Word::stop();
    }
}

/// Where words stand, also with one slip: by themselves, and with each letter left out.
struct Index(HashMap<String, Vec<usize>>);

impl Index {
    fn of(words: &[Word]) -> Self {
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            for form in forms(&word.key) {
                index.entry(form).or_default().push(at);
            }
        }
        Self(index)
    }

    fn find(&self, part: &str) -> Vec<usize> {
        let mut found: Vec<usize> = forms(part)
            .iter()
            .filter_map(|form| self.0.get(form))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if word.len() >= SLIP_FROM && word.len() <= 40 {
        forms.extend(word.char_indices().map(|(at, c)| {
            let mut form = word.to_owned();
            form.replace_range(at..at + c.len_utf8(), "");
            form
        }));
    }
    forms
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

    #[test]
    fn one_person_may_have_two_spellings() {
        assert!(same_name("Anna de Vries", "anna de vries"));
        assert!(same_name("A. de Vries", "Anna de Vries"));
        assert!(!same_name("Anna de Vries", "Arno de Vries"));
        assert!(!same_name("Anna de Vries", "Anna de Groot"));
    }
}
