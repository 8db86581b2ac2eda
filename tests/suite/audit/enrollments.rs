use std::fs;

use serde_json::Value;

use crate::reset::requests::{reset, verified_request};
use crate::support::in_process::Hours;
use crate::support::{Desk, on_both_databases};

const STRONG: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// 80 bits, as older apps made them.
const WEAK: &str = "GEZDGNBVGY3TQOJQ";

fn enroll(desk: &Desk, rows: &[(&str, &str)]) {
    let rows = rows.iter().map(|(username, secret)| {
        format!("{username},otpauth://totp/OT:{username}?secret={secret}&issuer=OT\n")
    });
    let file = desk.path("e.csv");
    fs::write(
        &file,
        format!("username,otpauth_uri\n{}", rows.collect::<String>()),
    )
    .unwrap();
    desk.run_json([
        "enroll",
        "import",
        &file.display().to_string(),
        "--allow-short",
    ])
    .json();
}

fn audit(desk: &Desk, args: &[&str]) -> Value {
    desk.run_json([&["audit", "enrollments"], args].concat())
        .json()
}

fn finding(audit: &Value, name: &str) -> i64 {
    let findings = audit["findings"].as_array().unwrap().iter();
    let found = findings.filter(|finding| finding["name"] == name);
    found
        .map(|finding| finding["count"].as_i64().unwrap())
        .sum()
}

fn group<'a>(audit: &'a Value, code: &str) -> &'a Value {
    let groups = audit["groups"].as_array().unwrap();
    groups
        .iter()
        .find(|group| group["group"] == code)
        .unwrap_or(&Value::Null)
}

fn id(username: &str) -> String {
    format!("(SELECT id FROM accounts WHERE username = '{username}')")
}

fn recovery_code(desk: &Desk, username: &str, used_at: &str) {
    desk.sql(&format!(
        "INSERT INTO recovery_codes (account_id, hash, issued_at, used_at)
         VALUES ({}, 'x', 1, {used_at})",
        id(username)
    ))
    .unwrap();
}

