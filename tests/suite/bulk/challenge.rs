//! A list binds accounts that no mail names: what a second operator, or the requester, has to say of it.

use super::apply::{id, list_of, plan, planned, rows, school};
use crate::request::challenge::{code, confirm, delivered, refused};
use crate::request::receive::receive;
use crate::support::mail::{DnsServer, mail};
use crate::support::{Desk, on_both_databases};

const DIRECTOR: &str = "d.visser@beatrixschool.nl";

/// Why one account can't be reset on a request.
fn reset(desk: &Desk, request: &str, username: &str) -> String {
    let ran = desk.run_json(["reset", username, "--request", request]);
    assert_eq!(ran.exit, 4, "{}", ran.stderr);
    let ran: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    ran["results"][0]["code"].as_str().unwrap().to_owned()
}

on_both_databases! {
    fn whom_the_mail_does_not_name_is_a_second_operators_too(desk: &Desk) {
        let request = school(desk, 3);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        assert_eq!(plan(desk, &request, "p0\np1\n")["needs_approval"], false);
        let made = plan(desk, &request, "p0\nj.jansen\n");
        assert_eq!((&made["ready"], &made["needs_approval"]), (&2.into(), &true.into()));
        refused(&desk.run_json(["bulk", "apply", id(&made)]), 4, "four_eyes_required");
        // The plan has bound it; that makes it no account that the requester spoke of.
        assert_eq!(reset(desk, &request, "j.jansen"), "four_eyes_required");
        let shown = desk.run_as("petra", ["request", "approve", &request, "--account", "j.jansen"]).json();
        assert_eq!(shown["accounts"][0]["reasons"], serde_json::json!(["not_named"]));
        desk.run_as("petra", ["bulk", "approve", id(&made)]).json();
        assert_eq!(desk.run_json(["bulk", "apply", id(&made)]).json()["done"], 2);
    }

    fn a_list_is_told_to_the_requester_and_confirmed_as_it_is(desk: &Desk) {
        school(desk, 40);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        let dns = DnsServer::start().unwrap();
        let text = mail(DIRECTOR, "utrecht@otservicedesk.nl", "doubt");
        let request = receive(desk, &dns, &text, &["j.jansen"]);
        assert_eq!(request["verdict"], "challenge", "{request:#}");
        let r = id(&request);
        let made = plan(desk, r, &list_of(0..30));
        assert_eq!((&made["ready"], &made["needs_approval"]), (&30.into(), &true.into()));
        refused(&desk.run_json(["bulk", "apply", id(&made)]), 4, "request_not_verified");
        let many = desk.run_json(["request", "challenge", r]);
        assert_eq!(many.error().0, 2, "{}", many.stderr);
        assert!(many.stderr.contains(&format!("balie request challenge {r} --plan")), "{}", many.stderr);

        desk.run_json(["request", "challenge", r, "--plan", id(&made)]).json();
        let mails = delivered(desk);
        let mark = &made["hash"].as_str().unwrap()[..8];
        let told = format!("een lijst met 30 account(s), kenmerk {mark}; Beatrixschool: 30");
        assert!(mails.iter().any(|mail| mail.replace("\r\n", "\n").contains(&told)), "{told}: {mails:#?}");
        assert_eq!(confirm(desk, &request, &code(&mails)).json()["verdict"], "verified");

        // It was for that list: not for whom the request was before, nor for whom a list adds later.
        assert_eq!(reset(desk, r, "j.jansen"), "not_covered");
        let more = planned(desk, "reset", r, b"p31\n", &[]);
        assert_eq!(more.exit, 4, "{}", more.stdout);
        desk.run_as("petra", ["bulk", "approve", id(&made)]).json();
        assert_eq!(desk.run_json(["bulk", "apply", id(&made)]).json()["done"], 30);
        assert_eq!(rows(desk, &made, &["--failed"]).len(), 0);
    }

    fn a_plan_of_another_request_or_a_cancelled_one_is_not_challenged(desk: &Desk) {
        let request = school(desk, 2);
        let made = plan(desk, &request, "p0\n");
        let dns = DnsServer::start().unwrap();
        let doubt = receive(desk, &dns, &mail(DIRECTOR, "utrecht@otservicedesk.nl", "doubt"), &[]);
        let r = id(&doubt);
        let other = desk.run_json(["request", "challenge", r, "--plan", id(&made)]);
        assert_eq!(other.error().0, 2, "{}", other.stderr);
        let own = plan(desk, r, "p1\n");
        desk.run_json(["bulk", "cancel", id(&own)]).json();
        refused(&desk.run_json(["request", "challenge", r, "--plan", id(&own)]), 5, "plan_cancelled");
    }

    fn a_challenge_that_is_refused_binds_nobody(desk: &Desk) {
        school(desk, 2);
        let dns = DnsServer::start().unwrap();
        let text = mail(DIRECTOR, "utrecht@otservicedesk.nl", "doubt");
        let request = receive(desk, &dns, &text, &[]);
        let r = id(&request);
        let asked = plan(desk, r, "p0\n");
        let other = plan(desk, r, "p1\n");
        desk.run_json(["request", "challenge", r, "--plan", id(&asked)]).json();
        assert_eq!(confirm(desk, &request, &code(&delivered(desk))).json()["verdict"], "verified");
        // The code was for p0: a second plan, for somebody whom nobody asked for, changes nothing.
        let again = desk.run_json(["request", "challenge", r, "--plan", id(&other)]);
        refused(&again, 5, "already_verified");
        assert_eq!(reset(desk, r, "p1"), "not_covered");
    }
}
