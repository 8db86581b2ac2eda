//! Codes read aloud: the Dutch spelling alphabet, and the international one (ICAO, NATO).

use crate::domain::language::Language;

const DUTCH: [&str; 26] = [
    "Anton",
    "Bernhard",
    "Cornelis",
    "Dirk",
    "Eduard",
    "Ferdinand",
    "Gerard",
    "Hendrik",
    "Izaak",
    "Johan",
    "Karel",
    "Lodewijk",
    "Maria",
    "Nico",
    "Otto",
    "Pieter",
    "Quotiënt",
    "Rudolf",
    "Simon",
    "Theodor",
    "Utrecht",
    "Victor",
    "Willem",
    "Xantippe",
    "Ypsilon",
    "Zaandam",
];
const ICAO: [&str; 26] = [
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett",
    "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango",
    "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu",
];
const DUTCH_DIGITS: [&str; 10] = [
    "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen",
];
const ENGLISH_DIGITS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

/// The words for `code`, a group of it each; what is between the groups isn't said.
#[must_use]
pub fn aloud(code: &str, language: Language) -> Vec<String> {
    let groups = code.split('-');
    let words = groups.map(|group| {
        let words = group.chars().filter_map(|c| word(c, language));
        words.collect::<Vec<_>>().join(" ")
    });
    words.filter(|words| !words.is_empty()).collect()
}

fn word(c: char, language: Language) -> Option<&'static str> {
    let (letters, digits) = match language {
        Language::Nl => (DUTCH, DUTCH_DIGITS),
        Language::En => (ICAO, ENGLISH_DIGITS),
    };
    let at = |first: char| usize::try_from(u32::from(c).checked_sub(u32::from(first))?).ok();
    match (c, language) {
        ('A'..='Z', _) => letters.get(at('A')?).copied(),
        ('0'..='9', _) => digits.get(at('0')?).copied(),
        ('*', Language::Nl) => Some("sterretje"),
        ('*', Language::En) => Some("asterisk"),
        ('~', _) => Some("tilde"),
        ('$', _) => Some("dollar"),
        ('=', Language::Nl) => Some("is-teken"),
        ('=', Language::En) => Some("equals"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_of_a_code_has_its_word() {
        for language in [Language::Nl, Language::En] {
            let mut words: Vec<_> = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"
                .chars()
                .map(|c| word(c, language).unwrap())
                .collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), 37);
        }
        assert_eq!(
            aloud("4K-Z=", Language::Nl),
            ["vier Karel", "Zaandam is-teken"]
        );
        assert_eq!(aloud("4K-Z=", Language::En), ["four Kilo", "Zulu equals"]);
    }
}
