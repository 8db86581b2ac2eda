//! What a colleague has open: every step that changes it waits, or takes it over.

use serde_json::Value;

use crate::bulk::apply::{done_exactly_once, list_of, plan, school};
use crate::reset::requests::{reset, verified_request};
use crate::reset::undo::add_colleague;
use crate::shell::prompts::{at_a_terminal, end};
use crate::support::{Desk, Ran, on_both_databases};

/// Petra has something open, for as long as the test lasts.
fn hold(desk: &Desk, what: &str, table: &str, condition: &str) {
    desk.sql(&format!(
        "INSERT INTO leases (what, subject, operator, since, expires_at)
         SELECT '{what}', id, 'petra', 1000000, 9000000000000000 FROM {table} WHERE {condition}"
    ))
    .unwrap();
}

pub(crate) fn hold_account(desk: &Desk, username: &str) {
    hold(
        desk,
        "account",
        "accounts",
        &format!("username = '{username}'"),
    );
}

fn hold_request(desk: &Desk, id: &str) {
    hold(desk, "request", "requests", &format!("public_id = '{id}'"));
}

/// The code that a command failed with; `done` where it didn't.
fn code(ran: &Ran) -> String {
    if ran.exit == 0 {
        return "done".into();
    }
    let (exit, code, _) = ran.error();
    if code == "held_by_colleague" {
        assert_eq!(exit, 5);
        assert!(ran.stderr.contains("--take-over"), "{}", ran.stderr);
    }
    code
}

/// Each command is refused while it's held, leaves a line in the log, and goes on once it took over.
#[track_caller]
fn each_waits(desk: &Desk, code_given: &str, steps: &[(&[&str], &str)], held: impl Fn()) {
    for (args, then) in steps {
        held();
        let seen = desk.count("events WHERE action = 'access.refused'");
        let ran = desk.run_with(args, code_given);
        assert_eq!(code(&ran), "held_by_colleague", "{args:?}");
        assert_eq!(
            desk.count("events WHERE action = 'access.refused'"),
            seen + 1,
            "{args:?}"
        );
        assert_eq!(desk.count("leases"), 1, "{args:?}");
        let taken = desk.run_with(&[*args, &["--take-over"]].concat(), code_given);
        assert_eq!(code(&taken), *then, "{args:?}");
        assert_eq!(desk.count("leases"), 0, "{args:?}: it is let go");
    }
    assert_eq!(
        desk.count("events WHERE action = 'lease.take_over'"),
        i64::try_from(steps.len()).unwrap()
    );
}

fn open_by(ran: &Ran) -> Value {
    ran.json()["open_by"]["operator"].clone()
}

