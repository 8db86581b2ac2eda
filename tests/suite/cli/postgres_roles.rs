use super::operator::staffed;
use crate::support::{Desk, Engine, Ran};

/// Runs SQL as the PostgreSQL login of an operator, as from plain `psql`.
fn psql(desk: &Desk, login: &str, sql: &str) -> Result<u64, String> {
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

fn as_login(desk: &Desk, login: &str) -> String {
    let (before, after) = desk.url.split_once("user=").unwrap();
    let after = after
        .split_once('&')
        .map_or(String::new(), |(_, rest)| format!("&{rest}"));
    format!("{before}user={login}{after}")
}

fn balie(desk: &Desk, login: &str, args: &[&str]) -> Ran {
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
        can("ursula", "SELECT * FROM accounts WHERE username = 'k.bos'"),
        Ok(0)
    );
    assert_eq!(
        can(
            "ursula",
            "SELECT * FROM accounts WHERE username = 'j.jansen'"
        ),
        Ok(1)
    );
    assert_eq!(can("noor", "SELECT * FROM enrollments"), Ok(0));
    assert_eq!(can("noor", "SELECT * FROM request_messages"), Ok(0));
    assert_eq!(
        can("olga", "SELECT * FROM accounts WHERE username = 'k.bos'"),
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
                "no event, no change",
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
                "INSERT INTO events SELECT seq + 1, at, 'ursula', action, account, request, detail_commitment, hash, hash FROM events ORDER BY seq DESC LIMIT 1",
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
                "INSERT INTO operator_sessions (operator_id, token_hash, started_at, last_seen_at) SELECT id, 'x', 1, 1 FROM operators WHERE login = 'simon'",
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
            "SELECT * FROM operator_sessions s JOIN operators o ON o.id = s.operator_id WHERE o.login <> 'ursula'"
        ),
        Ok(0)
    );
}
