//! The mailbox by a token: a real Dovecot with its oauth2 passdb, and servers as providers run them.

use serde_json::json;

use super::fetch::{counts, fetch};
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::dovecot::Dovecot;
use crate::support::imap_server::ImapServer;
use crate::support::mail::{DnsServer, mail};
use crate::support::tokens::{printer, runs, token};
use crate::support::{Desk, Engine, Ran, on_both_databases};

/// Writes it into the desk's config, in place of what was said before.
pub(crate) fn say(desk: &Desk, text: &str) {
    const MARK: &str = "\n# Tokens\n";
    let config = desk.path(".config/balie/config.toml");
    let before = std::fs::read_to_string(&config).unwrap();
    let before = before.split(MARK).next().unwrap();
    std::fs::write(&config, format!("{before}{MARK}{text}")).unwrap();
}

/// The desk logs in by what this shell line prints.
pub(crate) fn by_command(desk: &Desk, section: &str, line: &str) {
    let command = format!("token_command = ['sh', '-c', {line:?}]");
    say(desk, &format!("[{section}]\nauth = 'oauth2'\n{command}\n"));
}

fn over_dovecot(desk: &Desk, dns: &DnsServer, server: &Dovecot, user: &str) -> Ran {
    let url = format!("imaps://localhost:{}", server.port);
    let trusted = server.trusted();
    let env = [
        ("SSL_CERT_FILE", trusted.to_str().unwrap()),
        ("BALIE_IMAP_URL", url.as_str()),
        ("BALIE_IMAP_USER", user),
    ];
    fetch(desk, dns, &env, &[])
}

on_both_databases! {
    fn mails_are_taken_by_a_token_that_a_command_prints(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let good = token("balie", 3_600);
        let (line, count) = printer(&desk.path(""), &[&good]);
        by_command(desk, "imap", &line);
        for mechanisms in ["xoauth2", "oauthbearer", "xoauth2 oauthbearer"] {
            let server = Dovecot::with_tokens(mechanisms);
            server.deliver("1.a", mail(DIRECTOR, DESK, mechanisms).as_bytes());
            let before = runs(&count);
            let report = over_dovecot(desk, &dns, &server, "balie").json();
            assert_eq!(counts(&report), [&json!(1), &json!(0), &json!(0)], "{mechanisms}: {report:#}");
            assert_eq!(runs(&count), before + 1, "it's asked for once");
        }
    }

    fn a_token_that_isnt_accepted_is_told_with_the_servers_reason_and_never_shown(desk: &Desk) {
        let dns = DnsServer::start().unwrap();
        for (mechanisms, reason) in [("xoauth2", "(401)"), ("oauthbearer", "(invalid_token)")] {
            let server = Dovecot::with_tokens(mechanisms);
            for bad in [token("balie", -60), token("eve", 3_600), "bm9uZQ".to_owned()] {
                let (line, count) = printer(&desk.path(""), &[&bad]);
                by_command(desk, "imap", &line);
                let before = runs(&count);
                let ran = over_dovecot(desk, &dns, &server, "balie");
                let (exit, code, message) = ran.error();
                assert_eq!((exit, code.as_str()), (2, "mailbox_not_allowed"), "{message}");
                assert!(message.contains("`balie`") && message.contains(reason), "{message}");
                assert!(!ran.stderr.contains(&bad) && ran.stderr.contains("docs/mailbox.md"), "{}", ran.stderr);
                assert_eq!(runs(&count), before + 1, "a new one wouldn't be better");
            }
        }
        let plain = Dovecot::start();
        let (exit, code, message) = over_dovecot(desk, &dns, &plain, "balie").error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains("neither XOAUTH2 nor OAUTHBEARER"), "{message}");
    }

    fn a_token_command_that_fails_leaves_everything_for_the_next_run(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::with_tokens("xoauth2");
        server.deliver("1.a", mail(DIRECTOR, DESK, "1").as_bytes());
        for (line, expected) in [
            ("echo GEHEIM; echo GEHEIM >&2; exit 3", (7, "oauth_unavailable")),
            ("echo GEHEIM; echo GEHEIM", (2, "invalid_input")),
            ("echo", (2, "invalid_input")),
        ] {
            by_command(desk, "imap", line);
            let ran = over_dovecot(desk, &dns, &server, "balie");
            let (exit, code, message) = ran.error();
            assert_eq!((exit, code.as_str()), expected, "{line}: {message}");
            assert!(message.contains("token command `sh`") && !ran.stderr.contains("GEHEIM"), "{}", ran.stderr);
        }
        let (line, _) = printer(&desk.path(""), &[&token("balie", 3_600)]);
        by_command(desk, "imap", &line);
        assert_eq!(over_dovecot(desk, &dns, &server, "balie").json()["taken"], 1);
    }
}

