//! Names of people in parts, as they are compared and looked for in a text.

use std::collections::HashSet;

use super::tokens::{PARTICLES, joined};
use crate::domain::account::person_name::search_key;
use crate::domain::unseen::is_unseen;

/// Whether two names may be one person's: the same, or one has an initial where the other has the first
/// name.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    if search_key(a) == search_key(b) {
        return true;
    }
    let (a, b) = (Name::of(a), Name::of(b));
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    let is_joined = a.given().any(|given| b.given().any(|other| other == given));
    let first = is_joined || initial(&a.first, &b.first) || initial(&b.first, &a.first);
    !a.first.is_empty() && first && a.surname() == b.surname() && a.surname().is_some()
}

/// First names and surnames of people.
pub struct NameParts(HashSet<String>);

impl NameParts {
    /// Those of these people.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let parts = names.map(Name::of).flat_map(|name| {
            let given = [Some(name.first), name.joined];
            name.surnames.into_iter().chain(given.into_iter().flatten())
        });
        // An initial tells nobody.
        Self(parts.filter(|part| part.chars().count() > 1).collect())
    }

    /// Whether one of them is in this name; what a desk is called by tells nobody.
    #[must_use]
    pub fn stand_in(&self, name: &str, places: &[String]) -> bool {
        let apart = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.map(str::to_owned).collect()
        };
        let of_places: HashSet<String> = places.iter().flat_map(|place| apart(place)).collect();
        let words = apart(&search_key(&joined(name))).into_iter();
        words
            .filter(|word| !of_places.contains(word))
            .any(|word| self.0.contains(&word))
    }
}

/// Whether a display name has letters that nobody sees, or that only look like others: it may be anybody's.
#[must_use]
pub fn hides_letters(name: &str) -> bool {
    let is_foreign = |c: char| c.is_alphabetic() && !c.is_ascii();
    name.contains(is_unseen) || search_key(name).contains(is_foreign)
}

/// A name on file, in parts as names are searched.
pub(in crate::domain::request) struct Name {
    pub(in crate::domain) first: String,
    /// Two first names in one word: `Anne-Marie` and `Anne Marie` are Annemarie.
    pub(in crate::domain::request) joined: Option<String>,
    /// Between the first name and the surname: further names and particles.
    pub(in crate::domain::request) middle: Vec<String>,
    /// The surname, and where it's a double one its first half too.
    pub(in crate::domain::request) surnames: Vec<String>,
    /// What is right before the surname: `van der`.
    pub(in crate::domain::request) particles: String,
}

impl Name {
    pub(in crate::domain) fn of(name: &str) -> Self {
        let name = joined(name);
        // `Kok, Hendrik` is Hendrik Kok, `Peters - van Berkel` one surname.
        let is_surname = |last: &str| {
            let key = search_key(last);
            let words = key.split(' ').filter(|word| !PARTICLES.contains(word));
            words.count() == 1
        };
        let turned = match name.split_once(',') {
            Some((last, first)) if is_surname(last) => format!("{first} {last}"),
            _ => name,
        };
        let key = search_key(&turned).replace('.', " ").replace('–', "-");
        let key = key.replace(" -", "-").replace("- ", "-");
        let mut parts: Vec<&str> = key.split(' ').filter(|part| !part.is_empty()).collect();
        // `Anne-Marie` is two words, of which the first is enough.
        let given = if parts.len() > 1 { parts.remove(0) } else { "" };
        let (first, more) = given.split_once('-').unwrap_or((given, ""));
        let last = parts.pop().unwrap_or_default();
        let joined = joined_with(first, more, parts.first().copied());
        let before = parts
            .iter()
            .rposition(|part| !PARTICLES.contains(part))
            .map_or(0, |at| at + 1);
        let particles = parts[before..].join(" ");
        let mut middle: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let mut surnames: Vec<String> = last.split('-').rev().map(str::to_owned).collect();
        // `Yılmaz-de Vries`: the first half of a double name comes before the particle.
        let half = middle.iter().position(|part| part.contains('-'));
        if let Some(at) = half {
            let doubled = middle.remove(at);
            surnames.extend(doubled.split('-').next().map(str::to_owned));
            middle.extend(doubled.split('-').skip(1).map(str::to_owned));
        }
        middle.extend(more.split('-').map(str::to_owned));
        surnames.retain(|surname| !surname.is_empty() && !PARTICLES.contains(&surname.as_str()));
        Self {
            first: first.to_owned(),
            joined,
            middle,
            surnames,
            particles,
        }
    }

    pub(in crate::domain::request) fn surname(&self) -> Option<&String> {
        self.surnames.first()
    }

    /// What the person may be called by: the first name, and two of them in one word.
    pub(in crate::domain::request) fn given(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.first).chain(&self.joined)
    }
}

/// A first name and the one behind it, where there is one.
fn joined_with(first: &str, hyphened: &str, next: Option<&str>) -> Option<String> {
    let is_name = |part: &&str| part.len() > 1 && !part.contains('-') && !PARTICLES.contains(part);
    let more = match hyphened {
        "" => next.filter(is_name)?.to_owned(),
        more => more.replace('-', ""),
    };
    (first.len() > 1).then(|| format!("{first}{more}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_may_have_two_spellings() {
        assert!(same_name("Anna de Vries", "anna de vries"));
        assert!(same_name("A. de Vries", "Anna de Vries"));
        assert!(same_name("Anne-Marie Smit", "Annemarie Smit"));
        assert!(same_name("Anne Marie Smit", "Annemarie Smit"));
        assert!(!same_name("Anna de Vries", "Arno de Vries"));
        assert!(!same_name("Anna de Vries", "Anna de Groot"));
    }

    #[test]
    fn a_name_on_file_may_be_turned_round_or_have_a_title_behind_it() {
        for turned in ["Berg, Els van der", "van der Berg, Els", "Els van der Berg"] {
            assert!(same_name(turned, "E. van der Berg"), "{turned}");
            assert_eq!(Name::of(turned).particles, "van der", "{turned}");
        }
        let titled = Name::of("Jan Jansen, MSc");
        assert_eq!(titled.first, "jan");
        for name in ["Róisín O'Connor", "O’Connor, Róisín"] {
            let name = Name::of(name);
            assert_eq!(
                (name.first.as_str(), name.surname().map(String::as_str)),
                ("roisin", Some("oconnor"))
            );
        }
    }

    #[test]
    fn letters_that_nobody_can_tell_apart_are_noticed() {
        for name in [
            "P\u{200b}iet Smit",
            "Pi\u{ad}et",
            "\u{420}iet Smit",
            "Pi\u{435}t",
        ] {
            assert!(hides_letters(name), "{name:?}");
        }
        for name in [
            "Servicedesk Utrecht",
            "Zoë Ødegård-Çelik",
            "OT \u{2709} helpdesk",
            "Fryslân",
        ] {
            assert!(!hides_letters(name), "{name:?}");
        }
    }

    #[test]
    fn half_a_name_beside_an_address_tells_whom_it_means() {
        let names = [
            "Saskia de Bakker",
            "Hugo van Utrecht",
            "Zoë Çelik-Smit",
            "Róisín O'Connor",
        ];
        let parts = NameParts::of(names.into_iter());
        let places = ["utrecht".to_owned(), "noord holland".to_owned()];
        for name in [
            "Saskia",
            "S. de Bakker",
            "\"Bakker, S.\"",
            "saskia (thuis)",
            "celik",
            "Juf Smit",
            "R. O’Connor",
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
