//! From raw bytes to evidence. The DNS answers are collected first; then everything is read from
//! them alone, so that the record can be read again later by the same path.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use mail_auth::{AuthenticatedMessage, MessageAuthenticator};
use sha2::{Digest as _, Sha256};

use super::canonical::Bodies;
use super::dkim;
use super::dkim::Chosen;
use super::dkim_key::{is_plain_name, key_name};
use super::dns::{Dns, nobody};
use super::gate;
use super::gate::{Gated, MAX_BYTES};
use super::kept;
use super::kept::short;
use super::{arc, automatic, dmarc, fields, readings, results, sender};
use crate::domain::directory::address::WorkAddress;
use crate::domain::request::evidence::{DnsAnswer, Evidence, Intake, TxtAnswer};
use crate::domain::timestamp::Timestamp;
use mail_auth::dkim::Canonicalization;

/// How much is kept of one DNS answer, and of all, in bytes of JSON.
const MOST_OF_ANSWER: usize = 4_096;
const MOST_OF_ANSWERS: usize = 40 * 1024;

/// How a compound file begins ([MS-CFB] 2.2), which a `.msg` is ([MS-OXMSG]).
const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// What can't be looked at as a mail at all.
#[derive(Debug, thiserror::Error)]
pub enum NotAMail {
    /// There is nothing.
    #[error("this isn't a mail: it's empty")]
    Empty,
    /// No mail's header fields are in it.
    #[error("this isn't a mail: it has no header fields such as `From: …` and `Date: …`")]
    NoFields,
    /// Outlook's own format: it has no header as it was signed.
    #[error("this is Outlook's own format (.msg): the bytes that were signed aren't in it")]
    OutlooksOwn,
    /// It's too big to be looked at.
    #[error("this mail is larger than 25 MiB")]
    TooBig,
    /// A parser falls over it.
    #[error("it makes the parser fail")]
    Breaks,
}

/// Fields of which every mail has one. Many a file that isn't a mail begins with a word and a colon, and is kept nowhere.
const OF_A_MAIL: [&str; 10] = [
    "from",
    "date",
    "to",
    "subject",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "sender",
];

/// Whether it's a mail at all. Of one whose header is too long not every field was looked at.
fn is_of_a_mail(gated: &Gated<'_>) -> bool {
    let mut fields = gated.fields.iter();
    gated.header.len() > gate::MAX_HEADER
        || fields.any(|field| OF_A_MAIL.contains(&field.name.as_str()))
}

/// A mail whose header was taken apart, before anybody is asked.
struct Opened<'r> {
    raw: &'r [u8],
    gated: Gated<'r>,
    /// What DNS is to be asked.
    names: Vec<String>,
}

impl<'r> Opened<'r> {
    fn of(raw: &'r [u8]) -> Result<Self, NotAMail> {
        if raw.len() > MAX_BYTES {
            return Err(NotAMail::TooBig);
        }
        if raw.iter().all(u8::is_ascii_whitespace) {
            return Err(NotAMail::Empty);
        }
        if raw.starts_with(&COMPOUND_FILE) {
            return Err(NotAMail::OutlooksOwn);
        }
        let gated = gate::pass(raw).ok_or(NotAMail::NoFields)?;
        if !is_of_a_mail(&gated) {
            return Err(NotAMail::NoFields);
        }
        let names = names_to_ask(&gated);
        Ok(Self { raw, gated, names })
    }

    async fn ask(&self, dns: &Dns, now: Timestamp) -> Vec<DnsAnswer> {
        bounded(dns.ask(self.names.clone(), now).await)
    }

    async fn read(&self, intake: Intake, answers: Vec<DnsAnswer>) -> Evidence {
        read(self.raw, intake, &self.gated, answers).await
    }
}

/// Gathers what `raw` shows, with answers from `dns`.
pub async fn gather(
    raw: &[u8],
    intake: Intake,
    dns: &Dns,
    now: Timestamp,
) -> Result<Evidence, NotAMail> {
    let opened = Opened::of(raw)?;
    let answers = opened.ask(dns, now).await;
    let mut evidence = opened.read(intake, answers).await;
    evidence.resolver = Some(dns.place());
    Ok(evidence)
}

