//! All checks, and the verdict that they add up to.

use super::case::Case;
use super::facts::DirectoryFacts;
use super::finding::Finding;
use super::proof::weigh;
use super::{
    addressed_to_desk, authority, dkim, dmarc, forwarding, fresh, lookalike, names_account,
    not_replayed, region, reply_to, requester_known, single_sender, trusted_results, well_formed,
    written_by_person,
};
use crate::domain::policy::{ChallengePolicy, NewSigner, Policy};
use crate::domain::request::check_detail::Detail;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::verdict::{Check, CheckName, Judgement, Verdict};
use crate::domain::timestamp::Timestamp;

/// Judges a mail that came in at `now`.
#[must_use]
pub fn judge(
    evidence: &Evidence,
    facts: &DirectoryFacts,
    policy: &Policy,
    now: Timestamp,
) -> Judgement {
    judge_case(&Case {
        evidence,
        facts,
        policy,
        now,
        proof: weigh(evidence, facts, now),
    })
}

pub(super) fn judge_case(case: &Case<'_>) -> Judgement {
    let (facts, policy) = (case.facts, case.policy);
    let (mut verdict, mut rejected_by) = (Verdict::Verified, Vec::new());
    let mut checks = Vec::with_capacity(CheckName::ALL.len());
    for &name in CheckName::ALL {
        let finding = look(name, case);
        verdict = verdict.lowered_to(finding.allows);
        if finding.allows == Verdict::Rejected {
            rejected_by.push(name);
        }
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
        // What a challenge shows is control of the mailbox: it makes up for what the domain's servers
        // don't show, and for nothing else.
        challenge_open: rejected_by
            .iter()
            .all(|name| matches!(name, CheckName::Dmarc | CheckName::TrustedResults)),
        rejected_by,
        covered: facts
            .covered()
            .map(|account| account.username.to_string())
            .collect(),
    }
}

pub(super) fn look(name: CheckName, case: &Case<'_>) -> Finding {
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
        CheckName::NamesAccount => names_account::check(case),
        CheckName::Authority => authority::check(case),
        CheckName::Region => region::check(case),
    }
}

/// Why a proven mail needs a challenge all the same.
fn challenge_anyway(facts: &DirectoryFacts, policy: &Policy) -> Option<Detail> {
    if policy.challenge == ChallengePolicy::Always {
        return Some("the desk's policy asks for a challenge every time".into());
    }
    if policy.challenge == ChallengePolicy::UnlessFetched && !facts.by_service {
        return Some(
            "an operator handed it in, where the desk's policy counts on its service".into(),
        );
    }
    if let Some(account) = facts.covered().find(|account| account.privileged) {
        let detail = Detail::default().accounts([&account.username]);
        return Some(detail.and(" has a privileged role"));
    }
    if facts.new_signer && policy.new_signer == NewSigner::Challenge {
        let why = "no earlier proven mail of its domain was signed like this";
        return Some(why.into());
    }
    let count = facts.covered().count();
    (count > policy.four_eyes_rows as usize).then(|| {
        format!(
            "it's for {count} accounts, more than {}: a bulk request",
            policy.four_eyes_rows
        )
        .into()
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::CheckResult;

    #[test]
    fn a_genuine_mail_is_verified_and_every_check_speaks() {
        let judgement = Sample::genuine().judge();
        assert_eq!(judgement.verdict, Verdict::Verified, "{judgement:#?}");
        assert_eq!(judgement.checks.len(), CheckName::ALL.len());
        assert!(
            judgement
                .checks
                .iter()
                .all(|check| !check.detail.whole().is_empty())
        );
        assert_eq!(judgement.covered, ["j.jansen"]);
    }

    #[test]
    fn nothing_short_circuits() {
        let mut sample = Sample::genuine();
        sample.evidence.malformed.push("it's broken".into());
        sample.evidence.date = None;
        sample.evidence.to.clear();
        let judgement = sample.judge();
        let failed = judgement
            .checks
            .iter()
            .filter(|check| check.result == CheckResult::Fail);
        assert_eq!(failed.count(), 3, "{judgement:#?}");
        assert_eq!(judgement.verdict, Verdict::Rejected);
    }

    #[test]
    fn some_proven_requests_are_challenged_all_the_same() {
        let mut always = Sample::genuine();
        always.policy.challenge = ChallengePolicy::Always;
        let mut privileged = Sample::genuine();
        privileged.facts.accounts[0].privileged = true;
        let mut handed_in = Sample::genuine();
        handed_in.policy.challenge = ChallengePolicy::UnlessFetched;
        let mut fetched = Sample::genuine();
        fetched.policy.challenge = ChallengePolicy::UnlessFetched;
        fetched.facts.by_service = true;
        assert_eq!(fetched.judge().verdict, Verdict::Verified);
        let mut bulk = Sample::genuine();
        let one = bulk.facts.accounts[0].clone();
        bulk.facts.accounts = vec![one; 26];
        for sample in [always, handed_in, privileged, bulk] {
            let judgement = sample.judge();
            assert_eq!(judgement.verdict, Verdict::Challenge);
            assert!(judgement.because.is_some());
        }
        let mut rejected = Sample::genuine();
        rejected.policy.challenge = ChallengePolicy::Always;
        rejected.evidence.malformed.push("it's broken".into());
        assert_eq!(rejected.judge().verdict, Verdict::Rejected);
    }
}
