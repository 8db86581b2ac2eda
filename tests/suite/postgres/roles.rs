use super::lines::line;
use super::mails::{given_back, mails_are_fetched};
use crate::operator::manage::staffed;
use crate::support::{Desk, Engine, Ran};

/// Runs SQL as the PostgreSQL login of an operator, as from plain `psql`.
pub(super) fn psql(desk: &Desk, login: &str, sql: &str) -> Result<u64, String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = as_login(desk, login);
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    runtime.block_on(async {
        use sqlx::{Connection as _, Executor as _};
        let mut connection = sqlx::PgConnection::connect(&url)
            .await
            .map_err(|e| e.to_string())?;
        let rows = connection.fetch_all(sql).await.map_err(|e| e.to_string())?;
        Ok(rows.len() as u64)
    })
}

pub(super) fn as_login(desk: &Desk, login: &str) -> String {
    let (before, after) = desk.url.split_once("user=").unwrap();
    let after = after
        .split_once('&')
        .map_or(String::new(), |(_, rest)| format!("&{rest}"));
    format!("{before}user={login}{after}")
}

pub(crate) fn balie(desk: &Desk, login: &str, args: &[&str]) -> Ran {
    let mut command = desk.command_of(login);
    // The session was made at the owner's URL: one file a database, whoever connects.
    command
        .args(["--database", &as_login(desk, login)])
        .args(args);
    Ran::new(&command.output().unwrap())
}

#[test]
fn under_the_operators_role_balie_works_and_plain_psql_breaks_no_rule() {
    let desk = Desk::new(Engine::Postgres);
    let request = staffed(&desk);
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    let again = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(again.exit, 0, "{}", again.stderr);
    let printed = desk.run(["init", "--postgres-roles", "print"]).stdout;
    assert!(printed.contains("CREATE ROLE \"ursula\" LOGIN"));

    // The program works as it did.
    balie(&desk, "ursula", &["account", "show", "j.jansen"]).json();
    assert_eq!(
        balie(&desk, "ursula", &["account", "show", "k.bos"])
            .error()
            .1,
        "not_found"
    );
    balie(&desk, "ursula", &["request", "show", &request]).json();
    balie(&desk, "olga", &["audit", "log"]).json();

    other_regions_are_not_there(&desk);
    no_change_without_its_event(&desk);
    nobody_is_somebody_else(&desk);
    challenges_cases_and_leases_hold(&desk, &request);
    given_back(&desk, &request);
    mails_are_fetched(&desk);
    // Nothing of it held the desk up, and the log holds.
    let done = balie(
        &desk,
        "ursula",
        &["reset", "j.jansen", "--request", &request],
    )
    .json();
    assert_eq!(done["results"][0]["outcome"], "done");
    balie(&desk, "simon", &["audit", "verify"]).json();
}

fn other_regions_are_not_there(desk: &Desk) {
    let can = |login: &str, sql: &str| psql(desk, login, sql);
    assert_eq!(
        can("ursula", "SELECT id FROM accounts WHERE username = 'k.bos'"),
        Ok(0)
    );
    assert_eq!(
        can(
            "ursula",
            "SELECT id FROM accounts WHERE username = 'j.jansen'"
        ),
        Ok(1)
    );
    assert_eq!(can("noor", "SELECT id FROM enrollments"), Ok(0));
    assert_eq!(can("noor", "SELECT * FROM request_messages"), Ok(0));
    assert_eq!(
        can("olga", "SELECT id FROM accounts WHERE username = 'k.bos'"),
        Ok(1)
    );
}

fn refused(desk: &Desk, attempts: &[(&str, &str)]) {
    for (sql, says) in attempts {
        let error = psql(desk, "ursula", sql).unwrap_err();
        assert!(error.contains(says), "{sql}: {error}");
    }
}

