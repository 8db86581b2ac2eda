//! A row, as a digest of what the log answers for, the same on both engines.

use sha2::{Digest as _, Sha256};

use super::catalogue::{Class, Table};

/// A column's value. A secret's is its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'f> {
    /// None.
    Null,
    /// A number.
    Int(i64),
    /// Text.
    Text(&'f str),
    /// Bytes.
    Blob(&'f [u8]),
}

impl Field<'_> {
    fn add_to(self, hasher: &mut Sha256) {
        let mut add = |kind: u8, bytes: &[u8]| {
            hasher.update([kind]);
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        match self {
            Self::Null => add(0, &[]),
            Self::Int(number) => add(1, &number.to_be_bytes()),
            Self::Text(text) => add(2, text.as_bytes()),
            Self::Blob(bytes) => add(3, bytes),
        }
    }
}

/// Half a SHA-256. Who forges a row has to hit the digest of the row that was there.
pub(super) type Half = [u8; 16];

/// What is kept of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digested {
    /// What tells the row from others: its key's values.
    pub key: String,
    /// Over the columns that the desk alone writes.
    pub(super) desk: Half,
    /// Over the columns that a portal writes too, where there are some.
    pub(super) portal: Option<Half>,
    /// A mark of each covered column, to name the one that differs: 0 where there's no value. Salted, so that
    /// a pruned detail takes with it what could be guessed by them.
    pub(super) marks: Vec<u16>,
}

/// Stands between the values of a key.
pub(super) const BETWEEN: char = '\u{1f}';

impl Digested {
    /// Digests a row: a field for each column of `table` that the log answers for, in their order. Without a
    /// salt there are no marks.
    #[must_use]
    pub fn new(table: &Table, fields: &[Field<'_>], salt: Option<&[u8]>) -> Self {
        let (mut desk, mut portal) = (start(table, b'd'), start(table, b'p'));
        let mut has_portal = false;
        let mut marks = Vec::new();
        for (column, field) in table.covered().zip(fields) {
            marks.extend(salt.map(|salt| mark(column.name, *field, salt)));
            let hasher = if column.class == Class::Desk {
                &mut desk
            } else {
                has_portal = true;
                &mut portal
            };
            // A column that came later and is empty changes no digest.
            if *field != Field::Null {
                Field::Text(column.name).add_to(hasher);
                field.add_to(hasher);
            }
        }
        Self {
            key: key(table, fields),
            desk: half(desk),
            portal: has_portal.then(|| half(portal)),
            marks,
        }
    }
}

fn start(table: &Table, part: u8) -> Sha256 {
    let mut hasher = Sha256::new_with_prefix(b"balie.row/1");
    hasher.update([part]);
    Field::Text(table.name).add_to(&mut hasher);
    hasher
}

fn half(hasher: Sha256) -> Half {
    let whole: [u8; 32] = hasher.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}

/// 0 for no value, else anything but 0.
pub(super) fn mark(column: &str, field: Field<'_>, salt: &[u8]) -> u16 {
    if field == Field::Null {
        return 0;
    }
    let mut hasher = Sha256::new_with_prefix(salt);
    Field::Text(column).add_to(&mut hasher);
    field.add_to(&mut hasher);
    let hash = hasher.finalize();
    u16::from_be_bytes([hash[0], hash[1]]).max(1)
}

fn key(table: &Table, fields: &[Field<'_>]) -> String {
    let mut text = String::new();
    for name in table.key {
        let mut columns = table.covered().zip(fields);
        let Some((_, field)) = columns.find(|(column, _)| column.name == *name) else {
            continue;
        };
        if !text.is_empty() {
            text.push(BETWEEN);
        }
        match field {
            Field::Null => {}
            Field::Int(number) => text.push_str(&number.to_string()),
            Field::Text(value) => text.push_str(value),
            Field::Blob(bytes) => text.push_str(&data_encoding::HEXLOWER.encode(bytes)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::table;
    use super::*;

    fn region<'f>(code: &'f str, name: &'f str) -> [Field<'f>; 4] {
        [
            Field::Int(1),
            Field::Text(code),
            Field::Text(name),
            Field::Text("a@b.nl"),
        ]
    }

    #[test]
    fn a_value_can_not_slide_into_its_neighbour() {
        let regions = table("regions").unwrap();
        let digest = |fields: &[Field<'_>]| Digested::new(regions, fields, Some(b"salt"));
        let digested = digest(&region("ab", "c"));
        assert_ne!(digested.desk, digest(&region("a", "bc")).desk);
        assert_eq!((digested.key.as_str(), digested.portal), ("1", None));
        assert_eq!(
            digested.desk,
            Digested::new(regions, &region("ab", "c"), Some(b"other")).desk
        );
        assert_ne!(
            digested.marks,
            Digested::new(regions, &region("ab", "c"), Some(b"other")).marks
        );
    }

    #[test]
    fn what_a_portal_writes_has_a_digest_of_its_own() {
        let codes = table("recovery_codes").unwrap();
        let row = |hash, used| {
            [
                Field::Int(3),
                Field::Int(7),
                Field::Blob(hash),
                Field::Int(1),
                Field::Null,
                used,
                Field::Null,
                Field::Int(0),
            ]
        };
        let digest = |fields: &[Field<'_>]| Digested::new(codes, fields, Some(b"salt"));
        let live = digest(&row(b"h", Field::Null));
        let used = digest(&row(b"h", Field::Int(9)));
        assert_eq!(live.desk, used.desk);
        assert_ne!(live.portal, used.portal);
        assert_eq!((live.marks[5], used.marks[5] != 0), (0, true));
        assert_ne!(live.desk, digest(&row(b"x", Field::Null)).desk);
    }
}
