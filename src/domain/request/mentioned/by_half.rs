//! Half a name, which nobody else in the requester's reach has: a first name that stands alone, or a surname
//! behind a form of address.

use std::collections::{HashMap, HashSet};
use std::iter;
use std::ops::RangeInclusive;

use super::by_name::{BETWEEN, other_half};
use super::named_by::NamedBy;
use super::sentence_words::{REQUESTS, is_called_so, is_opener, is_verb, listed};
use crate::domain::request::words::greeting::is_assent;
use crate::domain::request::words::name_in_text::Name;
use crate::domain::request::words::tokens::{After, TITLES, Word};

/// First names that are words as well, and begin sentences.
const WORDS: &str = "wil will may an bel mark mees dan ben elke toon april june koos storm";
/// Those of them that stand before a verb where they are no name.
const BEFORE_VERBS: &str = "dan may an";
/// First names that are words as well: in small letters they are no name.
const COMMON: &str = "will mark mees elke toon april june koos storm rose roos iris linde merel amber jade robin \
    ruby fleur bloem mare lente ster puck vera frank rein hope faith grace pearl floor august \
    wies bram maan";
/// What may stand behind a first name in small letters: no surname.
const GOES_ON: &str = "en of met zijn haar uit niet weer nog ook aub svp graag resetten reset helpen opnieuw voor \
    bij die dat omdat zodat ff effe even eventjes snel vandaag morgen nu zsm and please again";
/// What may stand before one: no other first name.
const COMES_BEFORE: &str = "van voor je jij u jullie en of dat als omdat want reset 2fa mfa account onze ons mijn met \
    bij aan help laat graag betreft for and our my that nu";
/// Where somebody belongs: `saskia van groep 5`, and not `saskia van dijk`.
const BELONGS: &str = "groep klas onze ons school locatie team unit";
/// The fewest letters of a first name in small letters.
const LEAST: usize = 4;
/// What stands before whoever is meant.
const PREPOSITIONS: &str =
    "om over is betreft van voor bij aan met of en door namens collega juf meester for and";
/// What whoever is meant has, right before the name.
const THINGS: &str = "2fa mfa reset account resetten betreft namelijk";
/// What stands between a form of address and a name.
const DEGREES: &str = "drs dr ir ing prof mr bc ba ma msc";
/// How men are addressed.
const MEN: &str = "meneer dhr heer hr meester mr";
/// Whoever is spoken to.
const YOU: &str = "je jij jou jouw u uw jullie you your";
/// Words before a first name that make it a thing's name: `cursus Saskia`.
const CALLED: &str = "cursus training workshop klas groep lokaal zaal project locatie gebouw stichting school \
    basisschool obs cbs rkbs kbs pcbs programma methode firma class";

/// Somebody who is called by half a name, and the words in which that's done.
pub(super) type Half = (usize, NamedBy, RangeInclusive<usize>);

/// Everybody who is the only one with such a half; `spoken` are the words that are somebody's whole name.
pub(super) fn by_half(words: &[Word], names: &[Name], spoken: &HashSet<usize>) -> Vec<Half> {
    let given = names.iter().enumerate();
    let given = given.flat_map(|(at, name)| name.given().map(move |given| (at, given.as_str())));
    let halves = Halves {
        words,
        names,
        spoken,
        given: only_ones(given),
        surnames: of_surnames(names),
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        found.extend(halves.titled_at(at));
        let first = halves.first_name_at(at);
        at = first.as_ref().map_or(at, |(_, _, words)| *words.end()) + 1;
        found.extend(first);
    }
    found
}

struct Halves<'h> {
    words: &'h [Word],
    names: &'h [Name],
    spoken: &'h HashSet<usize>,
    /// Who is the only one with a first name.
    given: HashMap<&'h str, Option<usize>>,
    /// Who has a surname.
    surnames: HashMap<&'h str, Vec<usize>>,
}

