//! No automatic answer, no list, no delivery report, no answer of a calendar.

use super::case::Case;
use super::finding::{Finding, doubt, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let evidence = case.evidence;
    match (
        evidence.automatic.as_slice(),
        evidence.looks_automatic.as_slice(),
    ) {
        ([], []) => pass("nothing suggests that a machine sent it"),
        ([], looks) => doubt(format!("a machine may have sent it: {}", looks.join(", "))),
        (markers, _) => reject(format!("a machine sent it: {}", markers.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn what_a_machine_sent_is_rejected_and_what_looks_so_is_doubted() {
        let list = Sample::with(|sample| sample.evidence.automatic.push("a mailing list".into()));
        assert_eq!(list.look(check).allows, Verdict::Rejected);
        let looks = Sample::with(|s| s.evidence.looks_automatic.push("a calendar part".into()));
        assert_eq!(looks.look(check).allows, Verdict::Challenge);
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
