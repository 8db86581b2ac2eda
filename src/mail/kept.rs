//! What a stranger's mail may take up in the record: every text and every list has an end.

/// As much of a text as fits: so many characters, and so many bytes as JSON writes it.
pub(super) fn start_of(text: &str, characters: usize, bytes: usize) -> &str {
    // Most texts are short, and no byte of theirs costs more than six.
    if text.len() <= characters && text.len() <= bytes / 6 {
        return text;
    }
    let mut cost = 0;
    let fits = |(_, c): &(usize, char)| {
        cost += cost_of(*c);
        cost <= bytes
    };
    let last = text.char_indices().take(characters).take_while(fits).last();
    &text[..last.map_or(0, |(at, c)| at + c.len_utf8())]
}

/// The same with one bound for both: for names, identifiers and other short texts.
pub(super) fn short(text: &str, most: usize) -> String {
    start_of(text, most, most).to_owned()
}

/// How many bytes JSON takes for a text.
pub(super) fn cost(text: &str) -> usize {
    text.chars().map(cost_of).sum()
}

fn cost_of(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        '\0'..='\u{1f}' => 6,
        c => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_up_to_what_json_makes_of_it() {
        assert_eq!(start_of("hallo", 10, 10), "hallo");
        assert_eq!(start_of("hallo", 4, 10), "hall");
        assert_eq!(start_of("héé", 10, 4), "hé", "é is two bytes");
        assert_eq!(start_of("a\u{1}b", 10, 7), "a\u{1}");
        assert_eq!(start_of("\u{1}", 10, 5), "");
        for text in ["\"\\\n\u{1f}é😀", ""] {
            let json = serde_json::to_string(text).unwrap();
            assert_eq!(cost(text), json.len() - 2, "{json}");
        }
    }
}
