//! What our own border host found when the mail came in (RFC 8601). It can lower the verdict, never
//! raise it.

use super::Case;
use super::finding::{Finding, doubt, moot, pass};
use crate::domain::evidence::AuthResults;

/// Results that speak against a mail.
const AGAINST: [&str; 3] = ["fail", "softfail", "permerror"];

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
    let trusted = |found: &&AuthResults| {
        let ids = &case.facts.authserv_ids;
        found.above_own_hop && ids.iter().any(|id| id.eq_ignore_ascii_case(&found.host))
    };
    let Some(found) = results.first().filter(trusted) else {
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
    let says = |method: &str, results: &[&str]| {
        let named = |(m, r): &(String, String)| m == method && results.contains(&r.as_str());
        found.methods.iter().any(named)
    };
    // One of several signatures may fail while another one holds.
    let no_signature_held = says("dkim", &AGAINST) && !says("dkim", &["pass"]);
    if says("dmarc", &AGAINST) || no_signature_held {
        doubt(said)
    } else {
        pass(said)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::evidence::Intake;
    use crate::domain::verdict::{CheckResult, Verdict};

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
        assert_eq!(
            from_mailbox(own, &[("dkim", "fail")]).look(check).allows,
            Verdict::Challenge
        );
        let mixed = [("dkim", "pass"), ("dmarc", "fail")];
        assert_eq!(
            from_mailbox(own, &mixed).look(check).allows,
            Verdict::Challenge
        );
        let two = [("dkim", "fail"), ("dkim", "pass")];
        assert_eq!(
            from_mailbox(own, &two).look(check).allows,
            Verdict::Verified
        );
        assert_eq!(
            from_mailbox(own, &[("dmarc", "pass")]).look(check).result,
            CheckResult::Pass
        );
        let other = from_mailbox("mx.evil.example", &[("dkim", "fail")]).look(check);
        assert_eq!(
            (other.result, other.allows),
            (CheckResult::None, Verdict::Verified)
        );
        let mut below = from_mailbox(own, &[("dkim", "fail")]);
        below.evidence.auth_results[0].above_own_hop = false;
        assert_eq!(below.look(check).result, CheckResult::None);
        let mut file = from_mailbox(own, &[("dkim", "pass")]);
        file.evidence.intake = Intake::File;
        file.evidence.signatures.clear();
        assert_ne!(file.judge().verdict, Verdict::Verified);
    }
}
