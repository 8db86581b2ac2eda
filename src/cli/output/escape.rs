//! Untrusted text made safe to show (rule 13). Everything that reaches a person passes here.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

/// For a terminal: control, bidirectional and invisible characters become visible escapes.
#[must_use]
pub fn for_terminal(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || is_harmless(c)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if c == '\n' || is_harmless(c) {
            safe.push(c);
        } else {
            // Writing to a string doesn't fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        }
    }
    Cow::Owned(safe)
}

/// For one line on a terminal: a line break is an escape as well.
#[must_use]
pub fn for_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') {
        Cow::Owned(for_terminal(&text.replace('\n', "\u{240a}")).into_owned())
    } else {
        for_terminal(text)
    }
}

/// For a spreadsheet: what would be a formula becomes a text (OWASP: CSV injection).
#[must_use]
pub fn for_spreadsheet(text: &str) -> String {
    let safe = for_line(text);
    if safe.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{safe}")
    } else {
        safe.into_owned()
    }
}

/// A value as a cell of a spreadsheet.
#[must_use]
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => for_spreadsheet(text),
        Value::Number(number) => number.to_string(),
        other => for_spreadsheet(&other.to_string()),
    }
}

pub(super) fn is_harmless(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{334}'..='\u{338}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_moves_or_hides_text_becomes_visible() {
        assert_eq!(
            for_terminal("a\u{1b}[2Jb\u{202e}c\u{200b}"),
            "a\\u{1b}[2Jb\\u{202e}c\\u{200b}"
        );
        assert_eq!(for_terminal("Zoë 字"), "Zoë 字");
        assert_eq!(for_spreadsheet("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
    }

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_gets_out(text in "\\PC*|[\\x00-\\x9f\u{200b}-\u{206f}]*") {
            prop_assert!(for_line(&text).chars().all(|c| is_harmless(c) && c != '\n'));
        }
    }
}
