//! What our own border host found when the mail came in (RFC 8601). It can lower the verdict, never
//! raise it.

use super::case::Case;
use super::finding::{Finding, doubt, moot, pass, reject};
use crate::domain::request::evidence::{AuthResults, Dmarc};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let results = &case.evidence.auth_results;
    let hosts = || {
        let hosts: Vec<&str> = results
            .iter()
            .map(|results| results.host.as_str())
            .collect();
        hosts.join(", ")
    };
    if !case.evidence.intake.is_own_mailbox() {
        return moot(if results.is_empty() {
            "the mail came as a file: only our own check counts".to_owned()
        } else {
            format!("the mail came as a file: what {} found is ignored", hosts())
        });
    }
    let Some(found) = own_border(case) else {
        return moot(if results.is_empty() {
            "our border host left none".to_owned()
        } else {
            format!(
                "{} isn't trusted (`[mail] authserv_ids`), so it's ignored",
                hosts()
            )
        });
    };
    let said: Vec<String> = found
        .methods
        .iter()
        .map(|(method, result)| format!("{method}={result}"))
        .collect();
    let said = format!("{} found {}", found.host, said.join(", "));
    let asks_for_rejection = case.evidence.dmarc == Dmarc::Policy("reject".into());
    match (says(found, "fail"), case.proof.aligned) {
        // A broken copy of theirs, or a check that knows less than ours.
        (true, Some(_)) => moot(format!(
            "{said}, but our own check finds that the policy is met"
        )),
        (true, None) if asks_for_rejection => reject(said),
        (true, None) => doubt(said),
        (false, _) => pass(said),
    }
}

/// What our own border host left, topmost.
fn own_border<'c>(case: &Case<'c>) -> Option<&'c AuthResults> {
    let is_own = |found: &&AuthResults| {
        let ids = &case.facts.authserv_ids;
        found.above_own_hop && ids.iter().any(|id| id.eq_ignore_ascii_case(&found.host))
    };
    let found = case.evidence.auth_results.first().filter(is_own);
    found.filter(|_| case.evidence.intake.is_own_mailbox())
}

fn says(found: &AuthResults, result: &str) -> bool {
    let named = |(method, said): &(String, String)| method == "dmarc" && said == result;
    found.methods.iter().any(named)
}

/// Our own border host found that the sender's policy was met: it has seen what a stored mail doesn't show.
pub(super) fn vouches(case: &Case<'_>) -> Option<String> {
    let found = own_border(case).filter(|found| says(found, "pass") && !says(found, "fail"))?;
    Some(format!(
        "{} found that it was when the mail came in",
        found.host
    ))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::evidence::Intake;
    use crate::domain::request::verdict::{CheckResult, Verdict};

    fn from_mailbox(host: &str, methods: &[(&str, &str)]) -> Sample {
        Sample::with(|sample| {
            sample.facts.authserv_ids = vec!["mx.otservicedesk.nl".into()];
            sample.evidence.intake = Intake::Maildir { file: "1".into() };
            let methods = methods
                .iter()
                .map(|(m, r)| ((*m).to_owned(), (*r).to_owned()));
            sample.evidence.auth_results = vec![AuthResults {
                host: host.into(),
                methods: methods.collect(),
                above_own_hop: true,
            }];
        })
    }

    #[test]
    fn our_own_host_can_lower_and_nobody_can_raise() {
        let own = "mx.otservicedesk.nl";
        let unmet = |method: &str, result: &str, policy: &str| {
            let mut sample = from_mailbox(own, &[(method, result)]);
            sample.evidence.signatures.clear();
            sample.evidence.dmarc = Dmarc::Policy(policy.into());
            sample
        };
        let look = |method, result, policy| unmet(method, result, policy).look(check).allows;
        assert_eq!(look("dmarc", "fail", "none"), Verdict::Challenge);
        assert_eq!(look("dmarc", "fail", "reject"), Verdict::Rejected);
        assert_eq!(look("dkim", "fail", "reject"), Verdict::Verified);
        let met = from_mailbox(own, &[("dmarc", "fail")]).look(check);
        assert_eq!(
            (met.result, met.allows),
            (CheckResult::None, Verdict::Verified)
        );
        assert_eq!(
            from_mailbox(own, &[("dmarc", "pass")]).look(check).result,
            CheckResult::Pass
        );
        let other = from_mailbox("mx.evil.example", &[("dmarc", "fail")]).look(check);
        assert_eq!(
            (other.result, other.allows),
            (CheckResult::None, Verdict::Verified)
        );
        let mut below = unmet("dmarc", "fail", "reject");
        below.evidence.auth_results[0].above_own_hop = false;
        assert_eq!(below.look(check).result, CheckResult::None);
        // A pass lifts what the policy rejects to the challenge, never further.
        assert_eq!(
            unmet("dmarc", "pass", "reject").judge().verdict,
            Verdict::Challenge
        );
        let mut file = unmet("dmarc", "pass", "reject");
        file.evidence.intake = Intake::File;
        assert_eq!(file.judge().verdict, Verdict::Rejected);
    }
}
