//! A line of the log that somebody writes with `psql` covers what it names, and what that role may do.

use super::roles::{balie, psql};
use crate::operator::manage::staffed;
use crate::support::{Desk, Engine};

/// SQL that appends a line of the operator's own with a detail, as somebody would who knows how they're hashed.
pub(crate) fn line(
    login: &str,
    action: &str,
    account: Option<&str>,
    request: Option<&str>,
) -> String {
    line_at("balie_now()", login, action, account, request)
}

/// The same, of another moment: an expression in SQL.
pub(super) fn line_at(
    at: &str,
    login: &str,
    action: &str,
    account: Option<&str>,
    request: Option<&str>,
) -> String {
    let account = account.map_or("NULL::bigint".to_owned(), |name| {
        format!("(SELECT id FROM accounts WHERE username = '{name}')")
    });
    let request = request.map_or("NULL::text".to_owned(), |id| format!("'{id}'"));
    let salt = "decode(repeat('07', 32), 'hex')";
    format!(
        "INSERT INTO events SELECT e.seq + 1, n.at, '{login}', '{action}', {account}, {request}, n.bound, e.hash,
          sha256('balie.event/1'::bytea
            || int8send(8) || int8send(e.seq + 1) || int8send(8) || int8send(n.at)
            || int8send(length('{login}')) || '{login}'::bytea || int8send(length('{action}')) || '{action}'::bytea
            || int8send(coalesce(length(int8send({account})), 0)) || coalesce(int8send({account}), '')
            || int8send(coalesce(length({request}), 0)) || convert_to(coalesce({request}, ''), 'UTF8')
            || int8send(length(n.bound)) || n.bound || e.hash)
        FROM events e, (SELECT {at} AS at, sha256('balie.detail/1'::bytea || int8send(32) || {salt} || '{{}}'::bytea) AS bound) n
        ORDER BY e.seq DESC LIMIT 1;
        INSERT INTO event_details SELECT max(seq), {salt}, '{{}}' FROM events"
    )
}

#[test]
fn a_line_of_the_log_covers_what_it_names_and_what_that_role_may_do() {
    let desk = Desk::new(Engine::Postgres);
    let request = staffed(&desk);
    std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
    let rows = desk.path("rows.csv").display().to_string();
    let plan = desk
        .by(
            "ursula",
            &["bulk", "plan", "reset", &rows, "--request", &request],
        )
        .json();
    let plan = plan["id"].as_str().unwrap();
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    desk.sql("UPDATE requests SET verdict = 'challenge'")
        .unwrap();
    for (says, change, refused) in forgeries(&request) {
        let done = psql(&desk, "ursula", &format!("BEGIN; {says}; {change}; COMMIT"));
        let error = done.expect_err(change);
        assert!(error.contains(refused), "{change}: {error}");
    }
    // A plan that is said to be done is looked at all the same: rows are counted.
    desk.sql("UPDATE requests SET verdict = 'verified'; UPDATE plans SET done = ready")
        .unwrap();
    let (exit, code, _) = balie(&desk, "ursula", &["bulk", "apply", plan]).error();
    assert_eq!((exit, code.as_str()), (8, "tampered"));
    what_a_role_may_not_do_its_lines_do_not_say(&desk);
    // Nor does a senior say yes for a senior, nor an operator at all, and a reset isn't undone by who did it.
    let yes =
        "INSERT INTO approvals (subject_kind, subject, action, hash, approved_by, approved_at)
               VALUES ('request', 'R-00000', 'reset', 'x', session_user, 1)";
    assert!(
        psql(&desk, "ursula", yes)
            .unwrap_err()
            .contains("row-level security")
    );
    assert!(
        psql(&desk, "simon", yes)
            .unwrap_err()
            .contains("no event, no change")
    );
    desk.sql("UPDATE plans SET done = 0").unwrap();
    let done = balie(&desk, "ursula", &["bulk", "apply", plan]).json();
    assert_eq!(done["done"], 1, "{done:#}");
    let undo = line("ursula", "reset.undo", Some("j.jansen"), None);
    let error = psql(&desk, "ursula", &format!("BEGIN; {undo}; COMMIT")).unwrap_err();
    assert!(error.contains("undone by another"), "{error}");
    let find = line("simon", "account.find", None, None);
    let sent = psql(
        &desk,
        "simon",
        &format!("BEGIN; {find}; UPDATE outbox SET sent_at = 1; COMMIT"),
    );
    assert!(sent.unwrap_err().contains("no event, no change"));
    plans_mails_and_searches_are_of_a_region(&desk);
    // A made-up line with its detail ends no verification.
    let find = line("ursula", "account.find", None, None);
    psql(&desk, "ursula", &format!("BEGIN; {find}; COMMIT")).unwrap();
    balie(&desk, "simon", &["audit", "verify"]).json();
}

