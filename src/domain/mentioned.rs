//! Which accounts a mail speaks of: by username, work address or name, typing errors forgiven. It only
//! suggests; an operator decides (rule 12).

use std::collections::HashSet;

use super::person_name::search_key;

/// How sure a mention is, from 0 to 1, and by what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// How sure.
    pub score: f64,
    /// By what.
    pub by: &'static str,
}

/// The words of a mail.
#[derive(Debug)]
pub struct MailWords {
    /// As they stand, lower-case, without what surrounds them.
    exact: HashSet<String>,
    /// As names are searched: accents gone.
    plain: Vec<String>,
}

/// Words between the first name and the family name.
const PARTICLES: [&str; 14] = [
    "de", "den", "der", "van", "het", "ter", "ten", "te", "in", "t", "op", "la", "el", "al",
];
/// The most words that are looked at.
const MOST: usize = 2_000;

impl MailWords {
    /// Of a subject and a text.
    #[must_use]
    pub fn of(subject: &str, text: &str) -> Self {
        let words = subject
            .split_whitespace()
            .chain(text.split_whitespace())
            .take(MOST);
        let (mut exact, mut plain) = (HashSet::new(), Vec::new());
        for word in words {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if bare.is_empty() {
                continue;
            }
            exact.insert(bare.to_lowercase());
            plain.extend(search_key(bare).split([' ', '-', '.']).map(str::to_owned));
        }
        plain.retain(|word| !word.is_empty());
        Self { exact, plain }
    }

    /// Whether the mail speaks of this account.
    #[must_use]
    pub fn mention(&self, username: &str, name: &str, work_email: &str) -> Option<Mention> {
        if self.exact.contains(username) {
            return Some(Mention {
                score: 1.0,
                by: "username",
            });
        }
        if self.exact.contains(work_email) {
            return Some(Mention {
                score: 1.0,
                by: "work address",
            });
        }
        let key = search_key(name);
        let parts: Vec<&str> = key
            .split([' ', '-'])
            .filter(|part| !part.is_empty() && !PARTICLES.contains(part))
            .collect();
        let (family, first) = (parts.last()?, parts.first()?);
        let family = self.best(family);
        if parts.len() < 2 || family < 0.75 {
            return None;
        }
        let first_fits = self.best(first);
        let initial = first.chars().next().map(String::from);
        let has_initial = initial.is_some_and(|initial| self.plain.contains(&initial));
        let (score, by) = if first_fits >= 0.75 {
            (family.min(first_fits) - 0.05, "name")
        } else if has_initial {
            (family - 0.2, "initial and family name")
        } else {
            (family - 0.4, "family name")
        };
        Some(Mention { score, by })
    }

    /// How well a part of a name is met, from 0 to 1.
    fn best(&self, part: &str) -> f64 {
        let likeness = |word: &String| {
            if word == part {
                return 1.0;
            }
            // One slip in a longer word.
            let (shorter, longer) = (part.len().min(word.len()), part.len().max(word.len()));
            if shorter < 4 || longer - shorter > 1 {
                return 0.0;
            }
            match strsim::damerau_levenshtein(word, part) {
                1 => 0.85,
                2 if shorter >= 8 => 0.75,
                _ => 0.0,
            }
        };
        self.plain.iter().map(likeness).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str, username: &str, name: &str) -> Option<(&'static str, bool)> {
        let words = MailWords::of("2FA resetten", text);
        let found = words.mention(username, name, &format!("{username}@school.nl"))?;
        Some((found.by, found.score >= 0.75))
    }

    #[test]
    fn usernames_addresses_and_names_are_found_slips_forgiven() {
        let jansen = |text: &str| mention(text, "j.jansen", "Joost Jansen");
        assert_eq!(
            jansen("Graag (j.jansen) resetten."),
            Some(("username", true))
        );
        assert_eq!(
            jansen("van <J.Jansen@school.nl>,"),
            Some(("work address", true))
        );
        assert_eq!(
            jansen("onze collega Joost Jansen heeft"),
            Some(("name", true))
        );
        assert_eq!(
            jansen("onze collega Joost Janssen heeft"),
            Some(("name", true))
        );
        assert_eq!(
            jansen("de heer J. Jansen"),
            Some(("initial and family name", true))
        );
        assert_eq!(jansen("mevrouw Jansen"), Some(("family name", false)));
        assert_eq!(jansen("Joost van Dijk"), None);
        assert_eq!(
            mention("Zoe Celik is haar telefoon kwijt", "z.celik", "Zoë Çelik"),
            Some(("name", true))
        );
        let far = mention("Fatma van der Weerdt", "f.weerd", "Fatma van der Weerd");
        assert_eq!(far, Some(("name", true)));
        assert_eq!(
            mention("x.j.jansen@elders.nl", "j.jansen", "Joost Jansen"),
            None
        );
    }
}
