//! `balie` alone, and `balie next`.

use std::collections::HashSet;
use std::process::Stdio;

use serde_json::Value;

use crate::request::receive::receive;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};

const DESK: &str = "utrecht@otservicedesk.nl";
const DIRECTOR: &str = "d.visser@beatrixschool.nl";

/// So many proven requests for j.jansen, the oldest first.
fn waiting(desk: &Desk, requests: usize) -> Vec<String> {
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let domain = Domain::publish(&dns, "beatrixschool.nl");
    let take = |n: usize| {
        let mail = mail(DIRECTOR, DESK, &format!("{n}"));
        let request = receive(desk, &dns, &domain.sign(&mail), &["j.jansen"]);
        assert_eq!(request["verdict"], "verified", "{request:#}");
        request["id"].as_str().unwrap().to_owned()
    };
    (0..requests).map(take).collect()
}

fn colleagues(desk: &Desk, logins: &[&str]) {
    for login in logins {
        let add = format!(
            "INSERT INTO operators (login, role, added_at) VALUES ('{login}', 'senior', 1)"
        );
        desk.sql(&add).unwrap();
    }
}

fn next_for(desk: &Desk, login: &str) -> Ran {
    desk.run_as(login, ["next"])
}

fn id(ran: &Ran) -> String {
    ran.json()["id"].as_str().unwrap().to_owned()
}

