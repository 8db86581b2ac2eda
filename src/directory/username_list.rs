//! A list of usernames: CSV with a `username` column, or one username a line.

use std::cell::Cell;
use std::collections::HashSet;
use std::io;
use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::lines::Lines;
use crate::domain::code::Username;

/// The longest text that is kept of what should be a username.
const LONGEST: usize = 80;
/// The longest line of a file, in bytes: no list of people has longer ones.
const LONGEST_LINE: u64 = 1 << 20;

/// What was read.
#[derive(Debug, Default)]
pub struct UsernameList {
    /// What is in the username column, each once, in the order of the file.
    pub usernames: Vec<String>,
    /// Columns that weren't looked at.
    pub ignored_columns: Vec<String>,
    /// How many lines repeat an earlier one, and the first of them.
    pub repeated: Counted,
    /// How many lines have no username, and the first of them.
    pub empty: Counted,
    /// The first line that isn't UTF-8, outside the username column.
    pub not_utf8: Option<u64>,
}

/// How many lines, and the first of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub lines: u64,
    /// The first.
    pub first: u64,
}

impl Counted {
    fn add(&mut self, line: u64) {
        if self.lines == 0 {
            self.first = line;
        }
        self.lines += 1;
    }
}

/// Why a list can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadList {
    /// Nothing in it.
    #[error("the list is empty: it names no account")]
    Empty,
    /// Too much in it.
    #[error("the list names more than {0} accounts")]
    TooLong(u32),
    /// A heading without a username column.
    #[error("line 1 has {0} columns, and none of them is called `username`")]
    NoColumn(usize),
    /// A line of a list without a heading that can't be a username. It isn't quoted: it may be of another file.
    #[error("line {0} isn't a valid username: lower-case letters, digits and `.`, `_`, `-`, `@`")]
    NotAUsername(u64),
    /// A username that isn't UTF-8.
    #[error("line {0}: the username isn't UTF-8; this file looks like Latin-1")]
    Latin1(u64),
    /// UTF-16, as some spreadsheets save it.
    #[error("the file is UTF-16, not UTF-8")]
    Utf16,
    /// It isn't a text at all.
    #[error("line {0} contains a NUL: this isn't a text file")]
    Binary(u64),
    /// A line beyond all measure, or a quote that is never closed.
    #[error("line {0} is longer than any list of usernames needs; is a quote left open?")]
    LongLine(u64),
    /// It can't be read.
    #[error("the list can't be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// Reads a list of at most `max_rows` different usernames. Memory is bounded by that.
pub fn read_usernames(input: &mut dyn Read, max_rows: u32) -> Result<UsernameList, BadList> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let start = input.fill_buf()?;
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(BadList::Utf16);
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    let mut first = Vec::new();
    let read = (&mut input)
        .take(LONGEST_LINE)
        .read_until(b'\n', &mut first)?;
    if read as u64 == LONGEST_LINE {
        return Err(BadList::LongLine(1));
    }
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| {
        let cells = first.split(|byte| byte == sign).count();
        (cells, *sign == b',')
    });
    let since_record = Cell::new(0);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(Lines::new(Metered {
            inner: io::Cursor::new(first).chain(input),
            since_record: &since_record,
        }));
    let mut list = Listing {
        list: UsernameList::default(),
        seen: HashSet::new(),
        max_rows: max_rows as usize,
        has_heading: false,
    };
    let mut record = ByteRecord::new();
    let mut column: Option<usize> = None;
    loop {
        let next = reader.position().byte();
        match reader.read_byte_record(&mut record) {
            Ok(true) => since_record.set(0),
            Ok(false) => break,
            Err(_) if since_record.get() > LONGEST_LINE => {
                let line = reader.get_mut().line_at(next);
                return Err(BadList::LongLine(line));
            }
            Err(error) => return Err(io::Error::other(error).into()),
        }
        let byte = record.position().map_or(0, csv::Position::byte);
        let line = reader.get_mut().line_at(byte);
        if record.as_slice().contains(&0) {
            return Err(BadList::Binary(line));
        }
        let at = if let Some(at) = column {
            at
        } else {
            let heading = list.heading(&record)?;
            column = heading.or(Some(0));
            if heading.is_some() {
                continue;
            }
            0
        };
        list.row(&record, at, line)?;
    }
    if list.list.usernames.is_empty() {
        return Err(BadList::Empty);
    }
    Ok(list.list)
}

/// Stops a record that doesn't end from filling the memory.
struct Metered<'c, R> {
    inner: R,
    since_record: &'c Cell<u64>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_record.get() > LONGEST_LINE {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let read = self.inner.read(buffer)?;
        self.since_record.set(self.since_record.get() + read as u64);
        Ok(read)
    }
}

struct Listing {
    list: UsernameList,
    seen: HashSet<String>,
    max_rows: usize,
    /// A column is called `username`: what is there is what somebody meant by one.
    has_heading: bool,
}

