use std::fs;

use crate::support::on_both_databases;

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
}
