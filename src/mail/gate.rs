//! The gate: raw bytes, before any parser that is more lenient than we are. One pass over the header and
//! one over the body (in [`bounds`]); where it finds a fault, nothing else is parsed.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::bounds;

/// Largest mail, in bytes.
pub(super) const MAX_BYTES: usize = 25 * 1024 * 1024;
pub(super) const MAX_HEADER: usize = 64 * 1024;
/// How much of a header is looked at, enough to see that it's too long.
const MOST_OF_HEADER: usize = MAX_HEADER + 1024;
const MAX_FIELDS: usize = 250;
/// RFC 5322 §2.1.1, without the line end.
const MAX_LINE: usize = 998;
/// How many encoded words (RFC 2047) a field may have that is decoded: an open one is looked for to the
/// end of the field.
const MAX_ENCODED_WORDS: usize = 100;
/// Fields that are decoded.
const DECODED: &[&str] = &["from", "to", "cc", "subject", "sender", "reply-to"];
/// Fields of which there may be one at most.
const SINGLE: &[&str] = &[
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "mime-version",
];

/// A header field.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its value as it stands, folds included.
    pub(super) value: String,
    /// Where the value is in the header, line end included.
    pub(super) at: Range<usize>,
}

/// A mail whose header was taken apart.
#[derive(Debug, Default)]
pub(super) struct Gated<'r> {
    /// The header, the empty line included; line ends are CRLF.
    pub(super) header: Cow<'r, [u8]>,
    /// The body as it came: where its line ends are LF, its canonical forms have CRLF.
    pub(super) body: &'r [u8],
    /// The fields, topmost first.
    pub(super) fields: Vec<Field>,
    /// What is wrong.
    pub(super) faults: Vec<String>,
    /// What was put right.
    pub(super) remarks: Vec<String>,
}

impl Gated<'_> {
    /// The values of every field of that name.
    pub(super) fn all<'g>(&'g self, name: &'g str) -> impl Iterator<Item = &'g str> {
        let named = self.fields.iter().filter(move |field| field.name == name);
        named.map(|field| field.value.as_str())
    }

    /// The first value of that name, as a relaxed signature hashes it (RFC 6376 §3.4.2): unfolded, each
    /// run of blanks one.
    pub(super) fn one(&self, name: &str) -> Option<String> {
        self.all(name).next().map(relaxed)
    }
}

/// A field's value as a relaxed signature hashes it.
pub(super) fn relaxed(value: &str) -> String {
    let words = value.split([' ', '\t', '\r', '\n']);
    let mut out = String::with_capacity(value.len());
    for word in words.filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Takes a mail apart; nothing when it has no header field at all.
pub(super) fn pass(raw: &[u8]) -> Option<Gated<'_>> {
    let mut gated = header_of(raw);
    if gated.fields.is_empty() {
        return None;
    }
    look_at_fields(&mut gated);
    if gated.faults.is_empty() {
        let content_type = gated.one("content-type").unwrap_or_default();
        let fault = bounds::fault(&content_type, gated.body);
        gated.faults.extend(fault);
    }
    Some(gated)
}

/// The header fields alone, whatever else is in the mail.
pub(super) fn fields_of(raw: &[u8]) -> Vec<Field> {
    header_of(raw).fields
}

fn header_of(raw: &[u8]) -> Gated<'_> {
    let mut gated = Gated::default();
    let raw = without_wrapping(raw, &mut gated.remarks);
    let is_lf = has_lf_alone(raw, &mut gated);
    let empty_line: &[u8] = if is_lf { b"\n\n" } else { b"\r\n\r\n" };
    let end = memmem::find(raw, empty_line).map(|at| at + empty_line.len());
    if end.is_none() {
        gated
            .faults
            .push("it ends within its header: it was cut off".into());
    }
    let (header, body) = raw.split_at(end.unwrap_or(raw.len()));
    gated.body = body;
    gated.header = with_crlf(&header[..header.len().min(MOST_OF_HEADER)], is_lf);
    // The empty line isn't counted.
    if gated.header.len() > MAX_HEADER + 2 {
        gated.faults.push(format!(
            "its header has more than {} KiB",
            MAX_HEADER / 1024
        ));
    }
    let header = std::mem::take(&mut gated.header);
    take_fields(&header[..header.len().min(MAX_HEADER)], &mut gated);
    gated.header = header;
    gated
}

