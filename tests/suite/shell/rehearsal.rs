//! `--dry-run`: it is kept to by every command that changes something, or refused.

use crate::reset::requests::verified_request;
use crate::support::mail::mail;
use crate::support::on_both_databases;

on_both_databases! {
    fn what_can_not_be_rehearsed_is_refused_and_nothing_is_done(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let eml = desk.path("new.eml");
        std::fs::write(&eml, mail("d.visser@beatrixschool.nl", "utrecht@otservicedesk.nl", "new")).unwrap();
        let (eml, file) = (eml.display().to_string(), desk.path("out").display().to_string());
        let (events, requests) = (desk.count("events"), desk.count("requests"));
        for args in [
            &["init"][..],
            &["logout"],
            &["operator", "add", "petra", "--role", "senior"],
            &["operator", "role", "fatima", "auditor"],
            &["operator", "disable", "fatima"],
            &["operator", "enable", "fatima"],
            &["operator", "token", "revoke", "T-1"],
            &["request", "receive", &eml],
            &["request", "confirm", &request, "--code-stdin"],
            &["mailbox", "fetch", "--maildir", &file],
            &["bulk", "cancel", "P-4K7Q2M"],
            &["case", "cancel", "B-4K7Q2"],
            &["reset", "j.jansen", "--break-glass", "--reason", "director by phone"],
            &["request", "reverify", &request],
            &["request", "show", &request, "--eml", &file],
            &["mailbox", "quarantine", "1", "--eml", &file],
            &["audit", "enrollments", "--html", &file],
            &["region", "list", "--html", &file],
            &["enroll", "confirm", "j.jansen", "--code-stdin"],
            &["totp", "check", "j.jansen", "--code-stdin"],
            &["portal", "login", "j.jansen", "--password-stdin"],
            &["portal", "password", "j.jansen", "--password-stdin"],
            &["audit", "checkpoint", "--out", &file],
            &["audit", "export", "--out", &file],
            &["backup", &file],
            &["outbox", "send"],
            &["man", &file],
        ] {
            for flag in ["-n", "--dry-run"] {
                let ran = desk.run_json([args, &[flag]].concat());
                let (exit, code, message) = ran.error();
                assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{args:?}: {message}");
                assert!(message.contains("can't be rehearsed"), "{args:?}: {message}");
            }
        }
        assert_eq!((desk.count("events"), desk.count("requests")), (events, requests));
        assert!(!desk.path("out").exists());
        // What only reads takes the flag.
        assert_eq!(desk.run(["request", "reverify", &request, "--offline", "-n"]).exit, 0);
        assert_eq!(desk.run(["operator", "list", "-n"]).exit, 0);
    }

    fn a_config_that_was_named_is_there_or_nothing_is_done(desk: &Desk) {
        let absent = desk.path("absent.toml").display().to_string();
        let (exit, code, message) = desk.run_json(["whoami", "--config", &absent]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains(&absent), "{message}");
        let mut command = desk.command();
        let ran = command.env("BALIE_CONFIG", &absent).arg("doctor").output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
    }
}
