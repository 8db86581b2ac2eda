use std::fs;

use serde_json::{Value, json};

use crate::operator::manage::staffed;
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::dovecot::Dovecot;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};

pub(crate) fn fetch(desk: &Desk, dns: &DnsServer, more: &[(&str, &str)], args: &[&str]) -> Ran {
    let mut command = desk.command();
    command
        .env("BALIE_DNS_SERVER", &dns.address)
        .envs(more.iter().copied());
    command
        .args(["--format", "json", "mailbox", "fetch"])
        .args(args);
    Ran::new(&command.output().unwrap())
}

pub(super) fn over_imap(
    desk: &Desk,
    dns: &DnsServer,
    server: &Dovecot,
    more: &[(&str, &str)],
) -> Ran {
    let url = format!("imaps://localhost:{}", server.port);
    let (trusted, password) = (server.trusted(), server.password_file());
    let mut env = vec![
        ("SSL_CERT_FILE", trusted.to_str().unwrap()),
        ("BALIE_IMAP_URL", url.as_str()),
        ("BALIE_IMAP_USER", "balie"),
        ("BALIE_IMAP_PASSWORD_FILE", password.to_str().unwrap()),
    ];
    env.extend(more);
    fetch(desk, dns, &env, &[])
}

pub(crate) fn counts(report: &Value) -> [&Value; 3] {
    [&report["taken"], &report["again"], &report["quarantined"]]
}

