//! The addresses of To, Cc and Reply-To, read from the raw bytes: a parser that decodes encoded words
//! inside quoted strings makes an address of what was a name.

/// The longest address (RFC 5321 §4.5.3.1.3, without its brackets).
const MAX_ADDRESS: usize = 254;

/// An address, and the words that stand beside it.
pub(super) struct Found {
    /// The address, lower-case.
    pub(super) address: String,
    /// What isn't the address: the display name as it stands, quotes aside, and what a comment says.
    pub(super) phrase: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Phrase,
    Quotes,
    Angle,
}

/// The addresses as RFC 5322 §3.4 delimits them; nothing is decoded, and what isn't one plain address
/// counts for none.
pub(super) fn addresses(field: &str) -> Vec<Found> {
    let (mut found, mut within, mut comments) = (Vec::new(), Within::Phrase, 0_usize);
    let mut quoted = String::new();
    let (mut bare, mut angle) = (String::new(), None::<String>);
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match (c, within) {
            // Whatever it escapes: what has one isn't a plain address.
            ('\\', _) => {
                chars.next();
                match within {
                    Within::Angle => angle.get_or_insert_default().push(c),
                    Within::Phrase | Within::Quotes => bare.push(c),
                }
            }
            ('"', Within::Phrase) if comments == 0 => {
                within = Within::Quotes;
                bare.push(c);
            }
            ('"', Within::Quotes) => within = Within::Phrase,
            (_, Within::Quotes) => quoted.push(c),
            ('(', _) => comments += 1,
            (')', _) if comments > 0 => comments -= 1,
            // Programs show `someone@example.nl (Their Name)` as a name too.
            _ if comments > 0 => quoted.push(c),
            ('<', Within::Phrase) => {
                within = Within::Angle;
                // A second one in the same place: neither counts.
                angle = Some(if angle.is_some() {
                    c.into()
                } else {
                    String::new()
                });
            }
            ('>', Within::Angle) => within = Within::Phrase,
            (_, Within::Angle) => angle.get_or_insert_default().push(c),
            (',' | ';' | ':', Within::Phrase) => {
                found.extend(one(&mut bare, &mut angle, &mut quoted));
            }
            (_, Within::Phrase) => bare.push(c),
        }
    }
    if within == Within::Phrase && comments == 0 {
        found.extend(one(&mut bare, &mut angle, &mut quoted));
    }
    found
}

fn one(bare: &mut String, angle: &mut Option<String>, quoted: &mut String) -> Option<Found> {
    let (bare, quoted) = (std::mem::take(bare), std::mem::take(quoted));
    let (address, phrase) = match angle.take() {
        Some(address) => (address, format!("{} {quoted}", bare.replace('"', ""))),
        None => (bare, quoted),
    };
    let address = address.trim().to_ascii_lowercase();
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '[' | ']');
    let plain = address.len() <= MAX_ADDRESS
        && address.chars().all(is_plain)
        && address.matches('@').count() == 1;
    plain.then_some(Found { address, phrase })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_beside_an_address_is_a_name() {
        let found = addresses(" utrecht@otservicedesk.nl (Joost Jansen)");
        assert_eq!(found[0].phrase, "Joost Jansen");
        let found = addresses(" Desk (of (Utrecht)) <utrecht@otservicedesk.nl>");
        assert!(
            found[0].phrase.contains("of Utrecht"),
            "{}",
            found[0].phrase
        );
    }

    #[test]
    fn only_what_is_an_address_on_the_wire_is_one() {
        let desk = "utrecht@otservicedesk.nl";
        for field in [
            " utrecht@otservicedesk.nl",
            " Desk <Utrecht@OTservicedesk.nl>",
            " \"Jansen, J.\" <j@school.nl>,\r\n \"a \\\" b\" <utrecht@otservicedesk.nl>",
            " Desks: utrecht@otservicedesk.nl, x@y.nl;",
            " utrecht@otservicedesk.nl (the desk), x@y.nl",
        ] {
            assert!(
                addresses(field).iter().any(|one| one.address == desk),
                "{field}"
            );
        }
        for field in [
            " \"=?utf-8?Q?a.\" <x?=@evil.example>, \"utrecht@otservicedesk.nl, z\" <y@evil.example>",
            " \"utrecht@otservicedesk.nl\" <y@evil.example>",
            " utrecht@otservicedesk.nl <y@evil.example>",
            " <y@evil.example> <utrecht@otservicedesk.nl>",
            " <utrecht@otservicedesk.nl",
            " (utrecht@otservicedesk.nl) y@evil.example",
            " \"utrecht@otservicedesk.nl",
            " =?utf-8?Q?utrecht=40otservicedesk.nl?=",
            " \"utrecht\"@otservicedesk.nl",
            " a\\, utrecht@otservicedesk.nl",
            " <utrecht\\x@otservicedesk.nl>",
        ] {
            assert!(
                !addresses(field).iter().any(|one| one.address == desk),
                "{field}"
            );
        }
    }
}
