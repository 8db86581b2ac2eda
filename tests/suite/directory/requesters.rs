use crate::request::receive::{DESK, receive};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::on_both_databases;

on_both_databases! {
    fn an_acting_director_may_ask_for_a_while_and_not_alone_at_first(desk: &Desk) {
        desk.import_small_directory().json();
        let add = |address: &str, extra: &[&str]| {
            let args = ["requester", "add", address, "--name", "Wim Bos", "--capacity", "director", "--org", "sch-beatrix"];
            desk.run_json(args.iter().chain(extra))
        };
        for private in ["w.bos@gmail.com", "w.bos@hetkompas.nl"] {
            let (exit, code, _) = add(private, &[]).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        }
        let added = add("w.bos@beatrixschool.nl", &["--from", "2020-01-01", "--until", "2099-12-31"]).json();
        assert_eq!(added["requesters"][0]["valid_until"], "2100-01-01T00:00:00Z");
        assert_eq!(add("w.bos@beatrixschool.nl", &[]).error().0, 2);
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let ask = |id: &str| receive(desk, &dns, &school.sign(&mail("w.bos@beatrixschool.nl", DESK, id)), &["j.jansen"]);
        let request = ask("1");
        assert_eq!(request["verdict"], "verified", "{request:#}");
        let reset = desk.run_json(["reset", "j.jansen", "--request", request["id"].as_str().unwrap()]);
        assert_eq!(reset.exit, 4, "the address is fresh");
        assert!(reset.stdout.contains("four_eyes_required"), "{}", reset.stdout);
        desk.sql("UPDATE requesters SET valid_until = 1577836800000001 WHERE work_email = 'w.bos@beatrixschool.nl'").unwrap();
        assert_eq!(ask("2")["verdict"], "rejected");
    }

    fn a_requester_that_was_ended_may_not_ask(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let ask = |id: &str| receive(desk, &dns, &school.sign(&mail("d.visser@beatrixschool.nl", DESK, id)), &["j.jansen"]);
        let before = ask("1");
        let ended = desk.run_json(["requester", "end", "D.Visser@beatrixschool.nl"]).json();
        assert!(ended["requesters"][0]["ended_at"].is_string());
        assert_eq!(ask("2")["verdict"], "rejected");
        let reset = desk.run_json(["reset", "j.jansen", "--request", before["id"].as_str().unwrap()]);
        assert!(reset.stdout.contains("not_authorised"), "authority is looked at again: {}", reset.stdout);
        assert_eq!(desk.run_json(["requester", "end", "d.visser@beatrixschool.nl"]).error().0, 3);
        let again = desk.run_json(["requester", "add", "d.visser@beatrixschool.nl", "--name", "Daan Visser",
            "--capacity", "director", "--org", "sch-beatrix"]).json();
        assert!(again["requesters"][0]["ended_at"].is_null() && again["requesters"][0]["address_since"].is_string());
    }

    fn requesters_are_looked_at_once_a_year(desk: &Desk) {
        desk.import_small_directory().json();
        let due = || desk.run_json(["requester", "list", "--due"]).json()["requesters"].as_array().unwrap().len();
        assert_eq!(due(), 0, "the baseline is as old as the desk");
        desk.sql("UPDATE desk SET created_at = 1").unwrap();
        assert_eq!(due(), 2, "who may not ask any more isn't due");
        let reviewed = desk.run_json(["requester", "review", "d.visser@beatrixschool.nl"]).json();
        assert_eq!(reviewed["requesters"][0]["reviewed_by"], "fatima");
        assert_eq!(due(), 1);
        desk.sql("UPDATE requesters SET reviewed_at = 1").unwrap();
        assert_eq!(due(), 2);
    }
}
