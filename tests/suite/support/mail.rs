//! Mails made and DKIM-signed on the spot.

pub(crate) use balie::loopback::DnsServer;
use balie::loopback::SigningDomain;
use sha2::{Digest as _, Sha256};

/// The fields that a mail server signs.
const SIGNED: [&str; 5] = ["From", "To", "Subject", "Date", "Message-ID"];

/// A domain that signs its mail, with a key that follows from its name.
pub(crate) struct Domain(SigningDomain);

impl Domain {
    /// A domain whose key and DMARC policy the server knows.
    pub(crate) fn publish(dns: &DnsServer, name: &str) -> Self {
        Self(SigningDomain::publish(
            dns,
            name,
            &Sha256::digest(name).into(),
        ))
    }

    /// The public key, as it stands in DNS.
    pub(crate) fn public(&self) -> String {
        self.0.public()
    }

    pub(crate) fn sign(&self, mail: &str) -> String {
        self.sign_fields(mail, &SIGNED)
    }

    pub(crate) fn sign_fields(&self, mail: &str, fields: &[&str]) -> String {
        self.0.sign(mail, fields).unwrap()
    }
}

/// A plain mail, sent now.
pub(crate) fn mail(from: &str, to: &str, id: &str) -> String {
    mail_dated(from, to, id, &jiff_now(0))
}

pub(crate) fn mail_dated(from: &str, to: &str, id: &str, date: &str) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: 2FA opnieuw instellen\r\nDate: {date}\r\n\
         Message-ID: <{id}@mail.example>\r\n\r\nWil je de 2FA van j.jansen resetten?\r\nKenmerk {id}\r\n"
    )
}

/// RFC 5322's date, so many hours ago.
#[expect(clippy::disallowed_methods, reason = "a mail is sent when it is sent")]
pub(crate) fn jiff_now(hours_ago: i64) -> String {
    let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(hours_ago);
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_string(&at)
        .unwrap()
}
