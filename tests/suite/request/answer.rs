//! `balie request answer` and `balie answer --mail`: the FAQ's words, to who is on file.

use super::challenge::{delivered, doubtful, refused};
use super::receive::{DESK, receive};
use crate::reset::requests::verified_request;
use crate::support::mail::{DnsServer, mail};
use crate::support::on_both_databases;

on_both_databases! {
    fn the_faqs_answer_goes_to_the_senders_address_on_file_in_the_thread_of_the_mail(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        let before = &desk.pairs("SELECT message_id, verdict FROM requests")[0].0;
        desk.sql("UPDATE requests SET message_id = 'vraag.1@beatrixschool.nl'").unwrap();
        let queued = desk.count("outbox");
        let order = ["request", "answer", &id, "--topic", "geen-herstelcode"];
        let planned = desk.run_json([&order[..], &["-n"]].concat()).json();
        assert!(planned["dry_run"] == true && planned["message_id"].is_null(), "{planned:#}");
        assert_eq!(desk.count("outbox"), queued, "it was only rehearsed");
        let mailed = desk.run_json(order).json();
        assert_eq!(mailed["sent_to"], "d.visser@beatrixschool.nl");
        assert_eq!(mailed["question"], "Ik heb geen herstelcode, wat nu?");
        // What is kept says which answer, and nothing of it.
        let kept = &desk.pairs("SELECT notice, recipient FROM outbox ORDER BY id DESC LIMIT 1")[0].0;
        let kept: serde_json::Value = serde_json::from_str(kept).unwrap();
        assert_eq!((&kept["kind"], &kept["topic"]), (&"answer_requester".into(), &"geen-herstelcode".into()));
        assert_eq!(kept.as_object().unwrap().len(), 6, "{kept:#}");
        let mails = delivered(desk);
        let mail = mails.iter().find(|mail| mail.contains("wat nu?")).unwrap();
        for said in [
            "From: \"Servicedesk Utrecht\" <utrecht@otservicedesk.nl>",
            "Reply-To: \"Servicedesk Utrecht\" <utrecht@otservicedesk.nl>",
            "To: d.visser@beatrixschool.nl",
            "In-Reply-To: <vraag.1@beatrixschool.nl>",
            "Beste Daan Visser,",
            "Aan: utrecht@otservicedesk.nl",
            &id,
        ] {
            assert!(mail.contains(said), "{said}: {mail}");
        }
        let events = desk.run_json(["audit", "log", "--action", "request.answer", "--request", &id]).json();
        assert_eq!(events["events"][0]["detail"]["topic"], "geen-herstelcode", "{events:#}");
        desk.sql(&format!("UPDATE requests SET message_id = '{before}'")).unwrap();
        // It decides nothing: the request is as it was.
        assert_eq!(desk.run_json(["request", "show", &id]).json()["status"], "ready");
        let english = desk.run_json(["request", "answer", &id, "--topic", "apps", "--language", "en"]).json();
        assert!(english["text"].as_str().unwrap().starts_with("A free app"), "{english:#}");
        desk.assert_state_holds();
    }

    fn nothing_goes_to_an_address_that_is_fresh_or_came_with_the_mail(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        let answer = |id: &str| desk.run_json(["request", "answer", id, "--topic", "apps"]);
        let id = request["id"].as_str().unwrap();
        // A mail that isn't proven is answered to who is on file: who sent it is told of it, or learns that somebody did.
        assert_eq!(answer(id).json()["sent_to"], "d.visser@beatrixschool.nl");
        let now = "(SELECT MAX(at) FROM events)";
        desk.sql(&format!("UPDATE requesters SET address_since = {now} - 3600000000")).unwrap();
        refused(&answer(id), 4, "fresh_address");
        // It isn't fresh any more, and came on file after the mail.
        desk.sql(&format!("UPDATE requesters SET address_since = {now} - 9 * 86400000000")).unwrap();
        answer(id).json();
        desk.sql(&format!("UPDATE requests SET received_at = {now} - 10 * 86400000000")).unwrap();
        refused(&answer(id), 4, "fresh_address");
        let dns = DnsServer::start().unwrap();
        let stranger = receive(desk, &dns, &mail("x@elders.nl", DESK, "vraag"), &[]);
        let queued = desk.count("outbox");
        refused(&answer(stranger["id"].as_str().unwrap()), 4, "no_address_on_file");
        assert_eq!(desk.count("outbox"), queued);
    }

    fn a_holder_gets_it_at_the_work_address_and_what_is_mailed_is_named_exactly(desk: &Desk) {
        desk.import_small_directory().json();
        let mailed = desk.run_json(["answer", "telefoon-kwijt", "--mail", "j.jansen"]).json();
        assert_eq!((&mailed["account"], &mailed["request"]), (&"j.jansen".into(), &serde_json::Value::Null));
        assert_eq!(mailed["sent_to"], "j.jansen@beatrixschool.nl");
        let mails = delivered(desk);
        let mail = mails.last().unwrap();
        assert!(mail.contains("To: j.jansen@beatrixschool.nl") && mail.contains("uw inlog j.jansen"), "{mail}");
        assert!(!mail.contains("In-Reply-To"), "{mail}");
        let queued = desk.count("outbox");
        let guessed = desk.run_json(["answer", "telefoon", "kwijt", "--mail", "j.jansen"]);
        refused(&guessed, 2, "invalid_input");
        assert!(guessed.stderr.contains("telefoon-kwijt"), "{}", guessed.stderr);
        refused(&desk.run_json(["answer", "xyzzy", "--mail", "j.jansen"]), 2, "invalid_input");
        refused(&desk.run_json(["answer", "apps", "--mail", "j.janse"]), 3, "not_found");
        assert_eq!(desk.count("outbox"), queued);
        let shown = desk.run_json(["outbox", "list"]).json();
        let shown = desk.run_json(["outbox", "show", shown["mails"][0]["message_id"].as_str().unwrap()]).json();
        assert!(shown["text"].as_str().unwrap().contains("alleen inloggen met uw herstelcode"), "{shown:#}");
        desk.assert_state_holds();
    }
}
