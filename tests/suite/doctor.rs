use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use balie::loopback::SmtpSink;
use serde_json::Value;

use crate::support::dovecot::Dovecot;
use crate::support::mail::DnsServer;
use crate::support::{Desk, Engine, Ran, on_both_databases};

fn examine(desk: &Desk, dns: &str, smtp: &str) -> Ran {
    let mut command = desk.command();
    command
        .env("BALIE_DNS_SERVER", dns)
        .env("BALIE_SMTP_URL", smtp)
        .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
        .args(["--format", "json", "doctor"]);
    Ran::new(&command.output().unwrap())
}

fn check(ran: &Ran, name: &str) -> (String, String) {
    let shown: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let checks = shown["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == name).unwrap();
    let text = |key: &str| check[key].as_str().unwrap().to_owned();
    (text("result"), text("mend"))
}

on_both_databases! {
    fn a_healthy_desk_is_told_so_and_each_fault_says_how_to_mend_it(desk: &Desk) {
        let dns = DnsServer::start().unwrap();
        let sink = SmtpSink::start(false).unwrap();
        let (dns, smtp) = (dns.address.clone(), sink.url.clone());
        let well = examine(desk, &dns, &smtp);
        assert_eq!(well.exit, 0, "{}{}", well.stdout, well.stderr);
        for name in ["config", "database", "keys", "clock", "limits", "outbox", "dns", "smtp"] {
            assert_eq!(check(&well, name).0, "ok", "{name}: {}", well.stdout);
        }
        let (open, mend) = check(&well, "operators");
        assert_eq!(open, "warn");
        assert!(mend.contains("reset-password"), "{mend}");

        let deaf = examine(desk, "127.0.0.1:1", "smtp+plain://127.0.0.1:1");
        assert_eq!(deaf.exit, 7);
        for name in ["dns", "smtp"] {
            let (result, mend) = check(&deaf, name);
            assert!(result == "fail" && !mend.is_empty(), "{name}: {}", deaf.stdout);
        }
        std::fs::rename(desk.path(".config/balie/keys.toml"), desk.path("away")).unwrap();
        let keyless = examine(desk, &dns, &smtp);
        assert_eq!((keyless.exit, check(&keyless, "keys").0), (2, "fail".into()));
        std::fs::rename(desk.path("away"), desk.path(".config/balie/keys.toml")).unwrap();
        desk.sql("UPDATE outbox SET failed_at = 1").unwrap();
        desk.close();
        let closed = desk.command_of("fatima").env("BALIE_DNS_SERVER", &dns).env("BALIE_SMTP_URL", &smtp)
            .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl").arg("doctor").output().unwrap();
        let closed = Ran::new(&closed);
        assert!(check(&closed, "operators").1.contains("--role admin"), "{}", closed.stdout);
        // What has to be done again and again, once others work here.
        for (name, mend) in [("backup", "balie backup"), ("checkpoint", "balie audit checkpoint")] {
            assert_eq!(check(&well, name).0, "ok", "an open desk is there to try things out");
            let (late, told) = check(&closed, name);
            assert!(late == "warn" && told.contains(mend), "{}", closed.stdout);
        }
        let copy = desk.path("copy").display().to_string();
        desk.by("fatima", &["backup", &copy]).json();
        let copied = Ran::new(&desk.command_of("fatima").arg("doctor").output().unwrap());
        assert!(copied.stdout.contains("the last copy of the desk was made at"), "{}", copied.stdout);
    }

    fn the_mailbox_is_tried_and_each_fault_says_how_to_mend_it(desk: &Desk) {
        let dns = DnsServer::start().unwrap();
        let sink = SmtpSink::start(false).unwrap();
        let server = Dovecot::start();
        server.deliver("1.a", b"Subject: x\r\n\r\nx\r\n");
        let url = format!("imaps://localhost:{}", server.port);
        let (trusted, password) = (server.trusted(), server.password_file());
        let wrong = desk.path("wrong");
        std::fs::write(&wrong, "verkeerd\n").unwrap();
        std::fs::set_permissions(&wrong, Permissions::from_mode(0o600)).unwrap();
        let open = desk.path("open");
        std::fs::write(&open, "geheim\n").unwrap();
        std::fs::set_permissions(&open, Permissions::from_mode(0o644)).unwrap();
        let examine = |change: (&str, &str)| {
            let mut command = desk.command();
            command
                .env("BALIE_DNS_SERVER", &dns.address)
                .env("BALIE_SMTP_URL", &sink.url)
                .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
                .env("SSL_CERT_FILE", &trusted)
                .env("BALIE_IMAP_URL", &url)
                .env("BALIE_IMAP_USER", "balie")
                .env("BALIE_IMAP_PASSWORD_FILE", &password)
                .env(change.0, change.1)
                .args(["--format", "json", "doctor"]);
            Ran::new(&command.output().unwrap())
        };
        let well = examine(("BALIE_IMAP_AFTER", "move:Gedaan"));
        assert_eq!((well.exit, check(&well, "imap").0), (0, "ok".into()), "{}", well.stdout);
        assert_eq!(server.files("cur").iter().filter(|name| name.contains(":2,S")).count(), 0, "nothing is marked");

        let closed = "imaps://localhost:1";
        let elsewhere = format!("{url}/Weg");
        for (change, exit, mend) in [
            (("BALIE_IMAP_PASSWORD_FILE", wrong.to_str().unwrap()), 2, "`password_file`"),
            (("BALIE_IMAP_PASSWORD_FILE", open.to_str().unwrap()), 2, "chmod 600"),
            (("BALIE_IMAP_PASSWORD_FILE", "/nowhere"), 2, "`password_file`"),
            (("BALIE_IMAP_URL", closed), 7, "that the server runs"),
            (("SSL_CERT_FILE", "/dev/null"), 7, "certificate"),
            (("BALIE_IMAP_URL", elsewhere.as_str()), 2, "`[imap] url`"),
            (("BALIE_IMAP_URL", "imap://localhost"), 2, "`[imap] url`"),
            (("BALIE_IMAP_AFTER", "delete"), 2, "`[imap] after`"),
        ] {
            let ran = examine(change);
            let (result, says) = check(&ran, "imap");
            assert_eq!((ran.exit, result.as_str()), (exit, "fail"), "{change:?}: {}", ran.stdout);
            assert!(says.contains(mend), "{change:?}: {says}");
            assert_eq!(check(&ran, "smtp").0, "ok", "{change:?}: the others are looked at all the same");
            assert!(!ran.stdout.contains("geheim") && !ran.stdout.contains("verkeerd"));
        }
    }
}

#[test]
fn without_a_database_doctor_says_so_and_goes_on() {
    let desk = Desk::without_init(Engine::Sqlite);
    let dns = DnsServer::start().unwrap();
    let sink = SmtpSink::start(false).unwrap();
    let ran = examine(&desk, &dns.address.clone(), &sink.url);
    assert_eq!((ran.exit, check(&ran, "database").0), (3, "fail".into()));
    assert_eq!(check(&ran, "dns").0, "ok");
}
