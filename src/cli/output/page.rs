//! A page for people: headings, fields, tables. Escapes everything that it is given.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets,
};

use super::{escape, flow};
use crate::cli::language::told;

/// A narrower page is written as if it had so many columns.
const LEAST_WIDTH: u16 = 40;
/// What stands left and right of each cell.
const PADDING: usize = 2;

/// How a word is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Just a word.
    Plain,
    /// Good.
    Good,
    /// Bad.
    Bad,
    /// Worth a second look.
    Warn,
    /// Beside the point.
    Faint,
    /// A heading.
    Strong,
}

/// The text so far.
#[derive(Debug)]
pub struct Page {
    text: String,
    width: Option<u16>,
    color: bool,
}

impl Page {
    pub(in crate::cli) const fn new(width: Option<u16>, color: bool) -> Self {
        Self {
            text: String::new(),
            width,
            color,
        }
    }

    /// A word in a tone, escaped.
    #[must_use]
    pub fn word(&self, tone: Tone, text: &str) -> String {
        let text = escape::for_line(text);
        if !self.color || tone == Tone::Plain {
            return text.into_owned();
        }
        let style = match tone {
            Tone::Plain => Style::new(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Faint => Style::new().dimmed(),
            Tone::Strong => Style::new().bold(),
        };
        format!("{style}{text}{style:#}")
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) {
        let heading = self.word(Tone::Strong, text);
        self.push(&heading);
    }

    /// One line.
    pub fn line(&mut self, tone: Tone, text: &str) {
        let line = self.word(tone, text);
        self.push(&line);
    }

    /// A line of things that are beside the point; none where there are no such things.
    pub fn note(&mut self, label: &str, things: &str) {
        if !things.is_empty() {
            self.prose_in(Tone::Faint, &format!("{}: {things}", told(label)));
        }
    }

    /// Running text, wrapped to the page.
    pub fn prose(&mut self, text: &str) {
        self.prose_in(Tone::Plain, text);
    }

    /// Somebody else's words, each line behind a bar: they can't be taken for ours. Some words are marked, where there
    /// are colours.
    pub fn quote(&mut self, text: &str, is_marked: impl Fn(&str) -> bool) {
        let mut table = self.bare_table();
        for line in text.lines() {
            let words = in_words(line).into_iter().map(|word| {
                let tone = if is_marked(word) {
                    Tone::Strong
                } else {
                    Tone::Plain
                };
                self.word(tone, word)
            });
            table.add_row([self.word(Tone::Faint, "│"), words.collect()]);
        }
        self.push_table(&table);
    }

    /// Running text in a tone, wrapped to the page.
    pub fn prose_in(&mut self, tone: Tone, text: &str) {
        let mut table = self.bare_table();
        for line in text.lines() {
            table.add_row([self.word(tone, line)]);
        }
        self.push_table(&table);
    }

    /// What this room has drawn itself; nothing of it is text from outside.
    pub(in crate::cli) fn drawing(&mut self, drawing: &str) {
        self.text.push_str(drawing);
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Labels with their values, one a line, in two columns; long values wrap within theirs. Labels and headings are told in the
    /// language of the run here; values are what they are.
    pub fn fields(&mut self, fields: &[(&str, Tone, String)]) {
        let mut table = self.bare_table();
        for (label, tone, value) in fields {
            table.add_row([
                self.word(Tone::Faint, &told(label)),
                self.word(*tone, value),
            ]);
        }
        self.push_table(&table);
    }

    /// A table with a heading a column; where it would have to tear words, its rows without one.
    pub fn table(&mut self, heads: &[&str], rows: &[Vec<(Tone, String)>]) {
        let heads: Vec<String> = heads.iter().map(|head| told(head)).collect();
        let words = longest_words(&heads, rows);
        let least: usize = words.iter().map(|word| word + PADDING).sum();
        if let Some(width) = self.table_width().filter(|width| least > *width) {
            return self.flow(width, &heads, rows);
        }
        let mut table = self.bare_table();
        table.set_header(
            heads
                .iter()
                .map(|head| Cell::new(self.word(Tone::Faint, head))),
        );
        for row in rows {
            table.add_row(row.iter().map(|(tone, text)| self.word(*tone, text)));
        }
        for (at, word) in words.iter().enumerate() {
            let least = u16::try_from(word + PADDING).unwrap_or(u16::MAX);
            if let Some(column) = table.column_mut(at).filter(|_| self.width.is_some()) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
        self.push_table(&table);
    }

    /// A table that leaves out its last columns where there's no room for them, down to the first `keep`.
    pub fn table_that_fits(&mut self, heads: &[&str], rows: &[Vec<(Tone, String)>], keep: usize) {
        let told_heads: Vec<String> = heads.iter().map(|head| told(head)).collect();
        let words = longest_words(&told_heads, rows);
        let room = self.table_width().unwrap_or(usize::MAX);
        let mut shown = heads.len();
        let needed = |shown: usize| {
            words[..shown]
                .iter()
                .map(|word| word + PADDING)
                .sum::<usize>()
        };
        while shown > keep && needed(shown) > room {
            shown -= 1;
        }
        let rows: Vec<_> = rows.iter().map(|row| row[..shown].to_vec()).collect();
        self.table(&heads[..shown], &rows);
    }

    /// Rows one cell after another, below headings that are parted in the same way.
    fn flow(&mut self, width: usize, heads: &[String], rows: &[Vec<(Tone, String)>]) {
        for line in flow::lines(width, heads, |_, head| self.word(Tone::Faint, head)) {
            self.push(&line);
        }
        for row in rows {
            let cells: Vec<_> = row
                .iter()
                .map(|(_, text)| escape::for_line(text).into_owned())
                .collect();
            let lines = flow::lines(width, &cells, |cell, piece| self.word(row[cell].0, piece));
            for line in lines {
                self.push(&line);
            }
        }
    }

    /// A table whose columns of numbers stand to the right.
    pub fn table_of_numbers(&mut self, heads: &[&str], rows: &[Vec<(Tone, String)>]) {
        let mut table = self.bare_table();
        let head = |head: &&str| Cell::new(self.word(Tone::Faint, &told(head)));
        table.set_header(heads.iter().map(head));
        for row in rows {
            table.add_row(row.iter().map(|(tone, text)| self.word(*tone, text)));
        }
        align_numbers(&mut table, rows);
        self.push_table(&table);
    }

    /// Rows in columns, without headings.
    pub fn list(&mut self, rows: &[Vec<(Tone, String)>]) {
        let mut table = self.bare_table();
        for row in rows {
            table.add_row(row.iter().map(|(tone, text)| self.word(*tone, text)));
        }
        align_numbers(&mut table, rows);
        self.push_table(&table);
    }

    /// How wide the page is, where that is known.
    #[must_use]
    pub const fn width(&self) -> Option<u16> {
        self.width
    }

    /// A bar of so many cells, of which `share` (0 to 1) is full.
    #[must_use]
    pub fn bar(share: f64, cells: u16) -> String {
        const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it's between 0 and 8 times a terminal's width"
        )]
        let eighths = (share.clamp(0.0, 1.0) * f64::from(cells) * 8.0).round() as usize;
        let (full, part) = (eighths / 8, PARTS[eighths % 8]);
        let drawn = full + usize::from(!part.is_empty());
        let rest = usize::from(cells).saturating_sub(drawn);
        format!("{}{part}{}", "█".repeat(full), "·".repeat(rest))
    }

    fn bare_table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        match self.width {
            Some(width) => {
                table
                    .set_content_arrangement(ContentArrangement::Dynamic)
                    .set_width(width.max(LEAST_WIDTH));
            }
            None => {
                table.set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        table
    }

    fn table_width(&self) -> Option<usize> {
        self.width.map(|width| width.max(LEAST_WIDTH).into())
    }

    fn push_table(&mut self, table: &Table) {
        for line in table.lines() {
            let line = line.trim_end().to_owned();
            self.push(&line);
        }
    }

    fn push(&mut self, line: &str) {
        // Writing to a string doesn't fail.
        let _ = writeln!(self.text, "{line}");
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// A line in its words, with what is between them as words of its own.
fn in_words(line: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let kind = is_word(first);
        let end = rest.find(|c| is_word(c) != kind).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        words.push(word);
        rest = behind;
    }
    words
}

/// The longest word of each column.
fn longest_words(heads: &[String], rows: &[Vec<(Tone, String)>]) -> Vec<usize> {
    let mut longest: Vec<_> = heads.iter().map(|head| flow::longest_word(head)).collect();
    for row in rows {
        for (column, (_, text)) in longest.iter_mut().zip(row) {
            *column = flow::longest_word(&escape::for_line(text)).max(*column);
        }
    }
    longest
}

/// Columns whose first cell is a number stand to the right.
fn align_numbers(table: &mut Table, rows: &[Vec<(Tone, String)>]) {
    let Some(first) = rows.first() else { return };
    for (at, (_, text)) in first.iter().enumerate() {
        let is_number = text.trim_end_matches('%').parse::<i64>().is_ok();
        if let Some(column) = table.column_mut(at).filter(|_| is_number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

#[cfg(test)]
mod tests;
