use super::reset::{reset, verified_request};
use crate::support::{Desk, Ran, on_both_databases};
use balie::loopback::SmtpSink;
use mail_parser::MessageParser;

fn send(desk: &Desk, url: &str) -> Ran {
    let output = desk
        .command()
        .env("BALIE_SMTP_URL", url)
        .env("BALIE_SMTP_FROM", "Servicedesk <utrecht@otservicedesk.nl>")
        .args(["--format", "json", "outbox", "send"])
        .output()
        .unwrap();
    Ran::new(&output)
}

/// The mail's text part, or its HTML part.
fn read(mail: &str, html: bool) -> String {
    let mail = MessageParser::default().parse(mail).unwrap();
    let part = if html {
        mail.body_html(0)
    } else {
        mail.body_text(0)
    };
    part.unwrap().into_owned()
}

on_both_databases! {
    fn a_reset_is_told_to_holder_and_requester_once(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        let server = SmtpSink::start(false).unwrap();
        assert_eq!(send(desk, &server.url).json()["sent"], 2);
        assert_eq!(send(desk, &server.url).json()["sent"], 0);
        let mails = server.mails();
        assert_eq!(mails.len(), 2);
        let to = |address: &str| mails.iter().find(|mail| mail.contains(&format!("To: {address}"))).unwrap();
        let holder = to("j.jansen@beatrixschool.nl");
        assert!(holder.contains("Auto-Submitted: auto-generated"));
        for html in [false, true] {
            assert!(read(holder, html).contains("koppel uw Authenticator app opnieuw"), "{holder}");
        }
        assert!(read(to("d.visser@beatrixschool.nl"), false).contains("Op uw verzoek"));
        let listed = desk.run_json(["outbox", "list"]).json();
        assert!(listed["mails"].as_array().unwrap().iter().all(|mail| mail["state"] == "sent"));
        let id = listed["mails"][0]["message_id"].as_str().unwrap();
        assert!(mails.iter().any(|mail| mail.contains(&format!("Message-ID: <{id}>"))));
    }

    fn what_is_not_taken_stays_and_is_tried_again_later(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        let refusing = SmtpSink::start(true).unwrap();
        let ran = send(desk, &refusing.url);
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        let listed = desk.run_json(["outbox", "list"]).json();
        assert_eq!(listed["mails"][0]["state"], "due");
        assert_eq!(listed["mails"][0]["attempts"], 1);
        let server = SmtpSink::start(false).unwrap();
        assert_eq!(send(desk, &server.url).json()["sent"], 0, "not before its time");
        desk.sql("UPDATE outbox SET due_at = 1").unwrap();
        assert_eq!(send(desk, &server.url).json()["sent"], 2);
    }

    fn nothing_goes_out_unencrypted_but_to_loopback(desk: &Desk) {
        let (exit, code, message) = send(desk, "smtp+plain://mail.example.nl").error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains("loopback only"), "{message}");
    }
}
