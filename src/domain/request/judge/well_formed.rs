//! It parses within bounds, and nothing in it reads two ways.

use super::case::Case;
use super::finding::{Finding, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    match case.evidence.malformed.as_slice() {
        [] if case.evidence.remarks.is_empty() => pass("the mail is well-formed"),
        [] => pass(case.evidence.remarks.join("; ")),
        faults => reject(faults.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn any_fault_rejects_and_a_remark_does_not() {
        let faulty = Sample::with(|sample| sample.evidence.malformed.push("two dates".into()));
        assert_eq!(faulty.look(check).allows, Verdict::Rejected);
        let remarked = Sample::with(|sample| sample.evidence.remarks.push("LF".into()));
        let found = remarked.look(check);
        assert_eq!(
            (found.allows, found.detail.whole().as_str()),
            (Verdict::Verified, "LF")
        );
    }
}
