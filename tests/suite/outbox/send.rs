use std::process::Stdio;

use super::server::queue;
use crate::reset::requests::{reset, verified_request};
use crate::support::smtp_tls::TlsSmtpServer;
use crate::support::{Desk, Ran, on_both_databases};
use balie::loopback::SmtpSink;
use mail_parser::MessageParser;

const DESK_ADDRESS: &str = "utrecht@otservicedesk.nl";

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

    fn a_mail_that_cannot_be_written_keeps_no_other_back_and_answers_go_to_the_desk_on_file(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "z.celik"]);
        assert_eq!(reset(desk, &request, &["j.jansen", "z.celik"]).0, 0);
        desk.sql("UPDATE outbox SET notice = REPLACE(notice, 'utrecht@otservicedesk.nl', 'evil@example.org')").unwrap();
        desk.sql("UPDATE outbox SET notice = 'x' WHERE id = (SELECT MIN(id) FROM outbox)").unwrap();
        // Bytes that no key here made.
        desk.sql(
            "UPDATE outbox SET key_id = (SELECT MIN(key_id) FROM sealing_keys),
                               sealed_secret = (SELECT k.check_value FROM sealing_keys k ORDER BY k.key_id LIMIT 1)
             WHERE id = (SELECT MIN(id) + 1 FROM outbox)"
        ).unwrap();
        let server = SmtpSink::start(false).unwrap();
        let ran = send(desk, &server.url);
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        let all = desk.count("outbox");
        assert_eq!(desk.count("outbox WHERE failed_at IS NOT NULL AND last_error IS NOT NULL"), 2);
        assert_eq!(desk.count("outbox WHERE sent_at IS NOT NULL"), all - 2);
        assert_eq!(send(desk, &server.url).exit, 0);
        for mail in server.mails() {
            assert!(mail.contains(&format!("Reply-To: \"Servicedesk Utrecht\" <{DESK_ADDRESS}>")), "{mail}");
            assert!(!read(&mail, false).contains("evil"), "{mail}");
        }
    }

    fn over_tls_it_goes_to_who_has_the_right_certificate_only(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        let stranger = TlsSmtpServer::start(&desk.path("stranger.pem"), false);
        let ran = send(desk, &format!("smtps://localhost:{}", stranger.port));
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        for (scheme, starttls) in [("smtps", false), ("smtp", true)] {
            desk.sql("UPDATE outbox SET due_at = 1, sent_at = NULL").unwrap();
            let certificate = desk.path("server.pem");
            let server = TlsSmtpServer::start(&certificate, starttls);
            let output = desk.command()
                .env("SSL_CERT_FILE", &certificate)
                .env("BALIE_SMTP_URL", format!("{scheme}://localhost:{}", server.port))
                .env("BALIE_SMTP_FROM", DESK_ADDRESS)
                .args(["--format", "json", "outbox", "send"])
                .output()
                .unwrap();
            assert_eq!(Ran::new(&output).json()["sent"], 2, "{scheme}");
            assert_eq!(server.mails().len(), 2, "{scheme}");
        }
        assert!(stranger.mails().is_empty());
    }

    fn killed_while_sending_none_is_lost_and_a_second_copy_is_recognisable(desk: &Desk) {
        queue(desk, 12);
        let server = SmtpSink::start(false).unwrap();
        let command = || {
            let mut command = desk.command();
            command.env("BALIE_SMTP_URL", &server.url).env("BALIE_SMTP_FROM", DESK_ADDRESS)
                .args(["outbox", "send"]).stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        for round in 0..8_u64 {
            let mut child = command().spawn().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(10 + round * 7));
            child.kill().unwrap();
            child.wait().unwrap();
            // Time goes by: what was claimed by the dead is free again.
            desk.sql("UPDATE outbox SET claim_until = 1 WHERE claim_until IS NOT NULL").unwrap();
        }
        assert!(command().status().unwrap().success());
        let listed = desk.run_json(["outbox", "list", "--limit", "1000"]).json();
        let listed = listed["mails"].as_array().unwrap();
        assert_eq!(listed.len(), 24);
        let mails = server.mails();
        for mail in listed {
            assert_eq!(mail["state"], "sent", "{mail:#}");
            let id = format!("Message-ID: <{}>", mail["message_id"].as_str().unwrap());
            assert!(mails.iter().any(|sent| sent.contains(&id)), "{id} was lost");
        }
    }

    fn two_senders_at_once_send_each_mail_once(desk: &Desk) {
        queue(desk, 10);
        let server = SmtpSink::start(false).unwrap();
        let senders: Vec<_> = (0..4).map(|_| {
            desk.command().env("BALIE_SMTP_URL", &server.url).env("BALIE_SMTP_FROM", DESK_ADDRESS)
                .args(["outbox", "send"]).stdout(Stdio::null()).spawn().unwrap()
        }).collect();
        for mut sender in senders {
            assert!(sender.wait().unwrap().success());
        }
        assert_eq!(server.mails().len(), 20);
    }

    fn a_mail_can_be_read_before_it_goes_out(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        let listed = desk.run_json(["outbox", "list"]).json();
        let id = listed["mails"][1]["message_id"].as_str().unwrap();
        let mail = desk.run_json(["outbox", "show", id]).json();
        assert_eq!((&mail["kind"], &mail["state"]), (&"reset_holder".into(), &"due".into()));
        assert!(mail["text"].as_str().unwrap().starts_with("Subject: 2FA van j.jansen"), "{mail:#}");
        let (exit, code, _) = desk.run_json(["outbox", "show", "x@y.nl"]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));
    }

    fn nothing_goes_out_unencrypted_but_to_loopback(desk: &Desk) {
        let (exit, code, message) = send(desk, "smtp+plain://mail.example.nl").error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        assert!(message.contains("loopback only"), "{message}");
    }
}
