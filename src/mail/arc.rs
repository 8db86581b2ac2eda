//! ARC (RFC 8617): who forwarded a mail, and what they say they found before.

use mail_auth::{AuthenticatedMessage, MessageAuthenticator, Parameters};

use super::dkim::{self, key_name, outcome_of};
use super::results;
use crate::domain::evidence::{Arc, DnsAnswer, Outcome, TxtAnswer};

/// Longest chain that is looked at: each seal costs a DNS question.
const MAX_SEALS: usize = 5;

/// The names of the chain's key records.
pub(super) fn key_names(message: &AuthenticatedMessage<'_>) -> Vec<String> {
    let seals = message.as_headers.iter().take(MAX_SEALS);
    let seals = seals.map(|seal| (&seal.header.s, &seal.header.d));
    let last = message.ams_headers.last();
    let last = last.map(|signature| (&signature.header.s, &signature.header.d));
    seals
        .chain(last)
        .filter(|(selector, domain)| dkim::is_plain_name(selector) && dkim::is_plain_name(domain))
        .map(|(selector, domain)| key_name(selector, domain))
        .collect()
}

/// The chain, where the mail has one; `results` are its ARC-Authentication-Results as they stand.
pub(super) async fn read(
    message: &AuthenticatedMessage<'_>,
    results: &[&str],
    answers: &[DnsAnswer],
    resolver: &MessageAuthenticator,
) -> Option<Arc> {
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
        .map(|seal| &seal.header.d)
        .chain(message.ams_headers.last().map(|last| &last.header.d))
        .map(|domain| domain.to_ascii_lowercase())
        .collect();
    sealers.dedup();
    if sealers.is_empty() {
        sealers.push("somebody".into());
    }
    let names = key_names(message);
    let silent = answers.iter().any(|answer| {
        names.contains(&answer.name) && matches!(answer.answer, TxtAnswer::Unreachable(_))
    });
    let outcome = if message.as_headers.len() > MAX_SEALS {
        Outcome::Fails(format!("it has more than {MAX_SEALS} seals"))
    } else if silent {
        Outcome::Unreachable
    } else {
        let recorded = dkim::recorded(answers);
        let parameters = Parameters::new(message).with_txt_cache(&recorded);
        outcome_of(resolver.verify_arc(parameters).await.result(), None)
    };
    let signed = message.ams_headers.last().map(|last| &last.header.h);
    Some(Arc {
        sealers,
        signed: signed
            .into_iter()
            .flatten()
            .map(|name| name.to_ascii_lowercase())
            .collect(),
        passed: results
            .iter()
            .find_map(|field| passed(field))
            .unwrap_or_default(),
        outcome,
    })
}

/// Whose signatures held, by the first forwarder's field (`i=1; host; dkim=pass header.d=…`).
fn passed(field: &str) -> Option<Vec<String>> {
    let (instance, rest) = field.split_once(';')?;
    let (tag, number) = instance.split_once('=')?;
    if tag.trim() != "i" || number.trim() != "1" {
        return None;
    }
    Some(results::dkim_passes(rest))
}
