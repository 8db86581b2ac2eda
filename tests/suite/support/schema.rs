//! Whatever document a test makes `balie` print is held against the schema that it names; and strictly:
//! a field that the schema doesn't tell of is a fault here.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

/// Compiled once each, when a first document names it.
#[derive(Default)]
struct Compiled {
    schemas: Schemas,
    known: HashMap<String, SchemaIndex>,
}

static COMPILED: LazyLock<Mutex<Compiled>> = LazyLock::new(Mutex::default);

/// Looks at what a command has written: a document, or an error object.
#[track_caller]
pub(crate) fn check(stdout: &[u8], stderr: &[u8]) {
    if let Ok(document) = serde_json::from_slice::<Value>(stdout)
        && let Some(name) = document["schema"].as_str()
    {
        holds(name, &document);
    }
    for line in stderr.split(|byte| *byte == b'\n') {
        if let Ok(error @ Value::Object(_)) = serde_json::from_slice::<Value>(line) {
            holds("balie.error/1", &error);
        }
    }
}

/// The document is what the schema of that name says.
#[track_caller]
pub(crate) fn holds(name: &str, document: &Value) {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let index = compiled.known.get(name).copied().unwrap_or_else(|| {
        let index = compile(&mut compiled.schemas, name, &of(name));
        compiled.known.insert(name.to_owned(), index);
        index
    });
    if let Err(error) = compiled.schemas.validate(document, index) {
        panic!("{name}: {error:#}\n{document:#}");
    }
}

/// The schema in the repository.
#[track_caller]
pub(crate) fn of(name: &str) -> Value {
    let noun = name
        .strip_prefix("balie.")
        .and_then(|name| name.strip_suffix("/1"));
    let noun = noun.unwrap_or_else(|| panic!("`{name}` is no document's name"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{noun}.json"));
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compiles a schema, whose fields are all that there may be.
#[track_caller]
pub(crate) fn compile(schemas: &mut Schemas, name: &str, schema: &Value) -> SchemaIndex {
    let mut strict = schema.clone();
    close(&mut strict);
    let place = format!("https://balie.test/{name}");
    let mut compiler = Compiler::new();
    compiler.set_default_draft(Draft::V2020_12);
    compiler.enable_format_assertions();
    compiler
        .add_resource(&place, strict)
        .unwrap_or_else(|error| panic!("{name}: {error:#}"));
    compiler
        .compile(&place, schemas)
        .unwrap_or_else(|error| panic!("{name}: {error:#}"))
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.remove("additionalProperties").is_some() {
                fields.insert("unevaluatedProperties".to_owned(), false.into());
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
