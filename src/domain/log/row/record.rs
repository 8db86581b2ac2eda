//! The record of rows that an event bears: pages of entries, their root, and the commitment that binds the
//! root to the line of the log. A prune takes the detail, and never the record.

use sha2::{Digest as _, Sha256};

use super::digest::{Digested, Half};
use crate::domain::log::event::Hash;

/// A page is closed once it's longer.
pub const PAGE_BYTES: usize = 32 * 1024;

const GONE: u8 = 1;
const WITH_PORTAL: u8 = 2;

/// What an event says of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'p> {
    /// The table's number.
    pub table: u8,
    /// The row's key.
    pub key: &'p str,
    /// The row as the event left it, encoded; nothing when the event took it away.
    pub(super) left: Option<Left<'p>>,
    /// The entry as it stands on its page.
    pub(super) bytes: &'p [u8],
}

impl<'p> Entry<'p> {
    /// Reads an entry that was kept by itself.
    pub(super) fn from_bytes(bytes: &'p [u8]) -> Option<Self> {
        read_entry(bytes).map(|(entry, _)| entry)
    }
}

/// A row as an event left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left<'p> {
    pub(super) desk: Half,
    pub(super) portal: Option<Half>,
    marks: &'p [u8],
}

impl Left<'_> {
    /// The mark of the covered column in that place.
    pub(super) fn mark(&self, at: usize) -> Option<u16> {
        let bytes = self.marks.get(2 * at..2 * at + 2)?;
        Some(u16::from_be_bytes([bytes[0], bytes[1]]))
    }
}

/// The root of a record's pages, grown page by page.
#[derive(Clone, Debug)]
pub struct Root(Sha256);

impl Default for Root {
    fn default() -> Self {
        Self(Sha256::new_with_prefix(b"balie.rows/1"))
    }
}

impl Root {
    /// Adds the next page.
    pub fn add(&mut self, page: &[u8]) {
        self.0.update(Sha256::digest(page));
    }

    /// The root of all pages that were added.
    #[must_use]
    pub fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// Fills pages with entries.
#[derive(Debug, Default)]
pub struct PageWriter {
    page: Vec<u8>,
}

impl PageWriter {
    /// Writes a row down as it was left.
    pub fn left(&mut self, table: u8, row: &Digested) {
        let portal = row.portal.map_or(0, |_| WITH_PORTAL);
        self.begin(table, portal, &row.key);
        self.page.extend(row.desk);
        self.page.extend(row.portal.into_iter().flatten());
        self.page
            .push(u8::try_from(row.marks.len()).unwrap_or(u8::MAX));
        for mark in row.marks.iter().take(usize::from(u8::MAX)) {
            self.page.extend(mark.to_be_bytes());
        }
    }

    /// Writes down that a row is gone.
    pub fn gone(&mut self, table: u8, key: &str) {
        self.begin(table, GONE, key);
    }

    fn begin(&mut self, table: u8, flags: u8, key: &str) {
        let length = u16::try_from(key.len()).unwrap_or(u16::MAX);
        self.page.extend([table, flags]);
        self.page.extend(length.to_be_bytes());
        self.page.extend(&key.as_bytes()[..usize::from(length)]);
    }

    /// The page, once it's full.
    pub fn full(&mut self) -> Option<Vec<u8>> {
        (self.page.len() >= PAGE_BYTES).then(|| std::mem::take(&mut self.page))
    }

