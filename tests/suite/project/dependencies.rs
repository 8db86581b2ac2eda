//! What Balie is built from: nothing that it doesn't use. Licences and the one TLS stack are `deny.toml`'s.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Desk, Engine};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The machine that this runs on: crates of others aren't here to be looked at.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    line.unwrap().to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "metadata",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
        ])
        .arg(host())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn texts(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, all);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_crate_is_used() {
    let mut code = String::new();
    for folder in ["src", "tests", "benches"] {
        texts(&root().join(folder), &mut code);
    }
    let metadata = metadata();
    let package = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["name"] == "balie");
    for dependency in package.unwrap()["dependencies"].as_array().unwrap() {
        let name = dependency["rename"]
            .as_str()
            .or(dependency["name"].as_str())
            .unwrap();
        let ident = name.replace('-', "_");
        assert!(
            names(&code, &ident),
            "{name} is in Cargo.toml, and nothing uses it"
        );
    }
}

/// Whether the crate's name begins a path: `age::`, and not `Page::` or `my_age::`.
fn names(code: &str, ident: &str) -> bool {
    let path = format!("{ident}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_:\"".contains(c))
    })
}

#[test]
fn a_crate_of_which_only_a_part_of_the_name_is_there_is_not_used() {
    assert!(names("use age::Encryptor;", "age") && names("(age::x)", "age"));
    for other in [
        "Page::new",
        "tokio_rustls::x",
        "crate::age::x",
        "\"age::\"",
        "age",
    ] {
        assert!(!names(other, "age") && !names(other, "rustls"), "{other}");
    }
}

/// `.cargo/config.toml` says how: a flag that is lost makes nothing fail, but verifying twice as slow.
#[test]
fn sqlite_is_built_as_it_is_said() {
    let desk = Desk::new(Engine::Sqlite);
    for option in ["DEFAULT_MEMSTATUS=0", "DQS=0"] {
        let used = format!("SELECT sqlite_compileoption_used('{option}')");
        assert_eq!(desk.number(&used), 1, "{option}");
    }
    let shared = "SELECT sqlite_compileoption_used('ENABLE_MEMORY_MANAGEMENT')";
    assert_eq!(desk.number(shared), 0);
    assert_eq!(
        desk.number("SELECT trusted_schema FROM pragma_trusted_schema"),
        0
    );
}
