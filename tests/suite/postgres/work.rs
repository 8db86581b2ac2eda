use serde_json::Value;

use super::roles::{as_login, balie, psql};
use crate::operator::manage::staffed;
use crate::support::staff::{PASSWORD, code_of, feed};
use crate::support::{Desk, Engine, Ran};

pub(crate) fn with(desk: &Desk, login: &str, args: &[&str], input: &str) -> Ran {
    let mut command = desk.command_of(login);
    command
        .args(["--database", &as_login(desk, login)])
        .args(args);
    feed(command, input)
}

pub(crate) fn ok(desk: &Desk, login: &str, args: &[&str]) -> Value {
    let ran = balie(desk, login, args);
    assert_eq!(
        ran.exit, 0,
        "{login} {args:?}: {}{}",
        ran.stdout, ran.stderr
    );
    ran.json()
}

fn refused(desk: &Desk, login: &str, args: &[&str]) -> String {
    balie(desk, login, args).error().1
}

fn again(desk: &Desk) {
    desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL")
        .unwrap();
}

/// The daily commands, each under its operator's own login.
#[test]
fn a_days_work_goes_on_under_the_operators_own_logins() {
    let desk = Desk::new(Engine::Postgres);
    let request = staffed(&desk);
    desk.hire("stef", "senior", &["utrecht"]);
    let token = desk
        .by(
            "fatima",
            &["operator", "token", "add", "ursula", "--scope", "read"],
        )
        .json();
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    ok(
        &desk,
        "ursula",
        &["operator", "token", "accept", token["id"].as_str().unwrap()],
    );
    ok(&desk, "ursula", &["find", "jansen"]);
    ok(&desk, "ursula", &["account", "history", "j.jansen"]);
    ok(&desk, "ursula", &["request", "list"]);
    ok(&desk, "simon", &["request", "approve", &request]);
    ok(
        &desk,
        "ursula",
        &[
            "recovery",
            "reissue",
            "j.jansen",
            "--request",
            &request,
            "--deliver",
            "mail",
            "--yes",
        ],
    );
    again(&desk);
    let done = ok(
        &desk,
        "ursula",
        &["reset", "j.jansen", "--request", &request],
    );
    let receipt = done["results"][0]["receipt"].as_str().unwrap();
    assert_eq!(
        refused(&desk, "ursula", &["undo", receipt, "--yes"]),
        "own_reset"
    );
    ok(&desk, "simon", &["undo", receipt, "--yes"]);
    again(&desk);
    // A plan that needs a second pair of eyes, as the account was reset recently.
    std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
    let rows = desk.path("rows.csv").display().to_string();
    let plan = ok(
        &desk,
        "ursula",
        &["bulk", "plan", "reset", &rows, "--request", &request],
    );
    let plan = plan["id"].as_str().unwrap();
    assert_eq!(
        refused(&desk, "ursula", &["bulk", "apply", plan]),
        "four_eyes_required"
    );
    ok(&desk, "simon", &["bulk", "approve", plan]);
    assert_eq!(ok(&desk, "ursula", &["bulk", "apply", plan])["done"], 1);
    ok(&desk, "ursula", &["bulk", "list"]);
    ok(&desk, "ursula", &["pending"]);
    ok(
        &desk,
        "ursula",
        &["pending", "--reopen", "j.jansen", "--yes"],
    );
    own_tokens_and_nobody_elses_login(&desk, token["id"].as_str().unwrap());
    the_holder_is_at_the_desk(&desk, &request);
    a_password_of_ones_own(&desk);
    for login in ["ursula", "simon", "stef", "noor"] {
        assert_eq!(
            psql(
                &desk,
                login,
                "SELECT 1 FROM operators WHERE operator_password_hash(id) IS NOT NULL"
            ),
            Ok(1)
        );
    }
    balie(&desk, "simon", &["audit", "verify"]).json();
}

fn own_tokens_and_nobody_elses_login(desk: &Desk, token: &str) {
    ok(desk, "ursula", &["operator", "token", "list"]);
    ok(
        desk,
        "ursula",
        &["operator", "token", "revoke", token, "--yes"],
    );
    let revived = "UPDATE operator_tokens SET revoked_at = NULL";
    assert!(
        psql(desk, "ursula", revived)
            .unwrap_err()
            .contains("stands")
    );
    // Whose login to the database it is, is who can log in.
    for login in ["simon", "nobody"] {
        let args = ["login", login, "--password-stdin", "--code-stdin"];
        let (exit, code, _) = with(desk, "ursula", &args, "een gok\n123456\n").error();
        assert_eq!((exit, code.as_str()), (4, "role_may_not"), "{login}");
    }
}

fn the_holder_is_at_the_desk(desk: &Desk, request: &str) {
    // The holder is at the desk.
    let begun = ok(
        desk,
        "ursula",
        &[
            "enroll",
            "begin",
            "j.jansen",
            "--uri",
            &desk.path("uri").display().to_string(),
        ],
    );
    assert_eq!(begun["username"], "j.jansen");
    let uri = std::fs::read_to_string(desk.path("uri")).unwrap();
    let confirm = ["enroll", "confirm", "j.jansen", "--code-stdin"];
    secrets_are_for_whose_duty_it_is(desk, &confirm);
    let wrong = with(desk, "ursula", &confirm, "000000\n");
    assert_eq!(wrong.error().1, "code_not_accepted");
    let right = format!("{}\n", code_of(uri.trim(), 0));
    with(
        desk,
        "ursula",
        &["enroll", "confirm", "j.jansen", "--code-stdin"],
        &right,
    )
    .json();
    with(
        desk,
        "ursula",
        &["totp", "check", "j.jansen", "--code-stdin"],
        &right,
    )
    .json();
    // Break-glass takes two, and each is who the login says.
    let reason = "directeur aan de telefoon, stem bekend";
    let case = ok(
        desk,
        "ursula",
        &["reset", "j.jansen", "--break-glass", "--reason", reason],
    );
    ok(
        desk,
        "stef",
        &["case", "complete", case["id"].as_str().unwrap(), "--yes"],
    );
    again(desk);
    ok(
        desk,
        "ursula",
        &["request", "reject", request, "--reason", "other", "--yes"],
    );
}

