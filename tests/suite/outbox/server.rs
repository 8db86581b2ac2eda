//! SMTP servers that are broken, slow, foreign, or never come to an end.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use balie::domain::timestamp::Timestamp;
use balie::mail::{Mail, Smtp};
use balie::world::{Terminal, World};
use data_encoding::BASE64;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use serde_json::Value;

use crate::request::challenge::doubtful;
use crate::reset::requests::{reset, verified_request};
use crate::support::smtp_server::{Says, SmtpServer};
use crate::support::{Desk, Engine, Ran, on_both_databases};

/// A desk with so many mails that are due.
pub(super) fn queue(desk: &Desk, pairs: u32) {
    let request = verified_request(desk, &["j.jansen"]);
    assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
    copy_the_queue(desk, pairs);
}

/// So many times the mails that are queued, due at once.
pub(super) fn copy_the_queue(desk: &Desk, times: u32) {
    for copy in 1..times {
        desk.sql(&format!(
            "INSERT INTO outbox (message_id, recipient, language, notice, queued_at, due_at)
             SELECT 'copy{copy}.' || message_id, recipient, language, notice, queued_at, due_at
             FROM outbox WHERE message_id NOT LIKE 'copy%'"
        ))
        .unwrap();
    }
    desk.sql("UPDATE outbox SET due_at = 1").unwrap();
}

pub(super) fn send(desk: &Desk, url: &str, more: &[(&str, &str)]) -> Ran {
    let mut command = desk.command();
    command
        .env("BALIE_SMTP_URL", url)
        .env("BALIE_SMTP_FROM", "Servicedesk <utrecht@otservicedesk.nl>")
        .envs(more.iter().copied())
        .args(["--format", "json", "outbox", "send"]);
    Ran::new(&command.output().unwrap())
}

pub(super) fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))
}

on_both_databases! {
    fn a_reply_that_isnt_utf8_concerns_that_mail_alone(desk: &Desk) {
        queue(desk, 4);
        let server = SmtpServer::start(|line, before| {
            let refused = line.starts_with("RCPT") && line.contains("jansen") && before == 0;
            refused.then(|| Says::Bytes(b"550 kein Empf\xe4nger\r\n".into()))
        });
        let ran = send(desk, &server.url, &[]);
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        let report = report(&ran);
        assert_eq!((&report["sent"], &report["failed"]), (&7.into(), &1.into()), "{report:#}");
        assert!(report["last_error"].as_str().unwrap().contains("kein Empf?nger"), "{report:#}");
        assert_eq!(server.mails().len(), 7);
        let connections = server.heard().iter().filter(|line| line.is_empty()).count();
        assert_eq!(connections, 2, "one connection carries many mails");
    }

    fn what_is_refused_for_good_isnt_tried_again_and_is_shown(desk: &Desk) {
        queue(desk, 2);
        let server = SmtpServer::start(|line, _| {
            line.contains("jansen").then(|| "550 5.1.1 no such user".into())
        });
        let ran = send(desk, &server.url, &[]);
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        let first = report(&ran);
        assert_eq!((&first["sent"], &first["failed"], &first["given_up"]), (&2.into(), &2.into(), &2.into()), "{first:#}");
        assert!(ran.stderr.contains("2 mails are given up"), "{}", ran.stderr);
        desk.sql("UPDATE outbox SET due_at = 1").unwrap();
        let again = report(&send(desk, &server.url, &[]));
        assert_eq!((&again["sent"], &again["failed"]), (&0.into(), &0.into()), "{again:#}");
        let listed = desk.run_json(["outbox", "list"]).json();
        let failed: Vec<_> = listed["mails"].as_array().unwrap().iter().filter(|mail| mail["state"] == "failed").collect();
        assert_eq!(failed.len(), 2);
        assert!(failed[0]["last_error"].as_str().unwrap().contains("no such user"), "{listed:#}");
        assert_eq!(desk.count("event_details WHERE json LIKE '%\"given_up\":true%'"), 2);
        assert!(desk.run(["doctor"]).stdout.contains("couldn't be delivered"));
    }

    fn what_the_desk_itself_can_mend_is_tried_again(desk: &Desk) {
        queue(desk, 1);
        for (line, answer) in [("MAIL", "550 no such sender"), ("RCPT", "554 5.7.1 relay access denied"), ("RCPT", "530 log in first")] {
            desk.sql("UPDATE outbox SET due_at = 1").unwrap();
            let server = SmtpServer::start(move |said, _| said.starts_with(line).then(|| answer.into()));
            let told = report(&send(desk, &server.url, &[]));
            assert_eq!((&told["sent"], &told["failed"], &told["given_up"]), (&0.into(), &2.into(), &0.into()), "{answer}: {told:#}");
        }
        assert_eq!(desk.count("outbox WHERE failed_at IS NOT NULL"), 0);
    }

    fn codes_of_challenges_go_out_first(desk: &Desk) {
        queue(desk, 3);
        let request = doubtful(desk);
        let id = request["id"].as_str().unwrap();
        desk.run_json(["request", "challenge", id]).json();
        let server = SmtpServer::start(|_, _| None);
        send(desk, &server.url, &[]);
        let mails = server.mails();
        assert_eq!(mails.len(), 7);
        assert!(mails[0].contains(id), "the code of {id} comes first:\n{}", mails[0]);
    }

    fn a_run_that_lasts_longer_than_a_claim_sends_nothing_twice(desk: &Desk) {
        queue(desk, 5);
        #[expect(clippy::disallowed_methods, reason = "a second run has the real clock")]
        let start: Timestamp = jiff::Timestamp::now().into();
        // Each look at the clock, three minutes have gone by; at the sixth mail it's now.
        let looks = AtomicI64::new(0);
        let clock = || {
            let minutes = 3 * looks.fetch_add(1, Ordering::Relaxed) - 36;
            start.plus(jiff::SignedDuration::from_mins(minutes))
        };
        let other = SmtpServer::start(|_, _| None);
        let other_url = other.url.clone();
        let second = Mutex::new(desk.command());
        second.lock().unwrap().env("BALIE_SMTP_URL", other_url)
            .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
            .args(["outbox", "send"]);
        let server = SmtpServer::start(move |line, before| {
            // While the sixth mail is on its way, another run begins.
            if line == "." && before == 5 {
                let ended = second.lock().unwrap().output().unwrap();
                assert!(ended.status.success(), "{ended:?}");
            }
            None
        });
        let mut stderr = Vec::new();
        let env = [
            ("HOME", desk.path("").display().to_string()),
            ("BALIE_DATABASE", desk.url.clone()),
            ("BALIE_SMTP_URL", server.url.clone()),
            ("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl".into()),
        ];
        let mut world = World {
            not_text: Vec::new(),
            clock: &clock,
            rng: &mut UnwrapErr(SysRng),
            stdin: &mut std::io::empty(),
            stdout: &mut std::io::sink(),
            stderr: &mut stderr,
            env: env.map(|(name, value)| (name.to_owned(), value)).into(),
            user: &|| "fatima".into(),
            account: uzers::get_effective_uid(),
            home: &|| None,
            system: std::path::Path::new("/nowhere/balie.toml"),
            terminal: Terminal::default(),
        };
        balie::run(["balie", "outbox", "send"].map(Into::into), &mut world);
        assert_eq!(String::from_utf8_lossy(&stderr), "");
        let ids = |mails: Vec<String>| -> BTreeSet<String> {
            let id = |mail: &String| mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned();
            mails.iter().map(id).collect()
        };
        let (first, second) = (ids(server.mails()), ids(other.mails()));
        assert!(first.len() >= 6 && !second.is_empty(), "{} and {}", first.len(), second.len());
        assert_eq!(first.intersection(&second).count(), 0, "{first:#?}{second:#?}");
        assert_eq!(server.mails().len() + other.mails().len(), 10);
        assert!(desk.count("outbox WHERE sent_at IS NULL") == 0);
        assert!(desk.number("SELECT COUNT(DISTINCT sent_at) FROM outbox") > 5, "each has its own time");
    }
}

