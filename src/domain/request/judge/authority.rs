//! The requester's capacity covers every account, and none of them is the requester's own (rule 2).

use super::case::Case;
use super::facts::AccountFacts;
use super::finding::{Finding, doubt, left_out, moot, pass, reject};
use crate::domain::request::check_detail::Detail;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    if facts.accounts.is_empty() {
        return moot("no account is assigned yet, so nothing can be reset on it");
    }
    let named = |which: fn(&AccountFacts) -> bool| -> Vec<_> {
        let accounts = facts.accounts.iter().filter(|account| which(account));
        accounts.map(|account| &account.username).collect()
    };
    let mut faults = Detail::default();
    let own = named(|account| account.is_requester);
    if !own.is_empty() {
        let fault = Detail::default().accounts(own.iter().copied());
        faults = faults.then(fault.and(" is the requester's own account"));
    }
    let others = named(|account| !account.covered && !account.is_requester);
    if !others.is_empty() {
        let fault = Detail::from("the requester has no authority over ");
        faults = faults.then(fault.accounts(others.iter().copied()));
    }
    let alike = named(|account| account.same_name && account.covered && !account.is_requester);
    if !alike.is_empty() {
        let fault = Detail::from("the holder of ").accounts(alike);
        let why = " has the requester's name: nobody asks for their own account";
        return doubt(faults.then(fault.and(why)));
    }
    if own.is_empty() && others.is_empty() {
        return pass("the requester may ask for every account");
    }
    // Those that aren't covered stay out; the others can go on.
    if facts.covered().next().is_some() {
        left_out(faults)
    } else {
        reject(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn nobody_asks_for_himself_or_beyond_his_authority() {
        let own = Sample::with(|sample| sample.facts.accounts[0].is_requester = true);
        assert_eq!(own.look(check).allows, Verdict::Rejected);
        let stranger = Sample::with(|sample| sample.facts.accounts[0].covered = false);
        assert_eq!(stranger.look(check).allows, Verdict::Rejected);
        let mixed = Sample::with(|sample| {
            let mut other = sample.facts.accounts[0].clone();
            other.covered = false;
            sample.facts.accounts.push(other);
        });
        assert_eq!(mixed.look(check).allows, Verdict::Verified);
        assert_eq!(mixed.judge().covered, ["j.jansen"]);
        let alike = Sample::with(|sample| sample.facts.accounts[0].same_name = true);
        assert_eq!(alike.look(check).allows, Verdict::Challenge);
        let unnamed = Sample::with(|sample| sample.facts.accounts.clear());
        assert_eq!(unnamed.look(check).allows, Verdict::Verified);
    }
}
