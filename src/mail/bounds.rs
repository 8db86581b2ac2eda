//! What a body may cost the parser, looked at before it's parsed: how many parts it can have, how long
//! their headers are, and how often it's searched to its end for a boundary that isn't there.
//!
//! The parser (mail-parser 0.11) takes a delimiter wherever `--` and the boundary stand, reads part
//! headers to the next empty line, and searches for each boundary to the end of the body. So delimiters
//! are counted as it finds them, for every boundary that is named anywhere, whatever the nesting is.

use std::collections::HashSet;

/// How many boundaries a mail may name.
const MAX_BOUNDARIES: usize = 64;
/// How many delimiters may stand in it: two a part are plenty.
const MAX_DELIMITERS: usize = 1_000;
/// Bytes, lines and encoded words of one part's header.
const MAX_PART_HEADER: usize = 16 * 1024;
const MAX_PART_LINES: usize = 100;
const MAX_LINE: usize = 998;
const MAX_ENCODED_WORDS: usize = 50;
/// How many parameters the fields of one header may have: a name that comes in pieces (RFC 2231) is looked
/// for among all the others.
const MAX_PARAMETERS: usize = 200;
/// How many mails there may be within the mail: each could hold the next.
const MAX_MESSAGES: usize = 20;
/// How many bytes may be searched for boundaries, all together.
const MAX_SEARCHED: usize = 512 * 1024 * 1024;

/// Why this body isn't handed to the parser.
pub(super) fn fault(content_type: &str, body: &[u8]) -> Option<String> {
    if parameters_in(content_type.as_bytes()) > MAX_PARAMETERS {
        return Some("its type has too many parameters".into());
    }
    let boundaries = match boundaries(content_type, body) {
        Ok(boundaries) => boundaries,
        Err(fault) => return Some(fault),
    };
    if messages_in(body) + messages_in(content_type.as_bytes()) > MAX_MESSAGES {
        return Some(format!("it holds more than {MAX_MESSAGES} mails"));
    }
    if boundaries.is_empty() {
        return None;
    }
    if boundaries.len().saturating_mul(body.len()) > MAX_SEARCHED {
        return Some("it names more boundaries than can be looked for".into());
    }
    Delimiters::new(&boundaries).fault(body)
}

/// Every boundary that is named anywhere. Where the type isn't signed, the first line names one.
pub(super) fn boundaries(content_type: &str, body: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let named = named_in(content_type.as_bytes(), HashSet::new());
    let mut boundaries = named.and_then(|named| named_in(body, named))?;
    boundaries.extend(first_delimiter(body).map(<[u8]>::to_vec));
    Ok(boundaries.into_iter().collect())
}

fn parameters_in(field: &[u8]) -> usize {
    memchr::memchr_iter(b';', field).count()
}

/// The boundary of a first line that is a delimiter.
pub(super) fn first_delimiter(body: &[u8]) -> Option<&[u8]> {
    let mut lines = body.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end);
    let first = lines.find(|line| !line.is_empty())?;
    first.strip_prefix(b"--").filter(|rest| !rest.is_empty())
}

/// Every value that follows the word `boundary`, wherever it occurs.
fn named_in(bytes: &[u8], mut found: HashSet<Vec<u8>>) -> Result<HashSet<Vec<u8>>, String> {
    let mut rest = bytes;
    while let Some(at) = find_word(rest, b"boundary") {
        rest = &rest[at + b"boundary".len()..];
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else {
            if value.starts_with(b"*") {
                return Err("a boundary is written in pieces or encoded (RFC 2231)".into());
            }
            continue;
        };
        let value = value.trim_ascii_start();
        // A line may be as long as the mail: no boundary is longer than a line may be.
        let value = &value[..value.len().min(MAX_LINE)];
        let ends = |value: &[u8], marks: [u8; 3]| {
            let end = memchr::memchr3(marks[0], marks[1], marks[2], value);
            end.unwrap_or(value.len())
        };
        let value = match value.strip_prefix(b"\"") {
            Some(quoted) => &quoted[..ends(quoted, *b"\"\r\n")],
            None => value[..ends(value, *b";\r\n")].trim_ascii_end(),
        };
        if !value.is_empty() && !found.contains(value) {
            found.insert(value.to_vec());
        }
        if found.len() > MAX_BOUNDARIES {
            return Err(format!("it names more than {MAX_BOUNDARIES} boundaries"));
        }
    }
    Ok(found)
}

/// How often `message/rfc822` or `message/global` occurs.
fn messages_in(bytes: &[u8]) -> usize {
    let (mut count, mut rest) = (0, bytes);
    while let Some(at) = find_word(rest, b"message/") {
        rest = &rest[at + b"message/".len()..];
        let begins = |word: &[u8]| {
            rest.get(..6)
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        count += usize::from(begins(b"rfc822") || begins(b"global"));
    }
    count
}

/// Where a lower-case word occurs, in any case.
fn find_word(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes).find(|at| {
        let window = bytes.get(*at..*at + word.len());
        window.is_some_and(|window| window.eq_ignore_ascii_case(word))
    })
}

pub(super) struct Delimiters<'b> {
    boundaries: &'b [Vec<u8>],
    /// Whether a boundary begins with this byte.
    begins: [bool; 256],
    compared: usize,
}

