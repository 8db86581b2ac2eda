//! What a person at a terminal sees and is asked: a real pseudo-terminal.

use std::fs;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::request::receive::receive;
use crate::reset::requests::verified_request;
use crate::support::mail::{DnsServer, mail};
use crate::support::{Desk, on_both_databases};

pub(crate) fn at_a_terminal(desk: &Desk, args: &[&str], env: &[(&str, &str)]) -> PtySession {
    let mut command = desk.command_without_yes();
    command.env("TERM", "xterm-256color").args(args);
    command.envs(env.iter().copied());
    spawn_command(command, Some(20_000)).unwrap()
}

/// Everything up to the end, and the exit code.
pub(crate) fn end(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().unwrap();
    match session.process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (rest, code),
        other => panic!("{other:?}: {rest}"),
    }
}

fn epoch(desk: &Desk) -> serde_json::Value {
    desk.run_json(["account", "show", "j.jansen"]).json()["session_epoch"].clone()
}

on_both_databases! {
    fn what_is_missing_is_asked_and_nothing_happens_without_a_yes(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        for (answer, exit, resets) in [("n", 130, 0), ("y", 0, 1)] {
            let mut session = at_a_terminal(desk, &["reset"], &[]);
            session.exp_string("Who").unwrap();
            session.send_line("jansne").unwrap();
            session.exp_string("Which").unwrap();
            session.exp_string("j.jansen").unwrap();
            session.send("\r").unwrap();
            session.flush().unwrap();
            // Of the requests that are ready for them, one.
            session.exp_string("On which request").unwrap();
            session.exp_string(&request).unwrap();
            session.send("\r").unwrap();
            session.flush().unwrap();
            // Who this is and what it hits, before the question (rule 12).
            for seen in ["Joost Jansen", "j.jansen@beatrixschool.nl", "Beatrixschool", "active", "last login"] {
                session.exp_string(seen).unwrap();
            }
            session.exp_string("Reset 2FA of 1 account").unwrap();
            session.send(answer).unwrap();
            session.send("\r").unwrap();
            session.flush().unwrap();
            let (rest, code) = end(session);
            assert_eq!(code, exit, "{rest}");
            assert_eq!(rest.contains("balie-receipt/1"), exit == 0, "{rest}");
            assert_eq!(epoch(desk), resets);
        }
    }

    fn what_can_not_be_taken_back_is_shown_and_asked_first(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let before = desk.count("requesters WHERE ended_at IS NOT NULL");
        for (args, seen) in [
            (&["request", "reject", &request, "--reason", "not so"][..], "j.jansen"),
            (&["requester", "end", "d.visser@beatrixschool.nl"], "Daan Visser"),
        ] {
            let mut session = at_a_terminal(desk, args, &[]);
            session.exp_string(seen).unwrap();
            session.exp_string("[y/N]").unwrap();
            session.send_line("n").unwrap();
            assert_eq!(end(session).1, 130, "{args:?}");
        }
        assert_eq!(desk.run_json(["request", "show", &request]).json()["verdict"], "verified");
        assert_eq!(desk.count("requesters WHERE ended_at IS NOT NULL"), before);
        let (rest, code) = end(at_a_terminal(desk, &["requester", "end", "nobody@beatrixschool.nl"], &[]));
        assert!(code == 3 && !rest.contains("[y/N]"), "{rest}");
    }

    fn no_input_names_the_flag_even_at_a_terminal(desk: &Desk) {
        verified_request(desk, &["j.jansen"]);
        let (rest, code) = end(at_a_terminal(desk, &["reset", "j.jansen", "--no-input"], &[]));
        assert_eq!(code, 2, "{rest}");
        assert!(rest.contains("--request ID"), "{rest}");
        let (rest, code) = end(at_a_terminal(desk, &["find", "--no-input"], &[]));
        assert_eq!(code, 2, "{rest}");
    }

    fn what_strangers_write_never_steers_the_terminal(desk: &Desk) {
        let folder = desk.small_directory();
        let path = folder.join("accounts.csv");
        let accounts = fs::read_to_string(&path).unwrap().replace("Joost Jansen", "Joost\u{202e}nesnaJ\u{200b}");
        fs::write(&path, accounts).unwrap();
        desk.run_json(["directory", "import", &folder.display().to_string()]).json();
        let dns = DnsServer::start().unwrap();
        let hostile = mail("d.visser@beatrixschool.nl", "utrecht@otservicedesk.nl", "esc")
            .replace("Subject: 2FA", "Subject: =?utf-8?q?=1B[2J=1B]0;owned=07?= 2FA");
        let id = receive(desk, &dns, &hostile, &["j.jansen"])["id"].as_str().unwrap().to_owned();
        for args in [
            vec!["--color", "never", "account", "show", "j.jansen"],
            vec!["--color", "never", "find", "j.jansen"],
            vec!["--color", "never", "request", "show", &id],
            vec!["--color", "never", "request", "list"],
            vec!["--color", "never", "account", "history", "j.jansen"],
            vec!["--format", "json", "request", "show", &id],
            vec!["--format", "ndjson", "account", "show", "j.jansen"],
            vec!["--format", "csv", "request", "list"],
            vec!["--color", "never", "find", "\u{202e}nesnaJ"],
            vec!["--color", "never", "audit", "log"],
            vec!["audit", "export"],
            vec!["audit", "export", "--as", "cef"],
            vec!["audit", "export", "--as", "ocsf"],
        ] {
            let (seen, code) = end(at_a_terminal(desk, &args, &[]));
            assert_eq!(code, 0, "{args:?}: {seen}");
            // The terminal's bytes, one a character.
            let bytes: Vec<u8> = seen.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
            let seen = String::from_utf8_lossy(&bytes);
            let harmless = |c: char| matches!(c, '\n' | '\r')
                || !(c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'));
            assert!(seen.chars().all(harmless), "{args:?}: {seen:?}");
        }
        let (seen, code) = end(at_a_terminal(desk, &["request", "show", &id, "--eml", "-"], &[]));
        assert_eq!(code, 2, "{seen}");
        assert!(seen.contains("isn't written to a terminal"), "{seen}");
    }

    fn colours_are_for_terminals_and_for_who_wants_them(desk: &Desk) {
        desk.import_small_directory().json();
        let (seen, _) = end(at_a_terminal(desk, &["account", "show", "j.jansen"], &[]));
        assert!(seen.contains("\u{1b}["), "{seen}");
        let mut command = desk.command();
        command.env("TERM", "xterm").env("NO_COLOR", "1").args(["account", "show", "j.jansen"]);
        let (seen, _) = end(spawn_command(command, Some(20_000)).unwrap());
        assert!(!seen.contains('\u{1b}'), "{seen}");
        assert!(!desk.run(["account", "show", "j.jansen"]).stdout.contains('\u{1b}'));
    }

    fn a_case_is_guided_from_the_queue_to_the_receipt(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let mut session = at_a_terminal(desk, &["desk"], &[]);
        session.exp_string("1 waiting").unwrap();
        session.exp_string(&request).unwrap();
        session.send("\r").unwrap();
        session.flush().unwrap();
        session.exp_string(&format!("$ balie request show {request}")).unwrap();
        session.exp_string("the next case").unwrap();
        // What comes next is offered first.
        session.send("\r").unwrap();
        session.flush().unwrap();
        session.exp_string(&format!("$ balie reset j.jansen --request {request}")).unwrap();
        session.exp_string("Reset 2FA of 1 account").unwrap();
        session.send("y\r").unwrap();
        session.flush().unwrap();
        session.exp_string("balie-receipt/1").unwrap();
        session.exp_string("the next case").unwrap();
        session.send("\u{1b}").unwrap();
        session.flush().unwrap();
        session.exp_string("0 waiting").unwrap();
        session.exp_string("that's all for now").unwrap();
        session.send("\u{1b}").unwrap();
        session.flush().unwrap();
        let (rest, code) = end(session);
        assert_eq!(code, 0, "{rest}");
        assert_eq!(epoch(desk), 1);
        let (exit, error, _) = desk.run_json(["desk"]).error();
        assert_eq!((exit, error.as_str()), (2, "input_required"));
    }
}
