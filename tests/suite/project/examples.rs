//! What README, docs and `--help` tell people to type can be typed.

use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words of a line that was written for a shell; remarks and redirections are cut off.
fn words(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches("$ ");
    let line = line.split("  ").next().unwrap_or(line);
    let mut words = Vec::new();
    let mut quoted: Option<String> = None;
    for part in line.split_whitespace() {
        match (&mut quoted, part) {
            (None, "<" | ">" | "|" | "#" | "&&" | ">>") => break,
            (None, part) if part.starts_with('"') && !(part.len() > 1 && part.ends_with('"')) => {
                quoted = Some(part[1..].to_owned());
            }
            (None, part) => words.push(part.trim_matches('"').to_owned()),
            (Some(text), part) => {
                text.push(' ');
                text.push_str(part.trim_end_matches('"'));
                if part.ends_with('"') {
                    words.extend(quoted.take());
                }
            }
        }
    }
    words
}

/// Whether this can be typed: known commands and flags, everything that has to be there.
fn check(source: &str, line: &str) {
    let words = words(line);
    if let Err(error) = balie::cli::command().try_get_matches_from(&words) {
        let fine = matches!(
            error.kind(),
            clap::error::ErrorKind::DisplayHelp | clap::error::ErrorKind::DisplayVersion
        );
        assert!(fine, "{source}: `{line}` can't be typed:\n{error}");
    }
}

/// What is typed after the prompt, and after what has another account do it.
fn typed(line: &str) -> &str {
    let line = line.trim_start().trim_start_matches("$ ");
    line.trim_start_matches("sudo -u balie ")
}

#[test]
fn what_readme_and_docs_show_can_be_typed() {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let docs = docs.map(|entry| entry.unwrap().path());
    let texts = docs.chain([root().join("README.md")]);
    let mut lines = 0;
    for path in texts.filter(|path| path.extension().is_some_and(|kind| kind == "md")) {
        let text = fs::read_to_string(&path).unwrap();
        let mut in_block = false;
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                in_block = !in_block;
            } else if in_block && typed(line).starts_with("balie ") {
                check(&path.display().to_string(), typed(line));
                lines += 1;
            }
        }
    }
    assert!(lines >= 8, "only {lines} lines were tried");
}

#[test]
fn every_command_that_takes_something_shows_examples_that_can_be_typed() {
    let mut tried = 0;
    walk(&balie::cli::command(), "balie", &mut tried);
    assert!(tried >= 20, "only {tried} examples were tried");
}

fn walk(command: &clap::Command, path: &str, tried: &mut usize) {
    let help = command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    for line in help
        .lines()
        .filter(|line| line.trim_start().starts_with("balie "))
    {
        check(path, line);
        *tried += 1;
    }
    for below in command.get_subcommands() {
        walk(below, &format!("{path} {}", below.get_name()), tried);
    }
}
