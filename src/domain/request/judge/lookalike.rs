//! The From domain isn't a look-alike of one on file.

use super::case::Case;
use super::finding::{Finding, moot, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    match &case.facts.lookalike {
        Some((known, how)) => reject(format!("the From domain resembles {known}: {how}")),
        None if case.facts.requester.is_some() => pass("the From domain is on file"),
        None => moot("the From domain doesn't resemble any on file"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn a_twin_is_rejected_with_what_it_resembles() {
        let twin = Sample::with(|sample| {
            sample.facts.requester = None;
            sample.facts.lookalike = Some(("beatrixschool.nl".into(), "one letter differs".into()));
        });
        let found = twin.look(check);
        assert_eq!(found.allows, Verdict::Rejected);
        assert!(
            found
                .detail
                .whole()
                .contains("beatrixschool.nl: one letter differs")
        );
    }
}
