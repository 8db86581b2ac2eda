use serde_json::Value;

use crate::reset::requests::verified_request;
use crate::reset::undo::{add_colleague, as_colleague};
use crate::support::{Desk, Ran, on_both_databases};

fn add(desk: &Desk, username: &str, name: &str, email: &str, more: &[&str]) -> Ran {
    let fixed = [
        "account",
        "add",
        username,
        "--name",
        name,
        "--email",
        email,
        "--no-input",
    ];
    desk.run_json([fixed.as_slice(), more].concat())
}

fn refused(ran: &Ran) -> (i32, String) {
    let (exit, code, _) = ran.error();
    (exit, code)
}

fn mails(desk: &Desk, kind: &str) -> i64 {
    desk.count(&format!("outbox WHERE notice LIKE '%\"{kind}\"%'"))
}

fn shown(desk: &Desk, username: &str) -> Value {
    desk.run_json(["account", "show", username]).json()
}

on_both_databases! {
    fn an_account_is_added_at_a_work_address_only(desk: &Desk) {
        desk.import_small_directory().json();
        let role = ["--role", "teacher@sch-beatrix"];
        let email = "a.bakker@beatrixschool.nl";
        let dry = add(desk, "a.bakker", "Anna Bakker", email, &[&role[..], &["-n"]].concat()).json();
        assert_eq!(dry["dry_run"], true);
        assert_eq!(refused(&desk.run_json(["account", "show", "a.bakker"])), (3, "not_found".into()));

        let added = add(desk, "a.bakker", "Anna Bakker", email, &role).json();
        assert_eq!((&added["username"], &added["status"]), (&"a.bakker".into(), &"active".into()));
        assert!(added["second_factor"]["enroll_by"].is_string(), "{added:#}");
        assert_eq!(mails(desk, "account_added"), 1);
        let found = desk.run_json(["find", "bakker", "beatrix"]).json();
        assert_eq!(found["accounts"][0]["username"], "a.bakker");

        assert_eq!(refused(&add(desk, "a.bakker", "Anna Bakker", email, &role)), (5, "username_taken".into()));
        // The board above lends its domain; another school, a provider and a sister don't.
        add(desk, "b.bakker", "Bea Bakker", "b.bakker@devecht.nl", &role).json();
        for (email, role) in [
            ("c.bakker@hetkompas.nl", "teacher@sch-beatrix"),
            ("c.bakker@gmail.com", "teacher@sch-beatrix"),
            ("c.bakker@beatrixschool.nl", "teacher@bst-vecht"),
            ("c.bakker@beatrixschool.nl", "teacher"),
            ("nonsense", "teacher@sch-beatrix"),
        ] {
            assert_eq!(refused(&add(desk, "c.bakker", "Co Bakker", email, &["--role", role])), (2, "invalid_input".into()), "{email} {role}");
        }
        assert_eq!(refused(&add(desk, "c.bakker", "Co", email, &["--role", "teacher@sch-none"])), (3, "not_found".into()));
        assert_eq!(refused(&add(desk, "c.bakker", "Co", email, &[])), (2, "invalid_input".into()));
        assert_eq!(refused(&desk.run_json(["account", "add", "--no-input"])), (2, "input_required".into()));
    }

    fn who_shared_a_login_gets_a_personal_one(desk: &Desk) {
        desk.import_small_directory().json();
        let role = ["--role", "teacher@sch-beatrix"];
        let shared = add(desk, "team.beatrix", "Team Beatrix", "team@beatrixschool.nl", &role).json();
        assert_eq!(shared["looks_shared"], true);
        assert_eq!(shared["shared_signs"][0], "function_username");
        assert_eq!(shown(desk, "j.jansen")["looks_shared"], false);

        let personal = ["--personal-for", "team.beatrix"];
        let own = add(desk, "a.bakker", "Anna Bakker", "team@beatrixschool.nl", &personal);
        assert_eq!(refused(&own), (2, "invalid_input".into()));
        let own = add(desk, "a.bakker", "Team Beatrix", "a.bakker@beatrixschool.nl", &personal);
        assert_eq!(refused(&own), (2, "invalid_input".into()));
        let own = add(desk, "a.bakker", "Anna Bakker", "a.bakker@beatrixschool.nl", &personal).json();
        assert_eq!(own["roles"], shared["roles"]);
        assert_eq!(own["looks_shared"], false);
        assert_eq!(mails(desk, "personal_issued"), 1);

        let list = desk.run_json(["account", "shared"]).json();
        assert_eq!(list["schema"], "balie.shared_logins/1");
        let rows = list["accounts"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "{list:#}");
        assert_eq!(rows[0]["username"], "team.beatrix");
        assert!(rows[0]["signs"].as_array().unwrap().contains(&"personal_issued".into()));
        // Two logins at one address are a sign for both.
        add(desk, "j.jansen2", "Joost Jansen", "j.jansen@beatrixschool.nl", &role).json();
        assert_eq!(shown(desk, "j.jansen")["shared_signs"][0], "same_address");
        let page = desk.run(["account", "show", "team.beatrix"]).stdout;
        assert!(page.contains("looks shared"), "{page}");
    }

    fn a_blocked_account_is_out_at_once_and_a_senior_lets_it_in_again(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        add_colleague(desk);
        let block = ["account", "block", "j.jansen", "--reason", "phone stolen"];
        let before = shown(desk, "j.jansen");
        assert_eq!(as_colleague(desk, &[&block[..], &["-n"]].concat()).json()["dry_run"], true);
        assert_eq!(shown(desk, "j.jansen")["status"], "active");
        as_colleague(desk, &block).json();
        let after = shown(desk, "j.jansen");
        assert_eq!(after["status"], "blocked");
        assert_eq!(after["session_epoch"].as_i64(), before["session_epoch"].as_i64().map(|e| e + 1));
        assert_eq!(mails(desk, "account_blocked"), 1);
        assert_eq!(refused(&as_colleague(desk, &block)), (5, "nothing_to_change".into()));
        let reset = desk.run_json(["reset", "j.jansen", "--request", &request]);
        assert!(reset.exit == 4 && reset.stdout.contains("account_blocked"), "{}", reset.stdout);

        let unblock = ["account", "unblock", "j.jansen", "--reason", "school confirmed"];
        assert_eq!(refused(&as_colleague(desk, &unblock)), (4, "role_may_not".into()));
        desk.sql("UPDATE operators SET role = 'senior', work_email = 'j.jansen@beatrixschool.nl' WHERE login = 'bram'").unwrap();
        assert_eq!(refused(&as_colleague(desk, &unblock)), (4, "same_person".into()));
        desk.sql("UPDATE operators SET work_email = NULL WHERE login = 'bram'").unwrap();
        as_colleague(desk, &unblock).json();
        assert_eq!(shown(desk, "j.jansen")["status"], "active");
        assert_eq!(refused(&desk.run_json(["account", "block", "j.jansen", "--no-input"])), (2, "input_required".into()));
        assert_eq!(refused(&desk.run_json(["account", "block", "nobody", "--reason", "x"])), (3, "not_found".into()));
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        let blocked = history["events"].as_array().unwrap().iter().find(|e| e["action"] == "account.block").unwrap();
        assert_eq!(blocked["detail"]["reason"], "phone stolen");
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_reset_for_a_wrong_phone_also_tells_whose_app_to_clean(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let wrong = desk.run_json(["reset", "j.jansen", "--request", &request, "--reason", "other-phone"]);
        assert_eq!(wrong.exit, 2);
        desk.run_json(["reset", "j.jansen", "--request", &request, "--reason", "wrong-phone"]).json();
        assert_eq!((mails(desk, "reset_holder_wrong_phone"), mails(desk, "reset_holder")), (1, 0));
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        let reset = history["events"].as_array().unwrap().iter().find(|e| e["action"] == "reset").unwrap();
        assert_eq!(reset["detail"]["reason"], "wrong-phone");
    }
}
