//! Every column that operators' own logins may write, beside every line of the log that covers anything: what goes
//! through is decided.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use balie::domain::log::event::Action;
use balie::domain::operator::Role;

use super::decisions::{DECISIONS, decided, may_without_event};
use super::forgeries::{at_work, told};
use super::grants::{catalogue, other, psql as script};
use super::lines::line;
use crate::support::Desk;

/// What a line is enough for, with the values that are tried here: what it's about. Everything else takes more than a
/// line (see the test above), or is refused.
const ENOUGH: &[(&str, &str, &str)] = &[
    // One's own: who got the password wrong, whose session ends, which code was used.
    (
        "operators",
        "password_failures login_waits_until",
        "login.refused operator.own_password",
    ),
    (
        "operator_enrollments",
        "last_accepted_step",
        "login login.refused",
    ),
    ("operator_enrollments", "failed_attempts", "login.refused"),
    (
        "operator_sessions",
        "ended_at",
        "login logout operator.own_password",
    ),
    // What is called off, tried in vain, or was sent.
    ("cases", "cancelled_at", "case.cancel"),
    ("plans", "cancelled_at", "bulk.cancel"),
    (
        "plans",
        "begun_at",
        "reset.refused recovery.reissue_refused",
    ),
    ("challenges", "tries", "request.confirm"),
    (
        "challenges",
        "voided_at",
        "request.assign request.reject request.close request.reverify request.challenge bulk.plan",
    ),
    ("outbox", "attempts", "outbox.send"),
    ("outbox", "due_at", "outbox.retry"),
    // A mail is what came in, and only the program can judge it: the log says who did. Facts go with that where they are a
    // record's, which what is tried here isn't, and rules are the program's of now. (Of a request that was used, as
    // here, the mail itself stays.)
    (
        "requests",
        "aligned body_hash message_id region_id sent_at subject",
        "request.receive",
    ),
    (
        "requests",
        "told_at",
        "request.receive request.reverify request.confirm",
    ),
    (
        "requests",
        "verdict because evidence challenge_open",
        "request.receive request.assign request.reverify request.challenge bulk.plan",
    ),
];

/// What a holder is told of: without the mail the line itself is refused.
const NEED_A_MAIL: &[Action] = &[
    Action::Reset,
    Action::Reissue,
    Action::BreakGlassReset,
    Action::ResetUndo,
    Action::EnrollConfirm,
    Action::Unlock,
    Action::PendingReopen,
    Action::AccountBlock,
    Action::AccountUnblock,
];

#[test]
fn no_line_is_enough_for_a_change_but_for_what_was_decided() {
    let (desk, request) = at_work();
    let catalogue = catalogue(&desk);
    let actions: Vec<_> = Action::ALL
        .iter()
        .filter(|action| Role::Senior.may(**action))
        .collect();
    let mut steps = String::new();
    for action in actions
        .into_iter()
        .filter(|action| covers_something(&desk, **action))
    {
        let says = line("simon", action.as_str(), Some("j.jansen"), Some(&request));
        let told = if NEED_A_MAIL.contains(action) {
            told(action.as_str(), "j.jansen")
        } else {
            String::new()
        };
        for (number, change) in changes(&catalogue).iter().enumerate() {
            let Change {
                table,
                column,
                value,
            } = change;
            write!(
                steps,
                "\\warn ## {number} {action} {table}.{column}\nBEGIN; {says}; {told};\nUPDATE {table} SET {column} = {value}\n WHERE {column} IS DISTINCT FROM {value}{};\n\
                 \\warn rows=:ROW_COUNT\nSET CONSTRAINTS ALL IMMEDIATE;\nROLLBACK;\n",
                only(table, &catalogue)
            )
            .unwrap();
        }
    }
    let mut enough = BTreeMap::<String, BTreeSet<String>>::new();
    for (step, said) in script(&desk, "simon", &steps) {
        if !said.contains("ERROR") && !said.contains("rows=0") {
            let mut words = step.split(' ').skip(1);
            let (action, column) = (words.next().unwrap(), words.next().unwrap());
            enough
                .entry(column.to_owned())
                .or_default()
                .insert(action.to_owned());
        }
    }
    let mut decided = BTreeMap::<String, BTreeSet<String>>::new();
    for (table, columns, actions) in ENOUGH {
        for column in columns.split_whitespace() {
            let known = decided.entry(format!("{table}.{column}")).or_default();
            known.extend(actions.split_whitespace().map(str::to_owned));
        }
    }
    assert_eq!(enough, decided);
}

/// Whether any trigger counts that line for something; one that only reads stands for those that don't.
fn covers_something(desk: &Desk, action: Action) -> bool {
    let named = format!(
        "SELECT (SELECT COUNT(*) FROM pg_proc WHERE proname LIKE 'balie\\_%' AND proname <> 'balie_may'
                   AND prosrc ~ '\\y{action}\\y')
              + (SELECT COUNT(*) FROM pg_trigger WHERE pg_get_triggerdef(oid) ~ '\\y{action}\\y')"
    );
    action == Action::AccountFind || desk.number(&named) > 0
}

/// A change of one column.
struct Change {
    table: String,
    column: String,
    value: String,
}

/// The changes of one column that need a line: for each the values that somebody would try.
fn changes(catalogue: &BTreeMap<String, Vec<(String, String)>>) -> Vec<Change> {
    let mut found = Vec::new();
    for (table, columns) in catalogue {
        for (column, kind) in columns {
            if decided(table, column).contains('u') && !may_without_event(table, column) {
                for value in plausible(column, kind) {
                    let (table, column) = (table.clone(), column.clone());
                    found.push(Change {
                        table,
                        column,
                        value,
                    });
                }
            }
        }
    }
    assert!(DECISIONS.len() < found.len());
    found
}

fn plausible(column: &str, kind: &str) -> Vec<String> {
    match column {
        "verdict" => vec!["'verified'".into(), "'rejected'".into()],
        "status" => vec!["'blocked'".into()],
        "state" => vec!["'done'".into()],
        "used_for" => vec!["'reissue'".into()],
        "covered" | "challenge_open" | "aligned" | "proven" | "undecided" | "confirms" => {
            vec![format!("1 - {column}")]
        }
        "region_id" => vec!["NULL".into()],
        _ if column.ends_with("_at") || column.ends_with("_by") && kind == "bigint" => {
            vec!["balie_now()".into(), "NULL".into()]
        }
        _ if kind == "bigint" => vec![format!("COALESCE({column}, 0) + 1"), "0".into()],
        "sealed_secret" => vec![other(column, kind), "NULL".into()],
        _ => vec![other(column, kind)],
    }
}

/// Which rows: what the lines name.
fn only(table: &str, catalogue: &BTreeMap<String, Vec<(String, String)>>) -> &'static str {
    let is_of_accounts = catalogue[table]
        .iter()
        .any(|(name, _)| name == "account_id");
    match table {
        "accounts" => " AND username = 'j.jansen'",
        "operators" => " AND login = 'simon'",
        _ if is_of_accounts => {
            " AND account_id = (SELECT a.id FROM accounts a WHERE a.username = 'j.jansen')"
        }
        _ => "",
    }
}
