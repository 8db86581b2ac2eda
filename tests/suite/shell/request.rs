//! What is asked about a request at a real pseudo-terminal.

use serde_json::Value;

use super::prompts::{at_a_terminal, end};
use crate::request::challenge::{code, delivered, doubtful};
use crate::request::receive::{DESK, DIRECTOR, receive};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, on_both_databases};

fn accounts(desk: &Desk, id: &str) -> Vec<String> {
    let shown: Value = desk.run_json(["request", "show", id]).json();
    let accounts = shown["accounts"].as_array().unwrap().iter();
    accounts
        .map(|account| account["username"].as_str().unwrap().to_owned())
        .collect()
}

on_both_databases! {
    fn whom_a_mail_speaks_of_is_picked_from_a_list(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let text = mail(DIRECTOR, DESK, "1").replace("van j.jansen", "van Joost Janssen en Zoe Celik");
        let request = receive(desk, &dns, &school.sign(&text), &[]);
        let id = request["id"].as_str().unwrap();
        let assign = ["request", "assign", id];

        // Down to the second, that one, and on.
        let mut session = at_a_terminal(desk, &assign, &[]);
        session.exp_string("Who does the mail speak of").unwrap();
        session.exp_string("j.jansen").unwrap();
        session.exp_string("elik  (").unwrap();
        session.send("\u{1b}[B").unwrap();
        session.send(" ").unwrap();
        session.send("\r").unwrap();
        session.flush().unwrap();
        let (rest, exit) = end(session);
        assert_eq!(exit, 0, "{rest}");
        assert_eq!(accounts(desk, id), ["z.celik"]);

        // Who picks nobody is asked for a name; what was there stays.
        let mut session = at_a_terminal(desk, &assign, &[]);
        session.exp_string("Who does the mail speak of").unwrap();
        session.send("\r").unwrap();
        session.flush().unwrap();
        session.exp_string("Who").unwrap();
        session.send_line("jansen").unwrap();
        session.exp_string("Which").unwrap();
        session.exp_string("j.jansen").unwrap();
        session.send("\r").unwrap();
        session.flush().unwrap();
        let (rest, exit) = end(session);
        assert_eq!(exit, 0, "{rest}");
        assert_eq!(accounts(desk, id), ["j.jansen", "z.celik"]);
        assert_eq!(desk.count("leases"), 0);
    }

    fn a_code_that_was_read_out_is_typed_in(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        let id = request["id"].as_str().unwrap();
        desk.run_json(["request", "challenge", id]).json();
        let code = code(&delivered(desk));
        for (typed, exit, says) in [
            ("4K7Q", 2, "this didn't count as a try"),
            ("4K7Q-2M9P", 4, "wrong_code"),
            // As it's said: without the hyphen, in small letters.
            (&code.replace('-', " ").to_lowercase(), 0, "verified"),
        ] {
            let mut session = at_a_terminal(desk, &["request", "confirm", id], &[]);
            session.exp_string("The code that was mailed").unwrap();
            session.send_line(typed).unwrap();
            let (rest, ended) = end(session);
            assert_eq!(ended, exit, "{typed}: {rest}");
            assert!(rest.contains(says), "{typed}: {rest}");
        }
        assert_eq!(desk.run_json(["request", "show", id]).json()["verdict"], "verified");
        assert_eq!(desk.count("challenges WHERE tries > 1"), 1, "the short one was no try");
        assert_eq!(desk.count("leases"), 0);
    }
}
