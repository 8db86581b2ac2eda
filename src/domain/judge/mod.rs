//! From evidence to verdict: a pure function, the same for a fresh mail and for the record.
//!
//! A file a check. Each answers for itself, says what its answer means for the verdict, and never
//! trusts that another one failed first; none of them can raise what another one lowered.

mod addressed_to_desk;
mod authority;
mod dkim;
mod dmarc;
mod facts;
mod finding;
mod forwarding;
mod fresh;
mod lookalike;
mod not_replayed;
mod proof;
mod region;
mod reply_to;
mod requester_known;
#[cfg(test)]
mod sample;
mod single_sender;
mod trusted_results;
mod well_formed;
mod written_by_person;

pub use addressed_to_desk::desks_written_to;
pub use facts::{AccountFacts, Basis, DirectoryFacts, RequesterFacts};

use super::evidence::Evidence;
use super::policy::{ChallengePolicy, Policy};
use super::timestamp::Timestamp;
use super::verdict::{Check, CheckName, Judgement, Verdict};
use finding::Finding;
use proof::{Proof, best_proof};

/// The version of the rules in this folder; stored with each verdict.
pub const RULE_VERSION: i64 = 3;

/// How far ahead of ours a sender's clock may be, in seconds.
const CLOCK_AHEAD: i64 = 300;

/// What a check looks at.
struct Case<'c> {
    evidence: &'c Evidence,
    facts: &'c DirectoryFacts,
    policy: &'c Policy,
    now: Timestamp,
    proof: Proof<'c>,
}

/// Judges a mail that came in at `now`.
#[must_use]
pub fn judge(
    evidence: &Evidence,
    facts: &DirectoryFacts,
    policy: &Policy,
    now: Timestamp,
) -> Judgement {
    let case = Case {
        evidence,
        facts,
        policy,
        now,
        proof: best_proof(evidence, facts, now),
    };
    let mut verdict = Verdict::Verified;
    let mut checks = Vec::with_capacity(CheckName::ALL.len());
    for &name in CheckName::ALL {
        let finding = look(name, &case);
        verdict = verdict.lowered_to(finding.allows);
        checks.push(Check {
            name,
            result: finding.result,
            detail: finding.detail,
        });
    }
    let because = challenge_anyway(facts, policy).filter(|_| verdict == Verdict::Verified);
    if because.is_some() {
        verdict = Verdict::Challenge;
    }
    Judgement {
        verdict,
        because,
        checks,
        covered: facts
            .covered()
            .map(|account| account.username.to_string())
            .collect(),
    }
}

fn look(name: CheckName, case: &Case<'_>) -> Finding {
    match name {
        CheckName::WellFormed => well_formed::check(case),
        CheckName::SingleSender => single_sender::check(case),
        CheckName::AddressedToDesk => addressed_to_desk::check(case),
        CheckName::RequesterKnown => requester_known::check(case),
        CheckName::Lookalike => lookalike::check(case),
        CheckName::Dkim => dkim::check(case),
        CheckName::Dmarc => dmarc::check(case),
        CheckName::TrustedResults => trusted_results::check(case),
        CheckName::Fresh => fresh::check(case),
        CheckName::NotReplayed => not_replayed::check(case),
        CheckName::WrittenByPerson => written_by_person::check(case),
        CheckName::ReplyTo => reply_to::check(case),
        CheckName::Forwarding => forwarding::check(case),
        CheckName::Authority => authority::check(case),
        CheckName::Region => region::check(case),
    }
}

/// Why a proven mail needs a challenge all the same.
fn challenge_anyway(facts: &DirectoryFacts, policy: &Policy) -> Option<String> {
    if policy.challenge == ChallengePolicy::Always {
        return Some("the desk's policy asks for a challenge every time".into());
    }
    if let Some(account) = facts.covered().find(|account| account.privileged) {
        return Some(format!("{} has a privileged role", account.username));
    }
    let count = facts.covered().count();
    (count > policy.four_eyes_rows as usize).then(|| {
        format!(
            "it's for {count} accounts, more than {}: a bulk request",
            policy.four_eyes_rows
        )
    })
}

fn join(items: &[impl ToString]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::sample::Sample;
    use super::*;
    use crate::domain::verdict::CheckResult;

    #[test]
    fn a_genuine_mail_is_verified_and_every_check_speaks() {
        let judgement = Sample::genuine().judge();
        assert_eq!(judgement.verdict, Verdict::Verified, "{judgement:#?}");
        assert_eq!(judgement.checks.len(), CheckName::ALL.len());
        assert!(
            judgement
                .checks
                .iter()
                .all(|check| !check.detail.is_empty())
        );
        assert_eq!(judgement.covered, ["j.jansen"]);
    }

    #[test]
    fn nothing_short_circuits() {
        let mut sample = Sample::genuine();
        sample.evidence.malformed.push("it's broken".into());
        sample.evidence.date = None;
        sample.evidence.recipients.clear();
        let judgement = sample.judge();
        let failed = judgement
            .checks
            .iter()
            .filter(|check| check.result == CheckResult::Fail);
        assert_eq!(failed.count(), 4, "region fails with them: {judgement:#?}");
        assert_eq!(judgement.verdict, Verdict::Rejected);
    }

    #[test]
    fn some_proven_requests_are_challenged_all_the_same() {
        let mut always = Sample::genuine();
        always.policy.challenge = ChallengePolicy::Always;
        let mut privileged = Sample::genuine();
        privileged.facts.accounts[0].privileged = true;
        let mut bulk = Sample::genuine();
        let one = bulk.facts.accounts[0].clone();
        bulk.facts.accounts = vec![one; 26];
        for sample in [always, privileged, bulk] {
            let judgement = sample.judge();
            assert_eq!(judgement.verdict, Verdict::Challenge);
            assert!(judgement.because.is_some());
        }
        let mut rejected = Sample::genuine();
        rejected.policy.challenge = ChallengePolicy::Always;
        rejected.evidence.date = None;
        assert_eq!(rejected.judge().verdict, Verdict::Rejected);
    }
}
