use std::fs;
use std::path::Path;

use boon::Schemas;
use serde_json::Value;

use crate::support::schema::compile;
use crate::support::{Desk, Engine, on_both_databases};

fn file(noun: &str) -> String {
    let path = format!("schemas/{noun}.json");
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_schema_is_printed_as_it_is_by_either_name() {
    let desk = Desk::without_init(Engine::Sqlite);
    let names = desk.run_json(["schema"]).json();
    let names = names["schemas"].as_array().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    assert_eq!(names.len(), fs::read_dir(folder).unwrap().count());
    for row in names {
        let name = row["name"].as_str().unwrap();
        let noun = &name["balie.".len()..name.len() - "/1".len()];
        let printed = desk.run(["schema", name]);
        assert_eq!(
            (printed.exit, &printed.stdout),
            (0, &file(noun)),
            "{name} {}",
            printed.stderr
        );
    }
    assert_eq!(desk.run(["schema", "request"]).stdout, file("request"));
}

#[test]
fn who_mistypes_is_told_the_nearest_name() {
    let desk = Desk::without_init(Engine::Sqlite);
    for (typed, meant) in [
        ("requets", "request"),
        ("balie.reset/2", "reset"),
        ("", "log"),
    ] {
        let ran = desk.run_json(["schema", typed]);
        assert!(
            ran.stderr.contains(&format!("`{meant}`")),
            "{typed}: {}",
            ran.stderr
        );
        let (exit, code, _) = ran.error();
        assert_eq!((exit, code.as_str()), (3, "not_found"));
    }
    assert_eq!(desk.run_json(["schema", "--row"]).error().0, 2);
}

/// Holds each line of NDJSON against the schema of a row, as the binary gives it; says how many there are.
pub(crate) fn lines_hold(desk: &Desk, noun: &str, lines: &str) -> usize {
    let schema: Value = desk.run(["schema", noun, "--row"]).json();
    let mut schemas = Schemas::new();
    let index = compile(&mut schemas, noun, &schema);
    let mut count = 0;
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        if let Err(error) = schemas.validate(&row, index) {
            panic!("{noun}: {error:#}\n{row:#}");
        }
        count += 1;
    }
    count
}

on_both_databases! {
    fn a_line_of_ndjson_is_a_row_of_its_document(desk: &Desk) {
        desk.import_small_directory().json();
        let mut token = vec!["operator", "token", "add", "--expires", "1d"];
        token.extend(["--scope", "read", "--scope", "log"]);
        desk.run_json(token).json();
        desk.run_json(["account", "block", "d.visser", "--reason", "weg"]).json();
        for command in [
            "find jansen",
            "account show j.jansen",
            "account history d.visser",
            "answer",
            "audit enrollments",
            "audit enrollments --by role",
            "audit checkpoint",
            "audit log",
            "key status",
            "operator list",
            "operator show fatima",
            "operator token list",
            "outbox list",
            "pending --all",
            "region list",
            "region show utrecht",
            "org list",
            "org show sch-beatrix",
            "requester list",
            "schema",
            "whoami",
        ] {
            let document = desk.run_json(command.split(' ')).json();
            let name = document["schema"].as_str().unwrap().to_owned();
            let ran = desk.run(["--format", "ndjson"].into_iter().chain(command.split(' ')));
            assert!(lines_hold(desk, &name, &ran.stdout) > 0, "{command}: {}", ran.stderr);
        }
        let export = desk.run(["audit", "export"]);
        assert!(lines_hold(desk, "event", &export.stdout) > 20, "{}", export.stderr);
        let error = desk.run(["--format", "ndjson", "region", "show", "zeeland"]);
        assert_eq!(lines_hold(desk, "error", &error.stderr), 1);
    }
}
