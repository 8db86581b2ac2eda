//! Whether two domains are of one organisation (RFC 7489 §3.1.1), by the Public Suffix List.

/// Whether they have one organisational domain; a public suffix has none.
#[must_use]
pub fn same_organisation(a: &str, b: &str) -> bool {
    let own = psl::domain_str(a);
    own.is_some() && own == psl::domain_str(b)
}

/// Whether a signature of `domain` speaks for a sender at `from` (relaxed alignment).
#[must_use]
pub fn is_aligned(domain: &str, from: &str) -> bool {
    domain == from || same_organisation(domain, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_organisation_has_one_domain_below_a_public_suffix() {
        for (domain, from) in [
            ("school.nl", "school.nl"),
            ("mail.school.nl", "school.nl"),
            ("a.school.nl", "b.school.nl"),
        ] {
            assert!(is_aligned(domain, from), "{domain} {from}");
        }
        for (domain, from) in [
            ("nl", "school.nl"),
            ("evil.nl", "school.nl"),
            ("a.co.uk", "b.co.uk"),
            ("school.nl.evil.example", "school.nl"),
        ] {
            assert!(!is_aligned(domain, from), "{domain} {from}");
        }
    }
}
