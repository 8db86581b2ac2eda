//! A signature of the sender's own mail domain holds over everything that matters.

use super::case::Case;
use super::finding::{Finding, doubt, open, pass};
use super::proof::sentence;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let proof = &case.proof;
    if let Some(proven) = proof.proven() {
        return pass(sentence(proven, case.facts));
    }
    let Some(best) = &proof.best else {
        return doubt(&proof.nothing);
    };
    match (best.unmet.first(), &best.undecided) {
        (Some(unmet), _) => doubt(format!(
            "{}; to be fixed by the {}: {}",
            unmet.why, unmet.who, unmet.what
        )),
        (None, Some(undecided)) => open(undecided),
        (None, None) => open("nothing can be said about its signature"),
    }
}
