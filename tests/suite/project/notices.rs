//! What the database asks of a mail that an operator's own login queues is what the program reads of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::{Fields, Item, Meta, Type};

type Said = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_database_knows_what_each_mail_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sql = fs::read_to_string(root.join("src/store/postgres_roles/mails.sql")).unwrap();
    let told = listed(&sql, "balie_told_of");
    let asked = listed(&sql, "balie_said_by");
    assert!(told.len() > 20, "{told:?}");
    assert_eq!(
        told.keys().collect::<Vec<_>>(),
        asked.keys().collect::<Vec<_>>()
    );
    let read = said_by_the_program(&root.join("src/domain/notice"));
    for (kind, asked) in &asked {
        let mut read = read[kind].clone();
        assert!(read.remove("name") && read.remove("desk"), "{kind}");
        assert_eq!(*asked, read, "{kind}");
    }
}

/// The list of each kind in a function of the script.
fn listed(sql: &str, function: &str) -> Said {
    let start = sql.find(&format!("FUNCTION {function}(")).unwrap();
    let body = sql[start..].split("END;").next().unwrap();
    let cases = body.lines().filter_map(|line| {
        let (kind, rest) = line
            .trim()
            .strip_prefix("WHEN '")?
            .split_once("' THEN '{")?;
        let words = rest.split('}').next()?.split(", ");
        Some((kind.to_owned(), words.map(str::to_owned).collect()))
    });
    cases.collect()
}

/// What a mail of each kind can't be read without.
fn said_by_the_program(folder: &Path) -> Said {
    let mut items = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "rs") {
            items.extend(
                syn::parse_file(&fs::read_to_string(path).unwrap())
                    .unwrap()
                    .items,
            );
        }
    }
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(found) => Some((found.ident.to_string(), needed(&found.fields, &Said::new()))),
        _ => None,
    });
    let structs: Said = structs.collect();
    let kinds = items.iter().find_map(|item| match item {
        Item::Enum(found) if found.ident == "Notice" => Some(&found.variants),
        _ => None,
    });
    let kinds = kinds.unwrap().iter().map(|kind| {
        let kind_name = in_snake_case(&kind.ident.to_string());
        (kind_name, needed(&kind.fields, &structs))
    });
    kinds.collect()
}

/// The fields that have to be there; those of a struct where a kind of mail is one.
fn needed(fields: &Fields, structs: &Said) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for field in fields {
        let serde = field
            .attrs
            .iter()
            .filter(|one| one.path().is_ident("serde"));
        let mut serde = serde.filter_map(|one| match &one.meta {
            Meta::List(list) => Some(list.tokens.to_string()),
            _ => None,
        });
        match (&field.ident, &field.ty) {
            (Some(name), _) => {
                if !serde.any(|one| one.contains("default")) {
                    found.insert(name.to_string());
                }
            }
            (None, Type::Path(path)) => {
                let name = path.path.segments.last().unwrap().ident.to_string();
                found.extend(structs[&name].iter().cloned());
            }
            (None, _) => panic!("a kind of mail is a struct"),
        }
    }
    found
}

fn in_snake_case(name: &str) -> String {
    let mut found = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !found.is_empty() {
            found.push('_');
        }
        found.extend(letter.to_lowercase());
    }
    found
}
