//! The queue: what waits, for what, in which order.

use serde_json::Value;

use super::challenge::{code, confirm, delivered};
use super::receive::{DESK, DIRECTOR, receive};
use crate::reset::requests::verified_request;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, on_both_databases};

fn list(desk: &Desk, flags: &[&str]) -> Vec<Value> {
    let ran = desk.run_json([&["request", "list"], flags].concat());
    ran.json()["requests"].as_array().unwrap().clone()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

fn id(request: &Value) -> &str {
    request["id"].as_str().unwrap()
}

on_both_databases! {
    fn what_waits_is_never_behind_what_does_not(desk: &Desk) {
        let first = verified_request(desk, &["j.jansen"]);
        let dns = DnsServer::start().unwrap();
        let second = receive(desk, &dns, &mail(DIRECTOR, DESK, "doubt"), &["z.celik"]);
        for junk in ["a", "b", "c"] {
            receive(desk, &dns, &mail("spam@example.org", DESK, junk), &[]);
        }
        assert_eq!(ids(&list(desk, &["--limit", "2"])), [first.as_str(), id(&second)]);
        let all = list(desk, &[]);
        assert_eq!((all.len(), &all[2]["status"], &all[2]["waits_for"]), (5, &"rejected".into(), &Value::Null));
        assert_eq!(ids(&list(desk, &["--waiting"])), [first.as_str(), id(&second)]);
        let short = desk.run_json(["request", "list", "--limit", "2"]).json();
        assert_eq!(short["more"], true);
        assert!(desk.run(["request", "list", "--limit", "2"]).stdout.contains("There are more"));
        assert_eq!(desk.run_json(["request", "list"]).json()["more"], false);

        let row = &list(desk, &["--status", "ready"])[0];
        assert_eq!((&row["accounts"], &row["accounts_count"]), (&"j.jansen".into(), &1.into()));
        assert_eq!(list(desk, &["--region", "noord"]).len(), 0);
        assert_eq!(list(desk, &["--region", "utrecht", "--status", "rejected"]).len(), 3);
        assert_eq!(ids(&list(desk, &["--requester", "d.visser@beatrixschool.nl"])), [first.as_str(), id(&second)]);
        assert_eq!(list(desk, &["--older", "1h"]).len(), 0);
        assert_eq!(list(desk, &["--older", "0m"]).len(), 5);
        assert_eq!(list(desk, &["--mine"]).len(), 0);
        let page = desk.run(["request", "list", "--waiting"]).stdout;
        assert!(page.contains("a reset") && page.contains("a code to be sent") && page.contains("min"), "{page}");
        assert_eq!(desk.run_json(["request", "list", "--limit", "0"]).exit, 2);
        assert_eq!(desk.run_json(["request", "list", "--older", "soon"]).exit, 2);
    }

    fn a_list_says_what_each_waits_for(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let waits_for = |request: &Value| list(desk, &[]).iter()
            .find(|row| row["id"] == request["id"]).unwrap()["waits_for"].clone();
        let request = receive(desk, &dns, &mail(DIRECTOR, DESK, "1"), &[]);
        assert_eq!(waits_for(&request), "account");
        desk.run_json(["request", "assign", id(&request), "j.jansen"]).json();
        assert_eq!(waits_for(&request), "challenge");
        desk.run_json(["request", "challenge", id(&request)]).json();
        assert_eq!(waits_for(&request), "code");
        let code = code(&delivered(desk));
        let answer = mail(DIRECTOR, DESK, "2").replace("Wil je", &format!("Ja, {code}\r\n\r\nWil je"));
        receive(desk, &dns, &answer, &[]);
        assert_eq!(waits_for(&request), "answer");
        // What its requester is waited for comes after what the desk is.
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let later = receive(desk, &dns, &school.sign(&mail(DIRECTOR, DESK, "3")), &["j.jansen"]);
        confirm(desk, &request, &code).json();
        assert_eq!(waits_for(&request), "reset");
        desk.run_json(["reset", "j.jansen", "--request", id(&request)]).json();
        assert_eq!(waits_for(&request), Value::Null);
        // It was reset just now.
        assert_eq!(waits_for(&later), "yes");
    }

    fn whoever_is_elsewhere_sees_none_of_it(desk: &Desk) {
        verified_request(desk, &["j.jansen"]);
        desk.close();
        desk.hire("noor", "operator", &["noord"]);
        let seen = desk.by("noor", &["request", "list"]).json();
        assert_eq!(seen["requests"].as_array().unwrap().len(), 0);
    }
}
