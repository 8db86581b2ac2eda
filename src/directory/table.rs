//! One CSV file, streamed: UTF-8 with or without a mark, commas or semicolons, strict columns.

use std::fs::File;
use std::io;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::fault::{Fault, Faults};
use super::lines::Lines;
use crate::plain_file;
use crate::plain_file::NotPlain;

/// A file whose heading was right.
pub struct Table {
    file: &'static str,
    columns: &'static [&'static str],
    /// Where each of `columns` is in the file.
    order: Vec<usize>,
    reader: Reader<Lines<BufReader<File>>>,
    record: ByteRecord,
}

/// Opens `file` in `folder` and checks its heading against `columns`. A link there isn't followed: whoever named the folder
/// didn't name what it leads to.
pub fn open(
    folder: &Path,
    file: &'static str,
    columns: &'static [&'static str],
    faults: &mut Faults,
) -> io::Result<Option<Table>> {
    let opened = plain_file::open_in(folder, Path::new(file), u64::MAX);
    table(opened, &folder.join(file), file, columns, faults)
}

/// Opens the file at `path`, which faults call `file`, and checks its heading against `columns`.
pub fn open_file(
    path: &Path,
    file: &'static str,
    columns: &'static [&'static str],
    faults: &mut Faults,
) -> io::Result<Option<Table>> {
    table(
        plain_file::open(path, u64::MAX),
        path,
        file,
        columns,
        faults,
    )
}

fn table(
    opened: Result<File, NotPlain>,
    path: &Path,
    file: &'static str,
    columns: &'static [&'static str],
    faults: &mut Faults,
) -> io::Result<Option<Table>> {
    let mut input = match opened {
        Ok(input) => BufReader::with_capacity(1 << 16, input),
        Err(NotPlain::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => {
            let expected = format!("a file with the columns {}", columns.join(","));
            faults.push(fault(file, 1, "file", "no such file", &expected));
            return Ok(None);
        }
        Err(error) => return Err(io::Error::other(format!("{}: {error}", path.display()))),
    };
    let start = input.fill_buf()?;
    let mark = if start.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || start.contains(&0) {
        let expected = "UTF-8 (save it as \"CSV UTF-8\")";
        faults.push(fault(
            file,
            1,
            "file",
            "UTF-16, or no text at all",
            expected,
        ));
        return Ok(None);
    }
    let first_line = start.split(|b| *b == b'\n').next().unwrap_or_default();
    let semicolons = first_line.contains(&b';') && !first_line.contains(&b',');
    input.consume(mark);
    let mut reader = ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .from_reader(Lines::new(input));
    let found: Vec<String> = match reader.byte_headers() {
        Ok(heads) => heads
            .iter()
            .map(|h| String::from_utf8_lossy(h).trim().to_owned())
            .collect(),
        Err(error) => return Err(io::Error::other(format!("{}: {error}", path.display()))),
    };
    let order: Vec<_> = columns
        .iter()
        .map(|c| found.iter().position(|f| f == c))
        .collect();
    let whole = order.iter().copied().collect::<Option<Vec<_>>>();
    if let Some(order) = whole.filter(|order| order.len() == found.len()) {
        Ok(Some(Table {
            file,
            columns,
            order,
            reader,
            record: ByteRecord::new(),
        }))
    } else {
        let expected = format!("the columns {}", columns.join(","));
        // Of a file that isn't of this kind nothing is quoted (rule 18).
        let lacks = columns
            .iter()
            .filter(|column| !found.iter().any(|head| head == *column));
        let lacks: Vec<&str> = lacks.copied().collect();
        let told = match lacks.as_slice() {
            [] => format!("{} columns", found.len()),
            lacks => format!(
                "{} columns, and none is {}",
                found.len(),
                lacks.join(" or ")
            ),
        };
        faults.push(fault(file, 1, "heading", &told, &expected));
        Ok(None)
    }
}

/// One row's cells, in the order of the contract.
pub struct Cells<'t> {
    table: &'t Table,
    line: u64,
}

impl Table {
    /// The file's name.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The next row that can be read; what can't is added to `faults`.
    pub fn next(&mut self, faults: &mut Faults) -> io::Result<Option<Cells<'_>>> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return Ok(None),
                Ok(true) => {}
                Err(error) => return Err(io::Error::other(format!("{}: {error}", self.file))),
            }
            let byte = self.record.position().map_or(0, csv::Position::byte);
            let line = self.reader.get_mut().line_at(byte);
            if self.record.len() != self.order.len() {
                let found = format!("{} cells", self.record.len());
                let expected = format!("{} cells", self.order.len());
                faults.push(fault(self.file, line, "row", &found, &expected));
            } else if let Some(column) = self.not_utf8() {
                let found = String::from_utf8_lossy(&self.record[self.order[column]]).into_owned();
                let expected = "UTF-8 (this file looks like Latin-1: save it as \"CSV UTF-8\")";
                faults.push(fault(
                    self.file,
                    line,
                    self.columns[column],
                    &found,
                    expected,
                ));
            } else {
                return Ok(Some(Cells { table: self, line }));
            }
            if faults.is_full() {
                return Ok(None);
            }
        }
    }

    fn not_utf8(&self) -> Option<usize> {
        self.order
            .iter()
            .position(|at| std::str::from_utf8(&self.record[*at]).is_err())
    }
}

impl Cells<'_> {
    /// The line in the file, from 1 on.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// The cell of the column, without white space around it.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        let cell = &self.table.record[self.table.order[column]];
        std::str::from_utf8(cell).unwrap_or_default().trim()
    }

    /// A fault in that column of this row.
    #[must_use]
    pub fn fault(&self, column: usize, found: &str, expected: &str) -> Fault {
        fault(
            self.table.file,
            self.line,
            self.table.columns[column],
            found,
            expected,
        )
    }
}

fn fault(file: &'static str, line: u64, column: &str, found: &str, expected: &str) -> Fault {
    Fault {
        file,
        line,
        column: column.into(),
        found: found.into(),
        expected: expected.into(),
    }
}
