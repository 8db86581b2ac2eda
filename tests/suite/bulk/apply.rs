use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::request::receive::receive;
use crate::schema::lines_hold;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};

const DIRECTOR: &str = "d.visser@beatrixschool.nl";

/// A school of `count` enrolled people, and a verified request of its director that speaks of them.
pub(crate) fn school(desk: &Desk, count: usize) -> String {
    let folder = desk.small_directory();
    let mut accounts = fs::read_to_string(folder.join("accounts.csv")).unwrap();
    let mut uris = "username,otpauth_uri\n".to_owned();
    for i in 0..count {
        let domain = "beatrixschool.nl";
        writeln!(
            accounts,
            "p{i},Persoon {i},p{i}@{domain},teacher@sch-beatrix,active"
        )
        .unwrap();
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        writeln!(
            uris,
            "p{i},otpauth://totp/OT:p{i}?secret={secret}&issuer=OT"
        )
        .unwrap();
    }
    fs::write(folder.join("accounts.csv"), accounts).unwrap();
    desk.run_json(["directory", "import", &folder.display().to_string()])
        .json();
    let file = desk.path("e.csv");
    fs::write(&file, uris).unwrap();
    desk.run_json(["enroll", "import", &file.display().to_string()])
        .json();
    // Four eyes have a test of their own.
    desk.configure("[policy]\nfour_eyes_rows = 100000\nrepeat_reset_days = 0\n");
    let dns = DnsServer::start().unwrap();
    let school = Domain::publish(&dns, "beatrixschool.nl");
    let names: Vec<String> = (0..count).map(|i| format!("p{i}")).collect();
    let mail = mail(DIRECTOR, "utrecht@otservicedesk.nl", "bulk")
        .replace("j.jansen", &names.join(",\r\n"));
    let mail = school.sign(&mail);
    let request = receive(desk, &dns, &mail, &[]);
    assert_eq!(request["verdict"], "verified", "{request:#}");
    request["id"].as_str().unwrap().to_owned()
}

/// Runs `bulk plan reset -` on this text.
fn plan_ran(desk: &Desk, request: &str, list: &[u8], more: &[&str]) -> Ran {
    planned(desk, "reset", request, list, more)
}

/// Runs `bulk plan ACTION -` on this text.
pub(crate) fn planned(desk: &Desk, action: &str, request: &str, list: &[u8], more: &[&str]) -> Ran {
    let mut child = desk
        .command()
        .args(["--format", "json", "bulk", "plan", action, "-"])
        .args(["--request", request])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails before it reads has closed the pipe.
    let _ = child.stdin.take().unwrap().write_all(list);
    Ran::new(&child.wait_with_output().unwrap())
}

pub(crate) fn plan(desk: &Desk, request: &str, list: &str) -> Value {
    plan_ran(desk, request, list.as_bytes(), &[]).json()
}

pub(crate) fn list_of(range: std::ops::Range<usize>) -> String {
    let names: Vec<_> = range.map(|i| format!("p{i}")).collect();
    names.join("\n")
}

pub(crate) fn id(plan: &Value) -> &str {
    plan["id"].as_str().unwrap()
}

/// The rows that `bulk show` has, with these flags.
pub(crate) fn rows(desk: &Desk, plan: &Value, flags: &[&str]) -> Vec<Value> {
    let shown = desk
        .run_json([&["bulk", "show", id(plan)], flags].concat())
        .json();
    shown["results"].as_array().unwrap().clone()
}

/// Every row of the plan is done once: one event, one session epoch, one use, one mail; the log holds.
#[track_caller]
pub(crate) fn done_exactly_once(desk: &Desk, plan: &Value, count: usize) {
    let once = "SELECT CAST(COUNT(*) AS BIGINT) FROM plan_rows r
        JOIN accounts a ON a.id = r.account_id AND a.session_epoch = 1 AND a.enroll_by IS NOT NULL
        JOIN events e ON e.seq = r.event AND e.action = 'reset' AND e.account = a.id
        JOIN request_accounts b ON b.account_id = a.id AND b.used_at = e.at
        WHERE r.state = 'done'
          AND NOT EXISTS (SELECT 1 FROM enrollments n WHERE n.account_id = a.id AND n.retired_at IS NULL)
          AND (SELECT COUNT(*) FROM outbox o WHERE o.recipient = a.work_email) = 1";
    assert_eq!(desk.number(once), i64::try_from(count).unwrap());
    let resets = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE action = 'reset'";
    assert_eq!(desk.number(resets), i64::try_from(count).unwrap());
    assert_eq!(rows(desk, plan, &[]).len(), count);
    desk.run_json(["audit", "verify"]).json();
}