    /// The last page, if there's anything on it.
    #[must_use]
    pub fn rest(self) -> Option<Vec<u8>> {
        (!self.page.is_empty()).then_some(self.page)
    }
}

/// Hands every entry of a page to `take`; no when the page can't be read to its end.
pub fn read_page<'p>(page: &'p [u8], mut take: impl FnMut(Entry<'p>)) -> bool {
    let mut rest = page;
    while !rest.is_empty() {
        let Some((entry, after)) = read_entry(rest) else {
            return false;
        };
        take(entry);
        rest = after;
    }
    true
}

fn read_entry(bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let ([table, flags, high, low], rest) = bytes.split_first_chunk()?;
    let (key, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([*high, *low])))?;
    let key = std::str::from_utf8(key).ok()?;
    let entry = |left, rest: &[u8]| Entry {
        table: *table,
        key,
        left,
        bytes: &bytes[..bytes.len() - rest.len()],
    };
    if flags & GONE != 0 {
        return Some((entry(None, rest), rest));
    }
    let (desk, rest) = rest.split_first_chunk()?;
    let (portal, rest) = if flags & WITH_PORTAL == 0 {
        (None, rest)
    } else {
        let (portal, rest) = rest.split_first_chunk()?;
        (Some(*portal), rest)
    };
    let (marks, rest) = rest.split_first()?;
    let (marks, rest) = rest.split_at_checked(2 * usize::from(*marks))?;
    let left = Left {
        desk: *desk,
        portal,
        marks,
    };
    Some((entry(Some(left), rest), rest))
}

/// What a line of the log says of the record that it bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The number of the line that bears the record before this one; 0 for the first. So none can be left out.
    pub before: i64,
    /// What binds the detail alone.
    pub detail: Hash,
    /// The root of the record's pages.
    pub root: Hash,
}

impl Record {
    /// As it's kept with the line.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 72] {
        let mut bytes = [0; 72];
        bytes[..8].copy_from_slice(&self.before.to_be_bytes());
        bytes[8..40].copy_from_slice(&self.detail);
        bytes[40..].copy_from_slice(&self.root);
        bytes
    }

    /// Reads it back.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (before, rest) = bytes.split_first_chunk()?;
        let (detail, rest) = rest.split_first_chunk()?;
        let root = rest.try_into().ok()?;
        Some(Self {
            before: i64::from_be_bytes(*before),
            detail: *detail,
            root,
        })
    }

    /// What the line is bound to: its detail and its record, either of which can be checked alone.
    #[must_use]
    pub fn commitment(&self) -> Hash {
        commitment_with_rows(&self.to_bytes())
    }
}

/// The commitment of a line whose record is kept as `record`.
#[must_use]
pub fn commitment_with_rows(record: &[u8]) -> Hash {
    Sha256::new_with_prefix(b"balie.record/1")
        .chain_update(record)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::table;
    use super::super::digest::Field;
    use super::*;

    #[test]
    fn a_page_reads_back_and_a_cut_one_does_not() {
        let regions = table("regions").unwrap();
        let fields = [
            Field::Int(1),
            Field::Text("utrecht"),
            Field::Null,
            Field::Text("a@b.nl"),
        ];
        let row = Digested::new(regions, &fields, Some(b"salt"));
        let mut writer = PageWriter::default();
        writer.left(4, &row);
        writer.gone(22, "operator:olga");
        assert_eq!(writer.full(), None);
        let page = writer.rest().unwrap();
        let mut read = Vec::new();
        assert!(read_page(&page, |entry| read.push(entry)));
        assert_eq!(read.len(), 2);
        let left = read[0].left.unwrap();
        assert_eq!((read[0].table, read[0].key, left.desk), (4, "1", row.desk));
        assert_eq!(left.mark(1), Some(row.marks[1]));
        assert_eq!(left.mark(2), Some(0));
        assert_eq!((read[1].key, read[1].left), ("operator:olga", None));
        for cut in 1..page.len() {
            let mut entries = 0;
            let whole = read_page(&page[..cut], |_| entries += 1);
            assert!(!whole || entries == 1, "cut at {cut}");
        }
    }

    #[test]
    fn a_record_reads_back() {
        let record = Record {
            before: 41,
            detail: [3; 32],
            root: [4; 32],
        };
        assert_eq!(Record::from_bytes(&record.to_bytes()), Some(record));
        assert_eq!(Record::from_bytes(&record.to_bytes()[1..]), None);
        let other = Record {
            before: 40,
            ..record
        };
        assert_ne!(record.commitment(), other.commitment());
    }
}
