use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::support::{Desk, Engine, on_both_databases};

on_both_databases! {
    fn init_run_again_changes_nothing(desk: &Desk) {
        let again = desk.run_json(["init"]).json();
        assert_eq!(again["created"], false);
        assert_eq!(again["operator"], "fatima");
    }

    fn the_key_file_is_private_and_refused_when_others_can_read_it(desk: &Desk) {
        let keys = desk.path(".config/balie/keys.toml");
        let mode = std::fs::metadata(&keys).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&keys, PermissionsExt::from_mode(0o644)).unwrap();
        let (exit, code, message) = desk.run_json(["init"]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains("others can read"), "{message}");
    }

    fn who_is_not_registered_is_refused(desk: &Desk) {
        let output = desk.command()
            .env("BALIE_OPERATOR_LOGIN", "mallory")
            .args(["--format", "json", "region", "list"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(4));
        assert!(String::from_utf8_lossy(&output.stderr).contains("unknown_operator"));
    }

    fn the_log_refuses_to_be_changed(desk: &Desk) {
        for sql in [
            "UPDATE events SET operator = 'x'",
            "DELETE FROM events",
            "UPDATE event_details SET json = '{}'",
            "DELETE FROM event_details",
        ] {
            let error = desk.sql(sql).unwrap_err();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
        if desk.engine == crate::support::Engine::Postgres {
            assert!(desk.sql("TRUNCATE events CASCADE").unwrap_err().contains("append-only"));
        }
    }

    fn a_newer_and_an_older_database_are_told_apart(desk: &Desk) {
        desk.sql("UPDATE _sqlx_migrations SET version = 9999 WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)").unwrap();
        let (exit, code, message) = desk.run_json(["region", "list"]).error();
        assert_eq!((exit, code.as_str()), (7, "database_unavailable"));
        assert!(message.contains("newer"), "{message}");
        desk.sql("DELETE FROM _sqlx_migrations WHERE version = 9999").unwrap();
        let (exit, _, message) = desk.run_json(["region", "list"]).error();
        assert_eq!(exit, 7);
        assert!(message.contains("needs version"), "{message}");
    }

    fn who_holds_the_database_is_waited_for_and_then_named(desk: &Desk) {
        let request = crate::reset::requests::verified_request(desk, &["j.jansen"]);
        let held = desk.hold(match desk.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; SELECT 1 FROM accounts FOR UPDATE",
        });
        let reset = || {
            let mut command = desk.command();
            command.env("BALIE_DATABASE_WAIT_SECONDS", "1");
            command.args(["--format", "json", "reset", "j.jansen", "--request", &request]);
            crate::support::Ran::new(&command.output().unwrap())
        };
        let (exit, code, message) = reset().error();
        assert_eq!((exit, code.as_str()), (7, "database_unavailable"));
        assert!(message.contains("locked"), "{message}");
        drop(held);
        assert_eq!(reset().json()["results"][0]["outcome"], "done");
    }

    fn an_unknown_config_key_names_the_nearest(desk: &Desk) {
        std::fs::write(desk.path("c.toml"), "[policy]\nundo_hour = 3\n").unwrap();
        let config = desk.path("c.toml").display().to_string();
        let (exit, code, message) = desk.run_json(["--config", &config, "region", "list"]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains("`policy.undo_hours`"), "{message}");
    }
}

#[test]
fn what_is_no_balie_database_is_left_alone() {
    let desk = Desk::without_init(Engine::Sqlite);
    let (exit, code, _) = desk.run_json(["region", "list"]).error();
    assert_eq!((exit, code.as_str()), (3, "not_found"));

    std::fs::write(
        &desk.url,
        "this is a letter, not a database, and long enough to be read",
    )
    .unwrap();
    let (exit, code, message) = desk.run_json(["region", "list"]).error();
    assert_eq!((exit, code.as_str()), (2, "invalid_input"));
    assert!(message.contains("not a balie database"), "{message}");

    std::fs::remove_file(&desk.url).unwrap();
    std::fs::File::create(&desk.url).unwrap();
    desk.sql("CREATE TABLE recipes (name TEXT)").unwrap();
    for command in [vec!["region", "list"], vec!["init"]] {
        let (exit, code, message) = desk.run_json(&command).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{command:?}");
        assert!(message.contains("not a balie database"), "{message}");
    }
}

/// Runs `balie` as somebody who isn't root: root writes what is read-only.
#[test]
fn a_read_only_database_is_exit_7_and_says_what_to_make_writable() {
    let desk = Desk::new(Engine::Sqlite);
    let folder = desk.path("");
    let opened = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    };
    opened(std::path::Path::new(&desk.url), 0o444);
    opened(&folder, 0o555);
    let mut command = desk.command();
    if std::fs::metadata(&folder).unwrap().uid() == 0 {
        command = std::process::Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(env!("CARGO_BIN_EXE_balie"))
            .env("BALIE_OPERATOR_LOGIN", "fatima");
    }
    let ran = command
        .env("HOME", "/nonexistent")
        .args([
            "--format",
            "json",
            "--database",
            &desk.url,
            "region",
            "list",
        ])
        .output()
        .unwrap();
    opened(&folder, 0o755);
    let (exit, code, message) = crate::support::Ran::new(&ran).error();
    assert_eq!((exit, code.as_str()), (7, "database_unavailable"));
    assert!(
        message.contains("read-only") || message.contains("can't be opened"),
        "{message}"
    );
}

#[test]
fn a_server_that_does_not_answer_is_exit_7() {
    let desk = Desk::without_init(Engine::Sqlite);
    let url = "postgres://balie:geheim@127.0.0.1:1/balie";
    let (exit, code, message) = desk.run_json(["--database", url, "region", "list"]).error();
    assert_eq!((exit, code.as_str()), (7, "database_unavailable"));
    assert!(!message.contains("geheim"), "{message}");
}
