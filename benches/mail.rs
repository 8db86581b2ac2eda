//! How fast a mail is looked at and judged: 20 KiB, RSA-2048, keys known (a warm DNS cache). One core.
//!
//!     cargo bench --bench mail
//!
//! What checking a signature costs is the signed mail less the unsigned one, of each of the two. Before the
//! table the two run in turn, and their medians are compared.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench has nobody to answer to, and prints"
)]

use std::borrow::Borrow;
use std::hash::Hash;
use std::time::Instant;

use balie::domain::policy::Policy;
use balie::domain::request::evidence::{DnsAnswer, Evidence, TxtAnswer};
use balie::domain::request::judge::{DirectoryFacts, judge};
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
    paired();
    divan::main();
}

/// How many pairs are run, and how many mails in each half of one.
const PAIRS: usize = 60;
const MAILS: usize = 50;

/// Balie and mail-auth in turn, so that what else the machine does falls on both; medians of the halves.
fn paired() {
    let looked_at = KINDS.map(|kind| (Case::new(kind), MailAuth::new(kind)));
    let mut times: [Vec<f64>; 4] = Default::default();
    for _ in 0..PAIRS {
        for (at, (balie, alone)) in looked_at.iter().enumerate() {
            let (ours, theirs) = (took(|| balie.look()), took(|| alone.look()));
            times[at].push(ours);
            times[2 + at].push(theirs);
        }
    }
    let [signed, unsigned, alone, alone_unsigned] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[PAIRS / 2]
    });
    let ratio = (signed - unsigned) / (alone - alone_unsigned);
    println!(
        "balie {signed:.1} µs signed, {unsigned:.1} unsigned: {:.0} mails a second; mail-auth alone {alone:.1} and \
         {alone_unsigned:.1}; what the signature costs: {ratio:.2}x\n",
        1e6 / signed
    );
}

/// Microseconds a mail.
fn took(mut look: impl FnMut()) -> f64 {
    let began = Instant::now();
    for _ in 0..MAILS {
        look();
    }
    began.elapsed().as_secs_f64() * 1e6 / MAILS as f64
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

/// A mail, and what its verdict rests on.
struct Case {
    mail: Vec<u8>,
    recorded: Evidence,
    signatures: usize,
}

impl Case {
    fn new(kind: &str) -> Self {
        let (mail, recorded) = mail(kind, 20 * 1024);
        Self {
            mail,
            recorded,
            signatures: usize::from(kind == "signed"),
        }
    }

    fn look(&self) {
        let (facts, policy) = (DirectoryFacts::default(), Policy::default());
        let now = Timestamp::from_seconds(1_790_000_000);
        let evidence = regather(&self.mail, &self.recorded, None).now_or_never();
        let evidence = evidence.expect("nobody is waited for").expect("a mail");
        assert_eq!(evidence.signatures.len(), self.signatures);
        std::hint::black_box(judge(&evidence, &facts, &policy, now));
    }
}

/// From bytes to evidence to verdict.
#[divan::bench(args = KINDS)]
fn gather_and_judge(bencher: divan::Bencher, kind: &str) {
    let case = Case::new(kind);
    bencher
        .counter(ItemsCount::new(1_usize))
        .counter(BytesCount::new(case.mail.len()))
        .bench_local(|| case.look());
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

/// mail-auth alone, for comparison.
struct MailAuth {
    mail: Vec<u8>,
    known: Known,
    nobody: MessageAuthenticator,
    signatures: usize,
}

impl MailAuth {
    fn new(kind: &str) -> Self {
        let (mail, recorded) = mail(kind, 20 * 1024);
        let TxtAnswer::Records(records) = &recorded.dns[0].answer else {
            unreachable!("its answers are records")
        };
        let key = DomainKey::parse(records[0].as_bytes()).expect("a key record");
        let nobody = MessageAuthenticator::new(ResolverConfig::default(), ResolverOpts::default());
        Self {
            mail,
            known: Known(Txt::DomainKey(key.into())),
            nobody: nobody.expect("a resolver that knows no server"),
            signatures: usize::from(kind == "signed"),
        }
    }

    /// Parse, canonicalise, hash, and check the signature.
    fn look(&self) {
        let message = AuthenticatedMessage::parse(&self.mail).expect("a mail");
        let outputs = self
            .nobody
            .verify_dkim(Parameters::new(&message).with_txt_cache(&self.known))
            .now_or_never();
        let outputs = outputs.expect("nobody is waited for");
        let passed = outputs
            .iter()
            .filter(|output| output.result() == &DkimResult::Pass);
        assert_eq!(passed.count(), self.signatures);
    }
}

#[divan::bench(args = KINDS)]
fn mail_auth_alone(bencher: divan::Bencher, kind: &str) {
    let case = MailAuth::new(kind);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| case.look());
}
