//! Mails out by a token, over servers that speak as Microsoft's and Google's do.

use serde_json::{Value, json};

use super::server::queue;
use crate::mailbox::granted::{by_client_credentials, kept};
use crate::mailbox::oauth::by_command;
use crate::support::smtp_server::SmtpServer;
use crate::support::token_server::{TokenServer, gives};
use crate::support::tokens::{printer, runs, token};
use crate::support::{Desk, Engine, Ran, on_both_databases};

const SHORT: &str = "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg";

fn send(desk: &Desk, url: &str, verb: &[&str]) -> Ran {
    let url = url.replace("://", "://desk%40school.nl@");
    let mut command = desk.command();
    command
        .env("BALIE_SMTP_URL", url)
        .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
        .args(["--format", "json"])
        .args(verb);
    Ran::new(&command.output().unwrap())
}

/// One that offers these mechanisms, and gives `answer` to the token.
fn server(mechanisms: &'static str, answer: &'static str) -> SmtpServer {
    SmtpServer::start(move |line, _| {
        let verb = line.get(..4).unwrap_or_default();
        match verb {
            "EHLO" => Some(format!("250-sink\r\n250 AUTH {mechanisms}").as_str().into()),
            "AUTH" if line.split(' ').count() == 2 => Some("334 ".into()),
            "AUTH" => Some(answer.into()),
            _ if line.starts_with("dXNlcj") || line.starts_with("bixh") => Some(answer.into()),
            "" if line.is_empty() => None,
            "AQ==" => Some("535 5.7.8 no".into()),
            _ => None,
        }
    })
}

