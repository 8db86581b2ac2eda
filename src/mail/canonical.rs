//! A body in the form that a signature hashed (RFC 6376 §3.4), and its hashes. What a person is shown is
//! read from these bytes alone: blanks that a relaxed signature leaves out can be put in by anybody.

use mail_auth::common::headers::Writable as _;
use mail_auth::dkim::Canonicalization;
use sha2::{Digest as _, Sha256};

/// How many bytes there are in front of a body's own for the header that its reader puts there.
const ROOM: usize = 1024;

/// The canonical forms of one body, each made once, when it's asked for.
pub(super) struct Bodies<'b> {
    body: &'b [u8],
    relaxed: Form,
    simple: Form,
}

#[derive(Default)]
struct Form {
    bytes: Option<Vec<u8>>,
    /// Of all of it.
    hash: Option<Vec<u8>>,
}

impl<'b> Bodies<'b> {
    pub(super) fn new(body: &'b [u8]) -> Self {
        Self {
            body,
            relaxed: Form::default(),
            simple: Form::default(),
        }
    }

    fn form(&mut self, form: Canonicalization) -> &mut Form {
        match form {
            Canonicalization::Relaxed => &mut self.relaxed,
            Canonicalization::Simple => &mut self.simple,
        }
    }

    /// The body as `form` has it, to be read; nothing of the other form stays in memory meanwhile.
    pub(super) fn take(&mut self, form: Canonicalization) -> Vec<u8> {
        let made = self.form(form).bytes.take();
        (self.relaxed.bytes, self.simple.bytes) = (None, None);
        made.unwrap_or_else(|| canonical(self.body, form))
    }

    /// The SHA-256 that a signature's `bh=` has, over the first `length` bytes where it says so (`l=`);
    /// nothing where it says more than there are (RFC 6376 §3.5).
    pub(super) fn hash(&mut self, form: Canonicalization, length: Option<u64>) -> Option<Vec<u8>> {
        let body = self.body;
        let made = self.form(form);
        if let (None, Some(hash)) = (length, &made.hash) {
            return Some(hash.clone());
        }
        let bytes = made.bytes.get_or_insert_with(|| canonical(body, form));
        let length = length.map_or(Some(bytes.len()), |length| usize::try_from(length).ok())?;
        let hash = Sha256::digest(bytes.get(..length)?).to_vec();
        if length == bytes.len() {
            made.hash = Some(hash.clone());
        }
        Some(hash)
    }
}

/// Where the blanks and line ends begin that a body ends with.
pub(super) fn blanks_from(body: &[u8]) -> usize {
    let is_blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let last = body.iter().rposition(|b| !is_blank(b));
    last.map_or(0, |last| last + 1)
}

/// By the book, where the library isn't: it hashes lines of blanks at the end of a relaxed body, which RFC
/// 6376 §3.4.4 leaves out.
fn canonical(body: &[u8], form: Canonicalization) -> Vec<u8> {
    let kept = match form {
        Canonicalization::Relaxed => &body[..blanks_from(body)],
        Canonicalization::Simple => body,
    };
    let mut bytes = Vec::with_capacity(kept.len() + ROOM);
    form.canonical_body(kept, 0).write(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 6376 §3.4.4, word for word.
    fn by_the_book(body: &str) -> String {
        let lines: Vec<String> = body
            .split("\r\n")
            .map(|line| {
                let words = line.split([' ', '\t']).filter(|word| !word.is_empty());
                let joined = words.collect::<Vec<_>>().join(" ");
                let leads = line.starts_with([' ', '\t']) && !joined.is_empty();
                if leads { format!(" {joined}") } else { joined }
            })
            .collect();
        let text = lines.join("\r\n");
        let text = text.trim_end_matches("\r\n");
        if text.is_empty() {
            String::new()
        } else {
            format!("{text}\r\n")
        }
    }

    proptest! {
        #[test]
        fn a_relaxed_body_is_the_one_of_the_book(lines in proptest::collection::vec("[ \ta-c]{0,6}", 0..8)) {
            let body = lines.join("\r\n");
            let made = canonical(body.as_bytes(), Canonicalization::Relaxed);
            prop_assert_eq!(String::from_utf8(made).unwrap(), by_the_book(&body));
        }
    }

    #[test]
    fn a_simple_body_loses_empty_lines_at_its_end_alone() {
        let simple = |body: &str| {
            String::from_utf8(canonical(body.as_bytes(), Canonicalization::Simple)).unwrap()
        };
        assert_eq!(simple("a  b \r\n \r\n\r\n\r\n"), "a  b \r\n \r\n");
        assert_eq!(simple(""), "\r\n");
    }

    #[test]
    fn a_length_beyond_the_body_hashes_nothing() {
        let mut bodies = Bodies::new(b"abc\r\n");
        assert!(bodies.hash(Canonicalization::Simple, Some(5)).is_some());
        assert!(bodies.hash(Canonicalization::Simple, Some(6)).is_none());
    }
}
