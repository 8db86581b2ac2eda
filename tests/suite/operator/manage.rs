use serde_json::Value;

use crate::reset::requests::verified_request;
use crate::support::staff::{code_of, feed};
use crate::support::{Desk, Ran, on_both_databases};

/// A closed desk with a directory and a verified request for j.jansen (utrecht), and its people.
pub(crate) fn staffed(desk: &Desk) -> String {
    let request = verified_request(desk, &["j.jansen"]);
    desk.close();
    for (login, role, regions) in PEOPLE {
        desk.hire(login, role, regions);
    }
    request
}

const PEOPLE: &[(&str, &str, &[&str])] = &[
    ("ursula", "operator", &["utrecht"]),
    ("simon", "senior", &["utrecht"]),
    ("noor", "operator", &["noord"]),
    ("sara", "senior", &["noord"]),
    ("olga", "auditor", &[]),
];

fn code(ran: &Ran) -> String {
    if ran.exit == 0 {
        return "ok".into();
    }
    if !ran.stdout.is_empty() {
        let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
        return shown["results"][0]["code"].as_str().unwrap().to_owned();
    }
    ran.error().1
}

on_both_databases! {
    fn each_role_does_its_own_in_its_own_regions(desk: &Desk) {
        let request = staffed(desk);
        let r = request.as_str();
        // Utrecht's operator and senior, noord's operator and senior, the auditor, the admin.
        let who = ["ursula", "simon", "noor", "sara", "olga", "fatima"];
        let ok = "ok";
        let no = "role_may_not";
        let none = "not_found";
        let cells: &[(&[&str], [&str; 6])] = &[
            (&["account", "show", "j.jansen"], [ok, ok, none, none, ok, no]),
            (&["account", "show", "k.bos"], [none, none, ok, ok, ok, no]),
            (&["account", "history", "j.jansen"], [ok, ok, none, none, ok, no]),
            (&["find", "jansen"], [ok, ok, ok, ok, ok, no]),
            (&["region", "show", "utrecht"], [ok, ok, none, none, ok, ok]),
            (&["org", "show", "sch-beatrix"], [ok, ok, none, none, ok, ok]),
            (&["requester", "show", "d.visser@beatrixschool.nl"], [ok, ok, none, none, ok, ok]),
            (&["request", "show", r], [ok, ok, none, none, ok, no]),
            (&["request", "list"], [ok, ok, ok, ok, ok, no]),
            (&["request", "approve", r], [no, ok, no, none, no, no]),
            (&["reset", "k.bos", "--request", r, "-n"], ["not_found", "not_found", none, none, no, no]),
            (&["reset", "j.jansen", "--request", r, "-n"], [ok, ok, none, none, no, no]),
            (&["outbox", "list"], [ok, ok, ok, ok, ok, no]),
            (&["audit", "log"], [no, no, no, no, ok, no]),
            (&["audit", "verify"], [ok; 6]),
            (&["operator", "list"], [ok; 6]),
            (&["operator", "add", "x", "--role", "auditor"], [no, no, no, no, no, ok]),
            (&["operator", "disable", "x"], [no, no, no, no, no, ok]),
            (&["operator", "enable", "x"], [no, no, no, no, no, ok]),
            (&["operator", "role", "x", "admin"], [no, no, no, no, no, ok]),
            (&["operator", "reset-password", "x"], [no, no, no, no, no, ok]),
            (&["directory", "import", "directory"], [no, no, no, no, no, ok]),
            (&["whoami"], [ok; 6]),
        ];
        desk.small_directory();
        for (command, expected) in cells {
            for (login, expected) in who.iter().zip(expected) {
                let mut ran = desk.command_of(login);
                let ran = ran.current_dir(desk.path("")).args(*command).output().unwrap();
                let ran = Ran::new(&ran);
                assert_eq!(code(&ran), *expected, "{login} {command:?}: {}{}", ran.stdout, ran.stderr);
            }
        }
        // What a search finds is bound to regions too, and so is "did you mean".
        assert_eq!(desk.by("noor", &["find", "jansen"]).json()["accounts"].as_array().unwrap().len(), 0);
        assert_eq!(desk.by("ursula", &["find", "jansen"]).json()["accounts"].as_array().unwrap().len(), 1);
        assert_eq!(desk.by("noor", &["request", "list"]).json()["requests"].as_array().unwrap().len(), 0);
        let hinted = desk.by("noor", &["account", "show", "j.janse"]);
        assert!(!hinted.stderr.contains("j.jansen"), "{}", hinted.stderr);
        assert_eq!(desk.by("noor", &["region", "list"]).json()["regions"].as_array().unwrap().len(), 1);
        // A no is in the log.
        let log = desk.by("olga", &["audit", "log"]).json().to_string();
        assert!(log.contains("access.refused"), "{log}");
        desk.by("ursula", &["reset", "j.jansen", "--request", r]).json();
    }

    fn of_a_request_an_operator_sees_the_accounts_of_the_own_regions(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "k.bos"]);
        desk.close();
        desk.hire("ursula", "operator", &["utrecht"]);
        desk.hire("simon", "senior", &["utrecht"]);
        desk.hire("bo", "operator", &["utrecht", "noord"]);
        let all = desk.by("bo", &["request", "show", &request]).json();
        assert_eq!((&all["accounts"][1]["username"], &all["accounts_elsewhere"]), (&"k.bos".into(), &0.into()));
        assert!(all["checks"].to_string().contains("k.bos"), "{all:#}");
        for login in ["ursula", "simon"] {
            let own = desk.by(login, &["request", "show", &request]);
            let shown = own.json();
            assert_eq!((shown["accounts"].as_array().unwrap().len(), &shown["accounts_elsewhere"]), (1, &1.into()));
            // The mail's own words stay what they are; nothing that Balie says names the other.
            let mut said = shown.clone();
            said["text"] = Value::Null;
            assert!(!said.to_string().contains("k.bos"), "{said:#}");
            assert!(own.stdout.contains("no authority over an account of another desk"), "{}", own.stdout);
            assert!(!desk.by(login, &["request", "list"]).stdout.contains("k.bos"));
            let mut page = desk.command();
            page.env("XDG_RUNTIME_DIR", desk.path(&format!("run-{login}"))).env("BALIE_OPERATOR_LOGIN", login);
            let page = Ran::new(&page.args(["request", "show", &request, "-v"]).output().unwrap()).stdout;
            let said: String = page.lines().filter(|line| !line.trim_start().starts_with('│')).collect();
            assert!(page.contains("and 1 of other desks") && !said.contains("k.bos"), "{page}");
        }
        // A senior says yes to what there is for a senior of that region.
        let approved = desk.by("simon", &["request", "approve", &request]).json();
        assert_eq!(approved["accounts"].as_array().unwrap().len(), 1);
        let named = desk.by("simon", &["request", "approve", &request, "--account", "k.bos"]);
        assert_eq!(named.error().1, "not_covered");
        assert_eq!(desk.by("ursula", &["request", "assign", &request, "--drop", "k.bos"]).error().1, "not_found");
        desk.by("ursula", &["reset", "j.jansen", "--request", &request]).json();
        let after = desk.by("ursula", &["request", "show", &request]).json();
        assert_eq!(after["next"]["command"], Value::Null, "nothing is left for her");
    }

    fn who_is_disabled_or_moved_is_out_at_once(desk: &Desk) {
        staffed(desk);
        desk.by("ursula", &["account", "show", "j.jansen"]).json();
        desk.by("fatima", &["operator", "role", "ursula", "operator", "--region", "noord"]).json();
        assert_eq!(desk.by("ursula", &["account", "show", "j.jansen"]).error().1, "not_found");
        desk.by("fatima", &["operator", "disable", "ursula"]).json();
        assert_eq!(desk.by("ursula", &["whoami"]).error().1, "session_ended");
        desk.by("fatima", &["operator", "enable", "ursula"]).json();
        // Her session is over all the same.
        assert_eq!(desk.by("ursula", &["whoami"]).error().1, "session_ended");
        // Who isn't disabled isn't thrown out.
        assert_eq!(desk.by("fatima", &["operator", "enable", "simon"]).error().1, "nothing_to_change");
        desk.by("simon", &["whoami"]).json();
    }

    fn somebody_always_looks_after_the_desk(desk: &Desk) {
        desk.close();
        for command in [
            vec!["operator", "disable", "fatima"],
            vec!["operator", "role", "fatima", "auditor"],
        ] {
            assert_eq!(desk.by("fatima", &command).error().1, "not_yourself");
        }
        desk.hire("ada", "admin", &[]);
        desk.by("ada", &["operator", "role", "fatima", "auditor"]).json();
        assert_eq!(desk.by("fatima", &["operator", "disable", "ada"]).error().1, "role_may_not");
        desk.by("ada", &["operator", "disable", "fatima"]).json();
        for (command, expected) in [
            (vec!["operator", "add", "ada", "--role", "auditor"], "operator_exists"),
            (vec!["operator", "add", "Ada B", "--role", "auditor"], "invalid_input"),
            (vec!["operator", "add", "b", "--role", "founder"], "invalid_input"),
            (vec!["operator", "add", "b", "--role", "operator"], "invalid_input"),
            (vec!["operator", "add", "b", "--role", "auditor", "--region", "utrecht"], "invalid_input"),
            (vec!["operator", "add", "b", "--role", "operator", "--region", "zeeland"], "not_found"),
            (vec!["operator", "show", "b"], "not_found"),
        ] {
            assert_eq!(desk.by("ada", &command).error().1, expected, "{command:?}");
        }
    }

    fn a_token_does_what_it_is_for_and_no_more(desk: &Desk) {
        staffed(desk);
        let file = desk.path("token");
        let path = file.display().to_string();
        let add = ["operator", "token", "add", "ursula", "--scope", "read", "--region", "utrecht", "--expires", "30d", "--out", &path];
        let made = desk.by("fatima", &add).json();
        assert_eq!(made["token"], Value::Null, "it went to the file");
        let script = |args: &[&str]| {
            let output = desk.command().env("BALIE_TOKEN_FILE", &file).args(["--format", "json"]).args(args).output();
            Ran::new(&output.unwrap())
        };
        // Made by somebody else, it sleeps until she says yes: neither the admin nor the script itself can.
        let id = made["id"].as_str().unwrap();
        assert_eq!(made["status"], "asleep");
        let accept = ["operator", "token", "accept", id];
        let asleep = script(&["account", "show", "j.jansen"]);
        let (exit, code, _) = asleep.error();
        assert_eq!((exit, code.as_str()), (4, "token_asleep"));
        assert!(asleep.stderr.contains(&accept.join(" ")), "{}", asleep.stderr);
        assert_eq!(script(&accept).error().1, "token_asleep");
        assert_eq!(desk.by("fatima", &accept).error().1, "token_not_yours");
        assert_eq!(desk.by("ursula", &accept).json()["status"], "active");
        assert_eq!(script(&accept).error().1, "role_may_not");
        assert_eq!(script(&["account", "show", "j.jansen"]).json()["username"], "j.jansen");
        assert_eq!(script(&["account", "show", "k.bos"]).error().1, "not_found");
        assert_eq!(script(&["reset", "j.jansen", "--request", "R-00000"]).error().1, "role_may_not");
        assert_eq!(script(&["operator", "token", "add", "--scope", "read"]).error().1, "role_may_not");
        let log = desk.by("olga", &["audit", "log"]).json();
        assert!(log.to_string().contains(&format!("\"token\":\"{id}\"")), "{log}");
        // Not beyond the operator's regions, and not for somebody else.
        let far = ["operator", "token", "add", "ursula", "--scope", "read", "--region", "noord"];
        assert_eq!(desk.by("fatima", &far).error().1, "out_of_region");
        let other = ["operator", "token", "add", "simon", "--scope", "read"];
        assert_eq!(desk.by("ursula", &other).error().1, "role_may_not");
        let own = desk.by("ursula", &["operator", "token", "add", "--scope", "reset"]).json();
        assert!(own["token"].as_str().unwrap().starts_with("balie_token_"));
        assert_eq!(own["status"], "active", "one's own never sleeps");
        // From standard input.
        let text = std::fs::read_to_string(&file).unwrap();
        let piped = |args: &[&str]| {
            let mut command = desk.command();
            command.env("BALIE_TOKEN_FILE", "-").args(["--format", "json"]).args(args);
            feed(command, &text)
        };
        assert_eq!(piped(&["whoami"]).error().1, "role_may_not");
        let piped = piped(&["account", "show", "j.jansen"]);
        assert_eq!(piped.json()["username"], "j.jansen");

        desk.sql("UPDATE operator_tokens SET expires_at = 1 WHERE scopes = 'read'").unwrap();
        assert_eq!(script(&["region", "list"]).error().1, "token_refused");
        desk.sql("UPDATE operator_tokens SET expires_at = 9000000000000000").unwrap();
        desk.by("fatima", &["operator", "role", "ursula", "operator", "--region", "noord"]).json();
        assert_eq!(script(&["region", "list"]).error().1, "token_refused");
        desk.by("fatima", &["operator", "role", "ursula", "operator", "--region", "utrecht"]).json();
        script(&["region", "list"]).json();
        desk.by("fatima", &["operator", "token", "revoke", id]).json();
        assert_eq!(script(&["region", "list"]).error().1, "token_refused");
        assert_eq!(desk.by("ursula", &accept).error().1, "token_refused");
    }

    fn whoever_logs_in_is_told_of_tokens_that_others_made_in_that_name(desk: &Desk) {
        desk.close();
        let uri = desk.hire("olga", "auditor", &[]);
        let made = desk.by("fatima", &["operator", "token", "add", "olga", "--scope", "read"]).json();
        let told = desk.log_in("olga", &code_of(&uri, 1));
        let accept = format!("balie operator token accept {}", made["id"].as_str().unwrap());
        assert!(told.stderr.contains("fatima") && told.stderr.contains(&accept), "{}", told.stderr);
        assert_eq!(told.exit, 0);
    }

    fn without_a_work_address_an_operator_looks_up_and_decides_nothing(desk: &Desk) {
        let request = staffed(desk);
        let case = desk.by("ursula", &["reset", "z.celik", "--break-glass", "--reason", "directeur stond aan de balie"]).json();
        let case = case["id"].as_str().unwrap();
        std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
        let rows = desk.path("rows.csv").display().to_string();
        let plan = desk.by("ursula", &["bulk", "plan", "reset", &rows, "--request", &request]).json();
        let plan = plan["id"].as_str().unwrap();
        desk.sql("UPDATE operators SET work_email = NULL").unwrap();

        desk.by("ursula", &["account", "show", "j.jansen"]).json();
        desk.by("ursula", &["request", "show", &request]).json();
        let reset = ["reset", "j.jansen", "--request", &request];
        for (login, call) in [
            ("ursula", &reset[..]),
            ("ursula", &["recovery", "reissue", "j.jansen", "--request", &request, "--deliver", "mail"]),
            ("ursula", &["bulk", "apply", plan]),
            ("simon", &["request", "approve", &request]),
            ("simon", &["bulk", "approve", plan]),
            ("simon", &["case", "complete", case]),
        ] {
            let ran = desk.by(login, call);
            let (exit, code, _) = ran.error();
            assert_eq!((exit, code.as_str()), (4, "work_email_missing"), "{call:?}: {}", ran.stderr);
            assert!(ran.stderr.contains(&format!("balie operator role {login} --work-email")), "{}", ran.stderr);
        }
        assert!(desk.by("olga", &["audit", "log"]).stdout.contains("work_email_missing"));
        // An admin puts one on file, for others; role and regions stay.
        let own = ["operator", "role", "ursula", "--work-email", "ursula@otservicedesk.nl"];
        assert_eq!(desk.by("ursula", &own).error().1, "role_may_not");
        assert_eq!(desk.by("fatima", &["operator", "role", "ursula"]).exit, 2);
        let card = desk.by("fatima", &own).json();
        assert_eq!((card["role"].as_str(), card["regions"][0].as_str()), (Some("operator"), Some("utrecht")));
        assert_eq!(card["work_email"], "ursula@otservicedesk.nl");
        let done = desk.by("ursula", &reset).json();
        let receipt = done["results"][0]["receipt"].as_str().unwrap();
        assert_eq!(desk.by("simon", &["undo", receipt, "--yes"]).error().1, "work_email_missing");
        // An address is one operator's alone, and never one that anybody can have: rule 2 goes by it.
        for address in ["ursula@otservicedesk.nl", "simon@gmail.com"] {
            let ran = desk.by("fatima", &["operator", "role", "simon", "--work-email", address]);
            assert_eq!(ran.error().1, "invalid_input", "{address}: {}", ran.stderr);
            let new = ["operator", "add", "sven", "--role", "senior", "--region", "utrecht", "--work-email", address];
            let ran = desk.by("fatima", &new);
            assert_eq!(ran.error().1, "invalid_input", "{address}: {}", ran.stderr);
        }
        desk.by("fatima", &["operator", "role", "simon", "--work-email", "simon@otservicedesk.nl"]).json();
        assert_eq!(desk.by("simon", &["undo", receipt, "--yes"]).json()["second_factor"], "active");
    }

    fn a_harvest_stops_and_is_seen(desk: &Desk) {
        staffed(desk);
        let look = |times: usize| {
            (0..times).map(|_| {
                let mut command = desk.command_of("ursula");
                command.env("BALIE_POLICY_LOOKUPS_PER_MINUTE", "3").args(["account", "show", "j.jansen"]);
                code(&Ran::new(&command.output().unwrap()))
            }).collect::<Vec<_>>()
        };
        assert_eq!(look(4), ["ok", "ok", "ok", "too_many_lookups"]);
        let log = desk.by("olga", &["audit", "log"]).json().to_string();
        assert!(log.contains("limit.reached"), "{log}");
    }

    fn an_admin_who_resets_a_password_ends_authenticator_and_sessions(desk: &Desk) {
        staffed(desk);
        let uri = desk.hire("otto", "auditor", &[]);
        desk.by("fatima", &["operator", "reset-password", "otto"]).json();
        assert_eq!(desk.by("otto", &["whoami"]).error().1, "session_ended");
        assert_eq!(desk.log_in("otto", &code_of(&uri, 1)).error().1, "login_refused");
    }

    fn an_authenticator_goes_along_with_a_new_key(desk: &Desk) {
        let uri = desk.close();
        let rotated = desk.by("fatima", &["key", "rotate"]);
        assert_eq!(rotated.exit, 0, "{}{}", rotated.stdout, rotated.stderr);
        let status = desk.by("fatima", &["key", "status"]).json();
        let keys = status["keys"].as_array().unwrap();
        let under: Vec<_> = keys.iter().map(|key| key["operators"].as_i64().or(key["sealed"]["operators"].as_i64())).collect();
        assert_eq!(under, [Some(0), Some(1)], "{status:#}");
        desk.log_in("fatima", &code_of(&uri, 1)).json();
    }

    fn a_token_for_bulk_plans_and_applies_and_does_nothing_else(desk: &Desk) {
        let request = staffed(desk);
        let file = desk.path("token");
        let path = file.display().to_string();
        let made = desk.by("ursula", &["operator", "token", "add", "--scope", "bulk:reset", "--out", &path]).json();
        std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
        let rows = desk.path("rows.csv").display().to_string();
        let script = |args: &[&str]| {
            let output = desk.command().env("BALIE_TOKEN_FILE", &file).args(["--format", "json"]).args(args).output();
            Ran::new(&output.unwrap())
        };
        let plan = script(&["bulk", "plan", "reset", &rows, "--request", &request]).json();
        assert_eq!(plan["ready"], 1, "{plan:#}");
        assert_eq!(script(&["reset", "j.jansen", "--request", &request]).error().1, "role_may_not");
        assert_eq!(script(&["account", "show", "j.jansen"]).error().1, "role_may_not");
        let applied = script(&["bulk", "apply", plan["id"].as_str().unwrap()]);
        assert_eq!(applied.exit, 0, "{}{}", applied.stdout, applied.stderr);
        // Who looks a reset up sees that a script did it, and which.
        let log = desk.by("olga", &["audit", "log", "--action", "reset"]).json();
        assert_eq!(log["events"][0]["detail"]["token"], made["id"], "{log:#}");
        // A plan of recovery codes is another matter, to make and to carry out.
        let codes = ["bulk", "plan", "reissue", &rows, "--request", &request];
        assert_eq!(script(&codes).error().1, "role_may_not");
        desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL").unwrap();
        desk.sql("UPDATE operator_tokens SET scopes = 'bulk:reissue'").unwrap();
        let plan = script(&codes).json();
        assert_eq!(plan["ready"], 1, "{plan:#}");
        assert_eq!(script(&["bulk", "plan", "reset", &rows, "--request", &request]).error().1, "role_may_not");
        desk.sql("UPDATE operator_tokens SET scopes = 'bulk:reset'").unwrap();
        let apply = ["bulk", "apply", plan["id"].as_str().unwrap(), "-n"];
        assert_eq!(script(&apply).error().1, "role_may_not");
        desk.sql("UPDATE operator_tokens SET scopes = 'bulk:reissue'").unwrap();
        let log = desk.count("events WHERE action = 'access.refused'");
        let applied = script(&apply);
        assert!(applied.exit == 0 || applied.error().1 == "four_eyes_required", "{}", applied.stderr);
        assert_eq!(desk.count("events WHERE action = 'access.refused'"), log);
    }
}
