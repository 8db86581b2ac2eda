//! `balie mailbox authorise`: the mailbox's user consents on another device, once.

use serde_json::json;

use super::granted::{kept, over, passed};
use super::oauth::say;
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::dovecot::Dovecot;
use crate::support::mail::{DnsServer, mail};
use crate::support::token_server::{TokenServer, gives, refuses};
use crate::support::tokens::token;
use crate::support::{Desk, Engine, Ran, on_both_databases};

fn device() -> (u16, String) {
    let answer = json!({
        "device_code": "GEHEIM-device", "user_code": "ABCD-EFGH", "verification_uri": "https://id.example.nl/device",
        "expires_in": 600, "interval": 1,
    });
    (200, answer.to_string())
}

fn by_consent(desk: &Desk, server: &TokenServer, sections: &[&str]) {
    let keys = format!(
        "auth = 'oauth2'\nflow = 'device_code'\ntoken_url = '{}'\ndevice_url = 'http://127.0.0.1:{}/device'\nclient_id = 'balie-1'\nscope = 'mail offline_access'\n",
        server.url(),
        server.port
    );
    let texts = sections.iter().map(|section| {
        let place = match *section {
            "imap" => "user = 'balie'\n",
            _ => "url = 'smtps://balie@localhost:1'\n",
        };
        format!("[{section}]\n{place}{keys}")
    });
    say(desk, &texts.collect::<String>());
}

fn authorise(desk: &Desk) -> Ran {
    let ran = desk.run_json(["mailbox", "authorise"]);
    assert!(
        !ran.stderr.contains("GEHEIM") && !ran.stdout.contains("GEHEIM"),
        "{}",
        ran.stderr
    );
    ran
}

on_both_databases! {
    fn a_user_consents_once_and_the_desk_reads_on(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::with_tokens("xoauth2");
        let tokens = TokenServer::start(|path, _, before| match (path, before) {
            ("/device", _) => device(),
            (_, 1) => refuses("authorization_pending", ""),
            _ => gives(&token("balie", 3_600), 3_600, &json!({ "refresh_token": format!("refresh-{before}") })),
        });
        by_consent(desk, &tokens, &["imap", "smtp"]);
        let first = over(desk, &dns, &server);
        let (exit, code, message) = first.error();
        assert_eq!((exit, code.as_str()), (2, "oauth_refused"));
        assert!(message.contains("hasn't consented yet") && first.stderr.contains("balie mailbox authorise"), "{}", first.stderr);
        let ran = authorise(desk);
        assert_eq!(ran.json()["sections"], json!(["imap", "smtp"]), "they share one token");
        for told in ["As balie", "https://id.example.nl/device", "ABCD-EFGH", "10 minutes"] {
            assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
        }
        let asked = tokens.asked();
        assert_eq!(asked.len(), 3, "{asked:?}");
        assert!(asked[0].contains("scope=mail+offline_access") && asked[2].contains("device_code=GEHEIM-device"), "{asked:?}");
        for (id, seconds, asked) in [("1", 0, 3), ("2", 3_590, 4), ("3", 3_590, 5)] {
            passed(&kept(desk)[0], seconds);
            server.deliver(&format!("{id}.a"), mail(DIRECTOR, DESK, id).as_bytes());
            assert_eq!(over(desk, &dns, &server).json()["taken"], 1, "{id}");
            assert_eq!(tokens.asked().len(), asked, "{id}");
        }
        let asked = tokens.asked();
        assert!(asked[3].contains("refresh_token=refresh-2") && asked[4].contains("refresh_token=refresh-3"), "{asked:?}");
        assert_eq!(desk.count("events WHERE action = 'mailbox.authorise'"), 1);
    }

    fn on_a_closed_desk_an_admin_has_the_user_consent(desk: &Desk) {
        desk.import_small_directory().json();
        let tokens = TokenServer::start(|path, _, _| match path {
            "/device" => device(),
            _ => gives("dG9rZW4", 3_600, &json!({ "refresh_token": "refresh-x" })),
        });
        by_consent(desk, &tokens, &["imap"]);
        desk.close();
        desk.hire("ursula", "operator", &["utrecht"]);
        let (exit, code, _) = desk.by("ursula", &["mailbox", "authorise"]).error();
        assert_eq!((exit, code.as_str()), (4, "role_may_not"));
        assert_eq!(tokens.asked().len(), 0, "nobody was asked");
        assert_eq!(desk.by("fatima", &["mailbox", "authorise"]).json()["sections"], json!(["imap"]));
    }
}

#[test]
fn a_consent_that_isnt_given_is_told() {
    let desk = Desk::new(Engine::Sqlite);
    for (answer, told) in [
        (refuses("access_denied", "GEHEIM"), "nobody has consented"),
        (
            refuses("authorization_declined", "GEHEIM"),
            "nobody has consented",
        ),
        (refuses("expired_token", "GEHEIM"), "has ended"),
        (
            refuses("invalid_client", "AADSTS7000218: GEHEIM"),
            "AADSTS7000218",
        ),
        (gives("dG9rZW4", 3_600, &json!({})), "no refresh token"),
    ] {
        let tokens = TokenServer::start(move |path, _, _| match path {
            "/device" => device(),
            _ => answer.clone(),
        });
        by_consent(&desk, &tokens, &["imap"]);
        let ran = authorise(&desk);
        assert_eq!(ran.exit, 2, "{told}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("oauth_refused") && ran.stderr.contains(told),
            "{told}: {}",
            ran.stderr
        );
        assert!(kept(&desk).is_empty());
    }
    // An address that would play tricks on the terminal isn't shown.
    let tokens = TokenServer::start(|_, _, _| {
        let answer = json!({
            "device_code": "x", "user_code": "A\u{1b}[2JB", "verification_uri": "https://id.example.nl", "expires_in": 600,
        });
        (200, answer.to_string())
    });
    by_consent(&desk, &tokens, &["imap"]);
    assert_eq!(authorise(&desk).error().1, "oauth_refused");
    say(&desk, "[imap]\nauth = 'oauth2'\ntoken_command = 'echo x'\n");
    let (exit, code, message) = authorise(&desk).error();
    assert_eq!((exit, code.as_str()), (2, "invalid_input"));
    assert!(message.contains("device_code"), "{message}");
}
