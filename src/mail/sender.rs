//! Who a mail says that it's from.

use super::gate::Gated;
use crate::domain::address::WorkAddress;

/// The From field's one address: `[phrase] <dot-atom@domain>` or the bare address, in plain ASCII.
pub(super) fn of(gated: &Gated) -> Result<WorkAddress, String> {
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
    WorkAddress::from_ascii(address).map_err(|_| "the From address isn't a plain one".into())
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
