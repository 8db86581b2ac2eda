use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::reset::requests::verified_request;
use crate::support::{Desk, Engine, Ran, on_both_databases};

/// A desk with so many enrolled accounts.
pub(crate) fn enrolled(desk: &Desk, accounts: usize) {
    let folder = desk.small_directory();
    let mut rows = String::from("username,name,work_email,roles,status\n");
    let mut enrollments = String::from("username,otpauth_uri\n");
    for n in 0..accounts {
        writeln!(
            rows,
            "u{n},User {n},u{n}@beatrixschool.nl,teacher@sch-beatrix,active"
        )
        .unwrap();
        let secret = data_encoding::BASE32_NOPAD.encode(format!("{n:020}").as_bytes());
        writeln!(
            enrollments,
            "u{n},otpauth://totp/OT:u{n}?secret={secret}&issuer=OT"
        )
        .unwrap();
    }
    fs::write(folder.join("accounts.csv"), rows).unwrap();
    desk.run_json(["directory", "import", &folder.display().to_string()])
        .json();
    let file = desk.path("e.csv");
    fs::write(&file, enrollments).unwrap();
    let imported = desk
        .run_json(["enroll", "import", &file.display().to_string()])
        .json();
    assert_eq!(imported["enrolled"], accounts);
}

/// Importing the same secrets again opens each seal and compares.
pub(crate) fn all_open(desk: &Desk) {
    let file = desk.path("e.csv");
    let again = desk
        .run_json(["enroll", "import", &file.display().to_string()])
        .json();
    assert_eq!(again["enrolled"], 0, "{again:#}");
}

pub(crate) fn status(desk: &Desk) -> Vec<Value> {
    let status = desk.run_json(["key", "status"]).json();
    assert_eq!(status["schema"], "balie.keys/1");
    status["keys"].as_array().unwrap().clone()
}

fn refused(ran: &Ran) -> (i32, String) {
    let (exit, code, _) = ran.error();
    (exit, code)
}

fn keys_file(desk: &Desk) -> std::path::PathBuf {
    desk.path(".config/balie/keys.toml")
}