on_both_databases! {
    fn mails_go_out_by_a_token_that_a_command_prints(desk: &Desk) {
        queue(desk, 2);
        let long = token("desk", 3_600);
        for (mechanisms, begin) in [("LOGIN XOAUTH2", "dXNlcj"), ("PLAIN OAUTHBEARER", "bixh")] {
            for text in [SHORT, &long] {
                let (line, count) = printer(&desk.path(""), &[text]);
                by_command(desk, "smtp", &line);
                let before = runs(&count);
                desk.sql("UPDATE outbox SET due_at = 1, sent_at = NULL").unwrap();
                let server = server(mechanisms, "235 2.7.0 Accepted");
                let sent = send(desk, &server.url, &["outbox", "send"]).json();
                assert_eq!(sent["sent"], 4, "{sent:#}");
                assert_eq!(runs(&count), before + 1);
                let heard = server.heard();
                let at = heard.iter().position(|line| line.starts_with("AUTH ")).unwrap();
                let at_once = heard[at].split(' ').count() == 3;
                assert_eq!(at_once, text == SHORT, "a command has 512 bytes at most: {}", heard[at]);
                let shown = if at_once { heard[at].split(' ').nth(2).unwrap() } else { &heard[at + 1] };
                assert!(shown.starts_with(begin), "{mechanisms}: {shown}");
            }
        }
    }

    fn a_token_that_isnt_accepted_is_told_and_never_shown(desk: &Desk) {
        queue(desk, 2);
        let (line, _) = printer(&desk.path(""), &[SHORT]);
        by_command(desk, "smtp", &line);
        for (mechanisms, answer, told) in [
            ("XOAUTH2", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox", "is disabled for the Mailbox"),
            ("XOAUTH2", "535 5.7.8 GEHEIM ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg", "GEHEIM …"),
            // {"status":"401"}
            ("OAUTHBEARER", "334 eyJzdGF0dXMiOiI0MDEifQ==", "(401)"),
            ("XOAUTH2", "454 4.7.0 try later", "can't be reached"),
            ("PLAIN LOGIN", "235 2.7.0 Accepted", "offers neither XOAUTH2 nor OAUTHBEARER"),
        ] {
            desk.sql("UPDATE outbox SET due_at = 1").unwrap();
            let server = server(mechanisms, answer);
            let ran = send(desk, &server.url, &["outbox", "send"]);
            assert_eq!(ran.exit, 7, "{answer}: {}", ran.stderr);
            let report: Value = serde_json::from_str(&ran.stdout).unwrap();
            let said = report["last_error"].as_str().unwrap();
            assert!(said.contains(told) && !ran.stdout.contains(SHORT) && !ran.stderr.contains(SHORT), "{answer}: {said}");
            assert_eq!((&report["sent"], &report["given_up"]), (&0.into(), &0.into()));
            assert!(server.mails().is_empty());
        }
        assert_eq!(desk.count(&format!("outbox WHERE last_error LIKE '%{SHORT}%'")), 0);
        assert_eq!(desk.count(&format!("event_details WHERE json LIKE '%{SHORT}%'")), 0);
    }

    fn a_token_servers_token_is_renewed_once_it_isnt_accepted(desk: &Desk) {
        queue(desk, 2);
        let again = || desk.sql("UPDATE outbox SET due_at = 1, sent_at = NULL, attempts = 0, claimed_by = NULL").unwrap();
        let tokens = TokenServer::start(|_, _, before| match before {
            0 | 1 => gives(&format!("dG9rZW4{before}"), 3_600, &json!({})),
            _ => (503, String::new()),
        });
        by_client_credentials(desk, "smtp", &tokens.url());
        let mails = server("XOAUTH2", "235 welcome");
        for _ in 0..2 {
            again();
            assert_eq!(send(desk, &mails.url, &["outbox", "send"]).json()["sent"], 4);
            assert_eq!(tokens.asked().len(), 1, "it's kept between runs");
        }
        // Somebody took it back meanwhile.
        again();
        let first = data_encoding::BASE64.encode(b"user=desk@school.nl\x01auth=Bearer dG9rZW40\x01\x01");
        let strict = SmtpServer::start(move |line, _| {
            let offers = line.starts_with("EHLO").then(|| "250-sink\r\n250 AUTH XOAUTH2".into());
            offers.or_else(|| line.contains(&first).then(|| "535 5.7.3 Authentication unsuccessful".into()))
        });
        let sent = send(desk, &strict.url, &["outbox", "send"]).json();
        assert_eq!((&sent["sent"], tokens.asked().len()), (&4.into(), 2), "{sent:#}");
        // Without another one no mail is touched, and the next run goes on.
        again();
        let files = kept(desk);
        assert_eq!(files.len(), 1);
        let away = desk.path("away");
        std::fs::rename(&files[0], &away).unwrap();
        let (exit, code, _) = send(desk, &strict.url, &["outbox", "send"]).error();
        assert_eq!((exit, code.as_str()), (7, "oauth_unavailable"));
        assert_eq!(desk.count("outbox WHERE attempts > 0 OR claimed_by IS NOT NULL"), 0);
        std::fs::rename(away, &files[0]).unwrap();
        assert_eq!(send(desk, &strict.url, &["outbox", "send"]).json()["sent"], 4);
    }

    fn without_a_token_no_mail_is_touched(desk: &Desk) {
        queue(desk, 1);
        by_command(desk, "smtp", "exit 3");
        let server = server("XOAUTH2", "235 welcome");
        let (exit, code, _) = send(desk, &server.url, &["outbox", "send"]).error();
        assert_eq!((exit, code.as_str()), (7, "oauth_unavailable"));
        assert_eq!(desk.count("outbox WHERE attempts > 0 OR claimed_by IS NOT NULL"), 0);
        by_command(desk, "smtp", &printer(&desk.path(""), &[SHORT]).0);
        assert_eq!(send(desk, &server.url, &["outbox", "send"]).json()["sent"], 2);
    }
}

#[test]
fn doctor_tells_a_token_that_lacks_from_one_that_isnt_accepted() {
    let desk = Desk::new(Engine::Sqlite);
    for (line, answer, expected) in [
        ("exit 3", "235 welcome", ("fail", "`token_command` by hand")),
        ("echo dG9rZW4", "535 no", ("fail", "docs/mailbox.md")),
        ("echo dG9rZW4", "235 welcome", ("ok", "")),
    ] {
        by_command(&desk, "smtp", line);
        let server = server("XOAUTH2", answer);
        let ran = send(&desk, &server.url, &["doctor"]);
        let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
        let checks = shown["checks"].as_array().unwrap();
        let smtp = checks.iter().find(|check| check["name"] == "smtp").unwrap();
        let mend = smtp["mend"].as_str().unwrap();
        assert_eq!(smtp["result"], expected.0, "{smtp:#}");
        assert!(mend.contains(expected.1), "{mend}");
    }
}

#[test]
fn a_token_needs_a_user() {
    let desk = Desk::new(Engine::Sqlite);
    by_command(&desk, "smtp", "echo dG9rZW4");
    let mut command = desk.command();
    command
        .env("BALIE_SMTP_URL", "smtps://mail.example.nl")
        .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
        .args(["--format", "json", "outbox", "send"]);
    let (exit, code, message) = Ran::new(&command.output().unwrap()).error();
    assert_eq!((exit, code.as_str()), (2, "invalid_input"));
    assert!(message.contains("smtps://USER@HOST"), "{message}");
}