/// Rule 3; and the log stays as it is.
fn no_change_without_its_event(desk: &Desk) {
    refused(
        desk,
        &[
            (
                "UPDATE accounts SET session_epoch = 9",
                "no event, no change",
            ),
            (
                "UPDATE request_accounts SET used_at = NULL",
                "no event, no change",
            ),
            (
                "UPDATE enrollments SET retired_at = 1",
                "no event, no change",
            ),
            (
                "INSERT INTO approvals (subject_kind, subject, action, hash, approved_by, approved_at) VALUES ('request', 'R-00000', 'reset', 'x', 'ursula', 1)",
                "row-level security",
            ),
            (
                "INSERT INTO approvals (subject_kind, subject, action, hash, approved_by, approved_at) VALUES ('request', 'R-00000', 'reset', 'x', 'simon', 1)",
                "row-level security",
            ),
            ("UPDATE events SET operator = 'x'", "permission denied"),
            ("DELETE FROM events", "permission denied"),
            ("TRUNCATE events CASCADE", "permission denied"),
            ("DELETE FROM event_details", "permission denied"),
            (
                "INSERT INTO events SELECT seq + 1, at, 'simon', action, account, request, detail_commitment, hash, hash FROM events ORDER BY seq DESC LIMIT 1",
                "bears the name",
            ),
            (
                "INSERT INTO events SELECT seq + 1, at, 'ursula', 'account.show', account, request, detail_commitment, hash, hash FROM events ORDER BY seq DESC LIMIT 1",
                "does not follow",
            ),
            ("ALTER TABLE events DISABLE TRIGGER ALL", "must be owner"),
            (
                "ALTER TABLE accounts DISABLE ROW LEVEL SECURITY",
                "must be owner",
            ),
            (
                "SET session_replication_role = replica",
                "permission denied",
            ),
        ],
    );
}

/// Rule 7 and who is who: no colleague's password, session, role or region; no account's password.
fn nobody_is_somebody_else(desk: &Desk) {
    let can = |login: &str, sql: &str| psql(desk, login, sql);
    refused(
        desk,
        &[
            (
                "UPDATE accounts SET password_hash = 'x'",
                "permission denied",
            ),
            (
                "UPDATE accounts SET work_email = 'x@y.nl'",
                "permission denied",
            ),
            (
                "UPDATE operators SET role = 'senior' WHERE login = 'ursula'",
                "permission denied",
            ),
            (
                "UPDATE region_scopes SET holder = 'operator:ursula'",
                "permission denied",
            ),
            (
                "INSERT INTO region_scopes SELECT 'operator:ursula', id FROM regions",
                "permission denied",
            ),
            (
                "INSERT INTO operator_sessions (operator_id, token_hash, started_at, last_seen_at) SELECT id, 'x', balie_now(), balie_now() FROM operators WHERE login = 'simon'",
                "row-level security",
            ),
            ("UPDATE desk SET closed_at = NULL", "permission denied"),
            (
                "UPDATE sealing_keys SET check_value = 'x'",
                "permission denied",
            ),
            (
                "INSERT INTO operators (login, role, added_at) VALUES ('x', 'senior', 1)",
                "permission denied",
            ),
        ],
    );
    assert_eq!(
        can(
            "ursula",
            "UPDATE operators SET password_hash = 'x' WHERE login = 'simon' RETURNING id"
        ),
        Ok(0)
    );
    assert_eq!(
        can(
            "ursula",
            "SELECT s.id FROM operator_sessions s JOIN operators o ON o.id = s.operator_id WHERE o.login <> 'ursula'"
        ),
        Ok(0)
    );
}

