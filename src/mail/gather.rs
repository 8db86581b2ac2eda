//! From raw bytes to evidence. The DNS answers are collected first; then everything is read from
//! them alone, so that the record can be read again later by the same path.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::dmarc::{Dmarc as DmarcRecord, Policy};
use mail_auth::{AuthenticatedMessage, MessageAuthenticator};
use mail_parser::{Address, Message, MessageParser, MimeHeaders as _, PartType};
use sha2::{Digest as _, Sha256};

use super::dkim::{self, MAX_SIGNATURES, is_plain_name, key_name};
use super::dns::{Dns, nobody};
use super::gate::{self, Gated, MAX_BYTES};
use super::{arc, recipients, results, sender};
use crate::domain::evidence::{Dmarc, DnsAnswer, Evidence, Intake, TxtAnswer};
use crate::domain::timestamp::Timestamp;

const MAX_PARTS: usize = 500;
const MAX_DEPTH: usize = 20;
/// How much of the text is kept to be shown, in characters.
const SHOWN: usize = 2_000;

/// What can't be looked at as a mail at all.
#[derive(Debug, thiserror::Error)]
pub enum NotAMail {
    /// There is nothing.
    #[error("this is no mail: it's empty")]
    Empty,
    /// No header field is in it.
    #[error("this is no mail: it has no header field such as `From: …`")]
    NoFields,
    /// It's too big to be looked at.
    #[error("this mail is larger than 25 MiB")]
    TooBig,
}

/// Gathers what `raw` shows, with answers from `dns`.
pub async fn gather(
    raw: &[u8],
    intake: Intake,
    dns: &Dns,
    now: Timestamp,
) -> Result<Evidence, NotAMail> {
    let gated = open(raw)?;
    let answers = dns.ask(names_to_ask(&gated), now).await;
    Ok(read(raw, intake, &gated, answers).await)
}

