//! The mail speaks of every account that the request is for, and asks for something that the desk does: a
//! proven mail about something else isn't a request.

use super::addressed::{Addressed, By};
use super::case::Case;
use super::facts::AskingDoubt;
use super::finding::{Finding, doubt, moot, pass};
use super::read::Read;
use crate::domain::request::check_detail::Detail;
use crate::domain::request::mentioned::NamedBy;

/// How many other accounts are told.
const TOLD: usize = 3;
/// How much of a line is told, in characters.
const TOLD_OF_LINE: usize = 40;

pub(super) fn check(case: &Case<'_>) -> Finding {
    let facts = case.facts;
    let asks = facts.naming.asks;
    let mut faults = Detail::default();
    // An account that isn't covered stays out, whoever speaks of it.
    let mut accounts: Vec<_> = facts.covered().collect();
    if accounts.is_empty() {
        accounts = facts.accounts.iter().collect();
    }
    let others = &facts.naming.others[..facts.naming.others.len().min(TOLD)];
    let spoken_of = |detail: Detail, how: &'static str| match others {
        [] => detail,
        others => detail.and(how).accounts(others),
    };
    let which = |is_so: fn(NamedBy) -> bool| -> Vec<_> {
        let so = accounts
            .iter()
            .filter(|account| account.named.is_some_and(is_so));
        so.map(|account| &account.username).collect()
    };
    let unnamed = accounts.iter().filter(|account| account.named.is_none());
    let unnamed: Vec<_> = unnamed.map(|account| &account.username).collect();
    if !unnamed.is_empty() {
        let detail = Detail::from("the mail doesn't speak of ").accounts(unnamed);
        faults = spoken_of(detail, "; it speaks of ");
    }
    let aside = which(|by| !by.counts());
    if !aside.is_empty() {
        let detail = Detail::from("the mail speaks of ").accounts(aside);
        let detail = detail.and(" in passing, and asks for somebody else");
        faults = faults.then(spoken_of(detail, ": "));
    }
    // Whom half a name means isn't sure where the mail speaks of somebody else by the whole of it.
    let by_half = which(NamedBy::is_by_half);
    if !by_half.is_empty() && !others.is_empty() {
        let detail = Detail::from("the mail calls ").accounts(by_half);
        let detail = detail
            .and(" by half a name only, and speaks of ")
            .accounts(others);
        faults = faults.then(detail);
    }
    let written_to = &facts.naming.written_to;
    if !written_to.is_empty() && !accounts.is_empty() {
        let told = &written_to[..written_to.len().min(TOLD)];
        let detail = Detail::from("it's written to ").accounts(told);
        faults = faults.then(detail.and(" too, so its words may be for them and not for the desk"));
    }
    if !asks {
        let why = facts.naming.doubt.map(AskingDoubt::sentence);
        faults = faults.then(why.unwrap_or("it doesn't ask for a reset").into());
    }
    if !faults.is_empty() {
        let is_missing = !asks || accounts.iter().any(|account| account.named.is_none());
        if let Some(where_to) = where_to_write(case).filter(|_| is_missing) {
            faults = faults.then(where_to.into());
        }
        return doubt(faults);
    }
    if facts.accounts.is_empty() {
        return moot("no account is assigned yet");
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

/// Which words of the mail don't count, where somebody may have written it there.
fn where_to_write(case: &Case<'_>) -> Option<String> {
    let evidence = case.evidence;
    let best = case.proof.best.as_ref();
    let read = best.and_then(|best| best.read);
    let first = || evidence.readings.first();
    let read = read.or_else(|| first().map(|reading| Read::of(reading, evidence)))?;
    let by_code = "or use the code";
    if let Some(why) = read.reading.no_text {
        let why = why.sentence();
        return Some(format!(
            "{why}, and only plain text counts: have it sent as plain text, {by_code}"
        ));
    }
    if read.text.own.is_empty() {
        return Some(format!(
            "there are no words above what it quotes or forwards, and a subject alone doesn't count: have it written in the text, {by_code}"
        ));
    }
    let mut below = read.text.below.lines().map(str::trim);
    if let Some(line) = below.find(|line| !line.is_empty()) {
        let line: String = line.chars().take(TOLD_OF_LINE).collect();
        return Some(format!(
            "its own words end above the line `{line}`, and only those count: have it written there, {by_code}"
        ));
    }
    let by_recipients = best.is_some_and(|best| {
        matches!(
            best.addressed,
            Addressed::Desks {
                by: By::Recipients,
                ..
            }
        )
    });
    let why = if evidence.subject.contains([':', '：']) {
        "it has a colon"
    } else if !by_recipients {
        "only its own words say that the mail was written to the desk"
    } else {
        return None;
    };
    (!evidence.subject.is_empty()).then(|| {
        format!("its subject alone doesn't count, as {why}: have it written in the text, {by_code}")
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::{CheckResult, Verdict};

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
        assert!(
            greeting
                .look(check)
                .detail
                .whole()
                .contains("it doesn't ask for a reset")
        );
        let unclear = Sample::with(|sample| {
            sample.facts.naming.asks = false;
            sample.facts.naming.doubt = Some(AskingDoubt::Unclear);
        });
        assert!(
            unclear
                .look(check)
                .detail
                .whole()
                .contains("it speaks of it")
        );
        let by_half = Sample::with(|sample| {
            sample.facts.accounts[0].named = Some(NamedBy::FirstName);
            sample.facts.naming.others = vec!["z.celik".parse().unwrap()];
        });
        let found = by_half.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert_eq!(
            found.detail.whole(),
            "the mail calls j.jansen by half a name only, and speaks of z.celik"
        );
        let aside = Sample::with(|sample| {
            sample.facts.accounts[0].named = Some(NamedBy::Aside);
            sample.facts.naming.others = vec!["z.celik".parse().unwrap()];
        });
        let found = aside.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert_eq!(
            found.detail.whole(),
            "the mail speaks of j.jansen in passing, and asks for somebody else: z.celik"
        );
        let to_a_colleague = Sample::with(|sample| {
            sample.facts.naming.written_to = vec!["j.jansen".parse().unwrap()];
        });
        let found = to_a_colleague.look(check);
        assert_eq!(found.allows, Verdict::Challenge);
        assert_eq!(
            found.detail.whole(),
            "it's written to j.jansen too, so its words may be for them and not for the desk"
        );
        let unbound = Sample::with(|sample| sample.facts.accounts.clear());
        let found = unbound.look(check);
        assert_eq!(
            (found.result, found.allows),
            (CheckResult::None, Verdict::Verified)
        );
    }

    /// What an unnamed account's sentence says of a mail with this subject and text.
    fn told(subject: &str, text: &str, change: impl FnOnce(&mut Sample)) -> String {
        let sample = Sample::with(|sample| {
            sample.facts.accounts[0].named = None;
            sample.evidence.subject = subject.into();
            sample.evidence.readings[0].text = text.into();
            change(sample);
        });
        sample.look(check).detail.whole()
    }

    #[test]
    fn it_is_said_which_words_do_not_count() {
        let unsigned_to =
            |sample: &mut Sample| sample.signature().signed.retain(|name| name != "to");
        let html = |sample: &mut Sample| {
            sample.evidence.readings[0].no_text =
                Some(crate::domain::request::evidence::NoText::HtmlOnly);
        };
        let aan = "Aan: utrecht@otservicedesk.nl\nGraag resetten";
        assert!(
            told("2FA", "j.jansen graag", html).contains("only HTML, and only plain text counts")
        );
        assert!(told("2FA j.jansen", "", |_| {}).contains("a subject alone doesn't count"));
        assert!(
            told("2FA j.jansen", aan, unsigned_to)
                .contains("its subject alone doesn't count, as only its own words say")
        );
        assert!(told("2FA: j.jansen", "Graag", |_| {}).contains("as it has a colon"));
        let drawn = told("2FA", "Graag\n-----\nj.jansen", |_| {});
        assert!(drawn.ends_with("its own words end above the line `-----`, and only those count: have it written there, or use the code"), "{drawn}");
        let sent_on = told(
            "FW: 2FA",
            "Wil je Joost helpen?\n\nVan: Joost Jansen\nIk kan niet inloggen",
            |_| {},
        );
        assert!(
            sent_on.contains("above the line `Van: Joost Jansen`"),
            "{sent_on}"
        );
        assert_eq!(
            told("2FA", "Graag", |_| {}),
            "the mail doesn't speak of j.jansen"
        );
    }
}
