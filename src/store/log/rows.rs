//! Rows as the log knows them: every column that it answers for, of any table.

use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::domain::log::row::{Column, Field, Kind, Owner, Table};
use crate::store::{Result, Tx};

/// Which rows of a table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which<'w> {
    /// Those that a transaction touched, by what the engine noted.
    Touched(&'w [i64]),
    /// Those whose owners lie between these, both counted.
    Owners(i64, i64),
}

/// A value that a row holds; a secret's hash isn't the row's own.
enum Value<'r> {
    Null,
    Int(i64),
    Text(&'r str),
    Blob(&'r [u8]),
    Hash([u8; 32]),
}

impl Value<'_> {
    fn field(&self) -> Field<'_> {
        match self {
            Self::Null => Field::Null,
            Self::Int(number) => Field::Int(*number),
            Self::Text(text) => Field::Text(text),
            Self::Blob(bytes) => Field::Blob(bytes),
            Self::Hash(hash) => Field::Blob(hash),
        }
    }

    fn hidden(self) -> Self {
        match self {
            Self::Text(text) => Self::Hash(Sha256::digest(text).into()),
            Self::Blob(bytes) => Self::Hash(Sha256::digest(bytes).into()),
            other => other,
        }
    }
}

/// Reads one column of a row, on either engine.
macro_rules! value {
    ($row:expr, $at:expr, $kind:expr) => {
        match $kind {
            Kind::Int => $row
                .try_get_unchecked::<Option<i64>, _>($at)?
                .map(Value::Int),
            Kind::Text => $row
                .try_get_unchecked::<Option<&str>, _>($at)?
                .map(Value::Text),
            Kind::Blob => $row
                .try_get_unchecked::<Option<&[u8]>, _>($at)?
                .map(Value::Blob),
        }
        .unwrap_or(Value::Null)
    };
}

fn sqlite_values<'r>(columns: &[&Column], row: &'r SqliteRow) -> sqlx::Result<Vec<Value<'r>>> {
    let value = |(at, column): (usize, &&Column)| {
        let value = value!(row, at, column.kind);
        Ok(if column.secret { value.hidden() } else { value })
    };
    columns.iter().enumerate().map(value).collect()
}

fn postgres_values<'r>(columns: &[&Column], row: &'r PgRow) -> sqlx::Result<Vec<Value<'r>>> {
    let value = |(at, column): (usize, &&Column)| {
        // The view through which it's read hides secrets already.
        let kind = if column.secret {
            Kind::Blob
        } else {
            column.kind
        };
        Ok(value!(row, at, kind))
    };
    columns.iter().enumerate().map(value).collect()
}

/// What a table's rows are asked for by.
fn owner(table: &Table) -> &'static str {
    match table.owner {
        Owner::Column(name) => name,
        Owner::PlanAndPosition => "plan_id",
        Owner::All => "CAST(0 AS BIGINT)",
    }
}

fn sqlite_query(table: &Table, columns: &str, which: Which<'_>) -> String {
    let name = table.name;
    match which {
        Which::Touched(_) => {
            format!("SELECT {columns} FROM {name} WHERE rowid IN (SELECT value FROM json_each($1))")
        }
        Which::Owners(..) => {
            let owner = owner(table);
            format!("SELECT {columns} FROM {name} WHERE {owner} BETWEEN $1 AND $2")
        }
    }
}

/// A million plans are as many as a million rows of one.
const PLAN: u32 = 32;

fn postgres_query(table: &Table, columns: &str, which: Which<'_>) -> String {
    let name = table.name;
    let owner = owner(table);
    let condition = match (which, table.owner) {
        (Which::Touched(_), Owner::All) => "$1::bigint[] IS NOT NULL".to_owned(),
        (Which::Touched(_), Owner::PlanAndPosition) => {
            "plan_id = $2 AND position = ANY($1)".to_owned()
        }
        (Which::Touched(_), Owner::Column(_)) => format!("{owner} = ANY($1)"),
        (Which::Owners(..), _) => format!("{owner} BETWEEN $1 AND $2"),
    };
    format!("SELECT {columns} FROM state_{name} WHERE {condition}")
}

/// The numbers that PostgreSQL noted for a plan's rows, by their plan.
fn by_plan(table: &Table, numbers: &[i64]) -> Vec<(Option<i64>, Vec<i64>)> {
    if table.owner != Owner::PlanAndPosition {
        return vec![(None, numbers.to_vec())];
    }
    let mut plans: Vec<(Option<i64>, Vec<i64>)> = Vec::new();
    for number in numbers {
        let (plan, position) = (number >> PLAN, number & ((1 << PLAN) - 1));
        match plans.last_mut() {
            Some((known, positions)) if *known == Some(plan) => positions.push(position),
            _ => plans.push((Some(plan), vec![position])),
        }
    }
    plans
}

impl Tx {
    /// Hands these rows of `table` to `take`: a field for each column that the log answers for.
    pub(super) async fn each_row(
        &mut self,
        table: &Table,
        which: Which<'_>,
        mut take: impl FnMut(&[Field<'_>]),
    ) -> Result<()> {
        let columns: Vec<&Column> = table.covered().collect();
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        let names = names.join(", ");
        let mut give = |values: Vec<Value<'_>>| {
            let fields: Vec<_> = values.iter().map(Value::field).collect();
            take(&fields);
        };
        match self {
            Self::Sqlite(tx) => {
                let query = sqlx::query(AssertSqlSafe(sqlite_query(table, &names, which)));
                let query = match which {
                    Which::Touched(numbers) => {
                        query.bind(serde_json::to_string(numbers).unwrap_or_default())
                    }
                    Which::Owners(from, to) => query.bind(from).bind(to),
                };
                let mut rows = query.fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    give(sqlite_values(&columns, &row)?);
                }
            }
            Self::Postgres(tx) => {
                let asked = match which {
                    Which::Touched(numbers) => by_plan(table, numbers),
                    Which::Owners(..) => vec![(None, Vec::new())],
                };
                for (plan, numbers) in asked {
                    let query = sqlx::query(AssertSqlSafe(postgres_query(table, &names, which)));
                    let query = match which {
                        Which::Touched(_) => query.bind(numbers),
                        Which::Owners(from, to) => query.bind(from).bind(to),
                    };
                    let query = if let Some(plan) = plan {
                        query.bind(plan)
                    } else {
                        query
                    };
                    let mut rows = query.fetch(&mut **tx);
                    while let Some(row) = rows.try_next().await? {
                        give(postgres_values(&columns, &row)?);
                    }
                }
            }
        }
        Ok(())
    }

    /// The first owner from `from` to `to` that there is.
    pub(super) async fn next_owner(
        &mut self,
        table: &Table,
        from: i64,
        to: i64,
    ) -> Result<Option<i64>> {
        let owner = owner(table);
        let relation = match self {
            Self::Sqlite(_) => table.name.to_owned(),
            Self::Postgres(_) => format!("state_{}", table.name),
        };
        let sql = AssertSqlSafe(format!(
            "SELECT MIN({owner}) FROM {relation} WHERE {owner} BETWEEN $1 AND $2"
        ));
        let next: Option<i64> = crate::store::on!(self, |conn| sqlx::query_scalar(sql)
            .bind(from)
            .bind(to)
            .fetch_one(conn)
            .await?);
        Ok(next)
    }
}
