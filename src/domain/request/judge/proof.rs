//! Which of a mail's signatures proves its sender (RFC 6376, RFC 8301), and why the others don't. Every
//! condition is about one and the same signature.

use super::addressed::{Addressed, addressed};
use super::conditions::{core, fields, holds, invalid, own, route, text};
use super::facts::DirectoryFacts;
use super::origin;
use super::read::Read;
use super::unmet::{Condition, Mender, Unmet};
use crate::domain::directory::alignment::is_aligned;
use crate::domain::request::evidence::{Evidence, Outcome, Signature};
use crate::domain::timestamp::Timestamp;

/// RSA keys below this are remarked upon, in bits.
const WANTED_RSA_BITS: usize = 2048;

/// A signature, weighed.
pub(super) struct Weighed<'e> {
    pub(super) signature: &'e Signature,
    /// What isn't met, but for [`Condition::Addressed`].
    pub(super) unmet: Vec<Unmet>,
    /// What DNS left open.
    pub(super) undecided: Option<String>,
    pub(super) addressed: Addressed,
    /// What it hashed, as it's read.
    pub(super) read: Option<Read<'e>>,
}

/// What can be said of the signatures.
pub(super) struct Proof<'e> {
    /// The one that comes closest.
    pub(super) best: Option<Weighed<'e>>,
    /// The domain of one that is valid and aligned (RFC 7489 §3.1.1), whatever it covers.
    pub(super) aligned: Option<&'e str>,
    /// Whether DNS left open if there is one.
    pub(super) aligned_undecided: bool,
    /// Why there is none that could prove anything.
    pub(super) nothing: String,
}

impl<'e> Proof<'e> {
    /// The signature that proves the mail, but for whom it's addressed to.
    pub(super) fn proven(&self) -> Option<&Weighed<'e>> {
        let is_proven = |best: &&Weighed<'e>| best.unmet.is_empty() && best.undecided.is_none();
        self.best.as_ref().filter(is_proven)
    }

    /// Everything that keeps the mail from being proven.
    pub(super) fn unmet(&self) -> Vec<Unmet> {
        let Some(best) = &self.best else {
            return vec![unsigned(&self.nothing)];
        };
        let addressed = match &best.addressed {
            Addressed::Desks { .. } => None,
            Addressed::Nobody { unmet, .. } => Some(unmet.clone()),
        };
        best.unmet.iter().cloned().chain(addressed).collect()
    }
}

fn unsigned(why: &str) -> Unmet {
    Unmet {
        condition: Condition::Holds,
        why: why.to_owned(),
        who: Mender::Administrator,
        what: "turn on DKIM signing for the school's own mail domain".into(),
    }
}

pub(super) fn weigh<'e>(
    evidence: &'e Evidence,
    facts: &DirectoryFacts,
    now: Timestamp,
) -> Proof<'e> {
    let Some(from_domain) = evidence.from_domain() else {
        return Proof {
            best: None,
            aligned: None,
            aligned_undecided: false,
            nothing: "without a sender no signature can prove anything".into(),
        };
    };
    let is_aligned = |signature: &&Signature| is_aligned(&signature.domain, from_domain);
    let is_valid = |signature: &&Signature| invalid(signature, now).is_none();
    let aligned = || evidence.signatures.iter().filter(is_aligned);
    let holds = |signature: &&Signature| signature.outcome == Outcome::Holds && is_valid(signature);
    let open =
        |signature: &&Signature| signature.outcome == Outcome::Unreachable && is_valid(signature);
    Proof {
        // The first of equals: `max_by_key` takes the last.
        best: weigh_each(evidence, facts, now)
            .into_iter()
            .rev()
            .max_by_key(rank),
        aligned: aligned()
            .find(holds)
            .map(|signature| signature.domain.as_str()),
        aligned_undecided: aligned().any(|signature| open(&signature)),
        nothing: nothing(evidence),
    }
}

/// Every signature, weighed.
pub(super) fn weigh_each<'e>(
    evidence: &'e Evidence,
    facts: &DirectoryFacts,
    now: Timestamp,
) -> Vec<Weighed<'e>> {
    let domain = evidence.from_domain().unwrap_or_default();
    if evidence.signatures.is_empty() {
        return Vec::new();
    }
    let readings = evidence.readings.iter();
    let reads: Vec<Read<'e>> = readings
        .map(|reading| Read::of(reading, evidence))
        .collect();
    let signatures = evidence.signatures.iter();
    let weighed = signatures.map(|signature| {
        let read = reads.get(signature.reading.unwrap_or(0)).copied();
        let addressed = addressed(signature, evidence, read, facts);
        let (unmet, undecided) = conditions_of(signature, evidence, domain, facts, now);
        Weighed {
            signature,
            unmet,
            undecided,
            addressed,
            read,
        }
    });
    weighed.collect()
}

/// How close a signature comes.
fn rank(weighed: &Weighed<'_>) -> (bool, bool, bool, bool, bool, std::cmp::Reverse<usize>) {
    let lacks = |condition: Condition| {
        weighed
            .unmet
            .iter()
            .any(|unmet| unmet.condition == condition)
    };
    (
        weighed.unmet.is_empty(),
        weighed.undecided.is_none(),
        matches!(weighed.addressed, Addressed::Desks { .. }),
        !lacks(Condition::Own),
        !lacks(Condition::Holds),
        std::cmp::Reverse(weighed.unmet.len()),
    )
}

fn nothing(evidence: &Evidence) -> String {
    match (evidence.unreadable_signature, evidence.malformed.is_empty()) {
        (true, _) => "its signature can't be read".into(),
        (_, false) => "its signatures weren't looked at, as the mail is malformed".into(),
        _ => "nobody signed it".into(),
    }
}