#[test]
fn a_reply_that_never_ends_ends_the_run_soon() {
    let endless: [(&str, &'static str); 4] = [
        ("", "220-xxxxxxxxxxxx"),
        ("", "220-xxxxxxxxxxxx\r\n"),
        ("EHLO", "250-x\r\n"),
        ("RCPT", "250"),
    ];
    for (at, says) in endless {
        let desk = Desk::new(Engine::Sqlite);
        queue(&desk, 1);
        let server = SmtpServer::start(move |line, _| {
            let hit = if at.is_empty() {
                line.is_empty()
            } else {
                line.starts_with(at)
            };
            hit.then_some(Says::Endless(says))
        });
        let mut urls = vec![server.url.clone()];
        if at.is_empty() {
            // Before TLS nothing else is read but these lines.
            urls.push(server.url.replace("smtp+plain", "smtp"));
        }
        for url in urls {
            desk.sql("UPDATE outbox SET due_at = 1").unwrap();
            let began = Instant::now();
            let ran = send(&desk, &url, &[]);
            assert_eq!(ran.exit, 7, "{at}: {}", ran.stderr);
            assert!(
                ran.stderr.contains("can't be reached"),
                "{at}: {}",
                ran.stderr
            );
            assert!(ran.stderr.len() < 400, "{at}: {}", ran.stderr);
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "{at}: {:?}",
                began.elapsed()
            );
            assert_eq!(report(&ran)["sent"], 0);
        }
    }
}