fn a_password_of_ones_own(desk: &Desk) {
    // A password that is known by nobody but whose it is.
    let both = [
        "operator",
        "reset-password",
        "ursula",
        "--old-password-stdin",
        "--password-stdin",
    ];
    with(
        desk,
        "ursula",
        &both,
        &format!("{PASSWORD}\neen nieuw wachtwoord\n"),
    )
    .json();
    assert_eq!(refused(desk, "ursula", &["whoami"]), "session_ended");
    let login = ["login", "ursula", "--password-stdin", "--code-stdin"];
    assert_eq!(
        with(desk, "ursula", &login, "een gok\n123456\n").error().1,
        "login_refused"
    );
}

/// Whoever only resets reads no sealed secret, whatever keys there are. Ursula gets the duty.
fn secrets_are_for_whose_duty_it_is(desk: &Desk, confirm: &[&str]) {
    let [own, all] = ["sealed_secret", "*"].map(|what| format!("SELECT {what} FROM enrollments"));
    for sql in [own, all] {
        let error = psql(desk, "ursula", &sql).unwrap_err();
        assert!(error.contains("permission denied"), "{error}");
    }
    let handed = "SELECT 1 FROM enrollments WHERE sealed_secret_of(id) IS NOT NULL";
    let there = "SELECT 1 FROM enrollments WHERE is_sealed = 1";
    let there = psql(desk, "ursula", there).unwrap();
    assert!(there > 0);
    assert_eq!(psql(desk, "ursula", handed), Ok(0));
    let (exit, code, message) = with(desk, "ursula", confirm, "000000\n").error();
    assert_eq!((exit, code.as_str()), (7, "keys_unavailable"), "{message}");
    assert_eq!(ok(desk, "ursula", &["whoami"])["can_open"], false);
    for login in ["ursula", "noor"] {
        let duty = ["operator", "role", login, "--duty", "totp"];
        desk.by("fatima", &duty).json();
    }
    assert_eq!(ok(desk, "ursula", &["whoami"])["can_open"], true);
    assert_eq!(psql(desk, "ursula", handed), Ok(there));
    // Within reach, and still not by the column itself.
    let ids = desk.pairs("SELECT id::text, '' FROM enrollments");
    for (id, _) in ids {
        let one = format!("SELECT 1 WHERE sealed_secret_of({id}) IS NOT NULL");
        assert_eq!(psql(desk, "noor", &one), Ok(0), "another region's");
    }
    assert!(psql(desk, "ursula", "SELECT sealed_secret FROM enrollments").is_err());
}

/// What the day above has nothing of, and what auditors do.
#[test]
fn every_role_works_over_its_own_login() {
    let desk = Desk::new(Engine::Postgres);
    let request = staffed(&desk);
    let uri = desk.hire("ulla", "operator", &["utrecht"]);
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    let login = ["login", "ulla", "--password-stdin", "--code-stdin"];
    let wrong = with(&desk, "ulla", &login, &format!("{PASSWORD}\n000000\n"));
    assert_eq!(wrong.error().1, "login_refused");
    let right = format!("{PASSWORD}\n{}\n", code_of(&uri, 1));
    let right = with(&desk, "ulla", &login, &right);
    assert_eq!(right.exit, 0, "{}", right.stderr);
    ok(&desk, "ulla", &["whoami"]);
    assert_eq!(balie(&desk, "ulla", &["logout", "--all"]).exit, 0);
    ok(
        &desk,
        "ursula",
        &["reset", "j.jansen", "--request", &request],
    );
    desk.sql("UPDATE accounts SET enroll_by = enroll_by - 50 * 3600000000::bigint WHERE username = 'j.jansen'")
        .unwrap();
    ok(&desk, "ursula", &["pending", "--remind"]);
    assert_eq!(desk.count("enrollment_reminders"), 1);
    let file = desk.path("uri").display().to_string();
    // What was begun is begun anew.
    for _ in 0..2 {
        let _ = std::fs::remove_file(&file);
        ok(
            &desk,
            "ursula",
            &["enroll", "begin", "j.jansen", "--uri", &file, "--yes"],
        );
    }
    let uri = std::fs::read_to_string(&file).unwrap();
    let code = format!("{}\n", code_of(uri.trim(), 0));
    let confirm = ["enroll", "confirm", "j.jansen", "--code-stdin"];
    let duty = ["operator", "role", "ursula", "--duty", "totp"];
    desk.by("fatima", &duty).json();
    with(&desk, "ursula", &confirm, &code).json();
    desk.sql("UPDATE enrollments SET locked_at = 1, failed_attempts = 10 WHERE retired_at IS NULL")
        .unwrap();
    ok(&desk, "ursula", &["totp", "unlock", "j.jansen", "--yes"]);
    for args in [
        &["audit", "enrollments"][..],
        &["audit", "log"],
        &["account", "show", "k.bos"],
        &["request", "list"],
    ] {
        ok(&desk, "olga", args);
    }
    // An admin works with the owner's login, and has none of the own.
    desk.by("fatima", &["operator", "list"]).json();
    assert!(psql(&desk, "fatima", "SELECT 1").is_err());
}
