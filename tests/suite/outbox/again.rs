//! Mails that were given up: shown where it matters, tried again, called off.

use serde_json::Value;

use super::server::{queue, report, send};
use crate::request::challenge::doubtful;
use crate::support::smtp_server::SmtpServer;
use crate::support::{Desk, Ran, on_both_databases};

const HOLDER: &str = "j.jansen@beatrixschool.nl";

/// A desk whose mail to the holder was refused for good, and the one to the requester sent; the Message-IDs of the two.
fn given_up(desk: &Desk) -> (String, String) {
    queue(desk, 1);
    let server = SmtpServer::start(|line, _| {
        let refused = line.starts_with("RCPT") && line.contains("jansen");
        refused.then(|| "550 5.1.1 no such user".into())
    });
    let told = report(&send(desk, &server.url, &[]));
    assert_eq!(
        (&told["sent"], &told["given_up"]),
        (&1.into(), &1.into()),
        "{told:#}"
    );
    (mail(desk, HOLDER)["message_id"].as_str().unwrap().into(), {
        let sent = mail(desk, "d.visser@beatrixschool.nl");
        sent["message_id"].as_str().unwrap().into()
    })
}

fn mail(desk: &Desk, to: &str) -> Value {
    let listed = desk.run_json(["outbox", "list"]).json();
    let mails = listed["mails"].as_array().unwrap();
    mails
        .iter()
        .find(|mail| mail["recipient"] == to)
        .unwrap()
        .clone()
}

fn events(desk: &Desk, action: &str) -> i64 {
    desk.count(&format!("events WHERE action = '{action}'"))
}

/// How many `balie` alone says of today.
fn bounced(desk: &Desk) -> i64 {
    let nothing: [&str; 0] = [];
    desk.run_json(nothing).json()["bounced"].as_i64().unwrap()
}

