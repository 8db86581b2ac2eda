//! What a signature names in `h=`, whether it holds or not: as long as DNS is silent, two mails that differ in it
//! may be a genuine one and a spoilt one.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::gate::{pass, relaxed};

/// SHA-256 of these fields in relaxed form, in hexadecimal.
#[must_use]
pub fn hash_of_fields(raw: &[u8], names: &[String]) -> String {
    let mut hash = Sha256::new();
    if let Some(gated) = pass(raw) {
        for name in names {
            for value in gated.all(name) {
                hash.update(format!("{name}:{}\r\n", relaxed(value)));
            }
        }
    }
    HEXLOWER.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_counts_and_blanks_do_not() {
        let hash = |mail: &str| hash_of_fields(mail.as_bytes(), &["subject".into(), "x-a".into()]);
        let genuine = hash("From: x\r\nSubject: a b\r\n\r\nText\r\n");
        assert_eq!(hash("X-B: 1\r\nSubject:  a\r\n b\r\n\r\n"), genuine);
        assert_ne!(hash("Subject: Spam\r\n\r\nText\r\n"), genuine);
        assert_ne!(hash("Subject: a b\r\nX-A: 1\r\n\r\n"), genuine);
    }
}
