//! A second reading of To and Cc, of the raw bytes: a parser decodes encoded words inside quoted strings
//! too, and a quote that comes out of one makes an address of what was a name.

use super::gate::Gated;

/// The addresses of To and Cc as RFC 5322 §3.4 delimits them; nothing is decoded, and what isn't one plain
/// address counts for none.
pub(super) fn of(gated: &Gated) -> Vec<String> {
    let fields = gated.all("to").chain(gated.all("cc"));
    fields.flat_map(addresses).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Phrase,
    Quotes,
    Angle,
}

fn addresses(field: &str) -> Vec<String> {
    let (mut found, mut within, mut comments) = (Vec::new(), Within::Phrase, 0_usize);
    let (mut bare, mut angle) = (String::new(), None::<String>);
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match (c, within) {
            // Whatever it escapes: what has one is no plain address.
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
            (_, Within::Quotes) => {}
            ('(', _) => comments += 1,
            (')', _) if comments > 0 => comments -= 1,
            _ if comments > 0 => {}
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
                found.extend(one(&mut bare, &mut angle));
            }
            (_, Within::Phrase) => bare.push(c),
        }
    }
    if within == Within::Phrase && comments == 0 {
        found.extend(one(&mut bare, &mut angle));
    }
    found
}

fn one(bare: &mut String, angle: &mut Option<String>) -> Option<String> {
    let bare = std::mem::take(bare);
    let address = angle.take().unwrap_or(bare);
    let address = address.trim().to_ascii_lowercase();
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '[' | ']');
    let plain = address.chars().all(is_plain) && address.matches('@').count() == 1;
    plain.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(addresses(field).iter().any(|one| one == desk), "{field}");
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
            assert!(!addresses(field).iter().any(|one| one == desk), "{field}");
        }
    }
}
