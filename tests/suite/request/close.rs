//! `balie request close`: what isn't a request is ended, and nobody is told.

use super::challenge::{delivered, doubtful, refused};
use crate::reset::requests::verified_request;
use crate::support::on_both_databases;

on_both_databases! {
    fn what_is_closed_tells_nobody_and_can_never_be_used(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        let mails = desk.count("outbox");
        let rehearsed = desk.run_json(["request", "close", &id, "--reason", "bedankje", "-n"]).json();
        assert_eq!(rehearsed["status"], "closed");
        assert_eq!(desk.run_json(["request", "show", &id]).json()["status"], "ready", "nothing was changed");

        let closed = desk.run_json(["request", "close", &id, "--reason", "  een \n bedankje "]).json();
        assert_eq!((&closed["status"], &closed["verdict"]), (&"closed".into(), &"rejected".into()));
        assert_eq!(closed["closed_for"], "een bedankje");
        assert!(closed["closed_by"].is_string() && closed["rejected_at"].is_null(), "{closed:#}");
        assert_eq!(desk.count("outbox"), mails, "nobody is mailed");
        let events = desk.run_json(["audit", "log", "--action", "request.close", "--request", &id]).json();
        assert!(events.to_string().contains("een bedankje"), "{events:#}");

        for step in [
            &["reset", "j.jansen", "--request", &id][..],
            &["request", "assign", &id, "z.celik"],
            &["request", "challenge", &id],
            &["request", "reject", &id, "--reason", "x"],
            &["request", "close", &id, "--reason", "x"],
        ] {
            let ran = desk.run_json(step);
            assert_eq!(ran.exit, 4, "{step:?}: {}{}", ran.stdout, ran.stderr);
            if step[0] == "request" {
                assert_eq!(ran.error().1, "request_closed", "{step:?}");
            }
        }
        assert_eq!(desk.run_json(["account", "show", "j.jansen"]).json()["second_factor"]["state"], "active");
        let page = desk.run(["request", "show", &id]).stdout;
        assert!(page.contains("closed by") && page.contains("nobody was mailed"), "{page}");
        desk.assert_state_holds();
    }

    fn a_code_that_is_out_ends_with_it(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        let id = request["id"].as_str().unwrap();
        desk.run_json(["request", "challenge", id]).json();
        let code = super::challenge::code(&delivered(desk));
        desk.run_json(["request", "close", id, "--reason", "dubbel"]).json();
        refused(&super::challenge::confirm(desk, &request, &code), 4, "request_closed");
        assert!(delivered(desk).is_empty(), "nobody is mailed");
    }

    fn what_was_used_or_rejected_is_not_closed(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        desk.run_json(["reset", "j.jansen", "--request", &id]).json();
        refused(&desk.run_json(["request", "close", &id, "--reason", "x"]), 5, "already_used");
        let other = doubtful(desk);
        let other = other["id"].as_str().unwrap();
        desk.run_json(["request", "reject", other, "--reason", "x"]).json();
        refused(&desk.run_json(["request", "close", other, "--reason", "x"]), 4, "request_rejected");
        refused(&desk.run_json(["request", "close", other, "--reason", " "]), 2, "invalid_input");
    }
}
