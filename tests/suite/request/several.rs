//! Several mails handed in at once, and what Outlook saves instead of a mail.

use std::fs;

use crate::request::receive::{DESK, DIRECTOR};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};

/// What classic Outlook saves: a compound file, with the mail's words somewhere in it.
fn msg() -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.extend([0; 512]);
    bytes.extend(b"From: d.visser@beatrixschool.nl\r\nGEHEIM\r\n");
    bytes
}

fn receive(desk: &Desk, dns: &str, more: &[&str], files: &[&str]) -> Ran {
    let mut command = desk.command();
    command.env("BALIE_DNS_SERVER", dns).args(more);
    command.args(["request", "receive"]);
    for file in files {
        command.arg(desk.path(file));
    }
    Ran::new(&command.output().unwrap())
}

on_both_databases! {
    fn each_of_several_mails_has_its_own_outcome(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let genuine = school.sign(&mail(DIRECTOR, DESK, "1"));
        fs::write(desk.path("genuine.eml"), &genuine).unwrap();
        fs::write(desk.path("notes.txt"), "nothing\nof a mail\n").unwrap();
        fs::write(desk.path("forged.eml"), mail(DIRECTOR, DESK, "2")).unwrap();
        fs::write(desk.path("copy.eml"), &genuine).unwrap();
        let files = ["genuine.eml", "notes.txt", "absent.eml", "forged.eml", "copy.eml"];
        let ran = receive(desk, &dns.address, &["--format", "json"], &files);
        assert_eq!(ran.exit, 6, "{}", ran.stderr);
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(document["schema"], "balie.receive/1");
        let results = document["results"].as_array().unwrap();
        let outcomes: Vec<_> = results.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, ["taken", "refused", "refused", "taken", "taken"]);
        assert_eq!((&results[0]["verdict"], &results[0]["received_as"]), (&"verified".into(), &"request".into()));
        assert_eq!(results[1]["code"], "invalid_input");
        assert_ne!(results[3]["verdict"], "verified");
        assert_eq!((&results[4]["request"], &results[4]["received_as"]), (&results[0]["request"], &"again".into()));
        assert_eq!(desk.count("requests"), 2);
        let good = receive(desk, &dns.address, &[], &["genuine.eml", "copy.eml"]);
        assert_eq!(good.exit, 0, "{}", good.stderr);
        assert!(good.stdout.contains("came in before"), "{}", good.stdout);
    }

    fn what_dns_leaves_open_of_one_of_several_is_to_be_tried_again(desk: &Desk) {
        desk.import_small_directory().json();
        let signed = {
            let dns = DnsServer::start().unwrap();
            Domain::publish(&dns, "beatrixschool.nl").sign(&mail(DIRECTOR, DESK, "1"))
        };
        fs::write(desk.path("a.eml"), &signed).unwrap();
        fs::write(desk.path("b.eml"), &signed).unwrap();
        let ran = receive(desk, "127.0.0.1:9", &[], &["a.eml", "b.eml"]);
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        assert!(ran.stdout.contains("balie request reverify"), "{}", ran.stdout);
    }

    fn accounts_are_named_for_one_mail_only_and_who_may_not_takes_none(desk: &Desk) {
        desk.import_small_directory().json();
        for name in ["a.eml", "b.eml"] {
            fs::write(desk.path(name), mail(DIRECTOR, DESK, name)).unwrap();
        }
        let (a, b) = (desk.path("a.eml"), desk.path("b.eml"));
        let (a, b) = (a.to_str().unwrap(), b.to_str().unwrap());
        for args in [&["request", "receive", a, b, "--account", "j.jansen"][..], &["request", "receive", a, "-"]] {
            let (exit, code, _) = desk.run_json(args).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        }
        desk.close();
        desk.hire("abel", "auditor", &[]);
        let (exit, code, _) = desk.by("abel", &["request", "receive", a, b]).error();
        assert_eq!((exit, code.as_str()), (4, "role_may_not"));
        assert_eq!(desk.count("requests"), 0);
    }

    fn what_outlook_saves_is_refused_with_the_way_to_save_the_mail_itself(desk: &Desk) {
        desk.import_small_directory().json();
        fs::write(desk.path("verzoek.msg"), msg()).unwrap();
        let file = desk.path("verzoek.msg").display().to_string();
        let refused = desk.run(["request", "receive", &file]);
        assert_eq!(refused.exit, 2);
        assert!(refused.stderr.contains("Outlook") && refused.stderr.contains(".eml"), "{}", refused.stderr);
        let in_dutch = desk.run(["--lang", "nl", "request", "receive", &file]);
        assert!(in_dutch.stderr.contains("download de mail als .eml"), "{}", in_dutch.stderr);
        let several = desk.run(["request", "receive", &file, &file]);
        assert_eq!(several.exit, 6);
        assert_eq!(several.stdout.matches("Download").count() + several.stdout.matches("download").count(), 1, "{}", several.stdout);
        for ran in [refused, in_dutch, several] {
            assert!(!(ran.stdout + &ran.stderr).contains("GEHEIM"));
        }
        assert_eq!(desk.count("requests"), 0);
    }
}
