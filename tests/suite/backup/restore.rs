//! `balie backup restore`: a copy in the place of a desk that is gone.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use balie::domain::log::event::{Action, Event};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use serde_json::{Value, json};

use super::{back_up, halves, with_little_room};
use crate::audit::unlock;
use crate::kills;
use crate::request::challenge::{delivered, doubtful};
use crate::reset::requests::{reset, verified_request};
use crate::support::staff::{PASSWORD, code_of, feed};
use crate::support::{Desk, Engine, Ran, on_both_databases};

/// The database is gone; on PostgreSQL an empty one is there.
fn lose(desk: &Desk) {
    match desk.engine {
        Engine::Sqlite => {
            for name in ["balie.db", "balie.db-wal", "balie.db-shm"] {
                let _ = fs::remove_file(desk.path(name));
            }
        }
        Engine::Postgres => {
            let (_, rest) = desk.url.split_once(":///").unwrap();
            let (name, server) = rest.split_once('?').unwrap();
            let mut psql = Command::new("psql");
            psql.arg(format!("postgres:///postgres?{server}"));
            for sql in [
                format!("DROP DATABASE {name}"),
                format!("CREATE DATABASE {name}"),
            ] {
                psql.args(["-q", "-c", &sql]);
            }
            assert!(psql.status().unwrap().success());
        }
    }
}

fn is_gone(desk: &Desk) -> bool {
    match desk.engine {
        Engine::Sqlite => !desk.path("balie.db").exists(),
        Engine::Postgres => desk.count("pg_class WHERE relname = 'desk'") == 0,
    }
}

fn arguments(path: &Path, more: &[&str]) -> Vec<String> {
    let path = path.display().to_string();
    let words = ["backup", "restore", path.as_str()];
    words
        .iter()
        .chain(more)
        .map(|word| (*word).to_owned())
        .collect()
}

fn restore(desk: &Desk, path: &Path, more: &[&str]) -> Ran {
    desk.run_json(arguments(path, more))
}

/// A checkpoint of now, kept outside.
fn checkpoint(desk: &Desk, name: &str) -> String {
    let path = desk.path(name).display().to_string();
    assert_eq!(desk.run(["audit", "checkpoint", "--out", &path]).exit, 0);
    path
}

fn verify(desk: &Desk, more: &[&str]) -> Ran {
    desk.run_json([&["audit", "verify", "--state"], more].concat())
}

