use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::request::receive::receive;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, on_both_databases};

const DESK: &str = "utrecht@otservicedesk.nl";

/// A desk where j.jansen is enrolled, and a verified request of the director for these accounts.
pub(crate) fn verified_request(desk: &Desk, accounts: &[&str]) -> String {
    desk.import_small_directory().json();
    let file = desk.path("e.csv");
    let uri = "otpauth://totp/OT:j.jansen?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=OT";
    fs::write(&file, format!("username,otpauth_uri\nj.jansen,{uri}\n")).unwrap();
    desk.run_json(["enroll", "import", &file.display().to_string()])
        .json();
    request_of(desk, "d.visser@beatrixschool.nl", accounts)
}

fn request_of(desk: &Desk, from: &str, accounts: &[&str]) -> String {
    let dns = DnsServer::start().unwrap();
    let domain = Domain::publish(&dns, from.split_once('@').unwrap().1);
    let mail = mail(from, DESK, from).replace("j.jansen", &accounts.join(" en "));
    let request = receive(desk, &dns, &domain.sign(&mail), accounts);
    assert_eq!(request["verdict"], "verified", "{request:#}");
    request["id"].as_str().unwrap().to_owned()
}

pub(crate) fn reset(desk: &Desk, request: &str, accounts: &[&str]) -> (i32, Value) {
    let ran = desk.run_json([&["reset", "--request", request], accounts].concat());
    (
        ran.exit,
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr)),
    )
}

fn code(document: &Value, index: usize) -> &str {
    document["results"][index]["code"]
        .as_str()
        .unwrap_or("none")
}