/// What isn't met, and what DNS left open.
fn conditions_of(
    signature: &Signature,
    evidence: &Evidence,
    from_domain: &str,
    facts: &DirectoryFacts,
    now: Timestamp,
) -> (Vec<Unmet>, Option<String>) {
    let mut undecided = (signature.outcome == Outcome::Unreachable).then(|| {
        format!(
            "the key {}._domainkey.{} couldn't be fetched: DNS didn't answer",
            signature.selector, signature.domain
        )
    });
    let origin = match origin::check(signature, evidence, from_domain, facts) {
        Ok(unmet) => unmet,
        Err(open) => {
            undecided = undecided.or(Some(open));
            None
        }
    };
    let unmet = [
        holds(signature, now),
        own(signature, from_domain, facts),
        core(signature),
        fields(signature, evidence),
        text(signature, evidence),
        route(signature, facts),
        origin,
    ];
    (unmet.into_iter().flatten().collect(), undecided)
}

/// A sentence about a signature that proves a mail.
pub(super) fn sentence(weighed: &Weighed<'_>, facts: &DirectoryFacts) -> String {
    let signature = weighed.signature;
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
    let new = if facts.new_signer {
        "; no earlier proven mail of this domain was signed like this"
    } else {
        ""
    };
    format!(
        "{} signed it, and nothing was changed since ({}, key {}{key}){remark}{new}",
        signature.domain, signature.algorithm, signature.selector
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn proves(change: impl FnOnce(&mut Sample)) -> bool {
        let sample = Sample::with(change);
        weigh(&sample.evidence, &sample.facts, sample.now)
            .proven()
            .is_some()
    }

    fn aligned(change: impl FnOnce(&mut Sample)) -> bool {
        let sample = Sample::with(change);
        weigh(&sample.evidence, &sample.facts, sample.now)
            .aligned
            .is_some()
    }

    type Bend = fn(&mut Signature);

    #[test]
    fn what_the_cryptography_lets_pass_must_still_be_a_strict_signature() {
        assert!(proves(|_| {}));
        // Each with whether it still meets DMARC (RFC 7489 §3.1.1).
        let bends: [(&str, Bend, bool); 16] = [
            ("broken", |s| s.outcome = Outcome::Broken, false),
            ("unreachable", |s| s.outcome = Outcome::Unreachable, false),
            ("other domain", |s| s.domain = "evil.example".into(), false),
            (
                "crafted",
                |s| s.domain = "beatrixschool.nl'a.evil.example".into(),
                false,
            ),
            ("parent", |s| s.domain = "nl".into(), false),
            (
                "sub-domain",
                |s| s.domain = "mail.beatrixschool.nl".into(),
                true,
            ),
            ("board's domain", |s| s.domain = "devecht.nl".into(), false),
            (
                "tenant",
                |s| s.domain = "beatrix.onmicrosoft.com".into(),
                false,
            ),
            ("rsa-sha1", |s| s.algorithm = "rsa-sha1".into(), false),
            ("tag fault", |s| s.tag_faults.push("twice".into()), false),
            (
                "key fault",
                |s| s.key_faults.push("test mode".into()),
                false,
            ),
            ("another user", |s| s.strict_faults.push("i=".into()), true),
            ("partial body", |s| s.partial_body = true, true),
            ("no From", |s| s.signed.retain(|name| name != "from"), false),
            (
                "no Subject",
                |s| s.signed.retain(|name| name != "subject"),
                true,
            ),
            ("short key", |s| s.key_bits = Some(1023), false),
        ];
        for (what, bend, meets) in bends {
            assert!(!proves(|sample| bend(sample.signature())), "{what}");
            assert_eq!(aligned(|sample| bend(sample.signature())), meets, "{what}");
        }
        let now = Sample::genuine().now;
        let at = |seconds| Some(Timestamp::from_seconds(now.as_seconds() + seconds));
        assert!(!proves(|sample| sample.signature().expires_at = at(0)));
        assert!(!proves(|sample| sample.signature().signed_at = at(301)));
        assert!(proves(|sample| sample.signature().expires_at = at(1)));
    }

    #[test]
    fn fields_that_are_not_signed_may_only_say_what_is_known() {
        let unsigned = |name: &str, address: &str| {
            let (name, address) = (name.to_owned(), address.to_owned());
            proves(move |sample| {
                sample.signature().unsigned.push(name.clone());
                match name.as_str() {
                    "reply-to" => sample.evidence.reply_to = vec![address],
                    "sender" => sample.evidence.sender = Some(address),
                    _ => sample.evidence.disposition = Some(address),
                }
            })
        };
        assert!(unsigned("reply-to", "d.visser@beatrixschool.nl"));
        assert!(!unsigned("reply-to", "x@evil.example"));
        assert!(unsigned("sender", "d.visser@beatrixschool.nl"));
        assert!(!unsigned("sender", "x@evil.example"));
        assert!(unsigned("content-disposition", "inline"));
        assert!(!unsigned("content-disposition", "attachment"));
    }

    #[test]
    fn conditions_of_two_signatures_do_not_add_up() {
        assert!(!proves(|sample| {
            let mut other = sample.signature().clone();
            other.domain = "evil.example".into();
            sample.signature().signed.retain(|name| name != "subject");
            sample.evidence.signatures.push(other);
        }));
    }

    #[test]
    fn a_copy_that_went_elsewhere_proves_nothing() {
        assert!(proves(
            |s| s.signature().went_to = Some("otservicedesk.nl".into())
        ));
        assert!(!proves(
            |s| s.signature().went_to = Some("hotmail.com".into())
        ));
    }
}