/// Rule 17: whoever may write the file, or sets a variable, would say what is run in the desk's name.
#[test]
fn a_token_command_counts_in_ones_own_file_alone() {
    use std::os::unix::fs::{PermissionsExt as _, chown};

    let desk = Desk::new(Engine::Sqlite);
    let touched = desk.path("touched");
    let line = format!("touch '{}'", touched.display());
    let refused = |command: &mut std::process::Command, told: &str| {
        let output = command
            .args(["--format", "json", "mailbox", "fetch"])
            .output();
        let (exit, code, message) = Ran::new(&output.unwrap()).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{message}");
        assert!(message.contains(told), "{message}");
    };
    for section in ["imap", "smtp"] {
        let variable = format!("BALIE_{}_TOKEN_COMMAND", section.to_uppercase());
        refused(desk.command().env(&variable, &line), &variable);
        let config = desk.path("theirs.toml");
        let text = format!("[{section}]\nauth = 'oauth2'\ntoken_command = {line:?}\n");
        std::fs::write(&config, text).unwrap();
        let key = format!("`{section}.token_command`");
        let own = |mode| std::fs::set_permissions(&config, std::fs::Permissions::from_mode(mode));
        own(0o664).unwrap();
        refused(desk.command().env("BALIE_CONFIG", &config), &key);
        own(0o600).unwrap();
        chown(&config, Some(12_345), None).expect("the suite runs as root");
        refused(desk.command().env("BALIE_CONFIG", &config), &key);
        std::fs::remove_file(&config).unwrap();
    }
    assert!(!touched.exists(), "no command was run");
}

/// `{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`
const GMAIL: &str = "+ eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==\r\n";

/// What a server says to commands that begin so.
type Answers = &'static [(&'static str, &'static str)];

/// What Exchange and Gmail say, which no server of ours does.
#[test]
fn providers_refusals_are_understood() {
    let desk = Desk::new(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let bad = token("desk", 3_600);
    let (line, _) = printer(&desk.path(""), &[&bad]);
    by_command(&desk, "imap", &line);
    let cases: [(Answers, (i32, &str), &str); 5] = [
        // It lets the token in, and says only at the folder that there's no mailbox behind it.
        (
            &[(
                "EXAMINE",
                "TAG BAD User is authenticated but not connected.\r\n",
            )],
            (2, "mailbox_not_allowed"),
            "accepts the token, but not for the mailbox of `desk`: User is authenticated",
        ),
        (
            &[("+ dXNlcj", "TAG NO AUTHENTICATE failed.\r\n")],
            (2, "mailbox_not_allowed"),
            "doesn't accept the token for `desk`: AUTHENTICATE failed.",
        ),
        (
            &[
                ("+ dXNlcj", GMAIL),
                (
                    "+ ",
                    "TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\r\n",
                ),
            ],
            (2, "mailbox_not_allowed"),
            "Invalid credentials (Failure) (400)",
        ),
        (
            &[(
                "+ dXNlcj",
                "TAG NO [UNAVAILABLE] Server Unavailable. 15\r\n",
            )],
            (7, "imap_unavailable"),
            "refuses: [UNAVAILABLE] Server Unavailable",
        ),
        (
            &[("AUTHENTICATE", "TAG BAD Command Argument Error. 11\r\n")],
            (2, "invalid_input"),
            "neither XOAUTH2 nor OAUTHBEARER: Command Argument Error",
        ),
    ];
    for (answers, expected, told) in cases {
        let server = ImapServer::start(&desk.path(""), &[], move |command, _| {
            let found = answers.iter().find(|(begin, _)| command.starts_with(begin));
            if found.is_none() && command.starts_with("AUTHENTICATE") {
                return Some("+ \r\n".into());
            }
            found.map(|(_, says)| (*says).into())
        });
        let url = format!("imaps://localhost:{}", server.port);
        let env = [
            ("SSL_CERT_FILE", server.trusted().to_str().unwrap()),
            ("BALIE_IMAP_URL", url.as_str()),
            ("BALIE_IMAP_USER", "desk"),
        ];
        let ran = fetch(&desk, &dns, &env, &[]);
        let (exit, code, message) = ran.error();
        assert_eq!((exit, code.as_str()), expected, "{message}");
        assert!(
            message.contains(told) && !ran.stderr.contains(&bad),
            "{message}"
        );
    }
}

/// A long fetch outlives its token: when the server hangs up, the next login has a new one.
#[test]
fn a_token_that_ended_meanwhile_is_replaced_once() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let mails = [mail(DIRECTOR, DESK, "1"), mail(DIRECTOR, DESK, "2")];
    let (line, count) = printer(&desk.path(""), &["dG9rZW4x", "dG9rZW4y"]);
    by_command(&desk, "imap", &line);
    // base64 of "user=desk\x01auth=Bearer dG9rZW4x…": the first token is good once.
    let shown = std::sync::Mutex::new(0);
    let server = ImapServer::start(&desk.path(""), &mails, move |command, before| {
        if command.starts_with("AUTHENTICATE") {
            return Some("+ \r\n".into());
        }
        if command.contains("RFC822.SIZE") {
            return (before == 0).then(|| "* BYE see you\r\n".into());
        }
        if command.starts_with("+ dXNlcj1") {
            let mut shown = shown.lock().unwrap();
            *shown += 1;
            return (*shown == 2).then(|| "TAG NO [AUTHENTICATIONFAILED] it has ended\r\n".into());
        }
        None
    });
    let url = format!("imaps://localhost:{}", server.port);
    let env = [
        ("SSL_CERT_FILE", server.trusted().to_str().unwrap()),
        ("BALIE_IMAP_URL", url.as_str()),
        ("BALIE_IMAP_USER", "desk"),
    ];
    let report = fetch(&desk, &dns, &env, &[]).json();
    assert_eq!(report["taken"], 2, "{report:#}");
    assert_eq!(runs(&count), 2);
}
