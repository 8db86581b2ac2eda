//! The desk that was written to is the accounts' own.

use super::addressed::{Addressed, By};
use super::case::{Case, join};
use super::facts::AccountFacts;
use super::finding::{Finding, doubt, moot, open, pass};
use crate::domain::request::check_detail::Detail;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    if facts.accounts.is_empty() {
        return moot("no account is assigned yet");
    }
    let Some(Addressed::Desks { regions: desks, by }) =
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
                .and(format!(" belongs to {}", join(&account.regions)))
                .and(right_desk(account, *by, case)),
        ),
    }
}

/// Where the mail should have gone.
fn right_desk(account: &AccountFacts, by: By, case: &Case<'_>) -> String {
    let mut desks = case.facts.desks.iter();
    let right = desks.find(|(region, _)| account.regions.contains(region));
    match (right, by) {
        (None, _) => String::new(),
        (Some((_, desk)), By::Recipients) => format!("; a mail for it goes to {desk}"),
        (Some((_, desk)), By::FirstLine | By::Subject) => {
            format!("; a mail for it goes to {desk}, first line `Aan: {desk}`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn the_wrong_desk_is_a_doubt_that_names_the_right_one() {
        let wrong = Sample::with(|sample| {
            sample.evidence.to[0].address = "noord@otservicedesk.nl".into();
        });
        let found = wrong.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert_eq!(
            found.detail.whole(),
            "wrong desk: j.jansen belongs to utrecht; a mail for it goes to utrecht@otservicedesk.nl"
        );
        let by_line = Sample::with(|sample| {
            sample.signature().signed.retain(|name| name != "to");
            sample.evidence.readings[0].text = "Aan: noord@otservicedesk.nl\nGraag".into();
        });
        let found = by_line.look(check);
        assert!(
            found
                .detail
                .whole()
                .ends_with("first line `Aan: utrecht@otservicedesk.nl`")
        );
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
    }
}
