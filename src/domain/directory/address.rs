//! Mail addresses. Their domains are compared as A-labels, their local parts letter by letter after ASCII
//! lower-casing: a looser comparison would let a stranger's address pass for one on file.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::unseen::is_unseen;

/// The longest address that SMTP carries (RFC 5321 §4.5.3.1.3, without the angle brackets).
const MAX_OCTETS: usize = 254;
/// The longest local part (RFC 5321 §4.5.3.1.1).
const MAX_LOCAL_OCTETS: usize = 64;

/// A mail domain: lower-case A-labels (IDNA, UTS 46), at least two of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailDomain(String);

impl MailDomain {
    /// The domain as lower-case ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes only what is already ASCII: what a stranger sends is never mapped before it is
    /// compared (UTS 46 mapping deletes zero-width characters, for one).
    pub fn from_ascii(text: &str) -> Result<Self, BadAddress> {
        if text.is_ascii() {
            text.parse()
        } else {
            Err(BadAddress::Domain(text.to_owned()))
        }
    }
}

impl FromStr for MailDomain {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadAddress::Domain(text.to_owned());
        if text.chars().any(is_invisible) {
            return Err(bad());
        }
        let ascii = idna::domain_to_ascii_strict(text).map_err(|_| bad())?;
        let labels = ascii.split('.').collect::<Vec<_>>();
        let plain = labels.iter().all(|label| is_ldh_label(label));
        let numeric_end = labels
            .last()
            .is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit()));
        if labels.len() < 2 || !plain || numeric_end || ascii.len() > 253 {
            return Err(bad());
        }
        Ok(Self(ascii))
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control() || is_unseen(c)
}

fn is_ldh_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl fmt::Display for MailDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A work address: `dot-atom@domain`, lower-cased, without comments, quotes or routes. A `+tag` is
/// part of it: `a+b@c` isn't `a@c`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkAddress {
    text: String,
    at: usize,
}

impl WorkAddress {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        &self.text[..self.at]
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> MailDomain {
        MailDomain(self.domain_str().to_owned())
    }

    /// The part after the `@`, borrowed.
    #[must_use]
    pub fn domain_str(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The address with most of its local part hidden, for a text that others may read.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = self.local_part().chars().next().unwrap_or('*');
        format!("{first}***@{}", self.domain_str())
    }

    /// Takes an address that is ASCII in the raw, as a mail from outside must have it.
    pub fn from_ascii(text: &str) -> Result<Self, BadAddress> {
        if text.is_ascii() {
            text.parse()
        } else {
            Err(BadAddress::LocalPart(text.to_owned()))
        }
    }
}

impl FromStr for WorkAddress {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (local, domain) = text
            .rsplit_once('@')
            .ok_or_else(|| BadAddress::NoAt(text.to_owned()))?;
        if !is_dot_atom(local) || local.len() > MAX_LOCAL_OCTETS {
            return Err(BadAddress::LocalPart(text.to_owned()));
        }
        let domain: MailDomain = domain.parse()?;
        let whole = format!("{}@{domain}", local.to_ascii_lowercase());
        if whole.len() > MAX_OCTETS {
            return Err(BadAddress::LocalPart(text.to_owned()));
        }
        Ok(Self {
            at: local.len(),
            text: whole,
        })
    }
}

/// `dot-atom-text` of RFC 5322 §3.2.3.
fn is_dot_atom(local: &str) -> bool {
    let is_atext = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}

impl fmt::Display for WorkAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

macro_rules! serde_as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

serde_as_text!(MailDomain);
serde_as_text!(WorkAddress);

/// Why a text isn't a valid work address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// There is no `@`.
    #[error("`{0}` isn't a mail address: it has no `@`")]
    NoAt(String),
    /// The local part is more than letters, digits, dots and the usual signs.
    #[error("`{0}` isn't a plain mail address: quotes, comments and spaces aren't allowed")]
    LocalPart(String),
    /// The domain can't be one on the internet.
    #[error("`{0}` isn't a mail domain such as `school.nl`")]
    Domain(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_compare_by_domain_and_exact_local_part() {
        let parse = |text: &str| text.parse::<WorkAddress>();
        assert_eq!(parse("J.Jansen@Beatrix.NL"), parse("j.jansen@beatrix.nl"));
        assert_ne!(parse("jansen+x@beatrix.nl"), parse("jansen@beatrix.nl"));
        assert_eq!(
            parse("a@bücher.nl").unwrap().domain_str(),
            "xn--bcher-kva.nl"
        );
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        for text in [
            "",
            "@",
            "a@",
            "@b.nl",
            "a b@c.nl",
            "\"a\"@c.nl",
            "a@c",
            "a@[1.2.3.4]",
            "a@1.2.3.4",
            "a..b@c.nl",
            ".a@c.nl",
            "a@-c.nl",
            "a@c_d.nl",
            "a@b.nl.",
            "a@be\u{200b}atrix.nl",
            "a@b@c.nl",
            "<a@b.nl>",
        ] {
            assert!(text.parse::<WorkAddress>().is_err(), "{text:?} was taken");
        }
    }
}
