//! Tab: what a shell is given from the database. Nobody is told more by it than by `find`, and nothing goes wrong on screen.

use std::fmt::Write as _;
use std::process::Command;

use crate::operator::manage::staffed;
use crate::reset::requests::verified_request;
use crate::support::{Desk, Engine, on_both_databases};

/// What is offered for the last of these words, as fish asks: the value, and what it is.
fn tab(mut command: Command, words: &[&str]) -> Vec<(String, String)> {
    let ran = command
        .env("COMPLETE", "fish")
        .args(["--", "balie"])
        .args(words)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text(&ran.stderr), "");
    assert!(ran.status.success());
    let line = |line: &str| {
        let (value, what) = line.split_once('\t').unwrap_or((line, ""));
        (value.to_owned(), what.to_owned())
    };
    let offered = text(&ran.stdout);
    let offered = offered.lines().map(line);
    offered
        .filter(|(value, _)| !value.starts_with('-'))
        .collect()
}

/// At the machine of `login`.
fn tab_of(desk: &Desk, login: &str, words: &[&str]) -> Vec<(String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_balie"));
    command
        .env_clear()
        .env("HOME", desk.path(""))
        .env("XDG_RUNTIME_DIR", desk.path(&format!("run-{login}")))
        .env("BALIE_DATABASE", &desk.url)
        .env("BALIE_OPERATOR_LOGIN", login);
    tab(command, words)
}

fn values(offered: &[(String, String)]) -> Vec<&str> {
    offered.iter().map(|(value, _)| value.as_str()).collect()
}

fn named(value: &str, what: &str) -> (String, String) {
    (value.to_owned(), what.to_owned())
}