impl Halves<'_> {
    /// Whoever is called by the first name, or both of them, that begins here.
    fn first_name_at(&self, at: usize) -> Option<Half> {
        let words = self.words;
        let word = words.get(at)?;
        let before = at.checked_sub(1).map(|before| &words[before]);
        let is_joined_on = before.is_some_and(Word::is_joined);
        if word.is_stop() || self.spoken.contains(&at) || is_joined_on || self.is_a_surname(at) {
            return None;
        }
        if let Some(both) = self.both_at(at) {
            return Some(both);
        }
        let person = self.only_one_called(word)?;
        let is_called = if word.is_capital {
            self.is_capital_name(at)
        } else {
            self.is_small_name(at)
        };
        let is_whole = !word.is_joined() && !has_surname(words, at);
        let is_spoken_to = self.is_behind_a_comma(at) || self.is_addressed(at);
        let is_called = is_called && is_whole && !is_spoken_to;
        is_called.then_some((person, NamedBy::FirstName, at..=at))
    }

    /// `Anne-Marie` and `Anne Marie`, whether they are one on file or two.
    fn both_at(&self, at: usize) -> Option<Half> {
        let (word, next) = (&self.words[at], self.words.get(at + 1)?);
        let is_pair = word.is_joined() || (word.after == After::Blank && next.is_capital);
        let is_whole = !next.is_joined() && !has_surname(self.words, at + 1);
        if !word.is_capital || !is_pair || !is_whole || self.spoken.contains(&(at + 1)) {
            return None;
        }
        let both = format!("{}{}", word.key, next.key);
        let person = self.given.get(both.as_str()).copied().flatten()?;
        Some((person, NamedBy::FirstName, at..=at + 1))
    }

    fn only_one_called(&self, word: &Word) -> Option<usize> {
        let owner = || self.given.get(word.owner()?).copied();
        let found = self.given.get(word.key.as_str()).copied();
        found.or_else(owner).flatten()
    }

    fn is_capital_name(&self, at: usize) -> bool {
        let key = self.words[at].key.as_str();
        if !listed(WORDS, key) || !begins_sentence(self.words, at) {
            return true;
        }
        let next = self.words.get(at + 1);
        !listed(BEFORE_VERBS, key) && next.is_some_and(|next| is_verb(&next.key))
    }

    /// `saskia kan niet inloggen`
    fn is_small_name(&self, at: usize) -> bool {
        let word = &self.words[at];
        let belongs = || {
            let behind = self.words.get(at + 2).map_or("", |word| word.key.as_str());
            listed(BELONGS, behind)
        };
        let begins = at.checked_sub(1).is_none_or(|before| {
            let before = &self.words[before];
            let key = before.key.as_str();
            let is_known = listed(COMES_BEFORE, key) || TITLES.contains(&key) || is_verb(key);
            before.is_stop() || before.breaks() || is_known
        });
        let is_long = begins && word.key.chars().count() >= LEAST && !listed(COMMON, &word.key);
        let ends = word.breaks();
        let goes_on = |next: &Word| {
            let key = next.key.as_str();
            let is_known = is_verb(key) || listed(GOES_ON, key) || word.owner().is_some();
            next.is_stop() || is_known || (next.is_particle() && belongs())
        };
        is_long && (ends || self.words.get(at + 1).is_none_or(goes_on))
    }

    /// Whether the word is a surname that stands behind a first name (`Kees Joost`), or a thing is called by
    /// it (`cursus Saskia`).
    fn is_a_surname(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let word = &self.words[before];
        if word.is_stop() || word.breaks() {
            return false;
        }
        let key = word.key.as_str();
        let is_first = word.is_capital
            && !TITLES.contains(&key)
            && !is_opener(key)
            && !is_called_so(key)
            && !begins_sentence(self.words, before);
        let is_initial = word.is_capital && key.chars().count() == 1;
        listed(CALLED, key) || is_first || is_initial
    }

    /// Whether somebody is spoken to: where the sentence thanks or agrees, or says `you`, and ends with the name
    /// (`Akkoord met de reset Joost!`), or begins with it (`Joost je kunt …`).
    fn is_addressed(&self, at: usize) -> bool {
        let words = self.words;
        let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
        let ends = |word: &Word| word.is_stop() || word.after == After::Break;
        let begin = (0..at).rev().find(|before| ends(&words[*before]));
        let first = begin.map_or(0, |before| before + 1);
        let is_last = matches!(words[at].after, After::Break | After::Comma);
        if first < at && is_last && !listed(PREPOSITIONS, key(at - 1)) {
            let says_you = (first..at).any(|at| listed(YOU, key(at)));
            return is_assent(key(first)) || says_you;
        }
        let you_follows =
            listed(YOU, key(at + 1)) || listed("ik bedankt dank hierbij", key(at + 1));
        let asks_you = listed(REQUESTS, key(at + 1)) && listed(YOU, key(at + 2));
        first == at && !words[at].breaks() && (you_follows || asks_you)
    }

    /// Whether the word is a first name behind a surname (`Pietersen, Joost`), or that of whoever is spoken to
    /// (`Wil je dat doen, Joost?`).
    fn is_behind_a_comma(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.words[before]);
        before
            .filter(|word| word.after == After::Comma)
            .is_some_and(|word| {
                let is_name = word.is_capital && !is_opener(&word.key);
                let is_spoken_to = !word.is_capital
                    && self.words[at].breaks()
                    && self.words[at].after != After::Comma;
                (is_name && !self.given.contains_key(word.key.as_str())) || is_spoken_to
            })
    }

    /// Whoever is called by the form of address that stands here, and the surname behind it.
    fn titled_at(&self, at: usize) -> Option<Half> {
        let word = self.words.get(at).filter(|_| !self.spoken.contains(&at))?;
        if !TITLES.contains(&word.key.as_str()) {
            return None;
        }
        let halves = titled(self.words, at)?;
        if halves.iter().any(|half| self.spoken.contains(half)) {
            return None;
        }
        let (first, last) = (*halves.first()?, *halves.last()?);
        let person = if first == last {
            let from = (at + 1..first).find(|at| !listed(DEGREES, &self.words[*at].key));
            let is_he = listed(MEN, &word.key);
            self.only_one_of(from.unwrap_or(first), first, is_he)
        } else {
            self.only_one_of_both(&halves)
        };
        Some((person?, NamedBy::Surname, at..=last))
    }

    /// Who is the only one with this surname, or with these very particles before it: beside Van den Berg,
    /// `mevrouw Van der Berg` is somebody else.
    fn only_one_of(&self, from: usize, at: usize, is_he: bool) -> Option<usize> {
        let found = self.surnames.get(self.words[at].key.as_str())?;
        if let [person] = found[..] {
            return Some(person);
        }
        let particles = &self.words[from..at];
        // `dhr. Jansen` is Joost Jansen, beside somebody De Vries-Jansen; `mevrouw Jansen` may be either.
        let mut whole = found
            .iter()
            .filter(|person| self.names[**person].surnames.len() == 1);
        if is_he
            && particles.is_empty()
            && let (Some(person), None) = (whole.next(), whole.next())
            && self.names[*person].particles.is_empty()
        {
            return Some(*person);
        }
        // A double surname may be said by half, and particles may be left out or cut short.
        let is_double = |person: &usize| self.names[*person].surnames.len() > 1;
        let is_short = particles.iter().any(Word::is_short_particle);
        if particles.is_empty() || is_short || found.iter().any(is_double) {
            return None;
        }
        let keys: Vec<&str> = particles.iter().map(|word| word.key.as_str()).collect();
        let said = keys.join(" ");
        let has_them = |person: &&usize| self.names[**person].particles == said;
        let mut all = found.iter().filter(has_them);
        let person = all.next()?;
        all.next().is_none().then_some(*person)
    }

    /// Who is the only one with a double surname, which is compared as a whole.
    fn only_one_of_both(&self, halves: &[usize]) -> Option<usize> {
        let has_all = |person: &&usize| {
            let surnames = &self.names[**person].surnames;
            let has = |half: &usize| surnames.contains(&self.words[*half].key);
            surnames.len() == halves.len() && halves.iter().all(has)
        };
        let first = self.words[*halves.first()?].key.as_str();
        let mut all = self.surnames.get(first)?.iter().filter(has_all);
        let person = *all.next()?;
        all.next().is_none().then_some(person)
    }
}

