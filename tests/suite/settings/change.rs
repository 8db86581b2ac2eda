//! `balie settings`: a closed desk goes by its own, and an admin changes them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::request::copies::{ended, nobody_ends, start, until_waiting};
use crate::request::receive::{DESK, DIRECTOR, receive};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};

/// Where a key stands, as `login` sees it.
pub(super) fn setting(desk: &Desk, login: &str, key: &str) -> Value {
    let list = desk.by(login, &["settings", "list"]).json();
    let rows = list["settings"].as_array().unwrap();
    let row = rows.iter().find(|row| row["key"] == key);
    row.unwrap_or_else(|| panic!("{key}: {list:#}")).clone()
}

/// The details of the events of an action, the newest first.
pub(crate) fn details(desk: &Desk, auditor: &str, action: &str) -> Vec<Value> {
    let log = desk
        .by(auditor, &["audit", "log", "--action", action])
        .json();
    let events = log["events"].as_array().unwrap().iter();
    events.map(|event| event["detail"].clone()).collect()
}

fn sure<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&["--yes"], args].concat()
}

fn code(ran: &Ran) -> (i32, String) {
    let (exit, code, _) = ran.error();
    (exit, code)
}

on_both_databases! {
    fn what_an_open_desk_goes_by_is_taken_over_when_it_closes(desk: &Desk) {
        desk.configure("[policy]\nmax_age_hours = 48\n[smtp]\nurl = 'smtps://mail.example.nl'\nfrom = 'desk@example.nl'\n");
        let open = desk.run_json(["settings", "list"]).json();
        assert_eq!(open["settings"].as_array().unwrap().iter().find(|row| row["key"] == "policy.max_age_hours").unwrap()["value"], 48);
        let set = ["--yes", "settings", "set", "policy.max_age_hours", "12"];
        assert_eq!(code(&desk.run_json(set)), (2, "invalid_input".into()), "an open desk follows the config");
        desk.close();
        desk.hire("olga", "auditor", &[]);
        let taken = &details(desk, "olga", "settings.take")[0];
        assert_eq!((&taken["taken"]["policy.max_age_hours"], &taken["taken"]["smtp.url"]), (&json!(48), &json!("smtps://mail.example.nl")));
        assert_eq!((taken["hash"].as_str(), taken["taken"]["policy.undo_hours"].as_u64()), (open["hash"].as_str(), Some(24)));
        // The file may go: what was taken over stays.
        let config = desk.path(".config/balie/config.toml");
        let text = std::fs::read_to_string(&config).unwrap();
        std::fs::write(&config, text.split("[policy]").next().unwrap()).unwrap();
        let row = setting(desk, "olga", "policy.max_age_hours");
        assert_eq!((&row["value"], &row["default"], &row["changed_by"]), (&json!(48), &json!(72), &json!("fatima")));
        assert_eq!(setting(desk, "olga", "policy.undo_hours")["changed_by"], Value::Null);
        assert_eq!(desk.by("fatima", &["audit", "verify", "--state"]).exit, 0);
    }

    fn a_desk_with_a_password_in_an_address_is_not_closed(desk: &Desk) {
        desk.configure("[smtp]\nurl = 'smtps://desk:Geheim1@mail.example.nl'\nfrom = 'desk@example.nl'\n");
        let args = ["operator", "reset-password", "fatima", "--password-stdin"];
        let ran = desk.by_with("fatima", &args, "een lang wachtwoord\n");
        assert_eq!(code(&ran), (2, "invalid_input".into()));
        assert!(!ran.stderr.contains("Geheim1"), "{}", ran.stderr);
        assert_eq!(desk.run_json(["whoami"]).json()["desk"], "open");
    }

    fn an_admin_changes_them_with_a_yes_and_an_event_each(desk: &Desk) {
        desk.import_small_directory().json();
        desk.close();
        desk.hire("olga", "auditor", &[]);
        desk.hire("ursula", "operator", &["utrecht"]);
        let set = ["settings", "set", "policy.max_age_hours", "12"];
        for login in ["ursula", "olga"] {
            assert_eq!(code(&desk.by(login, &sure(&set))), (4, "role_may_not".into()), "{login}");
        }
        assert_eq!(code(&desk.by_without_yes("fatima", &set)), (2, "input_required".into()));
        let rehearsed = desk.by("fatima", &[&["--dry-run"], set.as_slice()].concat()).json();
        assert_eq!((&rehearsed["changes"][0]["new"], &rehearsed["dry_run"]), (&json!(12), &json!(true)));
        assert_eq!(setting(desk, "ursula", "policy.max_age_hours")["value"], 72);

        let changed = desk.by("fatima", &sure(&set)).json();
        assert_eq!(changed["changes"], json!([{"key": "policy.max_age_hours", "old": 72, "new": 12}]));
        let row = setting(desk, "ursula", "policy.max_age_hours");
        assert_eq!((&row["value"], &row["changed_by"]), (&json!(12), &json!("fatima")));
        let event = &details(desk, "olga", "settings.set")[0];
        assert_eq!(event["changed"]["policy.max_age_hours"], json!({"old": 72, "new": 12}));
        assert_eq!(event["hash"], changed["hash"]);
        assert_eq!(code(&desk.by("fatima", &sure(&set))).1, "nothing_to_change");
        desk.by("fatima", &sure(&["settings", "set", "policy.max_age_hours", "--default"])).json();
        assert_eq!(setting(desk, "ursula", "policy.max_age_hours")["value"], 72);

        for (args, expected) in [
            (["policy.max_age_hour", "12"], (3, "not_found")),
            (["policy.max_age_hours", "Geheim1"], (2, "invalid_input")),
            (["policy.challenge", "never"], (2, "invalid_input")),
            (["retention.log_months", "3"], (2, "invalid_input")),
            (["policy.session_hours", "0"], (2, "invalid_input")),
            (["policy.session_hours", "25"], (2, "invalid_input")),
            (["policy.max_rows", "-1"], (2, "invalid_input")),
            (["policy.issuer", "OT:Geheim1"], (2, "invalid_input")),
            (["smtp.ehlo", ""], (2, "invalid_input")),
            (["smtp.from", "Geheim1"], (2, "invalid_input")),
            (["dns.server", "Geheim1"], (2, "invalid_input")),
            (["smtp.url", "smtps://a:Geheim1@b"], (2, "invalid_input")),
            (["imap.url", "imaps://a:Geheim1@b"], (2, "invalid_input")),
            (["imap.after", "delete"], (2, "invalid_input")),
            (["keys.command", "id"], (3, "not_found")),
        ] {
            let ran = desk.by("fatima", &sure(&[&["settings", "set"], args.as_slice()].concat()));
            assert_eq!(code(&ran), (expected.0, expected.1.to_owned()), "{args:?}");
            assert!(args[0] == "dns.server" || !ran.stderr.contains("Geheim1"), "{}", ran.stderr);
        }
        assert_eq!(details(desk, "olga", "settings.set").len(), 2, "what is refused isn't kept");
        assert_eq!(desk.by("fatima", &["audit", "verify", "--state"]).exit, 0);
    }

    fn of_two_who_change_settings_at_once_the_second_waits_and_neither_is_lost(desk: &Desk) {
        desk.close();
        desk.hire("anna", "admin", &[]);
        let both_set = |changes: [(&str, &str); 2]| {
            let held = nobody_ends(desk);
            let [first, second] = [("fatima", changes[0]), ("anna", changes[1])].map(|(login, (key, value))| {
                start(desk.command_of(login).args(["--yes", "settings", "set", key, value]))
            });
            until_waiting(desk, 2);
            drop(held);
            [ended(first), ended(second)]
        };
        // What the first left is what the second replaces.
        let changed = both_set([("policy.undo_hours", "6"), ("policy.undo_hours", "7")]);
        let steps: BTreeSet<_> = changed.iter().map(|one| (one["changes"][0]["old"].as_u64(), one["changes"][0]["new"].as_u64())).collect();
        let either = |first, second| BTreeSet::from([(Some(24), Some(first)), (Some(first), Some(second))]);
        assert!(steps == either(6, 7) || steps == either(7, 6), "{steps:?}");
        // And its hash is of both.
        let changed = both_set([("policy.undo_hours", "5"), ("policy.max_age_hours", "12")]);
        assert_eq!(setting(desk, "fatima", "policy.undo_hours")["value"], 5);
        assert_eq!(setting(desk, "fatima", "policy.max_age_hours")["value"], 12);
        let now = desk.by("fatima", &["settings", "list"]).json()["hash"].clone();
        assert!(changed.iter().any(|one| one["hash"] == now), "one of them reports what holds: {changed:#?}");
        assert_eq!(desk.by("fatima", &["audit", "verify", "--state"]).exit, 0);
    }

    fn a_file_of_settings_is_taken_as_a_whole_or_not_at_all(desk: &Desk) {
        desk.close();
        let file = desk.path("desk.toml");
        let import = |text: &str| {
            std::fs::write(&file, text).unwrap();
            desk.by("fatima", &["--yes", "settings", "import", file.to_str().unwrap()])
        };
        let some = "[database]\nurl = 'elsewhere.db'\n[policy]\nfour_eyes_rows = 5\nprivileged_roles = ['ict']\n";
        let taken = import(some).json();
        assert_eq!(taken["changes"].as_array().unwrap().len(), 2, "{taken:#}");
        assert_eq!(setting(desk, "fatima", "policy.privileged_roles")["value"], json!(["ict"]));
        let wrong = import("[policy]\nundo_hours = 1\n[smtp]\nurl = 'smtps://a:Geheim1@b'\n");
        assert_eq!(code(&wrong).1, "invalid_input");
        assert!(!wrong.stderr.contains("Geheim1"), "{}", wrong.stderr);
        assert_eq!(setting(desk, "fatima", "policy.undo_hours")["value"], 24);
        for text in ["[keys]\nfile = 'x'\n", "[policy]\nnope = 1\n", "geheim = [1\n", "[policy]\nmax_rows = -1\n", "[policy]\nsession_hours = 0\n", "[smtp]\nfrom = 'desk'\n"] {
            assert_eq!(code(&import(text)), (2, "invalid_input".into()), "{text}");
        }
        let piped = desk.by_with("fatima", &["--yes", "settings", "import", "-"], "[policy]\nundo_hours = 12\n");
        assert_eq!(piped.json()["changes"][0]["new"], 12);
    }

    fn verdicts_and_resets_say_what_they_were_judged_by(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let request = receive(desk, &dns, &school.sign(&mail(DIRECTOR, DESK, "1")), &["j.jansen"]);
        assert_eq!(request["verdict"], "verified", "{request:#}");
        let id = request["id"].as_str().unwrap();
        desk.run_json(["reset", "j.jansen", "--request", id]).json();
        let hash = |action: &str| {
            let log = desk.run_json(["audit", "log", "--action", action]).json();
            log["events"][0]["detail"]["settings"].as_str().unwrap_or_default().to_owned()
        };
        let now = desk.run_json(["settings", "list"]).json()["hash"].as_str().unwrap().to_owned();
        assert_eq!((hash("request.receive").len(), hash("reset")), (64, now.clone()));
        assert_ne!(hash("request.receive"), now, "the resolver was the caller's then");
        let evidence = desk.pairs("SELECT public_id, evidence FROM requests");
        let evidence: Value = serde_json::from_str(&evidence[0].1).unwrap();
        assert_eq!(evidence["resolver"], dns.address);
    }
}