/// Gathers what each of these mails shows, in their order. DNS is asked for all of them at once, while none is
/// taken apart: one that takes long would let the answers for the others run out of time. A mail that a parser
/// falls over is told by itself.
pub async fn gather_all(
    mails: Vec<(&[u8], Intake)>,
    dns: &Dns,
    now: Timestamp,
) -> Vec<Result<Evidence, NotAMail>> {
    let open = |raw| {
        let opened = catch_unwind(AssertUnwindSafe(|| Opened::of(raw)));
        opened.unwrap_or(Err(NotAMail::Breaks))
    };
    let opened: Vec<_> = mails.iter().map(|(raw, _)| open(raw)).collect();
    let asked = opened.iter().map(async |opened| match opened {
        Ok(opened) => opened.ask(dns, now).await,
        Err(_) => Vec::new(),
    });
    let answers = join_all(asked).await;
    let mut gathered = Vec::with_capacity(mails.len());
    for (((_, intake), opened), answers) in mails.into_iter().zip(opened).zip(answers) {
        gathered.push(match opened {
            Ok(opened) => {
                let reading = AssertUnwindSafe(opened.read(intake, answers)).catch_unwind();
                let read = reading.await.map_err(|_| NotAMail::Breaks);
                read.map(|evidence| Evidence {
                    resolver: Some(dns.place()),
                    ..evidence
                })
            }
            Err(error) => Err(error),
        });
    }
    gathered
}

/// Gathers it once more from the recorded answers. Asks nobody without `dns`; with it, what nobody
/// answered then.
pub async fn regather(
    raw: &[u8],
    recorded: &Evidence,
    dns: Option<(&Dns, Timestamp)>,
) -> Result<Evidence, NotAMail> {
    let opened = Opened::of(raw)?;
    let mut answers = recorded.dns.clone();
    let mut asked_at = None;
    if let Some((dns, now)) = dns {
        // What a newer version of the rules looks at was never asked for.
        let asked = |name: &&String| answers.iter().any(|answer| answer.name == **name);
        let mut names = silent_names(&answers);
        names.extend(opened.names.iter().filter(|name| !asked(name)).cloned());
        asked_at = (!names.is_empty()).then(|| dns.place());
        let fresh = dns.ask(names, now).await;
        answers.retain(|answer| !matches!(answer.answer, TxtAnswer::Unreachable(_)));
        answers.extend(bounded(fresh));
        answers.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let mut evidence = opened.read(recorded.intake.clone(), answers).await;
    evidence.resolver.clone_from(&recorded.resolver);
    if let Some(place) = asked_at
        && evidence.resolver.as_ref() != Some(&place)
    {
        // Two gave the answers: both stand in the record.
        let before = evidence.resolver.map(|before| format!("{before}; then "));
        evidence.resolver = Some(format!("{}{place}", before.unwrap_or_default()));
    }
    Ok(evidence)
}

/// SHA-256 of a mail's bytes, in hexadecimal.
#[must_use]
pub fn hash_of(raw: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(raw))
}

/// The names that nobody answered for.
fn silent_names(answers: &[DnsAnswer]) -> Vec<String> {
    let silent = answers
        .iter()
        .filter(|answer| matches!(answer.answer, TxtAnswer::Unreachable(_)));
    silent.map(|answer| answer.name.clone()).collect()
}

/// Answers go into the record, and strangers write them: one that is longer than any key record counts for
/// none, and so does what comes when there is no room left.
fn bounded(mut answers: Vec<DnsAnswer>) -> Vec<DnsAnswer> {
    let mut room = MOST_OF_ANSWERS;
    for answer in &mut answers {
        let size = match &answer.answer {
            TxtAnswer::Records(records) => records.iter().map(|r| kept::cost(r) + 3).sum(),
            TxtAnswer::Unreachable(why) => why.len(),
            TxtAnswer::Absent => 0,
        };
        if size > MOST_OF_ANSWER.min(room) {
            answer.answer = TxtAnswer::Absent;
        } else {
            room -= size;
        }
    }
    answers
}

/// The header as the authenticator takes it apart, where it does so as the gate did.
fn authenticated<'g>(gated: &'g Gated<'_>) -> Result<AuthenticatedMessage<'g>, &'static str> {
    let message = AuthenticatedMessage::parse_with_opts(&gated.header, None, false)
        .ok_or("the authenticator can't read it")?;
    let same = message.body_offset() == gated.header.len()
        && message.headers.len() == gated.fields.len()
        && message
            .headers
            .iter()
            .zip(&gated.fields)
            .all(|((name, value), field)| {
                name.eq_ignore_ascii_case(field.name.as_bytes())
                    && *value == &gated.header[field.at.clone()]
            });
    if same {
        Ok(message)
    } else {
        Err("the authenticator parses its header differently")
    }
}

fn names_to_ask(gated: &Gated<'_>) -> Vec<String> {
    if !gated.faults.is_empty() {
        return Vec::new();
    }
    let Ok(mut message) = authenticated(gated) else {
        return Vec::new();
    };
    let from = sender::of(gated).ok();
    let chosen = dkim::choose(&mut message, from.as_ref().map(WorkAddress::domain_str));
    let mut names: Vec<String> = chosen
        .fields
        .iter()
        .map(|field| &field.header)
        .filter(|signature| is_plain_name(&signature.d) && is_plain_name(&signature.s))
        .map(|signature| key_name(&signature.s, &signature.d))
        .collect();
    names.extend(arc::key_names(&message));
    if let Some(from) = from {
        names.extend(dmarc::names(from.domain_str()));
    }
    names.sort();
    names.dedup();
    names
}

