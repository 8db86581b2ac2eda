//! Whatever ends a run of `bulk apply`, the next one goes on where it ended, and no row is done twice.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::apply::{done_exactly_once, list_of, plan, school};
use crate::support::postgres::PrivateServer;
use crate::support::{Desk, Engine, Ran, long, on_both_databases};

/// Rows of a plan, plans, and how often each is killed before it may end: short unless `BALIE_LONG=1`.
fn size() -> (usize, u32, u32) {
    if long() { (2_000, 20, 10) } else { (240, 2, 2) }
}

fn call(desk: &Desk, plan: &Value) -> Command {
    let mut command = desk.command();
    command.args([
        "--format",
        "ndjson",
        "bulk",
        "apply",
        plan["id"].as_str().unwrap(),
    ]);
    command
}

fn spawn(desk: &Desk, plan: &Value) -> Child {
    let mut command = call(desk, plan);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Starts a run and waits for its first rows: the rest is still to come.
fn spawn_until_first_rows(desk: &Desk, plan: &Value) -> (Child, usize) {
    let mut child = spawn(desk, plan);
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert!(line.contains("\"done\""), "{line}");
    let buffered = lines.buffer().split(|byte| *byte == b'\n').count() - 1;
    (child, 1 + buffered)
}

fn apply(desk: &Desk, plan: &Value) -> Ran {
    Ran::new(&spawn(desk, plan).wait_with_output().unwrap())
}

fn count(desk: &Desk, from: &str) -> usize {
    usize::try_from(desk.number(&format!("SELECT COUNT(*) FROM {from}"))).unwrap()
}

on_both_databases! {
    fn killed_at_any_moment_each_row_is_done_exactly_once(desk: &Desk) {
        let (rows, rounds, kills) = size();
        let request = school(desk, rows);
        let mut whole = Duration::ZERO;
        let mut killed = 0_u32;
        for round in 0..=rounds {
            let made = plan(desk, &request, &list_of(0..rows));
            assert_eq!(made["ready"], rows, "round {round}");
            let begun = Instant::now();
            for _ in 0..if round > 0 { kills } else { 0 } {
                // Spread by the golden ratio over twice the time that would let the last kill find the end.
                killed += 1;
                let moment = whole.mul_f64(f64::from(killed) * 0.618_034 % 1.0) * 2 / kills;
                let mut child = call(desk, &made).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                sleep(moment);
                child.kill().unwrap();
                child.wait().unwrap();
                if killed > 1 {
                    // All but once the test doesn't wait until the dead run's claim has lapsed.
                    desk.sql("UPDATE plans SET claim_until = 0").unwrap();
                }
            }
            let ran = apply(desk, &made);
            assert_eq!(ran.exit, 0, "round {round}: {}", ran.stderr);
            if round == 0 {
                whole = begun.elapsed();
            }
            let times = round as usize + 1;
            assert_eq!(count(desk, &format!("accounts WHERE session_epoch = {times}")), rows);
            assert_eq!(count(desk, "events WHERE action = 'reset'"), times * rows);
            assert_eq!(count(desk, "outbox WHERE notice LIKE '%\"reset_holder\"%'"), times * rows);
            assert_eq!(count(desk, "plan_rows WHERE state = 'done'"), times * rows);
            let once = "SELECT COUNT(DISTINCT event) FROM plan_rows";
            assert_eq!(desk.number(once), i64::try_from(times * rows).unwrap());
            assert_eq!(count(desk, "request_accounts WHERE used_at IS NULL"), 0);
            desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL").unwrap();
        }
        desk.run_json(["audit", "verify"]).json();
    }

    fn ctrl_c_finishes_the_batch_and_the_next_run_goes_on(desk: &Desk) {
        let request = school(desk, 900);
        let made = plan(desk, &request, &list_of(0..900));
        let (child, read) = spawn_until_first_rows(desk, &made);
        let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(interrupt.unwrap().success());
        let ran = Ran::new(&child.wait_with_output().unwrap());
        assert_eq!(ran.exit, 130, "{}", ran.stderr);
        let told = read + ran.stdout.lines().count();
        assert_eq!(count(desk, "plan_rows WHERE state = 'done'"), told);
        assert!(told < 900);
        let ran = apply(desk, &made);
        assert_eq!((ran.exit, ran.stdout.lines().count()), (0, 900 - told), "{}", ran.stderr);
        done_exactly_once(desk, &made, 900);
    }

    fn two_runs_of_one_plan_never_meet(desk: &Desk) {
        let request = school(desk, 300);
        let made = plan(desk, &request, &list_of(0..300));
        let runs = [spawn(desk, &made), spawn(desk, &made), spawn(desk, &made)];
        let runs = runs.map(|child| Ran::new(&child.wait_with_output().unwrap()));
        let told: usize = runs.iter().map(|ran| ran.stdout.lines().count()).sum();
        assert_eq!(told, 300);
        for ran in &runs {
            let conflict = ran.exit == 5 && ran.stderr.contains("plan_in_use");
            assert!(ran.exit == 0 || conflict, "{} {}", ran.exit, ran.stderr);
        }
        assert!(runs.iter().any(|ran| ran.exit == 0));
        done_exactly_once(desk, &made, 300);
    }
}

#[test]
fn a_server_that_crashes_is_waited_for() {
    let server = PrivateServer::start();
    let desk = Desk::at(Engine::Postgres, server.url());
    let request = school(&desk, 900);
    let made = plan(&desk, &request, &list_of(0..900));
    let (child, _) = spawn_until_first_rows(&desk, &made);
    server.crash_and_recover();
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
    done_exactly_once(&desk, &made, 900);
}

#[test]
fn a_server_that_stays_away_ends_the_run_and_loses_nothing() {
    if !long() {
        // It waits half a minute: a long run's work.
        return;
    }
    let server = PrivateServer::start();
    let desk = Desk::at(Engine::Postgres, server.url());
    let request = school(&desk, 900);
    let made = plan(&desk, &request, &list_of(0..900));
    let (child, _) = spawn_until_first_rows(&desk, &made);
    server.control("stop");
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!(ran.exit, 7, "{}", ran.stderr);
    server.control("start");
    assert_eq!(apply(&desk, &made).exit, 0);
    done_exactly_once(&desk, &made, 900);
}

#[test]
fn a_disk_that_is_full_loses_nothing() {
    let desk = Desk::new(Engine::Sqlite);
    let request = school(&desk, 900);
    let made = plan(&desk, &request, &list_of(0..900));
    let id = made["id"].as_str().unwrap();
    let blocks = std::fs::metadata(&desk.url).unwrap().len() / 1_024 + 200;
    // A file can't grow past the limit: to SQLite the disk is full.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --yes bulk apply {id}");
    let mut limited = Command::new("bash");
    limited
        .args(["-c", &script])
        .arg(env!("CARGO_BIN_EXE_balie"));
    let of_desk = desk.command();
    limited.env_clear().envs(
        of_desk
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    limited.env("PATH", "/usr/bin:/bin");
    let ran = Ran::new(&limited.output().unwrap());
    assert_eq!(ran.exit, 7, "{}", ran.stderr);
    let done = count(&desk, "plan_rows WHERE state = 'done'");
    assert!(done < 900);
    assert_eq!(count(&desk, "events WHERE action = 'reset'"), done);
    assert_eq!(apply(&desk, &made).exit, 0);
    done_exactly_once(&desk, &made, 900);
}
