//! Key records of signatures (RFC 6376 §3.6), from answers that were collected: as the cryptography looks them up,
//! and what is odd about them.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::Instant;

use hickory_resolver::proto::op::ResponseCode;
use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::common::verify::DomainKey;
use mail_auth::{DnsError, Error, ResolverCache, Txt};

use super::tags::Tags;
use crate::domain::request::evidence::{DnsAnswer, TxtAnswer};

/// Answers from the record, and nothing else: it can't reach out.
pub(super) struct Recorded(HashMap<Box<str>, Txt>);

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

/// The recorded key records, as mail-auth looks them up.
pub(super) fn recorded(answers: &[DnsAnswer]) -> Recorded {
    let keys = answers
        .iter()
        .filter(|answer| answer.name.contains("._domainkey."));
    let named = |answer: &DnsAnswer| {
        let name = format!("{}.", answer.name).into_boxed_str();
        (name, key_of(&answer.answer))
    };
    Recorded(keys.map(named).collect())
}

/// What was answered for a signature's key.
pub(super) fn answered<'a>(
    answers: &'a [DnsAnswer],
    selector: &str,
    domain: &str,
) -> Option<&'a TxtAnswer> {
    let name = key_name(selector, domain);
    let answer = answers.iter().find(|answer| answer.name == name);
    answer.map(|answer| &answer.answer)
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

/// How long the key is.
pub(super) fn key_bits(answer: &TxtAnswer) -> Option<usize> {
    let TxtAnswer::Records(records) = answer else {
        return None;
    };
    let key = records
        .iter()
        .find_map(|record| DomainKey::parse(record.as_bytes()).ok())?;
    Some(key.p.public_key_bits()).filter(|bits| *bits != usize::MAX)
}

/// What RFC 6376 §3.6.1 asks of a key record, and mail-auth doesn't look at. Other records may stand beside
/// it: an SPF record under the same name isn't a key.
pub(super) fn key_faults(answer: &TxtAnswer) -> Vec<String> {
    let TxtAnswer::Records(records) = answer else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let keys: Vec<&String> = records
        .iter()
        .filter(|record| Tags(record).get("p").is_some())
        .collect();
    if keys.len() > 1 {
        faults.push("there is more than one key record under its name".into());
    }
    for record in keys {
        let record = Tags(record);
        if record.lists("t", "y") {
            faults.push("its key is in test mode (t=y)".into());
        }
        if record.get("s").is_some() && !record.lists("s", "*") && !record.lists("s", "email") {
            faults.push("its key isn't for e-mail (s=)".into());
        }
        if record.get("h").is_some() && !record.lists("h", "sha256") {
            faults.push("its key isn't for sha256 (h=)".into());
        }
        if record.get("v").is_some_and(|version| version != "DKIM1") {
            faults.push("its key record is of another version".into());
        }
        if record.has_duplicates() {
            faults.push("its key record has a tag twice".into());
        }
    }
    faults
}
