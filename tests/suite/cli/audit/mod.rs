mod checkpoint;
mod enrollments;
mod log;
mod mail;
mod prune;
mod tampering;

use crate::support::{Desk, Engine};

/// Takes away what keeps the log append-only, as who owns the database can.
fn unlock(desk: &Desk) {
    match desk.engine {
        Engine::Sqlite => {
            for trigger in [
                "events_no_update",
                "events_no_delete",
                "event_details_no_update",
                "event_details_no_delete",
            ] {
                desk.sql(&format!("DROP TRIGGER {trigger}")).unwrap();
            }
        }
        Engine::Postgres => {
            for table in ["events", "event_details"] {
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
        desk.sql(statement).unwrap();
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
