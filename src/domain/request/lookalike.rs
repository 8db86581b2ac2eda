//! Domains that are made to be mistaken for one on file.

use std::collections::HashSet;

use unicode_security::confusable_detection::skeleton;

/// How a domain resembles one on file; nothing when it doesn't, or is on file itself.
#[must_use]
pub fn lookalike_of(domain: &str, on_file: &[String]) -> Option<(String, &'static str)> {
    if on_file.iter().any(|known| known == domain) {
        return None;
    }
    let shape = shape(domain);
    let label = main_label(domain);
    let words: HashSet<&str> = label.split('-').collect();
    on_file.iter().find_map(|known| {
        let known_label = main_label(known);
        let how = if self::shape(known) == shape {
            "its letters look the same"
        } else if known_label == label && registrable(known) != registrable(domain) {
            "the same name with a different ending"
        } else if registrable(known) == registrable(domain) {
            "a sub-domain or parent of it that isn't on file"
        } else if known_label.len() >= 4 && strsim::damerau_levenshtein(known_label, label) == 1 {
            "one letter differs"
        } else if known_label.len() >= 5
            && (words.contains(known_label)
                || label
                    .strip_prefix(known_label)
                    .or(label.strip_suffix(known_label))
                    .is_some())
        {
            "a word was added to it"
        } else {
            return None;
        };
        Some((known.clone(), how))
    })
}

/// What the eye sees: punycode decoded, confusable letters made one (UTS 39).
fn shape(domain: &str) -> String {
    let (unicode, _) = idna::domain_to_unicode(domain);
    skeleton(&unicode)
        .collect::<String>()
        .replace("rn", "m")
        .replace(['1', 'i'], "l")
        .replace('0', "o")
}

fn registrable(domain: &str) -> &str {
    psl::domain_str(domain).unwrap_or(domain)
}

fn main_label(domain: &str) -> &str {
    registrable(domain).split('.').next().unwrap_or(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_are_seen_and_strangers_are_not() {
        let on_file = ["beatrixschool.nl".to_owned(), "deark.nl".to_owned()];
        let twin = |domain: &str| lookalike_of(domain, &on_file).is_some();
        for domain in [
            "beatrixschooI.nl".to_lowercase().as_str(),
            "beatrixscho0l.nl",
            "beatrlxschool.nl",
            "beatrixschool.com",
            "mail.beatrixschool.nl",
            "beatrixschool-nl.com",
            "beatrix-school.nl",
            "2fa-beatrixschool.nl",
            "beatrixschol.nl",
        ] {
            assert!(twin(domain), "{domain}");
        }
        for domain in [
            "beatrixschool.nl",
            "hetkompas.nl",
            "gmail.com",
            "deboomgaard.nl",
        ] {
            assert!(!twin(domain), "{domain}");
        }
    }
}