on_both_databases! {
    fn who_breaks_off_at_the_question_keeps_nothing_open(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let mut session = at_a_terminal(desk, &["reset", "j.jansen", "--request", &request], &[]);
        session.exp_string("Reset 2FA of 1 account").unwrap();
        assert_eq!(desk.count("leases"), 2, "the account and the request");
        session.send_control('c').unwrap();
        let (rest, code) = end(session);
        assert_eq!(code, 130, "{rest}");
        assert_eq!(desk.count("leases"), 0, "{rest}");
        let mut session = at_a_terminal(desk, &["account", "show"], &[]);
        session.exp_string("Who").unwrap();
        session.send_line("jansen").unwrap();
        session.exp_string("Which").unwrap();
        session.send_control('c').unwrap();
        let (rest, code) = end(session);
        assert_eq!(code, 130, "{rest}");
        assert!(rest.contains("nothing was changed") && !rest.contains("IO error"), "{rest}");
        assert!(rest.contains("\u{1b}[?25h"), "the cursor is shown again: {rest:?}");
    }

    fn every_step_to_an_account_shows_what_it_hits_before_it_asks(desk: &Desk) {
        let first = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &first, &["j.jansen"]).0, 0);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        for args in [
            &["reset", "j.jansen", "--break-glass", "--reason", "director unreachable"][..],
            &["pending", "--reopen", "j.jansen"],
            &["account", "block", "j.jansen", "--reason", "phone stolen"],
        ] {
            let mut session = at_a_terminal(desk, args, &[]);
            for seen in ["Joost Jansen", "Beatrixschool", "j.jansen was reset 1 time(s)", "1 other request(s) name j.jansen"] {
                session.exp_string(seen).unwrap_or_else(|error| panic!("{args:?}: {seen}: {error}"));
            }
            session.exp_string("[y/N]").unwrap();
            session.send_line("n").unwrap();
            assert_eq!(end(session).1, 130, "{args:?}");
        }
        let case = desk.run_json(["reset", "j.jansen", "--break-glass", "--reason", "director unreachable"]).json();
        let mut complete = at_a_terminal(desk, &["case", "complete", case["id"].as_str().unwrap()],
                                         &[("BALIE_OPERATOR_LOGIN", "petra")]);
        complete.exp_string("j.jansen was reset 1 time(s)").unwrap();
        complete.send_line("n").unwrap();
        assert_eq!(end(complete).1, 130);
    }

    fn what_a_colleague_has_open_is_taken_over_or_left_alone(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        hold_account(desk, "j.jansen");
        let shown = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(shown["open_by"]["operator"], "petra");
        let (exit, found) = reset(desk, &request, &["j.jansen"]);
        assert_eq!((exit, found["results"][0]["code"].as_str()), (5, Some("held_by_colleague")));
        let events = desk.count("events WHERE action = 'reset.refused'");
        let (exit, tried) = reset(desk, &request, &["j.jansen", "--dry-run"]);
        assert_eq!((exit, &tried["results"][0]["event"]), (5, &Value::Null));
        assert_eq!(desk.count("events WHERE action = 'reset.refused'"), events, "a dry run writes nothing");
        let people = desk.run(["reset", "j.jansen", "--request", &request]);
        assert!(people.stderr.contains("petra has had this account open since 1970-01-01T00:00:01Z"), "{}", people.stderr);
        let taken = desk.run_json(["reset", "j.jansen", "--request", &request, "--take-over"]).json();
        assert_eq!(taken["results"][0]["outcome"], "done");
        let log = desk.run_json(["audit", "log"]).json().to_string();
        assert!(log.contains("lease.take_over") && log.contains("\"from\":\"petra\""), "{log}");
        // A request that is open counts as well; a lease that is over doesn't.
        hold_request(desk, &request);
        let shown = desk.run_json(["request", "show", &request]).json();
        assert_eq!(shown["open_by"]["operator"], "petra");
        let (exit, found) = reset(desk, &request, &["z.celik"]);
        assert_eq!((exit, found["results"][0]["code"].as_str()), (5, Some("held_by_colleague")));
        desk.sql("UPDATE leases SET expires_at = 1").unwrap();
        assert_eq!(reset(desk, &request, &["z.celik"]).0, 0);
    }

    fn every_step_to_an_account_waits_for_a_colleague(desk: &Desk) {
        add_colleague(desk);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        let done = desk.run_as("bram", ["reset", "j.jansen", "--request", &request]).json();
        let receipt = done["results"][0]["receipt"].as_str().unwrap();
        let reason = "directeur aan de telefoon, stem bekend; uitslagen om twaalf uur";
        let case = desk.run_as("bram", ["reset", "j.jansen", "--break-glass", "--reason", reason]).json();
        let case = case["id"].as_str().unwrap();
        each_waits(desk, "123456\n", &[
            (&["enroll", "begin", "j.jansen", "--uri", "-"], "done"),
            (&["enroll", "confirm", "j.jansen", "--code-stdin"], "code_not_accepted"),
            (&["totp", "unlock", "j.jansen"], "not_locked"),
            (&["pending", "--reopen", "j.jansen"], "done"),
            (&["undo", receipt], "done"),
            (&["recovery", "reissue", "j.jansen", "--request", &request], "already_used"),
            (&["case", "complete", case], "changed_since_shown"),
            (&["account", "block", "j.jansen", "--reason", "gestolen"], "done"),
            (&["account", "unblock", "j.jansen", "--reason", "gevonden"], "done"),
        ], || hold_account(desk, "j.jansen"));
        // What isn't this account's goes on, and so does what only looks.
        hold_account(desk, "j.jansen");
        desk.run_json(["account", "block", "z.celik", "--reason", "gestolen"]).json();
        desk.run_json(["account", "show", "j.jansen"]).json();
        let log = desk.run_json(["audit", "log", "--action", "access.refused"]).json();
        let detail = &log["events"][0]["detail"];
        assert_eq!((&detail["code"], &detail["by"]), (&"held_by_colleague".into(), &"petra".into()));
        desk.run_json(["audit", "verify"]).json();
    }

    fn every_step_to_a_request_waits_for_a_colleague(desk: &Desk) {
        add_colleague(desk);
        let request = verified_request(desk, &["j.jansen"]);
        let r = request.as_str();
        each_waits(desk, "4K7Q2M9P\n", &[
            (&["request", "approve", r], "done"),
            (&["recovery", "reissue", "j.jansen", "--request", r], "done"),
            (&["request", "challenge", r], "already_verified"),
            (&["request", "confirm", r, "--code-stdin"], "already_verified"),
            (&["request", "assign", r, "z.celik"], "done"),
            (&["request", "reject", r, "--reason", "niet gevraagd"], "done"),
        ], || hold_request(desk, r));
        // Looking is free.
        hold_request(desk, r);
        desk.run_json(["request", "reverify", r, "--offline"]).json();
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_bulk_run_leaves_what_is_open_for_the_next_one(desk: &Desk) {
        let request = school(desk, 8);
        let made = plan(desk, &request, &list_of(0..8));
        let id = made["id"].as_str().unwrap();
        for username in ["p1", "p6"] {
            hold_account(desk, username);
        }
        let run = desk.run_json(["bulk", "apply", id]);
        assert_eq!(run.exit, 6, "{}", run.stderr);
        let shown: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!((&shown["done"], &shown["not_done"], &shown["left"]), (&6.into(), &0.into(), &2.into()));
        let held: Vec<_> = shown["results"].as_array().unwrap().iter()
            .filter(|row| row["code"] == "held_by_colleague")
            .map(|row| (row["username"].as_str().unwrap(), row["outcome"].as_str().unwrap(), row["event"].is_string()))
            .collect();
        assert_eq!(held, [("p1", "conflict", true), ("p6", "conflict", true)]);
        assert_eq!(desk.run_json(["account", "show", "p1"]).json()["second_factor"]["state"], "active");
        assert_eq!(desk.count("outbox WHERE notice LIKE '%bulk_done_requester%'"), 0, "it isn't over");

        desk.sql("UPDATE leases SET expires_at = 1").unwrap();
        hold_request(desk, &request);
        assert_eq!(code(&desk.run_json(["bulk", "apply", id])), "held_by_colleague");
        let again = desk.run_json(["bulk", "apply", id, "--take-over"]).json();
        assert_eq!((&again["done"], &again["left"]), (&8.into(), &0.into()));
        assert_eq!(desk.count("outbox WHERE notice LIKE '%bulk_done_requester%'"), 1);
        done_exactly_once(desk, &made, 8);
    }

    fn what_is_asked_about_is_open_until_the_answer(desk: &Desk) {
        add_colleague(desk);
        verified_request(desk, &["j.jansen"]);
        let block = ["account", "block", "j.jansen", "--reason", "gestolen"];
        let as_bram = |args: &[&str]| desk.run_as("bram", args.iter().copied());
        for (answer, exit) in [("n", 130), ("y", 0)] {
            let mut session = at_a_terminal(desk, &block, &[]);
            session.exp_string("Block j.jansen").unwrap();
            assert_eq!(open_by(&as_bram(&["account", "show", "j.jansen"])), "fatima");
            assert_eq!(code(&as_bram(&block)), "held_by_colleague");
            session.send(&format!("{answer}\r")).unwrap();
            session.flush().unwrap();
            let (rest, code) = end(session);
            assert_eq!(code, exit, "{rest}");
            assert_eq!(open_by(&as_bram(&["account", "show", "j.jansen"])), Value::Null);
        }
    }
}
