//! Whatever is typed in whatever order, the rules of the desk hold.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::support::in_process::Hours;
use crate::support::mail::{DnsServer, Domain, mail_dated};
use crate::support::{Desk, on_both_databases};

const ACCOUNTS: [&str; 4] = ["j.jansen", "z.celik", "d.visser", "k.bos"];
/// Who of [`ACCOUNTS`] each sender has authority over: a director of one school, a board member of it
/// and of the board itself, and a director whose time is over.
const SENDERS: [(&str, [bool; 4]); 3] = [
    ("d.visser@beatrixschool.nl", [true, true, false, false]),
    ("bestuur@devecht.nl", [true, true, true, false]),
    ("k.oud@hetkompas.nl", [false; 4]),
];
const WINDOW: u32 = 48;

#[derive(Clone, Debug)]
enum Step {
    /// A mail of this sender for the accounts of the mask, signed or not.
    Mail {
        sender: usize,
        accounts: [bool; 4],
        signed: bool,
    },
    /// A reset of one account on the request that came in so many mails ago.
    Reset { account: usize, back: usize },
    /// Time goes by.
    Pass { hours: u32 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..SENDERS.len(), any::<[bool; 4]>(), prop::bool::weighted(0.8))
            .prop_map(|(sender, accounts, signed)| Step::Mail { sender, accounts, signed }),
        5 => (0..ACCOUNTS.len(), 0_usize..3).prop_map(|(account, back)| Step::Reset { account, back }),
        1 => (1_u32..30).prop_map(|hours| Step::Pass { hours }),
    ]
}

/// A request as the model knows it.
struct Asked {
    id: String,
    good: bool,
    covers: [bool; 4],
    used: [bool; 4],
    age: u32,
}

fn play(desk: &Desk, steps: &[Step]) -> Result<(), TestCaseError> {
    let dns = DnsServer::start().unwrap();
    let hours = Hours::start();
    let server = [("BALIE_DNS_SERVER", dns.address.as_str())];
    let run = |args: &[&str]| hours.run(desk, &server, args);
    let mut asked: Vec<Asked> = Vec::new();
    let mut done = [0_u64; 4];
    let epochs_before = ACCOUNTS.map(|account| epoch(&run(&["account", "show", account])));
    for (index, step) in steps.iter().enumerate() {
        match step {
            Step::Pass { hours: passed } => {
                hours.pass(*passed);
                for request in &mut asked {
                    request.age += passed;
                }
            }
            Step::Mail {
                sender,
                accounts,
                signed,
            } => {
                let (from, authority) = SENDERS[*sender];
                let domain = Domain::publish(&dns, from.split_once('@').unwrap().1);
                let id = format!("{}-{index}", hours.now().as_micros());
                let date = jiff::fmt::rfc2822::DateTimePrinter::new()
                    .timestamp_to_string(&hours.now().as_jiff())
                    .unwrap();
                let mail = mail_dated(from, "utrecht@otservicedesk.nl", &id, &date)
                    .replace("\r\n\r\n", &format!("\r\n\r\n{id}\r\n"));
                let mail = if *signed { domain.sign(&mail) } else { mail };
                let file = desk.path(&format!("{index}.eml"));
                std::fs::write(&file, mail).unwrap();
                let file = file.display().to_string();
                let mut args = vec!["request", "receive", file.as_str()];
                for (name, _) in ACCOUNTS.iter().zip(accounts).filter(|(_, named)| **named) {
                    args.extend(["--account", name]);
                }
                let request = run(&args);
                let covers = std::array::from_fn(|at| accounts[at] && authority[at]);
                asked.push(Asked {
                    id: request["id"].as_str().unwrap().to_owned(),
                    good: request["verdict"] == "verified",
                    covers,
                    used: [false; 4],
                    age: 0,
                });
                prop_assert!(*signed || request["verdict"] != "verified", "{request:#}");
                prop_assert!(
                    *sender < 2 || request["verdict"] != "verified",
                    "{request:#}"
                );
            }
            Step::Reset { account, back } => {
                let Some(at) = asked.len().checked_sub(1 + back) else {
                    continue;
                };
                let request = &mut asked[at];
                let answer = run(&["reset", ACCOUNTS[*account], "--request", &request.id]);
                let outcome = &answer["results"][0];
                let may = request.good
                    && request.covers[*account]
                    && !request.used[*account]
                    && request.age < WINDOW;
                // A rule may refuse more than this model knows of, never less.
                let was_done = outcome["outcome"] == "done";
                prop_assert!(may || !was_done, "{step:?}: {answer:#}");
                if may
                    && done[*account] == 0
                    && !["d.visser", "k.bos"].contains(&ACCOUNTS[*account])
                {
                    prop_assert!(was_done, "{step:?}: {answer:#}");
                }
                if was_done {
                    request.used[*account] = true;
                    done[*account] += 1;
                }
            }
        }
    }
    for (at, account) in ACCOUNTS.iter().enumerate() {
        let shown = run(&["account", "show", account]);
        prop_assert_eq!(epoch(&shown) - epochs_before[at], done[at], "{}", account);
        let history = run(&["account", "history", account, "--limit", "1000"]);
        let resets = history["events"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|e| e["action"] == "reset");
        prop_assert_eq!(
            resets.count() as u64,
            epoch(&shown),
            "{}: one event a reset",
            account
        );
    }
    for request in &asked {
        let shown = run(&["request", "show", &request.id]);
        for bound in shown["accounts"].as_array().unwrap() {
            let at = ACCOUNTS
                .iter()
                .position(|name| bound["username"] == *name)
                .unwrap();
            prop_assert_eq!(bound["used_at"].is_string(), request.used[at]);
        }
    }
    let verified = run(&["audit", "verify"]);
    prop_assert!(verified["events"].is_i64(), "{verified:#}");
    Ok(())
}

fn epoch(account: &Value) -> u64 {
    account["session_epoch"].as_u64().unwrap()
}

on_both_databases! {
    fn no_sequence_of_commands_breaks_a_rule(desk: &Desk) {
        desk.import_small_directory().json();
        let cases = if crate::support::long() { 200 } else { 8 };
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        TestRunner::new(config)
            .run(&prop::collection::vec(step(), 4..16), |steps| play(desk, &steps))
            .unwrap();
    }
}
