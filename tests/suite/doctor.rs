use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use balie::loopback::SmtpSink;
use serde_json::Value;

use crate::outsiders::python;
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

fn as_prometheus(desk: &Desk, command: &str) -> Ran {
    let ran = desk
        .command()
        .env("XDG_RUNTIME_DIR", desk.path("run-fatima"))
        .env("BALIE_DNS_SERVER", "127.0.0.1:1")
        .args(["--format", "prometheus", command])
        .output();
    Ran::new(&ran.unwrap())
}

/// What Prometheus' own client reads: each sample by its name and labels.
fn samples(desk: &Desk) -> Vec<(String, Value, f64)> {
    let ran = as_prometheus(desk, "doctor");
    let read = python("prometheus.py", &[], ran.stdout.as_bytes());
    let read: Value = serde_json::from_str(&read).unwrap();
    for family in read["families"].as_array().unwrap() {
        assert_eq!(family[1], "gauge", "{family:#}");
        assert!(
            family[2].as_str().is_some_and(|help| help.ends_with('.')),
            "{family:#}"
        );
    }
    let samples = read["samples"].as_array().unwrap().iter();
    samples
        .map(|one| {
            (
                one[0].as_str().unwrap().to_owned(),
                one[1].clone(),
                one[2].as_f64().unwrap(),
            )
        })
        .collect()
}

fn value(samples: &[(String, Value, f64)], name: &str) -> Option<f64> {
    samples.iter().find(|one| one.0 == name).map(|one| one.2)
}

/// The tokens' ends and the checks bear a label each.
fn labelled(samples: &[(String, Value, f64)], name: &str, label: &str, of: &str) -> Option<f64> {
    samples
        .iter()
        .find(|one| one.0 == name && one.1[label] == of)
        .map(|one| one.2)
}

on_both_databases! {
    fn prometheus_reads_what_doctor_found(desk: &Desk) {
        let dns = DnsServer::start().unwrap();
        let before = samples(desk);
        assert_eq!(value(&before, "balie_last_backup_timestamp_seconds"), None, "what never was has no line");
        assert_eq!(value(&before, "balie_mails_due"), Some(0.0));
        let request = crate::reset::requests::verified_request(desk, &["j.jansen"]);
        crate::reset::requests::reset(desk, &request, &["j.jansen"]);
        crate::request::challenge::doubtful(desk);
        let copy = desk.path("copy").display().to_string();
        desk.run_json(["backup", &copy]).json();
        desk.run_json(["audit", "prune"]).json();
        desk.sql("UPDATE outbox SET due_at = 1000000").unwrap();
        desk.sql("INSERT INTO mailboxes (place, fetched_at) VALUES ('imap://desk@mail.nl/INBOX', 7000000)").unwrap();
        desk.close();
        let token = desk.path("watch.token").display().to_string();
        desk.by("fatima", &["service", "add", "watch", "--job", "doctor", "--out", &token]).json();
        let dns = dns.address.clone();
        desk.set(&[("dns.server", &dns)]);
        let found = samples(desk);
        for (name, expected) in [
            ("balie_mails_due", 2.0),
            ("balie_mails_failed", 0.0),
            ("balie_oldest_due_mail_timestamp_seconds", 1.0),
            ("balie_last_fetch_timestamp_seconds", 7.0),
            ("balie_requests_waiting", 1.0),
        ] {
            assert_eq!(value(&found, name), Some(expected), "{name}: {found:#?}");
        }
        let schemas = std::fs::read_dir("migrations/sqlite").unwrap().count();
        assert_eq!(value(&found, "balie_schema_version"), Some(f64::from(u32::try_from(schemas).unwrap())));
        for name in ["backup", "prune"] {
            let name = format!("balie_last_{name}_timestamp_seconds");
            assert!(value(&found, &name).unwrap() > 1_700_000_000.0, "{name}");
        }
        for (check, stands) in [("database", 0.0), ("outbox", 1.0), ("fetch", 1.0), ("checkpoint", 1.0), ("dns", 0.0)] {
            assert_eq!(labelled(&found, "balie_check", "check", check), Some(stands), "{check}: {found:#?}");
        }
        let end = labelled(&found, "balie_token_end_timestamp_seconds", "service", "watch");
        assert!(end.is_some_and(|end| end > 1_700_000_000.0));
        assert!(value(&found, "balie_sealing_key_created_timestamp_seconds").is_some());
        // Names and addresses stay at the desk.
        let text = format!("{found:?}");
        assert!(!text.contains("jansen") && !text.contains("fatima") && !text.contains('@'), "{text}");
        let elsewhere = as_prometheus(desk, "whoami");
        assert_eq!((elsewhere.exit, elsewhere.stdout.as_str()), (2, ""), "{}", elsewhere.stderr);

        // Before it ends, and after it has.
        for end in ["1", "4102444800000000"] {
            desk.sql(&format!("UPDATE operator_tokens SET expires_at = {end}")).unwrap();
            let told = Ran::new(&desk.command_of("fatima").arg("doctor").output().unwrap());
            let (result, mend) = check(&told, "tokens");
            assert_eq!(result == "warn", end == "1", "{}", told.stdout);
            assert_eq!(mend.contains("balie service add"), end == "1");
        }
    }

    fn a_service_that_finds_what_it_found_before_writes_no_event(desk: &Desk) {
        let dns = DnsServer::start().unwrap();
        desk.close();
        desk.set(&[("dns.server", &dns.address)]);
        let token = desk.path("watch.token");
        let out = token.display().to_string();
        desk.by("fatima", &["service", "add", "watch", "--job", "doctor", "--out", &out]).json();
        let events = || desk.count("events WHERE action = 'doctor'");
        let look = || {
            let mut command = desk.command();
            command.env("BALIE_TOKEN_FILE", &token).args(["--format", "json", "doctor"]);
            Ran::new(&command.output().unwrap())
        };
        for _ in 0..3 {
            assert_eq!(look().exit, 0);
        }
        assert_eq!(events(), 0, "all is well, and was before");
        let keys = desk.path(".config/balie/keys.toml");
        std::fs::rename(&keys, desk.path("away")).unwrap();
        for _ in 0..3 {
            assert_eq!(look().exit, 2);
        }
        assert_eq!(events(), 1, "what fails is told once");
        std::fs::rename(desk.path("away"), &keys).unwrap();
        for _ in 0..2 {
            assert_eq!(look().exit, 0);
        }
        assert_eq!(events(), 2, "and that it's mended");
        desk.by("fatima", &["doctor"]);
        desk.by("fatima", &["doctor"]);
        assert_eq!(events(), 4, "who looks in person is told of each time");
        assert_eq!(desk.by("fatima", &["audit", "verify", "--state"]).exit, 0);
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
