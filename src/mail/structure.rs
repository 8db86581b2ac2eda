//! A mail's structure read from its body alone, where Content-Type isn't signed (Google signs none): whoever
//! carries the mail could name another type, another boundary, another charset.

use std::collections::HashSet;

use mail_parser::{Message, MimeHeaders as _, PartType};

use crate::mail::bounds::first_delimiter;
use crate::mail::elements::begins_element;

/// The sentences that programs write in front of the first part, Outlook the second one.
const PREAMBLES: [&str; 2] = [
    "This is a multi-part message in MIME format.",
    "This is a multipart message in MIME format.",
];

/// Multiparts whose parts are the mail itself.
const MULTIPARTS: [&str; 3] = ["alternative", "mixed", "related"];

/// The longest boundary that is taken from a body, in bytes (RFC 2046 §5.1.1 says 70).
const MAX_BOUNDARY: usize = 200;

/// The Content-Type that follows from the body alone, and why it can't be believed, where it can't.
pub(super) fn of_body(declared: &str, body: &[u8]) -> (String, Option<String>) {
    let boundary = boundary_of(body);
    let told = match boundary.ok().or_else(|| begins_with_part(body)) {
        Some(boundary) => format!("multipart/mixed; boundary=\"{boundary}\""),
        None if is_plain(body) == Err(IS_HTML) => "text/html; charset=utf-8".into(),
        None => "text/plain; charset=utf-8".into(),
    };
    let kind = declared.split(';').next().unwrap_or_default();
    let (main, sub) = kind.split_once('/').unwrap_or((kind, ""));
    let (main, sub) = (
        main.trim().to_ascii_lowercase(),
        sub.trim().to_ascii_lowercase(),
    );
    let checked = match (main.as_str(), sub.as_str()) {
        ("multipart", sub) if MULTIPARTS.contains(&sub) => boundary.map(|_| ()),
        ("text", "plain") => is_plain(body).and_then(|()| is_utf8(declared, body)),
        _ => Err("it says that it's neither plain text nor a usual multipart"),
    };
    let fault = checked.err().map(not_signed);
    (told, fault)
}

fn not_signed(why: &str) -> String {
    format!("its structure (Content-Type) isn't signed, and {why}")
}

/// The boundary of a first line that is a delimiter, whatever follows.
fn begins_with_part(body: &[u8]) -> Option<&str> {
    let boundary = std::str::from_utf8(first_delimiter(body)?).ok()?;
    is_boundary(boundary).then_some(boundary)
}

fn is_boundary(text: &str) -> bool {
    let is_plain = |b: u8| (b' '..=b'~').contains(&b) && b != b'"' && b != b'\\';
    text.len() <= MAX_BOUNDARY && text.bytes().all(is_plain)
}

/// The first line is a delimiter, the last one closes it, and nothing is around them.
fn boundary_of(body: &[u8]) -> Result<&str, &'static str> {
    let text = body.trim_ascii();
    let mut begins = PREAMBLES.iter();
    let rest = begins.find_map(|preamble| text.strip_prefix(preamble.as_bytes()));
    let rest = rest.unwrap_or(text);
    let boundary = first_delimiter(rest).ok_or("its body doesn't begin with a part")?;
    let boundary = std::str::from_utf8(boundary).map_err(|_| "its boundary isn't ASCII")?;
    if !is_boundary(boundary) {
        return Err("its boundary isn't valid");
    }
    let last = text.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    if last.trim_ascii() == format!("--{boundary}--").as_bytes() {
        Ok(boundary)
    } else {
        Err("its body doesn't end with the end of its parts")
    }
}

/// How many lines may look like the beginning of a part: each is remembered.
const MOST_DELIMITERS: usize = 1_000;

const IS_HTML: &str = "it could be HTML";

/// Plain text: no HTML, and no parts, which begin with a delimiter and end with the same one closed.
fn is_plain(body: &[u8]) -> Result<(), &'static str> {
    if begins_with_part(body).is_some() {
        return Err("it begins like a mail of parts");
    }
    let mut open: HashSet<&[u8]> = HashSet::new();
    for line in body.split(|b| *b == b'\n') {
        let line = line.trim_ascii_end();
        if let Some(rest) = line.strip_prefix(b"--").filter(|rest| !rest.is_empty()) {
            let closes = rest
                .strip_suffix(b"--")
                .is_some_and(|name| open.contains(name));
            if closes {
                return Err("a line could be the end of a part");
            }
            open.insert(rest);
            if open.len() > MOST_DELIMITERS {
                return Err("too many of its lines could begin a part");
            }
        }
        for at in memchr::memchr_iter(b'<', line) {
            if begins_element(&line[at + 1..]) {
                return Err(IS_HTML);
            }
        }
    }
    Ok(())
}

/// It reads the same whatever charset is named, or names the one that it's written in.
fn is_utf8(declared: &str, body: &[u8]) -> Result<(), &'static str> {
    let named = declared.to_ascii_lowercase();
    let mut named = named
        .split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='));
    let charset = named.find(|(name, _)| name.trim() == "charset");
    let charset = charset.map(|(_, value)| value.trim().trim_matches('"').to_owned());
    let charset = charset.as_deref().unwrap_or("us-ascii");
    let is_superset = charset.starts_with("iso-8859-") || charset.starts_with("windows-125");
    let fits = match charset {
        "utf-8" | "utf8" => std::str::from_utf8(body).is_ok(),
        "us-ascii" | "ascii" => body.is_ascii(),
        _ => is_superset && body.is_ascii(),
    };
    // An encoded text's own bytes are ASCII; the charset counts after decoding, so only UTF-8 is taken there.
    let is_encoded = body.is_ascii() && body.contains(&b'=') && is_superset;
    if fits && !is_encoded {
        Ok(())
    } else {
        Err("its charset isn't the one that its text is written in")
    }
}