fn what_a_role_may_not_do_its_lines_do_not_say(desk: &Desk) {
    for (login, action) in [
        ("ursula", "request.approve"),
        ("ursula", "bulk.approve"),
        ("ursula", "reset.break_glass"),
        ("ursula", "account.unblock"),
        ("ursula", "operator.role"),
        ("ursula", "audit.prune"),
        ("ursula", "state.baseline"),
        ("simon", "operator.add"),
        ("simon", "settings.set"),
        ("olga", "reset"),
        ("olga", "request.receive"),
    ] {
        let says = line(login, action, Some("j.jansen"), None);
        let error = psql(desk, login, &format!("BEGIN; {says}; COMMIT")).unwrap_err();
        assert!(
            error.contains("that role may not"),
            "{login} {action}: {error}"
        );
    }
}

fn plans_mails_and_searches_are_of_a_region(desk: &Desk) {
    for (table, at_least) in [("plans", 1), ("plan_rows", 1), ("outbox", 1)] {
        let all = format!("SELECT 1 FROM {table}");
        assert_eq!(psql(desk, "noor", &all), Ok(0), "{table}");
        assert!(psql(desk, "ursula", &all).unwrap() >= at_least, "{table}");
    }
    desk.by("ursula", &["find", "jansen"]);
    let searches =
        "SELECT 1 FROM events e JOIN event_details d USING (seq) WHERE e.action = 'account.find'";
    assert_eq!(psql(desk, "noor", searches), Ok(0));
    assert_eq!(psql(desk, "olga", searches), Ok(1));
}

/// A line, a change beside it, and how that is refused.
fn forgeries(request: &str) -> Vec<(String, &'static str, &'static str)> {
    let find = line("ursula", "account.find", None, None);
    let show = line("ursula", "account.show", Some("j.jansen"), None);
    let reissue = line(
        "ursula",
        "recovery.reissue",
        Some("j.jansen"),
        Some(request),
    );
    let reset = line("ursula", "reset", Some("j.jansen"), Some(request));
    let of_another = line("ursula", "recovery.reissue", Some("z.celik"), Some(request));
    let planned = line("ursula", "bulk.plan", None, Some(request));
    let refusal = line("ursula", "reset.refused", Some("j.jansen"), Some(request));
    let confirm = line("ursula", "request.confirm", None, Some("R-00000"));
    let code = "INSERT INTO recovery_codes (account_id, hash, issued_at)
                SELECT id, 'h', 1 FROM accounts WHERE username = 'j.jansen'";
    let verified = "UPDATE requests SET verdict = 'verified', confirmed_at = 1";
    vec![
        (find.clone(), code, "no event, no change"),
        (show.clone(), code, "no event, no change"),
        (of_another.clone(), code, "no request, no reset"),
        (reissue.clone(), code, "no request, no reset"),
        (reset.clone(), "SELECT 1", "no request, no reset"),
        (
            reset.clone(),
            "UPDATE request_accounts SET used_at = balie_now(), used_for = 'reset'",
            "no request, no reset",
        ),
        (
            reset.clone(),
            "UPDATE request_accounts SET used_at = 1, used_for = 'reset'",
            "used once",
        ),
        (
            find.clone(),
            "UPDATE enrollments SET retired_at = 1",
            "no event, no change",
        ),
        (find.clone(), verified, "no event, no change"),
        (confirm.clone(), verified, "no event, no change"),
        (
            show.clone(),
            "UPDATE accounts SET session_epoch = 9 WHERE username = 'j.jansen'",
            "no event, no change",
        ),
        (
            planned.clone(),
            "UPDATE plans SET ready = 25, sensitive = 0",
            "stays as it is",
        ),
        (
            planned.clone(),
            "UPDATE plans SET done = ready",
            "no event, no change",
        ),
        (
            refusal.clone(),
            "UPDATE plans SET done = ready",
            "no event, no change",
        ),
        (
            find.clone(),
            "UPDATE plans SET done = 77",
            "no event, no change",
        ),
        (
            planned.clone(),
            "UPDATE plans SET cancelled_at = 1",
            "no event, no change",
        ),
        (
            planned.clone(),
            "INSERT INTO plan_rows (plan_id, position, username, state, code) SELECT id, 99, 'k.bos', 'refused', 'not_found' FROM plans",
            "stays as it is",
        ),
        (
            find.clone(),
            "UPDATE plan_rows SET state = 'done'",
            "no event, no change",
        ),
    ]
}