on_both_databases! {
    fn a_copy_comes_back_and_what_may_have_been_used_is_void(desk: &Desk) {
        let used = verified_request(desk, &["j.jansen"]);
        let done = reset(desk, &used, &["j.jansen"]).1;
        let receipt = done["results"][0]["receipt"].as_str().unwrap().to_owned();
        let open = doubtful(desk)["id"].as_str().unwrap().to_owned();
        desk.run_json(["request", "challenge", &open]).json();
        let due = desk.count("outbox WHERE sent_at IS NULL");
        let epochs = desk.number("SELECT CAST(MAX(session_epoch) AS BIGINT) FROM accounts");
        let path = desk.path("copy");
        let copied = back_up(desk, &path).json();
        let events = copied["events"].as_i64().unwrap();
        // The code goes out, and the request is used, after the copy.
        delivered(desk);
        let kept = checkpoint(desk, "kept");
        let last = desk.count("events") - 1;
        // A living desk is never replaced.
        let (exit, code, message) = restore(desk, &path, &[]).error();
        assert_eq!((exit, code.as_str()), (5, "desk_exists"), "{message}");
        lose(desk);

        let rehearsed = restore(desk, &path, &["-n", "--checkpoint", &kept]).json();
        assert_eq!(rehearsed["event"], Value::Null);
        assert!(is_gone(desk));
        let put = restore(desk, &path, &["--checkpoint", &kept]).json();
        assert_eq!((&put["events"], &put["desk"]), (&copied["events"], &copied["desk"]));
        assert_eq!((put["missing_from"].as_i64(), put["missing_to"].as_i64()), (Some(events + 1), Some(last)));
        assert_eq!(put["event"], (events + 1).to_string());
        let voided = &put["voided"];
        for (kind, count) in [("requests", 1), ("challenges", 1), ("receipts", 1), ("mails", due)] {
            assert_eq!((voided[kind].as_i64(), &rehearsed["voided"][kind]), (Some(count), &voided[kind]), "{kind}");
        }
        assert_eq!(desk.count("events WHERE action = 'restore'"), 1);
        assert_eq!(halves(&desk.path(".")), 0);

        // Nothing of it works any more.
        assert_eq!(desk.run_json(["request", "challenge", &open]).error().1, "request_closed");
        assert_eq!(delivered(desk).len(), 0, "no mail goes out twice");
        assert_eq!(desk.count("enrollments WHERE retired_at IS NOT NULL AND sealed_secret IS NOT NULL"), 0);
        let lowest = desk.number("SELECT CAST(MIN(session_epoch) AS BIGINT) FROM accounts");
        assert!(lowest > epochs + 1_000, "portals' sessions end, also those of a lost reset");
        desk.assert_state_holds();
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('bram', 'operator', 1)").unwrap();
        let (exit, code, _) = desk.run_as("bram", ["undo", &receipt]).error();
        assert_eq!((exit, code.as_str()), (5, "undo_over"));
        desk.sql("DELETE FROM operators WHERE login = 'bram'").unwrap();

        // The lost range is always named, and a checkpoint of it is no fault once the restore is known.
        let named = verify(desk, &[]).json();
        assert_eq!(named["restored"][0]["missing_to"].as_i64(), Some(last));
        let (exit, code, message) = verify(desk, &["--checkpoint", &kept]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
        assert!(message.contains(&format!("events {} to {last}", events + 1)), "{message}");
        let event = put["event"].as_str().unwrap();
        let known = verify(desk, &["--checkpoint", &kept, "--restored", event]).json();
        assert_eq!(known["checkpoints"], json!([]), "it isn't continued");
        assert_eq!(verify(desk, &["--restored", "1"]).error().1, "invalid_input");
        // A checkpoint of afterwards is never excused: what is cut off then is found out.
        let after = checkpoint(desk, "after");
        verify(desk, &["--checkpoint", &after]).json();
        assert!(fs::read_to_string(&after).unwrap().contains("\nrestored "));
        let (again, since) = (desk.path("again"), desk.count("events"));
        fs::copy(&path, &again).unwrap();
        lose(desk);
        assert!(since > events);
        let twice = restore(desk, &again, &["--checkpoint", &after]).json();
        let event = twice["event"].as_str().unwrap();
        verify(desk, &["--checkpoint", &after, "--restored", event, "--checkpoint", &kept]).json();
    }

    fn only_a_whole_copy_of_this_desk_is_put_back(desk: &Desk) {
        desk.import_small_directory().json();
        let path = desk.path("copy");
        back_up(desk, &path).json();
        let kept = checkpoint(desk, "kept");
        let other = Desk::new(desk.engine);
        let theirs = other.path("copy");
        back_up(&other, &theirs).json();
        let their_checkpoint = checkpoint(&other, "kept");
        lose(desk);
        let refused = |path: &Path, more: &[&str], expected: (i32, &str)| {
            let (exit, code, message) = restore(desk, path, more).error();
            assert_eq!((exit, code.as_str()), expected, "{message}");
            assert!(is_gone(desk), "{message}");
            assert_eq!(halves(&desk.path(".")), 0, "{message}");
            message
        };
        refused(&theirs, &[], (4, "other_desk"));
        refused(&path, &["--checkpoint", &their_checkpoint], (8, "tampered"));
        refused(&desk.path("absent"), &[], (3, "not_found"));
        refused(&desk.path("kept"), &[], (2, "invalid_input"));
        let whole = fs::read(&path).unwrap();
        let cut = desk.path("cut");
        fs::write(&cut, &whole[..whole.len() * 2 / 3]).unwrap();
        refused(&cut, &[], (8, "tampered"));
        let other_engine = match desk.engine {
            Engine::Sqlite => Engine::Postgres,
            Engine::Postgres => Engine::Sqlite,
        };
        let elsewhere = Desk::without_init(other_engine);
        let url = elsewhere.url.clone();
        refused(&path, &["--database", &url], (2, "invalid_input"));
        // Without its keys it's nobody's.
        let keys = desk.path(".config/balie/keys.toml");
        fs::rename(&keys, desk.path("away")).unwrap();
        assert_ne!(restore(desk, &path, &[]).exit, 0);
        fs::rename(desk.path("away"), &keys).unwrap();
        restore(desk, &path, &["--checkpoint", &kept]).json();
        // Now it's there, and isn't replaced.
        let (exit, code, _) = restore(desk, &path, &[]).error();
        assert_eq!((exit, code.as_str()), (5, "desk_exists"));
    }

    fn on_a_closed_desk_an_admin_puts_it_back_and_auditors_are_told(desk: &Desk) {
        desk.import_small_directory().json();
        let uri = desk.close();
        desk.hire("adam", "admin", &[]);
        desk.hire("omar", "auditor", &[]);
        desk.hire("petra", "senior", &["utrecht"]);
        let path = desk.path("copy");
        desk.by("fatima", &["backup", &path.display().to_string()]).json();
        lose(desk);
        let by = |login: &str, input: &str| {
            let mut command = desk.command_of(login);
            command.args(arguments(&path, &["--as", login, "--password-stdin", "--code-stdin"]));
            feed(command, input)
        };
        // Nobody, a wrong password, a wrong code, somebody who isn't an admin.
        let (exit, code, _) = desk.run_json(arguments(&path, &[])).error();
        assert_eq!((exit, code.as_str()), (4, "not_logged_in"));
        for (login, input) in [("fatima", format!("wrong\n{}\n", code_of(&uri, 1))), ("fatima", format!("{PASSWORD}\n000000\n")),
            ("nobody", format!("{PASSWORD}\n000000\n"))] {
            let (exit, code, message) = by(login, &input).error();
            assert_eq!((exit, code.as_str()), (4, "login_refused"), "{login}: {message}");
            assert!(is_gone(desk));
        }
        let session = desk.command_of("petra").args(arguments(&path, &[])).output().unwrap();
        let (exit, code, _) = Ran::new(&session).error();
        assert_eq!((exit, code.as_str()), (4, "role_may_not"));
        assert!(is_gone(desk));
        let put = by("fatima", &format!("{PASSWORD}\n{}\n", code_of(&uri, 1))).json();
        assert_eq!(put["told"], 1);
        // Everybody has to log in again.
        let (exit, code, _) = desk.by("adam", &["whoami"]).error();
        assert_eq!((exit, code.as_str()), (4, "session_ended"));
        let told = desk.pairs("SELECT recipient, notice FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, "omar@otservicedesk.nl");
        let notice: Value = serde_json::from_str(&told[0].1).unwrap();
        assert_eq!((&notice["kind"], &notice["login"]), (&"desk_restored".into(), &"fatima".into()));
        desk.assert_state_holds();
        // An admin whose session still stands in the copy needs no more than that.
        lose(desk);
        let session = desk.command_of("adam").args(arguments(&path, &[])).output().unwrap();
        Ran::new(&session).json();
    }

    fn a_restore_that_is_killed_leaves_nothing_or_all(desk: &Desk) {
        desk.import_small_directory().json();
        let path = desk.path("copy");
        back_up(desk, &path).json();
        let put = || {
            let mut command = desk.command();
            command.args(arguments(&path, &[]));
            command
        };
        lose(desk);
        let whole = kills::time(put());
        let mut rounds = 0;
        kills::campaign(desk, "backup restore", whole.max(Duration::from_millis(40)), |_| {
            lose_once_free(desk);
            rounds += 1;
            put()
        }, |round| {
            if desk.engine == Engine::Postgres {
                settled(desk);
            }
            if !is_gone(desk) {
                assert_eq!(desk.count("events WHERE action = 'restore'"), 1, "round {round}");
                desk.run_json(["audit", "verify", "--state"]).json();
            }
        });
        assert!(rounds > 0);
        lose_once_free(desk);
        restore(desk, &path, &[]).json();
        desk.assert_state_holds();
    }
}

/// A server goes on for a moment with what a killed program had begun.
fn settled(desk: &Desk) {
    let others = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while desk.number(others) > 0 {
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn lose_once_free(desk: &Desk) {
    if desk.engine == Engine::Postgres {
        settled(desk);
    }
    lose(desk);
}

on_both_databases! {
    fn a_log_that_was_cut_is_no_restored_one(desk: &Desk) {
        desk.import_small_directory().json();
        let kept = checkpoint(desk, "kept");
        let last = desk.count("events");
        // Somebody who owns the database cuts the log, and says that it was a restore: without the desk's key.
        unlock(desk);
        for table in ["event_details", "event_rows", "events"] {
            desk.sql_past_keys(&format!("DELETE FROM {table} WHERE seq >= {last}")).unwrap();
        }
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let database = desk.database().await;
            let tx = database.begin().await.unwrap();
            let note = "balie.log/x\n1\nAAAA\n\n";
            let event = Event {
                operator: "mallory".into(),
                action: Action::Restore,
                account: None,
                request: None,
                detail: json!({ "note": note, "missing_to": 9 }),
            };
            let now = "2036-12-01T00:00:00Z".parse().unwrap();
            tx.commit(&event, now, &mut UnwrapErr(SysRng)).await.unwrap();
            database.close().await;
        });
        let forged = desk.count("events").to_string();
        for more in [&[][..], &["--checkpoint", &kept], &["--checkpoint", &kept, "--restored", &forged]] {
            let (exit, code, message) = desk.run_json([&["audit", "verify"], more].concat()).error();
            assert_eq!((exit, code.as_str()), (8, "tampered"));
            assert!(message.contains("didn't sign that") || message.contains("checkpoint"), "{message}");
        }
    }
}

#[test]
fn a_full_disk_leaves_no_desk() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let path = desk.path("copy");
    back_up(&desk, &path).json();
    lose(&desk);
    let ran = with_little_room(&desk, "backup restore", &path);
    assert_ne!(ran.exit, 0, "{}", ran.stdout);
    assert!(is_gone(&desk));
    assert_eq!(halves(&desk.path(".")), 0);
    restore(&desk, &path, &[]).json();
}

#[test]
fn a_log_of_another_desk_beside_the_place_is_in_the_way() {
    let desk = Desk::new(Engine::Sqlite);
    let path = desk.path("copy");
    back_up(&desk, &path).json();
    lose(&desk);
    fs::write(desk.path("balie.db-wal"), "what is left of another one").unwrap();
    let (exit, code, message) = restore(&desk, &path, &[]).error();
    assert_eq!((exit, code.as_str()), (5, "desk_exists"));
    assert!(message.contains("balie.db-wal"), "{message}");
}
