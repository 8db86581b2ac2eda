use crate::support::{Ran, on_both_databases};

on_both_databases! {
    fn what_is_not_found_is_listed_by_a_command_that_there_is(desk: &Desk) {
        desk.import_small_directory().json();
        for (call, list) in [
            ("region show atlantis", "region list"),
            ("org show sch-none", "org list"),
            ("requester end nobody@beatrixschool.nl", "requester list"),
            ("request show R-00000", "request list"),
            ("case show B-00000", "case list"),
            ("bulk show P-000000", "bulk list"),
            ("outbox show none@otservicedesk.nl", "outbox list"),
            ("mailbox quarantine 9 --eml -", "mailbox quarantine"),
            ("key retire 0123456789abcdef", "key status"),
            ("operator show nobody", "operator list"),
            ("operator token revoke T-00000", "operator token list"),
        ] {
            let ran = desk.run_json(call.split(' '));
            let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
            assert_eq!((ran.exit, &error["error"]["code"]), (3, &"not_found".into()), "{call}: {error}");
            assert_eq!(error["error"]["hint"], format!("see `balie {list}`"), "{call}");
            assert_eq!(desk.run(list.split(' ')).exit, 0, "{list}");
        }
    }

    fn find_forgives_typing_errors_accents_and_order(desk: &Desk) {
        desk.import_small_directory().json();
        for (text, username) in [
            ("jansen", "j.jansen"),
            ("jansne", "j.jansen"),
            ("celik zoe", "z.celik"),
            ("visser beatrix", "d.visser"),
            ("hetkompas.nl", "k.bos"),
            ("VISSER", "d.visser"),
            ("j.jansen", "j.jansen"),
            ("jansne beatrix", "j.jansen"),
            ("beatrixx jansen", "j.jansen"),
            ("bos beatrix", "k.bos"),
        ] {
            let found = desk.run_json(["find", text]).json();
            assert_eq!(found["accounts"][0]["username"], username, "{text}");
        }
        let nobody = desk.run_json(["find", "xyzzyplugh"]).json();
        assert_eq!(nobody["accounts"].as_array().unwrap().len(), 0);
        // What steers a search language is plain text here.
        for text in ["100%", "\"OR\" *", "' OR 1=1 --", "a_b\\"] {
            desk.run_json(["find", text]).json();
        }
    }

    fn a_search_tells_the_school_and_the_second_factor_and_says_when_there_is_more(desk: &Desk) {
        crate::reset::requests::verified_request(desk, &["j.jansen"]);
        let found = desk.run_json(["find", "jansen"]).json();
        let row = &found["accounts"][0];
        assert_eq!((&row["school"], &row["second_factor"]), (&"Beatrixschool".into(), &"active".into()));
        let both = desk.run_json(["find", "celik"]).json();
        assert_eq!(both["accounts"][0]["school"], "Beatrixschool; Stichting De Vecht");
        let page = desk.run(["find", "beatrix"]).stdout;
        let head = page.lines().next().unwrap();
        assert!(head.contains("school") && head.contains("second factor"), "{page}");
        let few = desk.run(["find", "beatrix", "--limit", "1"]);
        assert!(few.stderr.contains("there may be more"), "{}", few.stderr);
        let all = desk.run(["find", "beatrix", "--limit", "3"]);
        assert!(!all.stderr.contains("there may be more"), "{}", all.stderr);
    }

    fn a_card_for_the_phone_tells_who_may_ask_and_what_happened(desk: &Desk) {
        let request = crate::reset::requests::verified_request(desk, &["j.jansen"]);
        let card = desk.run_json(["account", "show", "j.jansen"]).json();
        let asks = |name: &str, capacity: &str, organisation: &str| {
            serde_json::json!({ "name": name, "capacity": capacity, "organisation": organisation })
        };
        let director = asks("Daan Visser", "director", "sch-beatrix");
        let board = asks("Noor de Vries", "board_member", "bst-vecht");
        assert_eq!(card["requesters"], serde_json::json!([director, board]));
        assert!(card["last_reset"].is_null() && card["mail_bounced_at"].is_null());
        assert_eq!((&card["open_requests"][0]["id"], &card["open_requests"][0]["verdict"]), (&request.as_str().into(), &"verified".into()));
        // Nobody asks for the own account.
        let own = desk.run_json(["account", "show", "d.visser"]).json();
        assert_eq!(own["requesters"], serde_json::json!([board]));
        desk.run_json(["reset", "j.jansen", "--request", &request]).json();
        desk.sql("UPDATE outbox SET failed_at = queued_at WHERE recipient = 'j.jansen@beatrixschool.nl'").unwrap();
        let card = desk.run_json(["account", "show", "J.Jansen@Beatrixschool.nl"]).json();
        assert_eq!(card["username"], "j.jansen");
        assert_eq!((&card["last_reset"]["request"], &card["last_reset"]["operator"]), (&request.as_str().into(), &"fatima".into()));
        assert_eq!(card["open_requests"], serde_json::json!([]));
        assert!(card["mail_bounced_at"].is_string(), "{card:#}");
        let page = desk.run(["account", "show", "j.jansen"]).stdout;
        for told in ["last reset", "71 h left", "wasn't taken", "Daan Visser, director", "isn't to be read out"] {
            assert!(page.contains(told), "{told}: {page}");
        }
    }

    fn a_work_address_that_two_accounts_have_names_neither(desk: &Desk) {
        desk.import_small_directory().json();
        desk.sql("UPDATE accounts SET work_email = 'z.celik@devecht.nl' WHERE username = 'j.jansen'").unwrap();
        let (exit, code, _) = desk.run_json(["account", "show", "z.celik@devecht.nl"]).error();
        assert_eq!((exit, code.as_str()), (3, "ambiguous"));
        let (exit, code, _) = desk.run_json(["account", "show", "nobody@devecht.nl"]).error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));
    }

    fn account_show_keeps_the_contract(desk: &Desk) {
        desk.import_small_directory().json();
        let account = desk.run_json(["account", "show", "z.celik"]).json();
        assert_eq!(account["schema"], "balie.account/1");
        assert_eq!(account["name"], "Zoë Çelik");
        assert_eq!(account["region"], "utrecht");
        assert_eq!(account["roles"].as_array().unwrap().len(), 2);
        assert_eq!(account["second_factor"]["state"], "none");
        assert!(account["second_factor"]["enroll_by"].is_string());
        assert_eq!(account["recovery_code"]["state"], "none");
    }

    fn who_is_not_there_is_exit_3(desk: &Desk) {
        desk.import_small_directory().json();
        for command in [
            vec!["account", "show", "j.janse"],
            vec!["account", "history", "nobody"],
            vec!["region", "show", "zeeland"],
            vec!["org", "show", "sch-x"],
            vec!["requester", "show", "a@b.nl"],
        ] {
            let (exit, code, _) = desk.run_json(&command).error();
            assert_eq!((exit, code.as_str()), (3, "not_found"), "{command:?}");
        }
        let (exit, code, _) = desk.run_json(["account", "show"]).error();
        assert_eq!((exit, code.as_str()), (2, "input_required"));
    }

    fn what_is_missing_is_named_in_the_format_that_was_asked_for(desk: &Desk) {
        let (exit, code, message) = desk.run_json(["request", "confirm"]).error();
        assert_eq!((exit, code.as_str()), (2, "input_required"));
        assert!(message.ends_with("`<ID>` is missing"), "{message}");
        let by_environment = |args: &[&str]| {
            Ran::new(&desk.command().env("BALIE_FORMAT", "json").args(args).output().unwrap())
        };
        assert_eq!(by_environment(&["request", "confirm"]).error().2, message);
        let people = by_environment(&["--format", "table", "request", "confirm"]);
        assert!(people.stderr.starts_with("error: `<ID>` is missing"), "{}", people.stderr);
    }

    fn each_look_is_an_event(desk: &Desk) {
        desk.import_small_directory().json();
        desk.run_json(["account", "show", "j.jansen"]).json();
        let history = desk.run_json(["account", "history", "j.jansen"]).json();
        assert_eq!(history["events"][0]["action"], "account.show");
        assert_eq!(history["events"][0]["operator"], "fatima");
    }
}
