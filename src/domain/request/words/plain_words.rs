//! A text as bare words: phrases are looked up in it by whole words, so that no word hides another (`leraar` isn't
//! `raar`, and `geblokkeerd` isn't `blokkeer`).

/// Words in small letters, with one blank between them and around them; whatever isn't a letter or a digit is a blank.
#[derive(Debug)]
pub(in crate::domain::request) struct PlainWords(String);

impl PlainWords {
    /// The words of this text.
    pub(in crate::domain) fn of(text: &str) -> Self {
        let mut plain = String::with_capacity(text.len() + 2);
        plain.push(' ');
        for c in text.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                plain.push(c);
            } else if !plain.ends_with(' ') {
                plain.push(' ');
            }
        }
        if !plain.ends_with(' ') {
            plain.push(' ');
        }
        Self(plain)
    }

    /// Whether these words stand in it.
    pub(in crate::domain) fn has(&self, phrase: &str) -> bool {
        self.found(phrase).any(|behind| behind.starts_with(' '))
    }

    /// Whether one of these phrases does.
    pub(in crate::domain::request) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }

    /// Whether a word begins like one of these, or goes on like it from one word to the next.
    pub(in crate::domain::request) fn begins_any(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| self.found(stem).next().is_some())
    }

    /// Whether the text begins with these words.
    pub(in crate::domain) fn starts_with(&self, phrase: &str) -> bool {
        let rest = self.0[1..].strip_prefix(phrase);
        rest.is_some_and(|rest| rest.starts_with(' '))
    }

    /// Each word.
    pub(in crate::domain) fn each(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// What follows each place where a word begins with this.
    fn found<'w>(&'w self, stem: &'w str) -> impl Iterator<Item = &'w str> {
        let places = self.0.match_indices(stem);
        let heads = places.filter(|(at, _)| self.0[..*at].ends_with(' '));
        heads.map(|(at, _)| &self.0[at + stem.len()..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_whole_words() {
        let words = PlainWords::of("De leraar zit er «slecht» bij:\nzie\tonder, a.u.b. (nú)!");
        for there in ["zie onder", "leraar", "a u b", "nú", "de leraar"] {
            assert!(words.has(there), "{there}");
        }
        for not in ["raar", "echt", "lera", "onde", "u b nu", "bij zie ond"] {
            assert!(!words.has(not), "{not}");
        }
        assert!(words.begins_any(&["lera"]) && !words.begins_any(&["raar"]));
        assert!(words.starts_with("de leraar") && !words.starts_with("de lera"));
        assert_eq!(PlainWords::of("").each().count(), 0);
        assert_eq!(PlainWords::of("Één, twee").each().count(), 2);
    }
}
