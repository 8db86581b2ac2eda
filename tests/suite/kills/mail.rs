//! `request receive`, `mailbox fetch` and `outbox send`.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::{campaign, time};
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, long, on_both_databases};
use balie::loopback::SmtpSink;

/// Each request has its mail, and each mail its own request; how many there are.
#[track_caller]
fn requests(desk: &Desk) -> i64 {
    let requests = desk.count("requests");
    assert_eq!(
        desk.count("request_messages"),
        requests,
        "a request without its mail"
    );
    // A mail that came in before has a second event.
    let logged = "SELECT CAST(COUNT(DISTINCT request) AS BIGINT) FROM events WHERE action = 'request.receive'";
    assert_eq!(desk.number(logged), requests, "a request without its event");
    requests
}

on_both_databases! {
    fn a_mail_is_taken_in_once(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let receive = |round: u32| {
            // A round's mail is one mail: signed a second later, it would be another.
            let file = desk.path(&format!("mail-{round}.eml"));
            if !file.exists() {
                fs::write(&file, school.sign(&mail(DIRECTOR, DESK, &format!("r{round}")))).unwrap();
            }
            let mut command = desk.command();
            command.env("BALIE_DNS_SERVER", &dns.address).args(["request", "receive"]).arg(&file);
            command
        };
        let whole = time(receive(u32::MAX));
        let rounds = campaign(desk, "request receive", whole, receive, |round| {
            let before = requests(desk);
            time(receive(round));
            let after = requests(desk);
            assert_eq!(after, i64::from(round) + 2, "{before} before");
        });
        assert_eq!(requests(desk), i64::from(rounds) + 1);
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }

    fn a_mailbox_is_read_whole_and_each_mail_once(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let maildir = desk.path("Maildir");
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(maildir.join(part)).unwrap();
        }
        let mut delivered = 0;
        let mut deliver = |count: u32| {
            for number in delivered..delivered + count {
                let mail = school.sign(&mail(DIRECTOR, DESK, &format!("m{number}")));
                fs::write(maildir.join(format!("new/{number}.a")), mail).unwrap();
            }
            delivered += count;
        };
        let fetch = || {
            let mut command = desk.command();
            command.env("BALIE_DNS_SERVER", &dns.address).args(["mailbox", "fetch", "--maildir"]).arg(&maildir);
            command
        };
        deliver(6);
        let whole = time(fetch());
        let rounds = campaign(desk, "mailbox fetch", whole, |_| { deliver(6); fetch() }, |_| { requests(desk); });
        time(fetch());
        assert_eq!(requests(desk), i64::from(rounds) * 6 + 6);
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }

    fn no_mail_is_lost_and_a_second_copy_is_recognisable(desk: &Desk) {
        desk.import_small_directory().json();
        let server = SmtpSink::start(false).unwrap();
        let send = || {
            // What was claimed by the dead is free again, and two more wait: the holder is told of each.
            desk.sql("UPDATE outbox SET claim_until = 1 WHERE claim_until IS NOT NULL").unwrap();
            desk.run_json(["account", "block", "z.celik", "--reason", "telefoon gestolen"]);
            desk.run_json(["account", "unblock", "z.celik", "--reason", "telefoon terug"]);
            let mut command = desk.command();
            command.env("BALIE_SMTP_URL", &server.url).env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
                .args(["outbox", "send"]);
            command
        };
        let whole = time(send());
        campaign(desk, "outbox send", whole, |_| send(), |_| ());
        time(send());
        let listed = desk.run_json(["outbox", "list", "--limit", "5000"]).json();
        let listed = listed["mails"].as_array().unwrap();
        assert!(listed.len() > if long() { 100 } else { 6 });
        let text = server.mails().join("\n");
        let arrived: BTreeSet<_> = text.lines().filter_map(|line| line.strip_prefix("Message-ID: <")).collect();
        for mail in listed {
            assert_eq!(mail["state"], "sent", "{mail:#}");
            let Value::String(id) = &mail["message_id"] else { panic!("{mail:#}") };
            assert!(arrived.contains(format!("{id}>").as_str()), "{id} was lost");
        }
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }
}
