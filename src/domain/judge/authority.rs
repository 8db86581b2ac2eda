//! The requester's capacity covers every account, and none of them is the requester's own (rule 2).

use super::finding::{Finding, left_out, moot, pass, reject};
use super::{AccountFacts, Case, join};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    if facts.accounts.is_empty() {
        return moot("no account is named yet, so nothing can be reset on it");
    }
    let named = |which: fn(&AccountFacts) -> bool| -> Vec<_> {
        let accounts = facts.accounts.iter().filter(|account| which(account));
        accounts.map(|account| &account.username).collect()
    };
    let mut faults = Vec::new();
    let own = named(|account| account.is_requester);
    if !own.is_empty() {
        faults.push(format!("{} is the requester's own account", join(&own)));
    }
    let others = named(|account| !account.covered && !account.is_requester);
    if !others.is_empty() {
        faults.push(format!(
            "the requester has no authority over {}",
            join(&others)
        ));
    }
    if faults.is_empty() {
        return pass("the requester may ask for every account");
    }
    // Those that aren't covered stay out; the others can go on.
    if facts.covered().next().is_some() {
        left_out(faults.join("; "))
    } else {
        reject(faults.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::verdict::Verdict;

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
        let unnamed = Sample::with(|sample| sample.facts.accounts.clear());
        assert_eq!(unnamed.look(check).allows, Verdict::Verified);
    }
}
