use std::fs;

use crate::support::on_both_databases;

on_both_databases! {
    fn a_second_import_changes_nothing(desk: &Desk) {
        let first = desk.import_small_directory().json();
        assert_eq!(first["accounts"]["added"], 4);
        assert_eq!(first["baseline"], true);
        let second = desk.import_small_directory().json();
        for noun in ["regions", "organisations", "accounts", "requesters"] {
            assert_eq!(second[noun]["added"], 0, "{noun}");
            assert_eq!(second[noun]["changed"], 0, "{noun}");
        }
        assert_eq!(second["baseline"], false);
    }

    fn what_changed_is_changed_and_found_under_its_new_name(desk: &Desk) {
        desk.import_small_directory().json();
        let folder = desk.small_directory();
        let accounts = fs::read_to_string(folder.join("accounts.csv")).unwrap();
        let accounts = accounts.replace("Joost Jansen", "Joost Jansen-Smit");
        fs::write(folder.join("accounts.csv"), accounts).unwrap();
        let report = desk.run_json(["directory", "import", &folder.display().to_string()]).json();
        assert_eq!(report["accounts"]["changed"], 1);
        let found = desk.run_json(["find", "jansen-smit"]).json();
        assert_eq!(found["accounts"][0]["username"], "j.jansen");
    }

    fn faults_name_file_line_and_column_and_nothing_is_imported(desk: &Desk) {
        let folder = desk.small_directory();
        fs::write(
            folder.join("accounts.csv"),
            "username,name,work_email,roles,status\n\
             a.goed,Anna Goed,a.goed@beatrixschool.nl,teacher@sch-beatrix,active\n\
             b.privé,Bea,b@gmail.com,teacher@sch-beatrix,active\n\
             c.fout,Cor,c.fout@gmail.com,teacher@sch-niet,gone\n\
             a.goed,Anna Goed,a.goed@beatrixschool.nl,teacher@sch-beatrix,active\n",
        )
        .unwrap();
        let (exit, code, message) =
            desk.run_json(["directory", "import", &folder.display().to_string()]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        for part in [
            "accounts.csv:3: username",
            "accounts.csv:4: status: expected active or blocked, found `gone`",
            "accounts.csv:5: username: expected each only once",
        ] {
            assert!(message.contains(part), "{part} is missing in:\n{message}");
        }
        let (exit, ..) = desk.run_json(["account", "show", "a.goed"]).error();
        assert_eq!(exit, 3);
    }

    fn faults_are_where_an_editor_shows_them(desk: &Desk) {
        let folder = desk.small_directory();
        let import = |text: &[u8]| {
            fs::write(folder.join("accounts.csv"), text).unwrap();
            let ran = desk.run_json(["directory", "import", &folder.display().to_string(), "--dry-run"]);
            let (exit, _, message) = ran.error();
            assert_eq!(exit, 2);
            message
        };
        let heading = "username,name,work_email,roles,status";
        let good = "a.goed,Anna,a.goed@beatrixschool.nl,teacher@sch-beatrix,active";
        let bad = "b.b,Bea,b.b@beatrixschool.nl,teacher@sch-beatrix,weg";
        let message = import(format!("{heading}\r\n{good}\r\n{bad}\r\n").as_bytes());
        assert!(message.contains("accounts.csv:3: status"), "{message}");
        let message = import(format!("{heading}\n{good}\n\n,,,,\n").as_bytes());
        assert!(message.contains("accounts.csv:4: username"), "{message}");
        let broken = bad.replace("weg", "\"we\r\ng\"");
        let message = import(format!("{heading}\n{broken}\n").as_bytes());
        assert!(message.contains("found `we\u{240a}g`"), "{message}");
        let utf16: Vec<u8> = [0xfeff].into_iter().chain(heading.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let message = import(&utf16);
        assert!(message.contains("UTF-16") && !message.contains('\0'), "{message}");
    }

    fn private_addresses_and_domains_are_refused(desk: &Desk) {
        let folder = desk.small_directory();
        let path = folder.join("organisations.csv");
        let organisations = fs::read_to_string(&path).unwrap();
        fs::write(&path, organisations.replace("hetkompas.nl", "gmail.com")).unwrap();
        let (_, _, message) =
            desk.run_json(["directory", "import", &folder.display().to_string()]).error();
        assert!(message.contains("organisations.csv:5: mail_domains"), "{message}");
        assert!(message.contains("accounts.csv:5: work_email"), "{message}");
    }

    fn latin_1_is_called_latin_1(desk: &Desk) {
        let folder = desk.small_directory();
        fs::write(
            folder.join("accounts.csv"),
            b"username,name,work_email,roles,status\nz.x,Zo\xeb,z.x@beatrixschool.nl,teacher@sch-beatrix,active\n",
        )
        .unwrap();
        let (_, _, message) =
            desk.run_json(["directory", "import", &folder.display().to_string()]).error();
        assert!(message.contains("accounts.csv:2: name: expected UTF-8"), "{message}");
        assert!(message.contains("Latin-1"), "{message}");
    }

    fn wrong_columns_and_a_missing_file_say_which_are_wanted(desk: &Desk) {
        let folder = desk.small_directory();
        fs::write(folder.join("regions.csv"), "code,title\nx,y\n").unwrap();
        fs::remove_file(folder.join("requesters.csv")).unwrap();
        let (_, _, message) =
            desk.run_json(["directory", "import", &folder.display().to_string()]).error();
        assert!(message.contains("the columns code,name,servicedesk_address"), "{message}");
        assert!(message.contains("requesters.csv:1: file"), "{message}");
    }

    fn semicolons_and_a_byte_order_mark_are_taken(desk: &Desk) {
        let folder = desk.small_directory();
        let path = folder.join("regions.csv");
        let regions = fs::read_to_string(&path).unwrap().replace(',', ";");
        fs::write(&path, format!("\u{feff}{regions}")).unwrap();
        let report = desk.run_json(["directory", "import", &folder.display().to_string()]).json();
        assert_eq!(report["regions"]["added"], 2);
    }

    fn a_dry_run_changes_nothing(desk: &Desk) {
        let folder = desk.small_directory().display().to_string();
        let report = desk.run_json(["directory", "import", &folder, "--dry-run"]).json();
        assert_eq!(report["accounts"]["added"], 4);
        assert_eq!(report["dry_run"], true);
        assert_eq!(desk.import_small_directory().json()["accounts"]["added"], 4);
    }
}
