//! The schemas: one for each document, whole, and with the value sets of the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use balie::desk::Health;
use balie::domain::account::enrollment_window::Reminder;
use balie::domain::account::shared_login::SharedSign;
use balie::domain::account::{AccountStatus, Enrollment, SecondFactor};
use balie::domain::bulk::plan::RowState;
use balie::domain::bulk::work::PlanAction;
use balie::domain::directory::capacity::Capacity;
use balie::domain::directory::organisation::OrganisationKind;
use balie::domain::log::enrollments::{Finding, GroupBy};
use balie::domain::log::event::Action;
use balie::domain::operator::Role;
use balie::domain::operator::scope::Scope;
use balie::domain::refusal::Refusal;
use balie::domain::request::judge::{Condition, Mender};
use balie::domain::request::verdict::{CheckName, CheckResult, Verdict};
use balie::domain::reset::four_eyes::ReasonCode;
use balie::domain::second_factor::delivery::Delivery;
use balie::domain::second_factor::{Outcome, Why};
use balie::domain::timestamp::Timestamp;
use boon::Schemas;
use serde_json::{Value, json};

use crate::support::schema::{compile, holds, of};

/// What a hash or a seal begins with, and the name of no document that anybody gets to see.
const LABELS: &[&str] = &[
    "account-state",
    "challenge-code",
    "check",
    "check-of-halves",
    "detail",
    "genesis",
    "mail",
    "record",
    "row",
    "rows",
    "same_mail",
    "seal-to-half",
    "session-token",
    "totp",
];
/// Documents that don't name themselves: the object on standard error, and a line of an export.
const NAMELESS: &[&str] = &["error", "event"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn nouns() -> BTreeSet<String> {
    let files = fs::read_dir(root().join("schemas")).unwrap();
    let noun = |path: std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    files.map(|file| noun(file.unwrap().path())).collect()
}

fn source(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&source(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    all
}

/// The nouns of `"balie.NOUN/N"` in the source; all are of version 1 so far.
fn named_in(source: &str) -> BTreeSet<String> {
    let texts = source.split("\"balie.").skip(1);
    texts
        .filter_map(|text| {
            let (noun, version) = text.split('"').next()?.split_once('/')?;
            if !version.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            assert_eq!(
                version, "1",
                "{noun}: a second version needs a file of its own"
            );
            Some(noun.to_owned())
        })
        .collect()
}

#[test]
fn every_document_has_a_schema_and_every_schema_a_document() {
    let mut shown = named_in(&source(&root().join("src/cli")));
    shown.extend(NAMELESS.iter().map(|noun| (*noun).to_owned()));
    assert_eq!(shown, nouns());
    let unseen = named_in(&source(&root().join("src")));
    let unseen: Vec<_> = unseen.difference(&shown).map(String::as_str).collect();
    assert_eq!(unseen, LABELS);
}

#[test]
fn every_schema_is_whole() {
    for noun in nouns() {
        let name = format!("balie.{noun}/1");
        let schema = of(&name);
        compile(&mut Schemas::new(), &noun, &schema);
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(schema["title"], name);
        assert!(!schema["description"].as_str().unwrap().is_empty());
        if !NAMELESS.contains(&noun.as_str()) {
            assert_eq!(schema["properties"]["schema"]["const"], name);
            assert!(
                schema["required"]
                    .as_array()
                    .unwrap()
                    .contains(&json!("schema"))
            );
        }
        told(&noun, &schema);
        let text = fs::read_to_string(root().join(format!("schemas/{noun}.json"))).unwrap();
        assert!(text.is_ascii() && text.ends_with("}\n"), "{noun}");
    }
}

/// Each field is described, and each object says what it must have and that more may come.
fn told(path: &str, schema: &Value) {
    if let Some(properties) = schema["properties"].as_object() {
        assert_eq!(schema["additionalProperties"], true, "{path}");
        for name in schema["required"].as_array().unwrap() {
            assert!(
                properties.contains_key(name.as_str().unwrap()),
                "{path}: {name}"
            );
        }
        for (name, property) in properties {
            let path = format!("{path}.{name}");
            let description = property["description"].as_str().unwrap_or_default();
            assert!(!description.is_empty(), "{path} isn't described");
            if property["format"] == "date-time" {
                assert!(
                    property["pattern"] == "Z$" && description.contains("UTC"),
                    "{path}"
                );
            }
            told(&path, property);
        }
    }
    told_below(path, schema);
}

fn told_below(path: &str, schema: &Value) {
    for key in ["items", "anyOf", "$defs"] {
        match &schema[key] {
            Value::Array(choices) => choices.iter().for_each(|choice| told(path, choice)),
            Value::Object(_) if key == "$defs" => {
                for (name, below) in schema[key].as_object().unwrap() {
                    told(&format!("{path}#{name}"), below);
                }
            }
            below @ Value::Object(_) => told(path, below),
            _ => {}
        }
    }
}

/// The values of a field, named by the fields on the way; null is no value.
fn values(noun: &str, way: &str) -> Vec<String> {
    let schema = of(&format!("balie.{noun}/1"));
    let mut at = &schema;
    for name in way.split('.') {
        at = &at["properties"][name];
        if at["items"].is_object() {
            at = &at["items"];
        }
        if at["$ref"] == "#/$defs/row" {
            at = &schema["$defs"]["row"];
        }
    }
    let values = at["enum"]
        .as_array()
        .unwrap_or_else(|| panic!("{noun} {way}: {at}"));
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Every value of an enum of the code.
macro_rules! all {
    ($kind:ty) => {
        <$kind>::ALL
            .iter()
            .map(|value| value.as_str())
            .collect::<Vec<_>>()
    };
}

#[test]
fn closed_sets_are_those_of_the_code() {
    let factor = || {
        let (enroll_by, last_used_at) = (None, None);
        let enrolled_at = Timestamp::from_seconds(0);
        [
            Enrollment::None { enroll_by },
            Enrollment::Pending { enroll_by },
            Enrollment::Active {
                enrolled_at,
                last_used_at,
            },
            Enrollment::Locked {
                enrolled_at,
                last_used_at,
            },
        ]
        .map(|enrollment| SecondFactor::from(enrollment).state)
    };
    let health = || [Health::Ok, Health::Warn, Health::Fail].map(Health::as_str);
    for (noun, way, code) in [
        ("account", "status", all!(AccountStatus)),
        ("account", "second_factor.state", factor().to_vec()),
        ("account", "shared_signs", all!(SharedSign)),
        ("account_status", "status", all!(AccountStatus)),
        ("apply", "action", all!(PlanAction)),
        ("apply", "results.outcome", all!(RowState)),
        ("approval", "accounts.reasons", all!(ReasonCode)),
        ("audit_enrollments", "by", all!(GroupBy)),
        ("audit_enrollments", "findings.name", all!(Finding)),
        ("audit_mail", "rows.missing.condition", all!(Condition)),
        ("audit_mail", "rows.missing.who", all!(Mender)),
        ("doctor", "checks.result", health().to_vec()),
        ("doctor", "result", health().to_vec()),
        ("error", "error.reasons", all!(ReasonCode)),
        ("event", "action", all!(Action)),
        ("finding", "finding", all!(Finding)),
        ("found", "accounts.status", all!(AccountStatus)),
        ("history", "events.action", all!(Action)),
        ("log", "events.action", all!(Action)),
        ("login", "explanation.code", all!(Why)),
        ("login", "outcome", all!(Outcome)),
        ("operator", "role", all!(Role)),
        ("operators", "operators.role", all!(Role)),
        ("organisation", "kind", all!(OrganisationKind)),
        ("organisation", "requesters.capacity", all!(Capacity)),
        (
            "organisations",
            "organisations.kind",
            all!(OrganisationKind),
        ),
        ("pending", "accounts.reminded", all!(Reminder)),
        ("pending", "accounts.status", all!(AccountStatus)),
        ("plan", "action", all!(PlanAction)),
        ("plan", "results.outcome", all!(RowState)),
        ("plans", "plans.action", all!(PlanAction)),
        ("reissue", "delivery", all!(Delivery)),
        ("reminders", "reminded.reminder", all!(Reminder)),
        ("request", "checks.name", all!(CheckName)),
        ("request", "checks.result", all!(CheckResult)),
        ("request", "requester.capacity", all!(Capacity)),
        ("request", "verdict", all!(Verdict)),
        ("requesters", "requesters.capacity", all!(Capacity)),
        ("requests", "requests.verdict", all!(Verdict)),
        ("reverification", "verdict", all!(Verdict)),
        ("reset", "results.reasons", all!(ReasonCode)),
        ("session", "role", all!(Role)),
        ("shared_logins", "accounts.signs", all!(SharedSign)),
        ("token", "scopes", all!(Scope)),
        ("tokens", "tokens.scopes", all!(Scope)),
        ("whoami", "role", all!(Role)),
    ] {
        assert_eq!(values(noun, way), code, "{noun} {way}");
    }
}

#[test]
fn codes_of_errors_are_those_of_the_code() {
    let refusals = all!(Refusal);
    let with = |more: &[&'static str]| [more, &refusals].concat();
    let row = with(&["not_found", "invalid_input"]);
    let applied = with(&["not_found", "invalid_input", "held_by_colleague"]);
    let reset = with(&["not_found", "held_by_colleague"]);
    for (noun, way, code) in [
        ("apply", "results.code", applied),
        ("plan", "results.code", row.clone()),
        ("plan", "reasons.code", row),
        ("reset", "results.code", reset),
    ] {
        assert_eq!(values(noun, way), code, "{noun} {way}");
    }
    let codes = values("error", "error.code");
    let cli = source(&root().join("src/cli"));
    for code in &codes {
        let known = refusals.contains(&code.as_str()) || cli.contains(&format!("\"{code}\""));
        assert!(known, "nothing fails with {code}");
    }
    // A reader who has gone is told nothing.
    let written = cli
        .split("code: \"")
        .skip(1)
        .filter_map(|text| text.split('"').next());
    let table: String = ["mod.rs", "store.rs", "files.rs"]
        .map(|file| fs::read_to_string(root().join("src/cli/error").join(file)).unwrap())
        .concat();
    let of_table = table.lines().filter_map(|line| {
        let line = line.trim().strip_suffix(',')?;
        line.strip_prefix('"')?.strip_suffix('"')
    });
    let is_code = |text: &&str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    for code in written.chain(of_table).filter(is_code).chain(refusals) {
        assert!(
            code == "broken_pipe" || codes.iter().any(|known| known == code),
            "{code}"
        );
    }
}

#[test]
fn kinds_of_mails_are_those_that_there_is_a_text_for() {
    let texts = fs::read_dir(root().join("src/mail/templates")).unwrap();
    let kinds: BTreeSet<_> = texts
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|file| file.strip_suffix(".en.txt").map(str::to_owned))
        .collect();
    for (noun, way) in [("outbox", "mails.kind"), ("outbox_mail", "kind")] {
        assert_eq!(
            values(noun, way).into_iter().collect::<BTreeSet<_>>(),
            kinds
        );
    }
}

fn account() -> Value {
    json!({
        "schema": "balie.account_status/1",
        "username": "j.jansen",
        "status": "blocked",
        "session_epoch": 2,
        "dry_run": false,
    })
}

#[test]
fn a_document_that_is_right_holds() {
    holds("balie.account_status/1", &account());
}

#[test]
#[should_panic(expected = "session_epoch")]
fn a_field_that_is_missing_is_seen() {
    let mut document = account();
    document.as_object_mut().unwrap().remove("session_epoch");
    holds("balie.account_status/1", &document);
}

#[test]
#[should_panic(expected = "telephone")]
fn a_field_that_no_schema_tells_of_is_seen() {
    let mut document = account();
    document["telephone"] = json!("030");
    holds("balie.account_status/1", &document);
}

#[test]
#[should_panic(expected = "status")]
fn a_value_outside_its_set_is_seen() {
    let mut document = account();
    document["status"] = json!("asleep");
    holds("balie.account_status/1", &document);
}

#[test]
#[should_panic(expected = "schemas/nothing.json")]
fn a_document_without_a_schema_is_seen() {
    holds("balie.nothing/1", &json!({}));
}
