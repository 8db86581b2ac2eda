use crate::support::{Desk, on_both_databases};

/// Whose mails an operator lists.
fn recipients(desk: &Desk, login: &str) -> Vec<String> {
    let listed = desk.by(login, &["outbox", "list"]).json();
    let mails = listed["mails"].as_array().unwrap();
    mails
        .iter()
        .map(|mail| mail["recipient"].as_str().unwrap().to_owned())
        .collect()
}

on_both_databases! {
    // Regions whose addresses are part of one another, as Oost and Zuidoost have them.
    fn an_operator_reads_the_mails_of_the_own_region_and_of_no_other(desk: &Desk) {
        desk.import_small_directory().json();
        for (code, address) in [("utrecht", "zuidoost"), ("noord", "oost")] {
            desk.sql(&format!(
                "UPDATE regions SET servicedesk_address = '{address}@otservicedesk.nl' WHERE code = '{code}'"
            )).unwrap();
        }
        // The reason names the other desk's address, and another mail is the other desk's own.
        let reason = "zie de mail aan oost@otservicedesk.nl";
        desk.run_json(["account", "block", "j.jansen", "--reason", reason, "--yes"]).json();
        desk.run_json(["account", "unblock", "k.bos", "--reason", "terug", "--yes"]).json();
        desk.close();
        desk.hire("olga", "operator", &["noord"]);
        desk.hire("pien", "operator", &["utrecht"]);
        assert_eq!(recipients(desk, "pien"), ["j.jansen@beatrixschool.nl"]);
        assert_eq!(recipients(desk, "olga"), ["k.bos@hetkompas.nl"]);
        assert_eq!(desk.count("outbox"), 2);
        let id = desk.by("pien", &["outbox", "list"]).json()["mails"][0]["message_id"].clone();
        let id = id.as_str().unwrap();
        desk.by("pien", &["outbox", "show", id]).json();
        let (exit, code, _) = desk.by("olga", &["outbox", "show", id]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));
        // A desk that moves keeps what it wrote.
        desk.sql("UPDATE regions SET servicedesk_address = 'elders@otservicedesk.nl' WHERE code = 'utrecht'").unwrap();
        assert_eq!(recipients(desk, "pien"), ["j.jansen@beatrixschool.nl"]);
    }
}
