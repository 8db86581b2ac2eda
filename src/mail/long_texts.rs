//! Texts of a multipart that are longer than anybody reads, cut before the parser decodes them: a charset may make each
//! three times as long, and a mail has many parts.

use super::bounds::{self, Delimiters};

/// How much of all texts together is decoded, in bytes.
const MOST_OF_TEXTS: usize = 8 * 1024 * 1024;
/// How much of a text is decoded whatever stands before it: more than is kept.
const LEAST: usize = 16 * 1024;
/// What isn't decoded into letters.
const BINARY: [&str; 5] = ["application/", "image/", "audio/", "video/", "multipart/"];

/// Where a line stands.
enum Place {
    /// Before the first part.
    Preamble,
    /// Between a delimiter and the empty line.
    Header(PartHeader),
    /// In a part, of which so much may follow.
    Body(usize),
}

/// What a part's header says, as far as it was read.
#[derive(Default)]
struct PartHeader {
    is_binary: bool,
    /// The name of the type follows on the next line.
    is_open: bool,
}

impl PartHeader {
    fn take(&mut self, line: &[u8]) {
        const FIELD: &[u8] = b"content-type:";
        let (head, rest) = line.split_at(line.len().min(FIELD.len()));
        let value = if head.eq_ignore_ascii_case(FIELD) {
            rest
        } else if self.is_open && matches!(line.first(), Some(b' ' | b'\t')) {
            line
        } else {
            return;
        };
        let value = value.trim_ascii();
        self.is_open = value.is_empty();
        self.is_binary |= BINARY.iter().any(|kind| {
            let head = value.get(..kind.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(kind.as_bytes()))
        });
    }
}

/// Cuts the texts of a body whose type is this; whether there was anything to cut.
pub(super) fn cut(content_type: &str, body: &mut Vec<u8>) -> bool {
    if body.len() <= MOST_OF_TEXTS {
        return false;
    }
    let Ok(boundaries) = bounds::boundaries(content_type, body) else {
        return false;
    };
    let mut delimiters = Delimiters::new(&boundaries);
    let (mut place, mut left) = (Place::Preamble, MOST_OF_TEXTS);
    let (mut from, mut to) = (0, 0);
    while from < body.len() {
        let end = memchr::memchr(b'\n', &body[from..]).map_or(body.len(), |at| from + at + 1);
        let line = &body[from..end];
        let mut kept = line.len();
        if delimiters.within(line).is_ok_and(|found| found > 0) {
            place = Place::Header(PartHeader::default());
        } else {
            match &mut place {
                Place::Preamble | Place::Body(usize::MAX) => {}
                Place::Header(header) if line.trim_ascii().is_empty() => {
                    let most = if header.is_binary {
                        usize::MAX
                    } else {
                        left.max(LEAST)
                    };
                    place = Place::Body(most);
                }
                Place::Header(header) => header.take(line),
                Place::Body(most) => {
                    kept = kept.min(*most);
                    // Nothing that follows a gap is read.
                    *most = if kept < line.len() { 0 } else { *most - kept };
                    left = left.saturating_sub(kept);
                }
            }
        }
        body.copy_within(from..from + kept, to);
        to += kept;
        from = end;
    }
    let is_cut = to < body.len();
    body.truncate(to);
    body.shrink_to_fit();
    is_cut
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/mixed; boundary=\"b\"";
    const MIB: usize = 1024 * 1024;

    fn part(header: &str, content: &[u8]) -> Vec<u8> {
        let mut part = format!("--b\r\n{header}\r\n\r\n").into_bytes();
        part.extend_from_slice(content);
        part.extend_from_slice(b"\r\n");
        part
    }

    fn body(parts: &[Vec<u8>]) -> Vec<u8> {
        let mut body = parts.concat();
        body.extend_from_slice(b"--b--\r\n");
        body
    }

    /// Lines of euro signs, each of which takes three bytes once it's decoded.
    fn euros(bytes: usize) -> Vec<u8> {
        let mut line = vec![0x80; 70];
        line.extend_from_slice(b"\r\n");
        line.repeat(bytes / 72)
    }

    #[test]
    fn texts_are_cut_to_what_may_be_decoded_however_many_there_are() {
        for kind in [
            "Content-Type: text/plain; charset=windows-1252",
            "Content-Type:\r\n text/html; charset=utf-16",
            "content-type: text/csv; charset=iso-8859-1\r\nContent-Disposition: attachment",
            "Content-Type: message/rfc822",
            "X: without a type",
        ] {
            for count in [1, 24, 400] {
                let parts: Vec<_> = (0..count)
                    .map(|_| part(kind, &euros(24 * MIB / count)))
                    .collect();
                let mut body = body(&parts);
                assert!(cut(TYPE, &mut body), "{kind}");
                let most = MOST_OF_TEXTS + count * (LEAST + 1024);
                assert!(
                    body.len() <= most && body.capacity() <= most + 4096,
                    "{kind}: {}",
                    body.len()
                );
                assert!(body.ends_with(b"--b--\r\n"));
            }
        }
    }

    #[test]
    fn what_is_no_text_stays_and_so_does_the_head_of_every_text() {
        let file = vec![b'A'; 12 * MIB];
        let asked = b"Graag de 2FA van j.jansen resetten.";
        let parts = [
            part("Content-Type: application/pdf", &file),
            part("Content-Type: text/plain; charset=utf-8", asked),
            part(
                "Content-Type: text/csv; charset=windows-1252",
                &euros(9 * MIB),
            ),
            part("Content-Type: text/plain; charset=utf-8", asked),
        ];
        let mut cut_body = body(&parts);
        let whole = cut_body.len();
        assert!(cut(TYPE, &mut cut_body));
        assert!(cut_body.starts_with(&parts[..2].concat()));
        assert!(cut_body.ends_with(&body(&parts[3..])));
        assert!(cut_body.len() > whole - 2 * MIB);
        let mut small = body(&parts[1..2]);
        assert!(!cut(TYPE, &mut small) && small == body(&parts[1..2]));
    }
}
