//! A step of weight needs a yes, and `--no-input` is none (rule 15). Every command stands here on one side or the other.

use std::collections::BTreeSet;
use std::fs;

use rexpect::session::PtySession;

use super::prompts::{at_a_terminal, end};
use crate::reset::requests::verified_request;
use crate::support::{Desk, Ran, on_both_databases};

/// What is asked for, one call of each.
const ASKED: &[&str] = &[
    "reset z.celik --request {request}",
    "reset z.celik --break-glass --reason x",
    "undo {receipt}",
    "undo j.jansen",
    "recovery reissue j.jansen --request {request} --deliver mail",
    "account block z.celik --reason x",
    "account unblock z.celik --reason x",
    "requester end d.visser@beatrixschool.nl",
    "request approve {request}",
    "request reject {request} --reason x",
    "request close {request} --reason x",
    "request answer {request} --topic apps",
    "answer apps --mail z.celik",
    "bulk approve P-4K7Q2M",
    "bulk apply P-4K7Q2M",
    "bulk cancel P-4K7Q2M",
    "case complete B-4K7Q2",
    "case cancel B-4K7Q2",
    "totp unlock z.celik",
    "pending --reopen j.jansen",
    "enroll begin z.celik --qr {new}",
    "key rotate",
    "key retire K",
    "audit prune",
    "operator disable bram",
    "operator role bram senior",
    "operator reset-password bram",
    "operator token revoke T-4K7Q2",
    "outbox cancel x@y.nl",
    "settings set policy.undo_hours 12",
    "settings import {settings}",
    "backup restore {copy}",
    // Whatever the step is, taking it over from a colleague is one of weight.
    "request assign {request} z.celik --take-over",
    "request challenge {request} --take-over",
];
/// What isn't asked for, one call of each that changes something.
const NOT_ASKED: &[&str] = &[
    "next",
    "init",
    "directory import {directory}",
    "enroll import {enrollments}",
    "enroll confirm z.celik --code-stdin",
    "region add fryslan --name Fryslan --address fryslan@otservicedesk.nl",
    "org add brd-x --kind board --name X --region utrecht --domain x.nl",
    "requester add a@beatrixschool.nl --name A --capacity director --org sch-beatrix",
    "requester review d.visser@beatrixschool.nl",
    "account add n.nieuw --name N --email n.nieuw@beatrixschool.nl --role teacher@sch-beatrix",
    "operator add carla --role operator --region utrecht",
    "operator enable carla",
    "operator token add --scope read",
    "operator token accept T-4K7Q2",
    "service add sender --job send",
    "request receive {settings}",
    "request assign {request} z.celik",
    "request challenge {request}",
    "request confirm {request} --code-stdin",
    "request reverify {request} --offline",
    "mailbox authorise",
    "mailbox fetch",
    "outbox send",
    "outbox retry x@y.nl",
    "bulk plan reset {list} --request {request}",
    "pending --remind",
    "totp check j.jansen --code-stdin",
    "portal login j.jansen --password-stdin",
    "portal password j.jansen --password-stdin",
    "login",
    "logout",
    "audit checkpoint",
    "key split {split}",
    "audit export",
    "backup {copy}",
];
/// What only reads, or writes a page.
const READS: &[&str] = &[
    "demo",
    "desk",
    "doctor",
    "whoami",
    "operator list",
    "operator show",
    "operator token list",
    "find",
    "account find",
    "account show",
    "account shared",
    "account history",
    "region list",
    "region show",
    "org list",
    "org show",
    "requester list",
    "requester show",
    "request list",
    "request show",
    "mailbox quarantine",
    "bulk list",
    "bulk show",
    "case list",
    "case show",
    "receipt show",
    "receipt verify",
    "audit enrollments",
    "audit mail",
    "audit log",
    "audit verify",
    "backup verify",
    "answer",
    "completions",
    "man",
    "schema",
    "settings list",
    "key status",
    "outbox list",
    "outbox show",
];

/// Every command that does something, by its words.
fn commands(command: &clap::Command, above: &str, found: &mut BTreeSet<String>) {
    let below: Vec<_> = command
        .get_subcommands()
        .filter(|below| below.get_name() != "help")
        .collect();
    if below.is_empty() {
        found.insert(above.trim().to_owned());
    }
    for below in below {
        commands(below, &format!("{above} {}", below.get_name()), found);
    }
}

