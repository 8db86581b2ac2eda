//! DKIM: the cryptography is mail-auth's, over answers that were collected before and bodies in our own
//! canonical form. What it lets pass and RFC 6376 doesn't is noted beside it.

use data_encoding::HEXLOWER;
use mail_auth::arc::ArcError;
use mail_auth::common::crypto::{Algorithm, CryptoError, HashAlgorithm};
use mail_auth::common::headers::Header;
use mail_auth::dkim::DkimError;
use mail_auth::{
    AuthenticatedMessage, DkimResult, DnsError, Error, MessageAuthenticator, Parameters, dkim,
};
use sha2::{Digest as _, Sha256};

use super::canonical::{Bodies, blanks_from};
use super::dkim_key::{answered, is_plain_name, key_bits, key_faults, recorded};
use super::gate::{Gated, relaxed};
use super::kept::short;
use super::sender;
use super::tags::Tags;
use crate::domain::directory::alignment::is_aligned;
use crate::domain::request::evidence::{DnsAnswer, Outcome, Signature, TxtAnswer};
use crate::domain::timestamp::Timestamp;

/// How many fields a signature may list (`h=`): a mail that has more is malformed.
const MOST_FIELDS: usize = 250;
/// The longest name of a field that is kept.
const FIELD_NAME: usize = 76;
/// The longest domain or selector.
const MOST_OF_NAME: usize = 253;
/// How many signatures are looked at: each costs a DNS question.
pub(super) const MAX_SIGNATURES: usize = 10;
/// Fields whose absence from `h=` is told, where the mail has them.
const TOLD: &[&str] = &[
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

/// The signatures that are looked at.
pub(super) struct Chosen<'x> {
    /// Each in the very field that it is in.
    pub(super) fields: Vec<Header<'x, dkim::Signature>>,
    /// How many weren't.
    pub(super) more: usize,
    /// The bytes of `b=` that stand in more than one field.
    twins: Vec<Vec<u8>>,
}

/// Those of the sender's own domain first, ten at most; a field that is there twice is one.
pub(super) fn choose<'x>(
    message: &mut AuthenticatedMessage<'x>,
    from_domain: Option<&str>,
) -> Chosen<'x> {
    let mut fields: Vec<Header<'x, dkim::Signature>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let (mut known, mut twins) = (std::collections::HashSet::new(), Vec::new());
    for field in message.dkim_headers.drain(..) {
        if !seen.insert(relaxed(&String::from_utf8_lossy(field.value))) {
            continue;
        }
        if !known.insert(field.header.b.clone()) {
            twins.push(field.header.b.clone());
        }
        fields.push(field);
    }
    let distance = |field: &Header<'x, dkim::Signature>| {
        let domain = field.header.d.to_ascii_lowercase();
        match from_domain {
            Some(from) if domain == from => 0,
            Some(from) if is_aligned(&domain, from) => 1,
            _ => 2,
        }
    };
    fields.sort_by_key(distance);
    let more = fields.len().saturating_sub(MAX_SIGNATURES);
    fields.truncate(MAX_SIGNATURES);
    Chosen {
        fields,
        more,
        twins,
    }
}

/// Verifies the chosen signatures, each by itself: nothing that another field says can speak for it.
pub(super) async fn verify<'x>(
    message: &mut AuthenticatedMessage<'x>,
    chosen: Chosen<'x>,
    gated: &Gated<'_>,
    bodies: &mut Bodies<'_>,
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Vec<Signature> {
    let recorded = recorded(answers);
    let mut signatures = Vec::with_capacity(chosen.fields.len());
    // Not verified here, and looked up for reports.
    message.errors.clear();
    for mut field in chosen.fields {
        let raw = String::from_utf8_lossy(field.value).into_owned();
        let tags = Tags(&raw);
        let answer = answered(answers, &field.header.s, &field.header.d);
        let mut signature = describe(&field.header, tags, answer, gated);
        if chosen.twins.contains(&field.header.b) {
            let fault = "another field says that it's the same signature";
            signature.tag_faults.push(fault.into());
        }
        // The clock that was passed in decides, not the system's.
        (field.header.x, field.header.r) = (0, false);
        let length = tags.get("l").map(|_| field.header.l);
        let hash = bodies.hash(field.header.cb, length);
        if hash.as_ref() == Some(&field.header.bh) && ends_in_blanks(gated, &field.header) {
            let remark = "its last lines are blanks, which a signature leaves out";
            signature.remark = Some(remark.to_owned());
        }
        message.body_hashes = vec![(
            field.header.cb,
            HashAlgorithm::from(field.header.a),
            field.header.l,
            hash.unwrap_or_default(),
        )];
        message.dkim_headers = vec![field];
        let outputs = resolver
            .verify_dkim(Parameters::new(&*message).with_txt_cache(&recorded))
            .await;
        signature.outcome = match outputs.first() {
            _ if signature.algorithm == "rsa-sha1" => {
                Outcome::Fails("rsa-sha1 isn't strong enough".into())
            }
            Some(output) => outcome_of(output.result(), answer),
            None => Outcome::Broken,
        };
        signatures.push(signature);
    }
    message.dkim_headers.clear();
    signatures
}

