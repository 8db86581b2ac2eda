//! Which rows are touched, as the database itself tells. PostgreSQL's triggers note it (migration 0016). SQLite calls
//! back for each row; what the number of a row doesn't tell (the key of one that is gone, which columns were written)
//! temporary triggers note, which nobody else's connection has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::sqlite::SqliteOperation;
use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::domain::log::row::{Kind, TABLES, Table, table};

/// Numbers, with those that follow each other kept as one: an import touches a million.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers(BTreeMap<i64, i64>);

impl Numbers {
    pub(super) fn add(&mut self, first: i64, last: i64) {
        let (mut first, mut last) = (first, last);
        let near = last.saturating_add(1);
        while let Some((&from, &to)) = self.0.range(..=near).next_back() {
            if to < first.saturating_sub(1) {
                break;
            }
            self.0.remove(&from);
            first = first.min(from);
            last = last.max(to);
        }
        self.0.insert(first, last);
    }

    /// All of them, at most `size` at once.
    pub(super) fn chunks(&self, size: usize) -> impl Iterator<Item = Vec<i64>> {
        let mut all = self.0.iter().flat_map(|(first, last)| *first..=*last);
        std::iter::from_fn(move || {
            let chunk: Vec<i64> = all.by_ref().take(size).collect();
            (!chunk.is_empty()).then_some(chunk)
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The touched rows of one table.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct TouchedRows {
    /// What they're looked up by: on SQLite the rows' own numbers, on PostgreSQL their owners.
    pub(super) numbers: Numbers,
    /// The keys of rows that are gone.
    pub(in crate::store) gone: BTreeSet<String>,
}

/// The touched rows of every table, by its number.
pub(super) type Touched = BTreeMap<u8, TouchedRows>;

/// What SQLite called back for since the transaction began.
#[derive(Debug, Default)]
pub(super) struct CalledBack {
    pub(super) touched: Touched,
    /// The temporary triggers noted something.
    pub(super) noted: bool,
}

/// What is shared with SQLite's thread.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<Mutex<CalledBack>>);

impl Watch {
    pub(super) fn lock(&self) -> MutexGuard<'_, CalledBack> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what a transaction before touched; whether its notes are still there.
    pub(in crate::store) fn begin(&self) -> bool {
        let mut called = self.lock();
        called.touched.clear();
        std::mem::take(&mut called.noted)
    }

    fn called_back(&self, operation: &SqliteOperation, database: &str, name: &str, rowid: i64) {
        if database == "temp" {
            self.lock().noted |= name == NOTES;
            return;
        }
        let Some(table) = table(name) else { return };
        match operation {
            SqliteOperation::Delete if !table.is_keyed_by_rowid() => return,
            SqliteOperation::Update if table.has_volatile() => return,
            _ => {}
        }
        let mut called = self.lock();
        let rows = called.touched.entry(table.number).or_default();
        if matches!(operation, SqliteOperation::Delete) {
            rows.gone.insert(rowid.to_string());
        } else {
            rows.numbers.add(rowid, rowid);
        }
    }
}

/// Where the temporary triggers note.
const NOTES: &str = "touched";

/// The temporary triggers.
fn temporary_triggers() -> String {
    let mut sql =
        format!("CREATE TEMP TABLE {NOTES} (name TEXT NOT NULL, number INTEGER, gone TEXT);");
    for table in TABLES {
        let name = table.name;
        if !table.is_keyed_by_rowid() {
            let key: Vec<_> = table
                .key
                .iter()
                .map(|column| key_part(table, column))
                .collect();
            let key = key.join(" || char(31) || ");
            let _ = write!(
                sql,
                "CREATE TEMP TRIGGER {name}_gone AFTER DELETE ON main.{name}
                 BEGIN INSERT INTO {NOTES} (name, gone) VALUES ('{name}', {key}); END;"
            );
        }
        if table.has_volatile() {
            let columns: Vec<_> = table.covered().map(|column| column.name).collect();
            let columns = columns.join(", ");
            let _ = write!(
                sql,
                "CREATE TEMP TRIGGER {name}_touched AFTER UPDATE OF {columns} ON main.{name}
                 BEGIN INSERT INTO {NOTES} (name, number) VALUES ('{name}', NEW.rowid); END;"
            );
        }
    }
    sql
}

fn key_part(table: &Table, column: &str) -> String {
    let is_blob = |candidate: &&crate::domain::log::row::Column| {
        candidate.name == column && candidate.kind == Kind::Blob
    };
    if table.covered().any(|candidate| is_blob(&candidate)) {
        format!("lower(hex(OLD.{column}))")
    } else {
        format!("OLD.{column}")
    }
}

/// Has SQLite tell `watch` which rows this connection writes.
pub(in crate::store) async fn watch(
    connection: &mut SqliteConnection,
    watch: Watch,
) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(temporary_triggers()))
        .execute(&mut *connection)
        .await?;
    let mut handle = connection.lock_handle().await?;
    handle.set_update_hook(move |row| {
        watch.called_back(&row.operation, row.database, row.table, row.rowid);
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_kept_as_one() {
        let mut numbers = Numbers::default();
        for number in [5, 7, 6, 1, 2, 100, 3] {
            numbers.add(number, number);
        }
        numbers.add(8, 12);
        assert_eq!(numbers.0, BTreeMap::from([(1, 3), (5, 12), (100, 100)]));
        numbers.add(2, 99);
        assert_eq!(numbers.0, BTreeMap::from([(1, 100)]));
        let chunks: Vec<_> = numbers.chunks(64).map(|chunk| chunk.len()).collect();
        assert_eq!(chunks, [64, 36]);
    }
}