#[test]
fn every_command_stands_on_one_side() {
    let mut all = BTreeSet::new();
    commands(&balie::cli::command(), "", &mut all);
    let lines = ASKED.iter().chain(NOT_ASKED).chain(READS);
    let lines: Vec<_> = lines.map(|line| format!("{line} ")).collect();
    for command in &all {
        let stands = lines
            .iter()
            .any(|line| line.starts_with(&format!("{command} ")));
        assert!(stands, "`{command}` doesn't say whether it needs a yes");
    }
}

/// What the calls name: a request, a receipt, files.
struct Things {
    request: String,
    receipt: String,
}

impl Things {
    fn make(desk: &Desk) -> Self {
        let request = verified_request(desk, &["j.jansen"]);
        let done = desk
            .run_json(["reset", "j.jansen", "--request", &request])
            .json();
        let receipt = done["results"][0]["receipt"].as_str().unwrap().to_owned();
        fs::write(desk.path("settings"), "[policy]\nundo_hours = 12\n").unwrap();
        fs::write(desk.path("list"), "z.celik\n").unwrap();
        Self { request, receipt }
    }

    fn words(&self, desk: &Desk, line: &str) -> Vec<String> {
        let path = |name: &str| desk.path(name).display().to_string();
        let word = |word: &str| match word {
            "{request}" => self.request.clone(),
            "{receipt}" => self.receipt.clone(),
            "{new}" => path("new.png"),
            "{settings}" => path("settings"),
            "{copy}" => path("copy"),
            "{list}" => path("list"),
            "{split}" => path("split"),
            "{directory}" => path("directory"),
            "{enrollments}" => path("e.csv"),
            other => other.to_owned(),
        };
        line.split_whitespace().map(word).collect()
    }

    fn run(&self, desk: &Desk, flags: &[&str], line: &str) -> Ran {
        let mut command = desk.command_without_yes();
        command
            .args(["--format", "json"])
            .args(flags)
            .args(self.words(desk, line));
        Ran::new(&command.output().unwrap())
    }
}

fn wants_a_yes(ran: &Ran) -> bool {
    ran.stderr.contains("your yes is missing")
}

/// What was done up to now, without what only looked.
fn done(desk: &Desk) -> Vec<(String, String)> {
    let looked = "'case.read', 'own_password', 'operator.read'";
    desk.pairs(&format!(
        "SELECT CAST(seq AS TEXT), action FROM events WHERE action NOT IN ({looked}) ORDER BY seq"
    ))
}

on_both_databases! {
    fn a_step_of_weight_without_a_yes_is_not_taken(desk: &Desk) {
        let things = Things::make(desk);
        let before = done(desk);
        for line in ASKED {
            for flags in [&[][..], &["--no-input"]] {
                let ran = things.run(desk, flags, line);
                let (exit, code, message) = ran.error();
                assert_eq!((exit, code.as_str(), message.as_str()), (2, "input_required", "your yes is missing"), "{line}");
                assert!(ran.stderr.contains("--yes"), "{line}: {}", ran.stderr);
            }
        }
        assert_eq!(done(desk), before, "nothing was done");
        assert!(!desk.path("new.png").exists());
        for line in ASKED {
            assert!(!wants_a_yes(&things.run(desk, &["-n"], line)), "a rehearsal of {line}");
        }
        for line in NOT_ASKED {
            assert!(!wants_a_yes(&things.run(desk, &["--no-input"], line)), "{line}");
        }
        for line in ASKED {
            assert!(!wants_a_yes(&things.run(desk, &["--no-input", "--yes"], line)), "{line}");
        }
    }

    fn a_yes_is_typed_after_the_question_and_ended_with_enter(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let resets = || desk.count("events WHERE action = 'reset'");
        let asked = || {
            let mut session = at_a_terminal(desk, &["reset", "j.jansen", "--request", &request], &[]);
            // What is typed ahead was meant for something else.
            session.send("y\ry\r").unwrap();
            session.flush().unwrap();
            session.exp_string("[y/N]").unwrap();
            session
        };
        let still_asks = |session: &PtySession| {
            std::thread::sleep(std::time::Duration::from_millis(700));
            assert_eq!(resets(), 0);
            assert!(session.process().status().is_none_or(|status| status == rexpect::process::WaitStatus::StillAlive));
        };
        let mut session = asked();
        still_asks(&session);
        session.send("n\r").unwrap();
        session.flush().unwrap();
        assert_eq!(end(session).1, 130);
        let mut session = asked();
        session.send("y").unwrap();
        session.flush().unwrap();
        still_asks(&session);
        session.send("\r").unwrap();
        session.flush().unwrap();
        assert_eq!(end(session).1, 0);
        assert_eq!(resets(), 1);
    }
}
