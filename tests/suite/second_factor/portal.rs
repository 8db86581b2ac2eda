use std::fs;

use balie::domain::second_factor::totp::{Algorithm, Authenticator};
use balie::domain::timestamp::Timestamp;
use serde_json::Value;

use crate::support::{Desk, on_both_databases};

const PASSWORD: &str = "correct paard batterij";
const SECRET: &[u8] = b"12345678901234567890";
const URI: &str = "otpauth://totp/OT:x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=OT";

/// What the app of [`URI`] shows, so many steps from now.
#[expect(clippy::disallowed_methods, reason = "an app has the time that it is")]
pub(crate) fn code(steps: i64) -> String {
    let app = Authenticator::new(SECRET, Algorithm::Sha1, 6, 30).unwrap();
    let step = app.step_at(Timestamp::from(jiff::Timestamp::now()));
    app.code(step.saturating_add_signed(steps))
        .shown()
        .to_owned()
}

pub(crate) fn set_password(desk: &Desk, account: &str) {
    let ran = desk.run_with(
        &["portal", "password", account, "--password-stdin"],
        PASSWORD,
    );
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
}

/// The directory, passwords, and j.jansen's app.
pub(crate) fn enrolled(desk: &Desk) {
    desk.import_small_directory().json();
    set_password(desk, "j.jansen");
    let file = desk.path("e.csv");
    fs::write(&file, format!("username,otpauth_uri\nj.jansen,{URI}\n")).unwrap();
    desk.run_json(["enroll", "import", &file.display().to_string()])
        .json();
}

/// Logs in, and gives the outcome and the explanation.
pub(crate) fn login(
    desk: &Desk,
    account: &str,
    password: &str,
    code: Option<&str>,
) -> (String, String) {
    let document = login_document(desk, account, password, code);
    (
        text(&document["outcome"]),
        text(&document["explanation"]["code"]),
    )
}

