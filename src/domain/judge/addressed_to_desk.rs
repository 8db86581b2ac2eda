//! A region's address is among the recipients, so that a mail to somebody else isn't a request.

use super::finding::{Finding, pass, reject};
use super::{Case, DirectoryFacts, join};
use crate::domain::address::WorkAddress;
use crate::domain::code::RegionCode;
use crate::domain::evidence::Evidence;

/// The regions that were written to.
#[must_use]
pub fn desks_written_to(evidence: &Evidence, facts: &DirectoryFacts) -> Vec<RegionCode> {
    let is_to = |address: &WorkAddress| evidence.recipients.iter().any(|to| to == address.as_str());
    let desks = facts.desks.iter().filter(|(_, address)| is_to(address));
    desks.map(|(code, _)| code.clone()).collect()
}

pub(super) fn check(case: &Case<'_>) -> Finding {
    let recipients = &case.evidence.recipients;
    match desks_written_to(case.evidence, case.facts).as_slice() {
        [] if recipients.is_empty() => reject("it's addressed to nobody"),
        [] => reject(format!(
            "it's addressed to {}, no desk of ours",
            shown(recipients)
        )),
        desks => pass(format!("addressed to the desk of {}", join(desks))),
    }
}

/// Some of many.
fn shown(recipients: &[String]) -> String {
    let first = recipients[..recipients.len().min(5)].join(", ");
    match recipients.len() {
        0..=5 => first,
        count => format!("{first} and {} more", count - 5),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::verdict::Verdict;

    #[test]
    fn only_an_exact_desk_address_counts() {
        for to in [
            "",
            "x@school.nl",
            "utrecht+x@otservicedesk.nl",
            "utrecht@otservicedesk.nl.evil",
        ] {
            let sample = Sample::with(|sample| {
                sample.evidence.recipients = to.split(',').map(str::to_owned).collect();
            });
            assert_eq!(sample.look(check).allows, Verdict::Rejected, "{to}");
        }
        let crowd = Sample::with(|s| s.evidence.recipients = vec!["x@y.nl".into(); 400]);
        assert!(
            crowd
                .look(check)
                .detail
                .ends_with("and 395 more, no desk of ours")
        );
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
