//! Mailboxes on servers that are broken, lie, or never come to an end.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::fetch::{counts, fetch};
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::dovecot::Dovecot;
use crate::support::imap_server::{ImapServer, Says};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Engine, Ran, on_both_databases};

/// So many mails of the director.
fn mails(dns: &DnsServer, ids: &[&str]) -> Vec<String> {
    let school = Domain::publish(dns, "beatrixschool.nl");
    let signed = ids.iter().map(|id| school.sign(&mail(DIRECTOR, DESK, id)));
    signed.collect()
}

fn over(desk: &Desk, dns: &DnsServer, server: &ImapServer, more: &[(&str, &str)]) -> Ran {
    let url = format!("imaps://localhost:{}", server.port);
    let password = desk.secret("imap-password", "geheim");
    let mut env = vec![
        ("SSL_CERT_FILE", server.trusted().to_str().unwrap()),
        ("BALIE_IMAP_URL", url.as_str()),
        ("BALIE_IMAP_USER", "balie"),
        ("BALIE_IMAP_PASSWORD_FILE", password.to_str().unwrap()),
    ];
    env.extend(more);
    fetch(desk, dns, &env, &[])
}

/// A fetch that had something to tell: exit 7, and its report all the same.
#[track_caller]
fn report(ran: &Ran) -> Value {
    assert_eq!(ran.exit, 7, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("imap_unavailable"), "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stderr))
}

fn set_aside(desk: &Desk) -> Vec<Value> {
    let list = desk.run_json(["mailbox", "quarantine"]).json();
    list["messages"].as_array().unwrap().clone()
}

/// Mails of which the third doesn't come, in this way, until the switch is thrown.
fn broken_third(
    desk: &Desk,
    dns: &DnsServer,
    alone: &'static str,
) -> (ImapServer, Arc<AtomicBool>) {
    let mails = mails(dns, &["1", "2", "3", "4", "5"]);
    let mended = Arc::new(AtomicBool::new(false));
    let is_mended = Arc::clone(&mended);
    let first = mails[0].clone();
    let server = ImapServer::start(&desk.path(""), &mails, move |command, _| {
        if is_mended.load(Ordering::Relaxed) || !command.contains("BODY.PEEK[]") {
            return None;
        }
        // The batch breaks off after the first; then each is asked for alone.
        if command.contains(',') {
            return Some(Says::Lines(format!(
                "* 1 FETCH (UID 1 BODY[] {{{}}}\r\n{first})\r\nTAG NO [SERVERBUG] Some messages can't be read\r\n",
                first.len()
            )));
        }
        command.starts_with("UID FETCH 3 ").then(|| alone.into())
    });
    (server, mended)
}

on_both_databases! {
    fn a_mail_that_the_server_cant_read_is_set_aside_and_taken_once_it_can(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let (server, mended) = broken_third(desk, &dns, "TAG NO [SERVERBUG] it's \"damaged\"\r\n");
        let first = report(&over(desk, &dns, &server, &[]));
        assert_eq!(counts(&first), [&json!(4), &json!(0), &json!(1)], "{first:#}");
        assert_eq!(first["withheld"], 1);
        let aside = set_aside(desk);
        let reason = aside[0]["reason"].as_str().unwrap();
        assert_eq!(reason, "the server doesn't give it: [SERVERBUG] it's \"damaged\"");
        let (exit, code, _) = desk
            .run_json(["mailbox", "quarantine", aside[0]["id"].as_str().unwrap(), "--eml", "-"])
            .error();
        assert_eq!((exit, code.as_str()), (3, "not_found"), "there are no bytes of it");
        // It's told once, and asked for each time.
        let again = over(desk, &dns, &server, &[]).json();
        assert_eq!(counts(&again), [&json!(0); 3]);
        assert_eq!(set_aside(desk).len(), 1);
        mended.store(true, Ordering::Relaxed);
        let last = over(desk, &dns, &server, &[]).json();
        assert_eq!(counts(&last), [&json!(1), &json!(0), &json!(0)], "{last:#}");
        assert_eq!(set_aside(desk), Vec::<Value>::new());
        assert_eq!(counts(&over(desk, &dns, &server, &[]).json()), [&json!(0); 3]);
        assert_eq!(desk.run_json(["audit", "verify"]).exit, 0);
    }

    fn a_mail_that_dovecot_cant_open_is_taken_once_it_can(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::start();
        for (name, mail) in ["1.a", "2.a", "3.a"].iter().zip(mails(&dns, &["1", "2", "3"])) {
            server.deliver(name, mail.as_bytes());
        }
        server.lock("2.a", true);
        let ran = super::fetch::over_imap(desk, &dns, &server, &[]);
        let first = report(&ran);
        assert_eq!(counts(&first), [&json!(2), &json!(0), &json!(1)], "{first:#}");
        server.lock("2.a", false);
        let last = super::fetch::over_imap(desk, &dns, &server, &[]).json();
        assert_eq!(counts(&last), [&json!(1), &json!(0), &json!(0)], "{last:#}");
        assert_eq!(set_aside(desk), Vec::<Value>::new());
    }
}

#[test]
fn an_answer_without_text_or_number_isnt_whole() {
    for alone in [
        "* 3 FETCH (UID 3)\r\nTAG OK done\r\n",
        "* 3 FETCH (UID 3 BODY[] NIL)\r\nTAG OK done\r\n",
        "* 3 FETCH (BODY[] {4}\r\nabcd)\r\nTAG OK done\r\n",
    ] {
        let desk = Desk::new(Engine::Sqlite);
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let (server, mended) = broken_third(&desk, &dns, alone);
        let first = report(&over(&desk, &dns, &server, &[]));
        assert_eq!(
            counts(&first),
            [&json!(4), &json!(0), &json!(1)],
            "{alone}: {first:#}"
        );
        mended.store(true, Ordering::Relaxed);
        let last = over(&desk, &dns, &server, &[]).json();
        assert_eq!(
            counts(&last),
            [&json!(1), &json!(0), &json!(0)],
            "{alone}: {last:#}"
        );
    }
}

/// Everything that a server can refuse keeps the place: once it's over, all mails are taken.
#[test]
fn a_server_that_refuses_keeps_nothing_from_us_for_good() {
    let refusals: [(&str, &'static str, &str); 7] = [
        (
            "LOGIN",
            "TAG NO [UNAVAILABLE] come back later\r\n",
            "refuses: [UNAVAILABLE] come back later",
        ),
        (
            "EXAMINE",
            "TAG NO [INUSE] come back later\r\n",
            "refuses: [INUSE] come back later",
        ),
        (
            "RFC822.SIZE",
            "TAG NO [UNAVAILABLE] come back later\r\n",
            "refuses: [UNAVAILABLE] come back later",
        ),
        (
            "RFC822.SIZE",
            "* 1 FETCH (RFC822.SIZE 10)\r\nTAG OK\r\n",
            "is incomplete",
        ),
        (
            "BODY.PEEK",
            "TAG NO [UNAVAILABLE] come back later\r\n",
            "refuses: [UNAVAILABLE] come back later",
        ),
        ("BODY.PEEK", "TAG OK\r\n", "is incomplete"),
        ("UID FETCH", "* BYE going down\r\n", "hung up: going down"),
    ];
    for (at, says, expected) in refusals {
        let desk = Desk::new(Engine::Sqlite);
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let mended = Arc::new(AtomicBool::new(false));
        let is_mended = Arc::clone(&mended);
        let mails = mails(&dns, &["1", "2"]);
        let server = ImapServer::start(&desk.path(""), &mails, move |command, _| {
            let hit = command.contains(at) && !is_mended.load(Ordering::Relaxed);
            hit.then(|| says.into())
        });
        let (exit, code, message) = over(&desk, &dns, &server, &[]).error();
        assert_eq!(
            (exit, code.as_str()),
            (7, "imap_unavailable"),
            "{at} {says}: {message}"
        );
        assert!(message.contains(expected), "{at} {says}: {message}");
        assert!(set_aside(&desk).is_empty(), "{at} {says}");
        mended.store(true, Ordering::Relaxed);
        let last = over(&desk, &dns, &server, &[]).json();
        assert_eq!(last["taken"], 2, "{at} {says}: {last:#}");
    }
}

#[test]
fn an_answer_that_the_parser_falls_over_is_a_server_that_cant_be_used() {
    let desk = Desk::new(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    for says in [
        "TAG OK [UIDNEXT 3]\u{e9}\r\n",
        "* 1 FETCH ((((\r\nTAG OK\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
    ] {
        let server = ImapServer::start(&desk.path(""), &[], move |command, _| {
            command.starts_with("EXAMINE").then(|| says.into())
        });
        let ran = over(&desk, &dns, &server, &[]);
        assert_eq!(ran.exit, 7, "{says}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("what it answers isn't IMAP"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_server_that_doesnt_mark_what_was_taken_is_told_of() {
    for (after, verb) in [("seen", "STORE"), ("move:Gedaan", "MOVE")] {
        let desk = Desk::new(Engine::Sqlite);
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let ids: Vec<String> = (0..30).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let server = ImapServer::start(&desk.path(""), &mails(&dns, &ids), move |command, _| {
            let refuses = command.contains(verb);
            refuses.then(|| "TAG NO [NOPERM] not yours\r\n".into())
        });
        let ran = over(&desk, &dns, &server, &[("BALIE_IMAP_AFTER", after)]);
        let first = report(&ran);
        assert_eq!(first["taken"], 30, "the second batch is taken all the same");
        assert_eq!(
            first["not_marked"],
            "the IMAP server refuses: [NOPERM] not yours"
        );
        assert!(ran.stderr.contains("not yours"), "{}", ran.stderr);
    }
}

#[test]
fn a_server_that_never_ends_ends_the_fetch_soon_and_in_little_memory() {
    let endless: [(&str, &'static str); 6] = [
        ("", "* OK hello "),
        ("EXAMINE", "* FLAGS (\\Seen)\r\n"),
        (
            "UID FETCH",
            "* 1 FETCH (UID 5 RFC822.SIZE 10 INTERNALDATE \"21-Sep-2026 16:13:20 +0200\")\r\n",
        ),
        ("BODY.PEEK", "* 1 FETCH (UID 1 BODY[] {4}\r\nabcd)\r\n"),
        ("BODY.PEEK", "* 1 FETCH (UID 1 BODY[] {900000000}\r\n"),
        ("BODY.PEEK", "* 1 FETCH (UID 1 BODY[] {400000000}\r\n"),
    ];
    for (at, says) in endless {
        let desk = Desk::new(Engine::Sqlite);
        let dns = DnsServer::start().unwrap();
        let server = ImapServer::start(
            &desk.path(""),
            &mails(&dns, &["1", "2"]),
            move |command, _| {
                let hit = if at.is_empty() {
                    command.is_empty()
                } else {
                    command.contains(at)
                };
                hit.then_some(Says::Endless(says))
            },
        );
        let began = Instant::now();
        let ran = over(&desk, &dns, &server, &[]);
        assert_eq!(ran.exit, 7, "{at}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("imap_unavailable"),
            "{at}: {}",
            ran.stderr
        );
        assert!(ran.stderr.len() < 400, "{at}: {}", ran.stderr);
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "{at}: {:?}",
            began.elapsed()
        );
    }
}

#[test]
fn a_server_that_doesnt_greet_is_waited_for_only_so_long() {
    let desk = Desk::new(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let server = ImapServer::start(&desk.path(""), &[], |_, _| Some(Says::Nothing));
    let (exit, code, message) = over(&desk, &dns, &server, &[]).error();
    assert_eq!((exit, code.as_str()), (7, "imap_unavailable"));
    assert!(message.contains("within 15 s"), "{message}");
}

#[test]
fn two_servers_on_one_host_are_two_mailboxes() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    for id in ["1", "2"] {
        let server = ImapServer::start(&desk.path(""), &mails(&dns, &[id]), |_, _| None);
        let report = over(&desk, &dns, &server, &[]).json();
        assert_eq!(report["taken"], 1, "{report:#}");
        let place = report["place"].as_str().unwrap();
        assert!(place.contains(&server.port.to_string()), "{place}");
    }
}

#[test]
fn a_server_at_an_ipv6_address_is_reached() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let listener = TcpListener::bind("[::1]:0").unwrap();
    let server = ImapServer::listen(listener, &desk.path(""), &mails(&dns, &["1"]), |_, _| None);
    let url = format!("imaps://[::1]:{}/INBOX", server.port);
    let report = over(&desk, &dns, &server, &[("BALIE_IMAP_URL", &url)]).json();
    assert_eq!(report["taken"], 1);
}

#[test]
fn a_mailbox_that_begins_far_up_and_has_gaps_is_listed_whole() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let mails = mails(&dns, &["1", "2"]);
    let texts = mails.clone();
    // Numbers as of servers that take the time for one; with a gap that no window spans.
    let server = ImapServer::start(&desk.path(""), &mails, move |command, _| {
        let uids = [1_790_000_000_u32, 1_790_250_000];
        if command.starts_with("EXAMINE") {
            let line =
                "* 2 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 1790250001]\r\nTAG OK\r\n";
            return Some(line.into());
        }
        if command.starts_with("FETCH 1 ") {
            return Some(Says::Lines(format!(
                "* 1 FETCH (UID {})\r\nTAG OK\r\n",
                uids[0]
            )));
        }
        let set = command.strip_prefix("UID FETCH ")?.split(' ').next()?;
        let range = match set.split_once(':') {
            Some((from, "*")) => from.parse().ok()?..=u32::MAX,
            Some((from, to)) => from.parse().ok()?..=to.parse().ok()?,
            None => set.parse().ok()?..=set.parse().ok()?,
        };
        let found = uids
            .iter()
            .zip(&texts)
            .filter(|(uid, _)| range.contains(uid));
        let lines = found.map(|(uid, mail)| {
            let text = if command.contains("BODY") {
                format!("BODY[] {{{}}}\r\n{mail}", mail.len())
            } else {
                format!("RFC822.SIZE {}", mail.len())
            };
            format!("* 1 FETCH (UID {uid} {text})\r\n")
        });
        Some(Says::Lines(format!(
            "{}TAG OK\r\n",
            lines.collect::<String>()
        )))
    });
    assert_eq!(over(&desk, &dns, &server, &[]).json()["taken"], 2);
    assert!(server.commands().len() < 15, "{:#?}", server.commands());
    assert_eq!(over(&desk, &dns, &server, &[]).json()["taken"], 0);
}

#[test]
fn what_a_server_cant_do_is_said_with_what_mends_it() {
    let desk = Desk::new(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let cases: [(&str, &'static str, &str, &str); 4] = [
        (
            "EXAMINE",
            "* 1 EXISTS\r\nTAG OK\r\n",
            "UIDVALIDITY",
            "--maildir",
        ),
        (
            "EXAMINE",
            "TAG NO [NONEXISTENT] no such folder\r\n",
            "[NONEXISTENT] no such folder",
            "folder",
        ),
        (
            "LOGIN",
            "TAG NO [AUTHENTICATIONFAILED] wrong\r\n",
            "refuses the login: [AUTHENTICATIONFAILED] wrong",
            "password_file",
        ),
        (
            "CAPABILITY",
            "* CAPABILITY IMAP4rev1\r\nTAG OK\r\n",
            "can't move",
            "`leave` or `seen`",
        ),
    ];
    for (at, says, expected, mends) in cases {
        let server = ImapServer::start(&desk.path(""), &[], move |command, _| {
            let hit = command.replace("SELECT", "EXAMINE").starts_with(at);
            hit.then(|| says.into())
        });
        let after = if at == "CAPABILITY" {
            "move:x"
        } else {
            "leave"
        };
        let ran = over(&desk, &dns, &server, &[("BALIE_IMAP_AFTER", after)]);
        let (exit, code, message) = ran.error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{at}");
        assert!(message.contains(expected), "{message}");
        assert!(
            !message.contains("info:") && !message.contains("Some("),
            "{message}"
        );
        let error: Value = serde_json::from_str(&ran.stderr).unwrap();
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(hint.contains(mends), "{at}: {hint}");
    }
    let server = ImapServer::start(&desk.path(""), &[], |_, _| None);
    let url = format!("imaps://desk:ge@heim@localhost:{}", server.port);
    let ran = over(&desk, &dns, &server, &[("BALIE_IMAP_URL", &url)]);
    let (exit, _, message) = ran.error();
    assert_eq!(exit, 2);
    assert!(
        !message.contains("heim@") && !message.contains("desk"),
        "{message}"
    );
}

#[test]
fn folders_have_the_names_that_people_gave_them() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let server = Dovecot::start();
    let at = |folder: &str, after: &str| {
        let url = format!("imaps://localhost:{}/{folder}", server.port);
        let more = [
            ("BALIE_IMAP_URL", url.as_str()),
            ("BALIE_IMAP_AFTER", after),
        ];
        super::fetch::over_imap(&desk, &dns, &server, &more)
    };
    for (id, folder) in ["Aanvragen 2FA/Reünie", "R&D", "Verzoeken é"]
        .iter()
        .enumerate()
    {
        let mail = &mails(&dns, &[&id.to_string()])[0];
        server.deliver(&format!("{id}.a"), mail.as_bytes());
        let report = at("INBOX", &format!("move:{folder}")).json();
        assert_eq!(
            counts(&report),
            [&json!(1), &json!(0), &json!(0)],
            "{report:#}"
        );
        assert_eq!(report["not_marked"], Value::Null);
        for written in [(*folder).to_owned(), folder.replace(' ', "%20")] {
            let report = at(&written, "leave");
            assert_eq!(report.exit, 0, "{folder}: {}", report.stderr);
        }
        let there = format!("imaps://localhost:{}/{folder}", server.port);
        assert_eq!(
            desk.count(&format!(
                "mailbox_messages WHERE place = '{}'",
                there.replace("imaps://", "imap://balie@")
            )),
            1
        );
    }
}
