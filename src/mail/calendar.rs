//! What a calendar part is for.

use mail_parser::{MessagePart, MimeHeaders as _};

/// How much of a calendar's line is looked at, in bytes.
const METHOD_LINE: usize = 1_000;
/// How many calendar methods are named.
const MOST_METHODS: usize = 10;

/// The methods of a calendar part (RFC 5546 §1.4): what its type says, and what it says itself, unfolded.
pub(super) fn methods(part: &MessagePart<'_>, methods: &mut Vec<String>) {
    let mut add = |method: &str| {
        let method: String = method.trim_matches(['"', ' ']).chars().take(40).collect();
        let method = method.to_ascii_uppercase();
        if !method.is_empty() && !methods.contains(&method) && methods.len() < MOST_METHODS {
            methods.push(method);
        }
    };
    let kind = part.content_type();
    add(kind
        .and_then(|kind| kind.attribute("method"))
        .unwrap_or_default());
    // Unfolded (RFC 5545 §3.1), a line at a time, and no more of it than a method takes.
    let mut line: Vec<u8> = Vec::new();
    for part in part.contents().split(|b| *b == b'\n') {
        let part = part.strip_suffix(b"\r").unwrap_or(part);
        let folded = part.strip_prefix(b" ").or(part.strip_prefix(b"\t"));
        if folded.is_none() {
            add(&method_in(&line));
            line.clear();
        }
        let part = folded.unwrap_or(part);
        let room = METHOD_LINE.saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
    }
    add(&method_in(&line));
}

/// The value of a line `METHOD`, parameters aside; nothing of another line.
fn method_in(line: &[u8]) -> String {
    let Some(at) = memchr::memchr(b':', line) else {
        return String::new();
    };
    let name = line[..at].split(|b| *b == b';').next().unwrap_or_default();
    if name.trim_ascii().eq_ignore_ascii_case(b"method") {
        String::from_utf8_lossy(&line[at + 1..]).trim().to_owned()
    } else {
        String::new()
    }
}
