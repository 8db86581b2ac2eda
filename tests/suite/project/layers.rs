use std::fs;
use std::path::Path;

/// Who may know whom: a room, and the rooms that its `use` lines may name.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("store", &["store", "domain"]),
    ("vault", &["vault", "domain"]),
    ("mail", &["mail", "domain", "plain_file"]),
    ("directory", &["directory", "domain", "plain_file"]),
    (
        "desk",
        &["desk", "store", "vault", "mail", "directory", "domain"],
    ),
    ("loopback", &["loopback"]),
    ("config", &["config", "domain", "plain_file"]),
    ("world.rs", &["domain"]),
    ("plain_file.rs", &[]),
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

/// The rooms that a file names by `crate::` or by going up with `super::`. Tests at its end may name more.
fn rooms_named(path: &Path, text: &str) -> Vec<String> {
    let mut module: Vec<&str> = path
        .strip_prefix(root().join("src"))
        .unwrap()
        .iter()
        .map(|part| part.to_str().unwrap().trim_end_matches(".rs"))
        .collect();
    if module.last() == Some(&"mod") {
        module.pop();
    }
    let code: String = text
        .split("#[cfg(test)]")
        .next()
        .unwrap()
        .lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n");
    let first = |rest: &str| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        rest[..end.unwrap_or(rest.len())].to_owned()
    };
    let mut rooms: Vec<String> = code.split("crate::").skip(1).map(first).collect();
    for (at, _) in code.match_indices("super::") {
        if code[..at].ends_with("super::") {
            continue;
        }
        let (mut rest, mut up) = (&code[at..], 0);
        while let Some(further) = rest.strip_prefix("super::") {
            (rest, up) = (further, up + 1);
        }
        if up >= module.len() {
            rooms.push(first(rest));
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

#[test]
fn going_up_is_seen_as_well() {
    let file = root().join("src/desk/bulk/apply.rs");
    let named = |text: &str| rooms_named(&file, text);
    assert_eq!(named("use crate::store::Tx;"), ["store"]);
    assert_eq!(named("use super::super::super::store::Tx;"), ["store"]);
    assert_eq!(named("use super::super::reset; // crate::cli"), [""; 0]);
    let own = root().join("src/desk/mod.rs");
    assert_eq!(rooms_named(&own, "use super::cli::x;"), ["cli"]);
}

#[test]
fn what_a_room_has_no_business_with_is_not_named_in_it() {
    for (room, unwanted) in [
        ("domain", NOT_IN_DOMAIN),
        ("desk", NOT_IN_DESK_OR_CLI),
        ("cli", NOT_IN_DESK_OR_CLI),
    ] {
        let mut files = Vec::new();
        collect(&root().join("src").join(room), &mut files);
        for (path, text) in files {
            for name in unwanted {
                let used = text.match_indices(&format!("{name}::")).any(|(at, _)| {
                    !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c))
                });
                assert!(!used, "{path} names {name}");
            }
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn no_room_knows_one_above_or_beside_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, may) in MAY_KNOW {
        let mut files = Vec::new();
        collect(&src.join(room), &mut files);
        assert!(!files.is_empty(), "{room} is empty");
        for (path, text) in files {
            for other in rooms_named(Path::new(&path), &text) {
                assert!(may.contains(&other.as_str()), "{path} names {other}");
            }
        }
    }
}

#[test]
fn files_stay_small() {
    let mut files = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    for (path, text) in files {
        assert!(text.lines().count() <= 450, "{path} has grown too long");
    }
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    if folder.is_file() {
        let text = fs::read_to_string(folder).expect("a text");
        files.push((folder.display().to_string(), text));
        return;
    }
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = fs::read_to_string(&path).expect("a text");
            files.push((path.display().to_string(), text));
        }
    }
}
