use std::fs;

use balie::domain::second_factor::totp::{Algorithm, Authenticator};
use serde_json::Value;

use super::portal::{code, enrolled, login, now};
use crate::reset::requests::{reset, verified_request};
use crate::support::{Desk, on_both_databases};

fn check(desk: &Desk, account: &str, codes: &[&str], more: &[&str]) -> Value {
    let args = [&["totp", "check", account, "--code-stdin"], more].concat();
    desk.run_with(&args, &codes.join("\n")).json()
}

fn answer(desk: &Desk, codes: &[&str]) -> String {
    let document = check(desk, "j.jansen", codes, &[]);
    document["answer"].as_str().unwrap().to_owned()
}

on_both_databases! {
    fn a_right_code_is_used_up_by_the_answer(desk: &Desk) {
        enrolled(desk);
        let code = code(1);
        assert_eq!(answer(desk, &[&code]), "right");
        assert_eq!(answer(desk, &[&code]), "already_used");
        let (outcome, why) = login(desk, "j.jansen", "correct paard batterij", Some(&code));
        assert_eq!((outcome.as_str(), why.as_str()), ("denied", "code_replayed"));
        let shown = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!((&shown["last_login_at"], &shown["second_factor"]["last_used_at"]), (&Value::Null, &Value::Null));
        assert!(!desk.run_json(["audit", "log"]).stdout.contains(&code));
    }

    fn a_clock_that_is_off_is_told_with_its_direction(desk: &Desk) {
        enrolled(desk);
        let ahead = check(desk, "j.jansen", &[&code(5)], &[]);
        assert_eq!(ahead["answer"], "clock_ahead");
        assert!((120..=150).contains(&ahead["seconds"].as_i64().unwrap()), "{ahead:#}");
        assert!(ahead["advice"].as_str().unwrap().contains("automatic"));
        assert_eq!(check(desk, "j.jansen", &[&code(-5)], &[])["answer"], "clock_behind");
        assert_eq!(answer(desk, &[&code(-240)]), "second_code_needed");
        let far = check(desk, "j.jansen", &[&code(-240), &code(-239)], &[]);
        assert_eq!(far["answer"], "clock_behind");
        assert!((-7_230..=-7_170).contains(&far["seconds"].as_i64().unwrap()), "{far:#}");
        assert_eq!(answer(desk, &["000000", "000000"]), "unknown");
        let (exit, error, message) = desk.run_with(&["totp", "check", "j.jansen", "--code-stdin"], "12345").error();
        assert_eq!((exit, error.as_str()), (2, "invalid_input"));
        assert!(!message.contains("12345"));
    }

    fn locked_reset_and_not_enrolled_are_told(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(check(desk, "z.celik", &["123456"], &[])["answer"], "not_enrolled");
        desk.sql("UPDATE enrollments SET locked_at = 1000000").unwrap();
        let locked = check(desk, "j.jansen", &[&code(0)], &[]);
        assert_eq!((&locked["answer"], &locked["locked_since"]), (&"locked".into(), &"1970-01-01T00:00:01Z".into()));
        desk.sql("UPDATE enrollments SET locked_at = NULL, last_accepted_step = 9000000000").unwrap();
        assert_eq!(answer(desk, &[&code(0)]), "server_clock");
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        assert_eq!(answer(desk, &[&code(0)]), "previous_enrollment");
        assert_eq!(answer(desk, &["000000"]), "not_enrolled");
        desk.sql("UPDATE enrollments SET sealed_secret = NULL").unwrap();
        assert_eq!(answer(desk, &[&code(0)]), "not_enrolled");
    }

    fn a_colleagues_phone_is_found_in_the_region_and_only_with_two_codes(desk: &Desk) {
        enrolled(desk);
        let colleague = Authenticator::new(&[7; 20], Algorithm::Sha1, 6, 30).unwrap();
        let uri = "otpauth://totp/x?secret=A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH";
        let file = desk.path("colleagues.csv");
        fs::write(&file, format!("username,otpauth_uri\nz.celik,{uri}\n")).unwrap();
        desk.run_json(["enroll", "import", &file.display().to_string()]).json();
        let (first, next) = (now(&colleague, 0), now(&colleague, 1));
        let whose = |codes: &[&str]| check(desk, "j.jansen", codes, &["--whose-code"]);
        assert_eq!(answer(desk, &[&first, &next]), "unknown");
        assert_eq!(whose(&[&first])["answer"], "second_code_needed");
        let found = whose(&[&first, &next]);
        assert_eq!(found["answer"], "other_account");
        assert_eq!((&found["other_account"]["username"], &found["other_account"]["same_school"]), (&"z.celik".into(), &true.into()));
        // Elsewhere it's nobody's.
        desk.sql("DELETE FROM account_roles WHERE account_id = (SELECT id FROM accounts WHERE username = 'z.celik')").unwrap();
        assert_eq!(whose(&[&first, &next])["answer"], "unknown");
        let log = desk.run_json(["audit", "log"]).stdout;
        assert_eq!(log.matches("totp.whose_code").count(), 3);
    }

    fn checks_are_few(desk: &Desk) {
        enrolled(desk);
        for _ in 0..10 {
            assert_eq!(answer(desk, &["000000", "000000"]), "unknown");
        }
        let ran = desk.run_with(&["totp", "check", "j.jansen", "--code-stdin"], &code(0));
        let (exit, error, _) = ran.error();
        assert_eq!((exit, error.as_str()), (4, "too_many_tries"));
        assert!(desk.run_json(["audit", "log"]).stdout.contains("totp.refused"));
    }
}
