use serde_json::Value;

use super::requests::{reset, verified_request};
use crate::support::{Desk, on_both_databases};

const HOUR: i64 = 3_600_000_000;

fn reset_done(desk: &Desk) {
    let request = verified_request(desk, &["j.jansen"]);
    assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
}

fn pending(desk: &Desk) -> Vec<Value> {
    let list = desk.run_json(["pending"]).json();
    assert_eq!(list["schema"], "balie.pending/1");
    list["accounts"].as_array().unwrap().clone()
}

/// Moves the end of the window so many hours.
fn shift(desk: &Desk, hours: i64) {
    desk.sql(&format!(
        "UPDATE accounts SET enroll_by = enroll_by + {} WHERE username = 'j.jansen'",
        hours * HOUR
    ))
    .unwrap();
}

fn remind(desk: &Desk) -> Vec<(String, String)> {
    let ran = desk.run_json(["pending", "--remind"]).json();
    let reminded = ran["reminded"].as_array().unwrap().clone();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    reminded
        .iter()
        .map(|row| (text(row, "username"), text(row, "reminder")))
        .collect()
}

fn reminders(desk: &Desk) -> i64 {
    desk.count("outbox WHERE notice LIKE '%window_reminder%'")
}

on_both_databases! {
    fn who_was_reset_is_pending_until_enrolled_again(desk: &Desk) {
        desk.import_small_directory().json();
        assert_eq!(pending(desk), Vec::<Value>::new());
        let all = desk.run_json(["pending", "--all"]).json();
        assert_eq!(all["accounts"].as_array().unwrap().len(), 4);
    }

    fn reminders_go_out_once_each(desk: &Desk) {
        reset_done(desk);
        let rows = pending(desk);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["username"], "j.jansen");
        assert_eq!(rows[0]["region"], "utrecht");
        assert_eq!(rows[0]["window"], "open");
        let left = rows[0]["seconds_left"].as_i64().unwrap();
        assert!((71 * 3600..=72 * 3600).contains(&left), "{left}");
        assert_eq!(remind(desk), []);

        shift(desk, -40);
        let dry = desk.run_json(["pending", "--remind", "-n"]).json();
        assert_eq!(dry["reminded"][0]["reminder"], "halfway");
        assert_eq!(reminders(desk), 0);
        let halfway = [("j.jansen".to_owned(), "halfway".to_owned())];
        assert_eq!(remind(desk), halfway);
        assert_eq!(remind(desk), []);
        assert_eq!(pending(desk)[0]["reminded"], "halfway");
        assert_eq!(reminders(desk), 1);

        shift(desk, -40);
        assert_eq!(pending(desk)[0]["window"], "closed");
        assert_eq!(remind(desk), []);
    }

    fn a_closed_window_is_opened_again_and_the_holder_told(desk: &Desk) {
        reset_done(desk);
        shift(desk, -80);
        assert_eq!(pending(desk)[0]["seconds_left"], 0);
        let dry = desk.run_json(["pending", "--reopen", "j.jansen", "-n"]).json();
        assert_eq!(dry["dry_run"], true);
        assert_eq!(pending(desk)[0]["window"], "closed");
        desk.run_json(["pending", "--reopen", "j.jansen", "--no-input"]).json();
        assert_eq!(pending(desk)[0]["window"], "open");
        assert_eq!(desk.count("outbox WHERE notice LIKE '%window_reopened%'"), 1);
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        assert_eq!(history["events"][0]["action"], "pending.reopen", "{history:#}");

        let refused = |username: &str| {
            let (exit, code, _) = desk.run_json(["pending", "--reopen", username]).error();
            (exit, code)
        };
        assert_eq!(refused("k.bos"), (4, "account_blocked".into()));
        assert_eq!(refused("nobody"), (3, "not_found".into()));
        desk.sql("UPDATE enrollments SET retired_at = NULL, destroy_at = NULL").unwrap();
        assert_eq!(refused("j.jansen"), (5, "enrolled_again".into()));
        assert_eq!(pending(desk), Vec::<Value>::new());
        desk.sql("UPDATE operators SET work_email = 'z.celik@devecht.nl'").unwrap();
        assert_eq!(refused("z.celik"), (4, "same_person".into()));
        desk.run_json(["audit", "verify"]).json();
    }
}
