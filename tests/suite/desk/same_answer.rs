//! One account on a request, and the same account in a list: the same facts give the same answer.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::reset::requests::{reset, verified_request};
use crate::support::in_process::Hours;
use crate::support::{Desk, on_both_databases};

/// What may speak against it, each by itself.
const FACTS: [Fact; 14] = [
    Fact::set("requests", "verdict", "'challenge'", "'verified'"),
    Fact::set("requests", "expires_at", "1", "9000000000000000"),
    Fact::set("request_accounts", "used_at", "5", "NULL"),
    Fact::set("request_accounts", "covered", "0", "1"),
    // Bound to another account than the one that is meant.
    Fact::set("request_accounts", "account_id", OTHER, HOLDER),
    Fact::set("requesters", "ended_at", "5", "NULL"),
    Fact::set("requesters", "valid_until", "5", "NULL"),
    Fact::set("requesters", "address_since", "8000000000000000", "NULL"),
    Fact::set("account_roles", "organisation_id", ELSEWHERE, SCHOOL),
    Fact::set("account_roles", "role", "'admin'", "'teacher'"),
    Fact::set("accounts", "status", "'blocked'", "'active'"),
    Fact::set(
        "accounts",
        "work_email",
        "'d.visser@beatrixschool.nl'",
        "'j.jansen@beatrixschool.nl'",
    ),
    Fact::set(
        "operators",
        "work_email",
        "'d.visser@beatrixschool.nl'",
        "NULL",
    ),
    // Reset lately: the policy says how long that is, not the database.
    Fact {
        table: "",
        column: "",
        is: "",
        is_not: "",
    },
];
const LATELY: usize = FACTS.len() - 1;
const HOLDER: &str = "(SELECT id FROM accounts WHERE username = 'j.jansen')";
const OTHER: &str = "(SELECT id FROM accounts WHERE username = 'z.celik')";
const SCHOOL: &str = "(SELECT id FROM organisations WHERE code = 'sch-beatrix')";
const ELSEWHERE: &str = "(SELECT id FROM organisations WHERE code = 'sch-kompas')";

/// A column that says one thing or the other.
struct Fact {
    table: &'static str,
    column: &'static str,
    is: &'static str,
    is_not: &'static str,
}

impl Fact {
    const fn set(
        table: &'static str,
        column: &'static str,
        is: &'static str,
        is_not: &'static str,
    ) -> Self {
        Self {
            table,
            column,
            is,
            is_not,
        }
    }

    fn put(&self, desk: &Desk, holds: bool) {
        let Self {
            table,
            column,
            is,
            is_not,
        } = self;
        let rows = match *table {
            "" => return,
            "requests" => "public_id IS NOT NULL".to_owned(),
            "request_accounts" => "request_id IS NOT NULL".to_owned(),
            "requesters" => "work_email = 'd.visser@beatrixschool.nl'".to_owned(),
            "operators" => "login = 'fatima'".to_owned(),
            "accounts" => "username = 'j.jansen'".to_owned(),
            _ => format!("account_id = {HOLDER}"),
        };
        let value = if holds { is } else { is_not };
        desk.sql(&format!(
            "UPDATE {table} SET {column} = {value} WHERE {rows}"
        ))
        .unwrap();
    }
}

/// A desk with a request for j.jansen, who was reset before, and a plan of each kind on it.
struct Story<'d> {
    desk: &'d Desk,
    hours: Hours,
    request: String,
    plans: [String; 2],
}

impl Story<'_> {
    fn run(&self, lately: bool, args: &[&str]) -> Value {
        let days = if lately { "30" } else { "0" };
        self.hours
            .run(self.desk, &[("BALIE_POLICY_REPEAT_RESET_DAYS", days)], args)
    }

    /// What both say of a reset, or of a reissue, where these facts hold.
    fn answers(&self, holds: &[bool], reissue: bool) -> [String; 2] {
        for (fact, holds) in FACTS.iter().zip(holds) {
            fact.put(self.desk, *holds);
        }
        let lately = holds[LATELY];
        let of_request = ["--request", self.request.as_str(), "-n"];
        let verb = if reissue {
            &["recovery", "reissue", "j.jansen"][..]
        } else {
            &["reset", "j.jansen"]
        };
        let single = self.run(lately, &[verb, &of_request].concat());
        let plan = self.plans[usize::from(reissue)].as_str();
        let many = self.run(lately, &["bulk", "apply", plan, "-n"]);
        [answer(&single), answer(&many)]
    }
}

/// `ok`, or the code of the refusal. A row whose account isn't as it was planned was let through by the
/// rules of a reset; that it changed is the plan's own rule.
fn answer(document: &Value) -> String {
    let codes = [&document["error"]["code"], &document["results"][0]["code"]];
    let code = codes.iter().find_map(|code| code.as_str());
    match code {
        None | Some("changed_since_plan") => "ok".to_owned(),
        Some(code) => code.to_owned(),
    }
}

fn story(desk: &Desk) -> Story<'_> {
    let request = verified_request(desk, &["j.jansen"]);
    assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
    desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL")
        .unwrap();
    let file = desk.path("one");
    fs::write(&file, "j.jansen\n").unwrap();
    let file = file.display().to_string();
    let mut story = Story {
        desk,
        hours: Hours::start(),
        request,
        plans: Default::default(),
    };
    story.plans = ["reset", "reissue"].map(|action| {
        let made = story.run(
            false,
            &["bulk", "plan", action, &file, "--request", &story.request],
        );
        assert_eq!(
            (&made["ready"], &made["needs_approval"]),
            (&1.into(), &false.into()),
            "{made:#}"
        );
        made["id"].as_str().unwrap().to_owned()
    });
    story
}

on_both_databases! {
    fn one_and_many_get_the_same_answer(desk: &Desk) {
        let story = story(desk);
        let mut seen = BTreeSet::new();
        // Nothing against it, and each thing alone: every refusal comes up.
        let alone = (0..=FACTS.len()).map(|at| std::array::from_fn::<bool, 14, _>(|fact| fact == at));
        for holds in alone {
            for reissue in [false, true] {
                let [single, many] = story.answers(&holds, reissue);
                assert_eq!(single, many, "{holds:?} {reissue}");
                seen.insert(single);
            }
        }
        let every = ["account_blocked", "already_used", "expired", "four_eyes_required", "not_authorised",
            "not_covered", "ok", "request_not_verified", "same_person"];
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), every);
        let cases = if crate::support::long() { 500 } else { 40 };
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let facts = proptest::array::uniform14(prop::bool::weighted(0.15));
        TestRunner::new(config)
            .run(&(facts, any::<bool>()), |(holds, reissue)| {
                let [single, many] = story.answers(&holds, reissue);
                // A list stops where its request is good for nobody, before it looks at a row.
                let stops = ["request_not_verified", "expired"].contains(&many.as_str());
                prop_assert!(single == many || (stops && single != "ok"), "{single}, {many}");
                Ok(())
            })
            .unwrap();
    }
}
