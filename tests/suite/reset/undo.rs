use serde_json::Value;

use super::requests::{reset, verified_request};
use crate::support::{Desk, Ran, on_both_databases};

/// Another operator, who didn't do the reset.
pub(crate) fn as_colleague(desk: &Desk, args: &[&str]) -> Ran {
    let output = desk
        .command()
        .env("BALIE_OPERATOR_LOGIN", "bram")
        .args(["--format", "json"])
        .args(args)
        .output();
    Ran::new(&output.unwrap())
}

pub(crate) fn add_colleague(desk: &Desk) {
    desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('bram', 'operator', 1)")
        .unwrap();
}

/// A desk where j.jansen was just reset by fatima; the receipt.
fn reset_done(desk: &Desk) -> String {
    add_colleague(desk);
    let request = verified_request(desk, &["j.jansen"]);
    let (_, done) = reset(desk, &request, &["j.jansen"]);
    done["results"][0]["receipt"].as_str().unwrap().to_owned()
}

fn kinds(desk: &Desk) -> Vec<String> {
    let outbox = desk.run_json(["outbox", "list"]).json();
    let mails = outbox["mails"].as_array().unwrap();
    mails
        .iter()
        .map(|mail| mail["kind"].as_str().unwrap().to_owned())
        .collect()
}

fn refused(ran: &Ran) -> (i32, String) {
    let (exit, code, _) = ran.error();
    (exit, code)
}

