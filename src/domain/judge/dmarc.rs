//! The From domain publishes a policy, and the proven signature meets it (RFC 7489).

use super::Case;
use super::finding::{Finding, doubt, open, pass, reject};
use super::proof::Proof;
use crate::domain::evidence::Dmarc;

pub(super) fn check(case: &Case<'_>) -> Finding {
    match (&case.evidence.dmarc, &case.proof) {
        (Dmarc::Absent, _) => open("the sender's domain publishes no DMARC policy"),
        (Dmarc::Unreachable, _) | (_, Proof::Undecided(_)) => {
            open("DNS didn't answer, so this isn't decided")
        }
        (Dmarc::Policy(policy), Proof::Proven { domain, .. }) => {
            pass(format!("the policy (p={policy}) is met by {domain}"))
        }
        (Dmarc::Policy(policy), Proof::Missing(_)) => {
            let text = format!("the policy (p={policy}) isn't met by any signature");
            if policy == "reject" {
                reject(text)
            } else {
                doubt(text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::evidence::Outcome;
    use crate::domain::verdict::Verdict;

    #[test]
    fn an_unmet_policy_weighs_what_it_asks_for() {
        for (policy, allows) in [
            ("reject", Verdict::Rejected),
            ("quarantine", Verdict::Challenge),
            ("none", Verdict::Challenge),
        ] {
            let broken = Sample::with(|sample| {
                sample.evidence.dmarc = Dmarc::Policy(policy.into());
                sample.signature().outcome = Outcome::Broken;
            });
            assert_eq!(broken.look(check).allows, allows, "{policy}");
        }
        let absent = Sample::with(|sample| sample.evidence.dmarc = Dmarc::Absent);
        assert_eq!(absent.look(check).allows, Verdict::Challenge);
        let silent = Sample::with(|sample| sample.signature().outcome = Outcome::Unreachable);
        assert_eq!(silent.look(check).allows, Verdict::Challenge);
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
