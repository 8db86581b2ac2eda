//! Mails in and out under operators' own logins to PostgreSQL.

use balie::loopback::SmtpSink;

use super::roles::{as_login, balie};
use crate::request::challenge::code;
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::dovecot::Dovecot;
use crate::support::mail::{DnsServer, mail};
use crate::support::staff::feed;
use crate::support::{Desk, Ran};

/// The code is given back through the program, after a key was rotated under the owner's login.
pub(super) fn given_back(desk: &Desk, request: &str) {
    desk.by("fatima", &["key", "rotate"]).json();
    let sink = SmtpSink::start(false).unwrap();
    let url = as_login(desk, "ursula");
    let mut command = desk.command_of("simon");
    desk.set(&[
        ("smtp.url", &sink.url),
        ("smtp.from", "balie@otservicedesk.nl"),
    ]);
    command.args(["--database", &as_login(desk, "simon"), "outbox", "send"]);
    let sent = Ran::new(&command.output().unwrap());
    assert_eq!(sent.exit, 0, "{}{}", sent.stdout, sent.stderr);
    let mails: Vec<_> = sink.mails().iter().map(|mail| body(mail)).collect();
    let code = code(&mails);
    let confirm = |input: &str| {
        let mut command = desk.command_of("ursula");
        command.args([
            "--database",
            &url,
            "request",
            "confirm",
            request,
            "--code-stdin",
        ]);
        feed(command, input)
    };
    assert_eq!(confirm("4K7Q2M9P\n").error().1, "wrong_code");
    assert_eq!(confirm(&code).json()["verdict"], "verified");
}

/// A mailbox is fetched under the role: a mail for this desk, one for another, one that is none.
pub(super) fn mails_are_fetched(desk: &Desk) {
    let server = Dovecot::start();
    let noord = mail(DIRECTOR, "noord@otservicedesk.nl", "noord");
    server.deliver("1.a", mail(DIRECTOR, DESK, "mine").as_bytes());
    server.deliver("2.a", noord.as_bytes());
    server.deliver("3.a", b"\r\nno field at all\r\n");
    let dns = DnsServer::start().unwrap();
    desk.set(&[
        ("dns.server", &dns.address),
        ("imap.url", &format!("imaps://localhost:{}", server.port)),
        ("imap.user", "balie"),
    ]);
    let fetch = || {
        let mut command = desk.command_of("simon");
        command
            .env("SSL_CERT_FILE", server.trusted())
            .env("BALIE_IMAP_PASSWORD_FILE", server.password_file())
            .args(["--database", &as_login(desk, "simon"), "mailbox", "fetch"]);
        Ran::new(&command.output().unwrap()).json()
    };
    let fetched = fetch();
    assert_eq!(
        (&fetched["taken"], &fetched["quarantined"]),
        (&2.into(), &1.into()),
        "{fetched:#}"
    );
    assert_eq!(fetch()["taken"], 0);
    let listed = |login: &str| {
        let listed = balie(desk, login, &["request", "list"]).json();
        listed["requests"].as_array().unwrap().len()
    };
    // An account is put on a request, and taken off it again.
    let id = balie(desk, "ursula", &["request", "list"]).json()["requests"][0]["id"].clone();
    let id = id.as_str().unwrap();
    balie(desk, "ursula", &["request", "assign", id, "z.celik"]).json();
    let dropped = balie(
        desk,
        "ursula",
        &["request", "assign", id, "--drop", "z.celik"],
    );
    let dropped = dropped.json();
    let left = dropped["accounts"].as_array().unwrap();
    assert!(
        left.iter().all(|account| account["username"] != "z.celik"),
        "{dropped:#}"
    );
    assert_eq!(
        (listed("ursula"), listed("noor")),
        (2, 1),
        "each desk sees its own"
    );
}

fn body(mail: &str) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
    parsed.body_text(0).unwrap().into_owned()
}