on_both_databases! {
    fn the_account_or_the_event_names_the_reset_as_well_as_its_receipt(desk: &Desk) {
        let receipt = reset_done(desk);
        let event = receipt.split("event=").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        assert_eq!(refused(&desk.run_json(["undo", "j.jansen"])), (4, "own_reset".into()));
        assert_eq!(refused(&as_colleague(desk, &["undo", "z.celik"])), (5, "nothing_to_undo".into()));
        assert_eq!(refused(&as_colleague(desk, &["undo", "j.janse"])), (3, "not_found".into()));
        assert_eq!(refused(&as_colleague(desk, &["undo", "--event", "1"])), (3, "not_found".into()));
        let dry = as_colleague(desk, &["undo", "--event", &event, "-n"]).json();
        assert_eq!((&dry["username"], &dry["dry_run"]), (&"j.jansen".into(), &true.into()));
        let done = as_colleague(desk, &["undo", "j.jansen"]).json();
        assert_eq!((&done["outcome"], &done["reset"]), (&"done".into(), &event.as_str().into()));
        assert_eq!(desk.run_json(["account", "show", "j.jansen"]).json()["second_factor"]["state"], "active");
        assert_eq!(refused(&as_colleague(desk, &["undo", "--event", &event])), (5, "nothing_to_undo".into()));
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_colleague_brings_the_old_authenticator_back_and_nothing_weaker(desk: &Desk) {
        let receipt = reset_done(desk);
        let before = desk.run_json(["account", "show", "j.jansen"]).json();

        let own = desk.run_json(["undo", &receipt]);
        assert_eq!(refused(&own), (4, "own_reset".into()));

        let dry = as_colleague(desk, &["undo", &receipt, "--dry-run"]).json();
        assert_eq!((&dry["dry_run"], &dry["event"]), (&true.into(), &Value::Null));

        let done = as_colleague(desk, &["undo", &receipt, "--no-input"]).json();
        assert_eq!(done["schema"], "balie.undo/1");
        assert_eq!(done["second_factor"], "active");
        let after = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(after["second_factor"]["state"], "active");
        assert_eq!(after["second_factor"]["enroll_by"], Value::Null);
        assert_eq!(after["session_epoch"].as_i64(), before["session_epoch"].as_i64().map(|e| e + 1));
        let told = kinds(desk);
        assert!(told.contains(&"undone_holder".into()) && told.contains(&"undone_requester".into()), "{told:?}");

        let again = as_colleague(desk, &["undo", &receipt]);
        assert_eq!(refused(&again), (5, "nothing_to_undo".into()));
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        let count = |action: &str| {
            history["events"].as_array().unwrap().iter().filter(|e| e["action"] == action).count()
        };
        assert_eq!((count("reset.undo"), count("reset.undo_refused")), (1, 2));
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_forged_receipt_and_one_of_another_log_undo_nothing(desk: &Desk) {
        let receipt = reset_done(desk);
        let forged = receipt.replace("j.jansen", "z.celik");
        assert_eq!(refused(&as_colleague(desk, &["undo", &forged])), (8, "tampered".into()));
        // One word is an account; several are a receipt.
        assert_eq!(refused(&as_colleague(desk, &["undo", "hello"])), (3, "not_found".into()));
        assert_eq!(refused(&as_colleague(desk, &["undo", "hello", "there"])), (2, "invalid_input".into()));
        let nothing = as_colleague(desk, &["undo", "--no-input"]);
        assert_eq!(refused(&nothing), (2, "input_required".into()));
    }

    fn once_the_holder_has_enrolled_again_that_counts(desk: &Desk) {
        let receipt = reset_done(desk);
        desk.sql(
            "INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at, enrolled_at)
             SELECT account_id, sealed_secret, sealed_secret, key_id, algorithm, digits, period, retired_at + 1, retired_at + 1
             FROM enrollments",
        ).unwrap();
        assert_eq!(refused(&as_colleague(desk, &["undo", &receipt])), (5, "enrolled_again".into()));
        // Not even when that one is retired in its turn.
        desk.sql("UPDATE enrollments SET retired_at = enrolled_at + 5, destroy_at = 9000000000000000 WHERE retired_at IS NULL").unwrap();
        assert_eq!(refused(&as_colleague(desk, &["undo", &receipt])), (5, "enrolled_again".into()));
    }

    fn one_that_was_only_begun_makes_room(desk: &Desk) {
        let receipt = reset_done(desk);
        desk.sql(
            "INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at)
             SELECT account_id, sealed_secret, sealed_secret, key_id, algorithm, digits, period, retired_at + 1
             FROM enrollments",
        ).unwrap();
        assert_eq!(as_colleague(desk, &["undo", &receipt]).json()["second_factor"], "active");
    }

    fn a_locked_authenticator_comes_back_locked(desk: &Desk) {
        let receipt = reset_done(desk);
        desk.sql("UPDATE enrollments SET locked_at = 5, failed_attempts = 10").unwrap();
        assert_eq!(as_colleague(desk, &["undo", &receipt]).json()["second_factor"], "locked");
    }

    fn after_its_time_the_secret_is_destroyed_and_that_is_an_event(desk: &Desk) {
        let receipt = reset_done(desk);
        desk.sql("UPDATE enrollments SET destroy_at = retired_at + 1").unwrap();
        // Any command destroys what is due; a dry run doesn't.
        assert_eq!(refused(&as_colleague(desk, &["undo", &receipt, "-n"])), (5, "undo_over".into()));
        assert_eq!(refused(&as_colleague(desk, &["undo", &receipt])), (5, "undo_over".into()));
        let log = desk.run_json(["audit", "log"]).json();
        let events = log["events"].as_array().unwrap();
        let destroyed: Vec<_> = events.iter().filter(|e| e["action"] == "enrollment.destroy").collect();
        assert_eq!(destroyed.len(), 1, "{log:#}");
        assert_eq!((&destroyed[0]["detail"]["destroyed"], &destroyed[0]["operator"]), (&1.into(), &"balie".into()));
        assert_eq!(desk.count("enrollments WHERE sealed_secret IS NOT NULL"), 0);
    }

    fn holder_and_requester_can_not_undo(desk: &Desk) {
        let receipt = reset_done(desk);
        for address in ["j.jansen@beatrixschool.nl", "d.visser@beatrixschool.nl"] {
            desk.sql(&format!("UPDATE operators SET work_email = '{address}' WHERE login = 'bram'")).unwrap();
            assert_eq!(refused(&as_colleague(desk, &["undo", &receipt])), (4, "same_person".into()));
        }
    }
}
