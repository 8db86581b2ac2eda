//! A mail world for one test: DNS, keys, signers, and the judgement of a small directory.

use balie::domain::policy::Policy;
use balie::domain::request::evidence::{Evidence, Intake};
use balie::domain::request::judge::{AccountFacts, DirectoryFacts, RequesterFacts, judge, spoken};
use balie::domain::request::lookalike::lookalike_of;
use balie::domain::request::mentioned::{Person, asks, named};
use balie::domain::request::verdict::{CheckResult, Judgement, Verdict};
use balie::domain::timestamp::Timestamp;
use balie::loopback::DnsServer;
use balie::mail::{Dns, gather};
use data_encoding::BASE64;
use mail_auth::AuthenticatedMessage;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256, SigningKey};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::{Canonicalization, DkimSigner};
use rustls::pki_types::PrivateKeyDer;

pub(super) const DIRECTOR: &str = "Daan Visser <d.visser@beatrixschool.nl>";
pub(super) const DESK: &str = "utrecht@otservicedesk.nl";
pub(super) const DOMAIN: &str = "beatrixschool.nl";
/// What a mail server signs when it signs everything that matters.
pub(super) const SIGNED: [&str; 8] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

/// A 2048-bit key for tests; it guards nothing.
const RSA_2048: &[u8] = include_bytes!("rsa2048.der");

pub(super) struct World {
    pub(super) dns: DnsServer,
    pub(super) now: Timestamp,
    pub(super) runtime: tokio::runtime::Runtime,
    pub(super) resolver: Dns,
}

pub(super) fn rsa() -> RsaKey<Sha256> {
    RsaKey::from_key_der(PrivateKeyDer::Pkcs1(RSA_2048.into())).unwrap()
}

pub(super) fn ed25519(seed: u8) -> Ed25519Key {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    Ed25519Key::from_seed_and_public_key(&[seed; 32], key.verifying_key().as_bytes()).unwrap()
}

pub(super) fn ed25519_record(seed: u8) -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    format!(
        "v=DKIM1; k=ed25519; p={}",
        BASE64.encode(key.verifying_key().as_bytes())
    )
}

pub(super) fn rsa_record() -> String {
    format!("v=DKIM1; k=rsa; p={}", BASE64.encode(&rsa().public_key()))
}

/// How a signer goes about it.
#[derive(Clone, Copy)]
pub(super) struct Shape<'s> {
    pub(super) selector: &'s str,
    pub(super) domain: &'s str,
    pub(super) fields: &'s [&'s str],
    pub(super) header: Canonicalization,
    pub(super) body: Canonicalization,
}

impl Default for Shape<'_> {
    fn default() -> Self {
        Self {
            selector: "rsa",
            domain: DOMAIN,
            fields: &SIGNED,
            header: Canonicalization::Relaxed,
            body: Canonicalization::Relaxed,
        }
    }
}

/// The mail with the real signer's signature on top.
pub(super) fn sign<K: SigningKey>(key: K, mail: &str, shape: Shape<'_>) -> String {
    let signature = DkimSigner::from_key(key)
        .domain(shape.domain)
        .selector(shape.selector)
        .headers(shape.fields.iter().copied())
        .header_canonicalization(shape.header)
        .body_canonicalization(shape.body)
        .sign(mail.as_bytes())
        .unwrap();
    format!("{}{mail}", signature.to_header())
}

/// The mail with a signature whose tags are `tags`, whatever they say: relaxed, over `fields`. The
/// cryptography is right.
pub(super) fn sign_with_tags(
    key: &impl SigningKey,
    mail: &str,
    fields: &[&str],
    tags: &str,
) -> String {
    let parsed = AuthenticatedMessage::parse(mail.as_bytes()).unwrap();
    let body = mail.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let length: Option<usize> = tags
        .split(';')
        .find_map(|tag| tag.trim().strip_prefix("l=")?.parse().ok());
    let signed_body = &body[..length.unwrap_or(body.len())];
    let hash = sha2_of(Canonicalization::Relaxed, signed_body.as_bytes());
    let names = fields.join(":");
    let value = format!(
        " {tags}; h={names}; bh={}; c=relaxed/relaxed; b=",
        BASE64.encode(&hash)
    );
    let names: Vec<String> = fields.iter().map(|&name| name.to_owned()).collect();
    let mut data = Vec::new();
    let headers = parsed.signed_headers(&names, b"DKIM-Signature", value.as_bytes());
    Canonicalization::Relaxed.canonicalize_headers(headers, &mut data);
    // The signature's own field ends without a line end (RFC 6376 §3.7).
    while data.ends_with(b"\r\n") {
        data.truncate(data.len() - 2);
    }
    let signature = key.sign(data.as_slice()).unwrap();
    format!(
        "DKIM-Signature:{value}{}\r\n{mail}",
        BASE64.encode(&signature)
    )
}

fn sha2_of(canonical: Canonicalization, body: &[u8]) -> Vec<u8> {
    let hash = mail_auth::common::crypto::HashAlgorithm::Sha256;
    hash.hash(canonical.canonical_body(body, 0))
        .as_ref()
        .to_vec()
}

