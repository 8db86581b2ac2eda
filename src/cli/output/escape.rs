//! Untrusted text made safe to show (rule 13). Everything that reaches a person passes here.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::domain::unseen::is_unseen;

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

/// For a spreadsheet: what would be a formula becomes a text (OWASP: CSV injection). A reader may split at
/// `;`, as every Dutch Excel does, so that a cell begins behind each one, too; behind a tab, which is an escape
/// here, and behind a comma, which the writer quotes for, none does.
#[must_use]
pub fn for_spreadsheet(text: &str) -> String {
    let line = for_line(text);
    let mut safe = String::with_capacity(line.len() + 4);
    for (index, cell) in line.split(';').enumerate() {
        if index > 0 {
            safe.push(';');
        }
        if is_formula(cell) {
            safe.push('\'');
        }
        safe.push_str(cell);
    }
    safe
}

/// Whether a spreadsheet may reckon it out: what stands before the sign is passed over by some.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"')
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
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
    // Struck through or drawn otherwise, a letter isn't read as what it is.
    let is_overlay = matches!(c, '\u{334}'..='\u{338}' | '\u{fe00}'..='\u{fe0f}');
    !(c.is_control() || is_unseen(c) || is_overlay)
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
        assert_eq!(for_spreadsheet("Hallo; =1+1;"), "Hallo;' =1+1;");
        assert_eq!(for_spreadsheet("Jansen, J. - 2;3"), "Jansen, J. - 2;3");
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula_wherever_the_reader_splits(
            cells in proptest::collection::vec("[-=+@;,\t\"' a\n＝]{0,8}|\\PC{0,6}", 1..4)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(cells.iter().map(|cell| for_spreadsheet(cell))).unwrap();
            let written = writer.into_inner().unwrap();
            for (separator, flexible) in [(b',', false), (b';', true), (b'\t', true)] {
                let mut reader = csv::ReaderBuilder::new();
                reader.has_headers(false).delimiter(separator).flexible(flexible);
                for record in reader.from_reader(written.as_slice()).records() {
                    for cell in &record.unwrap() {
                        prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{cell}");
                    }
                }
            }
        }

        #[test]
        fn nothing_that_steers_a_terminal_gets_out(text in "\\PC*|[\\x00-\\x9f\u{200b}-\u{206f}]*") {
            prop_assert!(for_line(&text).chars().all(|c| is_harmless(c) && c != '\n'));
        }
    }
}