on_both_databases! {
    fn usernames_are_offered_from_three_letters_on_and_one_event_a_minute_says_so(desk: &Desk) {
        desk.import_small_directory().json();
        let events = desk.count("events");
        let tab = |words: &[&str]| tab_of(desk, "fatima", words);
        assert!(tab(&["reset", "j."]).is_empty(), "too many people begin like that");
        assert!(tab(&["reset", "x.y"]).is_empty());
        assert_eq!(desk.count("events"), events, "nothing was told");
        assert_eq!(tab(&["reset", "j.j"]), [named("j.jansen", "Joost Jansen")]);
        assert_eq!(tab(&["account", "show", "Z.CE"]), [named("z.celik", "Zoë Çelik")]);
        assert_eq!(tab(&["answer", "apps", "--mail", "k.b"]), [named("k.bos", "Kees Bos")]);
        assert_eq!(desk.count("events"), events + 1);
        let log = desk.run_json(["audit", "log", "--action", "completion"]).json();
        assert_eq!(log["events"][0]["detail"]["text"], "j.j");
        assert_eq!(desk.run(["audit", "verify"]).exit, 0);
    }

    fn twenty_at_most_are_offered(desk: &Desk) {
        desk.import_small_directory().json();
        let accounts = desk.path("directory/accounts.csv");
        let mut text = std::fs::read_to_string(&accounts).unwrap();
        for number in 10..40 {
            writeln!(text, "p.peters{number},Piet Peters,p.peters{number}@beatrixschool.nl,teacher@sch-beatrix,active").unwrap();
        }
        std::fs::write(&accounts, text).unwrap();
        let folder = desk.path("directory").display().to_string();
        desk.run_json(["directory", "import", &folder]).json();
        let offered = tab_of(desk, "fatima", &["reset", "p.p"]);
        assert_eq!(offered.len(), 20);
        assert_eq!(offered[0].0, "p.peters10");
    }

    fn a_request_is_offered_with_its_age_and_subject_as_long_as_it_waits(desk: &Desk) {
        let id = verified_request(desk, &["j.jansen"]);
        let tab = |words: &[&str]| tab_of(desk, "fatima", words);
        for words in [
            &["reset", ""][..],
            &["reset", "r-"],
            &["reset", "j.jansen", "--request", ""],
            &["request", "show", &id[..4].to_lowercase()],
            &["request", "show", &id[2..4]],
        ] {
            let offered = tab(words);
            assert_eq!(values(&offered), [id.as_str()], "{words:?}");
            assert!(offered[0].1.starts_with("0 min · "), "{}", offered[0].1);
        }
        let plan = desk.run_with(&["bulk", "plan", "reset", "-", "--request", &id], "j.jansen\n");
        let plan = plan.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(values(&tab(&["bulk", "show", "p"])), [plan.as_str()]);
        desk.run_json(["reset", "j.jansen", "--request", &id]).json();
        assert!(tab(&["reset", "j.jansen", "--request", ""]).is_empty());
    }

    fn a_break_glass_case_is_offered_while_it_waits(desk: &Desk) {
        staffed(desk);
        let args = ["reset", "j.jansen", "--break-glass", "--reason", "director by phone, voice known"];
        let case = desk.by("ursula", &args).json();
        let id = case["id"].as_str().unwrap();
        let tab = || tab_of(desk, "simon", &["case", "complete", ""]);
        assert_eq!(tab(), [named(id, "0 min · j.jansen, ursula")]);
        desk.by("simon", &["case", "complete", id]).json();
        assert!(tab().is_empty());
    }

    fn codes_are_offered_with_their_names_and_are_no_event(desk: &Desk) {
        desk.import_small_directory().json();
        let events = desk.count("events");
        let tab = |words: &[&str]| tab_of(desk, "fatima", words);
        assert_eq!(tab(&["request", "list", "--region", ""]), [named("noord", "Noord"), named("utrecht", "Utrecht")]);
        assert_eq!(tab(&["org", "show", "sch-k"]), [named("sch-kompas", "Het Kompas")]);
        assert_eq!(tab(&["operator", "disable", "f"]), [named("fatima", "founder")]);
        assert_eq!(desk.count("events"), events);
    }

    fn a_closed_desk_offers_nothing_to_strangers_and_an_operator_their_own_region(desk: &Desk) {
        desk.import_small_directory().json();
        desk.close();
        desk.hire("noor", "operator", &["noord"]);
        desk.hire("abel", "auditor", &[]);
        let events = desk.count("events");
        for words in [&["reset", "j.j"][..], &["request", "list", "--region", ""], &["reset", ""], &["operator", "show", ""]] {
            assert!(tab_of(desk, "stranger", words).is_empty(), "{words:?}");
        }
        assert!(tab_of(desk, "noor", &["reset", "j.j"]).is_empty(), "of another region");
        assert_eq!(values(&tab_of(desk, "noor", &["request", "list", "--region", ""])), ["noord"]);
        assert!(tab_of(desk, "noor", &["org", "show", "sch-b"]).is_empty());
        assert_eq!(desk.count("events"), events);
        assert_eq!(values(&tab_of(desk, "noor", &["reset", "k.b"])), ["k.bos"]);
        assert_eq!(desk.count("events"), events + 1);
        assert_eq!(values(&tab_of(desk, "abel", &["account", "show", "j.j"])), ["j.jansen"]);
    }

    fn nothing_is_waited_for_and_no_one_is_told_without_an_event(desk: &Desk) {
        desk.import_small_directory().json();
        let held = desk.hold(match desk.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; LOCK TABLE events IN EXCLUSIVE MODE",
        });
        assert!(tab_of(desk, "fatima", &["reset", "j.j"]).is_empty());
        drop(held);
        assert_eq!(values(&tab_of(desk, "fatima", &["reset", "j.j"])), ["j.jansen"]);
    }
}

#[test]
fn where_there_is_no_desk_tab_is_silent() {
    let desk = Desk::without_init(Engine::Sqlite);
    let words = ["reset", "j.jan"];
    assert!(tab_of(&desk, "fatima", &words).is_empty());
    assert!(!desk.path("balie.db").exists());
    std::fs::write(desk.path("balie.db"), "no database").unwrap();
    assert!(tab_of(&desk, "fatima", &words).is_empty());
    let elsewhere = ["--config", "/nonexistent.toml", "reset", "j.jan"];
    assert!(tab_of(&desk, "fatima", &elsewhere).is_empty());
}

#[test]
fn the_desk_is_the_one_that_was_typed() {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let typed = ["--database", &desk.url, "reset", "j.j"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_balie"));
    command
        .env_clear()
        .env("HOME", desk.path("elsewhere"))
        .env("BALIE_OPERATOR_LOGIN", "fatima");
    assert_eq!(values(&tab(command, &typed)), ["j.jansen"]);
}
