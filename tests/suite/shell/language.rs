//! The operator's own language: who says which it is, and what it never changes.

use std::fs;

use crate::reset::requests::verified_request;
use crate::support::{Desk, Engine, Ran};

fn with(desk: &Desk, env: &[(&str, &str)], args: &[&str]) -> Ran {
    let mut command = desk.command_without_yes();
    command.envs(env.iter().copied()).args(args);
    Ran::new(&command.output().unwrap())
}

fn is_dutch(desk: &Desk, env: &[(&str, &str)], args: &[&str]) -> bool {
    let help = with(desk, env, args);
    assert_eq!((help.exit, help.stderr.as_str()), (0, ""));
    let dutch = help.stdout.contains("\nOpdrachten:\n");
    assert_ne!(
        dutch,
        help.stdout.contains("\nCommands:\n"),
        "{}",
        help.stdout
    );
    dutch
}

#[test]
fn the_flag_goes_before_the_variable_the_config_and_the_locale() {
    let desk = Desk::without_init(Engine::Sqlite);
    let help = |env: &[(&str, &str)]| is_dutch(&desk, env, &["request", "--help"]);
    assert!(!help(&[]));
    assert!(help(&[("LANG", "nl_NL.UTF-8")]));
    assert!(help(&[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "nl_BE")]));
    assert!(!help(&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "C")]));
    assert!(help(&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "")]));
    assert!(!help(&[("LANG", "nlx_XX")]));
    let dutch = ("BALIE_OPERATOR_LANGUAGE", "nl");
    assert!(help(&[dutch, ("LC_ALL", "C")]));
    for args in [
        ["request", "--help", "--lang", "en"].as_slice(),
        &["--lang=en", "request", "--help"],
        &["--lang", "en", "help", "request"],
    ] {
        assert!(!is_dutch(&desk, &[dutch], args), "{args:?}");
    }
    let file = desk.path("own.toml");
    fs::write(&file, "[operator]\nlanguage = \"nl\"\n").unwrap();
    let file = file.display().to_string();
    let named = ["request", "--help", "--config", &file];
    assert!(is_dutch(&desk, &[("LANG", "C")], &named));
    let english = ("BALIE_OPERATOR_LANGUAGE", "en");
    assert!(!is_dutch(&desk, &[english], &named));
    assert!(help(&[("BALIE_CONFIG", &file)]));
    // One that can't be read is no reason to withhold help.
    fs::write(desk.path("own.toml"), "[operator\n").unwrap();
    assert!(!help(&[("BALIE_CONFIG", &file)]));
}

#[test]
fn a_page_of_help_in_dutch() {
    let desk = Desk::without_init(Engine::Sqlite);
    let page = with(&desk, &[], &["--lang", "nl", "request", "assign", "-h"]).stdout;
    for line in [
        "Zeg voor welke inloggen een verzoek is",
        "Gebruik: balie request assign [OPTIES] <ID> [ACCOUNT]...",
        "\nArgumenten:\n  <ID> ",
        "\nOpties:\n",
        "\nOveral:\n",
        "Voorbeelden:",
        "[mogelijke waarden: auto, always, never]",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
}

#[test]
fn documents_and_exit_codes_are_the_same_in_every_language() {
    let desk = Desk::new(Engine::Sqlite);
    let request = verified_request(&desk, &["j.jansen"]);
    // All of this is typed within a minute.
    let many = ("BALIE_POLICY_LOOKUPS_PER_MINUTE", "100000");
    let dutch = [
        ("LANG", "nl_NL.UTF-8"),
        ("BALIE_OPERATOR_LANGUAGE", "nl"),
        many,
    ];
    for args in [
        ["account", "show", "j.jansen"].as_slice(),
        &["account", "show", "nobody"],
        &["find", "jansen"],
        &["request", "list"],
        &["request", "show", &request],
        &["request", "assign", &request, "--suggest"],
        &["request", "approve", &request, "--dry-run"],
        &["reset", "j.jansen", "--request", &request, "--dry-run"],
        &["account", "block", "j.jansen", "--reason", "x"],
        &["account", "shared"],
        &["account", "history", "nobody"],
        &["bulk", "list"],
        &["case", "list"],
        &["pending"],
        &["outbox", "list"],
        &["operator", "list"],
        &["whoami"],
        &["settings", "list"],
        &["org", "list"],
        &["region", "show", "nowhere"],
        &["account", "show"],
        &["reset", "--nonsense"],
    ] {
        for format in ["json", "ndjson", "csv"] {
            let args = [args, &["--format", format]].concat();
            let english = with(&desk, &[many], &args);
            let told = with(&desk, &dutch, &args);
            assert_eq!(told.stdout, english.stdout, "{args:?}");
            assert_eq!(told.exit, english.exit, "{args:?}");
            assert_eq!(told.stderr, english.stderr, "{args:?}");
        }
    }
}
