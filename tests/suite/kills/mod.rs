//! Kill campaign: commands that are killed at any moment of their work. A few kills a command in the usual run;
//! `BALIE_LONG=1` makes it fifty for each command and engine that met the command alive.

mod bulk;
mod desk;
mod former;
mod mail;

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Desk, long};

/// How many kills have to find the command alive.
fn wanted() -> u32 {
    if long() { 50 } else { 3 }
}

/// How long the command takes when it's left alone.
#[track_caller]
fn time(mut command: Command) -> Duration {
    let begun = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    begun.elapsed()
}

/// Whether the kill came while the command was alive.
fn kill_after(mut command: Command, moment: Duration) -> bool {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap().signal() == Some(9)
}

/// Kills what `command` makes of a round's number, until enough kills found it alive, at moments spread by the
/// golden ratio over the time that it takes; after each, `holds` is asked. Returns the rounds that it took.
#[track_caller]
fn campaign(
    desk: &Desk,
    name: &str,
    whole: Duration,
    mut command: impl FnMut(u32) -> Command,
    mut holds: impl FnMut(u32),
) -> u32 {
    let (mut alive, mut round) = (0, 0);
    while alive < wanted() {
        let moment = whole.mul_f64(f64::from(round) * 0.618_034 % 1.0);
        alive += u32::from(kill_after(command(round), moment));
        holds(round);
        round += 1;
        assert!(round < 20 * wanted(), "{name} always ended before its kill");
    }
    tell(desk, name, alive, round);
    round
}

#[expect(
    clippy::print_stderr,
    reason = "the figures of a long run, for its report"
)]
fn tell(desk: &Desk, name: &str, alive: u32, rounds: u32) {
    eprintln!(
        "kills: {name} on {:?}: {alive} of {rounds} rounds",
        desk.engine
    );
}
