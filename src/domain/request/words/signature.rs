//! The requester's own name below a mail, with whatever is under it: the footer of a school names people for whom
//! nobody asks, and how a mail is signed off nobody can list.

use super::asking::{Asking, asking};
use super::name_in_text::Name;
use super::tokens::{PARTICLES, TITLES};
use crate::domain::account::person_name::search_key;

/// What is beside a name in a signature.
const DEGREES: [&str; 12] = [
    "drs", "dr", "ir", "ing", "prof", "mr", "ma", "msc", "bsc", "ba", "med", "bed",
];
/// The most words of a signature's name line, and of what closes the mail above it.
const MOST: usize = 8;
const CLOSING: usize = 6;

/// The text above the requester's name, where that is in a line of its own.
pub(in crate::domain::request) fn without_signature<'t>(own: &'t str, requester: &str) -> &'t str {
    let name = Name::of(requester);
    let (mut at, mut above) = (0, None);
    for line in own.split_inclusive('\n') {
        // A label above says that somebody is asked for.
        if let Some((from, last)) = above
            && is_own_name(line, &name)
            && !ends_with(last, ':')
        {
            let is_closing = ends_with(last, ',') && last.split_whitespace().count() <= CLOSING;
            return &own[..if is_closing { from } else { at }];
        }
        if !line.trim().is_empty() {
            above = Some((at, line));
        }
        at += line.len();
    }
    own
}

fn ends_with(line: &str, sign: char) -> bool {
    line.trim_end().ends_with(sign)
}

/// `Daan`, `drs. D. Visser`, `Daan Visser, directeur`
fn is_own_name(line: &str, name: &Name) -> bool {
    let line = line
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if line.split_whitespace().count() > MOST {
        return false;
    }
    let end = line.find([',', '(', '|', '/']).or_else(|| line.find(" - "));
    let (said, behind) = line.split_at(end.or_else(|| line.find(" – ")).unwrap_or(line.len()));
    let key = search_key(said);
    let words: Vec<&str> = key
        .split([' ', '.', '-'])
        .filter(|word| !word.is_empty() && !TITLES.contains(word) && !DEGREES.contains(word))
        .collect();
    let is_part = |word: &&str| {
        let is_initial = word.chars().count() == 1;
        let mut parts = name.given().chain(&name.middle).chain(&name.surnames);
        is_initial || PARTICLES.contains(word) || parts.any(|part| part == word)
    };
    let mut known = name.given().chain(name.surname());
    let is_named = known.any(|part| words.contains(&part.as_str()));
    is_named && words.iter().all(is_part) && asking(behind) == Asking::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requesters_name_in_a_line_of_its_own_ends_the_mail() {
        let asked = "Graag de 2FA van Olga resetten.";
        let footer = "Directeur De Regenboog\nAdministratie: Petra de Jong, 030-1234567";
        for closing in [
            "Fijne dag gewenst,\n",
            "Best,\n\n",
            "Bvd,\n",
            "Hgr,\n",
            "Namens directie,\n",
            "",
        ] {
            for name in [
                "Daan Visser",
                "Daan",
                "D. Visser",
                "drs. D. Visser",
                "Visser, D.",
                "Daan Visser, directeur",
                "*Daan*",
            ] {
                let text = format!("{asked}\n\n{closing}{name}\n{footer}");
                assert_eq!(
                    without_signature(&text, "Daan Visser").trim(),
                    asked,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn a_name_that_is_asked_for_or_that_begins_a_mail_ends_nothing() {
        for text in [
            "Graag resetten van:\nDaan\nOlga",
            "Daan Visser\nDirecteur\n\nGraag de 2FA van Olga.",
            "Hoi,\nDaan Visser, graag de 2FA van Olga resetten",
            "Hoi,\nDaan en Olga kunnen niet inloggen",
            "Hoi,\nJan Visser\nOlga",
        ] {
            assert_eq!(without_signature(text, "Daan Visser"), text);
        }
    }
}
