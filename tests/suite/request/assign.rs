use serde_json::{Value, json};

use super::challenge::delivered;
use super::receive::{DESK, DIRECTOR, receive};
use crate::support::mail::{DnsServer, Domain, jiff_now, mail, mail_dated};
use crate::support::on_both_databases;

fn id(request: &Value) -> &str {
    request["id"].as_str().unwrap()
}

on_both_databases! {
    fn a_request_without_accounts_can_be_used_once_some_are_assigned(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let text = mail(DIRECTOR, DESK, "1").replace("van j.jansen", "van Joost Janssen en Zoe Celik");
        let request = receive(desk, &dns, &school.sign(&text), &[]);
        assert_eq!((&request["verdict"], &request["accounts"]), (&"verified".into(), &json!([])));
        let (exit, code, _) = desk.run_json(["request", "assign", id(&request)]).error();
        assert_eq!((exit, code.as_str()), (2, "input_required"));
        let suggested = desk.run_json(["request", "assign", id(&request), "--suggest"]).json();
        let names: Vec<_> = suggested["suggestions"].as_array().unwrap().iter()
            .map(|found| found["username"].as_str().unwrap()).collect();
        assert_eq!(names, ["j.jansen", "z.celik"], "{suggested:#}");
        let dry = desk.run_json(["--dry-run", "request", "assign", id(&request), "j.jansen"]).json();
        assert_eq!(dry["accounts"][0]["username"], "j.jansen");
        let refused = desk.run_json(["reset", "j.jansen", "--request", id(&request)]);
        assert_eq!(refused.exit, 4, "a dry run binds nobody");
        let assigned = desk.run_json(["request", "assign", id(&request), "j.jansen", "z.celik"]).json();
        assert_eq!(assigned["verdict"], "verified");
        assert_eq!(desk.run_json(["request", "reverify", id(&request), "--offline"]).json()["holds"], true);
        let dropped = desk.run_json(["request", "assign", id(&request), "--drop", "z.celik"]).json();
        assert_eq!(dropped["accounts"].as_array().unwrap().len(), 1);
        assert_eq!(desk.run_json(["reset", "j.jansen", "--request", id(&request)]).exit, 0);
        let (exit, code, _) = desk.run_json(["request", "assign", id(&request), "--drop", "j.jansen"]).error();
        assert_eq!((exit, code.as_str()), (5, "already_used"));
    }

    fn only_what_the_requester_may_ask_for_is_assigned(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let text = mail(DIRECTOR, DESK, "1").replace("j.jansen", "k.bos en d.visser");
        let request = receive(desk, &dns, &school.sign(&text), &[]);
        let suggested = desk.run_json(["request", "assign", id(&request), "--suggest"]).json();
        assert_eq!(suggested["suggestions"], json!([]));
        for (account, wanted) in [("k.bos", "not_authorised"), ("d.visser", "same_person")] {
            let (exit, code, _) = desk.run_json(["request", "assign", id(&request), account]).error();
            assert_eq!((exit, code.as_str()), (4, wanted));
        }
        let (exit, code, _) = desk.run_json(["request", "assign", id(&request), "nobody"]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));
    }

    fn assigning_voids_what_was_confirmed(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let request = receive(desk, &dns, &mail(DIRECTOR, DESK, "1"), &["j.jansen"]);
        desk.sql("UPDATE requests SET verdict = 'verified', confirmed_at = 1").unwrap();
        let ran = desk.run_json(["request", "assign", id(&request), "z.celik"]);
        let assigned = ran.json();
        assert_eq!((&assigned["verdict"], &assigned["confirmed_at"]), (&"challenge".into(), &Value::Null));
        assert!(!ran.stderr.contains("is void"), "no code was mailed: {}", ran.stderr);
        desk.run_json(["request", "challenge", id(&request)]).json();
        let ran = desk.run(["request", "assign", id(&request), "--drop", "z.celik"]);
        assert_eq!(ran.exit, 0, "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("is void. Send a new one with `balie request challenge {}`", id(&request))), "{}", ran.stderr);
        assert_eq!(assigned["accounts"].as_array().unwrap().len(), 2);
    }

    fn a_rejection_is_final_and_told_to_the_address_on_file(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let text = mail(DIRECTOR, DESK, "1").replace("To:", "Reply-To: x@evil.example\r\nTo:");
        let request = receive(desk, &dns, &text, &["j.jansen"]);
        assert_eq!(request["verdict"], "challenge");
        let (exit, code, _) = desk.run_json(["request", "reject", id(&request)]).error();
        assert_eq!((exit, code.as_str()), (2, "input_required"));
        let reason = "De school weet <b>nergens</b> van";
        let rejected = desk.run_json(["request", "reject", id(&request), "--reason", reason]).json();
        assert_eq!((&rejected["verdict"], &rejected["rejected_for"]), (&"rejected".into(), &reason.into()));
        let mails = delivered(desk);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("To: d.visser@beatrixschool.nl") && mails[0].contains("afgewezen"));
        assert!(!mails[0].contains("evil.example"));
        for args in [["reject", "--reason", "x"].as_slice(), &["assign", "z.celik"], &["challenge"]] {
            let ran = desk.run_json(["request", args[0], id(&request)].iter().chain(&args[1..]));
            let (exit, code, _) = ran.error();
            assert_eq!((exit, code.as_str()), (4, "request_rejected"));
        }
        assert_eq!(desk.run_json(["request", "reverify", id(&request), "--offline"]).json()["holds"], true);
        assert_eq!(desk.run_json(["reset", "j.jansen", "--request", id(&request)]).exit, 4);
    }

    fn who_is_on_file_hears_of_a_mail_that_was_not_taken_and_nobody_else_does(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        Domain::publish(&dns, "beatrixschool.nl");
        // The domain asks to reject what it didn't sign.
        let forged = |id: &str| {
            let text = mail(DIRECTOR, DESK, id).replace("Wil je", id);
            text.replace("To:", "Reply-To: x@evil.example\r\nTo:")
        };
        for id in ["f1", "f2", "f3", "f4", "f5"] {
            assert_eq!(receive(desk, &dns, &forged(id), &["j.jansen"])["verdict"], "rejected");
        }
        receive(desk, &dns, &mail("x@evil.example", DESK, "s1"), &["j.jansen"]);
        let list = mail_dated("bestuur@devecht.nl", DESK, "l1", &jiff_now(100)).replace("To:", "List-Id: <x>\r\nTo:");
        receive(desk, &dns, &list, &["j.jansen"]);
        let mails = delivered(desk);
        assert_eq!(mails.len(), 3, "a forger floods nobody: {mails:#?}");
        assert!(mails.iter().all(|mail| mail.contains("To: d.visser@beatrixschool.nl")));
    }
}
