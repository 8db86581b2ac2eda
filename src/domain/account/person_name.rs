//! Names of people and places: free text, but one line and of a bounded length.

use unicode_normalization::UnicodeNormalization;

use crate::domain::text_value::text_value;

text_value! {
    /// A name as it is shown. Still untrusted: it is escaped where it is printed.
    DisplayName, BadDisplayName,
    "`{0}` isn't a valid name: 1 to 200 characters on one line", name
}

fn name(text: &str) -> Option<String> {
    let text: String = text.trim().nfc().collect();
    let count = text.chars().count();
    (count > 0 && count <= 200 && !text.chars().any(char::is_control)).then_some(text)
}

/// Folds a text for searching: compatibility forms, accents and case gone, words apart by one space.
#[must_use]
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
    {
        for c in c.to_lowercase() {
            match c {
                'ß' => key.push_str("ss"),
                'ø' => key.push('o'),
                'ł' => key.push('l'),
                'æ' => key.push_str("ae"),
                'œ' => key.push_str("oe"),
                'þ' => key.push_str("th"),
                'đ' | 'ð' => key.push('d'),
                'ħ' => key.push('h'),
                'ĳ' => key.push_str("ij"),
                'ı' => key.push('i'),
                c if c.is_alphanumeric() || "@.-_".contains(c) => key.push(c),
                _ if key.ends_with(' ') || key.is_empty() => {}
                _ => key.push(' '),
            }
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_spacing_do_not_matter_when_searching() {
        assert_eq!(
            search_key("  Zoë  van 't Hooft–Ødegård "),
            "zoe van t hooft odegard"
        );
        assert_eq!(search_key("Ĳsbrand ＡＢ"), "ijsbrand ab");
        assert_eq!(search_key("Œuvre Þór ﬁ"), "oeuvre thor fi");
    }
}