on_both_databases! {
    fn each_account_counts_once_in_all_and_once_in_each_of_its_groups(desk: &Desk) {
        desk.import_small_directory().json();
        enroll(desk, &[("j.jansen", STRONG), ("z.celik", WEAK)]);
        recovery_code(desk, "j.jansen", "NULL");
        let all = audit(desk, &[]);
        let count = |key: &str| all["totals"][key].as_i64().unwrap();
        assert_eq!(all["schema"], "balie.audit_enrollments/1");
        assert_eq!(count("accounts"), count("active") + count("pending") + count("none") + count("locked"));
        assert_eq!((count("active"), count("recovery_active"), count("recovery_missing")), (2, 1, 1));
        // A second role at the same school, and one in another region.
        let school = "(SELECT organisation_id FROM account_roles WHERE account_id = {})";
        let second = format!("INSERT INTO account_roles VALUES ({}, {}, 'coordinator')", id("j.jansen"), school.replace("{}", &id("j.jansen")));
        let elsewhere = format!(
            "INSERT INTO account_roles VALUES ({}, (SELECT MIN(o.id) FROM organisations o JOIN regions r ON r.id = o.region_id WHERE r.code <> 'utrecht'), 'coordinator')",
            id("j.jansen")
        );
        desk.sql(&second).unwrap();
        assert_eq!(audit(desk, &[])["totals"], all["totals"]);
        assert_eq!(audit(desk, &[])["groups"], all["groups"]);
        desk.sql(&elsewhere).unwrap();
        let after = audit(desk, &[]);
        assert_eq!(after["totals"], all["totals"]);
        let sum = |audit: &Value| audit["groups"].as_array().unwrap().iter()
            .map(|group| group["accounts"].as_i64().unwrap()).sum::<i64>();
        assert_eq!(sum(&after), sum(&all) + 1);
        let by_role = audit(desk, &["--by", "role"]);
        let coordinators = group(&by_role, "coordinator");
        assert_eq!((&coordinators["accounts"], &coordinators["active"]), (&2.into(), &2.into()));
        assert_eq!(by_role["totals"], all["totals"]);
        assert_eq!(audit(desk, &["--by", "organisation"])["totals"], all["totals"]);
        // Somebody without any role is still somebody.
        desk.sql(&format!("DELETE FROM account_roles WHERE account_id = {}", id("z.celik"))).unwrap();
        let after = audit(desk, &[]);
        assert_eq!(after["totals"], all["totals"]);
        assert_eq!(group_without_role(&after)["accounts"], 1);
        let utrecht = audit(desk, &["--region", "utrecht"]);
        assert_eq!(utrecht["groups"].as_array().unwrap().len(), 1);
        assert_eq!(utrecht["totals"]["accounts"], group(&utrecht, "utrecht")["accounts"]);
        let (exit, code, _) = desk.run_json(["audit", "enrollments", "--region", "atlantis"]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));
    }

    fn each_finding_finds_what_it_names_and_nothing_else(desk: &Desk) {
        desk.import_small_directory().json();
        enroll(desk, &[("j.jansen", STRONG), ("z.celik", WEAK), ("k.bos", STRONG)]);
        let all = audit(desk, &[]);
        assert_eq!(finding(&all, "weak_secret"), 1);
        assert_eq!(finding(&all, "never_used"), 3);
        assert_eq!(finding(&all, "recovery_missing"), 3);
        assert_eq!(finding(&all, "requester_expired"), 1, "k.oud, since 2024");
        for quiet in ["overdue", "locked", "not_enrolled_again", "reset_repeatedly"] {
            assert_eq!(finding(&all, quiet), 0, "{quiet}");
        }
        desk.sql(&format!("UPDATE enrollments SET last_used_at = 5, locked_at = 6 WHERE account_id = {}", id("k.bos"))).unwrap();
        // In and out with the recovery code, and never again since.
        recovery_code(desk, "j.jansen", "7");
        desk.sql(&format!("UPDATE enrollments SET retired_at = 7, enrolled_at = 2 WHERE account_id = {}", id("j.jansen"))).unwrap();
        desk.sql(&format!("UPDATE accounts SET enroll_by = 8 WHERE id = {}", id("j.jansen"))).unwrap();
        desk.sql("UPDATE requesters SET valid_until = 9").unwrap();
        let all = audit(desk, &[]);
        for (name, count) in [("locked", 1), ("overdue", 1), ("not_enrolled_again", 1), ("never_used", 1), ("weak_secret", 1), ("recovery_missing", 2)] {
            assert_eq!(finding(&all, name), count, "{name}");
        }
        assert_eq!((finding(&all, "requester_expired"), finding(&all, "requester_unreviewed")), (3, 0));
        desk.sql("UPDATE requesters SET valid_until = NULL, reviewed_at = 5").unwrap();
        let all = audit(desk, &["--region", "utrecht"]);
        assert_eq!((finding(&all, "requester_expired"), finding(&all, "requester_unreviewed")), (0, 2));
        let listed = audit(desk, &["--finding", "requester_unreviewed"]);
        assert_eq!(listed["requesters"][0]["work_email"], "bestuur@devecht.nl");
        let listed = audit(desk, &["--finding", "not_enrolled_again"]);
        assert_eq!((&listed["count"], &listed["accounts"][0]["username"]), (&1.into(), &"j.jansen".into()));
        // Who enrolled again since isn't found any more.
        desk.sql(&format!("UPDATE enrollments SET enrolled_at = 9 WHERE account_id = {}", id("j.jansen"))).unwrap();
        assert_eq!(finding(&audit(desk, &[]), "not_enrolled_again"), 0);
    }

    fn who_was_reset_twice_within_thirty_days_is_found(desk: &Desk) {
        let first = verified_request(desk, &["j.jansen", "z.celik"]);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        assert_eq!(reset(desk, &first, &["j.jansen", "z.celik"]).0, 0);
        assert_eq!(finding(&audit(desk, &[]), "reset_repeatedly"), 0);
        // Once more without a request: by whichever road, it's the second one.
        let begun = desk.run_json(["reset", "j.jansen", "--break-glass", "--reason", "de directeur is onbereikbaar"]).json();
        let completed = desk.run_as("petra", ["case", "complete", begun["id"].as_str().unwrap()]);
        assert_eq!(completed.exit, 0, "{}", completed.stderr);
        for scope in [&[][..], &["--region", "utrecht"]] {
            assert_eq!(finding(&audit(desk, scope), "reset_repeatedly"), 1, "{scope:?}");
        }
        let listed = audit(desk, &["--finding", "reset_repeatedly"]);
        assert_eq!((&listed["count"], &listed["accounts"][0]["username"]), (&1.into(), &"j.jansen".into()));
        // Since the last reset, not since a time to come.
        let last = desk.run_json(["account", "history", "j.jansen"]).json();
        let last = last["events"].as_array().unwrap().iter().find(|event| event["action"] == "reset.break_glass");
        assert_eq!(listed["accounts"][0]["since"], last.unwrap()["at"]);
        // A month later it's no news any more.
        let hours = Hours::start();
        hours.pass(29 * 24);
        let count = |hours: &Hours| finding(&hours.run(desk, &[], &["audit", "enrollments"]), "reset_repeatedly");
        assert_eq!(count(&hours), 1);
        hours.pass(2 * 24);
        assert_eq!(count(&hours), 0);
    }

    fn logins_that_look_shared_are_found_as_they_are_listed(desk: &Desk) {
        let folder = desk.small_directory();
        let accounts = fs::read_to_string(folder.join("accounts.csv")).unwrap();
        let school = "sch-beatrix";
        let import = |more: &str| {
            fs::write(folder.join("accounts.csv"), format!("{accounts}{more}")).unwrap();
            desk.run_json(["directory", "import", &folder.display().to_string()]).json();
        };
        // The finding, and the list that looks at every account anew.
        let agree = |expected: &[&str]| {
            let found = audit(desk, &["--finding", "shared_login", "--limit", "100"]);
            let names = |rows: &Value| {
                let rows = rows.as_array().unwrap().iter();
                let mut names: Vec<_> = rows.map(|row| row["username"].as_str().unwrap().to_owned()).collect();
                names.sort();
                names
            };
            let listed = desk.run_json(["account", "shared", "--limit", "100"]).json();
            assert_eq!(names(&found["accounts"]), names(&listed["accounts"]));
            assert_eq!(names(&found["accounts"]), expected);
            assert_eq!(found["count"], expected.len());
            assert_eq!(finding(&audit(desk, &[]), "shared_login"), i64::try_from(expected.len()).unwrap());
        };
        import("");
        agree(&[]);
        let four = ["teacher", "ib", "coach", "coordinator"].map(|role| format!("{role}@{school}")).join(";");
        import(&format!("\
            p1,Anna Post,same@beatrixschool.nl,teacher@{school},active\n\
            p2,Bea Post,same@beatrixschool.nl,teacher@{school},active\n\
            p3,Jan en Piet,p3@beatrixschool.nl,teacher@{school},active\n\
            p4,Cor Post,p4@beatrixschool.nl,{four},active\n\
            p5,Dirk Post,info@beatrixschool.nl,teacher@{school},blocked\n\
            p6,Eva Post,p6@beatrixschool.nl,teacher@{school},active\n"));
        agree(&["p1", "p2", "p3", "p4"]);
        // Names, addresses, roles and status change, of some of them; p2 isn't in this import.
        import(&format!("\
            p1,Anna Post,p1@beatrixschool.nl,teacher@{school},active\n\
            p3,Jan Piet,p3@beatrixschool.nl,teacher@{school},active\n\
            p4,Cor Post,p4@beatrixschool.nl,teacher@{school},active\n\
            p5,Dirk Post,info@beatrixschool.nl,teacher@{school},active\n\
            p6,Team Zes,p6@beatrixschool.nl,teacher@{school},active\n"));
        agree(&["p5", "p6"]);
        let add = |name: &str, email: &str, more: &[&str]| {
            let fixed = ["account", "add", name, "--name", "Fien Post", "--email", email];
            desk.run_json([&fixed, more].concat()).json();
        };
        let role = format!("teacher@{school}");
        add("p7", "p1@beatrixschool.nl", &["--role", &role]);
        agree(&["p1", "p5", "p6", "p7"]);
        add("p8", "p8@beatrixschool.nl", &["--personal-for", "p4"]);
        add("team8", "t8@beatrixschool.nl", &["--role", &role]);
        agree(&["p1", "p4", "p5", "p6", "p7", "team8"]);
        desk.run_json(["account", "block", "p4", "--reason", "gedeeld"]).json();
        agree(&["p1", "p5", "p6", "p7", "team8"]);
        let elsewhere = audit(desk, &["--region", "noord"]);
        assert_eq!(finding(&elsewhere, "shared_login"), 0);
        let page = desk.path("page.html");
        for (language, words) in [("nl", "inloggen die op een gedeelde inlog lijken"), ("en", "accounts that look shared")] {
            desk.run(["audit", "enrollments", "--html", &page.display().to_string(), "--language", language]);
            assert!(fs::read_to_string(&page).unwrap().contains(words), "{language}");
        }
    }

    fn names_are_listed_only_as_many_as_asked_and_that_is_an_event(desk: &Desk) {
        desk.import_small_directory().json();
        enroll(desk, &[("j.jansen", STRONG), ("k.bos", STRONG)]);
        let ran = desk.run_json(["audit", "enrollments"]);
        assert!(!ran.stdout.contains("j.jansen"));
        let listed = audit(desk, &["--finding", "never_used", "--limit", "1"]);
        assert_eq!(listed["count"], 2);
        assert_eq!(listed["accounts"].as_array().unwrap().len(), 1);
        assert!(listed["accounts"][0].get("name").is_none(), "no more than is needed to look it up");
        let log = desk.run_json(["audit", "log", "--action", "audit.finding"]).json();
        let detail = &log["events"][0]["detail"];
        assert_eq!((&detail["finding"], &detail["listed"]), (&"never_used".into(), &1.into()));
        assert!(!log.to_string().contains("j.jansen"));
    }

    fn the_page_is_written_whole_and_names_nobody(desk: &Desk) {
        desk.import_small_directory().json();
        enroll(desk, &[("j.jansen", STRONG)]);
        let page = desk.path("page.html");
        for (language, word) in [("nl", "Inloggen"), ("en", "Accounts")] {
            let ran = desk.run([
                "audit", "enrollments", "--html", &page.display().to_string(), "--language", language,
            ]);
            assert_eq!((ran.exit, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
            let html = fs::read_to_string(&page).unwrap();
            assert!(html.contains(&format!("<html lang=\"{language}\">")) && html.contains(word));
            assert!(html.trim_end().ends_with("</html>"));
            assert!(!html.contains("jansen") && !html.contains("<script"));
        }
    }

    fn a_terminal_gets_bars_and_a_spreadsheet_gets_rows(desk: &Desk) {
        desk.import_small_directory().json();
        enroll(desk, &[("j.jansen", STRONG)]);
        let table = desk.run(["audit", "enrollments"]);
        assert!(table.stdout.contains('█') && table.stdout.contains("Worth a second look"), "{}", table.stdout);
        let csv = desk.run(["--format", "csv", "audit", "enrollments", "--by", "role"]);
        let head = "group,name,accounts,active,pending,none,locked,recovery_active,recovery_missing,overdue";
        assert_eq!(csv.stdout.lines().next(), Some(head));
    }
}

fn group_without_role(audit: &Value) -> &Value {
    let groups = audit["groups"].as_array().unwrap();
    groups
        .iter()
        .find(|group| group["group"].is_null())
        .unwrap()
}
