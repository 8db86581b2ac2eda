//! The conditions that a signature has to meet, one by one (RFC 6376, and what a request
//! rests on beyond it).

use super::facts::DirectoryFacts;
use super::unmet::{Condition, Mender, Unmet};
use crate::domain::directory::alignment::same_organisation;
use crate::domain::directory::private_domain::is_of_tenants;
use crate::domain::request::evidence::{Evidence, Outcome, Signature};
use crate::domain::timestamp::Timestamp;

/// How far ahead of ours a sender's clock may be, in seconds.
pub(super) const CLOCK_AHEAD: i64 = 300;

/// Smallest RSA key that counts, in bits (RFC 8301 §3.2).
const LEAST_RSA_BITS: usize = 1024;
/// What a signature must cover (RFC 6376 §5.4.1, and what a request says).
const CORE: [&str; 3] = ["from", "subject", "date"];

/// Why a signature is invalid by RFC 6376, whatever the cryptography says.
pub(super) fn invalid(signature: &Signature, now: Timestamp) -> Option<String> {
    if !matches!(
        signature.algorithm.as_str(),
        "rsa-sha256" | "ed25519-sha256"
    ) {
        return Some(format!("{} isn't strong enough", signature.algorithm));
    }
    let faults = signature.tag_faults.iter().chain(&signature.key_faults);
    if let Some(fault) = faults.into_iter().next() {
        return Some(fault.clone());
    }
    if !signature.covers("from") {
        return Some("it doesn't cover From".into());
    }
    if signature.expires_at.is_some_and(|expires| expires <= now) {
        return Some("it has expired".into());
    }
    let latest = Timestamp::from_micros(now.as_micros() + CLOCK_AHEAD * 1_000_000);
    if signature.signed_at.is_some_and(|at| at > latest) {
        return Some("it was made in the future".into());
    }
    let rsa_bits = signature
        .key_bits
        .filter(|_| signature.algorithm == "rsa-sha256");
    rsa_bits
        .filter(|bits| *bits < LEAST_RSA_BITS)
        .map(|bits| format!("its key has only {bits} bits"))
}

pub(super) fn holds(signature: &Signature, now: Timestamp) -> Option<Unmet> {
    let domain = &signature.domain;
    let why = match (&signature.outcome, invalid(signature, now)) {
        (_, Some(fault)) => fault,
        (Outcome::Fails(why), None) => why.clone(),
        (Outcome::Broken, None) => "it doesn't hold".into(),
        (Outcome::Holds | Outcome::Unreachable, None) if signature.partial_body => {
            "it covers only a part of the text (l=)".into()
        }
        (Outcome::Holds | Outcome::Unreachable, None) => signature.strict_faults.first()?.clone(),
    };
    Some(Unmet {
        condition: Condition::Holds,
        why: format!("the signature of {domain} proves nothing: {why}"),
        who: Mender::Administrator,
        what: format!(
            "make sure that mail from {domain} leaves with a complete, valid DKIM signature, and that nothing changes it on the way"
        ),
    })
}

pub(super) fn own(
    signature: &Signature,
    from_domain: &str,
    facts: &DirectoryFacts,
) -> Option<Unmet> {
    let domain = &signature.domain;
    let what = format!("turn on DKIM with the school's own domain {from_domain}");
    let unmet = |why: String, what: String| {
        Some(Unmet {
            condition: Condition::Own,
            why,
            who: Mender::Administrator,
            what,
        })
    };
    if is_of_tenants(domain) {
        let (whose, how) = if domain.ends_with("onmicrosoft.com") {
            ("Microsoft", "at Microsoft 365 (two CNAME records)")
        } else {
            ("Google", "at Google Workspace (one TXT record)")
        };
        let why =
            format!("only {whose} signed it, as {domain}: that identifies a tenant, not a sender");
        return unmet(why, format!("{what} {how}"));
    }
    let is_listed = facts.requester.as_ref().is_some_and(|requester| {
        requester.domains.contains(domain) && same_organisation(domain, from_domain)
    });
    if domain == from_domain || is_listed {
        return None;
    }
    unmet(
        format!("{domain} signed it, which isn't the sender's domain {from_domain}"),
        what,
    )
}

