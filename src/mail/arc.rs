//! ARC (RFC 8617): who forwarded a mail, and what they say they found before. It proves nothing; the first
//! set by itself tells whether a mail that Microsoft signed came from inside the school.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use mail_auth::common::crypto::HashAlgorithm;
use mail_auth::{AuthenticatedMessage, MessageAuthenticator, Parameters};

use super::canonical::Bodies;
use super::dkim;
use super::dkim::outcome_of;
use super::dkim_key::{is_plain_name, key_name, recorded};
use super::gate::{Gated, relaxed};
use super::kept::short;
use super::results;
use super::tags::Tags;
use crate::domain::request::evidence::{Arc, DnsAnswer, FirstSeal, Outcome, TxtAnswer};

/// Longest chain that is looked at: each seal costs a DNS question.
const MAX_SEALS: usize = 5;
/// The longest name of a host that is kept.
const MOST_OF_NAME: usize = 253;
/// The fields of a set.
const SET: [&str; 3] = [
    "arc-seal",
    "arc-message-signature",
    "arc-authentication-results",
];

/// The names of the chain's key records, and of its first set's.
pub(super) fn key_names(message: &AuthenticatedMessage<'_>) -> Vec<String> {
    let seals = message.as_headers.iter().take(MAX_SEALS);
    let seals = seals.map(|seal| (&seal.header.s, &seal.header.d));
    let ends = [message.ams_headers.first(), message.ams_headers.last()];
    let ends = ends.into_iter().flatten();
    let ends = ends.map(|signature| (&signature.header.s, &signature.header.d));
    let names: BTreeSet<String> = seals
        .chain(ends)
        .filter(|(selector, domain)| is_plain_name(selector) && is_plain_name(domain))
        .map(|(selector, domain)| key_name(selector, domain))
        .collect();
    names.into_iter().collect()
}

/// The whole chain, where the mail has one.
pub(super) async fn read(
    message: &mut AuthenticatedMessage<'_>,
    gated: &Gated<'_>,
    bodies: &mut Bodies<'_>,
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Option<Arc> {
    let results: Vec<&str> = gated.all("arc-authentication-results").collect();
    let is_sealed = !message.as_headers.is_empty()
        || !message.ams_headers.is_empty()
        || !results.is_empty()
        || message.has_arc_errors;
    if !is_sealed {
        return None;
    }
    let mut sealers: Vec<String> = message
        .as_headers
        .iter()
        .take(MAX_SEALS)
        .map(|seal| &seal.header.d)
        .chain(message.ams_headers.last().map(|last| &last.header.d))
        .map(|domain| short(&domain.to_ascii_lowercase(), MOST_OF_NAME))
        .collect();
    sealers.dedup();
    if sealers.is_empty() {
        sealers.push("somebody".into());
    }
    let outcome = if message.as_headers.len() > MAX_SEALS {
        Outcome::Fails(format!("it has more than {MAX_SEALS} seals"))
    } else {
        verify(message, bodies, answers, resolver).await
    };
    let signed = message.ams_headers.last().map(|last| &last.header.h);
    Some(Arc {
        sealers,
        signed: dkim::field_names(signed.into_iter().flatten()),
        passed: results
            .iter()
            .find_map(|field| of_first_set(field).map(results::dkim_passes))
            .unwrap_or_default(),
        outcome,
    })
}

/// The first set by itself, where there is one: whatever later hosts put on top, it says how the mail came
/// to the first.
pub(super) async fn first_seal(
    gated: &Gated<'_>,
    bodies: &mut Bodies<'_>,
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Option<FirstSeal> {
    let seal = gated.all("arc-seal").find(|seal| is_first(seal))?;
    let sealer = Tags(seal).get("d").unwrap_or_default().to_ascii_lowercase();
    let results = gated
        .all("arc-authentication-results")
        .find_map(of_first_set)?;
    let header = with_first_set_alone(gated);
    let mut message = AuthenticatedMessage::parse_with_opts(&header, None, false)?;
    let outcome = verify(&mut message, bodies, answers, resolver).await;
    let signature = message.ams_headers.first().map(|ams| &ams.header);
    let passed = results::first_hop(results);
    Some(FirstSeal {
        sealer: if signature.is_some_and(|s| s.d.eq_ignore_ascii_case(&sealer)) {
            short(&sealer, MOST_OF_NAME)
        } else {
            String::new()
        },
        outcome,
        signed: dkim::field_names(signature.iter().flat_map(|signature| &signature.h)),
        body_hash: signature.map_or(String::new(), |s| HEXLOWER.encode(&s.bh)),
        dmarc_passed: passed.dmarc_passed,
        dkim_passed: passed.dkim_passed,
        dkim_verified: passed.dkim_verified,
        came_from_outside: passed.came_from_outside,
    })
}

/// Verifies the chain that is in `message` over our own bodies, and without the system's clock.
async fn verify(
    message: &mut AuthenticatedMessage<'_>,
    bodies: &mut Bodies<'_>,
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Outcome {
    let names = key_names(message);
    let silent = answers.iter().any(|answer| {
        names.contains(&answer.name) && matches!(answer.answer, TxtAnswer::Unreachable(_))
    });
    if silent {
        return Outcome::Unreachable;
    }
    message.body_hashes.clear();
    for field in &mut message.ams_headers {
        let signature = &mut field.header;
        (signature.x, signature.l) = (0, 0);
        let known = |hash: &(_, HashAlgorithm, u64, Vec<u8>)| hash.0 == signature.cb;
        let algorithm = HashAlgorithm::from(signature.a);
        if !message
            .body_hashes
            .iter()
            .any(|hash| known(hash) && hash.1 == algorithm)
        {
            let hash = bodies.hash(signature.cb, None).unwrap_or_default();
            message.body_hashes.push((signature.cb, algorithm, 0, hash));
        }
    }
    let recorded = recorded(answers);
    let parameters = Parameters::new(&*message).with_txt_cache(&recorded);
    outcome_of(resolver.verify_arc(parameters).await.result(), None)
}

/// The header without the sets of later hosts.
fn with_first_set_alone(gated: &Gated<'_>) -> Vec<u8> {
    let mut header = Vec::with_capacity(gated.header.len());
    for field in &gated.fields {
        if SET.contains(&field.name.as_str()) && !is_first(&field.value) {
            continue;
        }
        header.extend_from_slice(field.name.as_bytes());
        header.push(b':');
        header.extend_from_slice(&gated.header[field.at.clone()]);
    }
    header.extend_from_slice(b"\r\n");
    header
}

fn is_first(field: &str) -> bool {
    let field = relaxed(field);
    let first = field.split(';').next().unwrap_or_default();
    match first.split_once('=') {
        Some((name, number)) if name.trim() == "i" => number.trim() == "1",
        _ => Tags(&field).get("i") == Some("1"),
    }
}

/// What follows the instance in the first set's results.
fn of_first_set(field: &str) -> Option<&str> {
    let (instance, rest) = field.split_once(';')?;
    let (tag, number) = instance.split_once('=')?;
    (tag.trim() == "i" && number.trim() == "1").then_some(rest)
}
