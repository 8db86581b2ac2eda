use std::fs;

use crate::support::{Desk, Engine, Ran, on_both_databases};

/// What the write-ahead log of a desk on SQLite has, in bytes.
fn log_of(desk: &Desk) -> u64 {
    fs::metadata(format!("{}-wal", desk.url)).map_or(0, |log| log.len())
}

/// The four files, with so many accounts more.
fn directory_of(desk: &Desk, accounts: u32) -> String {
    let folder = desk.small_directory();
    let mut text = fs::read_to_string(folder.join("accounts.csv")).unwrap();
    for number in 0..accounts {
        let line = format!(
            "u{number},Naam Van {number},u{number}@devecht.nl,teacher@sch-beatrix,active\n"
        );
        text.push_str(&line);
    }
    fs::write(folder.join("accounts.csv"), text).unwrap();
    folder.display().to_string()
}

/// A command that leaves much in the log folds it: the next one needn't read it first, and a copy of the file
/// has everything.
#[test]
fn whoever_leaves_the_log_large_folds_it() {
    let desk = Desk::new(Engine::Sqlite);
    let folder = directory_of(&desk, 3_000);
    desk.run_json(["directory", "import", &folder]).json();
    assert_eq!(
        log_of(&desk),
        0,
        "an import of 3,000 leaves a log of megabytes"
    );
    let copy = desk.path("copy.db");
    fs::copy(&desk.url, &copy).unwrap();
    let copy = Desk::at_file(&copy);
    assert_eq!(copy.count("accounts"), 3_004);
    for _ in 0..40 {
        desk.run_json(["find", "naam"]).json();
    }
    assert!(
        log_of(&desk) < 600 * 1024,
        "{} bytes are left",
        log_of(&desk)
    );
}

/// Somebody who reads all the while is waited for a moment, and no longer.
#[test]
fn a_reader_does_not_keep_a_command_from_ending() {
    let desk = Desk::new(Engine::Sqlite);
    let held = desk.hold("BEGIN; SELECT COUNT(*) FROM accounts");
    let folder = directory_of(&desk, 3_000);
    desk.run_json(["directory", "import", &folder]).json();
    let large = log_of(&desk);
    assert!(large > 500_000, "the reader still needs it: {large}");
    drop(held);
    desk.run_json(["find", "naam"]).json();
    // The reader may take its time to close: then the few pages that `find` wrote stay.
    let left = log_of(&desk);
    assert!(
        left < large / 10,
        "whoever comes next folds it: {left} of {large}"
    );
}

#[test]
fn a_damaged_file_is_told_as_such() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let mut bytes = fs::read(&desk.url).unwrap();
    let log = format!("{}-wal", desk.url);
    if log_of(&desk) > 0 {
        desk.sql("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        bytes = fs::read(&desk.url).unwrap();
    }
    for byte in bytes.iter_mut().skip(4_096) {
        *byte ^= 0x5a;
    }
    fs::write(&desk.url, bytes).unwrap();
    // There may be none.
    let _ = fs::remove_file(log);
    let ran = desk.run_json(["find", "jansen"]);
    let (exit, code, message) = ran.error();
    assert_eq!(
        (exit, code.as_str()),
        (7, "database_unavailable"),
        "{message}"
    );
    assert!(message.contains("damaged"), "{message}");
}

fn two_at_once(desk: &Desk, how_many: usize) {
    let all: Vec<_> = (0..how_many)
        .map(|_| desk.start_with(&["init"], ""))
        .collect();
    let mut made = 0;
    for one in all {
        let ran = Ran::new(&one.wait_with_output().unwrap());
        assert_eq!(ran.exit, 0, "{}", ran.stderr);
        made += usize::from(ran.json()["created"] == true);
    }
    assert_eq!(made, 1, "one makes the desk, and the others find it");
    desk.run_json(["audit", "verify"]).json();
}

#[test]
fn several_inits_at_once_make_one_desk() {
    for _ in 0..4 {
        two_at_once(&Desk::without_init(Engine::Sqlite), 4);
        two_at_once(&Desk::without_init(Engine::Postgres), 4);
    }
}

on_both_databases! {
    fn a_text_from_outside_is_as_long_as_it_likes(desk: &Desk) {
        use crate::support::mail::{DnsServer, mail};
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let maildir = desk.path("Maildir");
        for folder in ["new", "cur", "tmp"] {
            fs::create_dir_all(maildir.join(folder)).unwrap();
        }
        // Nothing that compresses: PostgreSQL would let it through.
        let mut seed = 7_u64;
        let mut long = || -> String {
            (0..9_000).map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[usize::try_from(seed >> 33).unwrap() % 36])
            }).collect()
        };
        for number in 1..=5 {
            let id = if number == 3 { long() } else { format!("id{number}") };
            let text = mail("d.visser@beatrixschool.nl", "utrecht@otservicedesk.nl", &id);
            fs::write(maildir.join(format!("new/{number}.eml")), text).unwrap();
        }
        let fetch = || {
            let mut command = desk.command();
            command.env("BALIE_DNS_SERVER", &dns.address);
            let args = ["--format", "json", "mailbox", "fetch", "--maildir"];
            Ran::new(&command.args(args).arg(&maildir).output().unwrap())
        };
        let first = fetch();
        assert_eq!(first.json()["taken"], 5, "{}", first.stdout);
        assert_eq!(fetch().json()["taken"], 0);
        // The one that is found again by that text is.
        let text = fs::read_to_string(maildir.join("new/3.eml")).unwrap();
        fs::write(maildir.join("new/6.eml"), text.replace("resetten", "herstellen")).unwrap();
        assert_eq!(fetch().json()["rejected"], 1);
        // So is what an operator types.
        let name = long();
        for args in [vec!["find", &name], vec!["account", "show", &name], vec!["bulk", "plan", "reset", "-", "--request", &name]] {
            let ran = desk.run_json(args);
            assert!(ran.exit < 4 && ran.exit != 1, "{}", ran.stderr);
        }
        let mut command = desk.command();
        command.env("BALIE_OPERATOR_LOGIN", &name).args(["--format", "json", "find", "jansen"]);
        let ran = Ran::new(&command.output().unwrap());
        assert_eq!(ran.exit, 4, "{}", ran.stderr);
    }
}
