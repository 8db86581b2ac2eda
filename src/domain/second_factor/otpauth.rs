//! `otpauth` URIs as other systems write them: whatever an app takes is taken. Label and issuer are for the
//! app's list, and aren't looked at.

use std::borrow::Cow;

use zeroize::Zeroizing;

use super::totp::{Algorithm, Authenticator};

/// Reads an authenticator from its URI. Its own parameters are kept.
pub fn read(uri: &str) -> Result<Authenticator, NotAnAuthenticator> {
    let (scheme, rest) = uri
        .trim()
        .split_once("://")
        .ok_or(NotAnAuthenticator::Uri)?;
    let (label, query) = rest.split_once('?').ok_or(NotAnAuthenticator::Uri)?;
    let kind = label.split('/').next().unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("otpauth") {
        return Err(NotAnAuthenticator::Uri);
    }
    if !kind.eq_ignore_ascii_case("totp") {
        return Err(NotAnAuthenticator::Kind);
    }
    let query = query.split('#').next().unwrap_or_default();
    let (mut secret, mut algorithm, mut digits, mut period) = (None, Algorithm::Sha1, 6, 30);
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = Zeroizing::new(decoded(value).ok_or(NotAnAuthenticator::Uri)?);
        match key.to_ascii_lowercase().as_str() {
            // Two of them: whose codes would be right?
            "secret" if secret.is_some() => return Err(NotAnAuthenticator::Uri),
            "secret" => secret = Some(base32(&value).ok_or(NotAnAuthenticator::Uri)?),
            "algorithm" => algorithm = hash(&value).ok_or(NotAnAuthenticator::Algorithm)?,
            "digits" => digits = number(&value)?,
            "period" => period = number(&value)?,
            _ => {}
        }
    }
    let secret = secret.ok_or(NotAnAuthenticator::Uri)?;
    Authenticator::new(&secret, algorithm, digits, period).ok_or(NotAnAuthenticator::Parameters)
}

/// The same with the issuer once, in its label, where every app reads it: for a code that is to be small. Both places are
/// better where there's room, so that a password manager knows whose it is.
#[must_use]
pub fn with_issuer_once(uri: &str) -> Zeroizing<String> {
    let Some((label, query)) = uri.split_once('?') else {
        return Zeroizing::new(uri.to_owned());
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.starts_with("issuer="))
        .collect();
    Zeroizing::new(format!(
        "{label}?{}",
        Zeroizing::new(kept.join("&")).as_str()
    ))
}

fn number(value: &str) -> Result<i64, NotAnAuthenticator> {
    value
        .trim()
        .parse()
        .map_err(|_| NotAnAuthenticator::Parameters)
}

/// `SHA1`, `sha-1` and `HmacSHA1` are one.
fn hash(value: &str) -> Option<Algorithm> {
    let name = value.trim().to_ascii_uppercase().replace('-', "");
    name.strip_prefix("HMAC").unwrap_or(&name).parse().ok()
}

