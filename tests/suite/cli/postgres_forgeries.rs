//! What an operator tries with `psql` beside a line of the log that says something like it: each is refused, by the
//! database.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use balie::domain::event::Action;
use balie::domain::operator::Role;

use super::postgres_decisions::{DECISIONS, decided, may_without_event};
use super::postgres_grants::{catalogue, other, psql as script, with_roles};
use super::postgres_lines::{line, line_at};
use super::postgres_roles::psql;
use super::postgres_work::{ok, with};
use crate::support::Desk;
use crate::support::staff::code_of;

/// A desk with j.jansen enrolled, a recovery code, a used request, a case, a plan and a challenge; the request.
fn at_work() -> (Desk, String) {
    let (desk, request) = with_roles();
    std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
    let rows = desk.path("rows.csv").display().to_string();
    let plan = ["bulk", "plan", "reset", &rows, "--request", &request];
    ok(&desk, "ursula", &plan);
    let reset = ["reset", "j.jansen", "--request", &request];
    ok(&desk, "ursula", &reset);
    let uri = desk.path("uri").display().to_string();
    ok(
        &desk,
        "ursula",
        &["enroll", "begin", "j.jansen", "--uri", &uri],
    );
    let uri = std::fs::read_to_string(uri).unwrap();
    let code = format!("{}\n", code_of(uri.trim(), 0));
    let confirm = ["enroll", "confirm", "j.jansen", "--code-stdin"];
    with(&desk, "ursula", &confirm, &code).json();
    let reason = "directeur aan de telefoon, stem bekend";
    let case = ["reset", "j.jansen", "--break-glass", "--reason", reason];
    ok(&desk, "ursula", &case);
    desk.sql("UPDATE requests SET verdict = 'challenge', challenge_open = 1")
        .unwrap();
    ok(&desk, "ursula", &["request", "challenge", &request]);
    // What was retired long ago, and never destroyed.
    desk.sql(
        "INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at,
                                  enrolled_at, retired_at, destroy_at)
         SELECT a.id, 'x', e.sealed_secret, e.key_id, e.algorithm, 6, 30, 1, 2, 3, 9000000000000000
         FROM enrollments e, accounts a WHERE a.username = 'z.celik' AND e.retired_at IS NULL LIMIT 1",
    )
    .unwrap();
    (desk, request)
}

/// SQL that queues a mail to a holder, which what is done to somebody needs.
fn told(account: &str) -> String {
    format!(
        "INSERT INTO outbox (message_id, recipient, language, notice, queued_at, due_at)
         SELECT 'told', work_email, 'nl', '{{}}', n.at, n.at
         FROM accounts, (SELECT balie_now() AS at) n WHERE username = '{account}'"
    )
}

/// An attempt: whose it is, the lines beside it, the change, and how it's refused.
type Attempt<'a> = (&'a str, Vec<String>, &'a str, &'a str);

