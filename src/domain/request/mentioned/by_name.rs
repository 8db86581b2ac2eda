//! Whole names, looked for in the words of a text.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use super::stranger;
use super::unnamed::is_role;
use crate::domain::request::words::asking::{Asking, asking};
use crate::domain::request::words::name_in_text::Name;
use crate::domain::request::words::tokens::{After, TITLES, Word};

/// A name part from this length may have one slip.
const SLIP_FROM: usize = 6;
/// The most bytes of a letter.
const SLIP_BYTES: usize = 4;
/// To this length: no name is longer.
const SLIP_TO: usize = 40;
/// How often a word is looked at as a surname: whoever is called by it more often was named long before.
const MOST_TIMES: usize = 40;
/// Words that begin sentences before a surname.
const NO_FIRST_NAMES: [&str; 20] = [
    "maar", "met", "dat", "dit", "kan", "kun", "wil", "wilt", "voor", "want", "van", "toen",
    "heeft", "reset", "graag", "betreft", "naam", "ook", "als", "account",
];
/// How many words may stand between a first name and a surname.
pub(super) const BETWEEN: usize = 5;

impl Name {
    fn may_stand_between(&self, word: &Word) -> bool {
        word.is_particle()
            || self.middle.contains(&word.key)
            || self.surnames.contains(&word.key)
            || word.is_initials()
    }

    /// How well the first name stands at `at`, and where it begins; an initial is the least.
    fn first_fit(&self, words: &[Word], at: usize) -> Option<(Fit, usize)> {
        let word = &words[at];
        let before = at.checked_sub(1).map(|before| (before, &words[before]));
        // `Anne-Marie` on file as Annemarie, or the other way round.
        if let Some((before, other)) = before.filter(|(_, other)| !other.breaks()) {
            let both = format!("{}{}", other.key, word.key);
            if !other.is_stop() && self.given().any(|given| *given == both) {
                return Some((4, before));
            }
            let is_given = other.key == self.first && self.middle.contains(&word.key);
            if other.is_joined() && !is_given {
                return None;
            }
        }
        if let Some(fit) = self.given().find_map(|given| fit_of(word, given)) {
            return Some((fit + 2, at));
        }
        let initial = self.first.chars().next()?;
        let is_short = word.is_initials();
        // The file may have the initials alone: `M.J. Bakker` is Marieke.
        let is_long = self.first.chars().count() == 1
            && word.is_capital
            && word.key.chars().count() > 2
            && !TITLES.contains(&word.key.as_str())
            && !NO_FIRST_NAMES.contains(&word.key.as_str());
        (word.key.starts_with(initial) && (is_short || is_long)).then_some((0, at))
    }

    /// How many parts of the name aren't said in these words.
    fn unsaid(&self, words: &[Word]) -> Fit {
        let is_joined = |part: &str| {
            let joined = self.joined.as_ref();
            let joined = joined.filter(|joined| joined.ends_with(part));
            joined.is_some_and(|joined| words.iter().any(|word| word.key == *joined))
        };
        let is_said = |part: &str| {
            let mut words = words.iter();
            is_joined(part)
                || words.any(|word| {
                    fit_of(word, part).is_some()
                        || (word.is_initials() && part.starts_with(|c: char| word.key.contains(c)))
                })
        };
        let parts = self.middle.iter().chain(&self.surnames);
        let unsaid = parts
            .filter(|part| !part.is_empty() && !Word::is_particle_key(part))
            .filter(|part| !is_said(part));
        u8::try_from(unsaid.take(3).count()).unwrap_or(3)
    }
}

/// How well words fit a name; more is better.
type Fit = u8;

fn fit_of(word: &Word, part: &str) -> Option<Fit> {
    if word.key == part || word.owner() == Some(part) {
        return Some(2);
    }
    let long =
        is_long(&word.key) && is_long(part) && word.key.len().abs_diff(part.len()) <= SLIP_BYTES;
    (long && strsim::damerau_levenshtein(&word.key, part) == 1).then_some(1)
}

/// Whether the word may have a slip in it.
fn is_long(word: &str) -> bool {
    (SLIP_FROM..=SLIP_TO).contains(&word.len())
}

/// A place where a name stands.
pub(super) struct Match {
    pub(super) person: usize,
    pub(super) words: RangeInclusive<usize>,
    fit: Fit,
}

/// How well a word fits whoever it fits best, and how well somebody else.
#[derive(Clone, Copy, Default)]
struct Claim {
    best: Option<(Fit, usize)>,
    other: Option<Fit>,
}

