use std::fs;
use std::path::Path;

/// Who may know whom: a room, and the rooms that its `use` lines may name.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("store", &["store", "domain"]),
    ("vault", &["vault", "domain"]),
    ("mail", &["mail", "domain"]),
    ("directory", &["directory", "domain"]),
    (
        "desk",
        &["desk", "store", "vault", "mail", "directory", "domain"],
    ),
];

#[test]
fn no_room_knows_one_above_or_beside_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, may) in MAY_KNOW {
        let mut files = Vec::new();
        collect(&src.join(room), &mut files);
        assert!(!files.is_empty(), "{room} is empty");
        for (path, text) in files {
            for named in text.split("crate::").skip(1) {
                let other = named
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap();
                assert!(
                    may.contains(&other) || other.is_empty(),
                    "{path} names {other}"
                );
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
