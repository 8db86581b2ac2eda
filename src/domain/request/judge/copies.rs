//! Copies of one mail: how it's known that two are one, and which of them counts. Anybody who has a mail can
//! send it again with other unsigned fields, or with fewer signatures: no such copy may make a second request,
//! and none that comes first may keep the genuine one out.

use std::cmp::Reverse;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::addressed::{Addressed, desk_of_request};
use super::case::Case;
use super::conditions::{core, holds, own};
use super::facts::DirectoryFacts;
use super::proof::weigh;
use super::sum::judge_case;
use crate::domain::code::RegionCode;
use crate::domain::policy::Policy;
use crate::domain::request::evidence::{Evidence, Outcome};
use crate::domain::request::verdict::{Check, CheckResult, Verdict};
use crate::domain::timestamp::Timestamp;

/// What a mail is known by when it comes again, as hashes: each signature that holds, and what the sender's own
/// signature says was written when. A provider signs each recipient's copy by itself, and a copy needn't
/// bring every signature.
#[must_use]
pub fn signs(evidence: &Evidence, facts: &DirectoryFacts) -> Vec<String> {
    let holding = evidence.signatures.iter();
    let holding = holding.filter(|signature| signature.outcome == Outcome::Holds);
    let hashes = holding.map(|signature| signature.sha256.clone());
    hashes.chain(same_mail(evidence, facts)).collect()
}

/// One hash for every copy of a mail whose From, Date, Subject and body the sender's own domain signed. Two
/// mails of one sender differ in one of them.
#[must_use]
pub fn same_mail(evidence: &Evidence, facts: &DirectoryFacts) -> Option<String> {
    let (from, date) = (evidence.from.as_deref()?, evidence.date?);
    let domain = evidence.from_domain()?;
    let is_own = evidence.signatures.iter().any(|signature| {
        // A signature that has run out since still tells which mail it is.
        let made_at = signature.signed_at.unwrap_or(date);
        signature.outcome == Outcome::Holds
            && holds(signature, made_at).is_none()
            && own(signature, domain, facts).is_none()
            && core(signature).is_none()
    });
    is_own.then(|| {
        let mut hash = Sha256::new_with_prefix("balie.same_mail/1");
        hash.update(date.as_micros().to_be_bytes());
        for part in [from, &evidence.subject, &evidence.body_sha256] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        HEXLOWER.encode(&hash.finalize())
    })
}

/// What one copy shows for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The verdict on it alone.
    pub verdict: Verdict,
    /// A signature that holds is aligned with the sender.
    pub is_aligned: bool,
    /// The sender's own signature covers all that [`same_mail`] hashes.
    pub is_own: bool,
    /// How many checks fail.
    pub failed: usize,
    /// The desk that it's for.
    pub desk: Option<RegionCode>,
    /// A signature says so.
    pub desk_is_proven: bool,
}

impl Copy {
    /// Judges a copy by itself, with what is known today.
    #[must_use]
    pub fn of(evidence: &Evidence, facts: &DirectoryFacts, policy: &Policy, at: Timestamp) -> Self {
        let facts = DirectoryFacts {
            seen_as: None,
            ..facts.clone()
        };
        let case = Case {
            evidence,
            facts: &facts,
            policy,
            now: at,
            proof: weigh(evidence, &facts, at),
        };
        let judgement = judge_case(&case);
        let failed = |check: &&Check| check.result == CheckResult::Fail;
        let proof = &case.proof;
        let proven = proof.proven().map(|best| &best.addressed);
        let addressed = proof.best.as_ref().map(|best| &best.addressed);
        Self {
            verdict: judgement.verdict,
            is_aligned: proof.aligned.is_some(),
            is_own: same_mail(evidence, &facts).is_some(),
            failed: judgement.checks.iter().filter(failed).count(),
            desk: desk_of_request(addressed, evidence, &facts),
            desk_is_proven: matches!(proven, Some(Addressed::Desks { .. })),
        }
    }

    /// How much speaks for it.
    const fn standing(&self) -> (u8, bool, Reverse<usize>) {
        let verdict = match self.verdict {
            Verdict::Verified => 2,
            Verdict::Challenge => 1,
            Verdict::Rejected => 0,
        };
        (verdict, self.is_aligned, Reverse(self.failed))
    }

    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        self.standing() > other.standing()
    }

    /// Both name a desk, not the same one, and nothing that is signed decides between them.
    pub(super) fn disagrees_with(&self, other: &Self) -> bool {
        let is_open = !self.desk_is_proven && !other.desk_is_proven;
        is_open && self.desk.is_some() && other.desk.is_some() && self.desk != other.desk
    }

    /// The desk of a request that this is one more copy of, where it isn't the one on file: what is signed
    /// says, and where copies disagree over what isn't, none does, so that every desk that it may be for sees it.
    #[must_use]
    pub fn desk_with(&self, on_file: &Self) -> Desk {
        if self.desk_is_proven {
            Desk::Is(self.desk.clone())
        } else if self.disagrees_with(on_file) {
            Desk::Is(None)
        } else {
            Desk::Stays
        }
    }
}

/// What becomes of a request's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Desk {
    /// As it was.
    Stays,
    /// This one, or none that is known.
    Is(Option<RegionCode>),
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn key(change: impl FnOnce(&mut Sample)) -> Option<String> {
        let sample = Sample::with(change);
        same_mail(&sample.evidence, &sample.facts)
    }

    #[test]
    fn every_copy_of_a_mail_has_one_key_and_another_mail_has_another() {
        let genuine = key(|_| {}).unwrap();
        let copies: [fn(&mut Sample); 5] = [
            |s| s.signature().sha256 = "another".into(),
            |s| s.signature().algorithm = "ed25519-sha256".into(),
            |s| s.evidence.to.clear(),
            |s| s.evidence.message_id = Some("x@y".into()),
            |s| s.signature().expires_at = Some(s.now),
        ];
        for (at, copy) in copies.into_iter().enumerate() {
            assert_eq!(key(copy).as_ref(), Some(&genuine), "{at}");
        }
        let others: [fn(&mut Sample); 4] = [
            |s| s.evidence.date = Some(s.now),
            |s| s.evidence.subject = "Nog een".into(),
            |s| s.evidence.body_sha256 = "00".into(),
            |s| s.evidence.from = Some("d.bos@beatrixschool.nl".into()),
        ];
        for (at, other) in others.into_iter().enumerate() {
            assert_ne!(key(other).unwrap(), genuine, "{at}");
        }
        let unknown: [fn(&mut Sample); 5] = [
            |s| s.signature().outcome = Outcome::Broken,
            |s| s.signature().outcome = Outcome::Unreachable,
            |s| s.signature().domain = "evil.example".into(),
            |s| s.signature().partial_body = true,
            |s| s.signature().signed.retain(|name| name != "subject"),
        ];
        for (at, change) in unknown.into_iter().enumerate() {
            assert_eq!(key(change), None, "{at}");
        }
    }
}
