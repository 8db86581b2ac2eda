//! Files that aren't mails and begin with a word and a colon: nothing of them is kept (rule 18).

use std::fs;

use crate::support::on_both_databases;

on_both_databases! {
    fn a_file_of_words_and_colons_is_no_mail(desk: &Desk) {
        desk.import_small_directory().json();
        for (name, text) in [
            ("passwd", "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n"),
            ("pgpass", "db.example:5432:balie:balie:GEHEIM\n"),
            ("password", "imap-wachtwoord: GEHEIM\n"),
            ("yaml", "secrets:\n  token: GEHEIM\n\nmore: GEHEIM\n"),
            ("environ", "HOME=/root\0TOKEN: GEHEIM\0"),
        ] {
            let file = desk.path(name);
            fs::write(&file, text).unwrap();
            let (exit, code, message) = desk.run_json(["request", "receive", &file.display().to_string()]).error();
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{name}");
            assert!(!message.contains("GEHEIM"), "{message}");
        }
        assert_eq!(desk.count("requests"), 0);
        assert_eq!(desk.count("request_messages"), 0);
    }
}
