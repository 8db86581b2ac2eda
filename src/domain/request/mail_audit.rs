//! How the mails of a school's domain came out, and what it takes to have them proven.

use std::collections::BTreeMap;

use serde::Serialize;

use super::judge::{Condition, Mender, Unmet};
use super::verdict::Verdict;

/// How many ways to mend one thing are told apart: a forger picks the domains that stand in them.
const MOST_WAYS: usize = 16;

/// How many mails came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MailCounts {
    /// All of them.
    pub mails: u64,
    /// Proven by themselves.
    pub verified: u64,
    /// Left to a challenge, whether it was answered or not.
    pub challenge: u64,
    /// Turned away.
    pub rejected: u64,
}

/// Something that kept mails from being proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Which condition.
    pub condition: Condition,
    /// Of how many mails.
    pub mails: u64,
    /// Who can mend it.
    pub who: Mender,
    /// How, as most of these mails have it.
    pub what: String,
}

/// The mails of one group, counted one by one.
#[derive(Clone, Debug, Default)]
pub struct MailTally {
    counts: MailCounts,
    missing: BTreeMap<(Condition, Mender), Lack>,
}

#[derive(Clone, Debug, Default)]
struct Lack {
    mails: u64,
    ways: BTreeMap<String, u64>,
}

impl MailTally {
    /// Counts a mail that came out like this, and what it lacked.
    pub fn count(&mut self, verdict: Verdict, unmet: Vec<Unmet>) {
        self.counts.mails += 1;
        match verdict {
            Verdict::Verified => self.counts.verified += 1,
            Verdict::Challenge => self.counts.challenge += 1,
            Verdict::Rejected => self.counts.rejected += 1,
        }
        for unmet in unmet {
            let lack = self.missing.entry((unmet.condition, unmet.who));
            let lack = lack.or_default();
            lack.mails += 1;
            if lack.ways.len() < MOST_WAYS || lack.ways.contains_key(&unmet.what) {
                *lack.ways.entry(unmet.what).or_default() += 1;
            }
        }
    }

    /// How they came out.
    #[must_use]
    pub const fn counts(&self) -> MailCounts {
        self.counts
    }

    /// What was missing, what most of them lack first.
    #[must_use]
    pub fn missing(self) -> Vec<Missing> {
        let most_told = |ways: BTreeMap<String, u64>| {
            let most = ways
                .into_iter()
                .max_by_key(|(what, mails)| (*mails, std::cmp::Reverse(what.clone())));
            most.map(|(what, _)| what).unwrap_or_default()
        };
        let lacks = self.missing.into_iter();
        let mut missing: Vec<Missing> = lacks
            .map(|((condition, who), lack)| Missing {
                condition,
                mails: lack.mails,
                who,
                what: most_told(lack.ways),
            })
            .collect();
        missing.sort_by_key(|missing| std::cmp::Reverse(missing.mails));
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unmet(condition: Condition, who: Mender, what: &str) -> Unmet {
        Unmet {
            condition,
            why: "as it was found".into(),
            who,
            what: what.into(),
        }
    }

    #[test]
    fn what_most_mails_lack_comes_first_as_most_of_them_have_it() {
        let mut tally = MailTally::default();
        let own = |what| unmet(Condition::Own, Mender::Administrator, what);
        let line = || unmet(Condition::Addressed, Mender::Director, "first line");
        tally.count(Verdict::Verified, vec![]);
        tally.count(Verdict::Challenge, vec![line()]);
        tally.count(Verdict::Challenge, vec![own("at Microsoft"), line()]);
        tally.count(Verdict::Challenge, vec![own("at Microsoft"), line()]);
        tally.count(Verdict::Rejected, vec![own("at Google")]);
        let counts = tally.counts();
        assert_eq!((counts.mails, counts.verified), (5, 1));
        assert_eq!((counts.challenge, counts.rejected), (3, 1));
        let missing = tally.missing();
        let told: Vec<_> = missing
            .iter()
            .map(|missing| (missing.condition, missing.mails, missing.what.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Condition::Own, 3, "at Microsoft"),
                (Condition::Addressed, 3, "first line"),
            ]
        );
    }

    #[test]
    fn a_forger_who_changes_domains_fills_nothing_up() {
        let mut tally = MailTally::default();
        for at in 0..1000 {
            let what = format!("see to evil{at}.example");
            let holds = unmet(Condition::Holds, Mender::Administrator, &what);
            tally.count(Verdict::Rejected, vec![holds]);
        }
        let lack = &tally.missing[&(Condition::Holds, Mender::Administrator)];
        assert_eq!((lack.mails, lack.ways.len()), (1000, MOST_WAYS));
    }
}
