use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::reset::requests::{reset, verified_request};
use crate::support::{Desk, on_both_databases};

fn actions(desk: &Desk, args: &[&str]) -> Vec<String> {
    let log = desk.run_json([&["audit", "log"], args].concat()).json();
    let events = log["events"].as_array().unwrap().iter();
    events
        .map(|event| event["action"].as_str().unwrap().to_owned())
        .collect()
}

on_both_databases! {
    fn the_log_is_read_newest_first(desk: &Desk) {
        desk.run_json(["region", "list"]).json();
        assert_eq!(actions(desk, &[]), ["region.read", "desk.init"]);
        assert_eq!(actions(desk, &["--limit", "1"]), ["audit.log"]);
    }

    fn each_filter_lets_through_what_it_names(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        desk.run_json(["account", "show", "z.celik"]).json();
        assert_eq!(actions(desk, &["--account", "z.celik"]), ["account.show"]);
        assert_eq!(actions(desk, &["--action", "reset"]), ["reset"]);
        assert!(actions(desk, &["--request", &request]).contains(&"request.receive".to_owned()));
        assert!(actions(desk, &["--operator", "nobody"]).is_empty());
        assert_eq!(actions(desk, &["--operator", "fatima", "--action", "reset", "--since", "1h"]), ["reset"]);
        assert!(actions(desk, &["--until", "2020-01-01"]).is_empty());
        assert!(actions(desk, &["--since", "2999-01-01"]).is_empty());
        let told = desk.run_json(["audit", "log", "--action", "audit.log", "--limit", "1"]).json();
        assert_eq!(told["events"][0]["detail"]["filter"]["since"], "2999-01-01T00:00:00Z");
        for args in [["--action", "rest"], ["--since", "yesterday"], ["--account", "NO SUCH"]] {
            let (exit, code, _) = desk.run_json([&["audit", "log"], args.as_slice()].concat()).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{args:?}");
        }
        assert_eq!(desk.run_json(["audit", "log", "--account", "nobody"]).error().0, 3);
    }

    fn a_follower_sees_events_as_they_come_until_it_is_interrupted(desk: &Desk) {
        let mut following = desk
            .command()
            .args(["--format", "ndjson", "audit", "log", "--follow", "--action", "region.read"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
        for expected in 0..2 {
            // What was there is shown first, what comes follows: either way it's seen once.
            desk.run_json(["region", "list"]).json();
            let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
            assert_eq!(line["action"], "region.read", "{expected}");
        }
        let pid = following.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let ended = following.wait().unwrap();
        assert_eq!(ended.code(), Some(130));
        let (exit, _, _) = desk.run_json(["audit", "log", "--follow"]).error();
        assert_eq!(exit, 2, "one document has an end");
    }

    fn a_copy_is_whole_and_names_itself_last(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        let export = |shape: &str| {
            let ran = desk.run(["audit", "export", "--as", shape]);
            assert_eq!(ran.exit, 0, "{}", ran.stderr);
            ran.stdout
        };
        let lines: Vec<Value> = export("ndjson").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines[0]["action"], "desk.init");
        assert_eq!(lines.last().unwrap()["action"], "audit.export");
        assert_eq!(lines.last().unwrap()["seq"], lines.len().to_string());
        let ocsf = export("ocsf");
        let resets: Vec<Value> = ocsf.lines().map(|l| serde_json::from_str(l).unwrap())
            .filter(|line: &Value| line["metadata"]["event_code"] == "reset").collect();
        let reset = &resets[0];
        assert_eq!((&reset["class_uid"], &reset["type_uid"]), (&3001.into(), &300_111.into()));
        assert_eq!((&reset["user"]["name"], &reset["actor"]["user"]["name"]), (&"j.jansen".into(), &"fatima".into()));
        let cef = export("cef");
        let line = cef.lines().find(|line| line.contains("|reset|")).unwrap();
        assert!(line.starts_with("CEF:0|Balie|Balie|"), "{line}");
        assert!(line.contains(" suser=fatima duser=j.jansen ") && line.contains(&format!(" cs1={request} ")), "{line}");
        let filtered = desk.run(["audit", "export", "--account", "j.jansen", "--action", "reset"]);
        assert_eq!(filtered.stdout.lines().count(), 1);
    }

    fn a_copy_goes_on_where_the_last_one_ended(desk: &Desk) {
        desk.import_small_directory().json();
        let export = |after: &str| {
            let ran = desk.run(["audit", "export", "--after", after]);
            assert_eq!(ran.exit, 0, "{}", ran.stderr);
            let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            lines.map(|line| line["seq"].as_str().unwrap().parse::<u64>().unwrap()).collect::<Vec<_>>()
        };
        let mut have = export("0");
        for round in 0..3 {
            for _ in 0..round {
                desk.run_json(["find", "jansen"]).json();
            }
            have.extend(export(&have.last().unwrap().to_string()));
        }
        // No line twice, none lost; and a look in vain is no event.
        assert_eq!(have, (1..=u64::try_from(have.len()).unwrap()).collect::<Vec<_>>());
        let head = desk.count("events");
        assert_eq!(i64::try_from(have.len()).unwrap(), head);
        assert!(export(&head.to_string()).is_empty());
        assert_eq!(desk.count("events"), head);
        let cut = desk.run_json(["audit", "export", "--after", "9999"]).error();
        assert_eq!((cut.0, cut.1.as_str()), (2, "invalid_input"), "{}", cut.2);
    }

    fn a_copy_is_followed_in_every_shape(desk: &Desk) {
        desk.import_small_directory().json();
        for (shape, mark) in [("cef", "CEF:0|Balie|"), ("ocsf", "class_uid"), ("ndjson", "\"seq\"")] {
            let mut command = desk.command();
            command.args(["audit", "export", "--follow", "--as", shape, "--action", "account.find"]);
            let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
            let before = desk.count("events");
            while desk.count("events") == before {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            desk.run_json(["find", "jansen"]).json();
            let mut line = String::new();
            let mut lines = BufReader::new(child.stdout.take().unwrap());
            lines.read_line(&mut line).unwrap();
            assert!(line.contains(mark), "{shape}: {line}");
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}
