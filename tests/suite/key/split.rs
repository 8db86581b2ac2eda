//! A machine that resets, and opens no account's secret.

use std::fs;

use balie::loopback::SmtpSink;

use crate::reset::requests::{reset, verified_request};
use crate::second_factor::portal::{code, enrolled, now};
use crate::support::{Desk, Ran, on_both_databases};

const WHOLE: &str = ".config/balie/keys.toml";

/// Puts the keys of a machine that only seals in the place of the whole key file, which goes into the safe.
fn only_seals(desk: &Desk) {
    let split = desk.path("desk-keys.toml");
    desk.run_json(["key", "split", split.to_str().unwrap()])
        .json();
    fs::rename(desk.path(WHOLE), desk.path("safe.toml")).unwrap();
    fs::rename(split, desk.path(WHOLE)).unwrap();
}

fn has_all_keys(desk: &Desk) {
    fs::copy(desk.path("safe.toml"), desk.path(WHOLE)).unwrap();
}

fn check(desk: &Desk) -> Ran {
    desk.run_with(&["totp", "check", "j.jansen", "--code-stdin"], &code(1))
}

#[track_caller]
fn ends_elsewhere(ran: &Ran) {
    let (exit, code, _) = ran.error();
    assert_eq!(
        (exit, code.as_str()),
        (7, "keys_unavailable"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("ask petra"), "{}", ran.stderr);
}

fn send(desk: &Desk, server: &SmtpSink) -> Ran {
    let mut command = desk.command();
    command
        .env("BALIE_SMTP_URL", &server.url)
        .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
        .args(["--format", "json", "outbox", "send"]);
    Ran::new(&command.output().unwrap())
}

fn can_open(desk: &Desk) -> serde_json::Value {
    desk.run_json(["whoami"]).json()["can_open"].clone()
}

on_both_databases! {
    fn it_resets_and_begins_and_what_opens_a_secret_names_who_can(desk: &Desk) {
        enrolled(desk);
        let petra = "INSERT INTO operators (login, role, added_at, duty) VALUES ('petra', 'senior', 1, 'totp')";
        desk.sql(petra).unwrap();
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        assert_eq!(can_open(desk), true);
        only_seals(desk);
        assert_eq!(can_open(desk), false);
        ends_elsewhere(&check(desk));
        ends_elsewhere(&desk.run_json(["key", "rotate", "--yes"]));
        let login = ["portal", "login", "j.jansen", "--password-stdin", "--code-stdin"];
        ends_elsewhere(&desk.run_with(&login, &format!("correct paard batterij\n{}\n", code(1))));

        // What only seals works on, and its receipt holds.
        let reissue = ["recovery", "reissue", "z.celik", "--request", &request, "--deliver", "mail", "--yes"];
        desk.run_json(reissue).json();
        let (exit, done) = reset(desk, &request, &["j.jansen"]);
        assert_eq!(exit, 0, "{done:#}");
        let receipt = done["results"][0]["receipt"].as_str().unwrap();
        desk.run_json(["receipt", "verify", receipt]).json();
        let begun = desk.run_json(["enroll", "begin", "j.jansen", "--uri", "-", "--yes"]).json();
        let app = balie::domain::second_factor::otpauth::read(begun["otpauth_uri"].as_str().unwrap()).unwrap();
        let first = now(&app, 0);
        let confirm = ["enroll", "confirm", "j.jansen", "--code-stdin"];
        ends_elsewhere(&desk.run_with(&confirm, &first));

        // Mails go out, and one with a code waits for whoever opens it.
        let server = SmtpSink::start(false).unwrap();
        let sent = send(desk, &server);
        assert_eq!(sent.exit, 7, "{}", sent.stderr);
        assert!(sent.stderr.contains("[keys_unavailable]; ask petra"), "{}", sent.stderr);
        assert!(sent.stdout.contains("\"petra\""), "{}", sent.stdout);
        ends_elsewhere(&send(desk, &server));
        assert!(server.mails().len() >= 3, "{}", server.mails().len());
        let waits = "outbox WHERE sealed_secret IS NOT NULL AND sent_at IS NULL AND claim_until IS NULL";
        assert_eq!(desk.count(waits), 1);
        has_all_keys(desk);
        assert_eq!(send(desk, &server).json()["sent"], 1);
        let confirmed = desk.run_with(&confirm, &now(&app, 1));
        assert_eq!(confirmed.exit, 0, "{}", confirmed.stderr);
        // Nobody registered petra here.
        desk.sql("DELETE FROM operators WHERE login = 'petra'").unwrap();
        desk.assert_state_holds();
    }

    // The public half tells whose keys they are: secrets that the desk seals from now on are nobody else's.
    fn another_public_half_is_refused(desk: &Desk) {
        enrolled(desk);
        only_seals(desk);
        let text = fs::read_to_string(desk.path(WHOLE)).unwrap();
        assert!(!text.contains("open = "), "{text}");
        let others = Desk::new(desk.engine);
        let other = fs::read_to_string(others.path(WHOLE)).unwrap();
        let public = |text: &str| {
            let line = text.lines().find(|line| line.starts_with("public = ")).unwrap();
            line.to_owned()
        };
        desk.secret(WHOLE, &text.replace(&public(&text), &public(&other)));
        let (exit, code, _) = desk.run_json(["enroll", "begin", "z.celik", "--uri", "-", "--yes"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
    }

    fn what_older_keys_open_is_sealed_anew_first(desk: &Desk) {
        enrolled(desk);
        let old = desk.run_json(["key", "status"]).json()["keys"][0]["key"].clone();
        desk.run_json(["key", "rotate", "--yes"]).json();
        only_seals(desk);
        let text = fs::read_to_string(desk.path(WHOLE)).unwrap();
        assert!(!text.contains(old.as_str().unwrap()), "the old key opens copies of the database from before");
        assert_eq!(text.matches("[[seal]]").count(), 1);
        has_all_keys(desk);
        check(desk).json();
    }

    fn the_duty_is_an_admins_to_give_and_take(desk: &Desk) {
        desk.close();
        desk.hire("petra", "auditor", &[]);
        let role = |duty: &str| desk.by("fatima", &["operator", "role", "petra", "--duty", duty, "--yes"]).json()["duty"].clone();
        assert_eq!(role("totp"), "totp");
        assert_eq!(desk.by("petra", &["whoami"]).json()["duty"], "totp");
        assert_eq!(role("none"), serde_json::Value::Null);
        let own = desk.by("petra", &["operator", "role", "petra", "--duty", "totp", "--yes"]);
        assert_eq!(own.error().1, "role_may_not");
        desk.assert_state_holds();
    }
}