on_both_databases! {
    fn what_waits_is_counted_for_whom_it_waits(desk: &Desk) {
        let ids = waiting(desk, 2);
        let dns = DnsServer::start().unwrap();
        let unsigned = mail(DIRECTOR, DESK, "unsigned");
        let challenged = receive(desk, &dns, &unsigned, &["z.celik"]);
        assert_eq!(challenged["verdict"], "challenge");
        let today = || desk.run_json([] as [&str; 0]).json();
        let counted = today();
        assert_eq!((&counted["waiting"], &counted["for_code"]), (&3.into(), &0.into()));
        assert_eq!(counted["by_region"], serde_json::json!([{ "region": "utrecht", "waiting": 3 }]));
        assert_eq!(counted["oldest_at"], desk.run_json(["request", "show", &ids[0]]).json()["received_at"]);
        desk.run_json(["request", "challenge", challenged["id"].as_str().unwrap()]).json();
        let counted = today();
        assert_eq!((&counted["waiting"], &counted["for_code"]), (&2.into(), &1.into()));
        desk.run_json(["reset", "j.jansen", "--request", &ids[0]]).json();
        let counted = today();
        assert_eq!(counted["waiting"], 1);
        assert_eq!(counted["windows_today"], 0, "the window is open for days");
        desk.sql("UPDATE outbox SET failed_at = queued_at WHERE id = 1").unwrap();
        assert_eq!(today()["bounced"], 1);
        // Elsewhere nothing of it is there.
        desk.close();
        desk.hire("olga", "operator", &["noord"]);
        let hers = desk.by("olga", &[]).json();
        assert_eq!((&hers["waiting"], &hers["for_code"], &hers["bounced"]), (&0.into(), &0.into(), &0.into()));
    }

    fn a_second_yes_is_asked_of_who_may_say_it(desk: &Desk) {
        waiting(desk, 1);
        colleagues(desk, &["petra"]);
        desk.run_json(["reset", "z.celik", "--break-glass", "--reason", "the director is on the phone and known to us"]);
        let yes = |login: &str| desk.run_as(login, [] as [&str; 0]).json()["for_my_yes"].clone();
        assert_eq!(yes("petra"), serde_json::json!({ "requests": 0, "plans": 0, "cases": 1 }));
        assert_eq!(yes("fatima")["cases"], 0, "who started it completes nothing");
    }

    fn whoever_said_yes_is_not_asked_again(desk: &Desk) {
        let ids = waiting(desk, 2);
        colleagues(desk, &["petra"]);
        desk.run_json(["reset", "j.jansen", "--request", &ids[0]]).json();
        // A second reset within the month waits for a second operator.
        assert_eq!(id(&next_for(desk, "petra")), ids[1]);
        let yeses = || desk.run_as("petra", [] as [&str; 0]).json()["for_my_yes"]["requests"].clone();
        assert_eq!(yeses(), 1);
        desk.run_as("petra", ["request", "approve", &ids[1]]).json();
        desk.run_as("petra", ["next", "--release", &ids[1]]);
        assert_eq!(yeses(), 0);
        assert_eq!(next_for(desk, "petra").exit, 3);
        assert_eq!(id(&next_for(desk, "fatima")), ids[1], "for whoever goes on with it");
    }

    fn two_who_take_at_once_never_get_the_same(desk: &Desk) {
        let ids = waiting(desk, 4);
        let logins = ["ada", "bea", "cor", "dik", "eva", "fen"];
        colleagues(desk, &logins);
        let children: Vec<_> = logins
            .iter()
            .map(|login| {
                let mut command = desk.command();
                command.env("BALIE_OPERATOR_LOGIN", login).args(["--format", "json", "next"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let ran: Vec<Ran> = children.into_iter().map(|child| Ran::new(&child.wait_with_output().unwrap())).collect();
        let taken: Vec<String> = ran.iter().filter(|ran| ran.exit == 0).map(id).collect();
        let each: HashSet<&String> = taken.iter().collect();
        assert_eq!((taken.len(), each.len()), (4, 4), "{taken:?}");
        assert!(each.iter().all(|id| ids.contains(id)));
        let left = ran.iter().filter(|ran| ran.exit == 3).map(|ran| ran.error().1);
        assert_eq!(left.collect::<Vec<_>>(), ["nothing_waits", "nothing_waits"]);
    }

    fn the_oldest_is_held_through_ones_own_steps_and_let_go(desk: &Desk) {
        let ids = waiting(desk, 2);
        colleagues(desk, &["petra"]);
        assert_eq!(id(&next_for(desk, "fatima")), ids[0]);
        assert_eq!(id(&next_for(desk, "fatima")), ids[0], "the same one, until it's dealt with");
        assert_eq!(id(&next_for(desk, "petra")), ids[1]);
        // A step of one's own doesn't let it go; a colleague's is turned away.
        desk.run_json(["request", "assign", &ids[0], "j.jansen"]);
        let held = desk.run_as("petra", ["request", "assign", &ids[0], "j.jansen"]);
        assert_eq!(held.error().1, "held_by_colleague");
        assert_eq!(next_for(desk, "petra").exit, 0, "her own");
        assert_eq!(desk.run_json(["next", "--release", &ids[0]]).exit, 0);
        let free = desk.run_as("petra", ["request", "assign", &ids[0], "j.jansen"]);
        assert_ne!(free.stderr, held.stderr, "nobody has it any more");
        // Nobody lets go of what a colleague holds, and it's said so.
        let not_held = desk.run_json(["next", "--release", &ids[1]]);
        assert!(not_held.stderr.contains("You didn't hold"), "{}", not_held.stderr);
        let held: Value = desk.run_json(["request", "list", "--waiting"]).json();
        let open_by = held["requests"].as_array().unwrap().iter().find(|row| row["id"] == *ids[1]).unwrap();
        assert_eq!(open_by["open_by"], "petra");
        // Dealt with, it isn't handed out again.
        desk.run_json(["reset", "j.jansen", "--request", &ids[0]]).json();
        assert_eq!(next_for(desk, "fatima").exit, 3);
    }
}

#[test]
fn alone_and_unread_it_is_a_call_that_lacks_a_command() {
    let desk = Desk::new(crate::support::Engine::Sqlite);
    let mut command = desk.command_without_yes();
    let ran = Ran::new(&command.output().unwrap());
    assert_eq!(ran.exit, 2);
    assert!(ran.stderr.contains("Usage: balie"), "{}", ran.stderr);
}