/// Whether a name stands where an answer calls somebody by it: at the end of a clause, where nothing leads to it
/// (`Komt goed Joost, …`), or at the head of one before a break or a `you` (`Joost, je reset volgt`).
pub(super) fn is_spoken_to(words: &[Word], name: &RangeInclusive<usize>) -> bool {
    let (start, end) = (*name.start(), *name.end());
    let next = words.get(end + 1).filter(|next| !next.is_stop());
    let ends = words[end].after != After::Blank || next.is_none();
    let says_you = next.is_some_and(|next| listed(YOU, &next.key));
    if begins_sentence(words, start) {
        return ends || says_you;
    }
    let before = words[start - 1].key.as_str();
    let is_led_to =
        listed(PREPOSITIONS, before) || TITLES.contains(&before) || listed(THINGS, before);
    ends && !is_led_to
}

fn begins_sentence(words: &[Word], at: usize) -> bool {
    at.checked_sub(1)
        .is_none_or(|before| words[before].is_stop() || words[before].breaks())
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
    let behind = behind.take_while(|at| !words[*at].is_stop());
    // `mevrouw drs. De Jong`
    let mut behind = behind.skip_while(|at| listed(DEGREES, &words[*at].key));
    let first = behind.find(|at| !words[*at].is_particle())?;
    let other = other_half(words, first).map(|(at, _)| at);
    let other = other.filter(|at| *at > first);
    let last = other.unwrap_or(first);
    (!has_surname(words, last)).then(|| iter::once(first).chain(other).collect())
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

fn of_surnames(names: &[Name]) -> HashMap<&str, Vec<usize>> {
    let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        for surname in name.surnames.iter().filter(|surname| surname.len() > 1) {
            let people = all.entry(surname).or_default();
            if people.last() != Some(&at) {
                people.push(at);
            }
        }
    }
    all
}
