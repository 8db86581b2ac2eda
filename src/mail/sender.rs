//! Who a mail says that it's from.

use super::fields::decoded;
use super::gate::{Gated, relaxed};
use super::kept::short;
use crate::domain::directory::address::WorkAddress;
use crate::domain::unseen::is_unseen;

/// The From field's one address: `[phrase] <dot-atom@domain>` or the bare address, in plain ASCII.
pub(super) fn of(gated: &Gated<'_>) -> Result<WorkAddress, String> {
    let mut fields = gated.all("from");
    let (Some(field), None) = (fields.next(), fields.next()) else {
        return Err("there isn't exactly one From field".into());
    };
    let (phrase, address) = match field.rsplit_once('<') {
        Some((phrase, rest)) => {
            let Some(address) = rest.trim_end().strip_suffix('>') else {
                return Err("text follows the From address".into());
            };
            (phrase.replace("\r\n", ""), address)
        }
        None => (String::new(), field.trim()),
    };
    if !is_phrase(phrase.trim()) {
        return Err("the From field isn't a name and one address: a comma, a colon or a bracket in the name has to be in quotes, as in \"Visser, Daan\"; ask for a new mail under a name of letters alone, which the sender sets in the mail program".into());
    }
    if address.contains(['\r', '\n', ' ', '\t']) {
        return Err("the From address is folded or has spaces".into());
    }
    let address = WorkAddress::from_ascii(address)
        .map_err(|_| "the From address isn't a plain one".to_owned())?;
    match other_address(&phrase, &address) {
        Some(other) => Err(format!(
            "the name beside the From address is another address: {other}"
        )),
        None => Ok(address),
    }
}

/// An address in the display name that isn't the sender's: a program that shows names alone shows it.
fn other_address(phrase: &str, sender: &WorkAddress) -> Option<String> {
    let name = decoded(&relaxed(phrase));
    let name: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    let words = name.split(|c: char| c.is_whitespace() || "\"'<>()[],;:".contains(c));
    words
        .map(|word| word.trim_end_matches('.'))
        .find_map(|word| {
            let (local, domain) = word.rsplit_once('@')?;
            let is_address = !local.is_empty() && domain.contains('.');
            (is_address && !word.eq_ignore_ascii_case(sender.as_str())).then(|| short(word, 254))
        })
}

/// Words, encoded ones too, and quoted strings (RFC 5322 §3.2.5): nothing that could hold a second address.
fn is_phrase(text: &str) -> bool {
    const SPECIAL: &str = "<>,;:()@[]\\";
    let (mut is_quoted, mut is_escaped) = (false, false);
    let mut before = ' ';
    for c in text.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            // Blanks stand between a quoted string and its neighbours.
            '"' if !is_quoted && !before.is_whitespace() => return false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            c if SPECIAL.contains(c) || (before == '"' && !c.is_whitespace()) => return false,
            _ => {}
        }
        before = c;
    }
    !is_quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_words_and_quoted_strings() {
        for phrase in [
            "",
            "Daan Visser",
            "D. Visser",
            "\"Visser, Daan\"",
            "\"Visser, Daan (Beatrixschool) <x\"",
            "\"Visser, Daan\" =?utf-8?Q?de_directeur?=",
            "=?utf-8?Q?Daan?= \"van\" =?utf-8?Q?Visser?=",
            "\"a \\\" b\" Visser",
            "\"\"",
        ] {
            assert!(is_phrase(phrase), "{phrase}");
        }
        for odd in [
            "Visser, Daan",
            "Daan (directeur)",
            "x@y.nl",
            "\"Daan",
            "\"Daan\"Visser",
            "Daan\"Visser\"",
            "\"Daan\"\"Visser\"",
            "\"Daan\\\"",
            "a <b@c.nl>",
            "Daan: Visser",
            "\"Daan\", \"Visser\"",
        ] {
            assert!(!is_phrase(odd), "{odd}");
        }
    }
}
