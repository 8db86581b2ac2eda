//! What an operator's own login can't spoil for everybody: the log's verification, the mails, the mailbox; and whoever is
//! an operator no more.

use super::forgeries::mail;
use super::grants::with_roles;
use super::lines::line;
use super::roles::{balie, psql};
use crate::support::{Desk, Engine};

#[track_caller]
fn refused(desk: &Desk, login: &str, steps: &[&str], says: &str) {
    let steps = steps.join("; ");
    let done = psql(desk, login, &format!("BEGIN; {steps}; COMMIT"));
    let error = done.expect_err(&steps);
    assert!(error.contains(says), "{steps}: {error}");
}

#[test]
fn the_schema_is_as_it_should_be_once_the_roles_are_applied() {
    let desk = Desk::new(Engine::Postgres);
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    desk.run_json(["audit", "verify"]).json();
    let schema = |desk: &Desk| {
        let examined = desk.run_json(["doctor"]).stdout;
        let examined: serde_json::Value = serde_json::from_str(&examined).unwrap();
        let checks = examined["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["name"] == "schema");
        check.unwrap()["result"].as_str().unwrap().to_owned()
    };
    assert_eq!(schema(&desk), "ok");
    // One of ours with something before its own text isn't ours.
    let body = "SELECT replace(pg_get_functiondef('balie_is_operator'::regproc), 'BEGIN', 'BEGIN RETURN false;')";
    let changed = &desk.pairs(&format!("{body}, ''"))[0].0;
    desk.sql(changed).unwrap();
    assert_eq!(schema(&desk), "fail");
}

/// Ursula's line with a record of one page, bound as the program binds them.
fn line_with_record(page: &str) -> String {
    let salt = "decode(repeat('07', 32), 'hex')";
    format!(
        "INSERT INTO event_rows SELECT max(seq) + 1, 0, {page} FROM events;
         INSERT INTO events SELECT e.seq + 1, n.at, 'ursula', 'account.find', NULL, NULL, n.bound, e.hash,
           sha256('balie.event/1'::bytea || int8send(8) || int8send(e.seq + 1) || int8send(8) || int8send(n.at)
             || int8send(6) || 'ursula'::bytea || int8send(12) || 'account.find'::bytea || int8send(0) || int8send(0)
             || int8send(32) || n.bound || e.hash), n.state
         FROM events e, (
           SELECT s.at, s.state, sha256('balie.record/1'::bytea || s.state) AS bound FROM (
             SELECT balie_now() AS at,
                    int8send((SELECT max(seq) FROM events WHERE state IS NOT NULL))
                    || sha256('balie.detail/1'::bytea || int8send(32) || {salt} || '{{}}'::bytea)
                    || sha256('balie.rows/1'::bytea || sha256({page})) AS state) s) n
         ORDER BY e.seq DESC LIMIT 1;
         INSERT INTO event_details SELECT max(seq), {salt}, '{{}}' FROM events"
    )
}

#[test]
fn a_line_is_bound_to_its_detail_and_its_record_is_of_its_own_rows() {
    let (desk, _) = with_roles();
    let id = desk.number("SELECT id FROM accounts WHERE username = 'k.bos'");
    let request = desk.number("SELECT id FROM requests");
    let entry = |table: u8, flags: u8, key: &str, rest: &str| {
        format!(
            "(decode('{table:02x}{flags:02x}', 'hex') || int2send(length('{key}')::int2) || '{key}'::bytea || decode('{rest}', 'hex'))"
        )
    };
    let (id, none) = (id.to_string(), "00".repeat(32) + "00");
    for page in [
        "'\\xff'::bytea",
        "'\\x0700ffff'::bytea",
        // A region's accounts are gone, or other than they are; so is what a request came out as.
        &entry(7, 1, &id, ""),
        &entry(7, 2, &id, &none),
        &entry(1, 0, "1", &none[..34]),
        &entry(99, 1, "1", ""),
        // What a portal is still to add.
        &entry(10, 1, "999999", ""),
        // It ends before its end.
        &entry(7, 2, &id, &none[..40]),
    ] {
        let forged = line_with_record(page);
        refused(
            &desk,
            "ursula",
            &[&forged],
            "a record is of the rows that its own",
        );
    }
    let key = format!("{request} || chr(31) || (SELECT min(position) FROM request_checks)");
    let check = format!(
        "(SELECT decode('0f01', 'hex') || int2send(length(k.key)::int2) || k.key::bytea FROM (SELECT {key} AS key) k)"
    );
    let forged = line_with_record(&check);
    refused(
        &desk,
        "ursula",
        &[&forged],
        "a record is of the rows that its own",
    );
    let find = line("ursula", "account.find", None, None);
    let (bare, detail) = find.split_once(';').unwrap();
    refused(&desk, "ursula", &[bare], "a line comes with its detail");
    let other = detail.replace("'{}'", "'{\"x\":1}'");
    refused(&desk, "ursula", &[bare, &other], "bound to its detail");
    let text = detail.replace("'{}'", "'no JSON'");
    refused(&desk, "ursula", &[bare, &text], "json");
    let page = "INSERT INTO event_rows SELECT max(seq) + 1, 0, ''::bytea FROM events";
    refused(
        &desk,
        "ursula",
        &[page, &find],
        "a record is that of its line",
    );

    balie(&desk, "ursula", &["account", "show", "j.jansen"]).json();
    balie(&desk, "simon", &["audit", "verify"]).json();
    desk.assert_state_holds();
}

#[test]
fn who_was_disabled_reads_and_writes_nothing_with_the_own_login() {
    let (desk, _) = with_roles();
    desk.hire("wessel", "operator", &["utrecht"]);
    let apply = || {
        let applied = desk.run(["init", "--postgres-roles", "apply"]);
        assert_eq!(applied.exit, 0, "{}", applied.stderr);
    };
    apply();
    assert_eq!(psql(&desk, "wessel", "SELECT 1 FROM requests"), Ok(1));
    desk.by("fatima", &["operator", "disable", "wessel"]).json();
    for table in [
        "requests",
        "events",
        "event_details",
        "event_rows",
        "requesters",
        "organisations",
        "settings",
        "approvals",
        "accounts",
        "account_roles",
        "mailbox_messages",
        "request_checks",
        "request_signatures",
        "state_accounts",
    ] {
        let read = format!("SELECT 1 FROM {table}");
        assert_eq!(psql(&desk, "wessel", &read), Ok(0), "{table}");
    }
    assert_eq!(psql(&desk, "wessel", "SELECT 1 FROM operators"), Ok(1));
    let destroyed = "INSERT INTO events VALUES (1, balie_now(), '-', 'enrollment.destroy', NULL, NULL, '', '', '')";
    for (write, says) in [
        (destroyed, "balie: "),
        (
            "INSERT INTO enrollment_reminders SELECT 1, 1, 'x', 1",
            "row-level security",
        ),
    ] {
        let error = psql(&desk, "wessel", write).unwrap_err();
        assert!(error.contains(says), "{write}: {error}");
    }
    assert_ne!(balie(&desk, "wessel", &["find", "jansen"]).exit, 0);
    apply();
    for held in [
        "SELECT 1 FROM requests",
        "SELECT confirm_challenge(1, 'x', 1)",
    ] {
        let error = psql(&desk, "wessel", held).unwrap_err();
        assert!(error.contains("permission denied"), "{held}: {error}");
    }
    // Who works again does so once the roles are applied.
    desk.by("fatima", &["operator", "enable", "wessel"]).json();
    apply();
    assert_eq!(psql(&desk, "wessel", "SELECT 1 FROM requests"), Ok(1));
}

#[test]
fn a_mail_says_what_its_line_says_in_no_words_of_an_operator() {
    let (desk, _) = with_roles();
    let says = line("ursula", "reset.refused", Some("j.jansen"), None);
    let queue = mail("refused_holder", "j.jansen", "work_email", "n.at");
    let with = |from: &str, to: &str| {
        let changed = queue.replace(from, to);
        assert_ne!(changed, queue, "{from}");
        changed
    };
    // With what only mails of another kind say.
    let and_more = |queue: &str| queue.replace("{kind, ", "{requester, request, holder, kind, ");
    let (names, tells) = ("names who is on file", "tells of a line");
    for (forged, refusal) in [
        (
            with("r.servicedesk_address,", "'evil@attacker.example',"),
            names,
        ),
        (with("a.name,", "'Bel 0900-1234',"), names),
        (with("a.username,", "'k.bos',"), names),
        (
            and_more(&with(
                "(SELECT q.name FROM requesters q LIMIT 1)",
                "'Bel mij'",
            )),
            names,
        ),
        (
            and_more(&with("'kind',", "'holder', 'Bel mij', 'kind',")),
            names,
        ),
        (
            and_more(&with(
                "(SELECT q.public_id FROM requests q LIMIT 1)",
                "'Bel mij'",
            )),
            names,
        ),
        (with("'at', n.said,", ""), "all that its kind says"),
        (
            with("'at', n.said,", "'at', NULL,"),
            "all that its kind says",
        ),
        (
            with("'at', n.said,", "'at', '2026-02-30T00:00:00Z',"),
            "out of range",
        ),
        (with("refused_holder", "password_holder"), tells),
        (with("refused_holder", "reset_holder"), tells),
        (with("refused_holder", "x"), tells),
        (with("::text, r.id", "::text || 'x', r.id"), "json"),
        (
            with(
                "md5(random()::text) || '@balie.invalid'",
                "'x' || chr(13) || chr(10) || 'Bcc: x@y.nl'",
            ),
            "id of its own",
        ),
    ] {
        refused(&desk, "ursula", &[&says, &forged], refusal);
    }
    refused(
        &desk,
        "ursula",
        &[&says, &queue, &queue, &queue],
        "each of its own",
    );
    psql(&desk, "ursula", &format!("BEGIN; {says}; {queue}; COMMIT")).unwrap();
}

#[test]
fn only_who_fetches_takes_mails_and_only_who_works_takes_a_lease_or_starts_a_case() {
    let (desk, request) = with_roles();
    let says = line("ursula", "request.receive", None, Some(&request));
    let taken = "INSERT INTO mailbox_messages (place, item, taken_at, size) VALUES ('x', 'next', balie_now(), 1)";
    refused(&desk, "ursula", &[&says, taken], "row-level security");
    let lease = |login: &str| {
        format!(
            "INSERT INTO leases SELECT 'request', id, '{login}', balie_now(), balie_now() + 60000000 FROM requests"
        )
    };
    refused(&desk, "olga", &[&lease("olga")], "row-level security");
    psql(&desk, "ursula", &lease("ursula")).unwrap();
    let case = |account: &str, minutes: u32| {
        format!(
            "INSERT INTO cases (public_id, account_id, reason, shown, started_by, started_at, expires_at)
             SELECT 'B-00000', a.id, 'x', '', 'ursula', n.at, n.at + {minutes}::bigint * 60000000
             FROM accounts a, (SELECT balie_now() AS at) n WHERE a.username = '{account}'"
        )
    };
    let starts = |account: &str| line("ursula", "case.start", Some(account), None);
    refused(
        &desk,
        "ursula",
        &[&case("j.jansen", 61), &starts("j.jansen")],
        "no event, no change",
    );
    desk.sql(
        "UPDATE operators SET work_email = (SELECT a.work_email FROM accounts a WHERE a.username = 'z.celik')
         WHERE login = 'ursula'",
    )
    .unwrap();
    refused(
        &desk,
        "ursula",
        &[&case("z.celik", 60), &starts("z.celik")],
        "own account",
    );
    let started = format!(
        "BEGIN; {}; {}; COMMIT",
        case("j.jansen", 60),
        starts("j.jansen")
    );
    psql(&desk, "ursula", &started).unwrap();
}
