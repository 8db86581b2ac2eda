//! It isn't a copy of a mail whose request was used, confirmed or closed, or counts in its stead (see
//! [`copies`](super::copies)).

use super::case::Case;
use super::finding::{Finding, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    match &case.facts.seen_as {
        Some(id) => reject(format!(
            "this mail came in before, as {id}, and one mail makes one request"
        )),
        None => pass("never seen before"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn a_mail_that_was_seen_is_rejected_and_says_where() {
        let seen = Sample::with(|sample| sample.facts.seen_as = Some("R-4K7Q2".into()));
        let found = seen.look(check);
        assert_eq!(found.allows, Verdict::Rejected);
        assert!(found.detail.whole().contains("R-4K7Q2"));
    }
}
