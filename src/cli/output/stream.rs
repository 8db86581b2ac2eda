//! Rows written as they come, in constant memory: NDJSON a line each, CSV under a heading, JSON as an
//! array within its document. For people nothing: they get a page at the end.

use std::io;

use serde_json::{Map, Value};

use super::{Format, Out, escape, json};

/// A document whose rows are still coming.
#[derive(Debug)]
pub struct RowStream {
    schema: &'static str,
    columns: &'static [&'static str],
    /// What the rows are called in a JSON document, and its fields before them.
    list: &'static str,
    before: Map<String, Value>,
    /// Nothing is written before the first row, so that an early error leaves nothing behind.
    rows: u64,
}

impl RowStream {
    /// Rows with these fields, in this order.
    #[must_use]
    pub fn new(schema: &'static str, columns: &'static [&'static str]) -> Self {
        Self {
            schema,
            columns,
            list: "results",
            before: Map::new(),
            rows: 0,
        }
    }

    /// Rows that a JSON document calls `list`, with these fields before them.
    #[must_use]
    pub fn called(self, list: &'static str, before: Map<String, Value>) -> Self {
        Self {
            list,
            before,
            ..self
        }
    }

    /// Whether a row was written.
    #[must_use]
    pub const fn has_rows(&self) -> bool {
        self.rows > 0
    }

    /// Writes a row: a value for each of the columns.
    pub fn row(&mut self, out: &mut Out<'_>, row: Vec<Value>) -> io::Result<()> {
        if out.format == Format::Csv {
            self.heading(out)?;
            self.rows += 1;
            return csv_line(out, row.iter().map(escape::cell));
        }
        let heads = self.columns.iter().map(|column| (*column).to_owned());
        let object = json::text(&Value::Object(heads.zip(row).collect()));
        match out.format {
            Format::Json if self.rows == 0 => {
                self.open_document(out)?;
                write!(out.stdout, "\n    {object}")?;
            }
            Format::Json => write!(out.stdout, ",\n    {object}")?,
            Format::Ndjson => writeln!(out.stdout, "{object}")?,
            Format::Csv | Format::Table | Format::Prometheus => {}
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the document; `fields` are those besides the rows.
    pub fn end(self, out: &mut Out<'_>, fields: &Map<String, Value>) -> io::Result<()> {
        match out.format {
            Format::Json if self.rows == 0 => self.open_document(out)?,
            Format::Json => write!(out.stdout, "\n  ")?,
            Format::Csv => self.heading(out)?,
            Format::Ndjson | Format::Table | Format::Prometheus => {}
        }
        if out.format == Format::Json {
            write!(out.stdout, "]")?;
            for (name, value) in fields {
                let value = json::text(value);
                write!(out.stdout, ",\n  {}: {value}", Value::from(name.as_str()))?;
            }
            writeln!(out.stdout, "\n}}")?;
        }
        out.stdout.flush()
    }

    fn open_document(&self, out: &mut Out<'_>) -> io::Result<()> {
        write!(out.stdout, "{{\n  \"schema\": {}", Value::from(self.schema))?;
        for (name, value) in &self.before {
            let value = json::text(value);
            write!(out.stdout, ",\n  {}: {value}", Value::from(name.as_str()))?;
        }
        write!(out.stdout, ",\n  {}: [", Value::from(self.list))
    }

    fn heading(&self, out: &mut Out<'_>) -> io::Result<()> {
        if self.rows > 0 {
            return Ok(());
        }
        csv_line(out, self.columns.iter().map(|column| (*column).to_owned()))
    }
}

fn csv_line(out: &mut Out<'_>, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(&mut *out.stdout);
    writer.write_record(cells)?;
    writer.flush()
}
