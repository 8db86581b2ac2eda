//! Which of a mail's signatures proves its sender (RFC 6376, RFC 8301), and why the others don't.

use super::{CLOCK_AHEAD, DirectoryFacts};
use crate::domain::evidence::{Arc, Evidence, Outcome, Signature};
use crate::domain::timestamp::Timestamp;

/// Smallest RSA key that counts, in bits (RFC 8301 §3.2).
const LEAST_RSA_BITS: usize = 1024;
/// RSA keys below this are remarked upon, in bits.
const WANTED_RSA_BITS: usize = 2048;
/// What a signature must cover (RFC 6376 §5.4.1, and what a request says).
const MUST_COVER: [&str; 4] = ["from", "to", "subject", "date"];

/// The best that can be said of the signatures.
pub(super) enum Proof<'e> {
    /// One holds, and covers what it must: whose, and a sentence about it.
    Proven { domain: &'e str, detail: String },
    /// A key couldn't be fetched.
    Undecided(String),
    /// None does, and why.
    Missing(String),
}

pub(super) fn best_proof<'e>(
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
        let domain = &signature.domain;
        match (
            signature_fault(signature, from_domain, facts, now),
            &signature.outcome,
        ) {
            (None, Outcome::Holds) => {
                let detail = sentence(signature);
                return Proof::Proven { domain, detail };
            }
            (None, Outcome::Unreachable) => {
                undecided = Some(format!(
                    "the key {}._domainkey.{domain} couldn't be fetched: DNS didn't answer",
                    signature.selector,
                ));
            }
            (Some(fault), _) => faults.push(format!("{domain}: {fault}")),
            (None, Outcome::Fails(why)) => faults.push(format!("{domain}: {why}")),
            (None, Outcome::Broken) => faults.push(format!("{domain}: it doesn't hold")),
        }
    }
    if let Some(vouched) = evidence
        .arc
        .as_ref()
        .and_then(|arc| vouched_for(arc, from_domain, facts))
    {
        return vouched;
    }
    if let Some(undecided) = undecided {
        return Proof::Undecided(undecided);
    }
    if evidence.unreadable_signature {
        faults.push("a signature can't be read".into());
    }
    if evidence.more_signatures > 0 {
        faults.push(format!(
            "{} more weren't looked at",
            evidence.more_signatures
        ));
    }
    Proof::Missing(if faults.is_empty() {
        "nobody signed it".into()
    } else {
        format!("no signature proves it: {}", faults.join("; "))
    })
}

fn sentence(signature: &Signature) -> String {
    let key = match signature
        .key_bits
        .filter(|_| signature.algorithm == "rsa-sha256")
    {
        Some(bits) if bits < WANTED_RSA_BITS => {
            format!(" of only {bits} bits, {WANTED_RSA_BITS} are wanted")
        }
        Some(bits) => format!(" of {bits} bits"),
        None => String::new(),
    };
    let remark = signature
        .remark
        .as_ref()
        .map_or(String::new(), |remark| format!("; {remark}"));
    format!(
        "{} signed it, and nothing was changed since ({}, key {}{key}){remark}",
        signature.domain, signature.algorithm, signature.selector
    )
}

/// A forwarder whom the config trusts, in a chain of none but such, says that the sender's own
/// signature held when it came in.
fn vouched_for<'e>(arc: &'e Arc, from_domain: &str, facts: &DirectoryFacts) -> Option<Proof<'e>> {
    let vouches = arc.outcome == Outcome::Holds
        && arc.is_trusted(facts)
        && MUST_COVER
            .iter()
            .all(|name| arc.signed.iter().any(|signed| signed == name))
        && arc.passed.iter().any(|domain| domain == from_domain);
    let domain = arc.sealers.first().filter(|_| vouches)?;
    Some(Proof::Proven {
        domain,
        detail: format!(
            "{domain} forwarded it and vouches that {from_domain} had signed it; the config trusts {domain}"
        ),
    })
}