#[test]
fn a_silent_server_is_waited_for_only_so_long() {
    let mail = || {
        Mail::builder()
            .from("desk@otservicedesk.nl".parse().unwrap())
            .to("d.visser@beatrixschool.nl".parse().unwrap())
            .body("tekst".to_owned())
            .unwrap()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for at in ["", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let server = SmtpServer::start(move |line, _| {
            let hit = if at.is_empty() {
                line.is_empty()
            } else {
                line.starts_with(at)
            };
            hit.then_some(Says::Nothing)
        });
        let smtp = Smtp::new(&server.url, None).unwrap();
        let smtp = smtp.with_patience(Duration::from_millis(300));
        let began = Instant::now();
        let sent = runtime.block_on(smtp.send(&mail()));
        let error = sent.unwrap_err().to_string();
        assert!(error.contains("doesn't come to an end"), "{at}: {error}");
        if ["", "EHLO"].contains(&at) {
            assert!(runtime.block_on(smtp.greet()).is_err());
        }
        assert!(began.elapsed() < Duration::from_secs(3), "{at}");
    }
}

#[test]
fn a_server_that_takes_no_mail_from_here_costs_one_try_not_one_of_each_mail() {
    for (at, says) in [
        ("", "554 not you"),
        ("EHLO", "501 no such name"),
        ("AUTH", "535 wrong"),
        ("MAIL", "421 going down"),
    ] {
        let desk = Desk::new(Engine::Sqlite);
        queue(&desk, 3);
        let server = SmtpServer::start(move |line, _| {
            let hit = if at.is_empty() {
                line.is_empty()
            } else {
                line.starts_with(at)
            };
            hit.then(|| says.into())
        });
        let url = server.url.replace("://", "://desk@");
        let password = desk.secret("smtp-password", "geheim");
        let more = [("BALIE_SMTP_PASSWORD_FILE", password.to_str().unwrap())];
        let ran = send(&desk, &url, &more);
        assert_eq!(ran.exit, 7, "{at}: {}", ran.stderr);
        assert!(ran.stderr.contains(&says[4..]), "{at}: {}", ran.stderr);
        assert_eq!(report(&ran)["failed"], 1, "{at}");
        assert_eq!(desk.count("outbox WHERE attempts > 0"), 1, "{at}");
    }
}

#[test]
fn a_server_is_greeted_with_a_name_that_it_takes() {
    let desk = Desk::new(Engine::Sqlite);
    queue(&desk, 1);
    let server = SmtpServer::start(|line, _| {
        let name = line.strip_prefix("EHLO ")?;
        (!name.contains('.')).then(|| "501 that's no name".into())
    });
    let heard = |name: &str| server.heard().contains(&format!("EHLO {name}"));
    assert_eq!(send(&desk, &server.url, &[]).json()["sent"], 2);
    assert!(heard("otservicedesk.nl"), "{:?}", server.heard());
    for name in ["desk.example.nl", "[192.0.2.1]", "[IPv6:2001:db8::1]"] {
        desk.sql("UPDATE outbox SET due_at = 1, sent_at = NULL")
            .unwrap();
        let sent = send(&desk, &server.url, &[("BALIE_SMTP_EHLO", name)]);
        if name.contains('.') {
            assert_eq!(sent.json()["sent"], 2);
        }
        assert!(heard(name), "{:?}", server.heard());
    }
    for name in ["", "vm", "a b.nl", "desk.nl\r\nMAIL FROM:<x@y.nl>"] {
        let ran = send(&desk, &server.url, &[("BALIE_SMTP_EHLO", name)]);
        assert_eq!(ran.error().0, 2, "{name}");
    }
}

#[test]
fn users_senders_and_hosts_are_written_as_servers_want_them() {
    let desk = Desk::new(Engine::Sqlite);
    queue(&desk, 1);
    let server = SmtpServer::listen("[::1]:0", |_, _| None);
    let url = server.url.replace("://", "://desk%40otservicedesk.nl@");
    let password = desk.secret("smtp-password", "geheim");
    let more = [
        ("BALIE_SMTP_PASSWORD_FILE", password.to_str().unwrap()),
        ("BALIE_SMTP_FROM", "Balie <desk@bücher.example>"),
    ];
    assert_eq!(send(&desk, &url, &more).json()["sent"], 2);
    let login = BASE64.encode(b"\0desk@otservicedesk.nl\0geheim");
    let heard = server.heard();
    for expected in [
        format!("AUTH PLAIN {login}"),
        "MAIL FROM:<desk@xn--bcher-kva.example>".to_owned(),
        "EHLO xn--bcher-kva.example".to_owned(),
    ] {
        assert!(heard.contains(&expected), "{expected}: {heard:#?}");
    }
    assert!(
        server.mails()[0].contains("From: \"Servicedesk Utrecht\" <utrecht@otservicedesk.nl>"),
        "{}",
        server.mails()[0]
    );
    let (exit, _, message) = send(&desk, "smtps://desk:ge@heim@mail.example.nl:465", &[]).error();
    assert_eq!(exit, 2);
    assert!(
        !message.contains("heim@") && !message.contains("desk"),
        "{message}"
    );
    let (exit, _, message) = send(&desk, &server.url, &[("BALIE_SMTP_FROM", "geen adres")]).error();
    assert_eq!(exit, 2);
    assert!(
        message.contains("BALIE_SMTP_FROM") && message.contains("a mail address"),
        "{message}"
    );
}