fn look_at_fields(gated: &mut Gated<'_>) {
    if gated.fields.len() > MAX_FIELDS {
        gated
            .faults
            .push(format!("it has more than {MAX_FIELDS} header fields"));
    }
    for name in SINGLE {
        let mut values: Vec<String> = gated.all(name).map(relaxed).collect();
        // Two that say the same are one: some programs write it twice.
        if *name == "mime-version" {
            values.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
        }
        match values.len() {
            0 if matches!(*name, "from" | "date") => gated.faults.push(format!("it has no {name}")),
            0 | 1 => {}
            count => gated.faults.push(format!("it has {count} fields {name}")),
        }
    }
    for name in DECODED {
        if gated
            .all(name)
            .any(|value| value.matches("=?").count() > MAX_ENCODED_WORDS)
        {
            let fault = format!("its {name} has more than {MAX_ENCODED_WORDS} encoded words");
            gated.faults.push(fault);
        }
    }
}

/// Takes off what programs put in front of a mail when they save it: no signature covers it.
fn without_wrapping<'r>(raw: &'r [u8], remarks: &mut Vec<String>) -> &'r [u8] {
    let mut rest = raw;
    if let Some(after) = rest.strip_prefix(b"\xef\xbb\xbf") {
        rest = after;
        remarks.push("a byte order mark in front of it was left out".into());
    }
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let first = rest.iter().position(|b| !blank(b)).unwrap_or(rest.len());
    let lines = rest[..first].iter().rposition(|b| *b == b'\n');
    if let Some(last) = lines {
        rest = &rest[last + 1..];
        remarks.push("empty lines in front of it were left out".into());
    }
    // Some quote it as if it stood in a text.
    let is_mailbox_line = rest.starts_with(b"From ") || rest.starts_with(b">From ");
    if is_mailbox_line && let Some(end) = rest.iter().position(|b| *b == b'\n') {
        rest = &rest[end + 1..];
        remarks.push("a mailbox line (From …) in front of it was left out".into());
    }
    rest
}

/// Whether all line ends are LF; else all have to be CRLF.
fn has_lf_alone(raw: &[u8], gated: &mut Gated<'_>) -> bool {
    let (mut crlf, mut lf, mut cr) = (0_usize, 0_usize, 0_usize);
    for at in memchr::memchr2_iter(b'\r', b'\n', raw) {
        if raw[at] == b'\r' {
            cr += 1;
        } else {
            lf += 1;
            crlf += usize::from(at > 0 && raw[at - 1] == b'\r');
        }
    }
    if cr > crlf {
        gated
            .faults
            .push("it has a carriage return that ends no line".into());
    }
    if lf > crlf && crlf > 0 {
        gated.faults.push("it mixes two kinds of line ends".into());
    }
    let is_lf = lf > 0 && cr == 0;
    if is_lf {
        gated
            .remarks
            .push("its line ends were LF, and were made CRLF before verifying".into());
    }
    is_lf
}

fn with_crlf(header: &[u8], is_lf: bool) -> Cow<'_, [u8]> {
    if !is_lf {
        return Cow::Borrowed(header);
    }
    let mut bytes = Vec::with_capacity(header.len() + header.len() / 16);
    for line in header.split_inclusive(|b| *b == b'\n') {
        if let Some((b'\n', line)) = line.split_last() {
            bytes.extend_from_slice(line);
            bytes.extend_from_slice(b"\r\n");
        } else {
            bytes.extend_from_slice(line);
        }
    }
    Cow::Owned(bytes)
}

fn take_fields(header: &[u8], gated: &mut Gated<'_>) {
    let mut at = 0;
    for whole in header.split_inclusive(|b| *b == b'\n') {
        let (begins, ends) = (at, at + whole.len());
        at = ends;
        let line = whole.strip_suffix(b"\n").unwrap_or(whole);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        if line
            .iter()
            .any(|b| (*b < b' ' && *b != b'\t') || *b == 0x7f)
        {
            fault_once(gated, "its header has control characters");
        }
        let text = String::from_utf8_lossy(line);
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            match gated.fields.last_mut() {
                Some(field) => {
                    field.value.push_str("\r\n");
                    field.value.push_str(&text);
                    field.at.end = ends;
                }
                None => fault_once(gated, "its header begins with a folded line"),
            }
        } else if let Some((name, value)) = text.split_once(':').filter(|(name, _)| is_name(name)) {
            gated.fields.push(Field {
                name: name.to_ascii_lowercase(),
                value: value.to_owned(),
                at: begins + name.len() + 1..ends,
            });
        } else {
            fault_once(gated, "a header line isn't a field");
        }
        // What a spam filter notes about a mail may be as long as it likes: nobody reads it here.
        let is_noted = gated
            .fields
            .last()
            .is_some_and(|f| f.name.starts_with("x-"));
        if line.len() > MAX_LINE && !is_noted {
            fault_once(gated, "a header line is longer than 998 octets");
        }
    }
}

/// RFC 5322 §3.6.8.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| (b'!'..=b'~').contains(&b))
}

fn fault_once(gated: &mut Gated<'_>, fault: &str) {
    if !gated.faults.iter().any(|known| known == fault) {
        gated.faults.push(fault.to_owned());
    }
}
