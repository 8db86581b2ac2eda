//! DKIM: the cryptography is mail-auth's, over answers that were collected before. What it lets pass
//! and RFC 6376 doesn't is noted beside it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::Instant;

use data_encoding::HEXLOWER;
use hickory_resolver::proto::op::ResponseCode;
use mail_auth::common::crypto::Algorithm;
use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::common::verify::DomainKey;
use mail_auth::{
    AuthenticatedMessage, DkimResult, DnsError, Error, MessageAuthenticator, Parameters,
    ResolverCache, Txt,
};
use sha2::{Digest as _, Sha256};

use super::gate::Gated;
use crate::domain::evidence::{DnsAnswer, Outcome, Signature, TxtAnswer};
use crate::domain::timestamp::Timestamp;

/// How many signatures are looked at: each costs a DNS question.
pub(super) const MAX_SIGNATURES: usize = 10;
/// Fields that a signature must cover where the mail has them.
const MUST_COVER: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "content-type",
    "reply-to",
    "sender",
];

/// Answers from the record, and nothing else: it can't reach out.
struct Recorded(HashMap<Box<str>, Txt>);

impl ResolverCache<Box<str>, Txt> for Recorded {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let absent = || Txt::Error(Error::Dns(DnsError::RecordNotFound(ResponseCode::NXDomain)));
        Some(self.0.get(name).cloned().unwrap_or_else(absent))
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

/// The name of a signature's key record.
pub(super) fn key_name(selector: &str, domain: &str) -> String {
    format!("{selector}._domainkey.{domain}").to_ascii_lowercase()
}

/// Only plain labels reach DNS and the verdict, so that both read the same.
pub(super) fn is_plain_name(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !text.is_empty()
        && text
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(plain))
}

