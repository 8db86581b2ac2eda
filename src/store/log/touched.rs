//! Which rows a transaction touched: no statement has to say it, and none can forget to.

use super::watch::{Touched, TouchedRows};
use crate::domain::log::row::table;
use crate::store::{Result, StoreError, Tx};

impl Tx {
    /// Which rows this transaction touched so far.
    pub(in crate::store) async fn touched(&mut self) -> Result<Touched> {
        match self {
            Self::Sqlite(tx) => {
                let (mut touched, noted) = {
                    let mut called = tx.watch().lock();
                    let noted = std::mem::take(&mut called.noted);
                    (std::mem::take(&mut called.touched), noted)
                };
                if noted {
                    let rows: Vec<(String, Option<i64>, Option<String>)> =
                        sqlx::query_as("SELECT name, number, gone FROM temp.touched")
                            .fetch_all(&mut **tx)
                            .await?;
                    tx.forget_notes().await?;
                    for (name, number, gone) in rows {
                        let rows = rows_of(&mut touched, &name)?;
                        if let Some(number) = number {
                            rows.numbers.add(number, number);
                        }
                        rows.gone.extend(gone);
                    }
                }
                Ok(touched)
            }
            Self::Postgres(tx) => {
                let notes: Option<String> =
                    sqlx::query_scalar("SELECT current_setting('balie.touched', true)")
                        .fetch_one(&mut **tx)
                        .await?;
                read_notes(notes.as_deref().unwrap_or_default())
            }
        }
    }
}

fn rows_of<'t>(touched: &'t mut Touched, name: &str) -> Result<&'t mut TouchedRows> {
    let table = table(name)
        .ok_or_else(|| StoreError::Corrupt(format!("{name} is touched, and unknown")))?;
    Ok(touched.entry(table.number).or_default())
}

/// What PostgreSQL's triggers noted.
fn read_notes(notes: &str) -> Result<Touched> {
    let unreadable = || StoreError::Corrupt("what was touched can't be read".into());
    let mut touched = Touched::default();
    for note in notes.split('\u{1c}').filter(|note| !note.is_empty()) {
        let mut parts = note.split('\u{1d}');
        let rows = rows_of(&mut touched, parts.next().unwrap_or_default())?;
        let owners = parts.next().unwrap_or_default();
        for range in owners.split(',').filter(|range| !range.is_empty()) {
            let (first, last) = range.split_once("..").ok_or_else(unreadable)?;
            let number = |text: &str| text.parse().map_err(|_| unreadable());
            rows.numbers.add(number(first)?, number(last)?);
        }
        let gone = parts.next().unwrap_or_default();
        let gone = gone.split('\u{1e}').filter(|key| !key.is_empty());
        rows.gone.extend(gone.map(str::to_owned));
    }
    touched.retain(|_, rows| !rows.numbers.is_empty() || !rows.gone.is_empty());
    Ok(touched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_triggers_note_reads_back() {
        let notes = "accounts\u{1d}1..3,9..9\u{1d}\u{1c}account_roles\u{1d}\u{1d}7\u{1f}2\u{1f}ib\u{1e}8\u{1f}2\u{1f}ib\u{1c}";
        let touched = read_notes(notes).unwrap();
        let accounts: Vec<_> = touched[&7].numbers.chunks(10).flatten().collect();
        assert_eq!(accounts, [1, 2, 3, 9]);
        assert_eq!(touched[&8].gone.len(), 2);
        assert!(read_notes("nobody\u{1d}1..1\u{1d}\u{1c}").is_err());
    }
}
