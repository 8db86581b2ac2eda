//! The desk that was written to is the accounts' own.

use super::addressed_to_desk::Addressed;
use super::finding::{Finding, doubt, moot, open, pass};
use super::{AccountFacts, Case, Detail, join};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    if facts.accounts.is_empty() {
        return moot("no account is named yet");
    }
    let Some(Addressed::Desks { regions: desks, .. }) =
        case.proof.best.as_ref().map(|best| &best.addressed)
    else {
        return open("nothing that is signed says which desk was written to");
    };
    let elsewhere = |account: &&AccountFacts| !account.regions.iter().any(|r| desks.contains(r));
    // An account that isn't covered stays out, whichever desk it belongs to.
    let mut accounts: Vec<_> = facts.covered().collect();
    if accounts.is_empty() {
        accounts = facts.accounts.iter().collect();
    }
    match accounts.into_iter().find(elsewhere) {
        None => pass(format!("the accounts belong to {}", join(desks))),
        Some(account) => doubt(
            Detail::from("wrong desk: ")
                .accounts([&account.username])
                .and(format!(" belongs to {}", join(&account.regions))),
        ),
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
            sample.evidence.to[0].address = "noord@otservicedesk.nl".into();
        });
        let found = wrong.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert!(found.detail.whole().contains("j.jansen belongs to utrecht"));
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
