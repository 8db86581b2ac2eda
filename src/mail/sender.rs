//! Who a mail says that it's from.

use super::fields::decoded;
use super::gate::{Gated, relaxed};
use super::kept::short;
use crate::domain::address::WorkAddress;

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
        return Err("the From field isn't a name and one address".into());
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
    let name: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    let words = name.split(|c: char| c.is_whitespace() || "\"'<>()[],;:".contains(c));
    words
        .map(|word| word.trim_end_matches('.'))
        .find_map(|word| {
            let (local, domain) = word.rsplit_once('@')?;
            let is_address = !local.is_empty() && domain.contains('.');
            (is_address && !word.eq_ignore_ascii_case(sender.as_str())).then(|| short(word, 254))
        })
}

/// What isn't seen on a screen and parts words for a reader.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Words, or one quoted string: nothing that could hold a second address.
fn is_phrase(text: &str) -> bool {
    match text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(quoted) => {
            let mut escaped = false;
            quoted.chars().all(|c| {
                let fine = escaped || c != '"';
                escaped = !escaped && c == '\\';
                fine
            }) && !escaped
        }
        None => !text.contains(['<', '>', ',', ';', ':', '(', ')', '@', '"', '[', ']', '\\']),
    }
}
