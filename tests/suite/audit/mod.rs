mod checkpoint;
mod enrollments;
mod log;
mod mail;
mod prune;
mod receipt;
mod state;
mod tampering;

use serde_json::Value;

use crate::support::{Desk, Engine};

/// Takes away what keeps the log append-only, as who owns the database can.
pub(crate) fn unlock(desk: &Desk) {
    match desk.engine {
        Engine::Sqlite => {
            for trigger in [
                "events_no_update",
                "events_no_delete",
                "event_details_no_update",
                "event_details_no_delete",
                "event_rows_before_event",
                "event_rows_no_update",
                "event_rows_no_delete",
            ] {
                desk.sql(&format!("DROP TRIGGER {trigger}")).unwrap();
            }
        }
        Engine::Postgres => {
            for table in ["events", "event_details", "event_rows"] {
                desk.sql(&format!("ALTER TABLE {table} DISABLE TRIGGER ALL"))
                    .unwrap();
            }
        }
    }
}

/// Lays a copy of the log aside, within the database.
fn keep(desk: &Desk) {
    for table in ["events", "event_details"] {
        desk.sql(&format!(
            "CREATE TABLE kept_{table} AS SELECT * FROM {table}"
        ))
        .unwrap();
    }
}

/// Puts the copy back, as whoever restores an older backup does.
fn put_back(desk: &Desk) {
    for statement in [
        "DELETE FROM event_details",
        "DELETE FROM events",
        "INSERT INTO events SELECT * FROM kept_events",
        "INSERT INTO event_details SELECT * FROM kept_event_details",
    ] {
        desk.sql_past_keys(statement).unwrap();
    }
}

/// A desk with `count` events and an unlocked log.
fn unlocked_log(desk: &Desk, count: usize) {
    for _ in 1..count {
        desk.run_json(["region", "list"]).json();
    }
    unlock(desk);
}

/// 32 bytes as a literal of the engine.
fn bytes(desk: &Desk, byte: u8) -> String {
    let hex = format!("{byte:02x}").repeat(32);
    match desk.engine {
        Engine::Sqlite => format!("x'{hex}'"),
        Engine::Postgres => format!("'\\x{hex}'::bytea"),
    }
}

#[track_caller]
fn broken_at(desk: &Desk, args: &[&str]) -> String {
    let (exit, code, message) = desk.run_json([&["audit", "verify"], args].concat()).error();
    assert_eq!((exit, code.as_str()), (8, "tampered"), "{message}");
    let after = message.split_once("event ").map(|(_, after)| after);
    let number = after.and_then(|after| after.split([':', ' ']).next());
    number.unwrap_or(&message).to_owned()
}

/// The document of a verification that finds that the lines hold, whatever became of the triggers that this
/// test dropped.
#[track_caller]
fn lines_hold(desk: &Desk, args: &[&str]) -> Value {
    let ran = desk.run_json([&["audit", "verify"], args].concat());
    let document: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let altered = document["altered"].as_array().expect("the owner sees it");
    let only_triggers = altered
        .iter()
        .all(|altered| altered["kind"] == "trigger" || altered["kind"] == "constraint");
    assert!(only_triggers, "{document:#}");
    document
}

/// Appends an event with hashes that fit, past `balie`: it takes no key. `detail` is made of its number.
fn append(desk: &Desk, action: &str, detail: impl Fn(i64) -> String) -> i64 {
    let last = desk.run(["audit", "export"]).stdout;
    let last: Value = serde_json::from_str(last.lines().last().expect("a line")).expect("an event");
    let text = |key: &str| last[key].as_str().expect("a text").to_owned();
    let seq = text("seq").parse::<i64>().expect("a number") + 1;
    let detail = detail(seq);
    let decode = |hex: &str| {
        data_encoding::HEXLOWER
            .decode(hex.as_bytes())
            .expect("hexadecimal")
    };
    let commitment = balie::domain::log::chain::commitment(&[7; 32], &detail);
    let prev = decode(&text("hash"));
    let at: balie::domain::timestamp::Timestamp = text("at").parse().expect("a time");
    let line = balie::domain::log::chain::Line {
        seq,
        at,
        operator: "fatima",
        action,
        account: None,
        request: None,
        detail_commitment: &commitment,
        prev_hash: &prev,
    };
    let literal = |bytes: &[u8]| {
        let hex = data_encoding::HEXLOWER.encode(bytes);
        match desk.engine {
            Engine::Sqlite => format!("x'{hex}'"),
            Engine::Postgres => format!("'\\x{hex}'::bytea"),
        }
    };
    let (commitment, prev, hash) = (literal(&commitment), literal(&prev), literal(&line.hash()));
    let at = at.as_micros();
    desk.sql(&format!(
        "INSERT INTO events (seq, at, operator, action, detail_commitment, prev_hash, hash)
         VALUES ({seq}, {at}, 'fatima', '{action}', {commitment}, {prev}, {hash})"
    ))
    .expect("an event");
    let salt = bytes(desk, 7);
    desk.sql(&format!(
        "INSERT INTO event_details (seq, salt, json) VALUES ({seq}, {salt}, '{detail}')"
    ))
    .expect("its detail");
    seq
}
