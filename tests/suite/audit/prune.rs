use std::fs;

use balie::domain::timestamp::Timestamp;
use serde_json::Value;

use super::{broken_at, unlock};
use crate::reset::requests::{reset, verified_request};
use crate::support::in_process::Hours;
use crate::support::{Desk, Engine, on_both_databases};

fn days_ago(days: i64) -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "the binary has the real clock too"
    )]
    let now = Timestamp::from(jiff::Timestamp::now());
    now.plus(jiff::SignedDuration::from_hours(-24 * days))
}

fn details(desk: &Desk) -> Vec<bool> {
    let ran = desk.run(["audit", "export"]);
    let lines = ran.stdout.lines();
    lines
        .map(|line| !serde_json::from_str::<Value>(line).unwrap()["detail"].is_null())
        .collect()
}

fn details_past_their_time_go_and_the_log_still_verifies(engine: Engine) {
    let desk = &Desk::without_init(engine);
    let old = days_ago(1000);
    desk.run_at(old, &["init"]);
    let folder = desk.small_directory().display().to_string();
    desk.run_at(old, &["directory", "import", &folder]);
    desk.run_at(old, &["account", "show", "j.jansen"]);
    desk.run_json(["region", "list"]).json();
    let would = desk.run_json(["--dry-run", "audit", "prune"]).json();
    assert_eq!(
        (&would["details"], &would["dry_run"]),
        (&3.into(), &true.into())
    );
    assert_eq!(
        desk.run_json(["audit", "verify"]).json()["erased_details"],
        0
    );

    let pruned = desk.run_json(["audit", "prune"]).json();
    assert_eq!(pruned["details"], 3);
    let report = desk.run_json(["audit", "verify"]).json();
    assert_eq!(
        (&report["erased_details"], &report["events"]),
        (&3.into(), &6.into())
    );
    assert_eq!(details(desk)[..5], [false, false, false, true, true]);
    let again = desk.run_json(["audit", "prune"]).json();
    assert_eq!(again["details"], 0);

    // Nothing else goes: not by hand, and not by saying so without an event.
    for statement in [
        "DELETE FROM event_details WHERE seq = 4",
        "INSERT INTO log_prunes (event, details_to) VALUES (4, 3)",
        "DELETE FROM log_prunes",
        "UPDATE log_prunes SET details_to = 4",
    ] {
        let refused = desk.sql(statement).unwrap_err();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
    unlock(desk);
    desk.sql("DELETE FROM event_details WHERE seq = 4").unwrap();
    assert_eq!(broken_at(desk, &[]), "4");
}

#[test]
fn details_past_their_time_go_on_sqlite() {
    details_past_their_time_go_and_the_log_still_verifies(Engine::Sqlite);
}

#[test]
fn details_past_their_time_go_on_postgres() {
    details_past_their_time_go_and_the_log_still_verifies(Engine::Postgres);
}

on_both_databases! {
    fn a_config_can_not_make_the_log_forget_at_once(desk: &Desk) {
        let output = desk.command().env("BALIE_RETENTION_LOG_MONTHS", "1").args(["--format", "json", "audit", "prune"]).output();
        let (exit, code, message) = crate::support::Ran::new(&output.unwrap()).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains("log_months"), "{message}");
        // Nor can a clock that was set forward: the database has its own.
        let refused = desk.sql("INSERT INTO log_prunes (event, details_to) VALUES (1, 1)");
        assert!(refused.is_err());
        assert_eq!(desk.run_json(["audit", "prune"]).json()["details"], 0);
    }

    fn a_quarantined_mails_bytes_go_and_that_it_was_there_stays(desk: &Desk) {
        desk.import_small_directory().json();
        let folder = desk.path("maildir/new");
        for name in ["new", "cur", "tmp"] {
            fs::create_dir_all(desk.path("maildir").join(name)).unwrap();
        }
        fs::write(folder.join("1.host"), "\r\nJoost Jansen, no field at all\r\n").unwrap();
        let maildir = desk.path("maildir").display().to_string();
        let fetched = desk.run_json(["mailbox", "fetch", "--maildir", &maildir]);
        // A mail that was too big keeps its bytes; this one had nothing to keep.
        let bytes = match desk.engine {
            Engine::Sqlite => "X'00'",
            Engine::Postgres => "'\\x00'::bytea",
        };
        desk.sql(&format!("UPDATE mailbox_messages SET zlib = {bytes}")).unwrap();
        let kept = "mailbox_messages WHERE reason IS NOT NULL AND zlib IS NOT NULL";
        assert_eq!(desk.count(kept), 1, "{}{}", fetched.stdout, fetched.stderr);
        assert_eq!(desk.run_json(["audit", "prune"]).json()["quarantined"], 0);
        desk.sql(&format!("UPDATE mailbox_messages SET taken_at = {}", days_ago(89).as_micros())).unwrap();
        assert_eq!(desk.run_json(["audit", "prune"]).json()["quarantined"], 0);
        desk.sql(&format!("UPDATE mailbox_messages SET taken_at = {}", days_ago(91).as_micros())).unwrap();
        assert_eq!(desk.run_json(["-n", "audit", "prune"]).json()["quarantined"], 1);
        assert_eq!(desk.count(kept), 1, "a dry run");
        assert_eq!(desk.run_json(["audit", "prune"]).json()["quarantined"], 1);
        assert_eq!(desk.count("mailbox_messages WHERE zlib IS NOT NULL"), 0);
        // It isn't taken again, and what it was is still told.
        assert_eq!(desk.count("mailbox_messages WHERE reason IS NOT NULL"), 1);
        desk.run_json(["mailbox", "fetch", "--maildir", &maildir]);
        assert_eq!(desk.count("mailbox_messages"), 1);
        assert_eq!(desk.run_json(["audit", "prune"]).json()["quarantined"], 0);
        desk.run_json(["audit", "verify"]).json();
    }

    fn the_database_keeps_details_for_180_days_whatever_the_clock_says(desk: &Desk) {
        desk.import_small_directory().json();
        let details = desk.count("event_details");
        assert!(details > 1);
        // A clock that was set two years forward, and the shortest time that the config lets.
        let hours = Hours::start();
        hours.pass(2 * 366 * 24);
        let shortest = [("BALIE_RETENTION_LOG_MONTHS", "6")];
        let refused = hours.run(desk, &shortest, &["audit", "prune"]);
        assert_eq!(refused["error"]["code"], "invalid_input", "{refused:#}");
        assert!(refused["error"]["message"].as_str().unwrap().contains("180 days"), "{refused:#}");
        assert_eq!(desk.count("event_details"), details, "nothing went, nor was a prune written down");
        assert_eq!(desk.count("events WHERE action = 'audit.prune'"), 0);
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_prune_that_was_made_up_erases_nothing_unseen(desk: &Desk) {
        desk.import_small_directory().json();
        desk.run_json(["region", "list"]).json();
        // The next event is a prune of everything before it, and then the details go.
        let made_up = super::append(desk, "audit.prune", |seq| {
            format!("{{\"details_to\":{0},\"details\":{0}}}", seq - 1)
        });
        let last = made_up - 1;
        unlock(desk);
        if desk.engine == Engine::Postgres {
            desk.sql("ALTER TABLE log_prunes DISABLE TRIGGER ALL").unwrap();
        }
        desk.sql(&format!("INSERT INTO log_prunes (event, details_to) VALUES ({made_up}, {last})")).unwrap();
        desk.sql(&format!("DELETE FROM event_details WHERE seq <= {last}")).unwrap();
        let (exit, code, message) = desk.run_json(["audit", "verify"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
        assert!(message.contains("event 1:") && message.contains("180 days"), "{message}");
    }

    fn mails_past_their_time_go_and_what_knows_them_again_stays(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        let kept = desk.run_json(["audit", "prune"]).json();
        assert_eq!((&kept["requests"], &kept["outbox"]), (&0.into(), &0.into()));
        let then = days_ago(91).as_micros();
        desk.sql(&format!("UPDATE requests SET received_at = {then}, expires_at = {then}")).unwrap();
        desk.sql(&format!("UPDATE outbox SET queued_at = {then}, sent_at = {then} WHERE id = 1")).unwrap();
        let gone = desk.run_json(["audit", "prune"]).json();
        assert_eq!((&gone["requests"], &gone["outbox"]), (&1.into(), &1.into()), "one mail isn't sent yet");
        let shown = desk.run_json(["request", "show", &request]).json();
        assert_eq!(shown["verdict"], "verified");
        assert!(!shown["checks"].as_array().unwrap().is_empty());
        let text = shown["checks"].to_string();
        assert!(!text.contains("d.visser"), "{text}");
        let eml = desk.path("original.eml").display().to_string();
        let (exit, code, _) = desk.run_json(["request", "show", &request, "--eml", &eml]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(fs::metadata(&eml).is_err());
        assert_eq!(desk.run_json(["audit", "prune"]).json()["requests"], 0);
        desk.run_json(["audit", "verify"]).json();
        let log = desk.run_json(["audit", "log", "--action", "audit.prune"]).json();
        assert_eq!(log["events"].as_array().unwrap().len(), 3);
    }
}
