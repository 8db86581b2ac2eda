//! Tokens of a token server: asked for once, kept, renewed before their end, and what's told where there is none.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::fetch::fetch;
use super::oauth::say;
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::dovecot::Dovecot;
use crate::support::mail::{DnsServer, mail};
use crate::support::token_server::{TokenServer, gives, refuses};
use crate::support::tokens::token;
use crate::support::{Desk, Engine, Ran, on_both_databases};

const SECRET: &str = "app~Geheim+/=&secret";

/// The desk asks that server in its own name.
pub(crate) fn by_client_credentials(desk: &Desk, section: &str, url: &str) {
    let secret = desk.secret("client-secret", &format!("{SECRET}\n"));
    say(
        desk,
        &format!(
            "[{section}]\nauth = 'oauth2'\ntoken_url = '{url}'\nclient_id = 'balie-1'\nscope = 'https://outlook.office365.com/.default'\n\
             client_secret_file = '{}'\n",
            secret.display()
        ),
    );
}

fn by_refresh_token(desk: &Desk, url: &str, refresh: &str) {
    let file = desk.secret("refresh", refresh);
    say(
        desk,
        &format!(
            "[imap]\nauth = 'oauth2'\ntoken_url = '{url}'\nclient_id = 'balie-1'\nflow = 'refresh_token'\nrefresh_token_file = '{}'\n",
            file.display()
        ),
    );
}

pub(crate) fn over(desk: &Desk, dns: &DnsServer, server: &Dovecot) -> Ran {
    let url = format!("imaps://localhost:{}", server.port);
    let trusted = server.trusted();
    let env = [
        ("SSL_CERT_FILE", trusted.to_str().unwrap()),
        ("BALIE_IMAP_URL", url.as_str()),
        ("BALIE_IMAP_USER", "balie"),
    ];
    let ran = fetch(desk, dns, &env, &[]);
    for secret in [SECRET, "refresh-", "eyJ"] {
        assert!(
            !ran.stderr.contains(secret) && !ran.stdout.contains(secret),
            "{}",
            ran.stderr
        );
    }
    ran
}

/// The files of tokens, without their locks.
pub(crate) fn kept(desk: &Desk) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(desk.path(".local/state/balie"));
    let paths = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let is_token = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("oauth-") && path.extension().is_none()
    };
    paths.filter(is_token).collect()
}

/// As if that many seconds had passed since the token was asked for.
pub(crate) fn passed(file: &PathBuf, seconds: i64) {
    let mut record: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    for key in ["asked_at", "ends_at"] {
        record[key] = json!(record[key].as_i64().unwrap() - seconds * 1_000_000);
    }
    std::fs::write(file, record.to_string()).unwrap();
}

