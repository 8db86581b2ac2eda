//! A signature of the sender's own mail domain holds over everything that matters.

use super::Case;
use super::finding::{Finding, doubt, open, pass};
use super::proof::Proof;

pub(super) fn check(case: &Case<'_>) -> Finding {
    match &case.proof {
        Proof::Proven { detail, .. } => pass(detail),
        Proof::Undecided(why) => open(why),
        Proof::Missing(why) if case.evidence.arc.is_some() => doubt(format!(
            "the signature was broken by forwarding, or there was none ({why})"
        )),
        Proof::Missing(why) => doubt(why),
    }
}
