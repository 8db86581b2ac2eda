//! The From domain publishes a policy, and a signature meets it: one that is valid by RFC 6376 and aligned
//! with the sender (RFC 7489 §3.1.1). What it covers, and our stricter rules, have no part in it.

use super::case::Case;
use super::finding::{Finding, doubt, moot, open, pass, reject};
use super::trusted_results::vouches;
use crate::domain::request::evidence::{Dmarc, Outcome};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let proof = &case.proof;
    match (&case.evidence.dmarc, proof.aligned) {
        (Dmarc::Policy(policy), Some(domain)) => {
            pass(format!("the policy (p={policy}) is met by {domain}"))
        }
        (Dmarc::Absent, _) if proof.proven().is_some() => {
            moot("the sender's domain publishes no DMARC policy")
        }
        (Dmarc::Absent, _) if case.evidence.from.is_none() => {
            open("the sender can't be read, so no DMARC policy was asked for")
        }
        (Dmarc::Absent, _) => open("the sender's domain publishes no DMARC policy"),
        (Dmarc::Unreachable, _) => open("DNS didn't answer, so this isn't decided"),
        (Dmarc::Policy(_), None) if proof.aligned_undecided => {
            open("DNS didn't answer, so this isn't decided")
        }
        (Dmarc::Policy(policy), None) => {
            let text = format!("the policy (p={policy}) isn't met by any signature");
            if policy != "reject" {
                doubt(text)
            } else if let Some(found) = explained(case) {
                doubt(format!("{text}, but {found}"))
            } else {
                reject(text)
            }
        }
    }
}

/// Who says that the mail met the policy before it came here: that keeps it from being rejected, and no more.
fn explained(case: &Case<'_>) -> Option<String> {
    if let Some(found) = vouches(case) {
        return Some(found);
    }
    let domain = case.evidence.from_domain()?;
    let arc = case.evidence.arc.as_ref()?;
    let names = |sealer: &String| case.facts.trusted_arc_sealers.contains(sealer);
    let is_named = !arc.sealers.is_empty() && arc.sealers.iter().all(names);
    let vouches = arc.outcome == Outcome::Holds && arc.passed.iter().any(|passed| passed == domain);
    let through = arc.sealers.join(", ");
    (is_named && vouches).then(|| format!("{through}, who forwarded it, found that it was"))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::evidence::Arc;
    use crate::domain::request::verdict::{CheckResult, Verdict};

    fn unmet(policy: &str) -> Sample {
        Sample::with(|sample| {
            sample.evidence.dmarc = Dmarc::Policy(policy.into());
            sample.signature().outcome = Outcome::Broken;
        })
    }

    #[test]
    fn an_unmet_policy_weighs_what_it_asks_for() {
        for (policy, allows) in [
            ("reject", Verdict::Rejected),
            ("quarantine", Verdict::Challenge),
            ("none", Verdict::Challenge),
        ] {
            assert_eq!(unmet(policy).look(check).allows, allows, "{policy}");
        }
        let absent = Sample::with(|sample| sample.evidence.dmarc = Dmarc::Absent);
        let found = absent.look(check);
        assert_eq!(
            (found.result, found.allows),
            (CheckResult::None, Verdict::Verified)
        );
        let silent = Sample::with(|sample| sample.signature().outcome = Outcome::Unreachable);
        assert_eq!(silent.look(check).allows, Verdict::Challenge);
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }

    #[test]
    fn a_signature_that_covers_little_or_comes_from_a_sub_domain_meets_it() {
        let little = Sample::with(|s| s.signature().signed = vec!["from".into()]);
        assert_eq!(little.look(check).result, CheckResult::Pass);
        let below = Sample::with(|s| s.signature().domain = "mail.beatrixschool.nl".into());
        assert_eq!(below.look(check).result, CheckResult::Pass);
    }

    #[test]
    fn a_trusted_forwarder_keeps_it_from_being_rejected_and_no_more() {
        let forwarded = |named: &str, outcome: Outcome, passed: &str| {
            let mut sample = unmet("reject");
            sample.facts.trusted_arc_sealers = vec![named.into()];
            sample.evidence.arc = Some(Arc {
                sealers: vec!["relay.nl".into()],
                passed: vec![passed.into()],
                outcome,
                ..Arc::default()
            });
            sample.look(check).allows
        };
        let own = "beatrixschool.nl";
        assert_eq!(
            forwarded("relay.nl", Outcome::Holds, own),
            Verdict::Challenge
        );
        assert_eq!(
            forwarded("other.nl", Outcome::Holds, own),
            Verdict::Rejected
        );
        assert_eq!(
            forwarded("relay.nl", Outcome::Broken, own),
            Verdict::Rejected
        );
        assert_eq!(
            forwarded("relay.nl", Outcome::Holds, "evil.example"),
            Verdict::Rejected
        );
    }
}
