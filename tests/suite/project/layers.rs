//! Who may know whom: between layers, between rooms, and between files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::source::{ModulePath, Source, read};

/// A layer, and the layers that its files may name.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("store", &["store", "domain"]),
    ("vault", &["vault", "domain", "secret_command"]),
    ("mail", &["mail", "domain", "plain_file", "secret_command"]),
    ("directory", &["directory", "domain", "plain_file"]),
    (
        "desk",
        &["desk", "store", "vault", "mail", "directory", "domain"],
    ),
    ("loopback", &["loopback"]),
    ("config", &["config", "domain", "plain_file"]),
    ("world", &["world", "domain"]),
    ("plain_file", &["plain_file"]),
    ("secret_command", &["secret_command"]),
    (
        "cli",
        &[
            "cli",
            "desk",
            "store",
            "vault",
            "mail",
            "directory",
            "domain",
            "config",
            "world",
            "loopback",
            "plain_file",
        ],
    ),
];
/// What the rules know nothing of: databases, terminals, clocks of their own, the world outside.
const NOT_IN_DOMAIN: &[&str] = &[
    "sqlx",
    "clap",
    "tokio",
    "console",
    "dialoguer",
    "lettre",
    "hickory_resolver",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
];
/// SQL is the store's alone.
const NOT_IN_DESK_OR_CLI: &[&str] = &["sqlx"];

#[test]
fn no_layer_knows_one_above_or_beside_it() {
    let source = Source::read();
    for module in source
        .modules
        .keys()
        .filter(|module| !module.is_empty() && module[0] != "main")
    {
        let (_, may) = MAY_KNOW
            .iter()
            .find(|(layer, _)| *layer == module[0])
            .unwrap();
        for other in source.layers_named(module) {
            // The crate's own door, as in `crate::run`.
            let is_layer = MAY_KNOW.iter().any(|(layer, _)| *layer == other);
            assert!(
                !is_layer || may.contains(&other),
                "{} names {other}",
                module.join("::")
            );
        }
    }
}

#[test]
fn what_a_layer_has_no_business_with_is_not_named_in_it() {
    let source = Source::read();
    for (layer, unwanted) in [
        ("domain", NOT_IN_DOMAIN),
        ("desk", NOT_IN_DESK_OR_CLI),
        ("cli", NOT_IN_DESK_OR_CLI),
    ] {
        for (path, module) in source
            .modules
            .iter()
            .filter(|(path, _)| path.first().is_some_and(|first| first == layer))
        {
            for name in unwanted {
                assert!(
                    !module.outside.contains(*name),
                    "{} names {name}",
                    path.join("::")
                );
            }
        }
    }
}

#[test]
fn no_two_files_need_each_other() {
    let source = Source::read();
    let circles = circles(&source);
    assert!(
        circles.is_empty(),
        "these files need each other:\n{}",
        circles.join("\n")
    );
}

#[test]
fn going_up_and_macros_are_seen_as_well() {
    let path = |text: &str| -> ModulePath { text.split("::").map(ToOwned::to_owned).collect() };
    let places: BTreeMap<ModulePath, PathBuf> = BTreeMap::new();
    let named = |text: &str| {
        let here = path("desk::bulk::apply");
        let module = read(&here, Path::new("apply.rs"), text, &places);
        let one = Source {
            modules: [(here.clone(), module)].into(),
        };
        one.layers_named(&here)
            .into_iter()
            .map(ToOwned::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(named("use crate::store::Tx;"), ["store"]);
    assert_eq!(named("use super::super::super::store::Tx;"), ["store"]);
    assert_eq!(named("use super::super::reset; // crate::cli"), ["desk"]);
    assert_eq!(named("fn f() { g!(crate::cli::x, 1) }"), ["cli"]);
    assert_eq!(
        named("#[cfg(test)] mod tests { use crate::cli::x; }"),
        [""; 0]
    );
}

#[test]
fn files_stay_small() {
    for module in Source::read().modules.values() {
        let lines = std::fs::read_to_string(&module.file)
            .unwrap()
            .lines()
            .count();
        assert!(
            lines <= 400,
            "{} has grown too long: {lines} lines",
            module.file.display()
        );
    }
}

/// Files that need each other, a set each (Tarjan's strongly connected components, by reachability: the house is
/// small enough for that), with who needs whom in it.
fn circles(source: &Source) -> Vec<String> {
    let needs: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = source
        .modules
        .keys()
        .map(|module| (module, source.needs(module)))
        .collect();
    let reach = |from: &ModulePath| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&ModulePath> = needs[from].iter().copied().collect();
        while let Some(module) = next.pop() {
            if seen.insert(module) {
                next.extend(needs[module].iter().copied());
            }
        }
        seen
    };
    let reached: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = needs
        .keys()
        .map(|module| (*module, reach(module)))
        .collect();
    let sets: BTreeSet<Vec<String>> = reached
        .iter()
        .filter(|(module, seen)| seen.contains(*module))
        .map(|(module, seen)| {
            let mut set: Vec<String> = seen
                .iter()
                .filter(|other| reached[*other].contains(*module))
                .map(|other| other.join("::"))
                .collect();
            set.sort();
            set
        })
        .collect();
    let ties = |set: &Vec<String>| {
        let within = |path: &ModulePath| set.contains(&path.join("::"));
        let ties = needs
            .iter()
            .filter(|(from, _)| within(from))
            .flat_map(|(from, to)| {
                let to = to.iter().filter(|to| within(to));
                to.map(|to| format!("  {} needs {}", from.join("::"), to.join("::")))
            });
        ties.collect::<Vec<_>>().join("\n")
    };
    sets.iter()
        .map(|set| format!("{}\n{}", set.join(", "), ties(set)))
        .collect()
}