/// Whether a relaxed body has lines of blanks at its end.
fn ends_in_blanks(gated: &Gated<'_>, signature: &dkim::Signature) -> bool {
    let end = &gated.body[blanks_from(gated.body)..];
    signature.cb == dkim::Canonicalization::Relaxed && end.iter().any(|b| matches!(b, b' ' | b'\t'))
}

fn describe(
    found: &dkim::Signature,
    tags: Tags<'_>,
    answer: Option<&TxtAnswer>,
    gated: &Gated<'_>,
) -> Signature {
    let signed = field_names(found.h.iter());
    let is_bare = |name: &&&str| {
        gated.all(name).next().is_some() && !signed.iter().any(|signed| signed == *name)
    };
    let unsigned = TOLD.iter().filter(is_bare);
    let unsigned = unsigned.map(|name| (*name).to_owned()).collect();
    Signature {
        domain: short(&found.d.to_ascii_lowercase(), MOST_OF_NAME),
        selector: short(&found.s, MOST_OF_NAME),
        algorithm: match found.a {
            Algorithm::RsaSha1 => "rsa-sha1",
            Algorithm::RsaSha256 => "rsa-sha256",
            Algorithm::Ed25519Sha256 => "ed25519-sha256",
        }
        .into(),
        signed,
        unsigned,
        partial_body: tags.get("l").is_some(),
        signed_at: instant(tags.number("t")),
        expires_at: instant(tags.number("x")),
        tag_faults: tag_faults(found, tags),
        strict_faults: strict_faults(found, tags, gated),
        key_faults: answer.map_or_else(Vec::new, key_faults),
        key_bits: answer.and_then(key_bits),
        went_to: tags
            .get("darn")
            .map(|domain| short(&domain.to_ascii_lowercase(), MOST_OF_NAME)),
        body_hash: short(&HEXLOWER.encode(&found.bh), 128),
        sha256: HEXLOWER.encode(&Sha256::digest(&found.b)),
        ..Signature::default()
    }
}

/// The fields that a signature lists, lower-case, each once.
pub(super) fn field_names<'n>(names: impl Iterator<Item = &'n String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let lower = names.map(|name| short(&name.trim().to_ascii_lowercase(), FIELD_NAME));
    let once = lower.filter(|name| seen.insert(name.clone()));
    once.take(MOST_FIELDS).collect()
}

fn instant(seconds: Option<u64>) -> Option<Timestamp> {
    let seconds = seconds?;
    Some(Timestamp::from_seconds(
        i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000),
    ))
}

/// What makes a signature invalid by RFC 6376 §3.5 and §6.1.1, and mail-auth doesn't look at.
fn tag_faults(found: &dkim::Signature, tags: Tags<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    if tags.has_duplicates() {
        faults.push("it has a tag twice".into());
    }
    if tags.get("v") != Some("1") {
        faults.push("it doesn't say its version (v=1)".into());
    }
    if tags.get("q").is_some() && !tags.lists("q", "dns/txt") {
        faults.push("it asks for its key in an unknown way (q=)".into());
    }
    for name in ["t", "x"] {
        if tags.get(name).is_some() && tags.number(name).is_none() {
            faults.push(format!("its time can't be read ({name}=)"));
        }
    }
    if let (Some(signed), Some(expires)) = (tags.number("t"), tags.number("x"))
        && expires <= signed
    {
        faults.push("it ends before it begins (x= and t=)".into());
    }
    if tags.get("l").is_some() && tags.number("l").is_none() {
        faults.push("the length that it covers can't be read (l=)".into());
    }
    if found.h.len() > MOST_FIELDS {
        faults.push("it lists more fields than a mail may have (h=)".into());
    }
    let is_name = |name: &String| is_plain_name(name) && name.len() <= MOST_OF_NAME;
    if !is_name(&found.d) || !is_name(&found.s) {
        faults.push("its domain or selector has characters that no name has".into());
    }
    if found.atps.is_some() {
        faults.push("it's made on behalf of another domain (ATPS)".into());
    }
    faults
}

/// What RFC 6376 lets pass, and a request can't rest on.
fn strict_faults(found: &dkim::Signature, tags: Tags<'_>, gated: &Gated<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    if tags.bytes("b").as_ref() != Some(&found.b) || tags.bytes("bh").as_ref() != Some(&found.bh) {
        faults.push("its own bytes aren't written as base64 is (b=, bh=)".into());
    }
    if let Some(user) = tags.get("i") {
        let user = user.to_ascii_lowercase();
        let whole_domain = format!("@{}", found.d.to_ascii_lowercase());
        let is_sender = sender::of(gated).is_ok_and(|from| from.as_str() == user);
        if user != whole_domain && !is_sender {
            faults.push("it was made for another user of the domain (i=)".into());
        }
    }
    faults
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
