use balie::loopback::SmtpSink;
use serde_json::Value;

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