on_both_databases! {
    fn a_mailbox_is_read_once_and_left_as_it_was(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let server = Dovecot::start();
        server.deliver("1.a", school.sign(&mail(DIRECTOR, DESK, "1")).as_bytes());
        server.deliver("2.a", mail(DIRECTOR, DESK, "2").as_bytes());
        server.deliver("3.a", b"\r\nno field at all\r\n");
        server.deliver("4.a", mail("spam@evil.example", DESK, "4").as_bytes());
        let first = over_imap(desk, &dns, &server, &[]).json();
        assert_eq!(counts(&first), [&json!(3), &json!(0), &json!(1)], "{first:#}");
        assert_eq!((&first["verified"], &first["rejected"]), (&json!(1), &json!(2)));
        assert_eq!(server.files("cur").iter().filter(|name| name.contains(":2,S")).count(), 0, "nothing is marked");
        let id = first["requests"][0].as_str().unwrap();
        let request = desk.run_json(["request", "show", id]).json();
        assert_eq!(request["intake"]["imap"]["mailbox"], "INBOX");
        assert_eq!(request["intake"]["imap"]["uid"], 1);
        assert!(request["intake"]["imap"]["internal_date"].is_string(), "{request:#}");
        assert_eq!(desk.run_json(["request", "reverify", id, "--offline"]).json()["holds"], true);
        let set_aside = desk.run_json(["mailbox", "quarantine"]).json();
        assert!(set_aside["messages"][0]["reason"].as_str().unwrap().contains("no header field"));
        let number = set_aside["messages"][0]["id"].as_str().unwrap();
        let (exit, code, _) = desk.run_json(["mailbox", "quarantine", number, "--eml", "-"]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"), "what isn't a mail isn't kept");
        let (exit, code, _) = desk.run_json(["mailbox", "quarantine", "999", "--eml", "-"]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));

        let again = over_imap(desk, &dns, &server, &[]).json();
        assert_eq!(counts(&again), [&json!(0); 3], "{again:#}");
        server.deliver("5.a", school.sign(&mail(DIRECTOR, DESK, "5")).as_bytes());
        assert_eq!(counts(&over_imap(desk, &dns, &server, &[]).json()), [&json!(1), &json!(0), &json!(0)]);
        // A server that numbers its mailbox anew is read from the start: what came before is known by its bytes.
        server.renumber();
        let renumbered = over_imap(desk, &dns, &server, &[]).json();
        assert_eq!(counts(&renumbered), [&json!(0), &json!(4), &json!(1)], "{renumbered:#}");
        assert_eq!(server.files("new").len() + server.files("cur").len(), 5, "nothing is deleted");
    }

    fn mails_are_marked_or_moved_only_where_the_config_says_so(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let server = Dovecot::start();
        server.deliver("1.a", mail(DIRECTOR, DESK, "1").as_bytes());
        over_imap(desk, &dns, &server, &[("BALIE_IMAP_AFTER", "seen")]).json();
        let seen = || server.files("cur").iter().filter(|name| name.contains(":2,S")).count();
        assert_eq!(seen(), 1);
        server.deliver("2.a", mail(DIRECTOR, DESK, "2").as_bytes());
        over_imap(desk, &dns, &server, &[("BALIE_IMAP_AFTER", "move:Gedaan")]).json();
        let moved = [".Gedaan/cur", ".Gedaan/new"].map(|folder| server.files(folder).len());
        assert_eq!((server.files("cur").len(), moved.iter().sum::<usize>()), (1, 1));
        let (exit, code, _) = over_imap(desk, &dns, &server, &[("BALIE_IMAP_AFTER", "delete")]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
    }

    fn our_own_hosts_results_are_read_from_an_own_mailbox_only(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let maildir = desk.path("Maildir");
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(maildir.join(part)).unwrap();
        }
        let own = |found: &str| format!(
            "Authentication-Results: mx.otservicedesk.nl; dmarc={found}\r\n\
             Received: from x by mx.otservicedesk.nl; z\r\n"
        );
        let put = |name: &str, text: String| fs::write(maildir.join("new").join(name), text).unwrap();
        let text = |id: &str| mail(DIRECTOR, DESK, id).replace("Wil je", &format!("{id}: wil je"));
        // Unsigned, under p=reject: our host's word lifts it to the challenge, and nobody else's.
        put("1.x", format!("{}{}", own("pass"), text("1")));
        let forged = "Received: from y by mx.otservicedesk.nl; z\r\n";
        put("2.x", format!("{forged}{}{}", own("pass"), text("2")));
        // Our own check finds the policy met, whatever our host found.
        put("3.x", format!("{}{}", own("fail"), school.sign(&text("3"))));
        let trust = [("BALIE_MAIL_AUTHSERV_IDS", "mx.otservicedesk.nl")];
        let folder = maildir.to_str().unwrap();
        let report = fetch(desk, &dns, &trust, &["--maildir", folder]).json();
        let verdicts = ["verified", "challenge", "rejected"].map(|verdict| &report[verdict]);
        assert_eq!(verdicts, [&json!(1); 3], "{report:#}");
        assert_eq!(counts(&fetch(desk, &dns, &trust, &["--maildir", folder]).json()), [&json!(0); 3]);
        assert_eq!(fs::read_dir(maildir.join("new")).unwrap().count(), 3);
    }

    fn an_mbox_with_broken_lines_loses_nothing(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let separator = "From d.visser@beatrixschool.nl Mon Sep 21 14:13:20 2026\n";
        let signed = |id: &str, text: &str| {
            school.sign(&mail(DIRECTOR, DESK, id).replace("Wil je", text)).replace("\r\n", "\n")
        };
        let file = desk.path("mbox");
        let text = format!("{separator}{}\n{separator}{}\n{separator}{}", signed("1", "From nu af"),
            signed("2", "Wil je").replace("\nWil je", "\n>From x\nWil je"), signed("3", "Wil je"));
        fs::write(&file, text).unwrap();
        let report = fetch(desk, &dns, &[], &["--mbox", file.to_str().unwrap()]).json();
        assert_eq!(counts(&report), [&json!(3), &json!(0), &json!(0)], "{report:#}");
        assert_eq!((&report["verified"], &report["rejected"]), (&json!(2), &json!(1)), "the second was changed");
        let again = fetch(desk, &dns, &[], &["--mbox", file.to_str().unwrap()]).json();
        assert_eq!(counts(&again), [&json!(0); 3]);
    }

    fn an_mbox_is_read_however_its_writer_quotes_and_separates(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let signed = |id: &str, text: &str| {
            school.sign(&mail(DIRECTOR, DESK, id).replace("Wil je", text)).replace("\r\n", "\n")
        };
        let file = desk.path("mbox");
        // mboxrd quotes `From ` and `>From `, mboxo doesn't quote the second: the file says nothing of it.
        let mboxrd = signed("1", "From nu af\nWil je").replace("\nFrom nu", "\n>From nu");
        let mboxo = signed("2", "Reset graag de 2FA van j.jansen.\n>From nu af\nWil je");
        let unsigned = mail(DIRECTOR, DESK, "3").replace("\r\n", "\n").replace("Wil je", ">From x\nWil je");
        let text = format!("From a@b Sun Nov 29 20:00:00 2026\n{mboxrd}From a@b\n{mboxo}\nFrom a@b\n{unsigned}\nFrom \n{}", signed("4", "Wil je"));
        fs::write(&file, text.replacen("From a@b\n", "From a@b Sun Nov 29 20:00:00 2026\n", 1)).unwrap();
        let args = ["--mbox", file.to_str().unwrap()];
        let report = fetch(desk, &dns, &[], &args).json();
        assert_eq!(counts(&report), [&json!(4), &json!(0), &json!(0)], "{report:#}");
        assert_eq!((&report["verified"], &report["rejected"]), (&json!(3), &json!(1)), "{report:#}");
        for id in report["requests"].as_array().unwrap() {
            let again = desk.run_json(["request", "reverify", id.as_str().unwrap(), "--offline"]).json();
            assert_eq!(again["holds"], true, "the bytes that prove it are those on file");
        }
        assert_eq!(counts(&fetch(desk, &dns, &[], &args).json()), [&json!(0); 3]);
    }

    fn a_mail_that_the_database_cant_take_keeps_none_back(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        // Longer than an index entry may be, and nothing in it that can be packed.
        let long: String = (0..400).map(|n: u32| data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(n.to_be_bytes()))).collect();
        let parts: Vec<_> = long.as_bytes().chunks(60).map(|part| str::from_utf8(part).unwrap()).collect();
        let folded = parts.join("\r\n ");
        let odd = mail(DIRECTOR, DESK, "2").replace("<2@mail.example>", &format!("<{folded}@mail.example>"));
        let maildir = desk.path("Maildir");
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(maildir.join(part)).unwrap();
        }
        for (name, text) in [("1", school.sign(&mail(DIRECTOR, DESK, "1"))), ("2", odd), ("3", school.sign(&mail(DIRECTOR, DESK, "3")))] {
            fs::write(maildir.join("new").join(name), text).unwrap();
        }
        let report = fetch(desk, &dns, &[], &["--maildir", maildir.to_str().unwrap()]).json();
        assert_eq!(report["verified"], 2, "{report:#}");
        assert_eq!(report["taken"].as_u64().unwrap() + report["quarantined"].as_u64().unwrap(), 3, "{report:#}");
    }

    fn bombs_among_genuine_mails_keep_none_back(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let maildir = desk.path("Maildir");
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(maildir.join(part)).unwrap();
        }
        let put = |name: &str, text: String| fs::write(maildir.join("new").join(name), text).unwrap();
        let text = |id: &str| mail(DIRECTOR, DESK, id).replace("Wil je", &format!("{id}: wil je"));
        let bomb = |content: &str, unit: &str| {
            let (header, _) = text("9").split_once("\r\n\r\n").map(|(h, b)| (h.to_owned(), b.to_owned())).unwrap();
            format!("{header}\r\n{content}\r\n\r\n{}", unit.repeat((512 << 10) / unit.len()))
        };
        put("1", school.sign(&text("1")));
        // 130,000 mails, each within the last: they were dropped by recursion.
        put("2", format!("From: {DIRECTOR}\r\nDate: x\r\n{}", "Content-Type:message/rfc822\r\n\r\n".repeat(130_000)));
        put("3", school.sign(&text("3")));
        put("4", bomb("X-A: b", "boundary=").replace("\r\nX-A: b", ""));
        put("5", bomb("Cc: x@y.nl", "a@b.nl,"));
        put("6", school.sign(&text("6")));
        let report = fetch(desk, &dns, &[], &["--maildir", maildir.to_str().unwrap()]).json();
        assert_eq!(report["verified"], 3, "{report:#}");
        assert_eq!(report["taken"].as_u64().unwrap() + report["quarantined"].as_u64().unwrap(), 6, "{report:#}");
    }

    fn what_isnt_an_mbox_is_neither_read_nor_kept(desk: &Desk) {
        let dns = DnsServer::start().unwrap();
        let keys = desk.path(".config/balie/keys.toml");
        assert!(keys.exists());
        for file in [keys.to_str().unwrap(), "/dev/zero", "/etc/passwd", desk.path("").to_str().unwrap()] {
            let (exit, code, message) = fetch(desk, &dns, &[], &["--mbox", file]).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{file}: {message}");
            assert!(message.contains("isn't an mbox"), "{file}: {message}");
        }
        assert_eq!(desk.count("mailbox_messages"), 0);
    }

    fn a_mail_for_another_desk_is_taken_in_for_that_desk(desk: &Desk) {
        staffed(desk);
        let dns = DnsServer::start().unwrap();
        desk.set(&[("dns.server", &dns.address)]);
        let file = desk.path("mbox");
        let line = "From a@b.nl Mon Sep 21 14:13:20 2026\n";
        let text = ["noord@otservicedesk.nl", DESK]
            .map(|to| format!("{line}{}\n", mail(DIRECTOR, to, to).replace("\r\n", "\n")));
        fs::write(&file, text.concat()).unwrap();
        let fetch = || {
            // A file is an admin's to name.
            let mut command = desk.command_of("fatima");
            command.args(["mailbox", "fetch", "--mbox"]);
            Ran::new(&command.arg(&file).output().unwrap()).json()
        };
        let first = fetch();
        assert_eq!(
            counts(&first),
            [&json!(2), &json!(0), &json!(0)],
            "{first:#}"
        );
        assert_eq!(counts(&fetch()), [&json!(0); 3]);
        let elsewhere = first["requests"][0].as_str().unwrap();
        assert_eq!(
            desk.by("ursula", &["request", "show", elsewhere]).error().1,
            "not_found"
        );
        assert_eq!(
            desk.by("noor", &["request", "show", elsewhere]).json()["region"],
            "noord"
        );
    }
}

