//! How the mails of schools came out, and who can mend what.

use serde_json::{Value, json};

use crate::request::challenge::{code, delivered};
use crate::request::receive::{DESK, DIRECTOR, receive};
use crate::schema::lines_hold;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, on_both_databases};

/// What Microsoft signs of a plain mail, its own field aside.
const WITHOUT_TO: [&str; 4] = ["From", "Subject", "Date", "Message-ID"];

fn audit(desk: &Desk, args: &[&str]) -> Value {
    desk.run_json([&["audit", "mail"], args].concat()).json()
}

/// The row of a domain: its counts.
fn counts(audit: &Value, domain: &str) -> Value {
    let row = row(audit, domain);
    json!([
        row["mails"],
        row["verified"],
        row["challenge"],
        row["rejected"]
    ])
}

fn row<'a>(audit: &'a Value, domain: &str) -> &'a Value {
    let rows = audit["rows"].as_array().unwrap();
    let found = rows.iter().find(|row| row["domain"] == domain);
    found.unwrap_or(&Value::Null)
}

/// What is missing: the condition, of how many mails, and who mends it.
fn missing(audit: &Value, domain: &str) -> Vec<(String, u64, String)> {
    let missing = row(audit, domain)["missing"].as_array().unwrap().iter();
    let told = |lack: &Value| {
        let text = |key: &str| lack[key].as_str().unwrap().to_owned();
        (
            text("condition"),
            lack["mails"].as_u64().unwrap(),
            text("who"),
        )
    };
    missing.map(told).collect()
}

/// A director's mail that is proven, one whose To isn't signed, one that only a tenant's key signed; one of
/// the board, and one of a stranger.
fn a_mornings_mail(desk: &Desk) -> Vec<String> {
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let school = Domain::publish(&dns, "beatrixschool.nl");
    let tenant = Domain::publish(&dns, "beatrix.onmicrosoft.com");
    let board = Domain::publish(&dns, "devecht.nl");
    let stranger = Domain::publish(&dns, "elders.nl");
    let take = |mail: String, verdict: &str| {
        let request = receive(desk, &dns, &mail, &["j.jansen"]);
        assert_eq!(request["verdict"], verdict, "{request:#}");
        request["id"].as_str().unwrap().to_owned()
    };
    let of = |id: &str| mail(DIRECTOR, DESK, id);
    vec![
        take(school.sign(&of("1")), "verified"),
        take(school.sign_fields(&of("2"), &WITHOUT_TO), "challenge"),
        take(tenant.sign_fields(&of("3"), &WITHOUT_TO), "rejected"),
        take(
            board.sign(&mail("bestuur@devecht.nl", DESK, "4")),
            "verified",
        ),
        take(stranger.sign(&mail("x@elders.nl", DESK, "5")), "rejected"),
    ]
}