/// Base32 (RFC 4648) as people hand it on: in small letters, in groups, with or without padding. Bits that make
/// no byte are left out, as apps do.
fn base32(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim_end_matches(|c: char| c == '=' || c.is_whitespace());
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let (mut bits, mut held) = (0_u16, 0);
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let value = match c.to_ascii_uppercase() {
            letter @ 'A'..='Z' => letter as u16 - 'A' as u16,
            digit @ '2'..='7' => digit as u16 - '2' as u16 + 26,
            _ => return None,
        };
        bits = bits << 5 | value;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// A value of a query, where `+` is a space (WHATWG URL, 5.1).
fn decoded(value: &str) -> Option<String> {
    let value: Cow<'_, str> = if value.contains('+') {
        value.replace('+', " ").into()
    } else {
        value.into()
    };
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        if *first == b'%' {
            let digits = behind
                .get(..2)
                .and_then(|two| std::str::from_utf8(two).ok())?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Why a text isn't an authenticator. Never quotes it: it holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAuthenticator {
    /// No URI, or one without a secret in base32.
    #[error("otpauth://totp/LABEL?secret=… with a secret in base32")]
    Uri,
    /// One that counts (HOTP), or of an app of its own.
    #[error("an authenticator whose codes follow the time: otpauth://totp/…")]
    Kind,
    /// A hash that no verifier here knows.
    #[error("an authenticator with SHA1, SHA256 or SHA512")]
    Algorithm,
    /// Digits or period out of bounds.
    #[error("an authenticator of 6 to 8 digits, new every 15 to 120 seconds")]
    Parameters,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn reads(query: &str) -> Result<(Vec<u8>, Algorithm, u8, u64), NotAnAuthenticator> {
        let read = read(&format!("otpauth://totp/x?{query}"))?;
        let secret = read.secret().to_vec();
        Ok((secret, read.algorithm(), read.digits(), read.period()))
    }

    #[test]
    fn a_secret_is_read_however_it_is_written() {
        let expected = b"12345678901234567890".to_vec();
        for secret in [
            SECRET.to_owned(),
            SECRET.to_ascii_lowercase(),
            format!("{SECRET}======"),
            format!("{SECRET}%3D%3D"),
            "GEZD GNBV-GY3T%20QOJQ+GEZDGNBVGY3TQOJQ".to_owned(),
        ] {
            let read = reads(&format!("secret={secret}"));
            assert_eq!(
                read,
                Ok((expected.clone(), Algorithm::Sha1, 6, 30)),
                "{secret}"
            );
        }
        for secret in ["", "====", "GEZD1", "GEZD%", "GEZD%ff", "é"] {
            assert_eq!(
                reads(&format!("secret={secret}")),
                Err(NotAnAuthenticator::Uri),
                "{secret}"
            );
        }
        let twice = format!("secret={SECRET}&secret={SECRET}");
        assert_eq!(reads(&twice), Err(NotAnAuthenticator::Uri));
        assert_eq!(reads("issuer=OT"), Err(NotAnAuthenticator::Uri));
    }

    #[test]
    fn parameters_are_kept_and_names_are_not_looked_at() {
        for (name, algorithm) in [
            ("SHA1", Algorithm::Sha1),
            ("sha-256", Algorithm::Sha256),
            ("HmacSHA512", Algorithm::Sha512),
        ] {
            let read = reads(&format!(
                "secret={SECRET}&algorithm={name}&digits=8&period=60"
            ))
            .unwrap();
            assert_eq!((read.1, read.2, read.3), (algorithm, 8, 60), "{name}");
        }
        for label in [
            "Oud:v.kok?secret=S&issuer=Nieuw",
            "ot:v.kok?secret=S&issuer=OT",
            "Text%3A%20More%20Text:Secret?secret=S&issuer=Text%3A%20More%20Text",
            "?secret=S",
            "a/b?SECRET=S&image=https://x/y?z&counter=1#top",
        ] {
            let uri = format!("OTPAUTH://TOTP/{label}").replace("=S", &format!("={SECRET}"));
            assert!(read(&uri).is_ok(), "{uri}");
        }
        let refused = |uri: &str| read(&uri.replace("=S", &format!("={SECRET}"))).unwrap_err();
        assert_eq!(
            refused("otpauth://hotp/x?secret=S&counter=1"),
            NotAnAuthenticator::Kind
        );
        assert_eq!(refused("https://totp/x?secret=S"), NotAnAuthenticator::Uri);
        assert_eq!(
            refused("otpauth://totp/x?secret=S&algorithm=MD5"),
            NotAnAuthenticator::Algorithm
        );
        assert_eq!(
            refused("otpauth://totp/x?secret=S&digits=9"),
            NotAnAuthenticator::Parameters
        );
        assert_eq!(
            refused("otpauth://totp/x?secret=S&period=x"),
            NotAnAuthenticator::Parameters
        );
    }

    #[test]
    fn a_shorter_uri_is_the_same_authenticator() {
        let one = Authenticator::new(&[7; 20], Algorithm::Sha1, 6, 30).unwrap();
        let whole = one.uri("Onderwijs Transparant", "j.jansen").unwrap();
        let short = with_issuer_once(&whole);
        assert!(
            short.starts_with("otpauth://totp/Onderwijs%20Transparant:j.jansen?secret="),
            "{}",
            short.as_str()
        );
        assert!(!short.contains("issuer=") && whole.len() - short.len() == 31);
        assert_eq!(super::read(&short).unwrap().secret(), one.secret());
    }

    proptest! {
        #[test]
        fn what_an_authenticator_writes_reads_back(secret in proptest::collection::vec(any::<u8>(), 16..40)) {
            let one = Authenticator::new(&secret, Algorithm::Sha256, 7, 45).unwrap();
            let back = read(&one.uri("Onderwijs Transparant", "j+j@x").unwrap()).unwrap();
            prop_assert_eq!(back.secret(), secret.as_slice());
            prop_assert_eq!((back.digits(), back.period()), (7, 45));
        }

        #[test]
        fn no_text_makes_it_panic(text in "otpauth://totp/\\PC{0,20}\\?secret=\\PC{0,40}") {
            let _ = read(&text);
        }
    }
}
