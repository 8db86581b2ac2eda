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
/// Hours for which a request can be used, unless configured.
const USABLE: u32 = 48;

type Told = Result<(), TestCaseError>;

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

/// A desk, and what should have become of it.
struct Story<'d> {
    desk: &'d Desk,
    dns: DnsServer,
    hours: Hours,
    asked: Vec<Asked>,
    done: [u64; 4],
    epochs_before: [u64; 4],
}

impl Story<'_> {
    fn run(&self, args: &[&str]) -> Value {
        let server = [("BALIE_DNS_SERVER", self.dns.address.as_str())];
        self.hours.run(self.desk, &server, args)
    }

    fn mail(&mut self, sender: usize, accounts: [bool; 4], signed: bool) -> Told {
        let (from, authority) = SENDERS[sender];
        let domain = Domain::publish(&self.dns, from.split_once('@').unwrap().1);
        let now = self.hours.now();
        let id = format!("{}-{}", now.as_micros(), self.asked.len());
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_string(&now.as_jiff())
            .unwrap();
        let mail = mail_dated(from, "utrecht@otservicedesk.nl", &id, &date)
            .replace("\r\n\r\n", &format!("\r\n\r\n{id}\r\n"));
        let mail = if signed { domain.sign(&mail) } else { mail };
        let file = self.desk.path("mail.eml");
        std::fs::write(&file, mail).unwrap();
        let file = file.display().to_string();
        let mut args = vec!["request", "receive", file.as_str()];
        for (name, _) in ACCOUNTS.iter().zip(accounts).filter(|(_, named)| *named) {
            args.extend(["--account", name]);
        }
        let request = self.run(&args);
        let good = request["verdict"] == "verified";
        self.asked.push(Asked {
            id: request["id"].as_str().unwrap().to_owned(),
            good,
            covers: std::array::from_fn(|at| accounts[at] && authority[at]),
            used: [false; 4],
            age: 0,
        });
        // Unsigned, or from somebody whose time is over: never.
        prop_assert!(!good || (signed && sender < 2), "{request:#}");
        Ok(())
    }

    fn reset(&mut self, account: usize, back: usize) -> Told {
        let Some(at) = self.asked.len().checked_sub(1 + back) else {
            return Ok(());
        };
        let id = self.asked[at].id.clone();
        let answer = self.run(&["reset", ACCOUNTS[account], "--request", &id]);
        let request = &mut self.asked[at];
        let may = request.good
            && request.covers[account]
            && !request.used[account]
            && request.age < USABLE;
        let was_done = answer["results"][0]["outcome"] == "done";
        // A rule may refuse more than this model knows of (a second reset in a month, a privileged
        // role), never less.
        prop_assert!(may || !was_done, "{answer:#}");
        let plain = ["j.jansen", "z.celik"].contains(&ACCOUNTS[account]);
        if may && plain && !was_done {
            // A second reset within thirty days needs a second operator, in whichever story the first was.
            prop_assert!(
                self.epochs_before[account] + self.done[account] > 0,
                "{answer:#}"
            );
            prop_assert_eq!(&answer["results"][0]["code"], "four_eyes_required");
        }
        if was_done {
            request.used[account] = true;
            self.done[account] += 1;
        }
        Ok(())
    }

    fn pass(&mut self, hours: u32) {
        self.hours.pass(hours);
        for request in &mut self.asked {
            request.age += hours;
        }
    }

    fn ends_well(&self) -> Told {
        for (at, account) in ACCOUNTS.iter().enumerate() {
            let epoch = epoch(&self.run(&["account", "show", account]));
            prop_assert_eq!(epoch - self.epochs_before[at], self.done[at], "{}", account);
            let history = self.run(&["account", "history", account, "--limit", "1000"]);
            let events = history["events"].as_array().unwrap();
            let resets = events.iter().filter(|e| e["action"] == "reset").count();
            prop_assert_eq!(resets as u64, epoch, "{}: one event a reset", account);
        }
        for request in &self.asked {
            let shown = self.run(&["request", "show", &request.id]);
            for bound in shown["accounts"].as_array().unwrap() {
                let at = ACCOUNTS.iter().position(|name| bound["username"] == *name);
                prop_assert_eq!(bound["used_at"].is_string(), request.used[at.unwrap()]);
            }
        }
        let verified = self.run(&["audit", "verify"]);
        prop_assert!(verified["events"].is_i64(), "{verified:#}");
        Ok(())
    }
}

fn play(desk: &Desk, steps: &[Step]) -> Told {
    let mut story = Story {
        desk,
        dns: DnsServer::start().unwrap(),
        hours: Hours::start(),
        asked: Vec::new(),
        done: [0; 4],
        epochs_before: [0; 4],
    };
    story.epochs_before = ACCOUNTS.map(|account| epoch(&story.run(&["account", "show", account])));
    for step in steps {
        match *step {
            Step::Pass { hours } => story.pass(hours),
            Step::Mail {
                sender,
                accounts,
                signed,
            } => story.mail(sender, accounts, signed)?,
            Step::Reset { account, back } => story.reset(account, back)?,
        }
    }
    story.ends_well()
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