#[test]
fn a_change_that_a_line_seems_to_say_is_looked_at_by_the_database() {
    let (desk, request) = at_work();
    let of = |login: &str, action: &str, account: &str| line(login, action, Some(account), None);
    let own = |action: &str, account: &str| vec![of("ursula", action, account), told(account)];
    let asked = |action: &str| vec![line("ursula", action, None, Some(&request))];
    let no_event = "no event, no change";
    let stranger = desk.number("SELECT id FROM accounts WHERE username = 'k.bos'");
    let bind = format!(
        "INSERT INTO request_accounts (request_id, account_id, covered) SELECT id, {stranger}, 0 FROM requests"
    );
    let code = "UPDATE recovery_codes SET revoked_at = balie_now();
                INSERT INTO recovery_codes (account_id, hash, issued_at)
                SELECT id, 'mine', balie_now() FROM accounts WHERE username = 'j.jansen'";
    let mail = |to: &str, due: &str| {
        format!(
            "INSERT INTO outbox (message_id, recipient, language, notice, queued_at, due_at)
             SELECT 'x', {to}, 'nl', '{{}}', n.at, {due} FROM accounts, (SELECT balie_now() AS at) n
             WHERE username = 'j.jansen'"
        )
    };
    let (elsewhere, never) = (
        mail("'x@example.org'", "n.at"),
        mail("work_email", "9e18::bigint"),
    );
    let unseen = line("ursula", "account.show", Some("k.bos"), None);
    let unseen = unseen.replace(
        "(SELECT id FROM accounts WHERE username = 'k.bos')",
        &format!("{stranger}::bigint"),
    );
    let reset = line("ursula", "reset", Some("j.jansen"), Some(&request));
    let assign = line("ursula", "request.assign", None, Some(&request));
    let again = "UPDATE request_accounts SET covered = covered";
    let back = "UPDATE request_accounts SET used_at = NULL, used_for = NULL";
    let confirmed = "UPDATE requests SET verdict = 'verified', confirmed_at = balie_now()";
    let guessed =
        format!("SELECT confirm_challenge(id, 'guess', balie_now()) FROM challenges; {confirmed}");
    let login = vec![line("ursula", "login", None, None)];
    let factor = "UPDATE operator_enrollments SET retired_at = balie_now(), sealed_secret = NULL";
    let session =
        "INSERT INTO operator_sessions (operator_id, token_hash, started_at, last_seen_at)
                   SELECT id, 'x', 9e18::bigint, balie_now() FROM operators WHERE login = 'ursula'";
    let complete = "UPDATE cases SET completed_by = 'simon', completed_at = (SELECT at FROM events ORDER BY seq DESC LIMIT 1)";
    let attempts: Vec<Attempt<'_>> = vec![
        ("ursula", own("enroll.confirm", "j.jansen"), code, no_event),
        (
            "ursula",
            own("enroll.begin", "j.jansen"),
            "UPDATE enrollments SET retired_at = balie_now()",
            no_event,
        ),
        (
            "ursula",
            own("enroll.begin", "j.jansen"),
            "UPDATE accounts SET enroll_by = balie_now() + 9000000",
            no_event,
        ),
        (
            "ursula",
            own("totp.unlock", "z.celik"),
            "UPDATE enrollments SET retired_at = NULL, destroy_at = NULL
          WHERE retired_at = 3",
            no_event,
        ),
        (
            "ursula",
            own("reset.undo", "z.celik"),
            "UPDATE enrollments SET retired_at = NULL, destroy_at = NULL
          WHERE retired_at = 3",
            no_event,
        ),
        (
            "ursula",
            own("pending.reopen", "z.celik"),
            "UPDATE accounts SET status = 'blocked'
          WHERE username = 'z.celik'",
            no_event,
        ),
        (
            "ursula",
            own("pending.reopen", "z.celik"),
            "UPDATE accounts SET session_epoch = 7
          WHERE username = 'z.celik'",
            no_event,
        ),
        (
            "ursula",
            vec![of("ursula", "account.block", "z.celik")],
            "UPDATE accounts SET status = 'blocked',
          session_epoch = session_epoch + 1 WHERE username = 'z.celik'",
            "the holder is told",
        ),
        ("ursula", vec![unseen], "SELECT 1", "out of reach"),
        (
            "ursula",
            vec![line_at(
                "balie_now() - 7200000000",
                "ursula",
                "whoami",
                None,
                None,
            )],
            "SELECT 1",
            "of now",
        ),
        (
            "ursula",
            vec![line_at(
                "balie_now() + 900000000",
                "ursula",
                "whoami",
                None,
                None,
            )],
            "SELECT 1",
            "of now",
        ),
        ("ursula", asked("request.confirm"), confirmed, no_event),
        ("ursula", asked("request.confirm"), &guessed, no_event),
        (
            "ursula",
            asked("request.confirm"),
            "UPDATE challenges SET tries = 0",
            no_event,
        ),
        (
            "ursula",
            asked("request.assign"),
            &bind,
            "row-level security",
        ),
        (
            "simon",
            vec![],
            "UPDATE outbox SET claim_until = 9e18::bigint",
            "for some minutes",
        ),
        (
            "simon",
            vec![line("simon", "outbox.send", None, None)],
            "UPDATE outbox SET attempts = attempts + 1,
          due_at = 9e18::bigint",
            no_event,
        ),
        (
            "ursula",
            vec![],
            "UPDATE plans SET claim_until = 9e18::bigint",
            "ends within minutes",
        ),
        (
            "ursula",
            vec![],
            "INSERT INTO leases SELECT 'request', id, 'ursula', 1, 9e18::bigint FROM requests",
            "ends within minutes",
        ),
        (
            "ursula",
            own("enroll.refused", "j.jansen"),
            "UPDATE enrollments SET sealed_secret = 'mine'",
            no_event,
        ),
        (
            "ursula",
            own("totp.unlock", "j.jansen"),
            "UPDATE enrollments SET sealed_secret = 'mine'",
            no_event,
        ),
        (
            "ursula",
            own("reset.undo", "z.celik"),
            "UPDATE enrollments SET retired_at = NULL, destroy_at = NULL,
          sealed_secret = 'mine' WHERE retired_at = 3",
            no_event,
        ),
        (
            "ursula",
            own("pending.remind", "j.jansen"),
            &elsewhere,
            "address on file",
        ),
        (
            "ursula",
            own("pending.remind", "j.jansen"),
            &never,
            "due as it is queued",
        ),
        // A request is used once, however it's written.
        (
            "ursula",
            vec![assign.clone(), reset.clone()],
            again,
            "no request, no reset",
        ),
        ("ursula", vec![assign, reset.clone()], back, "used once"),
        (
            "ursula",
            vec![reset],
            "SET CONSTRAINTS ALL IMMEDIATE",
            "no request, no reset",
        ),
        (
            "simon",
            vec![of("simon", "reset.break_glass", "j.jansen")],
            complete,
            "the holder is told",
        ),
        // The own authenticator, session and password.
        ("ursula", login.clone(), factor, no_event),
        ("ursula", login.clone(), session, "of now"),
        (
            "ursula",
            vec![line("ursula", "login.refused", None, None)],
            "UPDATE operators SET password_hash = 'x'
          WHERE login = 'ursula'",
            no_event,
        ),
        (
            "ursula",
            login,
            "UPDATE operators SET password_failures = 7 WHERE login = 'ursula'",
            no_event,
        ),
    ];
    for (login, lines, change, refused) in attempts {
        let lines = lines.join("; ");
        // What is looked at when the transaction ends is looked at in order.
        let step = if refused == no_event {
            format!("{change}; {lines}")
        } else {
            format!("{lines}; {change}")
        };
        let done = psql(&desk, login, &format!("BEGIN; {step}; COMMIT"));
        let error = done.expect_err(&step);
        assert!(error.contains(refused), "{change}: {error}");
    }
    // Whoever may not send mails or fetch them holds none of them back.
    for held in [
        "UPDATE outbox SET claim_until = 1 RETURNING id",
        "UPDATE mailboxes SET last_uid = 4000000000 RETURNING 1",
    ] {
        assert_eq!(psql(&desk, "ursula", held), Ok(0), "{held}");
    }
    a_detail_comes_with_its_line(&desk);
}

fn a_detail_comes_with_its_line(desk: &Desk) {
    let find = line("ursula", "account.find", None, None);
    psql(desk, "ursula", &format!("BEGIN; {find}; COMMIT")).unwrap();
    let late = "INSERT INTO event_details SELECT max(seq), 'salt', '{}' FROM events";
    let error = psql(desk, "ursula", late).unwrap_err();
    assert!(error.contains("row-level security"), "{error}");
}

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
        "request.receive request.assign request.reject request.reverify request.challenge bulk.plan",
    ),
    ("outbox", "attempts", "outbox.send"),
    // A mail is what came in, and only the program can judge it: the log says who did.
    ("request_messages", "sha256 size zlib", "request.receive"),
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
        "verdict because evidence facts rule_version challenge_open",
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
        let told = if NEED_A_MAIL.contains(&action) {
            told("j.jansen")
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
