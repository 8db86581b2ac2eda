use std::process::Command;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::support::{Desk, on_both_databases};

/// `balie` at a terminal of that size.
fn at_size(desk: &Desk, (rows, columns): (u16, u16), args: &str) -> PtySession {
    let mut command = Command::new("sh");
    let line = format!(
        "stty rows {rows} cols {columns}; exec {} {args}",
        env!("CARGO_BIN_EXE_balie")
    );
    command
        .env_clear()
        .args(["-c", &line])
        .env("PATH", "/usr/bin:/bin");
    command
        .env("HOME", desk.path(""))
        .env("TERM", "xterm-256color")
        .env("BALIE_DATABASE", &desk.url)
        .env("BALIE_OPERATOR_LOGIN", "fatima");
    spawn_command(command, Some(20_000)).unwrap()
}

on_both_databases! {
    // What scrolls off the other screen can't be scrolled back to.
    fn a_qr_code_that_does_not_fit_is_refused_before_anything_is_begun(desk: &Desk) {
        desk.import_small_directory().json();
        for size in [(18, 80), (40, 38)] {
            let mut session = at_size(desk, size, "enroll begin j.jansen --yes");
            let said = session.exp_eof().unwrap();
            assert!(said.contains("QR code needs") && said.contains("--qr FILE.png"), "{said}");
            assert!(matches!(session.process().wait().unwrap(), WaitStatus::Exited(_, 2)));
            let account = desk.run_json(["account", "show", "j.jansen"]).json();
            assert_eq!(account["second_factor"]["state"], "none");
        }
        let mut session = at_size(desk, (24, 80), "enroll begin j.jansen --yes");
        let drawn = session.exp_string("Code that the app shows").unwrap();
        let screen = drawn.split("\u{1b}[H").last().unwrap();
        assert!(screen.lines().count() <= 24, "{screen}");
        assert!(crate::outsiders::qr::read_off(&drawn).contains("j.jansen"), "{drawn}");
        session.send_line("later").unwrap();
        session.exp_eof().unwrap();
        assert_eq!(
            desk.run_json(["account", "show", "j.jansen"]).json()["second_factor"]["state"],
            "pending"
        );
    }
}
