//! It came as it was sent. A signature of the sender's own that holds proves that whoever carried it changed
//! nothing; a forwarder's seal (ARC, RFC 8617) explains, and proves nothing.

use super::case::Case;
use super::finding::{Finding, doubt, open, pass};
use crate::domain::request::evidence::Outcome;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let evidence = case.evidence;
    if case.proof.proven().is_some() {
        return pass(match &evidence.arc {
            Some(arc) => format!(
                "it came through {}, and nothing was changed",
                arc.sealers.join(", ")
            ),
            None => "it came straight from the sender".to_owned(),
        });
    }
    if evidence.resent {
        return doubt("it was resent by somebody (Resent fields), and no signature proves it");
    }
    let Some(arc) = &evidence.arc else {
        return pass("nothing says that it was forwarded");
    };
    let through = format!("it came through {}", arc.sealers.join(", "));
    match &arc.outcome {
        Outcome::Holds => doubt(format!(
            "{through}, whose seal holds; but a seal doesn't prove the sender, and no signature does"
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
    use crate::domain::request::evidence::Arc;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn a_seal_never_proves_and_never_harms_what_is_proven() {
        let sealed = |proven: bool, outcome: Outcome| {
            Sample::with(|sample| {
                sample.facts.trusted_arc_sealers = vec!["relay.nl".into()];
                sample.evidence.arc = Some(Arc {
                    sealers: vec!["relay.nl".into()],
                    outcome,
                    ..Arc::default()
                });
                if !proven {
                    sample.signature().outcome = Outcome::Broken;
                }
            })
            .look(check)
            .allows
        };
        for outcome in [Outcome::Holds, Outcome::Broken, Outcome::Unreachable] {
            assert_eq!(sealed(true, outcome.clone()), Verdict::Verified);
            assert_eq!(sealed(false, outcome), Verdict::Challenge);
        }
        let resent = |proven: bool| {
            let sample = Sample::with(|sample| {
                sample.evidence.resent = true;
                if !proven {
                    sample.evidence.signatures.clear();
                }
            });
            sample.look(check).allows
        };
        assert_eq!(
            (resent(true), resent(false)),
            (Verdict::Verified, Verdict::Challenge)
        );
    }
}
