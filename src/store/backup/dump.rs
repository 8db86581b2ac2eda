//! A copy of a PostgreSQL database: what `pg_dump` writes of one snapshot, in its custom format.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::Command;

use data_encoding::HEXLOWER;

use super::head::{HEAD, HeadRow};
use super::program::{Server, read, run};
use super::{CopyError, CopyHead, Result};
use crate::domain::timestamp::Timestamp;
use crate::store::{Database, StoreError, Tx};

/// Dumps what this login to the database sees now, to the file `to`. Owners and grants stay out: whoever restores it owns it, and
/// `balie init --postgres-roles` makes the grants again.
pub(super) async fn make(database: &Database, url: &str, to: &Path) -> Result<CopyHead> {
    let mut look = database.look().await?;
    let Tx::Postgres(tx) = &mut look else {
        return Err(StoreError::Unexpected("another engine".into()).into());
    };
    let row: HeadRow = sqlx::query_as(HEAD).fetch_one(&mut **tx).await?;
    // What is counted here is what is dumped there.
    let snapshot: String = sqlx::query_scalar("SELECT pg_export_snapshot()")
        .fetch_one(&mut **tx)
        .await?;
    let server = Server::of(url)?;
    let mut command = server.told("pg_dump");
    command
        .args(["--format=custom", "--no-owner", "--no-privileges"])
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(to);
    run(command, "pg_dump")?;
    Ok(row.into())
}

/// Which desk a dump is of, and how far it goes.
pub(super) fn head(path: &Path) -> Result<CopyHead> {
    let not_a_copy = || CopyError::NotACopy(path.to_owned());
    let (mut desk, mut last, mut is_closed) = (None, None, false);
    table(path, "desk", |row| {
        is_closed = row.contains_key("closed_at");
        desk = row
            .get("uid")
            .map(|uid| (*uid).to_owned())
            .zip(row.get("public_key").and_then(|key| bytes(key)));
    })?;
    table(path, "events", |row| {
        let number = |name: &str| row.get(name)?.parse::<i64>().ok();
        let hash = row.get("hash").and_then(|hash| bytes(hash));
        let found = number("seq").zip(number("at")).zip(hash);
        if found > last {
            last = found;
        }
    })?;
    let (desk, public_key) = desk.ok_or_else(not_a_copy)?;
    let ((events, at), hash) = last.ok_or_else(not_a_copy)?;
    Ok(CopyHead {
        desk,
        public_key,
        events,
        head: hash.try_into().unwrap_or_default(),
        last_at: Timestamp::from_micros(at),
        is_closed,
    })
}

/// Reads all of a dump, as a restore would, and puts it nowhere.
pub fn read_through(path: &Path) -> Result<()> {
    let mut command = Command::new("pg_restore");
    command.arg("--file=/dev/null").arg(path);
    run(command, "pg_restore").map_err(|error| match error {
        CopyError::Program { .. } => CopyError::Damaged(path.to_owned()),
        other => other,
    })
}

/// Hands over each row of a table of a dump.
fn table(path: &Path, name: &str, take: impl FnMut(&BTreeMap<&str, &str>)) -> Result<()> {
    let mut command = Command::new("pg_restore");
    command
        .args(["--data-only", "--file=-", "--table", name])
        .arg(path);
    let read = read(command, "pg_restore", |stdout| {
        rows(BufReader::new(stdout), take)
    });
    read.map_err(|error| match error {
        CopyError::Program { .. } => CopyError::Damaged(path.to_owned()),
        other => other,
    })
}

/// The rows of the one `COPY … FROM stdin` that there is (PostgreSQL, COPY, text format), by column.
fn rows(text: impl BufRead, mut take: impl FnMut(&BTreeMap<&str, &str>)) -> io::Result<()> {
    let mut columns: Option<Vec<String>> = None;
    for line in text.lines() {
        let line = line?;
        match &columns {
            None => {
                let named = line.strip_prefix("COPY ").and_then(|line| {
                    let (_, rest) = line.split_once(" (")?;
                    rest.strip_suffix(") FROM stdin;")
                });
                columns = named.map(|named| named.split(", ").map(str::to_owned).collect());
            }
            Some(_) if line == "\\." => columns = None,
            Some(names) => {
                if line.split('\t').count() != names.len() {
                    return Err(io::Error::other("a row has other columns than its table"));
                }
                let fields = names.iter().map(String::as_str).zip(line.split('\t'));
                take(&fields.filter(|(_, field)| *field != "\\N").collect());
            }
        }
    }
    Ok(())
}

/// A `bytea`, as COPY writes it.
fn bytes(field: &str) -> Option<Vec<u8>> {
    HEXLOWER
        .decode(field.strip_prefix("\\\\x")?.as_bytes())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_column() {
        let text = "--\nSET x = 1;\nCOPY public.desk (id, uid, gone, public_key) FROM stdin;\n\
                    1\tabc\t\\N\t\\\\x00ff\n\\.\n\nSELECT 1;\n";
        let mut seen = Vec::new();
        rows(text.as_bytes(), |row| {
            seen.push((
                row["uid"].to_owned(),
                bytes(row["public_key"]),
                row.contains_key("gone"),
            ));
        })
        .unwrap();
        assert_eq!(seen, [("abc".to_owned(), Some(vec![0, 255]), false)]);
        let torn = "COPY t (a, b) FROM stdin;\n1\n";
        assert!(rows(torn.as_bytes(), |_| ()).is_err());
    }
}
