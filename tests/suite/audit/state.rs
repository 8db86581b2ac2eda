use serde_json::Value;

use crate::reset::requests::{reset, verified_request};
use crate::support::{Desk, Engine, on_both_databases};

/// A desk where j.jansen was reset.
fn busy_desk(desk: &Desk) -> String {
    let request = verified_request(desk, &["j.jansen"]);
    let (exit, done) = reset(desk, &request, &["j.jansen"]);
    assert_eq!(exit, 0, "{done:#}");
    desk.run_json(["requester", "list"]).json();
    request
}

fn verify(desk: &Desk) -> (i32, Value) {
    let ran = desk.run_json(["audit", "verify", "--state"]);
    let document = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    (ran.exit, document)
}

/// The first row that isn't as the log says: its table, and the column.
fn first(document: &Value) -> (String, String) {
    let row = &document["state"]["false"][0];
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    (text("table"), text("column"))
}

on_both_databases! {
    fn what_a_portal_counts_never_goes_back(desk: &Desk) {
        desk.import_small_directory().json();
        let file = desk.path("e.csv");
        let uri = "otpauth://totp/OT:j.jansen?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=OT";
        std::fs::write(&file, format!("username,otpauth_uri\nj.jansen,{uri}\n")).unwrap();
        desk.run_json(["enroll", "import", &file.display().to_string()]).json();
        for (onwards, back) in [
            ("UPDATE accounts SET session_epoch = 5", "UPDATE accounts SET session_epoch = 4"),
            ("UPDATE enrollments SET last_accepted_step = 7", "UPDATE enrollments SET last_accepted_step = 6"),
            ("UPDATE enrollments SET last_accepted_step = 8", "UPDATE enrollments SET last_accepted_step = NULL"),
        ] {
            desk.sql(onwards).unwrap();
            let refused = desk.sql(back).unwrap_err();
            assert!(refused.contains("never falls"), "{back}: {refused}");
        }
    }

    fn what_is_changed_behind_the_logs_back_is_named(desk: &Desk) {
        busy_desk(desk);
        let (exit, clean) = verify(desk);
        assert_eq!((exit, &clean["state"]["false_rows"]), (0, &0.into()), "{clean:#}");
        assert_eq!(clean["state"]["unexplained"], Value::Array(Vec::new()));
        let receive = desk.number("SELECT MIN(seq) FROM events WHERE action = 'request.receive'").to_string();
        for (table, column, value, back) in [
            ("requests", "verdict", "'rejected'", "'verified'"),
            ("requests", "expires_at", "expires_at + 250000000", "expires_at - 250000000"),
            ("requests", "confirmed_at", "1", "NULL"),
            ("regions", "servicedesk_address", "'x' || servicedesk_address", "substr(servicedesk_address, 2)"),
            ("requesters", "work_email", "'x' || work_email", "substr(work_email, 2)"),
            ("operators", "role", "'admin'", "'founder'"),
            ("operators", "password_hash", "'x'", "NULL"),
            ("outbox", "recipient", "'x' || recipient", "substr(recipient, 2)"),
            ("outbox", "sent_at", "1", "NULL"),
            ("accounts", "work_email", "'x' || work_email", "substr(work_email, 2)"),
            ("accounts", "name", "'x' || name", "substr(name, 2)"),
        ] {
            desk.sql(&format!("UPDATE {table} SET {column} = {value}")).unwrap();
            let (exit, found) = verify(desk);
            assert_eq!(exit, 8, "{table}.{column}");
            assert_eq!(first(&found), (table.to_owned(), column.to_owned()), "{found:#}");
            if table == "requests" {
                assert_eq!(found["state"]["false"][0]["event"], receive.as_str());
            }
            desk.sql(&format!("UPDATE {table} SET {column} = {back}")).unwrap();
        }
        // A use that's wiped, so that the request can be used once more.
        desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL WHERE used_at IS NOT NULL").unwrap();
        assert_eq!(first(&verify(desk).1), ("request_accounts".into(), "used_at".into()));
    }

    // A portal clears a secret; whoever puts another one there makes codes for somebody else.
    fn a_secret_that_is_replaced_is_named(desk: &Desk) {
        verified_request(desk, &["j.jansen"]);
        assert_eq!(verify(desk).0, 0);
        desk.sql("UPDATE enrollments SET sealed_secret = uid").unwrap();
        let (exit, found) = verify(desk);
        assert_eq!((exit, first(&found)), (8, ("enrollments".into(), "sealed_secret".into())));
        desk.sql("UPDATE enrollments SET sealed_secret = NULL").unwrap();
        assert_eq!(verify(desk).0, 0);
    }

    fn rows_that_are_put_in_or_taken_out_are_named(desk: &Desk) {
        busy_desk(desk);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('mallory', 'admin', 1)").unwrap();
        desk.sql("DELETE FROM outbox").unwrap();
        let ran = desk.run(["audit", "verify", "--state"]);
        assert_eq!(ran.exit, 8);
        assert!(ran.stdout.contains("aren't as the log says"), "{}", ran.stdout);
        assert!(ran.stderr.contains("[tampered]"), "{}", ran.stderr);
        let found = verify(desk).1;
        let rows = found["state"]["false"].as_array().unwrap();
        let operators: Vec<_> = rows.iter().filter(|row| row["table"] == "operators").collect();
        assert_eq!((operators.len(), &operators[0]["event"]), (1, &Value::Null));
        assert_eq!(rows.iter().filter(|row| row["table"] == "outbox").count(), 2);
    }

    fn what_a_portal_may_write_is_told_apart_from_what_it_may_not(desk: &Desk) {
        busy_desk(desk);
        // A portal: somebody logs in, and enrolls.
        desk.sql("UPDATE accounts SET last_login_at = 9, password_hash = 'h', session_epoch = session_epoch + 1
                  WHERE username = 'z.celik'").unwrap();
        desk.sql("INSERT INTO recovery_codes (account_id, hash, issued_at) VALUES (2, 'h', 1)").unwrap();
        let (exit, found) = verify(desk);
        assert_eq!(exit, 0, "{found:#}");
        let kinds = found["state"]["unexplained"].as_array().unwrap();
        let kinds: Vec<_> = kinds.iter().map(|kind| (kind["column"].as_str(), &kind["rows"])).collect();
        let one = &1.into();
        assert_eq!(kinds, [(Some("password_hash"), one), (Some("session_epoch"), one), (Some("last_login_at"), one), (None, one)]);
        // Nobody but the desk brings back what was retired.
        desk.sql("UPDATE enrollments SET retired_at = NULL").unwrap();
        let (exit, found) = verify(desk);
        assert_eq!((exit, first(&found)), (8, ("enrollments".into(), "retired_at".into())), "{found:#}");
    }

    fn a_record_that_is_changed_or_gone_is_named(desk: &Desk) {
        busy_desk(desk);
        super::unlock(desk);
        let event = desk.number("SELECT seq FROM events WHERE action = 'reset'").to_string();
        desk.sql("CREATE TABLE kept_rows AS SELECT * FROM event_rows").unwrap();
        let whole = match desk.engine {
            Engine::Sqlite => "CAST(substr(rows, 2) || x'00' AS BLOB)",
            Engine::Postgres => "substr(rows, 2) || '\\x00'::bytea",
        };
        for change in [
            format!("UPDATE event_rows SET rows = {whole} WHERE seq = {event}"),
            format!("DELETE FROM event_rows WHERE seq = {event}"),
            format!("UPDATE event_rows SET page = 7 WHERE seq = {event}"),
        ] {
            desk.sql(&change).unwrap();
            let (exit, code, message) = desk.run_json(["audit", "verify", "--state"]).error();
            assert_eq!((exit, code.as_str()), (8, "tampered"), "{change}");
            assert!(message.contains(&format!("event {event}:")), "{change}: {message}");
            desk.sql("DELETE FROM event_rows").unwrap();
            desk.sql("INSERT INTO event_rows SELECT * FROM kept_rows").unwrap();
        }
        // The line itself holds what it says of its record: without `--state` too.
        desk.sql(&format!("UPDATE events SET state = NULL WHERE seq = {event}")).unwrap();
        assert_eq!(super::broken_at(desk, &[]), event);
    }

    fn the_whole_life_of_a_desk_is_explained(desk: &Desk) {
        let request = busy_desk(desk);
        desk.assert_state_holds();
        // Directories change, and rows go.
        let folder = desk.small_directory();
        let accounts = folder.join("accounts.csv");
        let text = std::fs::read_to_string(&accounts).unwrap();
        std::fs::write(&accounts, text.replace("teacher@", "coach@").replace("leraar@", "coach@")).unwrap();
        desk.run_json(["directory", "import", &folder.display().to_string()]).json();
        desk.assert_state_holds();
        desk.run_json(["request", "show", &request]).json();
        desk.run_json(["account", "block", "k.bos", "--reason", "test", "--yes"]);
        desk.run_json(["key", "rotate", "--yes"]);
        desk.run_json(["totp", "unlock", "j.jansen", "--yes"]);
        desk.run_json(["audit", "prune", "--yes"]).json();
        desk.close();
        desk.hire("sien", "senior", &["utrecht"]);
        desk.by("fatima", &["operator", "role", "sien", "--role", "operator", "--region", "noord"]);
        desk.by("fatima", &["operator", "token", "add", "sien", "--scope", "read"]);
        desk.by("fatima", &["operator", "disable", "sien"]);
        desk.by("fatima", &["logout"]);
        desk.assert_state_holds();
    }

    fn a_schema_that_was_changed_is_named(desk: &Desk) {
        assert_eq!(desk.run_json(["audit", "verify"]).json()["altered"], Value::Array(Vec::new()));
        let on = match desk.engine { Engine::Sqlite => "", Engine::Postgres => " ON events" };
        let dropped = match desk.engine { Engine::Sqlite => "events_no_update", Engine::Postgres => "events_no_change" };
        desk.sql(&format!("DROP TRIGGER {dropped}{on}")).unwrap();
        // The one that a stranger put there worked: whoever is named so becomes an admin with the next event.
        let added: &[&str] = match desk.engine {
            Engine::Sqlite => &["CREATE TRIGGER helpful AFTER INSERT ON events
                BEGIN UPDATE operators SET role = 'admin' WHERE login = 'mallory'; END"],
            Engine::Postgres => &[
                "CREATE FUNCTION helpful() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN UPDATE operators SET role = ''admin'' WHERE login = ''mallory''; RETURN NULL; END'",
                "CREATE TRIGGER helpful AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION helpful()",
            ],
        };
        for sql in added {
            desk.sql(sql).unwrap();
        }
        desk.sql("ALTER TABLE operators ADD COLUMN nickname TEXT").unwrap();
        desk.sql("DROP INDEX accounts_by_work_email").unwrap();
        // A table of somebody's own is nobody's business.
        desk.sql("CREATE TABLE portal_log (id INTEGER PRIMARY KEY)").unwrap();
        let ran = desk.run_json(["audit", "verify"]);
        assert_eq!(ran.exit, 8);
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        let altered = found["altered"].as_array().unwrap().iter();
        let altered: Vec<_> = altered.map(|altered| {
            let text = |key: &str| altered[key].as_str().unwrap();
            format!("{} {} {}", text("kind"), text("name"), text("how"))
        }).collect();
        let expected: &[&str] = match desk.engine {
            Engine::Sqlite => &[
                "index accounts_by_work_email missing", "table operators changed",
                "trigger events_no_update missing", "trigger helpful unknown",
            ],
            Engine::Postgres => &[
                "column operators.nickname unknown", "index accounts_by_work_email missing",
                "trigger events.events_no_change missing", "trigger events.helpful unknown",
            ],
        };
        assert_eq!(altered, expected);
        let doctor = desk.run_json(["doctor"]);
        let found: Value = serde_json::from_str(&doctor.stdout).unwrap();
        let checks = found["checks"].as_array().unwrap();
        let schema = checks.iter().find(|check| check["name"] == "schema").unwrap();
        assert_eq!((&schema["result"], doctor.exit), (&"fail".into(), 8), "{found:#}");
    }

    fn a_key_put_in_the_place_of_the_desks_is_named(desk: &Desk) {
        let zeros = super::bytes(desk, 0);
        desk.sql(&format!("UPDATE desk SET public_key = {zeros}")).unwrap();
        let (exit, code, message) = desk.run_json(["audit", "verify"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
        assert!(message.contains("a signing key other than"), "{message}");
        // Nor does the desk sign with a key that isn't its own.
        let (exit, code, message) = desk.run_json(["audit", "checkpoint"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"), "{message}");
    }

    fn a_desk_that_was_closed_stays_closed(desk: &Desk) {
        desk.close();
        desk.sql("UPDATE desk SET closed_at = NULL").unwrap();
        let (exit, code, _) = desk.run_as("fatima", ["account", "find", "jansen"]).error();
        assert_eq!((exit, code.as_str()), (4, "not_logged_in"));
        let found = desk.state();
        assert_eq!((found.disagreements[0].table, found.disagreements[0].column), ("desk", Some("closed_at")));
    }

    fn a_desk_from_before_gets_its_baseline(desk: &Desk) {
        busy_desk(desk);
        super::unlock(desk);
        // As a desk was before events bore records: without any, and at an older schema's word.
        let kept = desk.count("event_rows");
        assert!(kept > 0);
        desk.sql("UPDATE event_details SET json = replace(json, '\"schema\":', '\"was\":')").unwrap();
        assert_eq!(desk.run(["init"]).exit, 0);
        assert_eq!(desk.count("events WHERE action = 'state.baseline'"), 1);
        desk.assert_state_holds();
        assert_eq!(desk.run(["init"]).exit, 0);
        assert_eq!(desk.count("events WHERE action = 'state.baseline'"), 1, "once is enough");
    }
}

/// Whoever writes the schema past SQL calls a trigger what he likes.
#[test]
fn a_trigger_with_a_name_of_sqlites_own_is_found() {
    let desk = Desk::new(Engine::Sqlite);
    busy_desk(&desk);
    assert_eq!(verify(&desk).0, 0);
    let hidden = "CREATE TRIGGER sqlite_evil AFTER INSERT ON operator_sessions BEGIN \
                  UPDATE operators SET role = ''admin''; END";
    desk.sql(&format!(
        "PRAGMA writable_schema = ON;
         INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_evil', 'operator_sessions', 0, '{hidden}')"
    ))
    .unwrap();
    let ran = desk.run_json(["audit", "verify", "--state"]);
    assert_eq!(ran.exit, 8, "{}", ran.stdout);
    assert!(ran.stdout.contains("sqlite_evil") || ran.stderr.contains("sqlite_evil"));
}

/// SQLite keeps a trigger's table as it was typed.
#[test]
fn a_trigger_on_a_table_in_capitals_is_found() {
    let desk = Desk::new(Engine::Sqlite);
    busy_desk(&desk);
    desk.sql("CREATE TRIGGER helpful AFTER INSERT ON Operator_Sessions BEGIN UPDATE operators SET role = 'admin'; END")
        .unwrap();
    let (exit, found) = verify(&desk);
    assert_eq!(
        (exit, &found["altered"][0]["name"]),
        (8, &"helpful".into()),
        "{found:#}"
    );
}
