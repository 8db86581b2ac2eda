//! The man pages: what can be set, named or returned is told there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{Desk, Engine};

/// The pages as they're written, without the escapes of their format.
fn pages() -> (String, String) {
    let desk = Desk::without_init(Engine::Sqlite);
    let folder = desk.path("man");
    let made = desk.run(["man", &folder.display().to_string()]);
    assert_eq!(made.exit, 0, "{}", made.stderr);
    let page = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        text.replace("\\-", "-")
            .replace("\\fR", "")
            .replace("\\fB", "")
    };
    (page("balie.1"), page("balie.toml.5"))
}

/// Every `"BALIE_…"` in the program's own sources, tests aside.
fn variables_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            variables_in(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for piece in text.split('"').filter(|piece| piece.starts_with("BALIE_")) {
            let is_name =
                piece.len() > 6 && piece.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            if is_name {
                found.insert(piece.to_owned());
            }
        }
    }
}

#[test]
fn every_key_variable_and_exit_code_is_in_the_man_pages() {
    let (first, config) = pages();
    let mut of_keys = BTreeSet::new();
    for (key, _) in balie::config::keys() {
        assert!(
            config.contains(&format!("\n{key}\n")),
            "{key} isn't in balie.toml(5)"
        );
        of_keys.insert(balie::config::variable(key));
    }
    let mut variables = BTreeSet::new();
    variables_in(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut variables,
    );
    assert!(variables.contains("BALIE_TOKEN_FILE"), "{variables:?}");
    for name in variables.difference(&of_keys) {
        assert!(
            first.contains(&format!("\n{name}\n")),
            "{name} isn't in balie(1)"
        );
    }
    for section in ["EXIT STATUS", "ENVIRONMENT", "FILES"] {
        assert!(
            first.contains(&format!(".SH \"{section}\""))
                || first.contains(&format!(".SH {section}")),
            "{section}"
        );
    }
    for code in [0, 1, 2, 3, 4, 5, 6, 7, 8, 130] {
        assert!(
            first.contains(&format!(".TP\n{code}\n")),
            "exit {code} isn't in balie(1)"
        );
    }
}

#[test]
fn every_key_is_in_the_documentation() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operations.md");
    let docs = fs::read_to_string(docs).unwrap();
    for (key, _) in balie::config::keys() {
        let in_table = docs
            .lines()
            .any(|line| line.starts_with('|') && line.contains(&format!("`{key}`")));
        assert!(in_table, "{key} isn't in the table of docs/operations.md");
    }
}
