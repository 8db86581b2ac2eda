//! It came straight from the sender. A forwarder's seal (ARC, RFC 8617) counts only where the config
//! names the sealer.

use super::Case;
use super::finding::{Finding, doubt, open, pass, reject};
use crate::domain::evidence::Outcome;

pub(super) fn check(case: &Case<'_>) -> Finding {
    if case.evidence.resent {
        return reject("it was sent on by somebody (Resent fields)");
    }
    let Some(arc) = &case.evidence.arc else {
        return pass("it came straight from the sender");
    };
    let through = format!("it was forwarded through {}", arc.sealers.join(", "));
    match &arc.outcome {
        Outcome::Holds if arc.is_trusted(case.facts) => pass(format!(
            "{through}, whose seal holds and whom the config trusts"
        )),
        Outcome::Holds => doubt(format!(
            "{through}; its seal holds, but the config doesn't name it (`[mail] trusted_arc_sealers`)"
        )),
        Outcome::Unreachable => open(format!("{through}; DNS didn't answer for its seal")),
        Outcome::Broken => doubt(format!("{through}, and its seal (ARC) doesn't hold")),
        Outcome::Fails(why) => doubt(format!("{through}, and its seal (ARC) doesn't hold: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::evidence::Arc;
    use crate::domain::verdict::Verdict;

    #[test]
    fn a_seal_counts_only_where_it_holds_and_every_sealer_is_named() {
        let forwarded = |outcome: Outcome, trusted: &[&str]| {
            Sample::with(|sample| {
                sample.facts.trusted_arc_sealers =
                    trusted.iter().map(ToString::to_string).collect();
                sample.evidence.arc = Some(Arc {
                    sealers: vec!["relay.nl".into(), "school.nl".into()],
                    outcome,
                    ..Arc::default()
                });
            })
            .look(check)
            .allows
        };
        let both = ["relay.nl", "school.nl"];
        assert_eq!(forwarded(Outcome::Holds, &both), Verdict::Verified);
        assert_eq!(
            forwarded(Outcome::Holds, &["school.nl"]),
            Verdict::Challenge
        );
        assert_eq!(forwarded(Outcome::Holds, &[]), Verdict::Challenge);
        assert_eq!(forwarded(Outcome::Broken, &both), Verdict::Challenge);
        assert_eq!(forwarded(Outcome::Unreachable, &both), Verdict::Challenge);
        let resent = Sample::with(|sample| sample.evidence.resent = true);
        assert_eq!(resent.look(check).allows, Verdict::Rejected);
    }
}
