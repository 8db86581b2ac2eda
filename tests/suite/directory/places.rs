//! Regions and organisations, put on file one at a time.

use std::fs;

use crate::support::on_both_databases;

on_both_databases! {
    fn the_page_of_the_login_screen_has_every_desk_whomever_an_operator_reaches(desk: &Desk) {
        desk.import_small_directory().json();
        desk.close();
        desk.hire("noor", "operator", &["noord"]);
        let page = desk.path("desks.html").display().to_string();
        for (language, words) in [("nl", "Schrijf een e-mail"), ("en", "Write a mail")] {
            let ran = desk.by("noor", &["region", "list", "--html", &page, "--language", language]);
            assert_eq!((ran.exit, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
            assert!(ran.stderr.contains("2 desks in "), "{}", ran.stderr);
            let html = fs::read_to_string(&page).unwrap();
            assert!(html.contains(&format!("<html lang=\"{language}\">")) && html.contains(words), "{html}");
            for code in ["utrecht", "noord"] {
                let address = format!("{code}@otservicedesk.nl");
                let link = format!("\"mailto:{address}?subject=2FA-reset%20{address}&amp;body=Aan:%20{address}%0D%0A%0D%0A\"");
                assert!(html.contains(&link), "{html}");
            }
            assert!(html.trim_end().ends_with("</html>") && !html.contains("<script"));
        }
        // The list is of the own regions, as ever.
        assert_eq!(desk.by("noor", &["region", "list"]).json()["regions"].as_array().unwrap().len(), 1);
        let log = desk.by("fatima", &["region", "list", "--language", "nl"]);
        assert_eq!(log.exit, 2, "a language is a page's");
    }

    fn a_region_and_its_schools_are_put_on_file_one_by_one(desk: &Desk) {
        desk.import_small_directory().json();
        let region = ["region", "add", "zeeland", "--name", "Zeeland", "--address", "Zeeland@otservicedesk.nl"];
        let rehearsed = desk.run_json([&region[..], &["-n"]].concat());
        assert_eq!(rehearsed.json()["servicedesk_address"], "zeeland@otservicedesk.nl");
        assert!(rehearsed.stderr.contains("dry run"), "{}", rehearsed.stderr);
        assert_eq!(desk.run_json(["region", "show", "zeeland"]).error().0, 3);
        assert_eq!(desk.run_json(region).json()["code"], "zeeland");
        let private = ["region", "add", "walcheren", "--name", "Walcheren", "--address", "walcheren@gmail.com"];
        assert!(desk.run_json(private).error().2.contains("anyone can get"), "as an import refuses it");
        assert_eq!(desk.run_json(["region", "show", "zeeland"]).json()["organisations"], 0);
        let again = ["region", "add", "walcheren", "--name", "Walcheren", "--address", "zeeland@otservicedesk.nl"];
        assert_eq!(desk.run_json(again).error().0, 2, "one address, one desk");
        let board = ["org", "add", "brd-delta", "--kind", "board", "--name", "De Delta", "--region", "zeeland",
                     "--domain", "dedelta.nl", "--domain", "delta.example"];
        assert_eq!(desk.run_json(board).json()["mail_domains"].as_array().unwrap().len(), 2);
        let school = |code: &'static str, parent: &'static str, domain: &'static str| {
            desk.run_json(["org", "add", code, "--kind", "school", "--name", "De Haven", "--region", "zeeland",
                           "--parent", parent, "--domain", domain])
        };
        assert_eq!(school("sch-haven", "brd-nix", "haven.nl").error().0, 3);
        let private = school("sch-haven", "brd-delta", "gmail.com").error();
        assert!(private.0 == 2 && private.2.contains("anyone can get"), "{private:?}");
        assert_eq!(desk.run_json(["org", "show", "sch-haven"]).error().0, 3);
        assert_eq!(school("sch-haven", "brd-delta", "haven.nl").json()["parent"], "brd-delta");
        assert_eq!(school("sch-haven", "brd-delta", "haven.nl").error().0, 2);
        // What was put on file is as good as what was imported: its board's director may ask.
        let director = ["requester", "add", "d.wit@dedelta.nl", "--name", "Dirk Wit", "--capacity", "director",
                        "--org", "sch-haven"];
        assert_eq!(desk.run_json(director).json()["requesters"][0]["organisation"], "sch-haven");
        let log = desk.run_json(["audit", "log"]).json().to_string();
        assert!(log.contains("region.add") && log.contains("organisation.add"), "{log}");
        for kind in [["org", "add", "x", "--kind", "shop", "--name", "x", "--region", "zeeland"],
                     ["org", "add", "x", "--kind", "school", "--name", "x", "--region", "nix"]] {
            assert_ne!(desk.run_json(kind).exit, 0);
        }
    }
}
