//! The two ways to show a mail server a token: XOAUTH2, which the large providers brought up, and OAUTHBEARER
//! (RFC 7628). Both say why a token isn't accepted in a challenge, which has to be answered before the server goes on.

use data_encoding::BASE64;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use zeroize::Zeroizing;

/// More than a provider's reason has, in characters.
const LONGEST_REASON: usize = 40;

/// A SASL mechanism that takes a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mail) enum Mechanism {
    Xoauth2,
    OauthBearer,
}

impl Mechanism {
    /// In the order in which they're tried: every large provider has the first one.
    pub(in crate::mail) const ALL: [Self; 2] = [Self::Xoauth2, Self::OauthBearer];

    pub(in crate::mail) const fn name(self) -> &'static str {
        match self {
            Self::Xoauth2 => "XOAUTH2",
            Self::OauthBearer => "OAUTHBEARER",
        }
    }
}

/// What is said to a server by one of them, and what it says of the token.
pub(in crate::mail) struct Exchange<'t> {
    pub(in crate::mail) mechanism: Mechanism,
    pub(in crate::mail) host: &'t str,
    pub(in crate::mail) port: u16,
    pub(in crate::mail) user: &'t str,
    pub(in crate::mail) token: &'t SecretString,
    /// The token was asked for: the server knows the mechanism.
    pub(in crate::mail) was_asked: bool,
    /// Why it isn't accepted, where the server's challenge says so.
    pub(in crate::mail) reason: Option<String>,
}

impl<'t> Exchange<'t> {
    pub(in crate::mail) const fn new(
        mechanism: Mechanism,
        (host, port): (&'t str, u16),
        user: &'t str,
        token: &'t SecretString,
    ) -> Self {
        Self {
            mechanism,
            host,
            port,
            user,
            token,
            was_asked: false,
            reason: None,
        }
    }

    /// User and token, as the mechanism writes them.
    pub(in crate::mail) fn response(&mut self) -> Zeroizing<Vec<u8>> {
        self.was_asked = true;
        let Self {
            host, port, user, ..
        } = self;
        let token = self.token.expose_secret();
        let text = match self.mechanism {
            Mechanism::Xoauth2 => format!("user={user}\x01auth=Bearer {token}\x01\x01"),
            Mechanism::OauthBearer => {
                // RFC 5801 §4 keeps `=` and `,` for itself.
                let user = user.replace('=', "=3D").replace(',', "=2C");
                format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01")
            }
        };
        Zeroizing::new(text.into_bytes())
    }

    /// What is answered to a challenge that says why the token isn't accepted: nothing but that it was read.
    pub(in crate::mail) fn answer(&mut self, challenge: &[u8]) -> &'static [u8] {
        self.reason = reason(challenge).or_else(|| self.reason.take());
        match self.mechanism {
            Mechanism::Xoauth2 => b"",
            Mechanism::OauthBearer => b"\x01",
        }
    }

    /// A server's words on the refusal: never with what it was shown (rule 16).
    pub(in crate::mail) fn said(&mut self, text: &str) -> String {
        let shown = BASE64.encode(&self.response());
        let text = text.replace(self.token.expose_secret(), "…");
        let text = text.replace(&shown, "…");
        match &self.reason {
            Some(reason) if !text.contains(reason.as_str()) => format!("{text} ({reason})"),
            _ => text,
        }
    }
}

/// The `status` of the JSON in a challenge. Anything longer than a word isn't one.
fn reason(challenge: &[u8]) -> Option<String> {
    let json: Value = serde_json::from_slice(challenge).ok()?;
    let status = match &json["status"] {
        Value::Number(number) => number.to_string(),
        status => status.as_str()?.to_owned(),
    };
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    (status.len() <= LONGEST_REASON && status.chars().all(is_word) && !status.is_empty())
        .then_some(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange<'t>(mechanism: Mechanism, user: &'t str, token: &'t SecretString) -> Exchange<'t> {
        Exchange::new(mechanism, ("mail.example.nl", 993), user, token)
    }

    /// The examples of Google's and of RFC 7628 §4.1.
    #[test]
    fn a_token_is_shown_as_providers_and_the_rfc_write_it() {
        let token = SecretString::from("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
        let mut xoauth2 = exchange(Mechanism::Xoauth2, "someuser@example.com", &token);
        assert_eq!(
            BASE64.encode(&xoauth2.response()),
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
        );
        let token = SecretString::from("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
        let mut bearer = Exchange::new(
            Mechanism::OauthBearer,
            ("server.example.com", 143),
            "user@example.com",
            &token,
        );
        assert_eq!(
            BASE64.encode(&bearer.response()),
            "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB"
        );
        let mut odd = exchange(Mechanism::OauthBearer, "a=b,c", &token);
        assert!(odd.response().starts_with(b"n,a=a=3Db=2Cc,\x01host="));
    }

    #[test]
    fn a_challenge_is_answered_and_gives_its_reason_and_nothing_else() {
        let token = SecretString::from("GEHEIM");
        for (challenge, expected) in [
            (
                &br#"{"status":"401","schemes":"bearer mac","scope":"https://mail.google.com/"}"#[..],
                Some("401"),
            ),
            (
                br#"{"status":"invalid_token","scope":"mail"}"#,
                Some("invalid_token"),
            ),
            (br#"{"status":401}"#, Some("401")),
            (br#"{"status":"no token GEHEIM, he"}"#, None),
            (br#"{"status":""}"#, None),
            (b"no", None),
        ] {
            for mechanism in Mechanism::ALL {
                let mut exchange = exchange(mechanism, "desk", &token);
                let end = exchange.answer(challenge);
                assert_eq!(end.len(), usize::from(mechanism == Mechanism::OauthBearer));
                assert_eq!(exchange.reason.as_deref(), expected);
            }
        }
    }

    #[test]
    fn a_servers_words_never_repeat_the_token() {
        let token = SecretString::from("GEHEIM");
        let mut exchange = exchange(Mechanism::Xoauth2, "desk", &token);
        let shown = BASE64.encode(&exchange.response());
        let said = exchange.said(&format!("[AUTH] GEHEIM isn't good: {shown}"));
        assert_eq!(said, "[AUTH] … isn't good: …");
        exchange.answer(br#"{"status":"401"}"#);
        assert_eq!(exchange.said("no"), "no (401)");
    }
}
