//! Which of a mail's signatures proves its sender (RFC 6376, RFC 8301), and why the others don't.

use super::evidence::{Evidence, Outcome, Signature};
use super::judge::{CLOCK_AHEAD, DirectoryFacts};
use super::timestamp::Timestamp;

/// Smallest RSA key that counts, in bits (RFC 8301 §3.2).
const LEAST_RSA_BITS: usize = 1024;
/// RSA keys below this are remarked upon, in bits.
const WANTED_RSA_BITS: usize = 2048;

/// The best that can be said of the signatures.
pub(super) enum Proof<'e> {
    /// One holds, and covers what it must: which, and a sentence about it.
    Proven(&'e Signature, String),
    /// A key couldn't be fetched.
    Undecided(String),
    /// None does, and why.
    Missing(String),
}

pub(super) fn best_signature<'e>(
    evidence: &'e Evidence,
    facts: &DirectoryFacts,
    now: Timestamp,
) -> Proof<'e> {
    let Some((_, from_domain)) = evidence
        .from
        .as_deref()
        .and_then(|from| from.rsplit_once('@'))
    else {
        return Proof::Missing("without a sender no signature can prove anything".into());
    };
    let mut undecided = None;
    let mut faults = Vec::new();
    for signature in &evidence.signatures {
        let fault = signature_fault(signature, from_domain, facts, now);
        match (fault, &signature.outcome) {
            (None, Outcome::Holds) => {
                let bits = signature.key_bits.filter(|bits| *bits < WANTED_RSA_BITS);
                let small = bits.filter(|_| signature.algorithm == "rsa-sha256");
                let remark = small.map_or(String::new(), |bits| {
                    format!("; its key has only {bits} bits, {WANTED_RSA_BITS} are wanted")
                });
                let text = format!(
                    "signed by {} ({}, selector {}){remark}",
                    signature.domain, signature.algorithm, signature.selector
                );
                return Proof::Proven(signature, text);
            }
            (None, Outcome::Unreachable) => {
                undecided = Some(format!(
                    "the key {}._domainkey.{} couldn't be fetched: DNS didn't answer",
                    signature.selector, signature.domain
                ));
            }
            (Some(fault), _) => faults.push(format!("{}: {fault}", signature.domain)),
            (None, Outcome::Fails(why)) => faults.push(format!("{}: {why}", signature.domain)),
            (None, Outcome::Broken) => {
                faults.push(format!("{}: the signature doesn't hold", signature.domain));
            }
        }
    }
    if let Some(undecided) = undecided {
        return Proof::Undecided(undecided);
    }
    if evidence.unreadable_signature {
        faults.push("a signature can't be read".into());
    }
    if evidence.more_signatures > 0 {
        faults.push(format!(
            "{} more signatures weren't looked at",
            evidence.more_signatures
        ));
    }
    Proof::Missing(if faults.is_empty() {
        "there is no signature".into()
    } else {
        faults.join("; ")
    })
}

/// Why a signature proves nothing, whatever the cryptography says (RFC 6376, RFC 8301).
fn signature_fault(
    signature: &Signature,
    from_domain: &str,
    facts: &DirectoryFacts,
    now: Timestamp,
) -> Option<String> {
    let own = signature.domain == from_domain;
    let listed = || {
        facts
            .requester
            .as_ref()
            .is_some_and(|r| r.domains.contains(&signature.domain))
            && psl::domain_str(&signature.domain) == psl::domain_str(from_domain)
    };
    if !own && !listed() {
        return Some(format!("it isn't the sender's domain {from_domain}"));
    }
    if !matches!(
        signature.algorithm.as_str(),
        "rsa-sha256" | "ed25519-sha256"
    ) {
        return Some(format!("{} isn't strong enough", signature.algorithm));
    }
    if let Some(fault) = signature
        .tag_faults
        .first()
        .or(signature.key_faults.first())
    {
        return Some(fault.clone());
    }
    if signature.partial_body {
        return Some("it covers only a part of the body (l=)".into());
    }
    let missing = ["from", "to", "subject", "date"]
        .into_iter()
        .find(|name| !signature.signed.iter().any(|signed| signed == name));
    if let Some(missing) = missing {
        return Some(format!("it doesn't cover {missing}"));
    }
    if let Some(unsigned) = signature.unsigned.first() {
        return Some(format!("it doesn't cover {unsigned}, which the mail has"));
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
