//! Mails as directors write them, whole: each is verified for the accounts that it asks for, and for nobody else of the
//! school, also not for whoever stands in it beside them.

use super::AccountFacts;
use super::sample::Sample;
use super::spoken;
use crate::domain::code::Username;
use crate::domain::mentioned::{Person, asks, named};
use crate::domain::verdict::Verdict;

const SCHOOL: [(&str, &str); 10] = [
    ("k.dejong", "Karin de Jong"),
    ("j.jansen", "Joost Jansen"),
    ("s.debakker", "Saskia de Bakker"),
    ("z.celik", "Zoë Çelik"),
    ("p.smit", "Piet Smit"),
    ("m.devries", "Marieke de Vries"),
    ("t.deboer", "Tim de Boer"),
    ("l.dekker", "Lisa Dekker"),
    ("e.vdberg", "Els van der Berg"),
    ("a.smit", "Anne-Marie Smit"),
];

/// Requests, and whom each is for.
const REQUESTS: &str = concat!(
    include_str!("genuine_mails/requests.txt"),
    include_str!("genuine_mails/more_requests.txt")
);
/// Mails that speak of somebody for whom they don't ask, and whom they are for where they name them.
const BYSTANDERS: &str = include_str!("genuine_mails/bystanders.txt");
/// Answers to a stranger or to the desk, and whom they ask for; what is said to a stranger asks the desk for nobody.
const ANSWERS: &str = include_str!("genuine_mails/answers.txt");

/// `=== USERNAMES | SUBJECT`, and the text below; `-` for nobody.
fn mails(all: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mails = all.split("=== ").filter(|mail| !mail.is_empty());
    mails.map(|mail| {
        let (head, text) = mail.split_once('\n').unwrap();
        let (whom, subject) = head.split_once('|').unwrap_or((head, ""));
        (whom.trim(), subject.trim(), text.trim())
    })
}

/// The verdict on a request that is bound to these accounts.
fn verdict(subject: &str, text: &str, usernames: &[&str]) -> Verdict {
    let mut sample = Sample::with(|sample| {
        sample.evidence.subject = subject.into();
        sample.evidence.readings[0].text = text.into();
    });
    let bound = |username: &&str| AccountFacts {
        username: username.parse().unwrap(),
        ..sample.facts.accounts[0].clone()
    };
    sample.facts.accounts = usernames.iter().map(bound).collect();
    let addresses = SCHOOL.map(|(username, _)| format!("{username}@school.nl"));
    let people: Vec<Person<'_>> = SCHOOL
        .iter()
        .zip(&addresses)
        .map(|((username, name), work_email)| Person {
            username,
            name,
            work_email,
        })
        .collect();
    let words = spoken(&sample.evidence, &sample.facts, sample.now);
    let said = words.said("Daan Visser").unwrap();
    let found = named(&said, &people).into_iter();
    let found: Vec<(Username, _)> = found
        .map(|(at, by)| (SCHOOL[at].0.parse().unwrap(), by))
        .collect();
    sample.facts.naming.asks = asks(&said);
    sample.facts.note_named(found, None);
    sample.judge().verdict
}

#[track_caller]
fn is_for(subject: &str, text: &str, whom: &str) {
    let whom: Vec<&str> = whom
        .split_whitespace()
        .filter(|whom| *whom != "-")
        .collect();
    if !whom.is_empty() {
        let found = verdict(subject, text, &whom);
        assert_eq!(found, Verdict::Verified, "{whom:?}: {subject}: {text}");
    }
    for (other, _) in SCHOOL.iter().filter(|(other, _)| !whom.contains(other)) {
        let found = verdict(subject, text, &[other]);
        assert_eq!(found, Verdict::Challenge, "{other}: {subject}: {text}");
    }
}

#[test]
fn a_genuine_mail_is_verified_for_whom_it_asks_and_for_nobody_else() {
    assert!(mails(REQUESTS).count() > 80);
    for (whom, subject, text) in mails(REQUESTS) {
        is_for(subject, text, whom);
    }
}

#[test]
fn nobody_is_verified_who_is_only_spoken_of() {
    for (whom, subject, text) in mails(BYSTANDERS) {
        is_for(subject, text, whom);
    }
}

#[test]
fn what_an_answer_says_to_a_stranger_is_no_request() {
    for (whom, _, text) in mails(ANSWERS) {
        is_for("Re: hulp", text, whom);
        // Some programs leave the mark off; what is quoted below tells it as well.
        let said = "Op ma 30 nov 2026 om 10:00 schreef Piet Smit <p.smit@school.nl>:";
        let quoted = format!("{text}\n\n{said}\n> 2FA Piet Smit");
        is_for("2FA Piet Smit", &quoted, whom);
    }
}
