use std::fs;

use serde_json::Value;

use crate::support::mail::{DnsServer, Domain, jiff_now, mail, mail_dated};
use crate::support::{Desk, Ran, on_both_databases};

pub(crate) const DIRECTOR: &str = "Daan Visser <d.visser@beatrixschool.nl>";
pub(crate) const DESK: &str = "utrecht@otservicedesk.nl";

pub(super) fn receive_ran(desk: &Desk, dns: &str, mail: &str, accounts: &[&str]) -> Ran {
    let file = desk.path("mail.eml");
    fs::write(&file, mail).unwrap();
    let mut command = desk.command();
    command
        .env("BALIE_DNS_SERVER", dns)
        .args(["--format", "json", "request", "receive"])
        .arg(&file);
    for account in accounts {
        command.args(["--account", account]);
    }
    Ran::new(&command.output().unwrap())
}

pub(crate) fn receive(desk: &Desk, dns: &DnsServer, mail: &str, accounts: &[&str]) -> Value {
    receive_ran(desk, &dns.address, mail, accounts).json()
}

fn result<'v>(request: &'v Value, name: &str) -> &'v str {
    let checks = request["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 16);
    checks.iter().find(|check| check["name"] == name).unwrap()["result"]
        .as_str()
        .unwrap()
}

