//! DKIM: the cryptography is mail-auth's, over answers that were collected before. What it lets pass
//! and RFC 6376 doesn't is noted beside it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::Instant;

use data_encoding::HEXLOWER;
use hickory_resolver::proto::op::ResponseCode;
use mail_auth::arc::ArcError;
use mail_auth::common::crypto::{Algorithm, CryptoError};
use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::{Canonicalization, DkimError};
use mail_auth::{
    AuthenticatedMessage, DkimResult, DnsError, Error, MessageAuthenticator, Parameters,
    ResolverCache, Txt,
};
use sha2::{Digest as _, Sha256};

use super::gate::Gated;
use super::sender;
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
    "content-transfer-encoding",
    "content-disposition",
    "reply-to",
    "sender",
];
/// Encodings that change nothing: who signs doesn't have to say so (RFC 2045 §6.1).
const PLAIN_ENCODINGS: &[&str] = &["7bit", "8bit", "binary"];

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

/// Makes the cryptography depend on the mail and the recorded answers alone: the clock of the system
/// is left out (what expires is judged with the clock that was passed in), and so are signatures beyond
/// the tenth. Gives each signature's own expiry back.
pub(super) fn prepare(message: &mut AuthenticatedMessage<'_>) -> Vec<u64> {
    message.dkim_headers.truncate(MAX_SIGNATURES);
    for header in &mut message.ams_headers {
        header.header.x = 0;
    }
    let headers = message.dkim_headers.iter_mut();
    headers
        .map(|header| std::mem::take(&mut header.header.x))
        .collect()
}

