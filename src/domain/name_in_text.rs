//! Names of people, looked for in the words of a text.

use std::collections::{HashMap, HashSet};

use super::mail_words::{After, PARTICLES, TITLES, Word};
use super::person_name::search_key;

/// A name part from this length may have one slip.
const SLIP_FROM: usize = 6;
/// Words that begin sentences before a surname.
const NO_FIRST_NAMES: [&str; 20] = [
    "maar", "met", "dat", "dit", "kan", "kun", "wil", "wilt", "voor", "want", "van", "toen",
    "heeft", "reset", "graag", "betreft", "naam", "ook", "als", "account",
];
/// How many words may stand between a first name and a surname.
pub(super) const BETWEEN: usize = 5;

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

/// First names and surnames of people.
pub struct NameParts(HashSet<String>);

impl NameParts {
    /// Those of these people.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let parts = names.map(Name::of).flat_map(|name| {
            let first = Some(name.first);
            name.surnames.into_iter().chain(first)
        });
        // An initial tells nobody.
        Self(parts.filter(|part| part.chars().count() > 1).collect())
    }

    /// Whether one of them stands in this name; what a desk is called by tells nobody.
    #[must_use]
    pub fn stand_in(&self, name: &str, places: &[String]) -> bool {
        let apart = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.map(str::to_owned).collect()
        };
        let of_places: HashSet<String> = places.iter().flat_map(|place| apart(place)).collect();
        let words = apart(&search_key(name)).into_iter();
        words
            .filter(|word| !of_places.contains(word))
            .any(|word| self.0.contains(&word))
    }
}

/// A name on file, in parts as names are searched.
pub(super) struct Name {
    pub(super) first: String,
    /// Between the first name and the surname: further names and particles.
    middle: Vec<String>,
    /// The surname, and where it's a double one its first half too.
    pub(super) surnames: Vec<String>,
}

impl Name {
    pub(super) fn of(name: &str) -> Self {
        // `Kok, Hendrik` is Hendrik Kok, `Peters - van Berkel` one surname.
        let is_surname = |last: &str| {
            let key = search_key(last);
            let words = key.split(' ').filter(|word| !PARTICLES.contains(word));
            words.count() == 1
        };
        let turned = match name.split_once(',') {
            Some((last, first)) if is_surname(last) => format!("{first} {last}"),
            _ => name.to_owned(),
        };
        let key = search_key(&turned).replace('.', " ").replace('–', "-");
        let key = key.replace(" -", "-").replace("- ", "-");
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

    pub(super) fn surname(&self) -> Option<&String> {
        self.surnames.first()
    }

    fn may_stand_between(&self, word: &Word) -> bool {
        word.is_particle()
            || self.middle.contains(&word.key)
            || self.surnames.contains(&word.key)
            || word.is_initials()
    }

    /// How well this word is the first name; an initial is the least.
    fn first_fit(&self, word: &Word) -> Option<Fit> {
        if let Some(fit) = fit_of(word, &self.first) {
            return Some(fit + 2);
        }
        let initial = self.first.chars().next()?;
        let is_short = word.is_initials();
        // The file may have the initials alone: `M.J. Bakker` is Marieke.
        let is_long = self.first.chars().count() == 1
            && word.is_capital
            && word.key.chars().count() > 2
            && !TITLES.contains(&word.key.as_str())
            && !NO_FIRST_NAMES.contains(&word.key.as_str());
        (word.key.starts_with(initial) && (is_short || is_long)).then_some(0)
    }

    /// How many parts of the name aren't said in these words.
    fn unsaid(&self, words: &[Word]) -> Fit {
        let is_said = |part: &str| {
            words.iter().any(|word| {
                fit_of(word, part).is_some()
                    || (word.is_initials() && part.starts_with(|c: char| word.key.contains(c)))
            })
        };
        let parts = self.middle.iter().chain(&self.surnames);
        let unsaid = parts
            .filter(|part| !part.is_empty() && !PARTICLES.contains(&part.as_str()))
            .filter(|part| !is_said(part));
        u8::try_from(unsaid.take(3).count()).unwrap_or(3)
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

/// Those whose name stands there, where nobody else's fits the same words as well; and all words that are
/// anybody's name. A school may have a hundred Jansens, and a text may be nothing but `Jansen`: no match is
/// compared with another, nor kept.
pub(super) fn by_name(words: &[Word], names: &[Name]) -> (Vec<usize>, HashSet<usize>) {
    let index = Index::of(words);
    let mut claims = vec![Claim::default(); words.len()];
    for (person, name) in names.iter().enumerate() {
        for found in matches_of(words, &index, name, person) {
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
    let sure = all.filter(|(person, name)| {
        matches_of(words, &index, name, *person).any(|found| is_sure(&found))
    });
    let sure = sure.map(|(person, _)| person).collect();
    let spoken = claims.iter().enumerate();
    let spoken = spoken.filter(|(_, claim)| claim.best.is_some());
    (sure, spoken.map(|(at, _)| at).collect())
}

/// Every place where somebody's name stands.
fn matches_of<'m>(
    words: &'m [Word],
    index: &'m Index,
    name: &'m Name,
    person: usize,
) -> impl Iterator<Item = Match> + 'm {
    name.surnames.iter().flat_map(move |surname| {
        let ends = index.find(surname).into_iter();
        ends.filter_map(move |end| match_at(words, name, surname, end, person))
    })
}

/// The other half of a double surname beside the word at `at`, and whether a hyphen joins the two.
pub(super) fn other_half(words: &[Word], at: usize) -> Option<(usize, bool)> {
    let joins = |word: &Word| matches!(word.after, After::Hyphen | After::Dash);
    let is_half = |at: &usize| !words[*at].is_particle();
    if joins(&words[at]) {
        let mut behind = (at + 1)..words.len().min(at + 1 + BETWEEN);
        return Some((behind.find(is_half)?, words[at].is_joined()));
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
        if let Some(fit) = name.first_fit(&words[start]).and_then(whole) {
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

    #[test]
    fn one_person_may_have_two_spellings() {
        assert!(same_name("Anna de Vries", "anna de vries"));
        assert!(same_name("A. de Vries", "Anna de Vries"));
        assert!(!same_name("Anna de Vries", "Arno de Vries"));
        assert!(!same_name("Anna de Vries", "Anna de Groot"));
    }

    #[test]
    fn a_name_on_file_may_be_turned_round_or_have_a_title_behind_it() {
        for turned in ["Berg, Els van der", "van der Berg, Els", "Els van der Berg"] {
            assert!(same_name(turned, "E. van der Berg"), "{turned}");
        }
        let titled = Name::of("Jan Jansen, MSc");
        assert_eq!(titled.first, "jan");
    }

    #[test]
    fn half_a_name_beside_an_address_tells_whom_it_means() {
        let names = ["Saskia de Bakker", "Hugo van Utrecht", "Zoë Çelik-Smit"];
        let parts = NameParts::of(names.into_iter());
        let places = ["utrecht".to_owned(), "noord holland".to_owned()];
        for name in [
            "Saskia",
            "S. de Bakker",
            "\"Bakker, S.\"",
            "saskia (thuis)",
            "celik",
            "Juf Smit",
        ] {
            assert!(parts.stand_in(name, &places), "{name}");
        }
        for name in [
            "Servicedesk Utrecht",
            "De servicedesk",
            "OT Helpdesk",
            "utrecht@desk.nl",
            "",
        ] {
            assert!(!parts.stand_in(name, &places), "{name}");
        }
    }
}