pub(super) fn core(signature: &Signature) -> Option<Unmet> {
    let missing = CORE.into_iter().find(|name| !signature.covers(name))?;
    let missing = shown(missing);
    Some(Unmet {
        condition: Condition::Core,
        why: format!(
            "the signature of {} doesn't cover {missing}",
            signature.domain
        ),
        who: Mender::Administrator,
        what: format!(
            "have the mail server sign From, To, Subject and Date ({missing} is missing)"
        ),
    })
}

/// A field's name as mails write it.
fn shown(name: &str) -> String {
    let parts = name.split('-').map(|part| {
        let (first, rest) = part.split_at(part.len().min(1));
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    parts.collect::<Vec<_>>().join("-")
}

/// What isn't signed may be there only where it changes nothing.
pub(super) fn fields(signature: &Signature, evidence: &Evidence) -> Option<Unmet> {
    let from = evidence.from.as_deref().unwrap_or_default();
    let is_bare = |name: &str| signature.unsigned.iter().any(|unsigned| unsigned == name);
    let name = if is_bare("reply-to") && evidence.reply_to.iter().any(|to| to != from) {
        "Reply-To"
    } else if is_bare("sender") && evidence.sender.iter().any(|sender| sender != from) {
        "Sender"
    } else if is_bare("content-disposition")
        && evidence
            .disposition
            .as_deref()
            .is_some_and(|disposition| disposition != "inline")
    {
        "Content-Disposition"
    } else {
        return None;
    };
    Some(Unmet {
        condition: Condition::Fields,
        why: format!("{name} isn't signed, and isn't what a plain mail has"),
        who: Mender::Director,
        what:
            "write a new mail from one's own mailbox, without a reply address or a program in between"
                .into(),
    })
}

pub(super) fn text(signature: &Signature, evidence: &Evidence) -> Option<Unmet> {
    let fault = match signature.reading.and_then(|at| evidence.readings.get(at)) {
        Some(reading) => reading.faults.first()?.clone(),
        // Its text wasn't read, as the signature doesn't hold.
        None => return None,
    };
    let by_director = if fault.contains("charset") {
        "set the mail program to UTF-8, or write a new mail using plain letters only (no é, ’ or –)"
    } else {
        "write a new, plain mail without attachments"
    };
    Some(Unmet {
        condition: Condition::Text,
        why: fault,
        who: Mender::Director,
        what: format!(
            "{by_director}; the school's administrator can have Content-Type and Content-Transfer-Encoding signed"
        ),
    })
}

/// Google says inside its signature to which domain a copy went.
pub(super) fn route(signature: &Signature, facts: &DirectoryFacts) -> Option<Unmet> {
    let went_to = signature.went_to.as_deref()?;
    let is_desk = |(_, desk): &(_, crate::domain::directory::address::WorkAddress)| {
        desk.domain_str() == went_to
    };
    if facts.desks.iter().any(is_desk) {
        return None;
    }
    Some(Unmet {
        condition: Condition::Route,
        why: format!("this copy went to {went_to}, not to the desk"),
        who: Mender::Director,
        what: "send the mail to the desk itself".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn whoever_wrote_an_old_charset_is_told_of_that_and_not_of_attachments() {
        for (fault, told) in [
            (
                "its charset isn't the one that its text is written in",
                "UTF-8",
            ),
            (
                "its structure doesn't follow from it",
                "without attachments",
            ),
        ] {
            let sample = Sample::with(|s| s.evidence.readings[0].faults.push(fault.into()));
            let found = text(&sample.evidence.signatures[0], &sample.evidence);
            let what = found.map(|unmet| unmet.what).unwrap_or_default();
            assert!(what.contains(told), "{what}");
        }
    }
}