/// Gathers it once more from the recorded answers. Asks nobody without `dns`; with it, what nobody
/// answered then.
pub async fn regather(
    raw: &[u8],
    recorded: &Evidence,
    dns: Option<(&Dns, Timestamp)>,
) -> Result<Evidence, NotAMail> {
    let gated = open(raw)?;
    let mut answers = recorded.dns.clone();
    if let Some((dns, now)) = dns {
        let fresh = dns.ask(silent_names(&answers), now).await;
        answers.retain(|answer| !matches!(answer.answer, TxtAnswer::Unreachable(_)));
        answers.extend(fresh);
        answers.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(read(raw, recorded.intake.clone(), &gated, answers).await)
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

fn open(raw: &[u8]) -> Result<Gated, NotAMail> {
    if raw.len() > MAX_BYTES {
        return Err(NotAMail::TooBig);
    }
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err(NotAMail::Empty);
    }
    gate::pass(raw).ok_or(NotAMail::NoFields)
}

fn names_to_ask(gated: &Gated) -> Vec<String> {
    let Some(message) = AuthenticatedMessage::parse(&gated.bytes) else {
        return Vec::new();
    };
    let mut names: Vec<String> = message
        .dkim_headers
        .iter()
        .take(MAX_SIGNATURES)
        .map(|header| &header.header)
        .filter(|signature| is_plain_name(&signature.d) && is_plain_name(&signature.s))
        .map(|signature| key_name(&signature.s, &signature.d))
        .collect();
    names.extend(arc::key_names(&message));
    if let Ok(from) = sender::of(gated) {
        names.extend(dmarc_names(from.domain_str()));
    }
    names.sort();
    names.dedup();
    names
}

/// Where a domain's policy may be: its own, then its organisation's (RFC 7489 §6.6.3).
fn dmarc_names(domain: &str) -> Vec<String> {
    let own = format!("_dmarc.{domain}");
    let above = psl::domain_str(domain).filter(|above| *above != domain);
    std::iter::once(own)
        .chain(above.map(|above| format!("_dmarc.{above}")))
        .collect()
}

async fn read(raw: &[u8], intake: Intake, gated: &Gated, answers: Vec<DnsAnswer>) -> Evidence {
    let mut evidence = Evidence {
        sha256: hash_of(raw),
        size: raw.len() as u64,
        malformed: gated.faults.clone(),
        remarks: gated.remarks.clone(),
        from_field: gated.one("from").unwrap_or_default(),
        message_id: gated.one("message-id"),
        resent: gated
            .fields
            .iter()
            .any(|(name, _)| name.starts_with("resent-")),
        automatic: automatic(gated),
        auth_results: results::read(gated),
        intake,
        body_sha256: body_hash(&gated.bytes[gated.body_at..]),
        ..Evidence::default()
    };
    let from = sender::of(gated);
    match MessageParser::new().parse(&gated.bytes) {
        Some(message) => {
            read_parsed(&message, &mut evidence);
            let seen = recipients::of(gated);
            evidence.recipients.retain(|address| seen.contains(address));
        }
        None => evidence.malformed.push("the parser can't read it".into()),
    }
    match AuthenticatedMessage::parse(&gated.bytes) {
        Some(message) => read_signatures(message, gated, &answers, &mut evidence).await,
        None => evidence
            .malformed
            .push("the authenticator can't read it".into()),
    }
    match from {
        Ok(from) => {
            evidence.dmarc = dmarc(from.domain_str(), &answers);
            evidence.from = Some(from.as_str().to_owned());
        }
        Err(fault) => evidence.from_fault = Some(fault),
    }
    evidence.dns = answers;
    evidence
}

/// A resolver that knows no server: only recorded answers are read through it.
static NOBODY: LazyLock<Option<MessageAuthenticator>> = LazyLock::new(nobody);

async fn read_signatures(
    mut message: AuthenticatedMessage<'_>,
    gated: &Gated,
    answers: &[DnsAnswer],
    evidence: &mut Evidence,
) {
    evidence.authenticator_froms = message.froms().to_vec();
    evidence.unreadable_signature = message.has_dkim_errors;
    evidence.more_signatures = message.dkim_headers.len().saturating_sub(MAX_SIGNATURES);
    let expiries = dkim::prepare(&mut message);
    let mended = dkim::mend_body_hashes(&mut message);
    let Some(nobody) = NOBODY.as_ref() else {
        return;
    };
    evidence.signatures = dkim::verify(&message, &expiries, &mended, gated, answers, nobody).await;
    let results: Vec<&str> = gated.all("arc-authentication-results").collect();
    evidence.arc = arc::read(&message, &results, answers, nobody).await;
}

fn read_parsed(message: &Message<'_>, evidence: &mut Evidence) {
    evidence.subject = message
        .subject()
        .unwrap_or_default()
        .chars()
        .take(998)
        .collect();
    evidence.date = message
        .date()
        .map(|date| Timestamp::from_seconds(date.to_timestamp()));
    evidence.recipients = [message.to(), message.cc()]
        .into_iter()
        .flatten()
        .flat_map(plain)
        .collect();
    evidence.reply_to = message.reply_to().map(plain).unwrap_or_default();
    evidence.sender = message
        .sender()
        .map(plain)
        .unwrap_or_default()
        .into_iter()
        .next();
    if message.parts.len() > MAX_PARTS {
        evidence
            .malformed
            .push(format!("it has more than {MAX_PARTS} parts"));
    }
    if depth(message, 0) > MAX_DEPTH {
        evidence
            .malformed
            .push(format!("its parts are nested deeper than {MAX_DEPTH}"));
    }
    evidence.automatic.extend(automatic_parts(message));
    // Every part that a mail program shows one below the other.
    let all = |count: usize, part: &dyn Fn(usize) -> Option<String>| {
        (0..count).filter_map(part).collect::<Vec<_>>().join("\n")
    };
    let text = all(message.text_body_count(), &|at| {
        message.body_text(at).map(Into::into)
    });
    if message.html_body != message.text_body {
        let html = all(message.html_body_count(), &|at| {
            message
                .body_html(at)
                .map(|html| mail_parser::decoders::html::html_to_text(&html))
        });
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        evidence.html_differs = words(&html) != words(&text);
    }
    evidence.text = text.chars().take(SHOWN).collect();
}

/// What programs send: delivery reports and receipts (RFC 6522), and the answer of a calendar (RFC 6047),
/// whose subject is whatever the invitation said.
fn automatic_parts(message: &Message<'_>) -> Option<String> {
    let is_report = |sub: &str| {
        let reports = ["report", "delivery-status", "disposition-notification"];
        reports.iter().any(|name| sub.eq_ignore_ascii_case(name))
    };
    message.parts.iter().find_map(|part| {
        let kind = part.content_type()?;
        let sub = kind.subtype().unwrap_or_default();
        if is_report(sub) {
            return Some("it's a delivery report".to_owned());
        }
        if !sub.eq_ignore_ascii_case("calendar") {
            return None;
        }
        let method = kind.attribute("method").unwrap_or_default();
        let says = part.text_contents().unwrap_or_default();
        let answers = method.eq_ignore_ascii_case("reply")
            || says.to_ascii_lowercase().contains("method:reply");
        answers.then(|| "it's the answer of a calendar".to_owned())
    })
}

fn depth(message: &Message<'_>, above: usize) -> usize {
    if above > MAX_DEPTH {
        return above;
    }
    let mut depths = vec![above; message.parts.len()];
    let mut deepest = above;
    for (index, part) in message.parts.iter().enumerate() {
        let here = depths[index];
        deepest = deepest.max(here);
        match &part.body {
            PartType::Multipart(children) => {
                for child in children {
                    if let Some(depth) = depths.get_mut(*child as usize) {
                        *depth = here + 1;
                    }
                }
            }
            PartType::Message(inner) => deepest = deepest.max(depth(inner, here + 1)),
            _ => {}
        }
    }
    deepest
}

fn plain(address: &Address<'_>) -> Vec<String> {
    address
        .iter()
        .filter_map(|one| one.address())
        .map(str::to_ascii_lowercase)
        .collect()
}

fn dmarc(domain: &str, answers: &[DnsAnswer]) -> Dmarc {
    for (index, name) in dmarc_names(domain).iter().enumerate() {
        match answers
            .iter()
            .find(|answer| answer.name == *name)
            .map(|answer| &answer.answer)
        {
            Some(TxtAnswer::Unreachable(_)) => return Dmarc::Unreachable,
            Some(TxtAnswer::Records(records)) => {
                let mut policies = records
                    .iter()
                    .filter_map(|r| DmarcRecord::parse(r.as_bytes()).ok());
                // Two records are none (RFC 7489 §6.6.3).
                let (Some(record), None) = (policies.next(), policies.next()) else {
                    continue;
                };
                let below = if index == 0 { record.p } else { record.sp };
                let policy = if below == Policy::Unspecified {
                    record.p
                } else {
                    below
                };
                return Dmarc::Policy(
                    match policy {
                        Policy::Reject => "reject",
                        Policy::Quarantine => "quarantine",
                        Policy::None | Policy::Unspecified => "none",
                    }
                    .into(),
                );
            }
            Some(TxtAnswer::Absent) | None => {}
        }
    }
    Dmarc::Absent
}

fn automatic(gated: &Gated) -> Vec<String> {
    let mut markers = Vec::new();
    for (name, value) in &gated.fields {
        let value = value.trim().to_ascii_lowercase();
        match name.as_str() {
            "auto-submitted" if value != "no" => markers.push(format!("Auto-Submitted: {value}")),
            "precedence" if ["bulk", "list", "junk", "auto_reply"].contains(&value.as_str()) => {
                markers.push(format!("Precedence: {value}"));
            }
            "x-autoreply" | "x-autorespond" | "x-autoresponder" if value != "no" => {
                markers.push(format!("{name}: {value}"));
            }
            "list-id" | "list-unsubscribe" | "list-post" => markers.push("a mailing list".into()),
            "return-path" if value == "<>" => markers.push("it's a delivery report".into()),
            _ => {}
        }
    }
    markers.dedup();
    markers
}

/// Of the body without white space, so that a gateway that folds it makes no new mail of it.
fn body_hash(body: &[u8]) -> String {
    let body: Vec<u8> = body
        .iter()
        .copied()
        .filter(|b| !b.is_ascii_whitespace())
        .collect();
    HEXLOWER.encode(&Sha256::digest(&body))
}