impl Claim {
    fn add(&mut self, fit: Fit, person: usize) {
        match self.best {
            Some((best, who)) if who == person => self.best = Some((best.max(fit), who)),
            Some((best, _)) if fit <= best => self.other = self.other.max(Some(fit)),
            _ => {
                self.other = self.other.max(self.best.map(|(fit, _)| fit));
                self.best = Some((fit, person));
            }
        }
    }

    /// Whether nobody else's name fits as well.
    fn is_left_to(self, person: usize, fit: Fit) -> bool {
        let others = match self.best {
            Some((best, who)) if who != person => Some(best),
            _ => self.other,
        };
        others.is_none_or(|other| other < fit)
    }
}

/// Where somebody's name stands and nobody else's fits the same words as well; and all words that are
/// anybody's name. A school may have a hundred Jansens, and a text may be nothing but `Jansen`: no match is
/// compared with another, and only those that are left are kept, which are no more than the words.
pub(super) fn by_name(words: &[Word], names: &[Name]) -> (Vec<Match>, HashSet<usize>) {
    let index = Index::of(words);
    let parts = Parts::of(names);
    let matches_of = |person: usize, name| matches_of(words, &index, &parts, name, person);
    let mut claims = vec![Claim::default(); words.len()];
    for (person, name) in names.iter().enumerate() {
        for found in matches_of(person, name) {
            for at in found.words {
                claims[at].add(found.fit, person);
            }
        }
    }
    let is_sure = |found: &Match| {
        let mut claims = claims[found.words.clone()].iter();
        claims.all(|claim| claim.is_left_to(found.person, found.fit))
    };
    let all = names.iter().enumerate();
    let sure =
        all.flat_map(|(person, name)| matches_of(person, name).filter(|found| is_sure(found)));
    let sure = sure.collect();
    let spoken = claims.iter().enumerate();
    let spoken = spoken.filter(|(_, claim)| claim.best.is_some());
    (sure, spoken.map(|(at, _)| at).collect())
}

/// Every place where somebody's name stands.
fn matches_of<'m>(
    words: &'m [Word],
    index: &'m Index,
    parts: &'m Parts<'m>,
    name: &'m Name,
    person: usize,
) -> impl Iterator<Item = Match> + 'm {
    name.surnames.iter().flat_map(move |surname| {
        let ends = index.find(surname).into_iter();
        let found = ends.filter_map(move |end| match_at(words, name, surname, end, person));
        found.filter(move |found| !parts.are_anothers(words, name, surname, found))
    })
}

/// What is somebody's first name or surname, letter by letter.
struct Parts<'n> {
    given: HashSet<&'n str>,
    surnames: HashSet<&'n str>,
    /// First names of those who have one alone.
    sole: HashSet<&'n str>,
}

impl<'n> Parts<'n> {
    fn of(names: &'n [Name]) -> Self {
        let surnames = names.iter().flat_map(|name| &name.surnames);
        let given = names.iter().flat_map(Name::given);
        let sole = names.iter().filter(|name| name.joined.is_none());
        Self {
            given: given.map(String::as_str).collect(),
            surnames: surnames.map(String::as_str).collect(),
            sole: sole.map(|name| name.first.as_str()).collect(),
        }
    }

    /// Whether a word fits the name by a slip only, and is somebody else's letter by letter; whether the name has another
    /// first name in front (`Jan Peter Jansen`); or half of the first name was said, which somebody else has alone.
    fn are_anothers(&self, words: &[Word], name: &Name, surname: &str, found: &Match) -> bool {
        let mut within = words[found.words.clone()].iter();
        let slips = within.any(|word| {
            let key = word.key.as_str();
            let is_own = name.surnames.iter().chain(name.given()).chain(&name.middle);
            let is_own = is_own.into_iter().any(|part| part == key) || word.owner().is_some();
            let slips_as = |part: &str| !is_own && fit_of(word, part) == Some(1);
            (slips_as(surname) && self.surnames.contains(key))
                || (name.given().any(|given| slips_as(given)) && self.given.contains(key))
        });
        let first = &words[*found.words.start()];
        let is_half = name.joined.is_some()
            && first.key == name.first
            && self.sole.contains(name.first.as_str())
            && name.unsaid(&words[found.words.clone()]) > 0;
        slips || is_half || has_another_first_name(words, *found.words.start())
    }
}