on_both_databases! {
    fn a_desk_sees_by_board_and_domain_what_to_switch_on(desk: &Desk) {
        a_mornings_mail(desk);
        let all = audit(desk, &[]);
        assert_eq!(all["schema"], "balie.audit_mail/1");
        assert_eq!(counts(&all, "beatrixschool.nl"), json!([3, 1, 1, 1]));
        assert_eq!(counts(&all, "devecht.nl"), json!([1, 1, 0, 0]));
        assert_eq!((all["rows"].as_array().unwrap().len(), &all["strangers"]), (2, &json!(1)));
        // A school counts for its board, and what isn't proven stands first.
        assert_eq!((&all["rows"][0]["domain"], &all["rows"][0]["organisation"]), (&json!("beatrixschool.nl"), &json!("bst-vecht")));
        assert_eq!(row(&all, "devecht.nl")["name"], "Stichting De Vecht");
        let of = |condition: &str, mails, who: &str| (condition.to_owned(), mails, who.to_owned());
        assert_eq!(
            missing(&all, "beatrixschool.nl"),
            [of("addressed", 2, "director"), of("own", 1, "administrator")]
        );
        assert!(missing(&all, "devecht.nl").is_empty());
        let lacks = row(&all, "beatrixschool.nl")["missing"].to_string();
        assert!(lacks.contains("Microsoft 365 (two CNAME records)") && lacks.contains(&format!("Aan: {DESK}")), "{lacks}");
        let page = desk.run(["audit", "mail"]).stdout;
        assert!(page.contains("the school's administrator: turn on DKIM") && page.contains("1 mail of senders"), "{page}");
        let lines = desk.run(["--format", "ndjson", "audit", "mail"]).stdout;
        assert_eq!(lines_hold(desk, "audit_mail", &lines), 2);
        // It's an event, which names nobody.
        let log = desk.run_json(["audit", "log", "--action", "audit.mail"]).json();
        assert_eq!(log["events"][0]["detail"]["mails"], 4);
        assert!(!format!("{all}{log}").contains("visser"));
    }

    fn what_people_decided_afterwards_isnt_how_a_mail_came_out(desk: &Desk) {
        let requests = a_mornings_mail(desk);
        desk.run_json(["request", "reject", &requests[0], "--reason", "dubbel"]).json();
        desk.run_json(["request", "challenge", &requests[1]]).json();
        let mails: Vec<String> = delivered(desk).into_iter().filter(|mail| !mail.contains(&requests[0])).collect();
        let confirm = ["request", "confirm", &requests[1], "--code-stdin"];
        assert_eq!(desk.run_with(&confirm, &code(&mails)).json()["verdict"], "verified");
        assert_eq!(counts(&audit(desk, &[]), "beatrixschool.nl"), json!([3, 1, 1, 1]));
    }

    fn it_narrows_to_a_time_an_organisation_a_region_and_to_whom_an_operator_reaches(desk: &Desk) {
        a_mornings_mail(desk);
        let rows = |args: &[&str]| audit(desk, args)["rows"].as_array().unwrap().len();
        assert_eq!((rows(&["--since", "24h"]), rows(&["--since", "2100-01-01"])), (2, 0));
        assert_eq!((rows(&["--until", "24h"]), rows(&["--until", "2100-01-01"])), (0, 2));
        let school = audit(desk, &["--org", "sch-beatrix"]);
        assert_eq!((counts(&school, "beatrixschool.nl"), &school["strangers"]), (json!([3, 1, 1, 1]), &Value::Null));
        assert_eq!((rows(&["--org", "sch-beatrix"]), rows(&["--org", "swv-utrecht"])), (1, 2));
        assert_eq!((rows(&["--region", "utrecht"]), rows(&["--region", "noord"])), (2, 0));
        for wrong in [["--org", "bst-nix"], ["--region", "zeeland"]] {
            assert_eq!(desk.run_json([&["audit", "mail"][..], &wrong].concat()).error().0, 3);
        }
        let csv = desk.run(["--format", "csv", "audit", "mail"]).stdout;
        assert!(csv.starts_with("organisation,name,domain,mails,verified,challenge,rejected,missing\n"), "{csv}");
        // Past the time that mails are kept nothing more is known of them than how many they were.
        desk.sql("UPDATE requests SET from_address = NULL, evidence = '{}', facts = '{}'").unwrap();
        let all = audit(desk, &[]);
        assert_eq!((&all["rows"], &all["erased"]), (&json!([]), &json!(4)));
        desk.close();
        desk.hire("noor", "operator", &["noord"]);
        desk.hire("ursula", "operator", &["utrecht"]);
        let seen = |login: &str| {
            let all = desk.by(login, &["audit", "mail"]).json();
            (all["erased"].clone(), all["strangers"].clone())
        };
        assert_eq!(seen("noor"), (json!(0), json!(0)));
        assert_eq!(seen("ursula"), (json!(4), json!(1)));
        assert_eq!(desk.by("noor", &["audit", "mail", "--org", "bst-vecht"]).error().0, 3);
    }
}
