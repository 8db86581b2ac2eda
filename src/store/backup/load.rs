//! A dump of PostgreSQL, put back within a transaction of ours: all of it or nothing, whatever happens meanwhile. `pg_restore` only
//! turns it into text; the statements and rows go over our own connection.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sqlx::{AssertSqlSafe, PgConnection};
use tempfile::NamedTempFile;

use super::program::{ended, read, started};
use super::{CopyError, Result};
use crate::store::{StoreError, Tx};

/// How many bytes of rows are handed to the server at once.
const AT_ONCE: usize = 256 * 1024;
/// What is left to `init --postgres-roles apply`: it stands on roles of the whole server, which may not be there.
const LEFT_OUT: &str = " POLICY ";

/// Puts a dump into the database of `tx`, where nothing is yet.
pub(super) async fn load(tx: &mut Tx, from: &Path) -> Result<()> {
    let Tx::Postgres(tx) = tx else {
        return Err(StoreError::Unexpected("another engine".into()).into());
    };
    let list = contents(from)?;
    let mut command = Command::new("pg_restore");
    command
        .args(["--no-owner", "--no-privileges", "--no-comments", "--file=-"])
        .arg("--use-list")
        .arg(list.path())
        .arg(from);
    let mut child = started(&mut command, "pg_restore", Stdio::piped())?;
    let Some(text) = child.stdout.take() else {
        return Err(StoreError::Unexpected("a program without output".into()).into());
    };
    let put = put_in(&mut *tx, &mut BufReader::with_capacity(AT_ONCE, text)).await;
    settle(child, put, from)?;
    // The text has set what suits it: an empty search path, no time limit.
    sqlx::query("RESET ALL").execute(&mut **tx).await?;
    Ok(())
}

/// What the server says counts before what the program says, which then only lacks a reader.
fn settle(child: Child, put: Result<()>, from: &Path) -> Result<()> {
    let end = ended(child, "pg_restore");
    put?;
    end.map_err(|error| match error {
        CopyError::Program { .. } => CopyError::Damaged(from.to_owned()),
        other => other,
    })
}

/// What is in the dump, without what is left out.
fn contents(from: &Path) -> Result<NamedTempFile> {
    let mut command = Command::new("pg_restore");
    command.arg("--list").arg(from);
    let list = read(command, "pg_restore", |mut stdout| {
        let mut list = String::new();
        stdout.read_to_string(&mut list)?;
        Ok(list)
    });
    let list = list.map_err(|error| match error {
        CopyError::Program { .. } => CopyError::Damaged(from.to_owned()),
        other => other,
    })?;
    let at = std::env::temp_dir();
    let mut file = NamedTempFile::new().map_err(CopyError::file(&at))?;
    for line in list.lines().filter(|line| !line.contains(LEFT_OUT)) {
        writeln!(file, "{line}").map_err(CopyError::file(&at))?;
    }
    Ok(file)
}

/// What a line of the text is, outside of rows.
enum Line<'l> {
    /// Rows follow, for this statement.
    Copy(&'l str),
    /// A command to `psql`, which newer versions guard the text with.
    Guard,
    /// A part of a statement.
    Sql,
}

fn line_of(line: &str) -> Option<Line<'_>> {
    let trimmed = line.trim_end();
    if trimmed.starts_with("\\restrict ") || trimmed.starts_with("\\unrestrict ") {
        return Some(Line::Guard);
    }
    if trimmed.starts_with('\\') {
        return None;
    }
    let copies = trimmed.starts_with("COPY ") && trimmed.ends_with(" FROM stdin;");
    Some(if copies {
        Line::Copy(trimmed)
    } else {
        Line::Sql
    })
}

async fn put_in(connection: &mut PgConnection, text: &mut impl BufRead) -> Result<()> {
    let unreadable = |error| CopyError::file("the dump's text")(error);
    let mut sql = String::new();
    let mut line = String::new();
    loop {
        line.clear();
        let is_end = text.read_line(&mut line).map_err(unreadable)? == 0;
        match if is_end { None } else { line_of(&line) } {
            Some(Line::Sql) => sql.push_str(&line),
            Some(Line::Guard) => {}
            Some(Line::Copy(statement)) => {
                run(connection, &mut sql).await?;
                copy_rows(connection, statement, text).await?;
            }
            None if is_end => return run(connection, &mut sql).await,
            None => {
                let why = "a command to psql that isn't known";
                return Err(StoreError::Unexpected(why.into()).into());
            }
        }
    }
}

/// Runs what was gathered, as it stands.
async fn run(connection: &mut PgConnection, sql: &mut String) -> Result<()> {
    let sql = AssertSqlSafe(std::mem::take(sql));
    sqlx::raw_sql(sql).execute(connection).await?;
    Ok(())
}

/// Hands over rows up to the line that ends them.
async fn copy_rows(
    connection: &mut PgConnection,
    statement: &str,
    text: &mut impl BufRead,
) -> Result<()> {
    let mut copy = connection.copy_in_raw(statement).await?;
    let mut rows = Vec::with_capacity(2 * AT_ONCE);
    loop {
        let begins = rows.len();
        let read = text.read_until(b'\n', &mut rows);
        let is_end = rows.get(begins..) == Some(b"\\.\n");
        match read {
            Ok(_) if is_end => break,
            Ok(read) if read > 0 => {}
            // Cut off in the middle of the rows.
            other => {
                copy.abort("the dump ends here").await?;
                return Err(match other {
                    Err(error) => CopyError::file("the dump's text")(error),
                    Ok(_) => StoreError::Unexpected("the dump's text ends too early".into()).into(),
                });
            }
        }
        if rows.len() >= AT_ONCE {
            copy.send(std::mem::take(&mut rows)).await?;
        }
    }
    rows.truncate(rows.len() - b"\\.\n".len());
    copy.send(rows).await?;
    copy.finish().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_dump_are_told_apart() {
        let copy = "COPY public.desk (id, uid) FROM stdin;\n";
        assert!(matches!(line_of(copy), Some(Line::Copy(_))));
        assert!(matches!(line_of("\\restrict abc\n"), Some(Line::Guard)));
        assert!(matches!(line_of("\\unrestrict abc\n"), Some(Line::Guard)));
        assert!(line_of("\\! rm -rf /\n").is_none());
        assert!(line_of("\\connect other\n").is_none());
        assert!(matches!(line_of("CREATE TABLE x (\n"), Some(Line::Sql)));
        assert!(matches!(line_of("\n"), Some(Line::Sql)));
    }
}