/// Verifies the signatures of `message` with the recorded `answers`.
pub(super) async fn verify(
    message: &AuthenticatedMessage<'_>,
    gated: &Gated,
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Vec<Signature> {
    let mut recorded = HashMap::new();
    for answer in answers
        .iter()
        .filter(|answer| answer.name.contains("._domainkey."))
    {
        recorded.insert(
            format!("{}.", answer.name).into_boxed_str(),
            key_of(&answer.answer),
        );
    }
    let recorded = Recorded(recorded);
    let outputs = resolver
        .verify_dkim(Parameters::new(message).with_txt_cache(&recorded))
        .await;
    let raw_fields: Vec<&str> = gated.all("dkim-signature").collect();
    let mut signatures = Vec::new();
    for output in outputs.iter().take(MAX_SIGNATURES) {
        let Some(tags) = output.signature() else {
            continue;
        };
        let name = key_name(&tags.s, &tags.d);
        let answer = answers
            .iter()
            .find(|answer| answer.name == name)
            .map(|answer| &answer.answer);
        let signed: Vec<String> = tags
            .h
            .iter()
            .map(|name| name.to_ascii_lowercase())
            .collect();
        let unsigned = MUST_COVER
            .iter()
            .filter(|name| gated.all(name).next().is_some() && !signed.iter().any(|s| s == *name))
            .map(|name| (*name).to_owned())
            .collect();
        let seconds = |at: u64| {
            (at > 0).then(|| Timestamp::from_seconds(i64::try_from(at).unwrap_or(i64::MAX)))
        };
        let raw = raw_fields.iter().find(|raw| {
            let b: String = tag(raw, "b")
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            data_encoding::BASE64
                .decode(b.as_bytes())
                .is_ok_and(|bytes| bytes == tags.b)
        });
        let outcome = match (output.result(), answer) {
            (_, Some(TxtAnswer::Unreachable(_))) => Outcome::Unreachable,
            (DkimResult::Pass, _) => Outcome::Holds,
            (DkimResult::None, _) => Outcome::Broken,
            (
                DkimResult::Neutral(e)
                | DkimResult::Fail(e)
                | DkimResult::PermError(e)
                | DkimResult::TempError(e),
                _,
            ) => Outcome::Fails(e.to_string()),
        };
        let mut tag_faults =
            raw.map_or_else(|| vec!["its tags can't be read".into()], |r| tag_faults(r));
        if tags.atps.is_some() {
            tag_faults.push("it's made on behalf of another domain (ATPS)".into());
        }
        if !is_plain_name(&tags.d) || !is_plain_name(&tags.s) {
            tag_faults.push("its domain or selector has characters that no name has".into());
        }
        signatures.push(Signature {
            domain: tags.d.to_ascii_lowercase(),
            selector: tags.s.clone(),
            algorithm: match tags.a {
                Algorithm::RsaSha1 => "rsa-sha1",
                Algorithm::RsaSha256 => "rsa-sha256",
                Algorithm::Ed25519Sha256 => "ed25519-sha256",
            }
            .into(),
            signed,
            unsigned,
            partial_body: tags.l > 0 || raw.is_some_and(|raw| tag(raw, "l").is_some()),
            signed_at: seconds(tags.t),
            expires_at: seconds(tags.x),
            tag_faults,
            key_faults: answer.map_or_else(Vec::new, key_faults),
            key_bits: answer.and_then(key_bits),
            outcome,
            sha256: HEXLOWER.encode(&Sha256::digest(&tags.b)),
        });
    }
    signatures
}

fn key_of(answer: &TxtAnswer) -> Txt {
    match answer {
        TxtAnswer::Records(records) => {
            let mut last = Error::Dns(DnsError::InvalidRecordType);
            for record in records {
                match DomainKey::parse(record.as_bytes()) {
                    Ok(key) => return Txt::DomainKey(key.into()),
                    Err(error) => last = error,
                }
            }
            Txt::Error(last)
        }
        TxtAnswer::Absent => {
            Txt::Error(Error::Dns(DnsError::RecordNotFound(ResponseCode::NXDomain)))
        }
        TxtAnswer::Unreachable(why) => Txt::Error(Error::Dns(DnsError::Resolver(why.clone()))),
    }
}

fn key_bits(answer: &TxtAnswer) -> Option<usize> {
    let TxtAnswer::Records(records) = answer else {
        return None;
    };
    let key = records
        .iter()
        .find_map(|record| DomainKey::parse(record.as_bytes()).ok())?;
    Some(key.p.public_key_bits()).filter(|bits| *bits != usize::MAX)
}

/// What RFC 6376 §3.6.1 asks of a key record, and mail-auth doesn't look at.
fn key_faults(answer: &TxtAnswer) -> Vec<String> {
    let TxtAnswer::Records(records) = answer else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    if records.len() > 1 {
        faults.push("there is more than one key record under its name".into());
    }
    for record in records {
        let has = |name: &str, item: &str| {
            tag(record, name).is_some_and(|list| {
                list.split(':')
                    .any(|part| part.trim().eq_ignore_ascii_case(item))
            })
        };
        if tag(record, "t").is_some() && has("t", "y") {
            faults.push("its key is in test mode (t=y)".into());
        }
        if tag(record, "s").is_some() && !has("s", "*") && !has("s", "email") {
            faults.push("its key isn't for e-mail (s=)".into());
        }
        if tag(record, "h").is_some() && !has("h", "sha256") {
            faults.push("its key isn't for sha256 (h=)".into());
        }
        if tag(record, "v").is_some_and(|version| version != "DKIM1") {
            faults.push("its key record is of another version".into());
        }
        if has_duplicates(record) {
            faults.push("its key record has a tag twice".into());
        }
    }
    faults
}

/// What RFC 6376 §3.5 asks of a signature, and mail-auth doesn't look at.
fn tag_faults(raw: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if has_duplicates(raw) {
        faults.push("it has a tag twice".into());
    }
    if tag(raw, "v").as_deref() != Some("1") {
        faults.push("it doesn't say its version (v=1)".into());
    }
    if tag(raw, "q").is_some_and(|query| query != "dns/txt") {
        faults.push("it asks for its key in an unknown way (q=)".into());
    }
    faults
}

fn tags(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(';')
        .filter_map(|part| part.split_once('='))
        .map(|(n, v)| (n.trim(), v.trim()))
}

fn tag(text: &str, name: &str) -> Option<String> {
    tags(text)
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}

fn has_duplicates(text: &str) -> bool {
    let mut seen = std::collections::HashSet::new();
    tags(text).any(|(name, _)| !seen.insert(name))
}