#[test]
fn a_server_that_is_not_there_or_not_trusted_is_said_so() {
    let desk = Desk::new(crate::support::Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let server = Dovecot::start();
    let fails = |more: &[(&str, &str)]| {
        let (exit, code, message) = over_imap(&desk, &dns, &server, more).error();
        assert!(!message.contains("geheim"));
        (exit, code)
    };
    assert_eq!(
        fails(&[("SSL_CERT_FILE", "/dev/null")]),
        (7, "imap_unavailable".into()),
        "no certificate that is trusted"
    );
    assert_eq!(
        fails(&[("BALIE_IMAP_URL", "imaps://localhost:1")]),
        (7, "imap_unavailable".into())
    );
    assert_eq!(
        fails(&[("BALIE_IMAP_URL", "imap://localhost")]),
        (2, "invalid_input".into()),
        "TLS or nothing"
    );
    let wrong = desk.path("wrong");
    fs::write(&wrong, "verkeerd").unwrap();
    assert_eq!(
        fails(&[("BALIE_IMAP_PASSWORD_FILE", wrong.to_str().unwrap())]).0,
        2,
        "others can read it"
    );
    std::os::unix::fs::chown(&wrong, None, None).unwrap();
    fs::set_permissions(&wrong, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert_eq!(
        fails(&[("BALIE_IMAP_PASSWORD_FILE", wrong.to_str().unwrap())]),
        (2, "invalid_input".into())
    );
    let none = fetch(
        &desk,
        &dns,
        &[],
        &["--maildir", desk.path("nowhere").to_str().unwrap()],
    );
    assert_eq!(none.error().0, 2);
}