on_both_databases! {
    fn a_token_is_asked_for_once_and_renewed_before_its_end(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::with_tokens("xoauth2 oauthbearer");
        let tokens = TokenServer::start(|_, _, _| gives(&token("balie", 3_600), 3_600, &json!({})));
        by_client_credentials(desk, "imap", &tokens.url());
        for (id, seconds, asked) in [("1", 0, 1), ("2", 0, 1), ("3", 3_200, 1), ("4", 200, 2), ("5", 0, 2)] {
            if let [file] = kept(desk).as_slice() {
                passed(file, seconds);
            }
            server.deliver(&format!("{id}.a"), mail(DIRECTOR, DESK, id).as_bytes());
            assert_eq!(over(desk, &dns, &server).json()["taken"], 1, "{id}");
            assert_eq!(tokens.asked().len(), asked, "{id}");
        }
        let form = &tokens.asked()[0];
        for part in [
            "grant_type=client_credentials",
            "client_id=balie-1",
            "client_secret=app%7EGeheim%2B%2F%3D%26secret",
            "scope=https%3A%2F%2Foutlook.office365.com%2F.default",
        ] {
            assert!(form.contains(part), "{form}");
        }
        let files = kept(desk);
        assert_eq!(files.len(), 1);
        assert_eq!(std::fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(desk.count("event_details WHERE json LIKE '%eyJ%'"), 0);
    }

    fn a_kept_token_that_is_broken_or_refused_is_replaced(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::with_tokens("xoauth2");
        // The first is of no use to anybody any more when it comes.
        let tokens = TokenServer::start(|_, _, before| {
            let ends_in = if before == 0 { -60 } else { 3_600 };
            gives(&token("balie", ends_in), 3_600, &json!({}))
        });
        by_client_credentials(desk, "imap", &tokens.url());
        let (exit, code, _) = over(desk, &dns, &server).error();
        assert_eq!((exit, code.as_str()), (2, "mailbox_not_allowed"));
        assert_eq!(tokens.asked().len(), 1, "a new one is as good as the next");
        server.deliver("1.a", mail(DIRECTOR, DESK, "1").as_bytes());
        assert_eq!(over(desk, &dns, &server).json()["taken"], 1, "a kept one isn't");
        assert_eq!(tokens.asked().len(), 2);
        let file = &kept(desk)[0];
        let text = std::fs::read(file).unwrap();
        for (at, broken) in [&text[..text.len() / 2], b"", b"\0\0\0\0"].into_iter().enumerate() {
            std::fs::write(file, broken).unwrap();
            assert_eq!(over(desk, &dns, &server).json()["taken"], 0);
            assert_eq!(tokens.asked().len(), 3 + at);
        }
        // One from the future: the clock was set back.
        passed(file, -86_400);
        over(desk, &dns, &server).json();
        assert_eq!(tokens.asked().len(), 6);
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o644)).unwrap();
        over(desk, &dns, &server).json();
        assert_eq!(tokens.asked().len(), 7, "one that others could read isn't used");
    }

    fn a_token_server_that_is_down_leaves_everything_for_the_next_run(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::with_tokens("xoauth2");
        server.deliver("1.a", mail(DIRECTOR, DESK, "1").as_bytes());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = format!("127.0.0.1:{port}");
        by_client_credentials(desk, "imap", &format!("http://{at}/token"));
        let down = |told: &str| {
            let (exit, code, message) = over(desk, &dns, &server).error();
            assert_eq!((exit, code.as_str()), (7, "oauth_unavailable"), "{message}");
            assert!(message.contains(told), "{message}");
        };
        down("can't be reached");
        let is_up = Arc::new(AtomicBool::new(false));
        let up = Arc::clone(&is_up);
        let _tokens = TokenServer::listen(&at, move |_, _, before| match before {
            0 => (503, "GEHEIM".into()),
            1 => (429, String::new()),
            2 => (302, String::new()),
            3 => refuses("temporarily_unavailable", "GEHEIM"),
            _ if up.load(Ordering::Relaxed) => gives(&token("balie", 3_600), 3_600, &json!({})),
            _ => (500, String::new()),
        });
        for told in ["status 503", "status 429", "status 302", "can't answer now", "status 500"] {
            down(told);
        }
        is_up.store(true, Ordering::Relaxed);
        assert_eq!(over(desk, &dns, &server).json()["taken"], 1);
    }

    fn a_refresh_token_that_changes_is_kept_and_the_administrators_wins(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::with_tokens("xoauth2");
        let tokens = TokenServer::start(|_, form, before| {
            if form.contains("refresh-ended") || before == 4 {
                return refuses("invalid_grant", "AADSTS700082: The refresh token has expired");
            }
            gives(&token("balie", 3_600), 3_600, &json!({ "refresh_token": format!("refresh-b{before}") }))
        });
        by_refresh_token(desk, &tokens.url(), "refresh-a");
        let last = || tokens.asked().last().cloned().unwrap();
        let again = |expected: &str| {
            if let [file] = kept(desk).as_slice() {
                passed(file, 3_600);
            }
            over(desk, &dns, &server).json();
            assert!(last().contains(&format!("refresh_token=refresh-{expected}&")), "{expected}: {}", last());
            assert!(last().contains("grant_type=refresh_token") && !last().contains("client_secret"), "{}", last());
        };
        again("a");
        again("b0");
        // The user consented again: what was kept came of another consent.
        by_refresh_token(desk, &tokens.url(), "refresh-c");
        again("c");
        by_refresh_token(desk, &tokens.url(), "refresh-a");
        again("a");
        // The kept one isn't good any more; the administrator's own still is.
        again("a");
        assert!(tokens.asked()[4].contains("refresh-b3"));
        by_refresh_token(desk, &tokens.url(), "refresh-ended");
        let (exit, code, message) = over(desk, &dns, &server).error();
        assert_eq!((exit, code.as_str()), (2, "oauth_refused"));
        assert!(message.contains("has ended or was withdrawn (AADSTS700082)"), "{message}");
    }
}