impl World {
    pub(super) fn new() -> Self {
        let dns = DnsServer::start().unwrap();
        dns.publish(&format!("rsa._domainkey.{DOMAIN}"), &rsa_record());
        dns.publish(&format!("ed._domainkey.{DOMAIN}"), &ed25519_record(1));
        dns.publish(&format!("_dmarc.{DOMAIN}"), "v=DMARC1; p=reject; adkim=s");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let resolver = runtime.block_on(async { Dns::new(Some(&dns.address)).unwrap() });
        #[expect(clippy::disallowed_methods, reason = "the signer signs now")]
        let now = jiff::Timestamp::now().into();
        Self {
            dns,
            now,
            runtime,
            resolver,
        }
    }

    /// A plain mail of a director, sent now.
    pub(super) fn mail(&self) -> String {
        self.mail_of(DIRECTOR, DESK)
    }

    pub(super) fn mail_of(&self, from: &str, to: &str) -> String {
        let date = jiff::fmt::rfc2822::DateTimePrinter::new();
        let date = date.timestamp_to_string(&self.now.as_jiff()).unwrap();
        format!(
            "From: {from}\r\nTo: {to}\r\nSubject: 2FA van Joost Jansen\r\nDate: {date}\r\n\
             Message-ID: <CAF3x9@mail.beatrixschool.nl>\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n\
             Beste servicedesk,\r\n\r\nWil je de 2FA van Joost Jansen (j.jansen) resetten?\r\n\r\nGroet,\r\nDaan Visser\r\n"
        )
    }

    pub(super) fn gather(&self, raw: &[u8]) -> Result<Evidence, balie::mail::NotAMail> {
        self.runtime
            .block_on(gather(raw, Intake::File, &self.resolver, self.now))
    }

    /// The judgement for j.jansen, whose director is on file.
    pub(super) fn judge(&self, raw: impl AsRef<[u8]>) -> Judgement {
        self.judge_knowing(raw, |_| {})
    }

    pub(super) fn judge_knowing(
        &self,
        raw: impl AsRef<[u8]>,
        know: impl FnOnce(&mut DirectoryFacts),
    ) -> Judgement {
        let evidence = self.gather(raw.as_ref()).unwrap();
        let mut facts = facts(&evidence);
        know(&mut facts);
        self.name(&evidence, &mut facts);
        judge(&evidence, &facts, &Policy::default(), self.now)
    }
}

impl World {
    /// Notes whom the mail speaks of, as the desk does.
    pub(super) fn name(&self, evidence: &Evidence, facts: &mut DirectoryFacts) {
        let spoken = spoken(evidence, facts, self.now);
        let Some(said) = spoken.said("Daan Visser") else {
            return;
        };
        let people = [Person {
            username: "j.jansen",
            name: "Joost Jansen",
            work_email: "j.jansen@beatrixschool.nl",
        }];
        let found = named(&said, &people);
        for account in &mut facts.accounts {
            let is_it = account.username.as_str() == "j.jansen";
            account.named = found.first().map(|(_, by)| *by).filter(|_| is_it);
        }
        facts.naming.asks = asks(&said);
    }
}

pub(super) fn facts(evidence: &Evidence) -> DirectoryFacts {
    let from = evidence.from.as_deref().unwrap_or_default();
    let on_file = from == "d.visser@beatrixschool.nl";
    let domains = [DOMAIN.to_owned(), "devecht.nl".to_owned()];
    let lookalike = from.rsplit_once('@').filter(|_| !on_file);
    let lookalike = lookalike.and_then(|(_, domain)| lookalike_of(domain, &domains));
    DirectoryFacts {
        requester: on_file.then(|| RequesterFacts {
            name: "Daan Visser".into(),
            valid: true,
            domains: domains.to_vec(),
            regions: Vec::new(),
        }),
        lookalike: lookalike.map(|(known, how)| (known, how.to_owned())),
        desks: vec![("utrecht".parse().unwrap(), DESK.parse().unwrap())],
        accounts: vec![AccountFacts {
            username: "j.jansen".parse().unwrap(),
            is_requester: false,
            same_name: false,
            named: None,
            covered: on_file,
            privileged: false,
            regions: vec!["utrecht".parse().unwrap()],
        }],
        ..DirectoryFacts::default()
    }
}

#[track_caller]
pub(super) fn is_verified(what: &str, judgement: &Judgement) {
    assert_eq!(
        judgement.verdict,
        Verdict::Verified,
        "{what}: {:#?}",
        judgement.checks
    );
}

/// Not verified, and that check says why.
#[track_caller]
pub(super) fn is_caught(what: &str, judgement: &Judgement, by: &str) {
    assert_ne!(
        judgement.verdict,
        Verdict::Verified,
        "{what}: {:#?}",
        judgement.checks
    );
    let check = judgement
        .checks
        .iter()
        .find(|check| check.name.as_str() == by)
        .unwrap();
    assert_eq!(
        check.result,
        CheckResult::Fail,
        "{what} by {by}: {:#?}",
        judgement.checks
    );
}
