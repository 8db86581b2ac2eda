//! A request's stored mail is judged once more before it's used.

use serde_json::Value;

use super::receive::{DESK, DIRECTOR, receive};
use crate::reset::requests::{reset, verified_request};
use crate::support::mail::{DnsServer, mail};
use crate::support::on_both_databases;

fn code(done: &Value) -> &str {
    done["results"][0]["code"].as_str().unwrap_or("none")
}

on_both_databases! {
    fn a_verdict_that_was_written_into_the_database_is_none(desk: &Desk) {
        verified_request(desk, &["j.jansen"]);
        let dns = DnsServer::start().unwrap();
        let forged = receive(desk, &dns, &mail(DIRECTOR, DESK, "forged"), &["j.jansen"]);
        let id = forged["id"].as_str().unwrap();
        desk.sql(&format!("UPDATE requests SET verdict = 'verified' WHERE public_id = '{id}'")).unwrap();
        let (exit, done) = reset(desk, id, &["j.jansen"]);
        assert_eq!((exit, code(&done)), (4, "request_not_verified"), "{done:#}");
        let args = ["recovery", "reissue", "j.jansen", "--request", id, "--deliver", "mail"];
        let (exit, code, _) = desk.run_json(args).error();
        assert_eq!((exit, code.as_str()), (4, "request_not_verified"));
        std::fs::write(desk.path("list.csv"), "username\nj.jansen\n").unwrap();
        let list = desk.path("list.csv").display().to_string();
        let planned = desk.run_json(["bulk", "plan", "reset", &list, "--request", id]).json();
        // A list may be made before its request is confirmed; it isn't carried out.
        let plan = planned["id"].as_str().unwrap();
        let applied = desk.run_json(["bulk", "apply", plan]);
        assert_eq!(applied.exit, 4, "{}{}", applied.stdout, applied.stderr);
        assert_eq!(desk.count("accounts WHERE session_epoch > 0"), 0);
    }

    fn a_mail_that_was_changed_bears_nothing_out(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        desk.sql("UPDATE request_messages SET size = size + 1").unwrap();
        let (exit, done) = reset(desk, &id, &["j.jansen"]);
        assert_eq!((exit, code(&done)), (4, "request_not_verified"), "{done:#}");
        desk.sql("UPDATE request_messages SET size = size - 1").unwrap();
        assert_eq!(reset(desk, &id, &["j.jansen"]).0, 0);
    }

    fn what_older_rules_let_through_counts_where_todays_agree(desk: &Desk) {
        let good = verified_request(desk, &["j.jansen"]);
        let dns = DnsServer::start().unwrap();
        let weak = receive(desk, &dns, &mail(DIRECTOR, DESK, "weak"), &["j.jansen"]);
        let weak = weak["id"].as_str().unwrap();
        // Older rules were content with both.
        desk.sql("UPDATE requests SET rule_version = 3, verdict = 'verified'").unwrap();
        let (exit, done) = reset(desk, weak, &["j.jansen"]);
        assert_eq!((exit, code(&done)), (4, "request_not_verified"), "{done:#}");
        let sent = desk.run_json(["request", "challenge", weak]).json();
        assert!(DIRECTOR.contains(sent["sent_to"].as_str().unwrap()), "the challenge works");
        assert_eq!(desk.run_json(["request", "show", weak]).json()["verdict"], "challenge");
        assert_eq!(reset(desk, &good, &["j.jansen"]).0, 0);
    }
}