on_both_databases! {
    fn a_genuine_mail_is_verified_and_stays_so_when_it_comes_again(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let mail = school.sign(&mail(DIRECTOR, DESK, "1"));
        let request = receive(desk, &dns, &mail, &["j.jansen"]);
        assert_eq!(request["verdict"], "verified", "{request:#}");
        assert_eq!(request["schema"], "balie.request/1");
        assert_eq!(request["region"], "utrecht");
        assert_eq!(request["requester"]["capacity"], "director");
        assert_eq!(request["accounts"][0]["username"], "j.jansen");
        let again = receive(desk, &dns, &mail, &["j.jansen"]);
        assert_eq!((&again["id"], &again["received_before"]), (&request["id"], &true.into()));
        let shown = desk.run_json(["request", "show", request["id"].as_str().unwrap()]).json();
        assert_eq!(shown["checks"], request["checks"]);
        assert!(shown["dns"].as_array().unwrap().iter().any(|a| a["name"] == "s1._domainkey.beatrixschool.nl"));
    }

    fn no_attack_is_ever_verified(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let evil = Domain::publish(&dns, "beatrixsch0ol.nl");
        let genuine = |id: &str| mail(DIRECTOR, DESK, id);
        let with = |id: &str, from: &str, to: &str| genuine(id).replacen(from, to, 1);
        let replayed = school.sign(&genuine("seen"));
        let seen = receive(desk, &dns, &replayed, &["j.jansen"]);
        let attacks: Vec<(&str, &str, String, &[&str])> = vec![
            ("no signature", "dkim", genuine("a1"), &["j.jansen"]),
            ("another domain's signature", "dkim", evil.sign(&genuine("a2")), &["j.jansen"]),
            ("display name", "requester_known",
                evil.sign(&mail("\"d.visser@beatrixschool.nl\" <x@beatrixsch0ol.nl>", DESK, "a3")), &["j.jansen"]),
            ("look-alike domain", "lookalike",
                evil.sign(&mail("d.visser@beatrixsch0ol.nl", DESK, "a4")), &["j.jansen"]),
            ("two From fields", "single_sender",
                format!("From: x@evil.example\r\n{}", school.sign(&genuine("a5"))), &["j.jansen"]),
            ("two mailboxes", "single_sender",
                school.sign(&mail("d.visser@beatrixschool.nl, x@evil.example", DESK, "a6")), &["j.jansen"]),
            ("group", "single_sender",
                school.sign(&mail("g: d.visser@beatrixschool.nl;", DESK, "a7")), &["j.jansen"]),
            ("comment", "single_sender",
                school.sign(&mail("d.visser@beatrixschool.nl (x)", DESK, "a8")), &["j.jansen"]),
            ("route", "single_sender",
                school.sign(&mail("<@a,@b:d.visser@beatrixschool.nl>", DESK, "a9")), &["j.jansen"]),
            ("quoted local part", "single_sender",
                school.sign(&mail("<\"d.visser\"@beatrixschool.nl>", DESK, "a10")), &["j.jansen"]),
            ("NUL in a field", "well_formed",
                with("a11", "Subject: 2FA", "Subject: 2\0FA"), &["j.jansen"]),
            ("From isn't signed", "dkim",
                school.sign_fields(&genuine("a12"), &["To", "Subject", "Date"]), &["j.jansen"]),
            ("subject isn't signed", "dkim",
                school.sign_fields(&genuine("a13"), &["From", "To", "Date", "Message-ID"]), &["j.jansen"]),
            ("changed after signing", "dkim",
                school.sign(&genuine("a14")).replace("j.jansen", "z.celik"), &["j.jansen"]),
            ("to somebody else", "addressed_to_desk",
                school.sign(&mail(DIRECTOR, "x@school.nl", "a15")), &["j.jansen"]),
            ("too old", "fresh",
                school.sign(&mail_dated(DIRECTOR, DESK, "a16", &jiff_now(80))), &["j.jansen"]),
            ("from the future", "fresh",
                school.sign(&mail_dated(DIRECTOR, DESK, "a17", &jiff_now(-2))), &["j.jansen"]),
            ("a teacher", "requester_known",
                school.sign(&mail("j.jansen@beatrixschool.nl", DESK, "a18")), &["d.visser"]),
            ("for himself", "authority", school.sign(&genuine("a19")), &["d.visser"]),
            ("another school's account", "authority", school.sign(&genuine("a20")), &["k.bos"]),
            ("a list", "written_by_person",
                school.sign(&with("a21", "To:", "List-Id: <x>\r\nTo:")), &["j.jansen"]),
            ("Reply-To elsewhere", "reply_to",
                school.sign(&with("a22", "To:", "Reply-To: x@evil.example\r\nTo:")), &["j.jansen"]),
            ("wrong desk", "region",
                school.sign(&mail(DIRECTOR, "noord@otservicedesk.nl", "a24")), &["j.jansen"]),
        ];
        for (what, check, mail, accounts) in attacks {
            let request = receive(desk, &dns, &mail, accounts);
            assert_ne!(request["verdict"], "verified", "{what}: {request:#}");
            assert_eq!(result(&request, check), "fail", "{what}: {request:#}");
        }
        // Sent again under another id it's the request that is open, and works no second time.
        let id = seen["id"].as_str().unwrap();
        let again = receive(desk, &dns, &replayed.replace("<seen@", "<other@"), &["j.jansen"]);
        assert_eq!((&again["id"], &again["received_as"]), (&seen["id"], &"again".into()));
        assert_eq!(desk.run_json(["reset", "j.jansen", "--request", id]).exit, 0);
        let used = receive(desk, &dns, &replayed.replace("<seen@", "<third@"), &["j.jansen"]);
        assert_eq!((&used["verdict"], result(&used, "not_replayed")), (&"rejected".into(), "fail"));
    }

    fn keys_that_prove_nothing_are_not_believed(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let name = "s1._domainkey.beatrixschool.nl";
        let public = school.public();
        for (index, record) in [
            format!("v=DKIM1; k=ed25519; t=y; p={public}"),
            format!("v=DKIM1; k=ed25519; s=other; p={public}"),
            format!("v=DKIM1; k=ed25519; h=sha1; p={public}"),
            format!("v=DKIM1; k=ed25519; p={public}; p={public}"),
            "v=DKIM1; k=ed25519; p=".to_owned(),
        ].iter().enumerate() {
            dns.publish(name, record);
            let request = receive(desk, &dns, &school.sign(&mail(DIRECTOR, DESK, &format!("k{index}"))), &["j.jansen"]);
            assert_ne!(request["verdict"], "verified", "{record}");
            assert_eq!(result(&request, "dkim"), "fail", "{record}");
        }
    }

    fn what_is_no_mail_is_invalid_input(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let huge = format!("{}{}", mail(DIRECTOR, DESK, "big"), "x".repeat(26 << 20));
        for text in ["", "   \n", "no field at all\n", huge.as_str()] {
            let (exit, code, _) = receive_ran(desk, &dns.address, text, &[]).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        }
        let cut = mail(DIRECTOR, DESK, "cut");
        let cut = receive(desk, &dns, &cut[..cut.find("Date").unwrap()], &["j.jansen"]);
        assert_eq!((&cut["verdict"], result(&cut, "well_formed")), (&"rejected".into(), "fail"));
    }
}
