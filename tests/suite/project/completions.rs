//! What the shells load: a few lines that ask balie, and what balie answers.

use std::path::Path;
use std::process::{Command, Output};

const BALIE: &str = env!("CARGO_BIN_EXE_balie");

fn answer(shell: &str, variables: &[(&str, &str)], words: &[&str]) -> String {
    let mut command = Command::new(BALIE);
    command.env("COMPLETE", shell).env("HOME", "/nonexistent");
    let ran = command
        .envs(variables.iter().copied())
        .args(words)
        .output()
        .unwrap();
    text(&ran)
}

fn text(ran: &Output) -> String {
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8(ran.stdout.clone()).unwrap()
}

/// As bash asks: the words so far, and which of them is being typed.
fn offered(words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let asked: Vec<&str> = ["--"].into_iter().chain(words.iter().copied()).collect();
    let variables = [
        ("_CLAP_COMPLETE_INDEX", index.as_str()),
        ("_CLAP_IFS", "\n"),
    ];
    let answer = answer("bash", &variables, &asked);
    let mut offered: Vec<String> = answer.lines().map(|line| line.trim().to_owned()).collect();
    offered.sort();
    offered
}

#[test]
fn every_shell_is_given_something_to_load() {
    for (shell, mark) in [
        ("bash", "complete -o"),
        ("zsh", "_clap_dynamic_completer_balie"),
        ("fish", "complete --keep-order"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer"),
    ] {
        let given = answer(shell, &[], &[]);
        assert!(given.contains(mark), "{shell}: {given}");
    }
}

#[test]
fn commands_flags_and_values_are_offered_without_a_desk() {
    assert_eq!(offered(&["balie", "requ"]), ["request", "requester"]);
    let flags = offered(&["balie", "reset", "--re"]);
    assert!(flags.contains(&"--request".to_owned()), "{flags:?}");
    let formats = offered(&["balie", "whoami", "--format", "nd"]);
    assert_eq!(formats, ["ndjson"]);
}

#[test]
fn values_that_the_program_knows_are_offered_without_a_desk_instead_of_files() {
    for (words, some) in [
        (
            &["balie", "operator", "add", "x", "--role", ""][..],
            "senior",
        ),
        (
            &["balie", "operator", "token", "add", "--scope", ""],
            "bulk:reset",
        ),
        (
            &["balie", "reset", "j.jansen", "--reason", "l"],
            "lost-phone",
        ),
        (
            &["balie", "settings", "set", "policy.un"],
            "policy.undo_hours",
        ),
        (&["balie", "answer", "tele"], "telefoon-kwijt"),
        (
            &["balie", "request", "answer", "R-4K7Q2", "--topic", "lost"],
            "lost-phone",
        ),
        (
            &["balie", "request", "answer", "R-4K7Q2", "--language", ""],
            "nl",
        ),
    ] {
        let offered = offered(words);
        assert!(
            offered.iter().any(|one| one == some),
            "{words:?}: {offered:?}"
        );
        assert!(
            !offered.iter().any(|one| one == "Cargo.toml"),
            "{words:?}: {offered:?}"
        );
    }
    let topics = offered(&["balie", "answer", "app"]);
    assert_eq!(
        topics,
        ["app-deleted", "app-verwijderd", "apps"],
        "each once"
    );
}

#[test]
fn bash_loads_the_file_that_is_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions/balie.bash");
    let folder = Path::new(BALIE).parent().unwrap();
    let script = format!(
        "PATH={}:$PATH; source {}; complete -p balie",
        folder.display(),
        file.display()
    );
    let ran = Command::new("bash")
        .args(["--norc", "-c", &script])
        .output()
        .unwrap();
    assert!(text(&ran).contains("_clap_complete_balie"));
}