/// mail-auth hashes white-space-only lines at the end of a relaxed body, which RFC 6376 §3.4.4 leaves
/// out. Where a signature was made by the book, the hash is made by the book as well.
pub(super) fn mend_body_hashes(message: &mut AuthenticatedMessage<'_>) -> Vec<Vec<u8>> {
    let raw = message.raw_message;
    let body = raw.get(message.body_offset()..).unwrap_or_default();
    let last = body
        .iter()
        .rposition(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
    let (kept, blank) = body.split_at(last.map_or(0, |last| last + 1));
    let ends_blank = blank.iter().any(|b| matches!(b, b' ' | b'\t'));
    let mut mended = Vec::new();
    if !ends_blank {
        return mended;
    }
    let wanted: Vec<Vec<u8>> = message
        .dkim_headers
        .iter()
        .map(|header| header.header.bh.clone())
        .chain(
            message
                .ams_headers
                .iter()
                .map(|header| header.header.bh.clone()),
        )
        .collect();
    for (canonical, hash, length, value) in &mut message.body_hashes {
        if *canonical != Canonicalization::Relaxed {
            continue;
        }
        let by_the_book = hash.hash(canonical.canonical_body(kept, *length));
        if wanted.iter().any(|bh| bh == by_the_book.as_ref()) && value != by_the_book.as_ref() {
            *value = by_the_book.as_ref().to_vec();
            mended.push(value.clone());
        }
    }
    mended
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

/// Verifies the signatures of `message`, which was prepared and whose expiries are `expiries`.
pub(super) async fn verify(
    message: &AuthenticatedMessage<'_>,
    expiries: &[u64],
    mended: &[Vec<u8>],
    gated: &Gated,
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Vec<Signature> {
    let recorded = recorded(answers);
    let outputs = resolver
        .verify_dkim(Parameters::new(message).with_txt_cache(&recorded))
        .await;
    let raw_fields: Vec<&str> = gated.all("dkim-signature").collect();
    let verified = outputs
        .iter()
        .filter_map(|output| Some((output.signature()?, output.result())));
    verified
        .zip(expiries)
        .map(|((tags, result), expires)| {
            let name = key_name(&tags.s, &tags.d);
            let answer = answers.iter().find(|answer| answer.name == name);
            let answer = answer.map(|answer| &answer.answer);
            Signature {
                expires_at: instant(*expires),
                outcome: outcome_of(result, answer),
                remark: mended
                    .contains(&tags.bh)
                    .then(|| "its last lines are blanks, which a signature leaves out".to_owned()),
                ..describe(tags, answer, gated, &raw_fields)
            }
        })
        .collect()
}

fn describe(
    tags: &mail_auth::dkim::Signature,
    answer: Option<&TxtAnswer>,
    gated: &Gated,
    raw_fields: &[&str],
) -> Signature {
    let lower = |name: &String| name.to_ascii_lowercase();
    let signed: Vec<String> = tags.h.iter().map(lower).collect();
    let is_bare = |name: &&&str| {
        gated.all(name).any(|value| !changes_nothing(name, value))
            && !signed.iter().any(|signed| signed == *name)
    };
    let unsigned = MUST_COVER.iter().filter(is_bare);
    let unsigned = unsigned.map(|name| (*name).to_owned()).collect();
    let is_its_own = |raw: &&str| {
        let b = tag(raw, "b").unwrap_or_default();
        let b: String = b.split_whitespace().collect();
        let bytes = data_encoding::BASE64.decode(b.as_bytes());
        bytes.is_ok_and(|bytes| bytes == tags.b)
    };
    let raw: Vec<&str> = raw_fields.iter().copied().filter(is_its_own).collect();
    let mut faults: Vec<String> = raw.iter().flat_map(|raw| tag_faults(raw)).collect();
    match raw.len() {
        0 => faults.push("its tags can't be read".into()),
        1 => {}
        _ => faults.push("another field says that it's the same signature".into()),
    }
    let user = raw.first().and_then(|raw| tag(raw, "i"));
    let user = user
        .filter(|user| !user.starts_with('@'))
        .map(|user| user.to_ascii_lowercase());
    if user.is_some_and(|user| sender::of(gated).is_ok_and(|from| from.as_str() != user)) {
        faults.push("it was made for another user of the domain (i=)".into());
    }
    if tags.atps.is_some() {
        faults.push("it's made on behalf of another domain (ATPS)".into());
    }
    if !is_plain_name(&tags.d) || !is_plain_name(&tags.s) {
        faults.push("its domain or selector has characters that no name has".into());
    }
    Signature {
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
        partial_body: tags.l > 0 || raw.iter().any(|raw| tag(raw, "l").is_some()),
        signed_at: instant(tags.t),
        tag_faults: faults,
        key_faults: answer.map_or_else(Vec::new, key_faults),
        key_bits: answer.and_then(key_bits),
        sha256: HEXLOWER.encode(&Sha256::digest(&tags.b)),
        ..Signature::default()
    }
}

/// Whether a field may as well not be there, so that who signs can leave it out.
fn changes_nothing(name: &str, value: &str) -> bool {
    let is = |known: &&str| value.trim().eq_ignore_ascii_case(known);
    name == "content-transfer-encoding" && PLAIN_ENCODINGS.iter().any(is)
}

fn instant(seconds: u64) -> Option<Timestamp> {
    let at = i64::try_from(seconds).unwrap_or(i64::MAX);
    (seconds > 0).then(|| Timestamp::from_seconds(at))
}

/// What the cryptography says, in words for an operator.
pub(super) fn outcome_of(result: &DkimResult, answer: Option<&TxtAnswer>) -> Outcome {
    if matches!(answer, Some(TxtAnswer::Unreachable(_))) {
        return Outcome::Unreachable;
    }
    let error = match result {
        DkimResult::Pass => return Outcome::Holds,
        DkimResult::None => return Outcome::Broken,
        DkimResult::Neutral(error)
        | DkimResult::Fail(error)
        | DkimResult::PermError(error)
        | DkimResult::TempError(error) => error,
    };
    Outcome::Fails(match error {
        Error::Dns(DnsError::Resolver(_)) => return Outcome::Unreachable,
        Error::Dns(_) => "there is no such key in the domain's DNS".into(),
        Error::Dkim(DkimError::FailedBodyHashMatch) | Error::Arc(ArcError::FailedBodyHashMatch) => {
            "the text was changed after signing".into()
        }
        Error::Crypto(CryptoError::FailedVerification) => {
            "a signed field was changed after signing, or another key signed".into()
        }
        Error::Dkim(DkimError::RevokedPublicKey) => "its key was withdrawn".into(),
        other => other.to_string(),
    })
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

pub(super) fn tags(text: &str) -> impl Iterator<Item = (&str, &str)> {
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
