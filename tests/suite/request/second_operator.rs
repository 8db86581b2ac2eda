use crate::reset::requests::{reset, verified_request};
use crate::support::{Desk, on_both_databases};

const PRIVILEGED: &str = "[policy]\nprivileged_roles = [\"teacher\"]\n";

/// A desk where teachers are privileged, with a verified request for j.jansen, a senior (petra) and a
/// colleague (omar).
fn privileged_request(desk: &Desk) -> String {
    let request = verified_request(desk, &["j.jansen"]);
    for (login, role) in [("petra", "senior"), ("omar", "operator")] {
        desk.sql(&format!(
            "INSERT INTO operators (login, role, added_at) VALUES ('{login}', '{role}', 1)"
        ))
        .unwrap();
    }
    let config = desk.path(".config/balie/config.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("{text}\n{PRIVILEGED}")).unwrap();
    request
}

fn outcome(desk: &Desk, request: &str) -> (i32, String) {
    let (exit, done) = reset(desk, request, &["j.jansen"]);
    let result = &done["results"][0];
    let text = result["code"].as_str().or(result["outcome"].as_str());
    (exit, text.unwrap().to_owned())
}

on_both_databases! {
    fn a_privileged_account_needs_a_senior_who_is_somebody_else(desk: &Desk) {
        let request = privileged_request(desk);
        let next = |login: &str| {
            let next = desk.run_as(login, ["request", "show", &request]).json()["next"].clone();
            (next["why"].as_str().unwrap().contains("privileged role"), next["command"].as_str().unwrap().to_owned())
        };
        assert_eq!(next("fatima"), (true, format!("balie request approve {request}")));
        assert_eq!(outcome(desk, &request), (4, "four_eyes_required".into()));
        // The founder's own yes doesn't help, and a colleague who is no senior may not say it.
        let own = desk.run_json(["request", "approve", &request]).json();
        assert_eq!(own["accounts"][0]["reasons"][0], "privileged_role");
        assert_eq!(outcome(desk, &request), (4, "four_eyes_required".into()));
        let (exit, code, _) = desk.run_as("omar", ["request", "approve", &request]).error();
        assert_eq!((exit, code.as_str()), (4, "role_may_not"));

        let approved = desk.run_as("petra", ["request", "approve", &request]).json();
        assert_eq!(approved["approved_by"], "petra");
        assert_eq!(next("fatima"), (false, format!("balie reset j.jansen --request {request}")));
        // Petra's yes isn't for Petra.
        let ran = desk.run_as("petra", ["reset", "j.jansen", "--request", &request]);
        assert!(ran.stdout.contains("\"done\""), "the founder said yes too: {}", ran.stdout);
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        assert_eq!(history["events"][0]["detail"]["approved_by"], "fatima");
    }

    fn a_yes_falls_when_anything_changes_or_an_hour_is_over(desk: &Desk) {
        let request = privileged_request(desk);
        let approve = || desk.run_as("petra", ["request", "approve", &request]).json();
        for change in [
            "UPDATE accounts SET name = 'Joop' WHERE username = 'j.jansen'",
            "UPDATE accounts SET work_email = 'jj@beatrixschool.nl' WHERE username = 'j.jansen'",
            "UPDATE accounts SET session_epoch = 7 WHERE username = 'j.jansen'",
            "UPDATE requesters SET name = 'Daan de Visser' WHERE capacity = 'director'",
            "UPDATE requests SET subject = 'another'",
            "INSERT INTO request_accounts (request_id, account_id, covered)
             SELECT r.id, a.id, 1 FROM requests r, accounts a WHERE a.username = 'z.celik'",
            "UPDATE requests SET expires_at = expires_at + 1",
            "UPDATE approvals SET approved_at = approved_at - 3600000001",
            "UPDATE approvals SET approved_at = approved_at + 3600000000",
            "UPDATE operators SET disabled_at = 1 WHERE login = 'petra'",
        ] {
            desk.sql("DELETE FROM approvals").unwrap();
            approve();
            desk.sql(change).unwrap();
            assert_eq!(outcome(desk, &request), (4, "four_eyes_required".into()), "{change}");
        }
        desk.sql("UPDATE operators SET disabled_at = NULL").unwrap();
        approve();
        // What isn't about this account changes nothing.
        desk.sql("UPDATE accounts SET name = 'Zoe' WHERE username = 'z.celik'").unwrap();
        assert_eq!(outcome(desk, &request), (0, "done".into()));
        // Used up: it opens no second reset.
        assert_eq!(outcome(desk, &request), (5, "already_used".into()));
    }

    fn who_asks_or_is_asked_for_is_no_second_pair_of_eyes(desk: &Desk) {
        let request = privileged_request(desk);
        for address in ["d.visser@beatrixschool.nl", "j.jansen@beatrixschool.nl"] {
            desk.sql(&format!("UPDATE operators SET work_email = '{address}' WHERE login = 'petra'")).unwrap();
            let (exit, code, _) = desk.run_as("petra", ["request", "approve", &request]).error();
            assert_eq!((exit, code.as_str()), (4, "same_person"), "{address}");
        }
    }

    fn a_second_reset_within_days_needs_a_second_operator(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        desk.sql("UPDATE request_accounts SET used_at = NULL").unwrap();
        let (exit, code) = outcome(desk, &request);
        assert_eq!((exit, code.as_str()), (4, "four_eyes_required"));
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        let shown = desk.run_as("petra", ["request", "approve", &request, "--account", "j.jansen"]).json();
        assert_eq!(shown["accounts"].as_array().unwrap().len(), 1);
        assert_eq!(shown["accounts"][0]["reasons"][0], "repeated_reset");
        assert_eq!(outcome(desk, &request), (0, "done".into()));
    }
    fn whoever_is_refused_reads_why_and_what_to_run(desk: &Desk) {
        let request = privileged_request(desk);
        let config = desk.path(".config/balie/config.toml");
        let strict = std::fs::read_to_string(&config).unwrap();
        std::fs::write(&config, strict.replace(PRIVILEGED, "")).unwrap();
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        std::fs::write(&config, strict).unwrap();
        desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL").unwrap();

        let ran = desk.run(["reset", "j.jansen", "--request", &request]);
        let says = format!(
            "error: j.jansen needs approval by another operator, a senior \
             (privileged role: teacher; reset less than a day ago) [four_eyes_required]\n\
             hint: have a senior of the region look at it: `balie request approve {request}`;"
        );
        assert!(ran.stderr.starts_with(&says), "{}", ran.stderr);
        let why = serde_json::json!(["privileged_role", "repeated_reset"]);
        let (_, done) = reset(desk, &request, &["j.jansen"]);
        assert_eq!(done["results"][0]["reasons"], why);
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        assert_eq!(history["events"][0]["detail"]["reasons"], why);

        // A fresh code needs a yes of its own, and a plan one to the plan.
        let ran = desk.run_json(["recovery", "reissue", "j.jansen", "--request", &request, "--yes"]);
        let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
        assert_eq!((ran.exit, &error["error"]["reasons"]), (4, &why), "{error}");
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(hint.contains(&format!("`balie request approve {request} --for reissue`")), "{hint}");
        let list = desk.path("list");
        std::fs::write(&list, "j.jansen\nz.celik\n").unwrap();
        let list = list.display().to_string();
        let plan = desk.run_json(["bulk", "plan", "reset", &list, "--request", &request]).json();
        let plan = plan["id"].as_str().unwrap();
        let ran = desk.run_json(["bulk", "apply", plan, "--yes"]);
        let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
        let of_both = serde_json::json!(["privileged_role", "repeated_reset", "not_named"]);
        assert_eq!((ran.exit, &error["error"]["reasons"]), (4, &of_both), "{error}");
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(hint.contains(&format!("`balie bulk approve {plan}`")), "{hint}");
    }
}
