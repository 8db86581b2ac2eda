//! Eight operators at once, on the same accounts.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use crate::request::receive::receive;
use crate::support::mail::{DnsServer, Domain, jiff_now, mail_dated};
use crate::support::{Ran, on_both_databases};

const DESKS: usize = 8;
const REQUESTS: usize = 8;
const ROWS: usize = 25;

/// Usernames of schools below `board`, as the demo's directory has them.
fn accounts_below(board: &str) -> Vec<String> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/directory");
    let read = |name: &str| std::fs::read_to_string(demo.join(name)).unwrap();
    let schools: Vec<String> = read("organisations.csv")
        .lines()
        .filter(|line| line.contains(&format!(",{board},")))
        .map(|line| line.split(',').next().unwrap().to_owned())
        .collect();
    let is_teacher = |line: &&str| {
        schools
            .iter()
            .any(|school| line.contains(&format!(",teacher@{school},active")))
    };
    let accounts = read("accounts.csv");
    let usernames = accounts.lines().filter(is_teacher);
    usernames
        .map(|line| line.split(',').next().unwrap().to_owned())
        .take(REQUESTS * ROWS)
        .collect()
}

fn board_member(board: &str) -> String {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/directory/requesters.csv");
    let requesters = std::fs::read_to_string(demo).unwrap();
    let line = requesters
        .lines()
        .find(|line| line.contains(board))
        .unwrap();
    line.split(',').next().unwrap().to_owned()
}

on_both_databases! {
    fn eight_at_once_reset_two_hundred_accounts_each_exactly_once(desk: &Desk) {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/directory");
        desk.run_json(["directory", "import", demo.to_str().unwrap()]).json();
        let usernames = accounts_below("bst-000");
        assert_eq!(usernames.len(), REQUESTS * ROWS);
        let from = board_member("bst-000");
        let dns = DnsServer::start().unwrap();
        let board = Domain::publish(&dns, from.split_once('@').unwrap().1);
        let work: Vec<(String, Vec<String>)> = usernames.chunks(ROWS).enumerate().map(|(index, rows)| {
            let hours = i64::try_from(index).unwrap();
            let mail = mail_dated(&from, "utrecht@otservicedesk.nl", &format!("race{index}"), &jiff_now(hours));
            let mail = mail.replace("j.jansen", &rows.join(", "));
            let accounts: Vec<&str> = rows.iter().map(String::as_str).collect();
            let request = receive(desk, &dns, &board.sign(&mail), &accounts);
            assert_eq!(request["verdict"], "verified", "{request:#}");
            (request["id"].as_str().unwrap().to_owned(), rows.to_owned())
        }).collect();
        let work = Arc::new(work);
        let desks: Vec<_> = (0..DESKS).map(|first| {
            let work = Arc::clone(&work);
            let commands: Vec<_> = (0..REQUESTS).map(|index| {
                let (request, rows) = &work[(first + index) % REQUESTS];
                let mut command = desk.command();
                command.args(["--format", "json", "reset", "--request", request]).args(rows);
                command
            }).collect();
            thread::spawn(move || {
                commands.into_iter().map(|mut c| Ran::new(&c.output().unwrap())).collect::<Vec<_>>()
            })
        }).collect();

        let mut done = HashMap::<String, usize>::new();
        for ran in desks.into_iter().flat_map(|desk| desk.join().unwrap()) {
            let document: serde_json::Value = serde_json::from_str(&ran.stdout)
                .unwrap_or_else(|_| panic!("exit {}: {}", ran.exit, ran.stderr));
            for result in document["results"].as_array().unwrap() {
                match result["outcome"].as_str() {
                    Some("done") => *done.entry(result["username"].as_str().unwrap().into()).or_default() += 1,
                    Some("conflict") => assert_eq!(result["code"], "already_used"),
                    other => panic!("{other:?}: {result}"),
                }
            }
        }
        assert_eq!(done.len(), usernames.len());
        assert!(done.values().all(|times| *times == 1), "{done:?}");
        for username in usernames.iter().step_by(20) {
            let shown = desk.run_json(["account", "show", username]).json();
            assert_eq!(shown["session_epoch"], 1, "{username}");
        }
        let log = desk.run_json(["audit", "log", "--action", "reset", "--limit", "1000"]).json();
        assert_eq!(log["events"].as_array().unwrap().len(), usernames.len());
        desk.run_json(["audit", "verify"]).json();
    }
}
