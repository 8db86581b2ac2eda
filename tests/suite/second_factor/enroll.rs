use std::fs;

use super::portal::{login, now, set_password};
use crate::support::on_both_databases;

const PASSWORD: &str = "correct paard batterij";
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

on_both_databases! {
    fn an_import_enrolls_and_a_second_one_changes_nothing(desk: &Desk) {
        desk.import_small_directory().json();
        let file = desk.path("e.csv");
        fs::write(&file, format!(
            "username,otpauth_uri\nj.jansen,otpauth://totp/OT:j.jansen?secret={SECRET}&issuer=OT\n"
        )).unwrap();
        let file = file.display().to_string();
        assert_eq!(desk.run_json(["enroll", "import", &file]).json()["enrolled"], 1);
        let again = desk.run_json(["enroll", "import", &file]).json();
        assert_eq!((&again["enrolled"], &again["unchanged"]), (&0.into(), &1.into()));
        let account = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(account["second_factor"]["state"], "active");
    }

    // As other systems write them: every app takes these.
    fn uris_are_taken_as_apps_take_them_and_a_changed_one_is_told(desk: &Desk) {
        desk.import_small_directory().json();
        let file = desk.path("e.csv");
        let import = |rows: &str| {
            fs::write(&file, format!("username,otpauth_uri\r\n{rows}\r\n")).unwrap();
            desk.run_json(["enroll", "import", &file.display().to_string()])
        };
        let small = SECRET.to_ascii_lowercase();
        let rows = [
            format!("j.jansen,otpauth://totp/Oud:j.jansen?secret={small}%3D%3D&issuer=Nieuw"),
            format!("z.celik,otpauth://totp/Text%3A%20More:z?secret={SECRET}====&issuer=Text%3A%20More"),
            "d.visser,otpauth://totp/x?secret=GEZD%20GNBV-GY3T+QOJQ+GEZD+GNBV+GY3T+QOJQ".to_owned(),
        ];
        assert_eq!(import(&rows.join("\r\n")).json()["enrolled"], 3);
        let same = format!("j.jansen,otpauth://totp/x?secret={SECRET}");
        assert_eq!(import(&same).json()["unchanged"], 1);
        for other in ["digits=8", "period=60", "algorithm=SHA256"] {
            let (exit, _, message) = import(&format!("\r\n{same}&{other}")).error();
            assert!(exit == 2 && message.contains("enrollments:3: username"), "{message}");
            assert!(message.contains("another hash, number of digits or period"), "{message}");
        }
    }

    fn a_fault_is_told_without_the_secret_and_nothing_is_kept(desk: &Desk) {
        desk.import_small_directory().json();
        let file = desk.path("e.csv");
        fs::write(&file, format!(
            "username,otpauth_uri\n\
             j.jansen,otpauth://totp/OT:j.jansen?secret={SECRET}&issuer=OT\n\
             d.visser,otpauth://hotp/OT:d.visser?secret={SECRET}\n\
             nobody,otpauth://totp/OT:nobody?secret={SECRET}\n"
        )).unwrap();
        let ran = desk.run_json(["enroll", "import", &file.display().to_string()]);
        assert!(!ran.stderr.contains(SECRET));
        let (exit, _, message) = ran.error();
        assert_eq!(exit, 2);
        assert!(message.contains("enrollments:3: otpauth_uri"), "{message}");
        assert!(message.contains("enrollments:4: username"), "{message}");
        let account = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(account["second_factor"]["state"], "none");
    }

    fn unusual_authenticators_are_kept_as_they_are_and_short_ones_are_asked_for(desk: &Desk) {
        desk.import_small_directory().json();
        set_password(desk, "j.jansen");
        let import = |rows: &str, more: &[&str]| {
            let file = desk.path("unusual.csv");
            fs::write(&file, format!("username,otpauth_uri\n{rows}\n")).unwrap();
            let file = file.display().to_string();
            desk.run_json([&["enroll", "import", &file], more].concat())
        };
        let long = SECRET.repeat(3);
        let unusual = format!("otpauth://totp/OT:j.jansen?secret={long}&algorithm=SHA512&digits=8&period=60");
        let report = import(&format!("j.jansen,{unusual}"), &[]).json();
        assert_eq!((&report["enrolled"], &report["unusual"]), (&1.into(), &1.into()));
        let app = balie::domain::second_factor::otpauth::read(&unusual).unwrap();
        let code = now(&app, 1);
        assert_eq!(code.len(), 8);
        assert_eq!(login(desk, "j.jansen", PASSWORD, Some(&code)).0, "granted");

        let short = "z.celik,otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ";
        let (exit, _, message) = import(short, &[]).error();
        assert!(exit == 2 && message.contains("128 bits") && !message.contains("GEZD"), "{message}");
        assert_eq!(import(short, &["--allow-short"]).json()["enrolled"], 1);
        for bad in [
            "otpauth://totp/x?secret=!!!",
            "otpauth://totp/x",
            "https://example.nl",
            "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=MD5",
            "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=5",
            "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=0",
            "",
        ] {
            let (exit, code, message) = import(&format!("d.visser,{bad}"), &[]).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{bad}");
            assert!(message.contains("enrollments:2"), "{message}");
        }
    }

    fn ten_wrong_first_codes_end_an_enrollment_and_a_second_begin_replaces_the_first(desk: &Desk) {
        desk.import_small_directory().json();
        let begin = || {
            let begun = desk.run_json(["enroll", "begin", "j.jansen", "--uri", "-"]).json();
            balie::domain::second_factor::otpauth::read(begun["otpauth_uri"].as_str().unwrap()).unwrap()
        };
        let confirm = |code: &str| desk.run_with(&["enroll", "confirm", "j.jansen", "--code-stdin"], code);
        assert_eq!(confirm("123456").error().1, "not_begun");
        let first = begin();
        let second = begin();
        let (exit, code, _) = confirm(&now(&first, 0)).error();
        assert_eq!((exit, code.as_str()), (4, "code_not_accepted"));
        desk.sql("UPDATE enrollments SET failed_attempts = 9 WHERE retired_at IS NULL").unwrap();
        assert_eq!(confirm(&now(&second, 5)).error().1, "too_many_tries");
        assert_eq!(confirm(&now(&second, 0)).error().1, "not_begun");
        let third = begin();
        let file = desk.path("uri.txt");
        assert_eq!(confirm(&now(&third, 0)).json()["state"], "active");
        let again = desk.run_json(["enroll", "begin", "j.jansen", "--uri", &file.display().to_string()]);
        assert_eq!((again.error().1.as_str(), file.exists()), ("already_enrolled", false));
        let blocked = desk.run_json(["enroll", "begin", "k.bos", "--uri", "-"]).error();
        assert_eq!((blocked.0, blocked.1.as_str()), (4, "account_blocked"));
        desk.sql("UPDATE operators SET work_email = 'z.celik@devecht.nl'").unwrap();
        let own = desk.run_json(["enroll", "begin", "z.celik", "--uri", "-"]).error();
        assert_eq!((own.0, own.1.as_str()), (4, "same_person"));
        let dry = desk.run_json(["enroll", "begin", "d.visser", "--uri", "-", "-n"]).json();
        assert!(dry["otpauth_uri"].is_null());
        assert_eq!(desk.run_json(["account", "show", "d.visser"]).json()["second_factor"]["state"], "none");
    }
}
