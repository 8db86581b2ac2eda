//! How fast a mail is looked at and judged: 20 KiB, RSA-2048, keys known (a warm DNS cache). One core.
//!
//!     cargo bench --bench mail
//!
//! What checking a signature costs is the signed mail less the unsigned one, of each of the two.

#![expect(clippy::expect_used, reason = "a bench has nobody to answer to")]

use std::borrow::Borrow;
use std::hash::Hash;
use std::time::Instant;

use balie::domain::evidence::{DnsAnswer, Evidence, TxtAnswer};
use balie::domain::judge::{DirectoryFacts, judge};
use balie::domain::policy::Policy;
use balie::domain::timestamp::Timestamp;
use balie::mail::regather;
use data_encoding::BASE64;
use divan::counter::{BytesCount, ItemsCount};
use futures_util::FutureExt as _;
use hickory_resolver::config::{ResolverConfig, ResolverOpts};
use mail_auth::common::crypto::{RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::DkimSigner;
use mail_auth::{
    AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
};
use rustls::pki_types::PrivateKeyDer;

fn main() {
    divan::main();
}

const KINDS: [&str; 2] = ["signed", "unsigned"];

/// A mail, and the DNS answers that it needs.
fn mail(kind: &str, size: usize) -> (Vec<u8>, Evidence) {
    let key = PrivateKeyDer::Pkcs1(
        include_bytes!("../tests/suite/mail/rsa2048.der")
            .as_slice()
            .into(),
    );
    let key = RsaKey::<Sha256>::from_key_der(key);
    let key = key.expect("the tests' key");
    let record = format!("v=DKIM1; k=rsa; p={}", BASE64.encode(&key.public_key()));
    let line = "Wil je de 2FA van Joost Jansen (j.jansen) opnieuw instellen, alsjeblieft?\r\n";
    let mail = format!(
        "From: Daan Visser <d.visser@beatrixschool.nl>\r\nTo: utrecht@otservicedesk.nl\r\nSubject: 2FA\r\n\
         Date: Mon, 21 Sep 2026 14:03:20 +0000\r\nMessage-ID: <1@beatrixschool.nl>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{}",
        line.repeat(size / line.len())
    );
    let signer = DkimSigner::from_key(key)
        .domain("beatrixschool.nl")
        .selector("s1")
        .headers([
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
        ]);
    let signature = signer.sign(mail.as_bytes()).expect("a signature");
    let answer = |name: &str, record: String| DnsAnswer {
        name: name.to_owned(),
        answer: TxtAnswer::Records(vec![record]),
        at: Timestamp::from_seconds(0),
    };
    let recorded = Evidence {
        dns: vec![
            answer("s1._domainkey.beatrixschool.nl", record),
            answer("_dmarc.beatrixschool.nl", "v=DMARC1; p=reject".into()),
        ],
        ..Evidence::default()
    };
    let signature = match kind {
        "signed" => signature.to_header(),
        _ => String::new(),
    };
    (format!("{signature}{mail}").into_bytes(), recorded)
}

/// From bytes to evidence to verdict.
#[divan::bench(args = KINDS)]
fn gather_and_judge(bencher: divan::Bencher, kind: &str) {
    let (mail, recorded) = mail(kind, 20 * 1024);
    let signatures = usize::from(kind == "signed");
    let (facts, policy) = (DirectoryFacts::default(), Policy::default());
    let now = Timestamp::from_seconds(1_790_000_000);
    bencher
        .counter(ItemsCount::new(1_usize))
        .counter(BytesCount::new(mail.len()))
        .bench_local(|| {
            let evidence = regather(&mail, &recorded, None).now_or_never();
            let evidence = evidence.expect("nobody is waited for").expect("a mail");
            assert_eq!(evidence.signatures.len(), signatures);
            judge(&evidence, &facts, &policy, now)
        });
}

/// The key record, as mail-auth's cache has it.
struct Known(Txt);

impl ResolverCache<Box<str>, Txt> for Known {
    fn get<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        Some(self.0.clone())
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

/// mail-auth alone, for comparison: parse, canonicalise, hash, and check the signature.
#[divan::bench(args = KINDS)]
fn mail_auth_alone(bencher: divan::Bencher, kind: &str) {
    let (mail, recorded) = mail(kind, 20 * 1024);
    let TxtAnswer::Records(records) = &recorded.dns[0].answer else {
        return;
    };
    let key = DomainKey::parse(records[0].as_bytes()).expect("a key record");
    let known = Known(Txt::DomainKey(key.into()));
    let nobody = MessageAuthenticator::new(ResolverConfig::default(), ResolverOpts::default());
    let nobody = nobody.expect("a resolver that knows no server");
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let message = AuthenticatedMessage::parse(&mail).expect("a mail");
        let outputs = nobody
            .verify_dkim(Parameters::new(&message).with_txt_cache(&known))
            .now_or_never();
        let outputs = outputs.expect("nobody is waited for");
        let passed = outputs
            .iter()
            .filter(|output| output.result() == &DkimResult::Pass);
        assert_eq!(passed.count(), usize::from(kind == "signed"));
    });
}
