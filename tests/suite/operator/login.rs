use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use clap::Command;

use crate::support::staff::{PASSWORD, code_at, code_of};
use crate::support::{Desk, Engine, on_both_databases};

/// What works for whoever calls it.
const FREE: &[&str] = &["demo", "init", "login", "completions", "man", "schema"];

fn session_file(desk: &Desk, login: &str) -> PathBuf {
    let folder = desk.path(&format!("run-{login}/balie"));
    let mut files = std::fs::read_dir(folder).unwrap();
    files.next().unwrap().unwrap().path()
}

/// A call of every command there is, with something for every argument that must be there.
fn calls(command: &Command, so_far: &[String], found: &mut Vec<Vec<String>>) {
    let below: Vec<_> = command
        .get_subcommands()
        .filter(|c| c.get_name() != "help")
        .collect();
    if below.is_empty() {
        let mut call = so_far.to_vec();
        for arg in command.get_arguments().filter(|arg| arg.is_required_set()) {
            call.extend(arg.get_long().map(|long| format!("--{long}")));
            let values = arg.get_possible_values();
            let value = match (values.first(), arg.get_id().as_str()) {
                (Some(value), _) => value.get_name(),
                (None, "role") => "auditor",
                (None, "scopes") => "read",
                (None, "event") => "1",
                _ => "x1",
            };
            call.push(value.to_owned());
        }
        if call == ["outbox", "retry"] {
            // It takes mails, or all that failed.
            call.push("--failed".to_owned());
        }
        if call == ["operator", "role", "x1"] {
            // It takes a role or a work address.
            call.push("auditor".to_owned());
        }
        found.push(call);
        return;
    }
    for child in below {
        calls(
            child,
            &[so_far, &[child.get_name().to_owned()]].concat(),
            found,
        );
    }
}

#[test]
fn on_a_closed_desk_nothing_works_without_login_but_what_must() {
    let desk = Desk::new(Engine::Sqlite);
    desk.close();
    let mut found = Vec::new();
    calls(&balie::cli::command(), &[], &mut found);
    assert!(found.len() > 25, "{found:?}");
    for call in found {
        // A copy is looked at where there may be no desk, by whoever can read it; it knows itself who may put it back.
        let is_of_a_copy = matches!(call.as_slice(), [first, verb, ..]
            if first == "backup" && matches!(verb.as_str(), "verify" | "restore"));
        if FREE.contains(&call[0].as_str()) || is_of_a_copy {
            continue;
        }
        let (exit, code, _) = desk.run_json(&call).error();
        assert_eq!((exit, code.as_str()), (4, "not_logged_in"), "{call:?}");
    }
    for free in [
        vec!["--help"],
        vec!["account", "--help"],
        vec!["completions", "bash"],
        vec!["schema"],
        vec!["schema", "request"],
        vec!["init"],
    ] {
        assert_eq!(desk.run(&free).exit, 0, "{free:?}");
    }
}

