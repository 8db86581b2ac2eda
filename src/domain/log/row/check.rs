//! Whether the rows agree with what the log says of them. The last event wins that left a row.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::catalogue::{Class, Owner, TABLES, Table};
use super::digest::{BETWEEN, Digested, Field, mark};
use super::record::{Entry, read_page};

/// How many rows' last word is held in memory at once.
const AT_ONCE: u64 = 200_000;
/// How many disagreements are listed; they're all counted.
const LISTED: usize = 1_000;
/// How many rows of each kind of the unexplained are named.
const NAMED: usize = 20;

/// A row that isn't as the log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Its table.
    pub table: &'static str,
    /// What tells it from the others there.
    pub id: String,
    /// The column that differs; none when the row is missing or was put in, or when it can't be told.
    pub column: Option<&'static str>,
    /// The event that left it as it should be; none for a row that no event knows.
    pub event: Option<String>,
}

/// Rows that a portal may have written: no event of the desk explains them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unexplained {
    /// Their table.
    pub table: &'static str,
    /// The column; none where whole rows were added.
    pub column: Option<&'static str>,
    /// How many.
    pub rows: u64,
    /// Some of them.
    pub ids: Vec<String>,
}

/// What a check came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How many rows were held against the log.
    pub checked: u64,
    /// What a portal may have written.
    pub unexplained: Vec<Unexplained>,
    /// How many rows aren't as the log says.
    pub false_rows: u64,
    /// The first of them.
    #[serde(rename = "false")]
    pub disagreements: Vec<Disagreement>,
}

/// How many entries the log has for each table, and between which owners.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<u8, (u64, i64, i64)>);

impl Tally {
    /// Counts the entries of a page; no when it can't be read.
    pub fn add(&mut self, page: &[u8]) -> bool {
        read_page(page, |entry| {
            let owner = owner_of(entry.key);
            let (count, low, high) = self.0.entry(entry.table).or_insert((0, owner, owner));
            *count += 1;
            *low = owner.min(*low);
            *high = owner.max(*high);
        })
    }
}

/// The number that a key begins with.
fn owner_of(key: &str) -> i64 {
    let first = key.split(BETWEEN).next().unwrap_or_default();
    first.parse().unwrap_or_default()
}

/// A part of a table that is checked at once: the rows with these owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The table.
    pub table: &'static Table,
    /// The first owner.
    pub from: i64,
    /// The last one.
    pub to: i64,
}

/// Divides all tables into passes, each small enough for memory.
#[must_use]
pub fn shares(tally: &Tally) -> Vec<Vec<Share>> {
    let mut passes = Vec::new();
    let mut pass = Vec::new();
    let mut room = AT_ONCE;
    for table in TABLES {
        let (count, low, high) = tally.0.get(&table.number).copied().unwrap_or_default();
        let parts = if table.owner == Owner::All {
            1
        } else {
            count.div_ceil(AT_ONCE).max(1)
        };
        if parts == 1 {
            if count > room {
                passes.push(std::mem::take(&mut pass));
                room = AT_ONCE;
            }
            room = room.saturating_sub(count);
            pass.push(Share {
                table,
                from: i64::MIN,
                to: i64::MAX,
            });
            continue;
        }
        let width = (high.abs_diff(low) / parts).saturating_add(1);
        let width = i64::try_from(width).unwrap_or(i64::MAX);
        let mut from = i64::MIN;
        for part in 1..=parts {
            let steps = i64::try_from(part).unwrap_or(i64::MAX);
            let end = low
                .saturating_add(width.saturating_mul(steps))
                .saturating_sub(1);
            let to = if part == parts { i64::MAX } else { end };
            passes.push(vec![Share { table, from, to }]);
            from = to.saturating_add(1);
        }
    }
    if !pass.is_empty() {
        passes.push(pass);
    }
    passes
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Table {}

/// The last word on a row: the event, and the entry as it stands on its page.
struct LastWord {
    event: i64,
    entry: Box<[u8]>,
}

/// One pass: the last words of the log on some rows, then those rows.
pub struct RowCheck<'s> {
    shares: &'s [Share],
    words: HashMap<(u8, Box<str>), LastWord>,
    found: &'s mut Checked,
}

impl<'s> RowCheck<'s> {
    /// Begins a pass over these shares, which adds to what was found before.
    #[must_use]
    pub fn new(shares: &'s [Share], found: &'s mut Checked) -> Self {
        Self {
            shares,
            words: HashMap::new(),
            found,
        }
    }

    /// Takes a page of the record of `event`. They have to come in the order of the log.
    pub fn take_page(&mut self, event: i64, page: &[u8]) {
        read_page(page, |entry| {
            if self.is_mine(entry.table, entry.key) {
                let word = LastWord {
                    event,
                    entry: entry.bytes.into(),
                };
                self.words.insert((entry.table, entry.key.into()), word);
            }
        });
    }

    fn is_mine(&self, table: u8, key: &str) -> bool {
        let mine = |share: &Share| {
            let owner = owner_of(key);
            share.table.number == table && (share.from..=share.to).contains(&owner)
        };
        self.shares.iter().any(mine)
    }

