//! Exactly one sender, and our two readings of the field agree on it.

use super::case::Case;
use super::finding::{Finding, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let evidence = case.evidence;
    let from = match (&evidence.from, &evidence.from_fault) {
        (_, Some(fault)) => return reject(fault),
        (None, None) => return reject("there is no From address"),
        (Some(from), None) => from,
    };
    match evidence.authenticator_froms.as_slice() {
        [other] if other.eq_ignore_ascii_case(from) => pass(format!("from {from} alone")),
        [] => reject(format!(
            "one parser finds {from}, another finds nobody: they must agree"
        )),
        others => reject(format!(
            "one parser finds {from}, another finds {}: they must agree",
            others.join(" and ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn two_readings_that_differ_reject() {
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
        for froms in [
            vec![],
            vec!["x@evil.example"],
            vec!["d.visser@beatrixschool.nl"; 2],
        ] {
            let sample = Sample::with(|sample| {
                sample.evidence.authenticator_froms =
                    froms.iter().map(ToString::to_string).collect();
            });
            assert_eq!(sample.look(check).allows, Verdict::Rejected, "{froms:?}");
        }
        let fault = Sample::with(|sample| sample.evidence.from_fault = Some("folded".into()));
        assert_eq!(fault.look(check).allows, Verdict::Rejected);
    }
}