on_both_databases! {
    fn a_mail_that_was_given_up_is_shown_with_its_account_and_tried_again(desk: &Desk) {
        let (failed, sent) = given_up(desk);
        let shown = desk.run_json(["account", "show", "j.jansen"]).json();
        assert!(shown["mail_bounced_at"].is_string(), "{shown:#}");
        let page = desk.run(["outbox", "list"]).stdout;
        assert!(page.contains("reset, to the holder") && page.contains("no such user"), "{page}");
        assert!(desk.run(["outbox", "list"]).stdout.contains("reset, to the requester"));
        assert!(desk.run_json(["account", "show", "z.celik"]).json()["mail_bounced_at"].is_null());

        // A rehearsal changes nothing, and neither does a name that isn't right: all of them, or none.
        let rehearsed = desk.run_json(["outbox", "retry", "--failed", "-n"]).json();
        assert_eq!((&rehearsed["dry_run"], &rehearsed["mails"][0]["state"]), (&true.into(), &"failed".into()));
        let unknown = desk.run_json(["outbox", "retry", &failed, "x@y.nl"]).error();
        assert_eq!((unknown.0, unknown.1.as_str()), (3, "not_found"));
        let was_sent = desk.run_json(["outbox", "retry", &failed, &sent]).error();
        assert_eq!((was_sent.0, was_sent.1.as_str()), (5, "mail_sent"));
        let nothing = desk.run_json(["outbox", "retry"]).error();
        assert_eq!(nothing.0, 2);
        assert_eq!((events(desk, "outbox.retry"), mail(desk, HOLDER)["state"].clone()), (0, "failed".into()));

        let bracketed = format!("<{failed}>");
        let again = desk.run_json(["outbox", "retry", &bracketed]).json();
        assert_eq!((&again["mails"][0]["state"], &again["mails"][0]["attempts"]), (&"due".into(), &0.into()), "{again:#}");
        assert_eq!(events(desk, "outbox.retry"), 1);
        let server = SmtpServer::start(|_, _| None);
        assert_eq!(send(desk, &server.url, &[]).json()["sent"], 1);
        assert!(desk.run_json(["account", "show", "j.jansen"]).json()["mail_bounced_at"].is_null());
        let none = desk.run_json(["outbox", "retry", "--failed"]).json();
        assert_eq!((&none["mails"], events(desk, "outbox.retry")), (&serde_json::json!([]), 1));
        desk.assert_state_holds();
    }

    fn what_waits_for_its_next_try_is_tried_now_and_what_is_under_way_is_left_alone(desk: &Desk) {
        queue(desk, 1);
        let server = SmtpServer::start(|line, _| line.starts_with("RCPT").then(|| "450 later".into()));
        send(desk, &server.url, &[]);
        let id = mail(desk, HOLDER)["message_id"].as_str().unwrap().to_owned();
        let server = SmtpServer::start(|_, _| None);
        assert_eq!(send(desk, &server.url, &[]).json()["sent"], 0);
        desk.run_json(["outbox", "retry", &id]).json();
        desk.sql("UPDATE outbox SET claimed_by = 'x', claim_until = 4102444800000000").unwrap();
        for verb in ["retry", "cancel"] {
            let (exit, code, _) = desk.run_json(["outbox", verb, &id]).error();
            assert_eq!((exit, code.as_str()), (5, "mail_under_way"), "{verb}");
        }
        desk.sql("UPDATE outbox SET claimed_by = NULL, claim_until = NULL").unwrap();
        assert_eq!(send(desk, &server.url, &[]).json()["sent"], 1, "the other one waits");
    }

    fn a_mail_that_is_called_off_isnt_sent_or_told_of_any_more(desk: &Desk) {
        let (failed, sent) = given_up(desk);
        let unasked = desk.command_without_yes().args(["--format", "json", "outbox", "cancel", &failed]).output().unwrap();
        assert_eq!(Ran::new(&unasked).error().1, "input_required");
        let rehearsed = desk.run_json(["outbox", "cancel", &failed, "-n"]).json();
        assert_eq!((&rehearsed["dry_run"], events(desk, "outbox.cancel")), (&true.into(), 0));
        assert!(desk.run(["doctor"]).stdout.contains("couldn't be delivered"));
        assert_eq!(bounced(desk), 1);
        let cancelled = desk.run_json(["outbox", "cancel", &failed]).json();
        assert_eq!(cancelled["mails"][0]["state"], "cancelled", "{cancelled:#}");
        assert_eq!(events(desk, "outbox.cancel"), 1);
        assert!(!desk.run(["doctor"]).stdout.contains("couldn't be delivered"));
        assert_eq!(bounced(desk), 0);
        assert!(desk.run_json(["account", "show", "j.jansen"]).json()["mail_bounced_at"].is_null());
        for (id, code) in [(&failed, "nothing_to_change"), (&sent, "mail_sent")] {
            let told = desk.run_json(["outbox", "cancel", id]).error();
            assert_eq!((told.0, told.1.as_str()), (5, code));
        }
        assert_eq!(desk.run_json(["outbox", "retry", "--failed"]).json()["mails"], serde_json::json!([]));
        // Called off too soon: it's brought back by its name.
        assert_eq!(desk.run_json(["outbox", "retry", &failed]).json()["mails"][0]["state"], "due");
        desk.assert_state_holds();
    }

    fn a_code_that_was_erased_is_sent_anew_not_again(desk: &Desk) {
        let (failed, _) = given_up(desk);
        let request = doubtful(desk);
        desk.run_json(["request", "challenge", request["id"].as_str().unwrap()]).json();
        let code = "SELECT message_id, recipient FROM outbox WHERE key_id IS NOT NULL";
        let with_code = desk.pairs(code)[0].0.clone();
        desk.run_json(["outbox", "cancel", &with_code]).json();
        assert_eq!(desk.count("outbox WHERE key_id IS NOT NULL AND sealed_secret IS NOT NULL"), 0, "the code is gone");
        let told = desk.run_json(["outbox", "retry", &with_code]).error();
        assert_eq!((told.0, told.1.as_str()), (5, "code_erased"));
        desk.sql("UPDATE outbox SET last_error = 'no such user' WHERE key_id IS NOT NULL").unwrap();
        let all = desk.run_json(["outbox", "retry", "--failed"]).json();
        assert_eq!((all["mails"].as_array().unwrap().len(), &all["without_code"]), (1, &1.into()), "{all:#}");
        assert_eq!(all["mails"][0]["message_id"], failed.as_str());
    }

    fn seniors_have_mails_tried_again_and_admins_call_them_off(desk: &Desk) {
        let (failed, _) = given_up(desk);
        desk.close();
        desk.hire("olga", "operator", &["utrecht"]);
        desk.hire("simon", "senior", &["utrecht"]);
        desk.hire("noor", "senior", &["noord"]);
        let code = |login: &str, verb: &str| desk.by(login, &["outbox", verb, &failed]).error().1;
        assert_eq!(code("olga", "retry"), "role_may_not");
        assert_eq!(code("simon", "cancel"), "role_may_not");
        assert_eq!(code("noor", "retry"), "not_found", "of another region");
        assert_eq!(desk.by("noor", &["outbox", "retry", "--failed"]).json()["mails"], serde_json::json!([]));
        desk.by("simon", &["outbox", "retry", &failed]).json();
        desk.by("fatima", &["outbox", "cancel", &failed]).json();
    }
}