    /// Takes a row as it is. What differs comes back, for [`RowCheck::settle`]: that needs the salt of the event
    /// that left the row.
    pub fn take_row(&mut self, table: &'static Table, fields: &[Field<'_>]) -> Option<Differs> {
        self.found.checked += 1;
        let row = Digested::new(table, fields, None);
        let Some(word) = self.words.remove(&(table.number, row.key.as_str().into())) else {
            if table.portal_adds {
                self.unexplained(table, None, &row.key);
            } else {
                self.disagrees(table, &row.key, None, None);
            }
            return None;
        };
        let left = Entry::from_bytes(&word.entry).and_then(|entry| entry.left);
        let Some(left) = left else {
            self.disagrees(table, &row.key, None, Some(word.event));
            return None;
        };
        if left.desk == row.desk && left.portal == row.portal {
            return None;
        }
        Some(Differs {
            table,
            event: word.event,
            desk: left.desk != row.desk,
            marks: (0..fields.len()).map(|at| left.mark(at)).collect(),
            key: row.key,
            fields: fields.iter().map(|field| Value::from(*field)).collect(),
        })
    }

    /// Says which columns of a row differ, with the salt of the event that left it where that's known.
    pub fn settle(&mut self, differs: &Differs, salt: Option<&[u8]>) {
        let mut named = false;
        for ((at, column), field) in differs.table.covered().enumerate().zip(&differs.fields) {
            let (then, now) = (differs.marks[at], field.field());
            let is_other = match then {
                // None: the column came later.
                None | Some(0) => now != Field::Null,
                Some(_) if now == Field::Null => true,
                Some(then) => salt.is_some_and(|salt| then != mark(column.name, now, salt)),
            };
            if !is_other {
                continue;
            }
            let by_portal = match column.class {
                Class::Desk | Class::Volatile(_) => false,
                Class::Portal => true,
                Class::PortalSets => now != Field::Null,
                // Nobody puts another value in the place of one that is there.
                Class::PortalClears => then != Some(0) && now == Field::Null,
            };
            if by_portal {
                self.unexplained(differs.table, Some(column.name), &differs.key);
            } else {
                self.disagrees(
                    differs.table,
                    &differs.key,
                    Some(column.name),
                    Some(differs.event),
                );
            }
            named |= !by_portal || !differs.desk;
        }
        if !named {
            // The detail with the salt was pruned: that it differs is known, and not where.
            if differs.desk {
                self.disagrees(differs.table, &differs.key, None, Some(differs.event));
            } else {
                self.unexplained(differs.table, None, &differs.key);
            }
        }
    }

    /// Says that there are no more rows: what the log left and wasn't found is missing.
    pub fn finish(mut self) {
        let words = std::mem::take(&mut self.words);
        let mut missing: Vec<_> = words
            .into_iter()
            .filter(|(_, word)| {
                let entry = Entry::from_bytes(&word.entry);
                entry.is_none_or(|entry| entry.left.is_some())
            })
            .map(|((table, key), word)| (table, key, word.event))
            .collect();
        missing.sort();
        for (number, key, event) in missing {
            if let Some(table) = TABLES.iter().find(|table| table.number == number) {
                self.found.checked += 1;
                self.disagrees(table, &key, None, Some(event));
            }
        }
    }

    fn disagrees(
        &mut self,
        table: &'static Table,
        key: &str,
        column: Option<&'static str>,
        event: Option<i64>,
    ) {
        self.found.false_rows += 1;
        if self.found.disagreements.len() < LISTED {
            self.found.disagreements.push(Disagreement {
                table: table.name,
                id: shown(key),
                column,
                event: event.map(|event| event.to_string()),
            });
        }
    }

    fn unexplained(&mut self, table: &'static Table, column: Option<&'static str>, key: &str) {
        let kinds = &mut self.found.unexplained;
        let same = |known: &Unexplained| known.table == table.name && known.column == column;
        let at = kinds.iter().position(same).unwrap_or_else(|| {
            kinds.push(Unexplained {
                table: table.name,
                column,
                rows: 0,
                ids: Vec::new(),
            });
            kinds.len() - 1
        });
        let known = &mut kinds[at];
        known.rows += 1;
        if known.ids.len() < NAMED {
            known.ids.push(shown(key));
        }
    }
}

fn shown(key: &str) -> String {
    key.replace(BETWEEN, " ")
}

/// A row that differs, until it's known where.
#[derive(Debug)]
pub struct Differs {
    table: &'static Table,
    /// The event that left it otherwise.
    pub event: i64,
    key: String,
    desk: bool,
    marks: Vec<Option<u16>>,
    fields: Vec<Value>,
}

/// A field that is kept.
#[derive(Debug)]
enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<Field<'_>> for Value {
    fn from(field: Field<'_>) -> Self {
        match field {
            Field::Null => Self::Null,
            Field::Int(number) => Self::Int(number),
            Field::Text(text) => Self::Text(text.to_owned()),
            Field::Blob(bytes) => Self::Blob(bytes.to_owned()),
        }
    }
}

impl Value {
    fn field(&self) -> Field<'_> {
        match self {
            Self::Null => Field::Null,
            Self::Int(number) => Field::Int(*number),
            Self::Text(text) => Field::Text(text),
            Self::Blob(bytes) => Field::Blob(bytes),
        }
    }
}
