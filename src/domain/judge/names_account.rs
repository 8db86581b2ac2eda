//! The mail speaks of every account that the request is for, and asks for something that the desk does: a
//! proven mail about something else is no request.

use super::finding::{Finding, doubt, moot, pass};
use super::{Case, Detail};
use crate::domain::mentioned::NamedBy;

/// How many other accounts are told.
const TOLD: usize = 3;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    let asks = facts.naming.asks;
    let mut faults = Detail::default();
    let mut is_faulty = false;
    // An account that isn't covered stays out, whoever speaks of it.
    let mut accounts: Vec<_> = facts.covered().collect();
    if accounts.is_empty() {
        accounts = facts.accounts.iter().collect();
    }
    let unnamed = accounts.iter().filter(|account| account.named.is_none());
    let unnamed: Vec<_> = unnamed.map(|account| &account.username).collect();
    if !unnamed.is_empty() {
        is_faulty = true;
        faults = Detail::from("the mail doesn't speak of ").accounts(unnamed);
        let others = &facts.naming.others[..facts.naming.others.len().min(TOLD)];
        if !others.is_empty() {
            faults = faults.and("; it speaks of ").accounts(others);
        }
    }
    if !asks {
        is_faulty = true;
        faults = faults.then("it doesn't ask for a reset".into());
    }
    if is_faulty {
        return doubt(faults);
    }
    if facts.accounts.is_empty() {
        return moot("no account is named yet");
    }
    let mut detail = Detail::from("the mail asks for ");
    for (at, account) in accounts.into_iter().enumerate() {
        let by = account.named.map_or("", NamedBy::sentence);
        let comma = if at > 0 { ", " } else { "" };
        detail = detail
            .and(comma)
            .accounts([&account.username])
            .and(format!(" ({by})"));
    }
    pass(detail)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::verdict::{CheckResult, Verdict};

    #[test]
    fn a_mail_that_speaks_of_nobody_or_asks_for_nothing_goes_to_the_challenge() {
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
        let unnamed = Sample::with(|sample| {
            sample.facts.accounts[0].named = None;
            sample.facts.naming.others = vec!["z.celik".parse().unwrap()];
        });
        let found = unnamed.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert_eq!(
            found.detail.whole(),
            "the mail doesn't speak of j.jansen; it speaks of z.celik"
        );
        let greeting = Sample::with(|sample| sample.facts.naming.asks = false);
        assert_eq!(greeting.look(check).allows, Verdict::Challenge);
        let unbound = Sample::with(|sample| sample.facts.accounts.clear());
        let found = unbound.look(check);
        assert_eq!(
            (found.result, found.allows),
            (CheckResult::None, Verdict::Verified)
        );
    }
}
