//! Whether a mail that answers a challenge is proven to come from whom the code was sent to.
//! Whom it's addressed to, where it came from and whom it speaks of aren't looked at: whoever has the code
//! has the mailbox, and must be able to give it back.

use super::case::Case;
use super::facts::DirectoryFacts;
use super::proof::weigh;
use super::proof::weigh_each;
use super::sum::look;
use super::unmet::Condition;
use crate::domain::policy::Policy;
use crate::domain::request::evidence::{Evidence, Reading};
use crate::domain::request::verdict::{CheckName, Verdict};
use crate::domain::timestamp::Timestamp;

/// The checks that an answer has to pass.
const ASKED: [CheckName; 4] = [
    CheckName::WellFormed,
    CheckName::SingleSender,
    CheckName::Fresh,
    CheckName::WrittenByPerson,
];
/// The conditions that its signature needn't meet.
const LEFT_OUT: [Condition; 2] = [Condition::Route, Condition::Origin];

/// What can be said of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerProof {
    /// It's the requester's, and says this.
    Proven(Box<Reading>),
    /// DNS left it open.
    Undecided,
    /// Nothing shows that it's the requester's.
    Unproven,
}

impl AnswerProof {
    /// Whether it's the requester's.
    #[must_use]
    pub const fn is_proven(&self) -> bool {
        matches!(self, Self::Proven(_))
    }

    /// Whether DNS left it open.
    #[must_use]
    pub const fn is_undecided(&self) -> bool {
        matches!(self, Self::Undecided)
    }
}

/// Weighs an answer that came in at `now`.
#[must_use]
pub fn answer_proof(
    evidence: &Evidence,
    facts: &DirectoryFacts,
    policy: &Policy,
    now: Timestamp,
) -> AnswerProof {
    let case = Case {
        evidence,
        facts,
        policy,
        now,
        proof: weigh(evidence, facts, now),
    };
    let passes = |name: &CheckName| look(*name, &case).allows == Verdict::Verified;
    if !ASKED.iter().all(passes) {
        return AnswerProof::Unproven;
    }
    let mut is_undecided = false;
    for weighed in weigh_each(evidence, facts, now) {
        if weighed
            .unmet
            .iter()
            .any(|unmet| !LEFT_OUT.contains(&unmet.condition))
        {
            continue;
        }
        if weighed.signature.outcome == crate::domain::request::evidence::Outcome::Unreachable {
            is_undecided = true;
        } else if let Some(reading) = evidence.reading(Some(weighed.signature)) {
            return AnswerProof::Proven(Box::new(reading.clone()));
        }
    }
    if is_undecided {
        AnswerProof::Undecided
    } else {
        AnswerProof::Unproven
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::evidence::Outcome;

    fn proof(change: impl FnOnce(&mut Sample)) -> AnswerProof {
        let sample = Sample::with(change);
        answer_proof(&sample.evidence, &sample.facts, &sample.policy, sample.now)
    }

    #[test]
    fn who_is_sent_a_code_can_give_it_back() {
        assert!(proof(|_| {}).is_proven());
        assert!(proof(|s| s.signature().signed.retain(|name| name != "to")).is_proven());
        assert!(proof(|s| s.evidence.to.clear()).is_proven());
        assert!(
            proof(|s| s
                .signature()
                .signed
                .push("x-ms-exchange-senderadcheck".into()))
            .is_proven()
        );
        assert!(proof(|s| s.facts.naming.asks = false).is_proven());
        assert!(proof(|s| s.signature().outcome = Outcome::Unreachable).is_undecided());
    }

    #[test]
    fn nobody_else_gives_it_back() {
        let bends: [fn(&mut Sample); 6] = [
            |s| s.evidence.signatures.clear(),
            |s| s.signature().domain = "evil.example".into(),
            |s| s.signature().signed.retain(|name| name != "subject"),
            |s| s.evidence.readings[0].faults.push("structure".into()),
            |s| s.evidence.looks_automatic.push("a calendar part".into()),
            |s| s.evidence.date = None,
        ];
        for (at, bend) in bends.into_iter().enumerate() {
            assert_eq!(proof(bend), AnswerProof::Unproven, "{at}");
        }
    }
}
