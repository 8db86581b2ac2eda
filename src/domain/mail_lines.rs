//! Lines of a mail's text, as they are told from one another.

/// A line this short wasn't wrapped by any program.
const UNWRAPPED: usize = 50;

/// Whether a line is so short that nothing wrapped it: what stands at its end stands alone.
pub(super) fn is_unwrapped(line: &str) -> bool {
    line.trim_end().chars().count() < UNWRAPPED
}

/// A dash of which lines are drawn.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '–' | '—' | '―' | '─')
}

/// Words by which a desk is called beside its address.
const DESK_WORDS: [&str; 8] = [
    "de",
    "ot",
    "servicedesk",
    "otservicedesk",
    "helpdesk",
    "desk",
    "balie",
    "ict",
];

/// What stands behind `Aan:` or `To:`, stars off.
pub(super) fn behind_to(line: &str) -> Option<&str> {
    let (label, rest) = line.split_once(':')?;
    let label = label.trim_matches([' ', '*', '\u{a0}']).to_lowercase();
    let rest = rest.trim_start_matches('*').trim();
    ["aan", "to"].contains(&label.as_str()).then_some(rest)
}

/// The address of a line that is `Aan: ADDRESS` and nothing more, in small letters, also as mail programs write one
/// that can be clicked (`<ADDRESS>`, `ADDRESS<mailto:ADDRESS>`), under a desk's name, and with a mark behind it.
pub(super) fn addressee(line: &str) -> Option<String> {
    address_alone(behind_to(line)?)
}

/// The same of what stands behind `Aan:`.
pub(super) fn address_alone(text: &str) -> Option<String> {
    let rest = text.to_lowercase();
    let rest = rest.trim_end_matches(['.', ';', ',', '*', ' ', '\u{a0}']);
    let Some((label, target)) = rest.split_once('<') else {
        return Some(rest.to_owned());
    };
    let (label, target) = (label.trim(), target.strip_suffix('>')?.trim());
    match (label, target.strip_prefix("mailto:")) {
        (label, None) if label == target || calls_the_desk(label, target) => {
            Some(target.to_owned())
        }
        (label, Some(address)) if label == address => Some(address.to_owned()),
        _ => None,
    }
}

/// Whether the name is a desk's, and nobody else's: of such words, and of those of its address.
fn calls_the_desk(name: &str, address: &str) -> bool {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    let host = domain.split('.').next().unwrap_or_default();
    let mut words = name
        .split([' ', '\u{a0}', '-', '"'])
        .filter(|word| !word.is_empty());
    words.all(|word| DESK_WORDS.contains(&word) || word == local || word == host)
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
            "Aan: u@desk.nl.",
            "Aan: u@desk.nl;",
            "Aan: <u@desk.nl>,",
            "Aan: Servicedesk U <u@desk.nl>",
            "Aan: \"Servicedesk U\" <u@desk.nl>",
            "*Aan:* u@desk.nl",
            "*Aan: u@desk.nl*",
        ] {
            assert_eq!(addressee(line).as_deref(), Some("u@desk.nl"), "{line}");
            assert!(names_the_desk(line), "{line}");
        }
        for line in [
            "Aan: Joost Jansen <u@desk.nl>",
            "Aan: Servicedesk, Joost <u@desk.nl>",
            "Aan: x@y.nl; u@desk.nl",
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
