//! No automatic answer, no list, no delivery report.

use super::Case;
use super::finding::{Finding, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    match case.evidence.automatic.as_slice() {
        [] => pass("nothing says that a machine sent it"),
        markers => reject(format!("a machine sent it: {}", markers.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::verdict::Verdict;

    #[test]
    fn what_a_machine_sent_is_rejected() {
        let list = Sample::with(|sample| sample.evidence.automatic.push("a mailing list".into()));
        assert_eq!(list.look(check).allows, Verdict::Rejected);
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
