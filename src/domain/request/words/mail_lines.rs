//! Lines of a mail's text, as they are told from one another.

/// A line this short wasn't wrapped by any program.
const UNWRAPPED: usize = 50;

/// Whether a line is so short that nothing wrapped it: what is at its end is alone.
pub(super) fn is_unwrapped(line: &str) -> bool {
    line.trim_end().chars().count() < UNWRAPPED
}

/// A dash of which lines are drawn.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '–' | '—' | '―' | '─')
}

/// Whether the letter isn't one of the Latin script.
pub(super) fn is_of_another_script(c: char) -> bool {
    let is_latin = matches!(c, '\0'..='\u{24f}' | '\u{250}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}');
    c.is_alphabetic() && !is_latin
}

/// What follows `Aan:` or `To:`.
pub(in crate::domain::request) fn behind_to(line: &str) -> Option<&str> {
    let (label, rest) = line.split_once(':')?;
    let label = label.trim().to_lowercase();
    ["aan", "to"].contains(&label.as_str()).then(|| rest.trim())
}

/// The address of a line that is `Aan: ADDRESS` and nothing more, in small letters, also as mail programs write one
/// that can be clicked: `<ADDRESS>`, `ADDRESS<mailto:ADDRESS>`.
pub(in crate::domain::request) fn addressee(line: &str) -> Option<String> {
    let rest = behind_to(line)?.to_lowercase();
    let Some((label, target)) = rest.split_once('<') else {
        return Some(rest);
    };
    let (label, target) = (label.trim(), target.strip_suffix('>')?.trim());
    match (label, target.strip_prefix("mailto:")) {
        ("", None) => Some(target.to_owned()),
        (label, None) if label == target => Some(target.to_owned()),
        (label, Some(address)) if label == address => Some(address.to_owned()),
        _ => None,
    }
}

/// Whether the line says whom the mail is written to: `Aan:` and one address.
pub(super) fn names_the_desk(line: &str) -> bool {
    addressee(line).is_some_and(|to| to.contains('@') && !to.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_one_address_or_nobody() {
        for line in [
            "Aan: u@desk.nl",
            "to:U@desk.nl",
            "AAN\u{a0}:\tu@desk.nl\u{a0}",
            "Aan: <u@desk.nl>",
            "Aan: u@desk.nl<mailto:u@desk.nl>",
            "Aan: u@desk.nl <u@desk.nl>",
        ] {
            assert_eq!(addressee(line).as_deref(), Some("u@desk.nl"), "{line}");
            assert!(names_the_desk(line), "{line}");
        }
        for line in [
            "Aan: Desk <u@desk.nl>",
            "Aan: u@desk.nl, x@y.nl",
            "Aan: A. A. A.",
            "Aan u@desk.nl",
            "Voor: u@desk.nl",
            "Aan: x@y.nl<mailto:u@desk.nl>",
        ] {
            assert!(!names_the_desk(line), "{line}");
        }
    }
}