#[test]
fn what_the_token_server_refuses_is_told_with_what_mends_it() {
    let desk = Desk::new(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let server = Dovecot::with_tokens("xoauth2");
    for (answer, told, hint) in [
        (
            refuses(
                "invalid_client",
                "AADSTS7000222: GEHEIM The provided client secret keys are expired",
            ),
            "the client secret has expired (AADSTS7000222)",
            "make a new client secret",
        ),
        (
            refuses(
                "invalid_client",
                "AADSTS7000215: Invalid client secret provided. GEHEIM",
            ),
            "the client secret is wrong",
            "not its number",
        ),
        (
            refuses("unauthorized_client", "AADSTS700016: GEHEIM"),
            "isn't known there",
            "the tenant in `token_url`",
        ),
        (
            refuses("invalid_grant", "AADSTS65001: GEHEIM has not consented"),
            "nobody has consented",
            "an administrator",
        ),
        (
            refuses("invalid_scope", "GEHEIM"),
            "doesn't know the scope",
            "`scope`",
        ),
        (refuses("GEHEIM", "GEHEIM"), "no reason", "documentation"),
        ((404, "<html>GEHEIM".into()), "isn't a token", "`token_url`"),
        (
            (200, "{\"access_token\":\"GEHEIM\"".into()),
            "isn't a token",
            "`token_url`",
        ),
    ] {
        let tokens = TokenServer::start(move |_, _, _| answer.clone());
        by_client_credentials(&desk, "imap", &tokens.url());
        let ran = over(&desk, &dns, &server);
        let (exit, code, message) = ran.error();
        assert_eq!((exit, code.as_str()), (2, "oauth_refused"), "{message}");
        assert!(message.contains(told), "{told}: {message}");
        assert!(
            ran.stderr.contains(hint) && !ran.stderr.contains("GEHEIM"),
            "{}",
            ran.stderr
        );
        assert!(kept(&desk).is_empty());
    }
}

#[test]
fn a_token_server_is_asked_over_tls_and_nowhere_else() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let server = Dovecot::with_tokens("xoauth2");
    let tokens = TokenServer::over_tls(&server.trusted(), |_, _, _| {
        gives(&token("balie", 3_600), 3_600, &json!({}))
    });
    by_client_credentials(
        &desk,
        "imap",
        &format!("https://localhost:{}/token", tokens.port),
    );
    assert_eq!(over(&desk, &dns, &server).json()["taken"], 0);
    assert_eq!(tokens.asked().len(), 1);
    for url in [
        "http://login.example.nl/token",
        "https://a:GEHEIM@localhost/token",
        "token",
    ] {
        by_client_credentials(&desk, "imap", url);
        let ran = over(&desk, &dns, &server);
        let (exit, code, _) = ran.error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{url}");
        assert!(!ran.stderr.contains("GEHEIM"));
    }
}

#[test]
fn what_is_missing_is_named_with_where_to_write_it() {
    let desk = Desk::new(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let server = Dovecot::with_tokens("xoauth2");
    let open = desk.path("open");
    std::fs::write(&open, SECRET).unwrap();
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o640)).unwrap();
    let url = "token_url = 'https://localhost:1/token'\n";
    for (more, told) in [
        (String::new(), "`[imap] token_command` in the config"),
        (url.to_owned(), "set `[imap] client_id` in the config"),
        (
            format!("{url}client_id = 'x'\n"),
            "set `[imap] client_secret_file` in the config",
        ),
        (
            format!("{url}client_id = 'x'\nflow = 'refresh_token'\n"),
            "set `[imap] refresh_token_file` in the config",
        ),
        (
            format!("{url}client_id = 'x'\nclient_secret_file = '/nowhere/at/all'\n"),
            "`[imap] client_secret_file` in the config",
        ),
        (
            format!(
                "{url}client_id = 'x'\nclient_secret_file = '{}'\n",
                open.display()
            ),
            "chmod 600",
        ),
        (format!("{url}flow = 'implicit'\n"), "`imap.flow`"),
    ] {
        say(&desk, &format!("[imap]\nauth = 'oauth2'\n{more}"));
        let ran = over(&desk, &dns, &server);
        assert_eq!(ran.exit, 2, "{more}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{more}: {}", ran.stderr);
    }
}