on_both_databases! {
    fn an_open_desk_says_so_and_closes_with_an_admin(desk: &Desk) {
        let who = desk.run_json(["whoami"]);
        assert!(who.stderr.contains("open"), "{}", who.stderr);
        assert_eq!(who.json()["role"], "founder");
        let (exit, code, _) = desk.run_json(["login"]).error();
        assert_eq!((exit, code.as_str()), (2, "input_required"));
        let (exit, code, _) = desk.by_with("fatima", &["login", "--password-stdin"], "x\n").error();
        assert_eq!((exit, code.as_str()), (4, "desk_is_open"));
        // The first password must be one of somebody who can look after the desk.
        let (exit, code, _) = desk.run_json(["operator", "add", "omar", "--role", "auditor"]).error();
        assert_eq!((exit, code.as_str()), (4, "admin_first"));
        assert_eq!(desk.run_json(["operator", "list"]).json()["operators"].as_array().unwrap().len(), 1);
        let short = desk.by_with("fatima", &["operator", "reset-password", "fatima", "--password-stdin"], "kort\n");
        assert_eq!(short.error().1, "invalid_input");

        desk.close();
        let who = desk.by("fatima", &["whoami"]).json();
        assert_eq!((who["role"].as_str(), who["by"].as_str()), (Some("admin"), Some("session")));
        assert_eq!(desk.run_json(["whoami"]).error().1, "not_logged_in");
        desk.by("fatima", &["audit", "verify"]).json();
    }

    fn a_login_takes_password_and_a_fresh_code(desk: &Desk) {
        let uri = desk.close();
        let step = desk.number("SELECT MAX(last_accepted_step) FROM operator_enrollments");
        let used = code_at(&uri, step.try_into().unwrap());
        desk.hire("olga", "auditor", &[]);
        // The code that enrolled isn't taken again, also when its time is over; the next one is.
        assert_eq!(desk.log_in("fatima", &used).error().1, "login_refused");
        let args = ["login", "fatima", "--password-stdin", "--code-stdin"];
        let wrong = format!("een ander wachtwoord\n{}\n", code_of(&uri, 1));
        assert_eq!(desk.by_with("fatima", &args, &wrong).error().1, "login_refused");
        let nobody = ["login", "nobody", "--password-stdin", "--code-stdin"];
        assert_eq!(desk.by_with("x", &nobody, "a\n123456\n").error().1, "login_refused");
        let without = ["login", "fatima", "--password-stdin"];
        assert_eq!(desk.by_with("fatima", &without, &format!("{PASSWORD}\n")).error().1, "login_refused");
        desk.log_in("fatima", &code_of(&uri, 1)).json();

        let file = session_file(desk, "fatima");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let log = desk.by("olga", &["audit", "log"]).json();
        let text = log.to_string();
        assert!(text.contains("wrong_password") && text.contains("unknown_operator"), "{text}");
        assert!(!text.contains(PASSWORD) && !text.contains("balie_session_"));
        let secret = uri.split("secret=").nth(1).unwrap().split('&').next().unwrap();
        assert!(!text.contains(secret));
    }

    fn wrong_logins_make_the_next_one_wait_and_lock_nobody_out(desk: &Desk) {
        desk.close();
        let uri = desk.hire("olga", "auditor", &[]);
        let args = ["login", "olga", "--password-stdin", "--code-stdin"];
        let wrong = || desk.by_with("olga", &args, "verkeerd wachtwoord\n123456\n").error();
        let waits = || desk.number("SELECT COALESCE(MAX(login_waits_until), 0) FROM operators WHERE login = 'olga'");
        let wait_is_over = || desk.sql("UPDATE operators SET login_waits_until = 1").unwrap();
        for _ in 0..5 {
            assert_eq!(wrong().1, "login_refused");
        }
        let until = waits();
        // The right one waits as well, and what a stranger goes on trying makes that no longer.
        for (exit, code, message) in [wrong(), desk.log_in("olga", &code_of(&uri, 1)).error()] {
            assert_eq!((exit, code.as_str()), (5, "login_delayed"), "{message}");
        }
        assert_eq!(waits(), until);
        for seconds in [60, 120, 240, 480, 900, 900] {
            wait_is_over();
            assert_eq!(wrong().1, "login_refused");
            let now = desk.number("SELECT MAX(at) FROM events");
            assert_eq!(waits() - now, seconds * 1_000_000);
        }
        wait_is_over();
        desk.log_in("olga", &code_of(&uri, 1)).json();
        assert_eq!(waits(), 0, "a right login makes a fresh start");
        for (_, code, _) in (0..5).map(|_| wrong()) {
            assert_eq!(code, "login_refused");
        }
        // An admin helps whoever lost the password: one that was handed out doesn't wait, and opens nothing but
        // the choice of another.
        let again = desk.by("fatima", &["operator", "reset-password", "olga"]).json();
        let first = again["initial_password"].as_str().unwrap();
        let (_, code, _) = desk.by_with("olga", &["login", "olga", "--password-stdin"], &format!("{first}\n")).error();
        assert_eq!(code, "input_required");
        desk.sql("UPDATE operators SET password_until = 1 WHERE login = 'olga'").unwrap();
        let flags = ["login", "olga", "--password-stdin", "--new-password-stdin"];
        let late = desk.by_with("olga", &flags, &format!("{first}\n{PASSWORD}\n"));
        assert_eq!(late.error().1, "login_refused");
    }

    fn who_has_the_password_and_guesses_codes_waits_and_then_locks_the_second_factor(desk: &Desk) {
        desk.close();
        let uri = desk.hire("otto", "auditor", &[]);
        let mut refused = 0;
        while refused < 10 {
            let (exit, code, _) = desk.log_in("otto", "000000").error();
            if exit == 5 {
                assert_eq!(code, "login_delayed");
                desk.sql("UPDATE operators SET login_waits_until = 1").unwrap();
            } else {
                refused += 1;
            }
        }
        desk.sql("UPDATE operators SET login_waits_until = 1").unwrap();
        assert_eq!(desk.log_in("otto", &code_of(&uri, 1)).error().1, "login_refused");
    }

    fn a_session_ends_idle_old_stolen_or_with_the_clock_set_back(desk: &Desk) {
        let uri = desk.close();
        let show = |login: &str| desk.by(login, &["whoami"]);
        desk.hire("olga", "auditor", &[]);
        // Whoever has a copy of the file has the session, until it's ended.
        let file = session_file(desk, "olga");
        let thief = desk.path("run-thief/balie");
        std::fs::create_dir_all(&thief).unwrap();
        let copy = thief.join(file.file_name().unwrap());
        std::fs::copy(&file, &copy).unwrap();
        assert_eq!(show("thief").json()["login"], "olga");
        std::fs::set_permissions(&copy, PermissionsExt::from_mode(0o644)).unwrap();
        assert_eq!(show("thief").error().1, "invalid_input");
        std::fs::set_permissions(&copy, PermissionsExt::from_mode(0o600)).unwrap();
        assert_eq!(desk.by("olga", &["logout"]).exit, 0);
        assert_eq!(show("olga").error().1, "not_logged_in");
        assert_eq!(show("thief").error().1, "session_ended");

        for (change, back) in [
            ("last_seen_at = last_seen_at - 1800000001", "last_seen_at = last_seen_at + 1800000001"),
            ("started_at = started_at - 36000000001", "started_at = started_at + 36000000001"),
            ("last_seen_at = last_seen_at + 600000000", "last_seen_at = last_seen_at - 600000000"),
        ] {
            show("fatima").json();
            desk.sql(&format!("UPDATE operator_sessions SET {change}")).unwrap();
            assert_eq!(show("fatima").error().1, "session_ended", "{change}");
            desk.sql(&format!("UPDATE operator_sessions SET {back}")).unwrap();
        }
        // All machines at once.
        std::fs::copy(session_file(desk, "fatima"), &copy).unwrap();
        desk.log_in("fatima", &code_of(&uri, 1)).json();
        show("thief").json();
        assert_eq!(desk.by("fatima", &["logout", "--all"]).exit, 0);
        assert_eq!(show("thief").error().1, "session_ended");
    }

    fn who_changes_the_own_password_knows_the_old_one(desk: &Desk) {
        let uri = desk.close();
        let reset = ["operator", "reset-password", "fatima"];
        let with = |flags: &[&str], input: &str| desk.by_with("fatima", &[&reset[..], flags].concat(), input);
        let both = ["--old-password-stdin", "--password-stdin"];
        // A session that was left open isn't enough.
        let without = with(&["--password-stdin"], "een nieuw wachtwoord\n");
        assert_eq!(without.error().1, "input_required");
        assert!(without.stderr.contains("--old-password-stdin"), "{}", without.stderr);
        let wrong = with(&both, "een gokje misschien\neen nieuw wachtwoord\n");
        let (exit, code, _) = wrong.error();
        assert_eq!((exit, code.as_str()), (4, "wrong_password"));
        assert_eq!(desk.count("event_details WHERE json LIKE '%wrong_password%'"), 1);
        desk.by("fatima", &["whoami"]).json();

        let done = with(&both, &format!("{PASSWORD}\neen nieuw wachtwoord\n")).json();
        assert_eq!(done["initial_password"], serde_json::Value::Null);
        assert_eq!(desk.by("fatima", &["whoami"]).error().1, "session_ended");
        assert_eq!(desk.log_in("fatima", &code_of(&uri, 1)).error().1, "login_refused");
        let args = ["login", "fatima", "--password-stdin", "--code-stdin"];
        let new = format!("een nieuw wachtwoord\n{}\n", code_of(&uri, 1));
        desk.by_with("fatima", &args, &new).json();

        // From a file as well; and from the fifth failure on it has to wait, the right one too.
        let file = desk.path("old");
        for (old, times, expected) in [("mis", 5, "wrong_password"), ("een nieuw wachtwoord", 1, "login_delayed")] {
            std::fs::write(&file, old).unwrap();
            std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
            let path = file.display().to_string();
            for _ in 0..times {
                let ran = with(&["--old-password-file", &path, "--password-stdin"], "het derde wachtwoord\n");
                assert_eq!(ran.error().1, expected, "{old}");
            }
        }
        // A colleague's is still given by an admin, who needn't know it.
        desk.hire("ada", "admin", &[]);
        desk.by("ada", &["operator", "reset-password", "fatima"]).json();
    }
}
