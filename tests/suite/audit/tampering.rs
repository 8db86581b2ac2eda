use super::{broken_at, bytes, keep, put_back, unlock, unlocked_log};
use crate::support::{Engine, on_both_databases};

on_both_databases! {
    fn a_last_line_that_was_taken_out_is_tampering(desk: &Desk) {
        desk.import_small_directory().json();
        desk.run_json(["find", "jansen"]).json();
        unlock(desk);
        desk.sql_past_keys("DELETE FROM events WHERE seq = (SELECT MAX(seq) FROM events)").unwrap();
        let (exit, code, message) = desk.run_json(["find", "jansen"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"), "{message}");
    }

    fn any_field_that_is_changed_is_named(desk: &Desk) {
        unlocked_log(desk, 6);
        keep(desk);
        let zeros = bytes(desk, 0);
        let [short, moved, rest] = match desk.engine {
            Engine::Sqlite => ["x'00'", "CAST(substr(prev_hash, 32) || hash AS BLOB)", "substr(prev_hash, 1, 31)"],
            Engine::Postgres => ["'\\x00'", "substr(prev_hash, 32) || hash", "substr(prev_hash, 1, 31)"],
        };
        for change in [
            "events SET operator = 'mallory'".to_owned(),
            "events SET action = 'reset'".to_owned(),
            "events SET at = at + 1".to_owned(),
            "events SET account = 7".to_owned(),
            "events SET request = 'R-4K7Q2'".to_owned(),
            format!("events SET detail_commitment = {zeros}"),
            format!("events SET prev_hash = {zeros}"),
            format!("events SET hash = {zeros}"),
            "events SET hash = prev_hash".to_owned(),
            "event_details SET json = '{\"code\":\"noord\"}'".to_owned(),
            // The same value in other bytes: the commitment is over the text.
            "event_details SET json = '{ \"code\" : null }'".to_owned(),
            format!("event_details SET salt = {zeros}"),
            format!("events SET detail_commitment = {short}"),
            format!("events SET prev_hash = {short}"),
            format!("events SET hash = {short}"),
            format!("event_details SET salt = {short}"),
            // The same bytes, with the border between them moved by one.
            format!("events SET hash = {moved}, prev_hash = {rest}"),
        ] {
            desk.sql(&format!("UPDATE {change} WHERE seq = 3")).unwrap();
            assert_eq!(broken_at(desk, &[]), "3", "{change}");
            put_back(desk);
        }
        assert_eq!(super::lines_hold(desk, &[])["events"], 6);
    }

    fn any_line_that_is_taken_out_put_in_or_moved_is_named(desk: &Desk) {
        unlocked_log(desk, 6);
        keep(desk);
        let copy = |seq: &str| format!(
            "INSERT INTO events SELECT {seq}, at, operator, action, account, request, detail_commitment,
                                       prev_hash, hash, state FROM events WHERE seq = 3"
        );
        assert!(desk.sql(&copy("3")).is_err(), "a number is there once");
        for (changes, seq) in [
            (vec!["DELETE FROM event_details WHERE seq = 3".to_owned()], "3"),
            (vec!["DELETE FROM event_details WHERE seq = 1".into(), "DELETE FROM events WHERE seq = 1".into()], "1"),
            (vec!["DELETE FROM event_details WHERE seq = 4".into(), "DELETE FROM events WHERE seq = 4".into()], "4"),
            (vec![
                "INSERT INTO event_details SELECT seq + 90, salt, json FROM event_details WHERE seq IN (3, 4)".into(),
                "DELETE FROM event_details WHERE seq IN (3, 4)".into(),
                "UPDATE events SET seq = 93 WHERE seq = 3".into(),
                "UPDATE events SET seq = 3 WHERE seq = 4".into(),
                "UPDATE events SET seq = 4 WHERE seq = 93".into(),
            ], "3"),
            (vec![copy("-1")], "1"),
            (vec![copy("0")], "1"),
            (vec![copy("7")], "7"),
            (vec![copy("9")], "7"),
            (vec![copy("-9223372036854775807")], "1"),
            (vec![copy("9223372036854775807")], "7"),
        ] {
            // Who rewrites the database isn't held up by its foreign keys either.
            for change in &changes {
                desk.sql_past_keys(change).unwrap();
            }
            assert_eq!(broken_at(desk, &[]), seq, "{changes:?}");
            desk.sql_past_keys("DELETE FROM event_details").unwrap();
            put_back(desk);
        }
        assert_eq!(super::lines_hold(desk, &[])["events"], 6);
    }

    fn a_text_that_is_none_is_named(desk: &Desk) {
        // PostgreSQL takes no such text.
        if desk.engine == Engine::Sqlite {
            unlocked_log(desk, 6);
            desk.sql("UPDATE events SET operator = CAST(x'ff' AS TEXT) WHERE seq = 3").unwrap();
            let failed = desk.run(["audit", "verify"]);
            assert!(failed.stderr.contains("event 3"), "{}", failed.stderr);
            assert_ne!(failed.exit, 0);
        }
    }

    fn a_line_of_another_log_does_not_fit_in(desk: &Desk) {
        unlocked_log(desk, 4);
        desk.sql("UPDATE desk SET uid = 'another'").unwrap();
        assert_eq!(broken_at(desk, &[]), "1");
    }

    fn the_database_itself_refuses_to_change_the_log(desk: &Desk) {
        desk.run_json(["region", "list"]).json();
        for table in ["events", "event_details", "event_rows", "log_prunes"] {
            for change in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {} = 0", key(table))] {
                let refused = desk.sql(&change);
                // Nothing to change in an empty table, on an engine that asks row by row.
                let empty = table == "log_prunes" && refused.is_ok();
                assert!(empty || refused.unwrap_err().contains("append-only"), "{change}");
            }
        }
        if desk.engine == crate::support::Engine::Postgres {
            for table in ["events, event_details, event_rows, log_prunes", "event_details", "event_rows", "log_prunes"] {
                assert!(desk.sql(&format!("TRUNCATE {table}")).unwrap_err().contains("append-only"));
            }
        }
        assert!(desk.sql("INSERT INTO log_prunes (event, details_to) VALUES (2, 1)").is_err());
        assert_eq!(desk.run_json(["audit", "verify"]).json()["events"], 2);
    }

    fn a_broken_log_stays_readable_and_its_verification_is_an_event(desk: &Desk) {
        unlocked_log(desk, 3);
        desk.sql("UPDATE events SET operator = 'mallory' WHERE seq = 2").unwrap();
        assert_eq!(broken_at(desk, &[]), "2");
        let log = desk.run_json(["audit", "log", "--action", "audit.verify"]).json();
        assert_eq!(log["events"][0]["detail"]["broken_at"], 2);
        let _ = unlock;
    }
}

fn key(table: &str) -> &str {
    if table == "log_prunes" {
        "details_to"
    } else {
        "seq"
    }
}