fn login_document(desk: &Desk, account: &str, password: &str, code: Option<&str>) -> Value {
    let mut args = vec!["portal", "login", account, "--password-stdin", "--explain"];
    args.extend(code.map(|_| "--code-stdin"));
    let ran = desk.run_with(
        &args,
        &format!("{password}\n{}\n", code.unwrap_or_default()),
    );
    let document: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let denied = document["outcome"] == "denied";
    assert_eq!(
        ran.exit,
        if denied { 4 } else { 0 },
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    document
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn expect(desk: &Desk, code: Option<&str>, outcome: &str, why: &str) {
    let (found, because) = login(desk, "j.jansen", PASSWORD, code);
    assert_eq!((found.as_str(), because.as_str()), (outcome, why));
}

fn state(desk: &Desk, account: &str) -> (String, String) {
    let shown = desk.run_json(["account", "show", account]).json();
    (
        text(&shown["second_factor"]["state"]),
        text(&shown["recovery_code"]["state"]),
    )
}

/// Enrolls by the book; gives the recovery code.
pub(crate) fn enroll(desk: &Desk, account: &str) -> (Authenticator, String) {
    let begun = desk
        .run_json(["enroll", "begin", account, "--uri", "-"])
        .json();
    let app = balie::domain::second_factor::otpauth::read(begun["otpauth_uri"].as_str().unwrap())
        .unwrap();
    let ran = desk.run_with(
        &["enroll", "confirm", account, "--code-stdin"],
        &now(&app, 0),
    );
    (app, text(&ran.json()["recovery_code"]))
}

#[expect(clippy::disallowed_methods, reason = "an app has the time that it is")]
pub(crate) fn now(app: &Authenticator, steps: i64) -> String {
    let step = app.step_at(Timestamp::from(jiff::Timestamp::now()));
    app.code(step.saturating_add_signed(steps))
        .shown()
        .to_owned()
}

on_both_databases! {
    fn a_code_logs_in_once_and_nobody_learns_which_part_was_wrong(desk: &Desk) {
        enrolled(desk);
        let code = code(1);
        let mut reasons = Vec::new();
        for (account, password, typed) in [
            ("j.jansen", "wrong", Some(code.as_str())),
            ("nobody", PASSWORD, Some(code.as_str())),
            ("-- no name at all", PASSWORD, Some(code.as_str())),
            ("z.celik", PASSWORD, Some(code.as_str())),
            ("j.jansen", PASSWORD, Some("000000")),
            ("j.jansen", PASSWORD, Some("nonsense")),
            ("j.jansen", PASSWORD, None),
        ] {
            let mut args = vec!["portal", "login", "--password-stdin"];
            args.extend(typed.map(|_| "--code-stdin"));
            args.extend(["--", account]);
            let ran = desk.run_with(&args, &format!("{password}\n{}\n", typed.unwrap_or_default()));
            assert_eq!((ran.exit, ran.stderr.as_str()), (4, ""));
            reasons.push(ran.stdout);
        }
        reasons.dedup();
        assert_eq!(reasons.len(), 1, "{reasons:?}");
        // A wrong password used nothing up.
        expect(desk, Some(&code), "granted", "code_accepted");
        expect(desk, Some(&code), "denied", "code_replayed");
        let shown = desk.run_json(["account", "show", "j.jansen"]).json();
        assert!(shown["last_login_at"].is_string() && shown["second_factor"]["last_used_at"].is_string());
        let log = desk.run_json(["audit", "log"]).stdout;
        assert!(!log.contains(PASSWORD) && !log.contains(&code) && !log.contains("no name at all"));
    }

    fn each_part_is_explained_to_the_desk(desk: &Desk) {
        enrolled(desk);
        let because = |account, password, code: Option<&str>| login(desk, account, password, code).1;
        assert_eq!(because("nobody", PASSWORD, None), "unknown_account");
        assert_eq!(because("z.celik", PASSWORD, None), "no_password");
        assert_eq!(because("j.jansen", "wrong", None), "wrong_password");
        assert_eq!(because("j.jansen", PASSWORD, None), "code_missing");
        assert_eq!(because("j.jansen", PASSWORD, Some("12345")), "code_mistyped");
        assert_eq!(because("j.jansen", PASSWORD, Some(&code(5))), "wrong_code");
        assert_eq!(because("j.jansen", PASSWORD, Some("00000-00000-00000-00000-0")), "wrong_recovery_code");
        desk.sql("UPDATE accounts SET status = 'blocked' WHERE username = 'j.jansen'").unwrap();
        assert_eq!(because("j.jansen", PASSWORD, Some(&code(0))), "account_blocked");
    }

    fn the_tenth_failure_locks_until_the_desk_unlocks(desk: &Desk) {
        enrolled(desk);
        let failures = |count: u32| {
            desk.sql(&format!("UPDATE enrollments SET failed_attempts = {count}")).unwrap();
        };
        failures(8);
        expect(desk, Some(&code(7)), "denied", "wrong_code");
        expect(desk, Some(&code(0)), "granted", "code_accepted");
        expect(desk, Some(&code(7)), "denied", "wrong_code");
        failures(9);
        expect(desk, Some(&code(7)), "denied", "locked_now");
        expect(desk, Some(&code(1)), "denied", "locked");
        assert_eq!(state(desk, "j.jansen").0, "locked");
        desk.run_json(["totp", "unlock", "j.jansen"]).json();
        expect(desk, Some(&code(1)), "granted", "code_accepted");
        let (exit, error, _) = desk.run_json(["totp", "unlock", "j.jansen"]).error();
        assert_eq!((exit, error.as_str()), (5, "not_locked"));
        let mails = desk.run_json(["outbox", "list"]).json();
        let kinds: Vec<_> = mails["mails"].as_array().unwrap().iter().map(|mail| text(&mail["kind"])).collect();
        for kind in ["locked_holder", "unlocked_holder", "password_holder"] {
            assert_eq!(kinds.iter().filter(|found| *found == kind).count(), 1, "{kind}: {kinds:?}");
        }
        for _ in 0..2 {
            desk.sql("UPDATE enrollments SET locked_at = 1").unwrap();
            desk.run_json(["totp", "unlock", "j.jansen"]).json();
        }
        desk.sql("UPDATE enrollments SET locked_at = 1").unwrap();
        let (exit, error, _) = desk.run_json(["totp", "unlock", "j.jansen"]).error();
        assert_eq!((exit, error.as_str()), (4, "too_many_tries"));
    }

    fn a_recovery_code_works_once_and_then_only_enrolling_does(desk: &Desk) {
        desk.import_small_directory().json();
        set_password(desk, "j.jansen");
        expect(desk, None, "must_enroll", "not_enrolled");
        let (app, recovery) = enroll(desk, "j.jansen");
        assert_eq!(state(desk, "j.jansen"), ("active".into(), "active".into()));
        expect(desk, Some(&now(&app, 1)), "granted", "code_accepted");
        desk.sql("UPDATE enrollments SET locked_at = 1 WHERE retired_at IS NULL").unwrap();
        let typed = recovery.to_lowercase().replace('-', " ");
        let mistyped = format!("{}{}", if typed.starts_with('0') { '1' } else { '0' }, &typed[1..]);
        expect(desk, Some(&mistyped), "denied", "code_mistyped");
        let epoch = |desk: &Desk| desk.run_json(["account", "show", "j.jansen"]).json()["session_epoch"].as_i64();
        let before = epoch(desk);
        let used = login_document(desk, "j.jansen", PASSWORD, Some(&typed));
        assert_eq!((&used["outcome"], &used["reason"]), (&"must_enroll".into(), &"enroll_first".into()));
        assert_eq!(epoch(desk), before.map(|epoch| epoch + 1));
        assert_eq!(state(desk, "j.jansen"), ("none".into(), "used".into()));
        expect(desk, None, "must_enroll", "not_enrolled");
        desk.sql("UPDATE accounts SET enroll_by = 1").unwrap();
        expect(desk, Some(&typed), "denied", "wrong_recovery_code");
        expect(desk, Some(&now(&app, 0)), "denied", "window_closed");
        let (exit, error, _) = desk.run_json(["enroll", "begin", "j.jansen", "--uri", "-"]).error();
        assert_eq!((exit, error.as_str()), (4, "enrollment_window_closed"));
        let log = desk.run_json(["audit", "log"]).stdout;
        let secret = data_encoding::BASE32_NOPAD.encode(app.secret());
        assert!(!log.contains(&secret) && !log.contains(&recovery));
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_password_is_replaced_by_who_knows_it_only(desk: &Desk) {
        enrolled(desk);
        let again = desk.run_with(&["portal", "password", "j.jansen", "--password-stdin"], "another one");
        assert_eq!(again.error().1, "wrong_password");
        let replace = &["portal", "password", "j.jansen", "--old-password-stdin", "--password-stdin"];
        assert_eq!(desk.run_with(replace, "wrong\nanother one\n").error().1, "wrong_password");
        assert_eq!(desk.run_with(replace, &format!("{PASSWORD}\nshort\n")).error().1, "invalid_input");
        desk.run_with(replace, &format!("{PASSWORD}\nanother one\n")).json();
        assert_eq!(login(desk, "j.jansen", "another one", Some(&code(0))).0, "granted");
        let small = "$argon2id$v=19$m=8192,t=1,p=1$BwcHBwcHBwcHBwcHBwcHBw$VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU";
        desk.run_with(&["portal", "password", "z.celik", "--hash-stdin"], small).json();
        assert_eq!(login(desk, "z.celik", PASSWORD, None).1, "wrong_password");
        let bad = desk.run_with(&["portal", "password", "k.bos", "--hash-stdin"], "$2b$12$abc");
        assert_eq!(bad.error().1, "invalid_input");
    }

    fn of_many_logins_with_one_code_one_gets_in(desk: &Desk) {
        enrolled(desk);
        let code = code(1);
        let input = format!("{PASSWORD}\n{code}\n");
        let mut children: Vec<_> = (0..6)
            .map(|_| desk.start_with(&["portal", "login", "j.jansen", "--password-stdin", "--code-stdin"], &input))
            .collect();
        let exits: Vec<_> = children.iter_mut().map(|child| child.wait().unwrap().code().unwrap()).collect();
        assert_eq!(exits.iter().filter(|exit| **exit == 0).count(), 1, "{exits:?}");
        assert_eq!(exits.iter().filter(|exit| **exit == 4).count(), 5, "{exits:?}");
    }
}
