//! Whether a body's encoding follows from the body alone, where its Content-Transfer-Encoding isn't signed:
//! whoever carries the mail could name another one.

/// How a body is encoded (RFC 2045 §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// `7bit`, `8bit` or `binary`: as it stands.
    Identity,
    QuotedPrintable,
    Base64,
}

impl Encoding {
    /// The encoding of that name, in any case; a comment may stand behind it (RFC 2045 §6.1).
    pub(super) fn of(field: &str) -> Option<Self> {
        let (name, comment) = field.split_once('(').unwrap_or((field, ")"));
        if !comment.trim_end().ends_with(')') {
            return None;
        }
        match name.trim().to_ascii_lowercase().as_str() {
            "7bit" | "8bit" | "binary" | "" => Some(Self::Identity),
            "quoted-printable" => Some(Self::QuotedPrintable),
            "base64" => Some(Self::Base64),
            _ => None,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "8bit",
            Self::QuotedPrintable => "quoted-printable",
            Self::Base64 => "base64",
        }
    }
}

/// The longest line that encoders of quoted-printable write (RFC 2045 §6.7, rule 5).
const MAX_LINE: usize = 76;
/// No encoder breaks a line off that is shorter.
const LEAST_BROKEN: usize = 60;

/// The encoding that follows from the body alone.
pub(super) fn of_body(body: &[u8]) -> Encoding {
    if is_base64(body) {
        Encoding::Base64
    } else if body.contains(&b'=') && is_quoted_printable(body) {
        Encoding::QuotedPrintable
    } else {
        Encoding::Identity
    }
}

/// Whether what is named is what the body tells, or reads the same.
pub(super) fn agrees(body: &[u8], named: Option<Encoding>) -> bool {
    let told = of_body(body);
    // Text without an `=` is the same in quoted-printable.
    let is_same = named == Some(Encoding::QuotedPrintable)
        && told == Encoding::Identity
        && body.is_ascii()
        && !body.contains(&b'=');
    named == Some(told) || is_same
}

/// Every byte of it is base64: full lines of the alphabet, padding at the very end.
fn is_base64(body: &[u8]) -> bool {
    let (mut count, mut padding) = (0_usize, 0_usize);
    for line in body.split(|b| *b == b'\n') {
        for &b in line.trim_ascii_end() {
            match b {
                b'=' if padding < 2 => padding += 1,
                b if padding == 0 && (b.is_ascii_alphanumeric() || b == b'+' || b == b'/') => {}
                _ => return false,
            }
            count += 1;
        }
    }
    count > 0 && count % 4 == 0
}

/// It's quoted-printable as encoders write it: they escape `=`, bytes above ASCII, blanks at the end of a
/// line, and a point or an `F` at its beginning; never a line end. An escape of anything else is a text
/// that looks like one, such as a link.
fn is_quoted_printable(body: &[u8]) -> bool {
    let lines: Vec<&[u8]> = body.split(|b| *b == b'\n').collect();
    let last = lines.iter().rposition(|line| !line.trim_ascii().is_empty());
    lines.iter().enumerate().all(|(at, line)| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.len() <= MAX_LINE && line.is_ascii() && is_encoded_line(line, Some(at) == last)
    })
}

fn is_encoded_line(line: &[u8], is_last: bool) -> bool {
    let mut at = 0;
    while at < line.len() {
        if line[at] != b'=' {
            at += 1;
            continue;
        }
        let rest = &line[at + 1..];
        if rest.is_empty() {
            return is_last || line.len() >= LEAST_BROKEN;
        }
        let Some(byte) = rest.get(..2).and_then(escaped) else {
            return false;
        };
        let ends = &rest[2..];
        let is_written = match byte {
            b'=' | 0x80.. => true,
            b' ' | b'\t' => ends.is_empty() || ends == b"=",
            b'.' | b'F' => at == 0,
            _ => false,
        };
        if !is_written {
            return false;
        }
        at += 3;
    }
    true
}

fn escaped(digits: &[u8]) -> Option<u8> {
    let hex = |b: u8| matches!(b, b'0'..=b'9' | b'A'..=b'F');
    if !digits.iter().all(|b| hex(*b)) {
        return None;
    }
    data_encoding::HEXUPPER
        .decode(digits)
        .ok()?
        .first()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_believed_only_where_nothing_else_is_possible() {
        let plain = "Graag de 2FA van j.jansen.\r\n> hallo=0AJA 7K3Q-F9XM\r\n";
        let link = "Zie https://x.nl/?page=12&id=7 voor j.jansen\r\n";
        let quoted = "Graag de 2FA van Zo=C3=AB =C3=87elik, leerkracht van groep zes en de =\r\nplusklas.\r\n";
        let base64 = "R3JhYWcgZGUgMkZBIHZhbiBqLmphbnNlbg==\r\n";
        let evident = |body: &str, declared: Option<&str>| {
            agrees(body.as_bytes(), Encoding::of(declared.unwrap_or_default()))
        };
        for body in [plain, link] {
            for identity in [
                None,
                Some("7bit"),
                Some("8BIT"),
                Some("binary"),
                Some("7bit (ok)"),
            ] {
                assert!(evident(body, identity), "{body}");
            }
            assert!(!evident(body, Some("quoted-printable")), "{body}");
            assert!(!evident(body, Some("base64")), "{body}");
        }
        assert!(evident(quoted, Some("Quoted-Printable")));
        assert!(!evident(quoted, Some("7bit")));
        assert!(evident(base64, Some("base64")));
        assert!(!evident(base64, None));
        assert!(!evident("Prima\r\n", Some("x-unknown")));
        assert!(!evident("Prima\r\n", Some("7bit (base64")));
        assert!(!evident("Prima\r\n", Some("7bit (ok) base64")));
        let short = "> wil je dat? =\r\nNee, dat wil ik niet.\r\n";
        assert!(
            !evident(short, Some("quoted-printable")),
            "broken off early"
        );
    }
}
