//! Mails as directors write them, whole: each is verified for the accounts that it asks for, and for nobody else of the
//! school, also not for whoever is in it beside them.

use super::facts::AccountFacts;
use super::sample::Sample;
use super::spoken::spoken;
use crate::domain::code::Username;
use crate::domain::request::mentioned::{Person, asks, named};
use crate::domain::request::verdict::Verdict;

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
    include_str!("genuine_mails/more_requests.txt"),
    include_str!("genuine_mails/kinds.txt"),
    include_str!("genuine_mails/shapes.txt")
);
/// Mails that speak of somebody for whom they don't ask, and whom they are for where they name them.
const BYSTANDERS: &str = include_str!("genuine_mails/bystanders.txt");
/// Mails that speak of somebody's second factor and ask for nothing: reports, thanks, conditions, news, questions.
const NO_REQUESTS: &str = include_str!("genuine_mails/no_requests.txt");
/// Mails that ask for one and speak of others in other roles, and footers.
const BESIDE: &str = include_str!("genuine_mails/beside.txt");
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

/// What goes wrong where the mail is bound to whom it's for, and to anybody else.
fn wrong(subject: &str, text: &str, whom: &str) -> Vec<String> {
    let whom: Vec<&str> = whom
        .split_whitespace()
        .filter(|whom| *whom != "-")
        .collect();
    let mut wrong = Vec::new();
    if !whom.is_empty() && verdict(subject, text, &whom) != Verdict::Verified {
        wrong.push(format!("not for {whom:?}: {subject}: {text}"));
    }
    for (other, _) in SCHOOL.iter().filter(|(other, _)| !whom.contains(other)) {
        if verdict(subject, text, &[other]) != Verdict::Challenge {
            wrong.push(format!("for {other}: {subject}: {text}"));
        }
    }
    wrong
}

#[track_caller]
fn all_are_for<'m>(mails: impl Iterator<Item = (&'m str, &'m str, &'m str)>) {
    let wrong: Vec<String> = mails
        .flat_map(|(whom, subject, text)| wrong(subject, text, whom))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_genuine_mail_is_verified_for_whom_it_asks_and_for_nobody_else() {
    assert!(mails(REQUESTS).count() > 80);
    all_are_for(mails(REQUESTS));
}

#[test]
fn nobody_is_verified_who_is_only_spoken_of() {
    all_are_for(mails(BYSTANDERS).chain(mails(BESIDE)));
}

#[test]
fn nobody_is_verified_by_a_mail_that_asks_for_nothing() {
    assert!(mails(NO_REQUESTS).count() > 60);
    all_are_for(mails(NO_REQUESTS));
}

#[test]
fn what_an_answer_says_to_a_stranger_is_no_request() {
    all_are_for(mails(ANSWERS).map(|(whom, _, text)| (whom, "Re: hulp", text)));
    // Some programs leave the mark off; what is quoted below tells it as well.
    let said = "Op ma 30 nov 2026 om 10:00 schreef Piet Smit <p.smit@school.nl>:";
    let quoted: Vec<(&str, String)> = mails(ANSWERS)
        .map(|(whom, _, text)| (whom, format!("{text}\n\n{said}\n> 2FA Piet Smit")))
        .collect();
    all_are_for(
        quoted
            .iter()
            .map(|(whom, text)| (*whom, "2FA Piet Smit", text.as_str())),
    );
}
