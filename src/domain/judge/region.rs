//! The desk that was written to is the accounts' own.

use super::finding::{Finding, doubt, moot, pass};
use super::{AccountFacts, Case, desks_written_to, join};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    if facts.accounts.is_empty() {
        return moot("no account is named yet");
    }
    let desks = desks_written_to(case.evidence, facts);
    let elsewhere = |account: &&AccountFacts| !account.regions.iter().any(|r| desks.contains(r));
    // An account that isn't covered stays out, whichever desk it belongs to.
    let mut accounts: Vec<_> = facts.covered().collect();
    if accounts.is_empty() {
        accounts = facts.accounts.iter().collect();
    }
    match accounts.into_iter().find(elsewhere) {
        None => pass(format!("the accounts belong to {}", join(&desks))),
        Some(account) => doubt(format!(
            "wrong desk: {} belongs to {}",
            account.username,
            join(&account.regions)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::verdict::Verdict;

    #[test]
    fn the_wrong_desk_is_a_doubt_that_names_the_right_one() {
        let wrong = Sample::with(|sample| {
            sample.evidence.recipients = vec!["noord@otservicedesk.nl".into()];
        });
        let found = wrong.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert!(found.detail.contains("j.jansen belongs to utrecht"));
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
