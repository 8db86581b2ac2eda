//! The gate: raw bytes, before any parser that is more lenient than we are.

/// Largest mail, in bytes.
pub(super) const MAX_BYTES: usize = 25 * 1024 * 1024;
const MAX_HEADER: usize = 64 * 1024;
const MAX_FIELDS: usize = 250;
const MAX_LINE: usize = 998;
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

/// A mail whose header was taken apart.
#[derive(Debug, Default)]
pub(super) struct Gated {
    /// The bytes to verify: line ends are CRLF.
    pub(super) bytes: Vec<u8>,
    /// Name in lower case, and the value as it stands, folds included.
    pub(super) fields: Vec<(String, String)>,
    /// Where the body begins.
    pub(super) body_at: usize,
    /// What is wrong.
    pub(super) faults: Vec<String>,
    /// What was put right.
    pub(super) remarks: Vec<String>,
}

impl Gated {
    /// The values of every field of that name.
    pub(super) fn all<'g>(&'g self, name: &'g str) -> impl Iterator<Item = &'g str> {
        self.fields
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of that name, folds undone.
    pub(super) fn one(&self, name: &str) -> Option<String> {
        self.all(name)
            .next()
            .map(|value| value.replace("\r\n", "").trim().to_owned())
    }
}

/// Takes a mail apart; nothing when it has no header field at all.
pub(super) fn pass(raw: &[u8]) -> Option<Gated> {
    let mut gated = Gated::default();
    gated.bytes = line_ends(raw, &mut gated);
    if gated.bytes.starts_with(b"From ") {
        gated
            .faults
            .push("it begins with a mailbox line (From …), not with a field".into());
    }
    let end = find(&gated.bytes, b"\r\n\r\n");
    let header_end = end.map_or(gated.bytes.len(), |at| at + 2);
    gated.body_at = end.map_or(gated.bytes.len(), |at| at + 4);
    if end.is_none() {
        gated
            .faults
            .push("it ends within its header: it was cut off".into());
    }
    if header_end > MAX_HEADER {
        gated.faults.push(format!(
            "its header has more than {} KiB",
            MAX_HEADER / 1024
        ));
    }
    let header = gated.bytes[..header_end.min(MAX_HEADER)].to_vec();
    take_fields(&header, &mut gated);
    if gated.fields.is_empty() {
        return None;
    }
    if gated.fields.len() > MAX_FIELDS {
        gated
            .faults
            .push(format!("it has more than {MAX_FIELDS} header fields"));
    }
    for name in SINGLE {
        match gated.all(name).count() {
            0 if matches!(*name, "from" | "date") => gated.faults.push(format!("it has no {name}")),
            0 | 1 => {}
            count => gated.faults.push(format!("it has {count} fields {name}")),
        }
    }
    Some(gated)
}

/// All line ends are CRLF, or all LF (then made CRLF).
fn line_ends(raw: &[u8], gated: &mut Gated) -> Vec<u8> {
    let crlf = raw.windows(2).filter(|pair| pair == b"\r\n").count();
    #[expect(clippy::naive_bytecount, reason = "once a mail, of 25 MiB at most")]
    let count = |byte: u8| raw.iter().filter(|b| **b == byte).count();
    let (lf, cr) = (count(b'\n'), count(b'\r'));
    if cr > crlf {
        gated
            .faults
            .push("it has a carriage return that ends no line".into());
    }
    if lf > crlf && crlf > 0 {
        gated.faults.push("its line ends are of two kinds".into());
    }
    if crlf > 0 || lf == 0 || cr > 0 {
        return raw.to_vec();
    }
    gated
        .remarks
        .push("its line ends were LF, and were made CRLF before verifying".into());
    let mut bytes = Vec::with_capacity(raw.len() + lf);
    for line in raw.split_inclusive(|b| *b == b'\n') {
        match line.split_last() {
            Some((b'\n', line)) => bytes.extend_from_slice(&[line, b"\r\n"].concat()),
            _ => bytes.extend_from_slice(line),
        }
    }
    bytes
}

fn take_fields(header: &[u8], gated: &mut Gated) {
    for line in header
        .split(|b| *b == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    {
        if line.is_empty() {
            continue;
        }
        if line.len() > MAX_LINE {
            fault_once(gated, "a header line is longer than 998 octets");
        }
        if line
            .iter()
            .any(|b| (*b < b' ' && *b != b'\t') || *b == 0x7f)
        {
            fault_once(gated, "its header has control characters");
        }
        let text = String::from_utf8_lossy(line).into_owned();
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            match gated.fields.last_mut() {
                Some((_, value)) => {
                    value.push_str("\r\n");
                    value.push_str(&text);
                }
                None => fault_once(gated, "its header begins with a folded line"),
            }
            continue;
        }
        let name_ends = line.iter().position(|b| *b == b':');
        let name = name_ends
            .map(|at| &line[..at])
            .filter(|name| !name.is_empty());
        match name.filter(|name| name.iter().all(|b| (b'!'..=b'~').contains(b))) {
            Some(name) => {
                let name = String::from_utf8_lossy(name).to_ascii_lowercase();
                let value = text.split_once(':').map(|(_, value)| value.to_owned());
                gated.fields.push((name, value.unwrap_or_default()));
            }
            None if line.starts_with(b"From ") && gated.fields.is_empty() => {}
            None => fault_once(gated, "a header line is no field"),
        }
    }
}

fn fault_once(gated: &mut Gated, fault: &str) {
    if !gated.faults.iter().any(|known| known == fault) {
        gated.faults.push(fault.to_owned());
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}
