//! `balie schema`: what the documents look like, as JSON Schema (draft 2020-12).

mod files;

use serde_json::{Map, Value};

use super::output::{Page, Tone, View, json};
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show, written};
use crate::cli::language::said;
use files::SCHEMAS;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie schema                        the names, and what each document tells
  balie schema request
  balie schema balie.request/1        the same: `schema` in a document names it
  balie schema found --row            a line of `--format ndjson`

Within a version fields may be added, so ignore unknown ones; none is removed or changes its meaning.
Times are RFC 3339 in UTC, ids are strings. `error` is the object on standard error.")]
pub(super) struct Args {
    /// Which document, such as request or balie.request/1
    name: Option<String>,
    /// The schema of a line of `--format ndjson` instead
    #[arg(long, requires = "name")]
    row: bool,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }

    fn login(&self) -> verb::Login {
        verb::Login::NotNeeded
    }
}

pub(super) fn run(args: &Args, mut session: Session<'_>) -> Outcome {
    let out = &mut session.out;
    let Some(wanted) = &args.name else {
        return show(out, &NamesView);
    };
    let found = SCHEMAS
        .iter()
        .find(|(name, _)| name == wanted || noun(name) == wanted);
    let (_, text) = found.ok_or_else(|| unknown(wanted))?;
    let wrote = if args.row {
        json::document(out.stdout, &row(text)?)
    } else {
        out.stdout.write_all(text.as_bytes())
    };
    written(wrote.and_then(|()| out.stdout.flush()))
}

/// The short name: `request` of `balie.request/1`.
fn noun(name: &str) -> &str {
    let name = name.strip_prefix("balie.").unwrap_or(name);
    name.split('/').next().unwrap_or(name)
}

fn unknown(wanted: &str) -> Failure {
    let names = SCHEMAS.iter().map(|(name, _)| noun(name));
    let nearest = names.min_by_key(|name| strsim::damerau_levenshtein(name, noun(wanted)));
    Failure {
        exit: 3,
        code: "not_found",
        reasons: Vec::new(),
        message: said!("there is no document `{wanted}`", wanted = wanted),
        hint: said!(
            "did you mean `{nearest}`? `balie schema` lists them all",
            nearest = nearest.unwrap_or_default()
        ),
    }
}

fn parsed(text: &str) -> Result<Map<String, Value>, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::internal(error.to_string()))
}

/// The schema of a row: the one that the document has for its rows, else the document itself, which as a
/// row doesn't say what it is.
fn row(text: &str) -> Result<Map<String, Value>, Failure> {
    let mut schema = parsed(text)?;
    if let Some(defs) = schema.get("$defs").filter(|defs| defs["row"].is_object()) {
        let mut row = Map::new();
        for key in ["$schema", "title"] {
            row.extend(schema.get(key).map(|value| (key.to_owned(), value.clone())));
        }
        row.insert("$ref".into(), "#/$defs/row".into());
        row.insert("$defs".into(), defs.clone());
        return Ok(row);
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| name != "schema");
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.shift_remove("schema");
    }
    Ok(schema)
}

struct NamesView;

impl View for NamesView {
    fn schema(&self) -> &'static str {
        "balie.schemas/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("schemas".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |(name, text): &(&str, &str)| {
            let schema = parsed(text).unwrap_or_default();
            [
                ("name".to_owned(), Value::from(*name)),
                ("description".to_owned(), schema["description"].clone()),
            ]
            .into_iter()
            .collect()
        };
        SCHEMAS.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rows: Vec<_> = self
            .rows()
            .iter()
            .map(|row| {
                vec![
                    (Tone::Strong, noun(&text(&row["name"])).to_owned()),
                    (Tone::Plain, text(&row["description"])),
                ]
            })
            .collect();
        page.table(&["document", "what it tells"], &rows);
    }
}