async fn read(raw: &[u8], intake: Intake, gated: &Gated<'_>, answers: Vec<DnsAnswer>) -> Evidence {
    let mut evidence = of_header(raw, intake, gated);
    match sender::of(gated) {
        Ok(from) => {
            evidence.dmarc = dmarc::policy(from.domain_str(), &answers);
            evidence.from = Some(from.as_str().to_owned());
        }
        Err(fault) => evidence.from_fault = Some(fault),
    }
    if evidence.malformed.is_empty() {
        match authenticated(gated) {
            Ok(message) => read_signed(message, gated, &answers, &mut evidence).await,
            Err(fault) => evidence.malformed.push(fault.into()),
        }
    }
    if evidence.readings.is_empty() {
        evidence.readings.push(readings::as_it_stands(gated));
    }
    automatic::look_at(&mut evidence, gated);
    evidence.dns = answers;
    evidence
}

/// What the gate's own fields tell, which are all that is read of a malformed mail.
fn of_header(raw: &[u8], intake: Intake, gated: &Gated<'_>) -> Evidence {
    let (to, more_to) = fields::recipients(gated, "to");
    let (cc, more_cc) = fields::recipients(gated, "cc");
    let date = fields::date(gated);
    let is_faulty = |name: &str| gated.faults.iter().any(|fault| fault.contains(name));
    Evidence {
        sha256: hash_of(raw),
        size: raw.len() as u64,
        malformed: gated.faults.clone(),
        remarks: gated.remarks.clone(),
        from_field: short(&gated.one("from").unwrap_or_default(), 998),
        to,
        cc,
        more_recipients: more_to + more_cc,
        subject: if is_faulty("encoded words") {
            short(&gated.one("subject").unwrap_or_default(), 998)
        } else {
            fields::subject(gated)
        },
        message_id: fields::message_id(gated),
        answers_to: fields::answers_to(gated),
        date_fault: gated
            .one("date")
            .filter(|_| date.is_none())
            .map(|date| short(&date, 200)),
        date,
        reply_to: fields::answer_to(gated, "reply-to"),
        sender: fields::answer_to(gated, "sender").into_iter().next_back(),
        disposition: gated
            .one("content-disposition")
            .map(|d| short(&d.to_ascii_lowercase(), 200)),
        resent: gated
            .fields
            .iter()
            .any(|field| field.name.starts_with("resent-")),
        auth_results: results::read(gated),
        intake,
        body_sha256: body_hash(gated.body),
        ..Evidence::default()
    }
}

/// A resolver that knows no server: only recorded answers are read through it.
static NOBODY: LazyLock<Option<MessageAuthenticator>> = LazyLock::new(nobody);

async fn read_signed(
    mut message: AuthenticatedMessage<'_>,
    gated: &Gated<'_>,
    answers: &[DnsAnswer],
    evidence: &mut Evidence,
) {
    let Some(nobody) = NOBODY.as_ref() else {
        return;
    };
    let froms = message.froms().iter().take(5);
    evidence.authenticator_froms = froms.map(|from| short(from, 254)).collect();
    evidence.unreadable_signature = message.has_dkim_errors;
    let mut bodies = Bodies::new(gated.body);
    let chosen = dkim::choose(&mut message, evidence.from_domain());
    evidence.more_signatures = chosen.more;
    let forms = forms(&chosen);
    evidence.arc = arc::read(&mut message, gated, &mut bodies, answers, nobody).await;
    evidence.first_seal = arc::first_seal(gated, &mut bodies, answers, nobody).await;
    evidence.signatures =
        dkim::verify(&mut message, chosen, gated, &mut bodies, answers, nobody).await;
    readings::read(gated, &mut bodies, &forms, evidence);
}

/// Which form of the body each signature hashed.
fn forms(chosen: &Chosen<'_>) -> Vec<Canonicalization> {
    chosen.fields.iter().map(|field| field.header.cb).collect()
}

/// Of the body without white space, so that a gateway that folds it makes no new mail of it.
fn body_hash(body: &[u8]) -> String {
    let mut hash = Sha256::new();
    // The hash takes whole blocks faster than words.
    let mut block = [0_u8; 4096];
    let mut filled = 0;
    for &byte in body {
        block[filled] = byte;
        filled += usize::from(!byte.is_ascii_whitespace());
        if filled == block.len() {
            hash.update(block);
            filled = 0;
        }
    }
    hash.update(&block[..filled]);
    HEXLOWER.encode(&hash.finalize())
}
