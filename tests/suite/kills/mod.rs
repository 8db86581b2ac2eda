//! Kill campaign: commands that are killed at any moment of their work. A few kills a command in the usual run;
//! `BALIE_LONG=1` makes it 56 for each command and engine that met the command alive: over a thousand in all.

mod bulk;
mod desk;
mod former;
mod mail;

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Desk, Engine, long};

/// How many kills have to find the command alive.
fn wanted() -> u32 {
    if long() { 56 } else { 3 }
}

/// How long the command takes when it's left alone.
#[track_caller]
pub(crate) fn time(mut command: Command) -> Duration {
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

/// Kills what `command` makes of a round's number, until enough kills found it alive; after each, `holds` is asked.
/// Returns the rounds that it took.
#[track_caller]
pub(crate) fn campaign(
    desk: &Desk,
    name: &str,
    whole: Duration,
    mut command: impl FnMut(u32) -> Command,
    mut holds: impl FnMut(u32),
) -> u32 {
    rounds(desk.engine, name, |round| {
        let was_alive = kill_after(command(round), moment(whole, round));
        holds(round);
        was_alive
    })
}

/// Kills `balie init` in a home that is new each time, at moments within `whole`; then it's run to its end, and
/// `holds` is asked.
#[track_caller]
fn campaign_of_init(
    engine: Engine,
    name: &str,
    whole: Duration,
    home: impl Fn(u32) -> Desk,
    holds: impl Fn(&Desk),
) {
    rounds(engine, name, |round| {
        let desk = home(round);
        let mut command = desk.command();
        command.arg("init");
        let was_alive = kill_after(command, moment(whole, round) + Duration::from_millis(1));
        desk.run_json(["init"]).json();
        holds(&desk);
        was_alive
    });
}

/// When a round kills: spread by the golden ratio over the time that the command takes.
fn moment(whole: Duration, round: u32) -> Duration {
    whole.mul_f64(f64::from(round) * 0.618_034 % 1.0)
}

/// Goes on until enough kills found the command alive; how many rounds it took.
#[expect(
    clippy::print_stderr,
    reason = "the figures of a long run, for its report"
)]
#[track_caller]
fn rounds(engine: Engine, name: &str, mut kill: impl FnMut(u32) -> bool) -> u32 {
    let (mut alive, mut round) = (0, 0);
    while alive < wanted() {
        alive += u32::from(kill(round));
        round += 1;
        assert!(round < 20 * wanted(), "{name} always ended before its kill");
    }
    eprintln!("kills: {name} on {engine:?}: {alive} of {round} rounds");
    round
}