on_both_databases! {
    fn a_reset_ends_the_second_factor_and_its_receipt_holds(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let before = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(before["second_factor"]["state"], "active");
        let (exit, done) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, &done["results"][0]["outcome"]), (0, &"done".into()));
        let after = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(after["second_factor"]["state"], "none");
        assert!(after["second_factor"]["enroll_by"].is_string());
        assert_eq!(after["session_epoch"].as_i64(), before["session_epoch"].as_i64().map(|e| e + 1));

        let receipt = done["results"][0]["receipt"].as_str().unwrap();
        assert_eq!(desk.run_json(["receipt", "verify", receipt]).json()["account"], "j.jansen");
        let forged = receipt.replace("j.jansen", "z.celik");
        let (exit, code, _) = desk.run_json(["receipt", "verify", &forged]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));

        let (exit, again) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, code_of(&again)), (5, "already_used"));
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        let actions: Vec<_> = history["events"].as_array().unwrap().iter().map(|e| &e["action"]).collect();
        assert_eq!(actions.iter().filter(|a| **a == "reset").count(), 1);
        assert_eq!(actions.iter().filter(|a| **a == "reset.refused").count(), 1);
    }

    fn each_rule_refuses_with_its_own_code(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "k.bos"]);
        let (exit, some) = reset(desk, &request, &["j.jansen", "k.bos", "z.celik", "nobody"]);
        assert_eq!(exit, 6, "{some:#}");
        assert_eq!(code(&some, 1), "not_authorised");
        assert_eq!(code(&some, 2), "not_covered");
        assert_eq!(code(&some, 3), "not_found");

        let dns = DnsServer::start().unwrap();
        let unsigned = receive(desk, &dns, &mail("bestuur@devecht.nl", DESK, "u"), &["z.celik"]);
        let (exit, refused) = reset(desk, unsigned["id"].as_str().unwrap(), &["z.celik"]);
        assert_eq!((exit, code(&refused, 0)), (4, "request_not_verified"));

        let (exit, error, _) = desk.run_json(["reset", "j.jansen", "--request", "R-00000"]).error();
        assert_eq!((exit, error.as_str()), (3, "not_found"));
    }

    fn requester_holder_and_operator_are_three_people(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        desk.sql("UPDATE operators SET work_email = 'j.jansen@beatrixschool.nl'").unwrap();
        let (exit, refused) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, code(&refused, 0)), (4, "same_person"));
    }

    fn a_fresh_address_can_not_authorise_alone_and_an_old_request_expires(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        desk.sql("UPDATE requesters SET address_since = 9000000000000000").unwrap();
        let (exit, refused) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, code(&refused, 0)), (4, "four_eyes_required"));
        desk.sql("UPDATE requests SET expires_at = 1").unwrap();
        let (exit, refused) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, code(&refused, 0)), (5, "expired"));
    }

    fn who_lost_authority_since_can_not_be_acted_for(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        desk.sql("UPDATE requesters SET ended_at = 1").unwrap();
        let (exit, refused) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, code(&refused, 0)), (4, "not_authorised"));
    }

    fn a_dry_run_changes_nothing_and_signs_nothing(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let dry = desk.run_json(["reset", "j.jansen", "--request", &request, "-n"]).json();
        assert_eq!(dry["results"][0]["receipt"], Value::Null);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
    }

    fn the_desks_own_slips_alarm_nobody_and_a_forged_mail_does_once(desk: &Desk) {
        const ALARMS: &str = "outbox WHERE notice LIKE '%refused%'";
        let request = verified_request(desk, &["j.jansen"]);
        // A wrong username, done already, and a code that isn't there yet.
        assert_eq!(code_of(&reset(desk, &request, &["z.celik"]).1), "not_covered");
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        assert_eq!(code_of(&reset(desk, &request, &["j.jansen"]).1), "already_used");
        let dns = DnsServer::start().unwrap();
        let unsigned = mail("d.visser@beatrixschool.nl", DESK, "unsigned");
        let waiting = receive(desk, &dns, &unsigned, &["j.jansen"]);
        assert_eq!(waiting["verdict"], "challenge");
        assert_eq!(code_of(&reset(desk, waiting["id"].as_str().unwrap(), &["j.jansen"]).1), "request_not_verified");
        assert_eq!(desk.count(ALARMS), 0);
        // The school's domain asks for mail that fails to be rejected: this one isn't the director's.
        dns.publish("_dmarc.beatrixschool.nl", "v=DMARC1; p=reject");
        let forged = receive(desk, &dns, &unsigned.replace("unsigned", "forged"), &["j.jansen"]);
        assert_eq!(forged["verdict"], "rejected");
        for _ in 0..2 {
            reset(desk, forged["id"].as_str().unwrap(), &["j.jansen"]);
        }
        assert_eq!(desk.count(ALARMS), 2, "the holder and the requester, once each");
    }

    fn many_at_once_reset_each_account_once_and_the_log_holds(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        let children: Vec<_> = (0..8)
            .map(|_| {
                desk.command()
                    .args(["--format", "json", "reset", "j.jansen", "--request", &request])
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let exits: Vec<_> = children
            .into_iter()
            .map(|child| child.wait_with_output().unwrap().status.code().unwrap())
            .collect();
        assert_eq!(exits.iter().filter(|exit| **exit == 0).count(), 1, "{exits:?}");
        assert_eq!(exits.iter().filter(|exit| **exit == 5).count(), 7, "{exits:?}");
        desk.run_json(["audit", "verify"]).json();
    }

    fn killed_at_any_moment_nothing_is_half_done(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        for round in 0..24_u64 {
            let account = if round % 2 == 0 { "j.jansen" } else { "z.celik" };
            let mut child = desk
                .command()
                .args(["--format", "json", "reset", account, "--request", &request])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(std::time::Duration::from_millis(round * 3));
            child.kill().unwrap();
            child.wait().unwrap();
            let shown = desk.run_json(["account", "show", account]).json();
            let history = desk.run_json(["account", "history", account]).json();
            let events = history["events"].as_array().unwrap();
            let resets = events.iter().filter(|event| event["action"] == "reset").count();
            assert_eq!(shown["session_epoch"].as_u64(), Some(resets as u64), "round {round}");
            let used = desk.run_json(["request", "show", &request]).json();
            let bound = used["accounts"].as_array().unwrap().iter().find(|a| a["username"] == account).unwrap();
            assert_eq!(bound["used_at"].is_string(), resets == 1, "round {round}");
            let outbox = desk.run_json(["outbox", "list"]).json();
            let told = outbox["mails"].as_array().unwrap().iter()
                .filter(|mail| mail["kind"] == "reset_holder" && mail["recipient"] == shown["work_email"])
                .count();
            assert_eq!(told, resets, "round {round}");
        }
        desk.run_json(["audit", "verify"]).json();
    }
}

fn code_of(document: &Value) -> &str {
    code(document, 0)
}
