//! A request's stored mail is judged once more before it's used.

use serde_json::Value;

use super::challenge::{code as challenge_code, confirm, delivered, doubtful};
use super::receive::{DESK, DIRECTOR, receive};
use crate::operator::manage::staffed;
use crate::reset::requests::{reset, verified_request};
use crate::support::mail::{DnsServer, Domain, mail};
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

    fn what_was_written_beside_a_true_mail_counts_for_nothing(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        // Another account in the place of the one that the mail names.
        for sql in [
            "UPDATE requests SET facts = replace(facts, 'j.jansen', 'z.celik')",
            "UPDATE request_accounts SET account_id = (SELECT id FROM accounts WHERE username = 'z.celik')",
        ] {
            desk.sql(sql).unwrap();
        }
        let (exit, done) = reset(desk, &id, &["z.celik"]);
        assert_eq!((exit, code(&done)), (4, "request_not_verified"), "{done:#}");
        assert_eq!(desk.count("accounts WHERE session_epoch > 0"), 0);
    }

    fn a_mail_that_was_used_is_used_under_no_other_number(desk: &Desk) {
        verified_request(desk, &["z.celik"]);
        let dns = DnsServer::start().unwrap();
        let signed = Domain::publish(&dns, "beatrixschool.nl").sign(&mail(DIRECTOR, DESK, "used"));
        let used = receive(desk, &dns, &signed, &["j.jansen"]);
        let id = used["id"].as_str().unwrap();
        assert_eq!(reset(desk, id, &["j.jansen"]).0, 0);
        // A copy of the same mail, with the first one's record, which says nothing of another.
        let copy = receive(desk, &dns, &format!("X-Copy: 1\r\n{signed}"), &["j.jansen"]);
        assert_eq!(copy["verdict"], "rejected", "{copy:#}");
        let copy = copy["id"].as_str().unwrap();
        desk.sql(&format!(
            "UPDATE requests SET verdict = 'verified', facts = (SELECT q.facts FROM requests q WHERE q.public_id = '{id}')
             WHERE public_id = '{copy}'"
        )).unwrap();
        let (exit, done) = reset(desk, copy, &["j.jansen"]);
        assert_eq!((exit, code(&done)), (4, "request_not_verified"), "{done:#}");
    }

    fn what_is_bound_behind_a_confirmation_is_not_confirmed(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        let id = request["id"].as_str().unwrap();
        desk.run_json(["request", "challenge", id]).json();
        let mails = delivered(desk);
        confirm(desk, &request, &challenge_code(&mails)).json();
        desk.sql("INSERT INTO request_accounts (request_id, account_id, covered)
                  SELECT q.id, a.id, 1 FROM requests q, accounts a WHERE a.username = 'z.celik'").unwrap();
        let (exit, done) = reset(desk, id, &["z.celik"]);
        assert_eq!((exit, code(&done)), (4, "four_eyes_required"), "{done:#}");
        assert_eq!(reset(desk, id, &["j.jansen"]).0, 0);
    }

    fn what_was_gathered_is_gathered_again(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        let written = desk.sql("UPDATE requests SET evidence = replace(evidence, '\"size\":', '\"size\":1')");
        written.unwrap();
        let (exit, done) = reset(desk, &id, &["j.jansen"]);
        assert_eq!((exit, code(&done)), (4, "request_not_verified"), "{done:#}");
    }

    fn a_record_says_no_more_than_the_settings_that_it_was_made_under(desk: &Desk) {
        let id = staffed(desk);
        // Set before it came in, and left out of the record since.
        desk.set(&[("policy.challenge", "always")]);
        desk.sql("UPDATE settings SET changed_at = 1").unwrap();
        let refused = desk.by("ursula", &["reset", "j.jansen", "--request", &id]);
        assert_eq!(refused.exit, 4);
        assert!(refused.stdout.contains("request_not_verified"), "{}", refused.stdout);
    }

    fn a_verification_holds_what_was_used_against_its_own_mail(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &id, &["j.jansen"]).0, 0);
        let state = || desk.run_json(["audit", "verify", "--state"]);
        assert_eq!(state().exit, 0);
        desk.sql("UPDATE requests SET evidence = replace(evidence, '\"size\":', '\"size\":1')").unwrap();
        let ran = state();
        assert_eq!(ran.exit, 8, "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains(&id), "{}", ran.stdout);
    }
}
