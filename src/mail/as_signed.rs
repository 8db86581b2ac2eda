//! What a signature names in `h=`, whether it holds or not: as long as DNS is silent, two mails that differ in it
//! may be a genuine one and a spoilt one.

use std::collections::HashSet;

use super::gate::{fields_of, relaxed};

/// Whether two mails have the same fields of these names, in relaxed form (RFC 6376 §3.4.2) and in one order.
#[must_use]
pub fn have_same_fields<'n>(a: &[u8], b: &[u8], names: impl Iterator<Item = &'n String>) -> bool {
    let names: HashSet<&str> = names.map(String::as_str).collect();
    let of = |raw: &[u8]| {
        let all = fields_of(raw).into_iter();
        let those = all.filter(|field| names.contains(field.name.as_str()));
        let mut fields: Vec<_> = those
            .map(|field| (field.name, relaxed(&field.value)))
            .collect();
        // The order among fields of one name counts, and no other.
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        fields
    };
    of(a) == of(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_counts_and_blanks_do_not() {
        let names = ["subject".to_owned(), "x-a".to_owned()];
        let genuine = "From: x\r\nX-A: 1\r\nX-A: 2\r\nSubject: a b\r\n\r\nText\r\n";
        let is_same =
            |mail: &str| have_same_fields(genuine.as_bytes(), mail.as_bytes(), names.iter());
        assert!(is_same(
            "X-B: 1\r\nSubject:  a\r\n b\r\nX-A: 1\r\nx-a: 2\r\n\r\n"
        ));
        for other in [
            "Subject: Spam\r\nX-A: 1\r\nX-A: 2\r\n\r\nText\r\n",
            "Subject: a b\r\nX-A: 1\r\n\r\n",
            "Subject: a b\r\nX-A: 2\r\nX-A: 1\r\n\r\n",
            "",
        ] {
            assert!(!is_same(other), "{other}");
        }
    }
}
