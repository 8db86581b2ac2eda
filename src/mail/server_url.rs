//! What the URLs of mail servers have in common: `[USER@]HOST[:PORT]`, where HOST may be an IPv6 address
//! in brackets and everything else may be percent-encoded (RFC 3986).

use crate::domain::scheme::scheme;

/// Where a server is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authority<'u> {
    /// As it is, percent-encoded or not.
    pub(super) user: Option<&'u str>,
    /// A name or an address, without brackets.
    pub(super) host: &'u str,
    pub(super) port: Option<u16>,
}

impl<'u> Authority<'u> {
    /// Reads what is between `://` and the next `/`.
    pub(super) fn parse(text: &'u str) -> Option<Self> {
        let (user, place) = match text.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, text),
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(rest) => {
                let (address, rest) = rest.split_once(']')?;
                address.parse::<std::net::Ipv6Addr>().ok()?;
                let port = match rest {
                    "" => None,
                    _ => Some(rest.strip_prefix(':')?),
                };
                (address, port)
            }
            None => match place.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (place, None),
            },
        };
        let port = port.map(str::parse).transpose().ok()?;
        let fits = |c: char| c.is_alphanumeric() || ".-_:".contains(c);
        (!host.is_empty() && host.chars().all(fits)).then_some(Self { user, host, port })
    }
}

/// `%40` is `@`. What isn't such a code, or isn't UTF-8 then, stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = more.first_chunk().filter(|_| *first == b'%');
        let byte = code.and_then(|pair: &[u8; 2]| Some(digit(pair[0])? << 4 | digit(pair[1])?));
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &more[2..] } else { more };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// What is shown of a URL that is refused: its scheme, and nothing else (rule 16). A password may stand before an
/// `@`, or anywhere where one was forgotten.
pub(super) fn only_scheme(url: &str) -> String {
    scheme(url).map_or_else(|| "…".to_owned(), |scheme| format!("{scheme}://…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_or_addresses_with_or_without_port() {
        let read = |text| Authority::parse(text).map(|one| (one.user, one.host, one.port));
        assert_eq!(read("mail.nl"), Some((None, "mail.nl", None)));
        assert_eq!(read("mail.nl:993"), Some((None, "mail.nl", Some(993))));
        assert_eq!(read("a@b@[::1]:25"), Some((Some("a@b"), "::1", Some(25))));
        assert_eq!(read("[2001:db8::2]"), Some((None, "2001:db8::2", None)));
        for text in [
            "",
            "u@",
            ":25",
            "mail.nl:",
            "mail.nl:x",
            "::1",
            "[::1",
            "[::1]25",
            "[mail.nl]",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn percent_codes_are_read_where_they_are_some() {
        assert_eq!(decoded("desk%40otservicedesk.nl"), "desk@otservicedesk.nl");
        assert_eq!(decoded("Re%C3%BCnie%202FA"), "Reünie 2FA");
        for text in ["100%", "50% af", "%zz", "%ff", "%+1x"] {
            assert_eq!(decoded(text), text);
        }
    }

    #[test]
    fn a_password_in_a_url_is_never_repeated() {
        for url in [
            "smtps://desk:ge@heim@mail.nl:465",
            "SMTPS://desk:geheim",
            "smtps://mail.nl?password=geheim",
        ] {
            assert_eq!(only_scheme(url), "smtps://…");
        }
        assert_eq!(only_scheme("geheim@mail.nl"), "…");
    }
}
