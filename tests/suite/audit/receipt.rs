use std::fs;

use serde_json::Value;

use crate::reset::requests::{reset, verified_request};
use crate::support::{Desk, Ran, on_both_databases};

fn reset_done(desk: &Desk) -> (String, String) {
    let request = verified_request(desk, &["j.jansen"]);
    let (_, done) = reset(desk, &request, &["j.jansen"]);
    let text = |key: &str| done["results"][0][key].as_str().unwrap().to_owned();
    (text("receipt"), text("event"))
}

fn hold(desk: &Desk, tickets: &str) -> Ran {
    let file = desk.path("tickets.txt");
    fs::write(&file, tickets).unwrap();
    desk.run_json(["audit", "verify", "--receipt", &file.display().to_string()])
}

fn results(ran: &Ran) -> (i32, Vec<String>) {
    let document: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let receipts = document["receipts"].as_array().unwrap();
    let results = receipts
        .iter()
        .map(|receipt| receipt["result"].as_str().unwrap().to_owned());
    (ran.exit, results.collect())
}

on_both_databases! {
    fn a_receipt_is_printed_again_to_the_letter(desk: &Desk) {
        let (receipt, event) = reset_done(desk);
        assert_eq!(desk.run(["receipt", "show", &event]).stdout.trim_end(), receipt);
        let again = desk.run_json(["receipt", "show", &event]).json();
        assert_eq!((&again["receipt"], &again["event"]), (&receipt.as_str().into(), &event.as_str().into()));
        assert_eq!(desk.run_json(["receipt", "verify", &receipt]).json()["receipt"], receipt.as_str());
        let shown = desk.count("events WHERE action = 'receipt.show' AND account IS NOT NULL");
        assert_eq!(shown, 2, "looking is an event too");
        for other in ["1", "4711", "0", "9223372036854775807"] {
            let (exit, code, _) = desk.run_json(["receipt", "show", other]).error();
            assert_eq!((exit, code.as_str()), (3, "not_found"), "{other}");
        }
    }

    fn tickets_are_held_against_the_log(desk: &Desk) {
        let (receipt, event) = reset_done(desk);
        let wrapped = receipt.replace(' ', "\n> ");
        let tickets = format!("Ticket 812, done.\n> {wrapped}\n\nTicket 813: the same, \"{receipt}\".\n");
        assert_eq!(results(&hold(desk, &tickets)), (0, vec!["holds".into(), "holds".into()]));
        let forged = receipt.replace("j.jansen", "z.celik");
        let ran = hold(desk, &format!("{receipt}\n{forged}"));
        assert_eq!(results(&ran), (8, vec!["holds".into(), "bad_signature".into()]));
        let (exit, code, _) = hold(desk, "nothing to be seen").error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        let (exit, _, message) = hold(desk, &receipt[..receipt.len() - 9]).error();
        assert_eq!(exit, 2, "{message}");

        // The tail of the log is cut off: the chain holds, and the ticket knows better.
        super::unlock(desk);
        for table in ["event_rows", "event_details", "events"] {
            desk.sql_past_keys(&format!("DELETE FROM {table} WHERE seq >= {event}")).unwrap();
        }
        super::lines_hold(desk, &[]);
        assert_eq!(results(&hold(desk, &receipt)), (8, vec!["not_in_log".into()]));
    }
}
