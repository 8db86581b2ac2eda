//! The one way out: a [`View`] knows its fields, this room writes them as a page, JSON, NDJSON or CSV.

pub mod escape;
pub mod file;
mod flow;
pub mod html;
pub(super) mod json;
mod page;
mod qr;
mod screen;
mod stream;

use std::io;
use std::io::Write;

use serde_json::{Map, Value};

pub use page::{Page, Tone};
pub(super) use qr::Qr;
pub use stream::RowStream;

use crate::cli::language::said;
use crate::world::Terminal;

/// How data is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// One document.
    Json,
    /// One object a line.
    Ndjson,
    /// For spreadsheets, with formulas defused.
    Csv,
    /// For Prometheus, of `doctor` alone.
    #[value(hide = true)]
    Prometheus,
}

impl Format {
    /// The name that `--format` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Prometheus => "prometheus",
        }
    }

    /// Whether errors are written as JSON too.
    #[must_use]
    pub const fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Ndjson)
    }
}

/// Something that a command shows.
pub trait View {
    /// The schema's name: `balie.account/1`.
    fn schema(&self) -> &'static str;
    /// The document's fields, without the schema.
    fn fields(&self) -> Map<String, Value>;
    /// The rows of NDJSON and CSV; a single thing is its own row.
    fn rows(&self) -> Vec<Map<String, Value>> {
        vec![self.fields()]
    }
    /// The page for people.
    fn page(&self, page: &mut Page);
    /// The numbers in Prometheus' text format, where there are any.
    fn figures(&self) -> String {
        String::new()
    }
}

/// Where a command's words go, and what it may ask.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Out<'w> {
    pub(crate) stdout: &'w mut dyn Write,
    pub(crate) stderr: &'w mut dyn Write,
    pub(crate) terminal: Terminal,
    pub(crate) format: Format,
    pub(crate) color: bool,
    pub(crate) quiet: bool,
    pub(crate) verbose: u8,
    pub(crate) no_input: bool,
    pub(crate) yes: bool,
    pub(crate) dry_run: bool,
    /// Nobody is asked for a path: root holds whoever calls to the desk's own places.
    pub(crate) names_no_path: bool,
}

impl Out<'_> {
    /// Writes `view` to standard output in the chosen format.
    pub fn show(&mut self, view: &dyn View) -> io::Result<()> {
        match self.format {
            Format::Table => {
                let mut page = self.page();
                view.page(&mut page);
                self.stdout.write_all(page.finish().as_bytes())?;
            }
            Format::Json => {
                let mut document = Map::new();
                document.insert("schema".into(), view.schema().into());
                document.extend(view.fields());
                json::document(self.stdout, &document)?;
            }
            Format::Ndjson => {
                for row in view.rows() {
                    json::line(self.stdout, &row)?;
                }
            }
            Format::Csv => write_csv(self.stdout, &view.rows())?,
            Format::Prometheus => self.stdout.write_all(view.figures().as_bytes())?,
        }
        self.stdout.flush()
    }

    /// An empty page, as wide as the terminal.
    #[must_use]
    pub fn page(&self) -> Page {
        let width = self.terminal.width.filter(|_| self.terminal.stdout);
        Page::new(width, self.color)
    }

    /// Shows `view` as a page on standard error: it isn't data, but what a question is about.
    pub fn show_aside(&mut self, view: &dyn View) {
        let mut page = self.page();
        view.page(&mut page);
        // Nobody is left to be told when this stream is closed.
        let _ = self.stderr.write_all(page.finish().as_bytes());
    }

    /// Says that nothing was changed, where this was a dry run.
    pub(crate) fn say_if_rehearsed(&mut self) {
        if self.dry_run {
            self.say(&said!("This was a dry run: nothing was changed."));
        }
    }

    /// Says something to the person at the terminal, on standard error.
    pub fn say(&mut self, text: &str) {
        if !self.quiet {
            // Nobody is left to be told when this stream is closed.
            let _ = writeln!(self.stderr, "{}", escape::for_terminal(text));
        }
    }

    /// Shows a page to the person at the terminal, on standard error: it isn't data.
    pub(crate) fn tell(&mut self, page: Page) {
        // Nobody is left to be told when this stream is closed.
        let _ = self.stderr.write_all(page.finish().as_bytes());
    }

    /// Whether there is somebody to ask.
    #[must_use]
    pub const fn can_ask(&self) -> bool {
        self.terminal.stdin && self.terminal.stderr && !self.no_input
    }
}

fn write_csv(out: &mut dyn Write, rows: &[Map<String, Value>]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let Some(first) = rows.first() else {
        return Ok(());
    };
    writer.write_record(first.keys())?;
    for row in rows {
        writer.write_record(row.values().map(escape::cell))?;
    }
    writer.flush()
}