on_both_databases! {
    fn everything_is_sealed_anew_and_the_old_key_goes_when_nothing_needs_it(desk: &Desk) {
        enrolled(desk, 30);
        let before = status(desk);
        assert_eq!((before.len(), &before[0]["state"]), (1, &"current".into()));
        assert_eq!(before[0]["enrollments"], 30);
        let old = before[0]["key"].as_str().unwrap();
        assert_eq!(refused(&desk.run_json(["key", "retire", old])), (5, "key_in_use".into()));

        let dry = desk.run_json(["key", "rotate", "-n"]).json();
        assert_eq!((&dry["left"], &dry["key"]), (&30.into(), &Value::Null));
        assert_eq!(status(desk).len(), 1);

        let rotated = desk.run_json(["key", "rotate", "--no-input"]).json();
        assert_eq!((&rotated["outcome"], &rotated["resealed"]), (&"rotated".into(), &30.into()));
        let mode = fs::metadata(keys_file(desk)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let after = status(desk);
        assert_eq!((&after[0]["state"], &after[0]["enrollments"]), (&"old".into(), &0.into()));
        assert_eq!((&after[1]["state"], &after[1]["enrollments"]), (&"current".into(), &30.into()));
        all_open(desk);

        let new = after[1]["key"].as_str().unwrap();
        assert_eq!(refused(&desk.run_json(["key", "retire", new])), (5, "key_in_use".into()));
        assert_eq!(refused(&desk.run_json(["key", "retire", "ffffffff"])), (3, "not_found".into()));
        desk.run_json(["key", "retire", old]).json();
        let last = status(desk);
        assert_eq!((&last[0]["state"], &last[0]["here"]), (&"retired".into(), &false.into()));
        assert!(!fs::read_to_string(keys_file(desk)).unwrap().contains(old));
        all_open(desk);
        // Whatever read the keys before can't seal under the retired one any more.
        let insert = format!(
            "INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at, retired_at)
             SELECT account_id, sealed_secret, sealed_secret, '{old}', algorithm, digits, period, 1, 1 FROM enrollments"
        );
        assert!(desk.sql(&insert).unwrap_err().contains("retired"));
        desk.run_json(["audit", "verify"]).json();
    }

    fn killed_at_any_moment_a_rotation_goes_on_where_it_ended(desk: &Desk) {
        enrolled(desk, 2500);
        for round in 0..8_u64 {
            let mut child = desk
                .command()
                .args(["key", "rotate", "--quiet"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(round * 25));
            child.kill().unwrap();
            child.wait().unwrap();
            let keys = status(desk);
            let sealed: i64 = keys.iter().map(|key| key["enrollments"].as_i64().unwrap()).sum();
            assert_eq!(sealed, 2500, "round {round}");
            let mode = fs::metadata(keys_file(desk)).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600);
        }
        // At most one rotation is under way, and it ends.
        loop {
            let done = desk.run_json(["key", "rotate"]).json();
            if done["outcome"] == "rotated" {
                break;
            }
        }
        let keys = status(desk);
        let (current, old) = keys.split_last().unwrap();
        assert_eq!(current["enrollments"], 2500);
        assert!(old.iter().all(|key| key["enrollments"] == 0), "{keys:?}");
        all_open(desk);
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_key_file_from_before_the_rotation_names_the_key_that_it_lacks(desk: &Desk) {
        enrolled(desk, 3);
        let old = fs::read(keys_file(desk)).unwrap();
        desk.run_json(["key", "rotate"]).json();
        let new = status(desk)[1]["key"].as_str().unwrap().to_owned();
        fs::write(keys_file(desk), old).unwrap();
        let file = desk.path("e.csv").display().to_string();
        let (exit, code, message) = desk.run_json(["enroll", "import", &file]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains(&new), "{message}");
        let (exit, _, message) = desk.run_json(["key", "rotate"]).error();
        assert!(exit == 2 && message.contains(&new), "{message}");
    }

    fn another_desks_keys_are_refused_and_nothing_is_written(desk: &Desk) {
        enrolled(desk, 3);
        let other = Desk::new(crate::support::Engine::Sqlite);
        fs::copy(keys_file(&other), keys_file(desk)).unwrap();
        let (exit, _, message) = desk.run_json(["key", "rotate"]).error();
        assert_eq!(exit, 8, "{message}");
        assert!(message.contains("a signing key that isn't this desk's"), "{message}");
        assert_eq!(desk.count("sealing_keys"), 1);
    }

    fn an_operators_authenticator_is_sealed_anew_and_works_on(desk: &Desk) {
        let uri = desk.close();
        let status = |login: &str| {
            let status = desk.by(login, &["key", "status"]).json();
            status["keys"].as_array().unwrap().clone()
        };
        let old = status("fatima")[0]["key"].as_str().unwrap().to_owned();
        assert_eq!(status("fatima")[0]["operators"], 1);
        assert_eq!(desk.by("fatima", &["key", "rotate"]).json()["resealed"], 1);
        let keys = status("fatima");
        assert_eq!((&keys[0]["operators"], &keys[1]["operators"]), (&0.into(), &1.into()));
        desk.by("fatima", &["key", "retire", &old]).json();
        assert_eq!(desk.by("fatima", &["logout"]).exit, 0);
        desk.log_in("fatima", &crate::support::staff::code_of(&uri, 1)).json();
        // Nobody but an administrator rotates.
        desk.hire("bram", "auditor", &[]);
        assert_eq!(refused(&desk.by("bram", &["key", "rotate"])), (4, "role_may_not".into()));
    }

    fn a_seal_copied_to_another_account_does_not_open(desk: &Desk) {
        enrolled(desk, 3);
        desk.sql(
            "UPDATE enrollments SET sealed_secret =
               (SELECT e.sealed_secret FROM enrollments e JOIN accounts a ON a.id = e.account_id WHERE a.username = 'u0')
             WHERE account_id = (SELECT id FROM accounts WHERE username = 'u1')",
        ).unwrap();
        let (exit, code, message) = desk.run_json(["key", "rotate"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
        assert!(message.contains("u1") && !message.contains("u0"), "{message}");
        // The others were sealed anew; the row that doesn't hold keeps its key in use.
        let keys = status(desk);
        assert_eq!((&keys[0]["enrollments"], &keys[1]["enrollments"]), (&1.into(), &2.into()));
        let old = keys[0]["key"].as_str().unwrap();
        assert_eq!(refused(&desk.run_json(["key", "retire", old])), (5, "key_in_use".into()));
        // The whole row, with what is bound into the seal, copied to another account: neither.
        let file = desk.path("e.csv").display().to_string();
        assert_eq!(refused(&desk.run_json(["enroll", "import", &file])), (8, "tampered".into()));
    }

    fn keys_come_from_a_command_and_rotate_by_way_of_a_file(desk: &Desk) {
        enrolled(desk, 3);
        let store = desk.path("store.toml");
        fs::rename(keys_file(desk), &store).unwrap();
        let run = |command: &str, args: &[&str]| {
            let config = desk.path("command.toml");
            fs::write(&config, format!("[keys]\ncommand = \"\"\"{command}\"\"\"\n")).unwrap();
            let output = desk
                .command()
                .env("BALIE_CONFIG", &config)
                .args(["--format", "json"])
                .args(args)
                .output();
            Ran::new(&output.unwrap())
        };
        let read = format!("cat '{}'", store.display());
        let status = run(&read, &["key", "status"]).json();
        assert_eq!(status["source"], "the key command `sh`");
        assert_eq!(refused(&run(&read, &["key", "rotate"])), (2, "invalid_input".into()));
        let new = desk.path("new.toml").display().to_string();
        let written = run(&read, &["key", "rotate", "--out", &new]).json();
        assert_eq!(written["outcome"], "written");
        assert_eq!(fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o600);
        fs::rename(&new, &store).unwrap();
        let rotated = run(&read, &["key", "rotate"]).json();
        assert_eq!((&rotated["outcome"], &rotated["resealed"]), (&"rotated".into(), &3.into()));

        // A variable names none, and neither does a file that others can write, or somebody else's.
        let touched = desk.path("touched");
        let line = format!("touch '{}'; {read}", touched.display());
        let named = |command: &mut std::process::Command| {
            let ran = Ran::new(&command.args(["--format", "json", "key", "status"]).output().unwrap());
            let (exit, code, message) = ran.error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{message}");
            assert!(message.contains("keys.command") || message.contains("BALIE_KEYS_COMMAND"), "{message}");
        };
        named(desk.command().env("BALIE_KEYS_COMMAND", &line));
        let config = desk.path("theirs.toml");
        fs::write(&config, format!("[keys]\ncommand = \"{line}\"\n")).unwrap();
        fs::set_permissions(&config, fs::Permissions::from_mode(0o664)).unwrap();
        named(desk.command().env("BALIE_CONFIG", &config));
        fs::set_permissions(&config, fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::chown(&config, Some(12345), None).expect("the suite runs as root");
        named(desk.command().env("BALIE_CONFIG", &config));
        assert!(!touched.exists(), "no command was run");
        assert_eq!(refused(&run("exit 1", &["key", "status"])), (7, "keys_unavailable".into()));
        assert_eq!(refused(&run("echo hello", &["key", "status"])), (2, "invalid_input".into()));
    }
}

/// A command that hands out keys may take half a minute: whoever else writes to the desk doesn't wait for it.
#[test]
fn no_key_command_runs_while_others_have_to_wait() {
    let desk = Desk::new(Engine::Sqlite);
    let request = verified_request(&desk, &["j.jansen", "z.celik"]);
    let store = desk.path("store.toml");
    fs::rename(keys_file(&desk), &store).unwrap();
    let (runs, held) = (desk.path("runs"), desk.path("held"));
    let (runs, held) = (runs.display(), held.display());
    let script = desk.path("keys.sh");
    let take = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0); c.execute('BEGIN IMMEDIATE')";
    let text = format!(
        "echo run >> {runs}\n{python} -c \"{take}\" {database} || echo held >> {held}\ncat {store}\n",
        python = crate::outsiders::interpreter().display(),
        database = desk.path("balie.db").display(),
        store = store.display(),
    );
    fs::write(&script, text).unwrap();
    let config = desk.path("command.toml");
    fs::write(
        &config,
        format!("[keys]\ncommand = \"sh {}\"\n", script.display()),
    )
    .unwrap();
    let run = |args: &[&str], typed: &str| {
        let mut command = desk.command();
        command
            .env("BALIE_CONFIG", &config)
            .args(["--format", "json"]);
        let mut child = command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(typed.as_bytes())
            .unwrap();
        let ran = Ran::new(&child.wait_with_output().unwrap());
        assert!(
            [0, 4].contains(&ran.exit),
            "{args:?}: {}{}",
            ran.stdout,
            ran.stderr
        );
    };
    let mut ran = 0;
    for (args, typed) in [
        (&["key", "status"][..], ""),
        (&["totp", "check", "j.jansen", "--code-stdin"], "123456"),
        (&["reset", "j.jansen", "z.celik", "--request", &request], ""),
        (
            &[
                "enroll",
                "begin",
                "j.jansen",
                "--qr",
                &desk.path("qr.png").display().to_string(),
            ],
            "",
        ),
        (&["audit", "checkpoint"], ""),
    ] {
        run(args, typed);
        let count = fs::read_to_string(desk.path("runs"))
            .unwrap()
            .lines()
            .count();
        assert!(count > ran, "{args:?} needs the keys");
        ran = count;
        assert!(
            !desk.path("held").exists(),
            "{args:?} held the desk meanwhile"
        );
    }
}

#[test]
fn a_rotation_knows_every_table_with_seals() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let rotation = fs::read_to_string(root.join("src/store/keys.rs")).unwrap();
    let desk = Desk::new(Engine::Sqlite);
    let sealed = desk.pairs(
        "SELECT m.name, f.\"from\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
         WHERE f.\"table\" = 'sealing_keys'",
    );
    assert!(sealed.len() > 2, "{sealed:?}");
    for (name, _) in sealed {
        assert!(rotation.contains(&format!("FROM {name}")), "{name}");
    }
}