on_both_databases! {
    fn a_list_becomes_a_plan_and_is_carried_out_once(desk: &Desk) {
        let request = school(desk, 12);
        let made = plan(desk, &request, &list_of(0..12));
        assert_eq!(made["schema"], "balie.plan/1");
        assert_eq!((&made["rows"], &made["ready"], &made["refused"]), (&12.into(), &12.into(), &0.into()));
        assert_eq!((&made["action"], made["hash"].as_str().unwrap().len()), (&"reset".into(), 64));
        assert_eq!(desk.run_json(["account", "show", "p0"]).json()["second_factor"]["state"], "active");

        let hash = made["hash"].as_str().unwrap();
        let applied = desk.run_json(["bulk", "apply", id(&made), "--hash", hash]).json();
        assert_eq!((&applied["done"], &applied["left"]), (&12.into(), &0.into()));
        let results = applied["results"].as_array().unwrap();
        assert_eq!(results.len(), 12);
        let receipt = results[7]["receipt"].as_str().unwrap();
        assert_eq!(desk.run_json(["receipt", "verify", receipt]).json()["account"], "p7");
        done_exactly_once(desk, &made, 12);
        assert_eq!(desk.run_json(["account", "show", "p3"]).json()["second_factor"]["state"], "none");
        let mails = desk.run_json(["outbox", "list"]).json();
        let told = mails["mails"].as_array().unwrap().iter().filter(|mail| mail["recipient"] == DIRECTOR);
        assert_eq!(told.map(|mail| mail["kind"].as_str().unwrap()).collect::<Vec<_>>(),
            ["bulk_done_requester", "bulk_begun_requester"]);

        let again = desk.run_json(["bulk", "apply", id(&made)]).json();
        assert_eq!((&again["done"], &again["results"]), (&12.into(), &Value::Array(vec![])));
        done_exactly_once(desk, &made, 12);
        let listed = desk.run_json(["bulk", "list"]).json();
        assert_eq!((&listed["plans"][0]["id"], &listed["plans"][0]["state"]), (&made["id"], &"finished".into()));
    }

    fn each_row_is_checked_when_it_is_planned(desk: &Desk) {
        let request = school(desk, 2);
        let list = "name,username\nx,p0\nZo\u{eb},nobody\nx,k.bos\nx,d.visser\n,=cmd\nx,P0\nx,\nx,p1\n";
        let made = plan_ran(desk, &request, list.as_bytes(), &[]);
        assert!(made.stderr.contains("ignored: name"), "{}", made.stderr);
        assert!(made.stderr.contains("the first is line 7"), "{}", made.stderr);
        let made = made.json();
        assert_eq!((&made["rows"], &made["ready"], &made["refused"]), (&6.into(), &2.into(), &4.into()));
        let faults: Vec<_> = rows(desk, &made, &["--failed"]).iter()
            .map(|row| (row["username"].as_str().unwrap().to_owned(), row["code"].as_str().unwrap().to_owned()))
            .collect();
        let expected = [("nobody", "not_found"), ("k.bos", "not_authorised"), ("d.visser", "same_person"), ("=cmd", "invalid_input")];
        assert_eq!(faults, expected.map(|(name, code)| (name.to_owned(), code.to_owned())));

        let applied = desk.run_json(["bulk", "apply", id(&made)]);
        assert_eq!(applied.exit, 6, "{}", applied.stderr);
        let failed = desk.command().args(["bulk", "show", id(&made), "--failed", "--format", "csv"]).output().unwrap();
        let next = plan_ran(desk, &request, &failed.stdout, &[]);
        assert_eq!(next.exit, 4, "nothing of it is ready: {}", next.stdout);
        let next: Value = serde_json::from_str(&next.stdout).unwrap();
        assert_eq!((&next["rows"], &next["ready"]), (&4.into(), &0.into()));
    }

    fn a_list_that_can_not_be_meant_is_refused(desk: &Desk) {
        let request = school(desk, 1);
        for list in [&b""[..], b"\n \n", b"username\n", b"inlog,naam\na,b\n", b"\xff\xfep\0", b"p\xe90\n"] {
            let (exit, code, _) = plan_ran(desk, &request, list, &[]).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{list:?}");
        }
        let capped = desk.command().env("BALIE_POLICY_MAX_ROWS", "2")
            .args(["bulk", "plan", "reset", "--request", &request]).arg(desk.path("e.csv")).output().unwrap();
        assert_eq!(Ran::new(&capped).exit, 0, "one row in it");
        fs::write(desk.path("three"), "a\nb\nc\n").unwrap();
        let capped = desk.command().env("BALIE_POLICY_MAX_ROWS", "2")
            .args(["bulk", "plan", "reset", "--request", &request]).arg(desk.path("three")).output().unwrap();
        assert_eq!(Ran::new(&capped).exit, 2);
        assert_eq!(desk.run_json(["bulk", "list"]).json()["plans"].as_array().unwrap().len(), 1);
    }

    fn without_a_verified_request_nothing_is_ready(desk: &Desk) {
        let request = school(desk, 2);
        desk.sql("UPDATE requests SET verdict = 'rejected', challenge_open = 0").unwrap();
        let made = plan_ran(desk, &request, b"p0\np1\n", &[]);
        assert_eq!(made.exit, 4, "{}", made.stdout);
        assert!(made.stdout.contains("request_not_verified"), "{}", made.stdout);
        desk.sql("UPDATE requests SET verdict = 'verified'").unwrap();
        let made = plan(desk, &request, "p0\np1\n");
        desk.sql("UPDATE requests SET expires_at = 1").unwrap();
        let (exit, code, _) = desk.run_json(["bulk", "apply", id(&made)]).error();
        assert_eq!((exit, code.as_str()), (5, "expired"));
        assert_eq!(plan_ran(desk, &request, b"p0\n", &[]).exit, 5);
    }

    fn a_row_that_changed_since_is_reported_and_not_done(desk: &Desk) {
        let request = school(desk, 8);
        let made = plan(desk, &request, &list_of(0..8));
        assert_eq!(desk.run_json(["reset", "p5", "--request", &request]).exit, 0);
        desk.sql("UPDATE accounts SET work_email = 'elders@devecht.nl' WHERE username = 'p6'").unwrap();
        desk.sql("UPDATE accounts SET last_login_at = 5 WHERE username = 'p7'").unwrap();
        let ran = desk.run_json(["bulk", "apply", id(&made)]);
        assert_eq!(ran.exit, 6, "{}", ran.stderr);
        let failed: Vec<_> = rows(desk, &made, &["--failed"]).iter()
            .map(|row| format!("{} {} {}", row["username"], row["outcome"], row["code"]).replace('"', ""))
            .collect();
        assert_eq!(failed, ["p5 conflict already_used", "p6 conflict changed_since_plan"]);
        assert_eq!(desk.number("SELECT session_epoch FROM accounts WHERE username = 'p6'"), 0);
        assert_eq!(desk.number("SELECT session_epoch FROM accounts WHERE username = 'p5'"), 1);
    }

    fn a_plan_that_was_tampered_with_is_not_carried_out(desk: &Desk) {
        let request = school(desk, 5);
        let made = plan(desk, &request, &list_of(0..4));
        let (exit, code, _) = desk.run_json(["bulk", "apply", id(&made), "--hash", &"0".repeat(64)]).error();
        assert_eq!((exit, code.as_str()), (5, "other_plan"));
        desk.sql("UPDATE plan_rows SET username = 'p4', account_id = (SELECT id FROM accounts WHERE username = 'p4')
                  WHERE username = 'p3'").unwrap();
        let (exit, code, _) = desk.run_json(["bulk", "apply", id(&made)]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
        assert_eq!(desk.number("SELECT MAX(session_epoch) FROM accounts"), 0);
    }

    fn a_cancelled_plan_stays_undone_and_a_dry_run_changes_nothing(desk: &Desk) {
        let request = school(desk, 4);
        assert_eq!(plan_ran(desk, &request, b"p0\n", &["-n"]).json()["ready"], 1);
        assert_eq!(desk.run_json(["bulk", "list"]).json()["plans"], Value::Array(vec![]));
        let made = plan(desk, &request, &list_of(0..4));
        let dry = desk.run_json(["bulk", "apply", id(&made), "-n"]).json();
        assert_eq!((&dry["done"], dry["results"].as_array().unwrap().len()), (&0.into(), 4));
        assert_eq!(dry["results"][0]["outcome"], "ready");
        assert_eq!(desk.run_json(["bulk", "cancel", id(&made)]).json()["state"], "cancelled");
        let (exit, code, _) = desk.run_json(["bulk", "apply", id(&made)]).error();
        assert_eq!((exit, code.as_str()), (5, "plan_cancelled"));
        assert_eq!(desk.run_json(["bulk", "cancel", id(&made)]).error().1, "plan_cancelled");
        assert_eq!(desk.run_json(["bulk", "show", "P-000000"]).error().0, 3);
        assert_eq!(desk.number("SELECT MAX(session_epoch) FROM accounts"), 0);
    }

    fn every_format_streams_a_result_a_row(desk: &Desk) {
        let request = school(desk, 6);
        let made = plan(desk, &request, &list_of(0..3));
        let ran = desk.run(["--format", "ndjson", "bulk", "apply", id(&made)]);
        let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((lines.len(), &lines[2]["outcome"]), (3, &"done".into()));
        assert_eq!(lines_hold(desk, "apply", &ran.stdout), 3);
        let shown = desk.run(["--format", "ndjson", "bulk", "show", id(&made)]);
        assert_eq!(lines_hold(desk, "plan", &shown.stdout), 3);
        let list = desk.run(["--format", "ndjson", "bulk", "list"]);
        assert_eq!(lines_hold(desk, "plans", &list.stdout), 1);
        assert_eq!(ran.stderr, "");
        let made = plan(desk, &request, &list_of(3..6));
        let ran = desk.run(["--format", "csv", "bulk", "apply", id(&made)]);
        assert_eq!(ran.stdout.lines().count(), 4, "{}", ran.stdout);
        assert!(ran.stdout.starts_with("username,outcome,code,event,receipt\np3,done,,"), "{}", ran.stdout);
        let made = plan_ran(desk, &request, b"p0\n", &[]);
        assert_eq!(made.exit, 5, "{}", made.stdout);
        assert!(made.stdout.contains("already_used"));
    }

    fn a_long_or_sensitive_plan_needs_a_second_operator(desk: &Desk) {
        let request = school(desk, 4);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1), ('omar', 'operator', 1)").unwrap();
        let made = plan(desk, &request, "p0\np1\np2\n");
        let apply = |login: &str| {
            let mut command = desk.command();
            command.env("BALIE_OPERATOR_LOGIN", login).env("BALIE_POLICY_FOUR_EYES_ROWS", "2");
            Ran::new(&command.args(["--format", "json", "bulk", "apply", id(&made)]).output().unwrap())
        };
        assert_eq!(apply("fatima").error().1, "four_eyes_required");
        // The rows are counted: what the plan's own row says of its length and of what is left isn't believed.
        for (tampered, back) in [("ready = 2", "ready = 3"), ("done = 3", "done = 0"), ("not_done = 2", "not_done = 0")] {
            desk.sql(&format!("UPDATE plans SET {tampered}")).unwrap();
            let (exit, code, _) = apply("fatima").error();
            assert_eq!((exit, code.as_str()), (8, "tampered"), "{tampered}");
            desk.sql(&format!("UPDATE plans SET {back}")).unwrap();
        }
        // Not by who made it, and not by who is no senior.
        assert_eq!(desk.run_json(["bulk", "approve", id(&made)]).error().1, "four_eyes_required");
        assert_eq!(desk.run_as("omar", ["bulk", "approve", id(&made)]).error().1, "role_may_not");
        assert_eq!(desk.run_as("petra", ["bulk", "approve", id(&made)]).json()["approved_by"], "petra");
        assert_eq!(apply("petra").error().1, "four_eyes_required");
        for change in ["UPDATE requests SET subject = 'another'", "UPDATE approvals SET approved_at = approved_at - 3600000001"] {
            desk.sql(change).unwrap();
            assert_eq!(apply("fatima").error().1, "four_eyes_required", "{change}");
            desk.run_as("petra", ["bulk", "approve", id(&made)]).json();
        }
        assert_eq!(apply("fatima").json()["done"], 3);
        let history = desk.run_json(["account", "history", "p0"]).json();
        assert_eq!(history["events"][0]["detail"]["approved_by"], "petra");

        // Reset only just now: a list of one needs a second operator too.
        desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL").unwrap();
        fs::write(desk.path("one"), "p0\n").unwrap();
        let lately = |verb: &[&str]| {
            let mut command = desk.command();
            command.env("BALIE_POLICY_REPEAT_RESET_DAYS", "30").args(["--format", "json", "bulk"]);
            Ran::new(&command.args(verb).output().unwrap())
        };
        let file = desk.path("one").display().to_string();
        let again = lately(&["plan", "reset", &file, "--request", &request]).json();
        assert_eq!((&again["ready"], &again["needs_approval"]), (&1.into(), &true.into()));
        assert_eq!(lately(&["apply", id(&again)]).error().1, "four_eyes_required");
        desk.run_as("petra", ["bulk", "approve", id(&again)]).json();
        assert_eq!(lately(&["apply", id(&again)]).json()["done"], 1);
    }

    fn a_row_is_undone_by_its_receipt(desk: &Desk) {
        let request = school(desk, 2);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'founder', 1)").unwrap();
        let made = plan(desk, &request, &list_of(0..2));
        let applied = desk.run_json(["bulk", "apply", id(&made)]).json();
        let receipt = applied["results"][1]["receipt"].as_str().unwrap();
        let undone = desk.run_as("petra", ["undo", receipt]);
        assert_eq!(undone.exit, 0, "{}{}", undone.stdout, undone.stderr);
        let state = |name| desk.run_json(["account", "show", name]).json()["second_factor"]["state"].clone();
        assert_eq!((state("p0"), state("p1")), ("none".into(), "active".into()));
    }
}
