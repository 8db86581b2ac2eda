use crate::support::{Engine, on_both_databases};

on_both_databases! {
    fn a_changed_a_missing_and_a_forged_line_are_named(desk: &Desk) {
        for _ in 0..5 {
            desk.run_json(["region", "list"]).json();
        }
        assert_eq!(desk.run_json(["audit", "verify"]).json()["events"], 6);
        desk.sql(match desk.engine {
            Engine::Sqlite => "DROP TRIGGER events_no_update",
            Engine::Postgres => "ALTER TABLE events DISABLE TRIGGER ALL",
        }).unwrap();
        desk.sql("UPDATE events SET operator = 'mallory' WHERE seq = 3").unwrap();
        let (exit, code, message) = desk.run_json(["audit", "verify"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
        assert!(message.contains("event 3"), "{message}");
    }

    fn the_log_is_read_newest_first(desk: &Desk) {
        desk.run_json(["region", "list"]).json();
        let log = desk.run_json(["audit", "log"]).json();
        assert_eq!(log["events"][0]["action"], "region.read");
        assert_eq!(log["events"][1]["action"], "desk.init");
    }
}
