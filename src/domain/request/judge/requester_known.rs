//! The From address is on file as somebody who may ask, today.

use super::case::Case;
use super::finding::{Finding, pass, reject};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let Some(from) = case.evidence.from.as_deref() else {
        return reject("the sender can't be read, so it isn't known who asks");
    };
    match &case.facts.requester {
        Some(requester) if requester.valid => {
            pass(format!("{from} is on file: {}", requester.name))
        }
        Some(requester) => reject(format!(
            "{from} is on file as {}, but may not ask today: not yet, or not any more",
            requester.name
        )),
        None => reject(format!("{from} isn't on file as somebody who may ask")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn strangers_and_former_directors_are_rejected() {
        let stranger = Sample::with(|sample| sample.facts.requester = None);
        let former = Sample::with(|sample| {
            sample.facts.requester.as_mut().unwrap().valid = false;
        });
        assert_eq!(stranger.look(check).allows, Verdict::Rejected);
        assert_eq!(former.look(check).allows, Verdict::Rejected);
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