impl<'b> Delimiters<'b> {
    pub(super) fn new(boundaries: &'b [Vec<u8>]) -> Self {
        let mut begins = [false; 256];
        for boundary in boundaries {
            if let Some(first) = boundary.first() {
                begins[usize::from(*first)] = true;
            }
        }
        Self {
            boundaries,
            begins,
            compared: 0,
        }
    }

    fn fault(&mut self, body: &[u8]) -> Option<String> {
        let (mut delimiters, mut header) = (0_usize, None::<PartHeader>);
        for line in body.split_inclusive(|b| *b == b'\n') {
            let found = match self.within(line) {
                Ok(found) => found,
                Err(fault) => return Some(fault),
            };
            if found > 0 {
                delimiters += found;
                header = Some(PartHeader::default());
                if delimiters > MAX_DELIMITERS {
                    return Some(format!("it has more than {} parts", MAX_DELIMITERS / 2));
                }
                if line.len() > MAX_LINE + 2 {
                    return Some("a line with a delimiter is longer than 998 octets".into());
                }
                continue;
            }
            // A line of blanks ends it as well: a relaxed signature leaves them out.
            if line.trim_ascii().is_empty() {
                header = None;
            } else if let Some(header) = &mut header
                && let Some(fault) = header.take(line)
            {
                return Some(fault.into());
            }
        }
        None
    }

    /// How many delimiters stand in a line.
    pub(super) fn within(&mut self, line: &[u8]) -> Result<usize, String> {
        let mut found = 0;
        for at in memchr::memchr_iter(b'-', line) {
            let Some(rest) = line[at + 1..].strip_prefix(b"-") else {
                continue;
            };
            if !rest.first().is_some_and(|b| self.begins[usize::from(*b)]) {
                continue;
            }
            for boundary in self.boundaries {
                self.compared += boundary.len();
                if rest.starts_with(boundary) {
                    found += 1;
                    break;
                }
            }
            if self.compared > MAX_SEARCHED {
                return Err("it names more boundaries than can be looked for".into());
            }
        }
        Ok(found)
    }
}

/// The lines from a delimiter to the next empty line.
#[derive(Default)]
struct PartHeader {
    bytes: usize,
    lines: usize,
    words: usize,
    parameters: usize,
}

impl PartHeader {
    fn take(&mut self, line: &[u8]) -> Option<&'static str> {
        self.bytes += line.len();
        self.lines += 1;
        self.words += line.windows(2).filter(|pair| *pair == b"=?").count();
        self.parameters += parameters_in(line);
        if line.len() > MAX_LINE + 2 {
            Some("a line of a part's header is longer than 998 octets")
        } else if self.bytes > MAX_PART_HEADER || self.lines > MAX_PART_LINES {
            Some("a part's header is too long")
        } else if self.words > MAX_ENCODED_WORDS {
            Some("a part's header has too many encoded words")
        } else if self.parameters > MAX_PARAMETERS {
            Some("a part's header has too many parameters")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuses(content_type: &str, body: &str) -> bool {
        fault(content_type, body.as_bytes()).is_some()
    }

    const MIXED: &str = "multipart/mixed; boundary=\"b\"";

    #[test]
    fn what_would_cost_the_parser_too_much_is_refused() {
        let part = "--b\r\nContent-Type: text/plain\r\n\r\nHallo\r\n";
        assert!(!refuses(MIXED, &format!("{}--b--\r\n", part.repeat(20))));
        assert!(refuses(MIXED, &part.repeat(1_001)), "parts");
        assert!(
            refuses(MIXED, &format!("--b\r\n{}\r\n", "a: b\r\n".repeat(101))),
            "fields"
        );
        let words = format!(
            "--b\r\nContent-Description: {}\r\n\r\n",
            "=?ab?q?aaa".repeat(51)
        );
        assert!(refuses(MIXED, &words), "encoded words");
        let parameters = format!("--b\r\nContent-Type: a/b{}\r\n\r\n", ";a=b".repeat(201));
        assert!(refuses(MIXED, &parameters), "parameters");
        let long = format!("--b\r\nContent-Type: {}\r\n\r\n", "a".repeat(1_000));
        assert!(refuses(MIXED, &long), "a long line");
        let names = (0..65).map(|n| format!("boundary=x{n}\r\n"));
        assert!(
            refuses("text/plain", &names.collect::<String>()),
            "boundaries"
        );
        assert!(
            refuses("multipart/mixed; boundary*0=a; boundary*1=b", ""),
            "RFC 2231"
        );
        assert!(
            refuses("multipart/mixed", &"--x\r\na:\r\n\r\n".repeat(1_001)),
            "first line"
        );
    }

    #[test]
    fn long_texts_with_dashes_are_no_parts() {
        let text = "-- \r\nDaan Visser\r\n-----Oorspronkelijk bericht-----\r\n--\r\n".repeat(2_000);
        assert!(!refuses("text/plain", &text));
        let style = format!(
            "<!--\r\n{}-->\r\n",
            "p.MsoNormal {margin:0cm;}\r\n".repeat(400)
        );
        assert!(!refuses(
            MIXED,
            &format!("--b\r\nContent-Type: text/html\r\n\r\n{style}--b--\r\n")
        ));
    }
}
