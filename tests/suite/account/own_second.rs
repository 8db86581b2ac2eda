//! An operator whom `sudo` lets run balie as the desk's account: what the caller brings along makes that account run,
//! read and write nothing (rule 17). The suite runs as root, and `setpriv` takes on the other accounts.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::Path;
use std::process::Command;

use crate::support::{Desk, Engine, Ran};

/// The desk's account, and an operator's own.
const DESK: u32 = 23_456;
const OPERATOR: u32 = 23_457;

fn give(path: &Path, account: u32) {
    chown(path, Some(account), Some(account)).expect("the suite runs as root");
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path(), account);
        }
    }
}

/// `balie` as an account, with the desk's environment and these variables on top.
fn as_account(desk: &Desk, account: u32, env: &[(&str, &str)]) -> Command {
    let mut command = Command::new("setpriv");
    let id = account.to_string();
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups"]);
    command.arg(env!("CARGO_BIN_EXE_balie")).env_clear();
    command
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", desk.path(""))
        .env("BALIE_DATABASE", &desk.url)
        .env("BALIE_OPERATOR_LOGIN", "fatima")
        .envs(env.iter().copied())
        .args(["--format", "json"]);
    command
}

fn ran(command: &mut Command, args: &[&str]) -> Ran {
    Ran::new(&command.args(args).output().unwrap())
}

#[test]
fn no_command_of_the_callers_is_run_in_the_desks_name() {
    let desk = Desk::new(Engine::Sqlite);
    desk.close();
    give(&desk.path(""), DESK);
    let own = tempfile::tempdir().unwrap();
    let (config, touched) = (own.path().join("e.toml"), own.path().join("touched"));
    let line = format!(
        "touch {}; cat {}",
        touched.display(),
        desk.path(".config/balie/keys.toml").display()
    );
    fs::write(&config, format!("[keys]\ncommand = \"{line}\"\n")).unwrap();
    give(own.path(), OPERATOR);
    fs::set_permissions(own.path(), fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(&config, fs::Permissions::from_mode(0o644)).unwrap();
    let path = config.to_str().unwrap();
    // A copy of the config that the account itself was made to write isn't better: `sudo` says who calls.
    let copy = desk.path("copied.toml");
    fs::copy(&config, &copy).unwrap();
    give(&copy, DESK);
    let sudo = [("SUDO_UID", "23457")];
    let forced = [("SSH_ORIGINAL_COMMAND", "balie key status")];
    for (file, env) in [
        (path, &[][..]),
        (copy.to_str().unwrap(), &sudo[..]),
        (copy.to_str().unwrap(), &forced[..]),
    ] {
        for args in [&["key", "status"][..], &["init"], &["doctor"], &["whoami"]] {
            let mut command = as_account(&desk, DESK, env);
            let refused = ran(command.args(["--config", file]), args);
            let (exit, code, message) = refused.error();
            assert_eq!(
                (exit, code.as_str()),
                (2, "invalid_input"),
                "{args:?}: {message}"
            );
            assert!(message.contains("keys.command"), "{message}");
        }
    }
    let variable = [("BALIE_KEYS_COMMAND", line.as_str())];
    assert_eq!(
        ran(&mut as_account(&desk, DESK, &variable), &["init"]).exit,
        2
    );
    assert!(!touched.exists(), "no command was run");
    // To the account itself, with nobody behind it, the same file is as good as its own.
    let session = desk.path("run-fatima").display().to_string();
    let mut own = as_account(&desk, DESK, &[("XDG_RUNTIME_DIR", &session)]);
    ran(
        own.args(["--config", copy.to_str().unwrap()]),
        &["key", "status"],
    )
    .json();
    assert!(touched.exists(), "it would have been run");
}

#[test]
fn a_closed_desk_is_brought_up_to_date_by_its_owner_or_an_admin_and_nothing_else_is_done() {
    let desk = Desk::new(Engine::Sqlite);
    desk.close();
    desk.set(&[("policy.session_hours", "2")]);
    give(&desk.path(""), DESK);
    let keys = desk.path(".config/balie/keys.toml");
    fs::remove_file(&keys).unwrap();
    let other = desk.path("other.toml").display().to_string();
    let init = |env: &[(&str, &str)]| {
        let mut command = as_account(&desk, DESK, env);
        ran(&mut command, &["--config", &other, "init"])
    };
    for env in [("SUDO_UID", "23457"), ("SSH_ORIGINAL_COMMAND", "init")] {
        let (exit, code, _) = init(&[env]).error();
        assert_eq!((exit, code.as_str()), (4, "owner_or_admin"));
    }
    // fatima is an admin, and logged in; or nobody calls but the account itself.
    let session = desk.path("run-fatima").display().to_string();
    let shown = init(&[("SUDO_UID", "23457"), ("XDG_RUNTIME_DIR", &session)]).json();
    assert_eq!(
        (&shown["operator"], &shown["created"]),
        (&"fatima".into(), &false.into())
    );
    assert_eq!(init(&[]).json()["operator"], "-");
    // How long a session lasts is the desk's word here too.
    let hours = 3 * 3_600_000_000_i64;
    let aged = format!("UPDATE operator_sessions SET started_at = started_at - {hours}");
    desk.sql(&aged).unwrap();
    let late = init(&[("SUDO_UID", "23457"), ("XDG_RUNTIME_DIR", &session)]);
    assert_eq!(late.error().1, "owner_or_admin");
    // It needs no key, and makes neither key nor config.
    assert!(!keys.exists() && !Path::new(&other).exists());
    // To an account that the files don't belong to it's nothing at all.
    let stranger = ran(&mut as_account(&desk, OPERATOR, &[]), &["init"]);
    assert_ne!(stranger.exit, 0);
    assert!(!keys.exists());
}
