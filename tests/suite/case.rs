use std::process::Stdio;

use crate::operator::manage::staffed;
use crate::support::{Desk, Ran, on_both_databases};

const REASON: &str = "directeur aan de telefoon, stem bekend; uitslagen om twaalf uur";

fn start(desk: &Desk, login: &str, account: &str) -> Ran {
    desk.by(
        login,
        &["reset", account, "--break-glass", "--reason", REASON],
    )
}

on_both_databases! {
    fn a_lone_operator_breaks_no_glass(desk: &Desk) {
        desk.import_small_directory().json();
        let before = desk.run_json(["account", "show", "j.jansen"]).json();
        let started = desk.run_json(["reset", "j.jansen", "--break-glass", "--reason", REASON]);
        let (exit, code, _) = started.error();
        assert_eq!((exit, code.as_str()), (4, "four_eyes_required"));
        let after = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(before["session_epoch"], after["session_epoch"]);
        let (exit, _, _) = desk.run_json(["reset", "j.jansen", "--break-glass"]).error();
        assert_eq!(exit, 2, "without a reason");
    }

    fn another_senior_completes_a_case_and_everybody_hears_of_it(desk: &Desk) {
        staffed(desk);
        let case = start(desk, "ursula", "j.jansen").json();
        assert_eq!((case["status"].as_str(), case["receipt"].as_str()), (Some("waiting"), None));
        let id = case["id"].as_str().unwrap();
        let shown = desk.by("ursula", &["account", "show", "j.jansen"]).json();
        assert_eq!(shown["second_factor"]["state"], "active", "nothing is changed yet");
        // No operator, no senior of another region, no auditor, no admin.
        for (login, expected) in [("ursula", "role_may_not"), ("sara", "not_found"), ("olga", "role_may_not"), ("fatima", "role_may_not")] {
            assert_eq!(desk.by(login, &["case", "complete", id]).error().1, expected, "{login}");
        }
        let done = desk.by("simon", &["case", "complete", id]).json();
        assert_eq!(done["completed_by"], "simon");
        let list = desk.by("simon", &["case", "list"]).json();
        assert_eq!((&list["cases"][0]["id"], &list["cases"][0]["status"]), (&case["id"], &"completed".into()));
        let receipt = done["receipt"].as_str().unwrap();
        assert!(receipt.contains(&format!("request={id}")), "{receipt}");
        desk.by("ursula", &["receipt", "verify", receipt]).json();
        assert_eq!(desk.by("simon", &["case", "complete", id]).error().1, "case_over");

        let log = desk.by("olga", &["audit", "log"]).json();
        let event = log["events"].as_array().unwrap().iter().find(|e| e["action"] == "reset.break_glass").unwrap();
        assert_eq!((event["operator"].as_str(), event["detail"]["started_by"].as_str()), (Some("simon"), Some("ursula")));
        assert_eq!(event["detail"]["reason"], REASON);
        let mails = desk.by("ursula", &["outbox", "list"]).json();
        let kinds: Vec<_> = mails["mails"].as_array().unwrap().iter().map(|m| m["kind"].as_str().unwrap().to_owned()).collect();
        assert_eq!(desk.by("noor", &["outbox", "list"]).json()["mails"].as_array().unwrap().len(), 0, "another region's");
        assert!(kinds.contains(&"break_glass_holder".into()) && kinds.contains(&"break_glass_requester".into()), "{kinds:?}");
        let pending = desk.by("ursula", &["pending"]).json().to_string();
        assert!(pending.contains("j.jansen"), "{pending}");
        // Taken back by a colleague like any other; not by whoever completed it.
        assert_eq!(desk.by("simon", &["undo", receipt]).error().1, "own_reset");
        assert_eq!(desk.by("ursula", &["undo", receipt]).json()["second_factor"], "active");
        desk.by("olga", &["audit", "verify"]).json();
    }

    fn a_senior_does_not_complete_the_own_case(desk: &Desk) {
        staffed(desk);
        // Nobody but simon is senior in utrecht: a case of his could never be completed.
        assert_eq!(start(desk, "simon", "j.jansen").error().1, "four_eyes_required");
        desk.hire("suus", "senior", &["utrecht"]);
        let case = start(desk, "simon", "j.jansen").json();
        let id = case["id"].as_str().unwrap();
        assert_eq!(desk.by("simon", &["case", "complete", id]).error().1, "four_eyes_required");
        for (change, back, expected) in [
            ("UPDATE accounts SET name = 'Joop'", "UPDATE accounts SET name = 'Joost Jansen'", "changed_since_shown"),
            ("UPDATE cases SET expires_at = 1", "UPDATE cases SET expires_at = 9000000000000000", "case_over"),
            ("UPDATE cases SET reason = 'iets heel anders'", "", "changed_since_shown"),
        ] {
            desk.sql(change).unwrap();
            assert_eq!(desk.by("suus", &["case", "complete", id]).error().1, expected, "{change}");
            if !back.is_empty() {
                desk.sql("UPDATE accounts SET name = 'Joost Jansen' WHERE username = 'j.jansen'").unwrap();
                desk.sql("UPDATE cases SET expires_at = 9000000000000000").unwrap();
            }
        }
        // One case waits for an account, and no second one beside it.
        assert_eq!(start(desk, "simon", "j.jansen").error().1, "case_waits");
        desk.by("simon", &["case", "cancel", id]).json();
        let case = start(desk, "simon", "j.jansen").json();
        let id = case["id"].as_str().unwrap();
        desk.by("simon", &["case", "cancel", id]).json();
        assert_eq!(desk.by("suus", &["case", "complete", id]).error().1, "case_over");
    }

    fn two_seniors_at_once_reset_once(desk: &Desk) {
        staffed(desk);
        desk.hire("suus", "senior", &["utrecht"]);
        let case = start(desk, "ursula", "j.jansen").json();
        let id = case["id"].as_str().unwrap();
        let children: Vec<_> = ["simon", "suus", "simon", "suus"]
            .into_iter()
            .map(|login| {
                let mut command = desk.command_of(login);
                command.args(["case", "complete", id]).stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let exits: Vec<_> = children.into_iter().map(|child| child.wait_with_output().unwrap().status.code()).collect();
        assert_eq!(exits.iter().filter(|exit| **exit == Some(0)).count(), 1, "{exits:?}");
        let shown = desk.by("ursula", &["account", "show", "j.jansen"]).json();
        assert_eq!(shown["session_epoch"], 1);
        // Two seniors may both say yes to one request: that is two approvals, and no harm.
        desk.by("olga", &["audit", "verify"]).json();
    }

    fn the_log_lists_broken_glass_before_all_else(desk: &Desk) {
        staffed(desk);
        let log = |args: &[&str]| desk.by("olga", &[&["audit", "log"], args].concat()).json();
        assert_eq!(log(&[])["break_glass"], serde_json::json!([]));
        let first = start(desk, "ursula", "j.jansen").json()["id"].as_str().unwrap().to_owned();
        desk.by("simon", &["case", "complete", &first]).json();
        let second = start(desk, "ursula", "z.celik").json()["id"].as_str().unwrap().to_owned();
        desk.by("ursula", &["account", "show", "z.celik"]).json();
        let ids = |args: &[&str]| -> Vec<String> {
            let shown = log(args);
            assert_eq!(shown["schema"], "balie.log/1");
            shown["break_glass"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect()
        };
        // What waits comes first, however few lines are listed; the lines stay in their order.
        assert_eq!(ids(&["--limit", "2"]), [second.as_str(), first.as_str()]);
        let events = log(&[]);
        let seqs: Vec<u64> = events["events"].as_array().unwrap().iter().map(|e| e["seq"].as_str().unwrap().parse().unwrap()).collect();
        assert!(seqs.windows(2).all(|pair| pair[0] > pair[1]), "{seqs:?}");
        assert_eq!(ids(&["--account", "j.jansen"]), [first.as_str()]);
        assert_eq!(ids(&["--operator", "simon"]), [first.as_str()]);
        assert_eq!(ids(&["--request", &second]), [second.as_str()]);
        assert!(ids(&["--operator", "noor"]).is_empty());
        // A waiting case is shown whatever time is asked for; one that is over only in its own.
        assert_eq!(ids(&["--until", "2020-01-01"]), [second.as_str()]);
        assert_eq!(ids(&["--since", "1h"]), [second.as_str(), first.as_str()]);
        desk.sql("UPDATE cases SET started_at = started_at - 2678400000000, completed_at = completed_at - 2678400000000, expires_at = expires_at - 2678400000000").unwrap();
        assert!(ids(&[]).is_empty(), "31 days ago");
        assert_eq!(ids(&["--since", "32d"]), [second.as_str(), first.as_str()]);
        let as_olga = |format: &str| {
            let mut command = desk.command();
            command.env("XDG_RUNTIME_DIR", desk.path("run-olga")).env("BALIE_OPERATOR_LOGIN", "olga");
            command.args(["--format", format, "audit", "log", "--since", "32d"]);
            Ran::new(&command.output().unwrap()).stdout
        };
        let lines = as_olga("ndjson");
        assert!(lines.lines().count() > 10 && lines.lines().all(|line| line.contains("\"seq\":")), "{lines}");
        let page = as_olga("table");
        let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what}: {page}"));
        assert!(page.starts_with("Break-glass"), "{page}");
        assert!(at(&second) < at(&first) && at(&first) < at("reset.break_glass"), "{page}");
        assert!(page.contains(REASON));
    }
}

on_both_databases! {
    // Sixteen could wait for one account, and the second to be completed was refused for what the first did.
    fn one_case_at_a_time_waits_for_an_account(desk: &Desk) {
        staffed(desk);
        let all: Vec<_> = (0..6)
            .map(|_| {
                let mut command = desk.command_of("ursula");
                command.args(["reset", "j.jansen", "--break-glass", "--reason", REASON]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let ran: Vec<_> = all.into_iter().map(|one| Ran::new(&one.wait_with_output().unwrap())).collect();
        let started: Vec<_> = ran.iter().filter(|ran| ran.exit == 0).collect();
        assert_eq!(started.len(), 1);
        for late in ran.iter().filter(|ran| ran.exit != 0) {
            assert_eq!((late.exit, late.error().1.as_str()), (5, "case_waits"));
        }
        start(desk, "ursula", "z.celik").json();
        let id = started[0].json()["id"].clone();
        desk.by("ursula", &["case", "cancel", id.as_str().unwrap()]).json();
        start(desk, "ursula", "j.jansen").json();
    }
}