impl Arc {
    /// Whether the config names every sealer.
    pub(super) fn is_trusted(&self, facts: &DirectoryFacts) -> bool {
        let known = |sealer: &String| facts.trusted_arc_sealers.contains(sealer);
        !self.sealers.is_empty() && self.sealers.iter().all(known)
    }
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
    let missing = MUST_COVER
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

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn proves(change: impl FnOnce(&mut Sample)) -> bool {
        let sample = Sample::with(change);
        matches!(
            best_proof(&sample.evidence, &sample.facts, sample.now),
            Proof::Proven { .. }
        )
    }

    type Bend = Box<dyn FnOnce(&mut Signature)>;

    #[test]
    fn what_the_cryptography_lets_pass_must_still_be_a_strict_signature() {
        assert!(proves(|_| {}));
        let now = Sample::genuine().now;
        let later = move |seconds| Some(Timestamp::from_seconds(now.as_seconds() + seconds));
        let bends: Vec<(&str, Bend)> = vec![
            ("broken", Box::new(|s| s.outcome = Outcome::Broken)),
            (
                "unreachable",
                Box::new(|s| s.outcome = Outcome::Unreachable),
            ),
            (
                "other domain",
                Box::new(|s| s.domain = "evil.example".into()),
            ),
            (
                "crafted domain",
                Box::new(|s| s.domain = "beatrixschool.nl'a.evil.example".into()),
            ),
            ("parent", Box::new(|s| s.domain = "nl".into())),
            (
                "sub-domain",
                Box::new(|s| s.domain = "mail.beatrixschool.nl".into()),
            ),
            (
                "board's domain",
                Box::new(|s| s.domain = "devecht.nl".into()),
            ),
            ("rsa-sha1", Box::new(|s| s.algorithm = "rsa-sha1".into())),
            ("tag fault", Box::new(|s| s.tag_faults.push("twice".into()))),
            (
                "key fault",
                Box::new(|s| s.key_faults.push("test mode".into())),
            ),
            ("partial body", Box::new(|s| s.partial_body = true)),
            (
                "From isn't signed",
                Box::new(|s| s.signed.retain(|name| name != "from")),
            ),
            (
                "Subject isn't signed",
                Box::new(|s| s.signed.retain(|name| name != "subject")),
            ),
            (
                "a field beside it",
                Box::new(|s| s.unsigned.push("cc".into())),
            ),
            ("expired", Box::new(move |s| s.expires_at = later(0))),
            (
                "made in the future",
                Box::new(move |s| s.signed_at = later(301)),
            ),
            ("short key", Box::new(|s| s.key_bits = Some(1023))),
        ];
        for (what, bend) in bends {
            assert!(!proves(|sample| bend(sample.signature())), "{what}");
        }
    }

    #[test]
    fn only_trusted_forwarders_vouch_and_only_for_the_senders_own_domain() {
        let forwarded = |change: fn(&mut Arc)| {
            proves(|sample| {
                sample.signature().outcome = Outcome::Broken;
                sample.facts.trusted_arc_sealers = vec!["devecht.nl".into()];
                let mut arc = Arc {
                    sealers: vec!["devecht.nl".into()],
                    signed: MUST_COVER.map(str::to_owned).to_vec(),
                    passed: vec!["beatrixschool.nl".into()],
                    outcome: Outcome::Holds,
                };
                change(&mut arc);
                sample.evidence.arc = Some(arc);
            })
        };
        assert!(forwarded(|_| {}));
        assert!(!forwarded(|arc| arc.sealers.push("evil.example".into())));
        assert!(!forwarded(|arc| arc.sealers.clear()));
        assert!(!forwarded(|arc| arc.signed.truncate(3)));
        assert!(!forwarded(|arc| arc.passed = vec!["evil.example".into()]));
        assert!(!forwarded(|arc| arc.outcome = Outcome::Broken));
    }
}