/// Every part has to say what it is: a digest would make mails of those that don't.
pub(super) fn part_without_type(message: &Message<'_>) -> Option<String> {
    let PartType::Multipart(children) = &message.root_part().body else {
        return None;
    };
    let says = |id: &u32| {
        message
            .part(*id)
            .is_some_and(|part| part.content_type().is_some())
    };
    (!children.iter().all(says)).then(|| not_signed("a part doesn't say what it is"))
}

/// A type that names its boundary twice reads in two ways.
pub(super) fn two_boundaries(declared: &str) -> Option<String> {
    let lower = declared.to_ascii_lowercase();
    // The word may stand in the boundary itself.
    let outside = without_quoted(&lower).unwrap_or(lower);
    let count = outside.matches("boundary").count();
    let named = outside.matches("boundary=").count();
    let is_multipart = outside.starts_with("multipart/");
    (is_multipart && count > 1 && named != 1).then(|| "its type names two boundaries".to_owned())
}

/// The text without what is in quotes; nothing where a quote is open or escaped, as programs differ there.
fn without_quoted(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('"').collect();
    let is_plain = parts.len() % 2 == 1 && !text.contains('\\');
    let outside = parts.into_iter().step_by(2);
    is_plain.then(|| outside.collect::<Vec<_>>().join("\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALTERNATIVE: &str = "multipart/alternative; boundary=\"elsewhere\"";
    const PARTS: &str = "--B\r\nContent-Type: text/plain\r\n\r\nHallo\r\n--B--\r\n";

    #[test]
    fn the_body_tells_its_parts_and_the_declared_boundary_is_not_read() {
        let read = |declared: &str, body: &str| match of_body(declared, body.as_bytes()) {
            (told, None) => Some(told),
            (_, Some(_)) => None,
        };
        let told = Some("multipart/mixed; boundary=\"B\"".to_owned());
        assert_eq!(read(ALTERNATIVE, PARTS), told);
        for preamble in PREAMBLES {
            let body = format!("{preamble}\r\n\r\n{PARTS}");
            assert_eq!(read(ALTERNATIVE, &body), told, "{preamble}");
        }
        assert_eq!(
            read(ALTERNATIVE, &format!("Hallo\r\n{PARTS}")),
            None,
            "preamble"
        );
        assert_eq!(
            read(ALTERNATIVE, &format!("{PARTS}Hallo\r\n")),
            None,
            "epilogue"
        );
        assert_eq!(
            read(ALTERNATIVE, "--B\r\n\r\nHallo\r\n"),
            None,
            "never closed"
        );
        for declared in [
            "multipart/digest",
            "text/html",
            "message/rfc822",
            "text/plain",
            "",
        ] {
            assert_eq!(read(declared, PARTS), None, "{declared}");
            // What is shown doesn't depend on it.
            assert_eq!(
                Some(of_body(declared, PARTS.as_bytes()).0),
                told,
                "{declared}"
            );
        }
    }

    #[test]
    fn a_boundary_may_have_the_word_in_it_and_stand_there_once() {
        for one in [
            "multipart/mixed; boundary=\"=_boundary=1\"",
            "multipart/mixed; boundary=\"boundary=boundary\"; charset=utf-8",
            "multipart/mixed; boundary=_boundary_1",
            "multipart/mixed; boundary=\"b\"",
            "text/plain",
        ] {
            assert_eq!(two_boundaries(one), None, "{one}");
        }
        for two in [
            "multipart/mixed; boundary=a; boundary=b",
            "multipart/mixed; boundary=\"a\"; boundary=\"b\"",
            "multipart/mixed; boundary=\"a; boundary=b",
            "multipart/mixed; boundary=\"a\\\"; boundary=b; x=\"",
            "multipart/mixed; boundary*0=a; boundary*1=b",
        ] {
            assert!(two_boundaries(two).is_some(), "{two}");
        }
    }

    #[test]
    fn plain_text_is_plain_in_every_reading() {
        let read = |declared: &str, body: &str| of_body(declared, body.as_bytes()).1.is_none();
        for text in [
            "Hallo\r\n",
            "Zoë <j.jansen@school.nl> 1 < 2\r\n--\r\nDaan\r\n",
            "<a.b@school.nl>\r\n",
            "Zie onder\r\n---------- Forwarded message ---------\r\nVan: x\r\n",
        ] {
            assert!(read("text/plain; charset=\"UTF-8\"", text), "{text}");
        }
        for text in [
            "<b>Hallo</b>\r\n",
            "<!-- x -->\r\n",
            "a <a href=x>\r\n",
            "--x\r\nHallo\r\n",
            "Hallo\r\n--x\r\nHallo\r\n--x--\r\n",
        ] {
            assert!(!read("text/plain; charset=utf-8", text), "{text}");
        }
        for charset in ["utf-7", "utf-16", "iso-2022-jp", "iso-8859-1"] {
            assert!(
                !read(&format!("text/plain; charset={charset}"), "Zoë\r\n"),
                "{charset}"
            );
        }
        assert!(!read("text/plain; charset=utf-7", "Hallo\r\n"));
        assert!(read("text/plain; charset=iso-8859-1", "Hallo\r\n"));
    }
}