/// `Jan Peter Jansen` isn't Peter Jansen.
fn has_another_first_name(words: &[Word], start: usize) -> bool {
    let Some(before) = start.checked_sub(1).map(|at| &words[at]) else {
        return false;
    };
    let key = before.key.as_str();
    let is_role = is_role(key) || !stranger::may_be_name(key);
    before.is_capital
        && !before.breaks()
        && !before.is_initials()
        && before.after != After::Dash
        && !is_role
        && !TITLES.contains(&key)
        && !NO_FIRST_NAMES.contains(&key)
        && asking(key) == Asking::Nothing
}

/// The other half of a double surname beside the word at `at`, and whether a hyphen joins the two.
pub(super) fn other_half(words: &[Word], at: usize) -> Option<(usize, bool)> {
    let joins = |word: &Word| matches!(word.after, After::Hyphen | After::Dash);
    let is_half = |at: &usize| !words[*at].is_particle();
    // `Mevrouw Bouali - nieuwe telefoon` has no other half.
    let is_half_behind =
        |at: &usize| is_half(at) && (words[*at].is_capital || words[*at - 1].is_joined());
    if joins(&words[at]) {
        let mut behind = (at + 1)..words.len().min(at + 1 + BETWEEN);
        let other = behind.find(is_half)?;
        return is_half_behind(&other).then(|| (other, words[at].is_joined()));
    }
    let before = (at.saturating_sub(BETWEEN)..at).rev().find(is_half)?;
    let is_open = joins(&words[before]);
    is_open.then(|| (before, words[before].is_joined()))
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
    let is_other = |at: usize| {
        let others = name.surnames.iter().filter(|other| *other != surname);
        let mut others = others.map(|other| fit_of(&words[at], other));
        others.any(|fit| fit.is_some())
    };
    // `Karin de Jong-Bakker` isn't Karin de Jong.
    let half = match other_half(words, end) {
        Some((at, _)) if is_other(at) => at,
        Some((_, true)) => return None,
        _ => end,
    };
    let (from, to) = (half.min(end), half.max(end));
    let found = |start: usize, end: usize, fit: Fit| Match {
        person,
        words: start..=end,
        // Whoever has every part of the name said is meant before whoever has more of them.
        fit: fit * 4 - name.unsaid(&words[start..=end]).min(fit * 4),
    };
    // One slip in all.
    let whole = |first: Fit| (first == 4 || first == 0 || last == 2).then_some(first * 2 + last);
    for start in (from.saturating_sub(BETWEEN + 1)..from).rev() {
        if let Some((fit, start)) = name.first_fit(words, start)
            && let Some(fit) = whole(fit)
        {
            return Some(found(start, to, fit));
        }
        if !name.may_stand_between(&words[start]) || words[start].is_stop() {
            break;
        }
    }
    let after = words.iter().enumerate().skip(to + 1).take(BETWEEN);
    for (at, word) in after {
        if let Some(fit) = fit_of(word, &name.first).filter(|fit| *fit == 2 && last == 2) {
            return Some(found(from, at, fit * 2 + last));
        }
        // `Jansen, J.`
        let is_initial = words[to].after == After::Comma && word.is_initials();
        let initial = name
            .first
            .chars()
            .next()
            .filter(|_| at == to + 1 && is_initial && last == 2);
        if initial.is_some_and(|initial| word.key.starts_with(initial)) {
            return Some(found(from, at, last));
        }
        if !word.is_particle() {
            break;
        }
    }
    None
}

/// Takes the requester's own name out of the words.
pub(super) fn forget(words: &mut [Word], requester: &str) {
    let name = Name::of(requester);
    let mut own = Vec::new();
    for end in 0..words.len() {
        for surname in &name.surnames {
            own.extend(match_at(words, &name, surname, end, 0).map(|found| found.words));
        }
    }
    for at in own.into_iter().flatten() {
        words[at] = Word::stop(words[at].at);
    }
}

/// Where words stand, also with one slip: by themselves, and with each letter left out.
struct Index(HashMap<String, Vec<usize>>);

impl Index {
    fn of(words: &[Word]) -> Self {
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            let times = times.entry(&word.key).or_default();
            *times += 1;
            if *times > MOST_TIMES || word.is_stop() {
                continue;
            }
            let owner = word.owner().map(str::to_owned);
            for form in forms(&word.key).into_iter().chain(owner) {
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
    if is_long(word) {
        forms.extend(word.char_indices().map(|(at, c)| {
            let mut form = word.to_owned();
            form.replace_range(at..at + c.len_utf8(), "");
            form
        }));
    }
    forms
}