impl Listing {
    /// Where the usernames stand, when the first record is a heading.
    fn heading(&mut self, record: &ByteRecord) -> Result<Option<usize>, BadList> {
        let heads: Vec<String> = record
            .iter()
            .map(|head| String::from_utf8_lossy(head).trim().to_owned())
            .collect();
        let at = heads
            .iter()
            .position(|head| head.eq_ignore_ascii_case("username"));
        match at {
            None if heads.len() > 1 => Err(BadList::NoColumn(heads.len())),
            None => Ok(None),
            Some(at) => {
                let others = heads.into_iter().enumerate().filter(|(i, _)| *i != at);
                self.has_heading = true;
                self.list.ignored_columns = others.map(|(_, head)| head).collect();
                Ok(Some(at))
            }
        }
    }

    fn row(&mut self, record: &ByteRecord, column: usize, line: u64) -> Result<(), BadList> {
        let cell = record.get(column).unwrap_or_default();
        let text = std::str::from_utf8(cell).map_err(|_| BadList::Latin1(line))?;
        if self.list.not_utf8.is_none() && record.iter().any(|c| std::str::from_utf8(c).is_err()) {
            self.list.not_utf8 = Some(line);
        }
        let text = text.trim();
        if text.is_empty() {
            self.list.empty.add(line);
            return Ok(());
        }
        let username: String = text
            .chars()
            .take(LONGEST)
            .collect::<String>()
            .to_lowercase();
        if !self.has_heading && username.parse::<Username>().is_err() {
            return Err(BadList::NotAUsername(line));
        }
        if !self.seen.insert(username.clone()) {
            self.list.repeated.add(line);
            return Ok(());
        }
        if self.list.usernames.len() == self.max_rows {
            return Err(BadList::TooLong(
                u32::try_from(self.max_rows).unwrap_or(u32::MAX),
            ));
        }
        self.list.usernames.push(username);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<UsernameList, BadList> {
        read_usernames(&mut &*bytes, 10)
    }

    #[test]
    fn one_a_line_and_csv_give_the_same_list() {
        for text in [
            "j.jansen\nz.celik\n",
            "j.jansen\r\nz.celik",
            "\u{feff}username\nj.jansen\n\nz.celik\n",
            "name,Username\r\n\"Jansen, Joost\",J.Jansen\r\nZoë,z.celik\r\n",
            "username;school\nj.jansen;b\nz.celik;b\nj.jansen;c\n",
            "school\tusername\nb\tj.jansen\nb\t z.celik \n",
        ] {
            let list = read(text.as_bytes()).unwrap();
            assert_eq!(list.usernames, ["j.jansen", "z.celik"], "{text:?}");
        }
    }

    #[test]
    fn what_was_not_used_is_told() {
        let list = read(b"name,username\nx,a\nZo\xeb,b\nx,\nx,A\n").unwrap();
        let crlf = read(b"name,username\r\nx,a\r\n\r\nZo\xeb,b\r\nx,\r\n").unwrap();
        assert_eq!((crlf.not_utf8, crlf.empty.first), (Some(4), 5));
        assert_eq!(list.ignored_columns, ["name"]);
        assert_eq!(list.not_utf8, Some(3));
        assert_eq!(list.empty, Counted { lines: 1, first: 4 });
        assert_eq!(list.repeated, Counted { lines: 1, first: 5 });
    }

    #[test]
    fn a_list_that_can_not_be_meant_is_an_error() {
        for text in ["", "\n\n", "username\n", "username,name\n,x\n"] {
            assert!(
                matches!(read(text.as_bytes()), Err(BadList::Empty)),
                "{text:?}"
            );
        }
        assert!(matches!(
            read(b"inlog,naam\na,b\n"),
            Err(BadList::NoColumn(2))
        ));
        // A file of another kind: what is there is nobody's business.
        assert!(matches!(
            read(b"a\nroot:x:0\n"),
            Err(BadList::NotAUsername(2))
        ));
        assert!(matches!(read(b"z.\xe7elik\n"), Err(BadList::Latin1(1))));
        assert!(matches!(read(b"\xff\xfea\0"), Err(BadList::Utf16)));
        assert!(matches!(read(b"a\nb\0c\n"), Err(BadList::Binary(2))));
        let open = [b"a,username\nx,y\nx,\"".to_vec(), vec![b'x'; 3 << 20]].concat();
        assert!(matches!(read(&open), Err(BadList::LongLine(3))));
        let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"].join("\n");
        assert!(matches!(read(many.as_bytes()), Err(BadList::TooLong(10))));
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_bounded_list_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(list) = read(&bytes) {
                prop_assert!((1..=10).contains(&list.usernames.len()));
                prop_assert!(list.usernames.iter().all(|name| !name.is_empty() && name.len() <= 4 * LONGEST));
            }
        }
    }
}
