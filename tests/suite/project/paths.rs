//! The noun that's typed is the path: `balie request assign` is `cli/request/assign.rs`.

use std::path::Path;

use clap::Command;

/// Commands that don't lead to a file of their own, by the file that they're in. Short forms and the two sides of one step
/// belong together; the others share their noun's file still. A command that gets its own file leaves the list, and
/// a new one isn't added to it.
const ELSEWHERE: &[(&str, &[&str])] = &[
    // The short form of `account find`.
    ("account/find.rs", &["find"]),
    // Blocking and unblocking are one step, there and back.
    ("account/block.rs", &["account unblock"]),
    ("account/mod.rs", &["account show"]),
    // `balie backup FILE` and the check of what it wrote.
    ("backup/mod.rs", &["backup verify"]),
    (
        "case/mod.rs",
        &["case cancel", "case complete", "case list", "case show"],
    ),
    ("directory.rs", &["directory import"]),
    (
        "key.rs",
        &["key retire", "key rotate", "key split", "key status"],
    ),
    ("mailbox/mod.rs", &["mailbox fetch", "mailbox quarantine"]),
    (
        "operator/mod.rs",
        &[
            "operator add",
            "operator disable",
            "operator enable",
            "operator list",
            "operator reset-password",
            "operator role",
        ],
    ),
    (
        "operator/token.rs",
        &[
            "operator token accept",
            "operator token add",
            "operator token list",
            "operator token revoke",
        ],
    ),
    (
        "place/mod.rs",
        &[
            "org add",
            "org list",
            "org show",
            "region add",
            "region list",
            "region show",
        ],
    ),
    ("portal.rs", &["portal login", "portal password"]),
    ("receipt.rs", &["receipt show", "receipt verify"]),
    ("recovery/mod.rs", &["recovery reissue"]),
    (
        "requester.rs",
        &[
            "requester add",
            "requester end",
            "requester list",
            "requester review",
            "requester show",
        ],
    ),
    ("service.rs", &["service add"]),
    (
        "settings.rs",
        &["settings import", "settings list", "settings set"],
    ),
    ("totp.rs", &["totp check", "totp unlock"]),
];

#[test]
fn what_is_typed_leads_to_its_file() {
    let cli = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    let mut typed = Vec::new();
    for command in balie::cli::command().get_subcommands() {
        collect(command, "", &mut typed);
    }
    assert!(typed.len() > 90, "{}", typed.len());
    for (file, commands) in ELSEWHERE {
        assert!(cli.join(file).is_file(), "{file} isn't there");
        for command in *commands {
            assert!(
                typed.iter().any(|typed| typed == command),
                "nobody can type {command}"
            );
        }
    }
    for command in typed {
        let path = command.replace(' ', "/").replace('-', "_");
        let has_own = cli.join(format!("{path}.rs")).is_file()
            || cli.join(format!("{path}/mod.rs")).is_file();
        let is_listed = ELSEWHERE
            .iter()
            .any(|(_, commands)| commands.contains(&command.as_str()));
        assert!(
            has_own || is_listed,
            "`balie {command}` doesn't lead to src/cli/{path}.rs"
        );
        assert!(
            !(has_own && is_listed),
            "`balie {command}` has a file of its own now: take it off the list"
        );
    }
}

/// Commands that do something, as they're typed.
fn collect(command: &Command, above: &str, typed: &mut Vec<String>) {
    if command.get_name() == "help" {
        return;
    }
    let whole = format!("{above} {}", command.get_name());
    let whole = whole.trim_start().to_owned();
    if command.has_subcommands() {
        for below in command.get_subcommands() {
            collect(below, &whole, typed);
        }
    } else {
        typed.push(whole);
    }
}