/// Rules 1, 3 and 9 under plain `psql`: no forged answer, no case of one person, no lease of another's.
fn challenges_cases_and_leases_hold(desk: &Desk, request: &str) {
    let rows = |login: &str, sql: &str| psql(desk, login, sql).unwrap();
    let reason = "directeur aan de telefoon, stem bekend";
    desk.sql("UPDATE requests SET verdict = 'challenge'")
        .unwrap();
    balie(desk, "ursula", &["request", "challenge", request]).json();
    let start = ["reset", "j.jansen", "--break-glass", "--reason", reason];
    let case = balie(desk, "ursula", &start).json();
    let case = case["id"].as_str().unwrap();
    desk.sql("INSERT INTO leases SELECT 'account', id, 'simon', 1, 9000000000000000 FROM accounts")
        .unwrap();

    for (table, own, others) in [("challenges", 1, 0), ("cases", 1, 0)] {
        let all = format!("SELECT id FROM {table}");
        assert_eq!(
            (rows("ursula", &all), rows("noor", &all)),
            (own, others),
            "{table}"
        );
    }
    let leased = "SELECT l.subject FROM leases l LEFT JOIN accounts a ON a.id = l.subject WHERE a.id IS NULL";
    assert_eq!(rows("noor", leased), 0, "no lease of what isn't there");
    assert!(rows("noor", "SELECT * FROM leases") < rows("olga", "SELECT * FROM leases"));
    for sql in [
        "UPDATE challenges SET voided_at = 1 RETURNING id",
        "UPDATE cases SET cancelled_at = 1 RETURNING id",
        "UPDATE requests SET verdict = 'verified' RETURNING id",
        "DELETE FROM leases RETURNING subject",
    ] {
        assert_eq!(rows("noor", sql), 0, "{sql}");
    }
    refused(
        desk,
        &[
            (
                "UPDATE challenges SET confirmed_at = 1",
                "permission denied",
            ),
            ("UPDATE challenges SET tries = 0", "no event, no change"),
            ("UPDATE challenges SET code_hash = 'x'", "permission denied"),
            ("SELECT code_hash FROM challenges", "permission denied"),
            ("SELECT * FROM challenges", "permission denied"),
            (
                "UPDATE challenges SET sent_to = 'x@y.nl'",
                "permission denied",
            ),
            ("DELETE FROM challenges", "permission denied"),
            ("DELETE FROM request_checks", "no event, no change"),
            ("DELETE FROM request_accounts", "no event, no change"),
            (
                "INSERT INTO challenges (request_id, uid, code_hash, sent_to, sent_at, expires_at, confirmed_at) SELECT request_id, 'x', 'x', sent_to, 1, 2, 1 FROM challenges",
                "permission denied",
            ),
            (
                "UPDATE requests SET verdict = 'verified', confirmed_at = 1",
                "no event, no change",
            ),
            (
                "UPDATE cases SET completed_by = 'ursula', completed_at = 1",
                "row-level security",
            ),
            (
                "UPDATE cases SET completed_by = 'simon', completed_at = 1",
                "row-level security",
            ),
            ("UPDATE cases SET cancelled_at = 1", "no event, no change"),
            ("UPDATE cases SET started_by = 'noor'", "permission denied"),
            (
                "UPDATE leases SET operator = 'noor', expires_at = 2",
                "row-level security",
            ),
            (
                "INSERT INTO leases SELECT 'request', id, 'simon', 1, 2 FROM requests",
                "row-level security",
            ),
            (
                "INSERT INTO leases VALUES ('account', 0, 'ursula', 1, 2)",
                "row-level security",
            ),
            (
                "UPDATE outbox SET recipient = 'x@y.nl'",
                "permission denied",
            ),
            (
                "INSERT INTO outbox (message_id, recipient, language, notice, queued_at, due_at) VALUES ('x', 'x@y.nl', 'nl', '{}', 1, 1)",
                "no event, no change",
            ),
            (
                "UPDATE mailbox_messages SET reason = 'x'",
                "permission denied",
            ),
            ("DELETE FROM mailbox_messages", "permission denied"),
        ],
    );
    a_false_event_says_what_it_did(desk);
    who_works_goes_on(desk, case);
}

/// A colleague's lease is taken over through the program, with its event.
fn who_works_goes_on(desk: &Desk, case: &str) {
    let block = ["account", "block", "j.jansen", "--reason", "gestolen"];
    assert_eq!(balie(desk, "ursula", &block).error().1, "held_by_colleague");
    balie(desk, "ursula", &[&block[..], &["--take-over"]].concat()).json();
    balie(
        desk,
        "simon",
        &["account", "unblock", "j.jansen", "--reason", "gevonden"],
    )
    .json();
    // What was shown to who started the case has changed.
    let late = balie(desk, "simon", &["case", "complete", case]);
    assert_eq!(late.error().1, "changed_since_shown");
    balie(desk, "ursula", &["case", "cancel", case]).json();
}

/// Whoever writes a line under the own name that is about something else confirms no challenge with it.
fn a_false_event_says_what_it_did(desk: &Desk) {
    let line = line("ursula", "account.show", None, None);
    // The line itself is one that the database takes; it's rolled back here.
    assert_eq!(
        psql(desk, "ursula", &format!("BEGIN; {line}; ROLLBACK")),
        Ok(0)
    );
    let confirm = "UPDATE challenges SET confirmed_at = 1";
    let forged = format!("BEGIN; {line}; {confirm}; COMMIT");
    refused(desk, &[(&forged, "permission denied")]);
    let tried = format!("BEGIN; {line}; UPDATE challenges SET tries = tries + 1; COMMIT");
    refused(desk, &[(&tried, "no event, no change")]);
    assert_eq!(desk.count("challenges WHERE confirmed_at IS NOT NULL"), 0);
}
