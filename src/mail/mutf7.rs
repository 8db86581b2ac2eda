//! Names of folders as IMAP writes them: modified UTF-7 (RFC 3501 §5.1.3).

use std::fmt::Write as _;

use data_encoding::{Encoding, Specification};

/// Base64 with `,` for `/`, and without padding.
fn alphabet() -> Option<Encoding> {
    let mut specification = Specification::new();
    specification
        .symbols
        .push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,");
    specification.encoding().ok()
}

/// `name` as the server knows it.
pub(super) fn encoded(name: &str) -> Option<String> {
    let alphabet = alphabet()?;
    let mut out = String::with_capacity(name.len());
    let mut shifted: Vec<u8> = Vec::new();
    let end_of_shift = |shifted: &mut Vec<u8>, out: &mut String| {
        if !shifted.is_empty() {
            // Writing to a string can't fail.
            let _ = write!(out, "&{}-", alphabet.encode(shifted));
            shifted.clear();
        }
    };
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            end_of_shift(&mut shifted, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                shifted.extend(unit.to_be_bytes());
            }
        }
    }
    end_of_shift(&mut shifted, &mut out);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_rfc_3501_has_them() {
        for (name, expected) in [
            ("INBOX", "INBOX"),
            ("Verzoeken/2FA", "Verzoeken/2FA"),
            ("R&D", "R&-D"),
            ("Reünie", "Re&APw-nie"),
            ("Verzoeken é", "Verzoeken &AOk-"),
            // The RFC's own example, and one beyond the first 65,536 characters.
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("😀&é", "&2D3eAA-&-&AOk-"),
        ] {
            assert_eq!(encoded(name).as_deref(), Some(expected));
        }
    }
}
