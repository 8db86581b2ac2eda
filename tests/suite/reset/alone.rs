//! `balie reset` with a request alone, or with an account alone.

use super::requests::verified_request;
use crate::request::receive::{DESK, DIRECTOR, receive};
use crate::shell::prompts::{at_a_terminal, end};
use crate::support::mail::{DnsServer, mail};
use crate::support::{Desk, on_both_databases};

fn state(desk: &Desk, username: &str) -> String {
    let shown = desk.run_json(["account", "show", username]).json();
    shown["second_factor"]["state"].as_str().unwrap().to_owned()
}

on_both_databases! {
    fn a_request_alone_stands_for_all_that_it_is_for(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        let done = desk.run_json(["reset", &request.to_lowercase()]).json();
        let results = done["results"].as_array().unwrap();
        let reset: Vec<_> = results.iter().map(|row| (row["username"].as_str().unwrap(), row["outcome"].as_str().unwrap())).collect();
        assert_eq!(reset, [("j.jansen", "done"), ("z.celik", "done")]);
        assert_eq!(state(desk, "j.jansen"), "none");
        // Once more: each says why not.
        let again = desk.run_json(["reset", &request]);
        assert_eq!(again.exit, 5, "{}", again.stderr);
        assert_eq!(desk.count("events WHERE action = 'reset'"), 2);
        // Without its `R-` it's a username.
        let bare = request.trim_start_matches("R-");
        let ran = desk.run_json(["reset", bare, "--request", bare]);
        assert!(ran.exit == 3 && ran.stdout.contains("not_found"), "{}", ran.stderr);
        assert_eq!(desk.run_json(["request", "show", bare]).json()["id"], *request);
        let ran = desk.run_json(["reset", &request, "--break-glass", "--reason", "x"]);
        assert_eq!(ran.error().0, 2, "{}", ran.stderr);
    }

    fn what_is_left_is_reset_and_hints_name_it(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        desk.run_json(["reset", "z.celik", "--request", &request]).json();
        let done = desk.run_json(["reset", &request]).json();
        assert_eq!((&done["results"][0]["username"], &done["results"][1]), (&"j.jansen".into(), &serde_json::Value::Null));
        let one = verified_again(desk);
        desk.run_json(["request", "assign", &one, "z.celik"]);
        let ran = desk.run(["reset", &one]);
        assert!(ran.stderr.contains(&one) && !ran.stderr.contains("USERNAME") && !ran.stderr.contains(" ID"), "{}", ran.stderr);
    }

    fn a_used_request_names_the_account_whose_history_tells_more(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        desk.run_json(["reset", &request]).json();
        let ran = desk.run(["reset", &request]);
        assert_eq!(ran.exit, 5);
        assert!(ran.stderr.contains("balie account history j.jansen"), "{}", ran.stderr);
    }

    fn a_request_for_nobody_is_refused(desk: &Desk) {
        desk.import_small_directory().json();
        let one = verified_again(desk);
        let ran = desk.run(["reset", &one]);
        assert!(ran.exit == 4 && ran.stderr.contains("no_accounts"), "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("balie request assign {one}")), "{}", ran.stderr);
    }

    fn at_a_terminal_it_is_said_who_asks_for_whom(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        for (answer, exit, left) in [("n", 130, "active"), ("y", 0, "none")] {
            let mut session = at_a_terminal(desk, &["reset", &request], &[]);
            session.exp_string("Joost Jansen").unwrap();
            session.exp_string(&format!("Reset 2FA of 1 account, which Daan Visser asks for in {request}")).unwrap();
            session.send_line(answer).unwrap();
            let (rest, code) = end(session);
            assert_eq!((code, state(desk, "j.jansen").as_str()), (exit, left), "{rest}");
        }
        // An account that no request is ready for.
        let (rest, code) = end(at_a_terminal(desk, &["reset", "z.celik"], &[]));
        assert!(code == 3 && rest.contains("no request is ready for z.celik"), "{rest}");
        let ran = desk.run_json(["reset", "z.celik"]);
        assert_eq!(ran.error().1, "input_required", "{}", ran.stderr);
        // Elsewhere it isn't there.
        desk.close();
        desk.hire("olga", "operator", &["noord"]);
        assert_eq!(desk.by("olga", &["reset", &request]).error().1, "not_found");
    }
}

/// A mail of the director that nobody is named in.
fn verified_again(desk: &Desk) -> String {
    let dns = DnsServer::start().unwrap();
    let received = receive(desk, &dns, &mail(DIRECTOR, DESK, "again"), &[]);
    received["id"].as_str().unwrap().to_owned()
}
