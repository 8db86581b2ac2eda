//! The records of rows that events bear: written with the event, read to verify.

use super::rows::Which;
use super::watch::Touched;
use crate::domain::log::event::Hash;
use crate::domain::log::row::{
    Differs, Digested, Owner, PageWriter, Root, RowCheck, Share, TABLES, Table,
};
use crate::store::{Result, StoreError, Tx, on};

/// How many rows are read at once: less where they hold whole mails.
fn at_once(table: &Table) -> i64 {
    if table.columns.iter().any(|column| column.name == "zlib") {
        64
    } else {
        2048
    }
}

/// Pages on their way into the database, under the number of an event to come.
struct Pages {
    seq: i64,
    written: i64,
    root: Root,
    writer: PageWriter,
}

impl Pages {
    fn of(seq: i64) -> Self {
        Self {
            seq,
            written: 0,
            root: Root::default(),
            writer: PageWriter::default(),
        }
    }
}

impl Tx {
    /// Writes down what this transaction leaves, under the number that its event will get; the root of the
    /// record, or nothing when nothing was touched.
    pub(super) async fn record_touched(&mut self, seq: i64, salt: &[u8]) -> Result<Option<Hash>> {
        let touched = self.touched().await?;
        let mut pages = Pages::of(seq);
        for table in TABLES {
            self.record_table(table, &touched, &mut pages, salt).await?;
        }
        self.end_record(pages).await
    }

    async fn record_table(
        &mut self,
        table: &'static Table,
        touched: &Touched,
        pages: &mut Pages,
        salt: &[u8],
    ) -> Result<()> {
        let Some(rows) = touched.get(&table.number) else {
            return Ok(());
        };
        // Those that are gone first: one that was put in again is there, and has the last word.
        for key in &rows.gone {
            pages.writer.gone(table.number, key);
            self.write_full_page(pages).await?;
        }
        let size = usize::try_from(at_once(table)).unwrap_or(64);
        for numbers in rows.numbers.chunks(size) {
            self.record_rows(table, Which::Touched(&numbers), pages, salt)
                .await?;
        }
        Ok(())
    }

    /// Writes these rows down as they stand.
    async fn record_rows(
        &mut self,
        table: &'static Table,
        which: Which<'_>,
        pages: &mut Pages,
        salt: &[u8],
    ) -> Result<()> {
        let mut full = Vec::new();
        self.each_row(table, which, |fields| {
            let row = Digested::new(table, fields, Some(salt));
            pages.writer.left(table.number, &row);
            full.extend(pages.writer.full());
        })
        .await?;
        for page in full {
            self.write_page(pages, page).await?;
        }
        Ok(())
    }

    /// Writes down every row that there is, as it stands.
    pub(super) async fn record_all(&mut self, seq: i64, salt: &[u8]) -> Result<Option<Hash>> {
        // Whatever was touched is among them.
        self.touched().await?;
        let mut pages = Pages::of(seq);
        for table in TABLES {
            let share = Share {
                table,
                from: i64::MIN,
                to: i64::MAX,
            };
            let mut from = Some(share.from);
            while let Some(which) = self.next_owners(&share, &mut from).await? {
                self.record_rows(table, which, &mut pages, salt).await?;
            }
        }
        self.end_record(pages).await
    }

    /// The next rows of a share, so many as are read at once. `from` moves behind them.
    async fn next_owners(
        &mut self,
        share: &Share,
        from: &mut Option<i64>,
    ) -> Result<Option<Which<'static>>> {
        let first = match *from {
            Some(from) => self.next_owner(share.table, from, share.to).await?,
            None => None,
        };
        Ok(first.map(|first| {
            let last = if share.table.owner == Owner::All {
                i64::MAX
            } else {
                first.saturating_add(at_once(share.table) - 1)
            };
            let last = last.min(share.to);
            *from = last.checked_add(1);
            Which::Owners(first, last)
        }))
    }

    async fn write_full_page(&mut self, pages: &mut Pages) -> Result<()> {
        match pages.writer.full() {
            Some(page) => self.write_page(pages, page).await,
            None => Ok(()),
        }
    }

    async fn write_page(&mut self, pages: &mut Pages, page: Vec<u8>) -> Result<()> {
        pages.root.add(&page);
        on!(self, |conn| {
            sqlx::query("INSERT INTO event_rows (seq, page, rows) VALUES ($1, $2, $3)")
                .bind(pages.seq)
                .bind(pages.written)
                .bind(page)
                .execute(conn)
                .await?;
        });
        pages.written += 1;
        Ok(())
    }

    async fn end_record(&mut self, mut pages: Pages) -> Result<Option<Hash>> {
        let writer = std::mem::take(&mut pages.writer);
        if let Some(page) = writer.rest() {
            self.write_page(&mut pages, page).await?;
        }
        Ok((pages.written > 0).then(|| pages.root.finish()))
    }

    /// The number of the last event that bears a record; 0 when none does.
    pub async fn last_record(&mut self) -> Result<i64> {
        let last: Option<i64> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT seq FROM events WHERE state IS NOT NULL ORDER BY seq DESC LIMIT 1",
            )
            .fetch_optional(conn)
            .await?
        });
        Ok(last.unwrap_or_default())
    }

    /// The version of the schema whose rows the log answers for: that of the newest event that took them all.
    pub async fn answered_for(&mut self) -> Result<i64> {
        let detail: Option<String> = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT d.json FROM events e
                 JOIN event_details d ON d.seq = e.seq
                 WHERE e.action IN ('desk.init', 'state.baseline') AND e.state IS NOT NULL
                 ORDER BY e.seq DESC LIMIT 1",
            )
            .fetch_optional(conn)
            .await?
        });
        let detail = detail.and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok());
        Ok(detail.map_or(0, |detail| detail["schema"].as_i64().unwrap_or_default()))
    }

    /// Hands every page to `take`, in the order of the log, with the state that its event's line names; none
    /// for one whose event isn't there.
    pub async fn each_page<E: From<StoreError>>(
        &mut self,
        mut take: impl FnMut(PageRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        use futures_util::TryStreamExt as _;
        const PAGES: &str = "
            SELECT r.seq, r.page, r.rows, e.state
            FROM event_rows r LEFT JOIN events e ON e.seq = r.seq
            ORDER BY r.seq, r.page";
        on!(self, |conn| {
            let mut rows = sqlx::query_as::<_, PageRow>(PAGES).fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row)?;
            }
        });
        Ok(())
    }

    /// The first event whose line names a record of which there is no page.
    pub async fn record_without_pages(&mut self) -> Result<Option<i64>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT e.seq FROM events e
                 WHERE e.state IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM event_rows r WHERE r.seq = e.seq)
                 ORDER BY e.seq LIMIT 1",
            )
            .fetch_optional(conn)
            .await?
        }))
    }

    /// The prunes of which the log says one thing and their own row another.
    pub async fn prunes_that_differ(&mut self) -> Result<Vec<i64>> {
        const PRUNES: &str = "
            SELECT e.seq, d.json, p.details_to FROM events e
            JOIN event_details d ON d.seq = e.seq
            LEFT JOIN log_prunes p ON p.event = e.seq
            WHERE e.action = 'audit.prune'";
        const OF_NOTHING: &str = "
            SELECT p.event FROM log_prunes p
            WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.seq = p.event AND e.action = 'audit.prune')";
        let (logged, mut differ) = on!(self, |conn| {
            let logged: Vec<(i64, String, Option<i64>)> =
                sqlx::query_as(PRUNES).fetch_all(&mut *conn).await?;
            let differ: Vec<i64> = sqlx::query_scalar(OF_NOTHING).fetch_all(&mut *conn).await?;
            (logged, differ)
        });
        for (seq, json, row) in logged {
            let detail: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
            let erased = detail["details"].as_i64().unwrap_or_default() > 0;
            if row != detail["details_to"].as_i64().filter(|_| erased) {
                differ.push(seq);
            }
        }
        Ok(differ)
    }

    /// Holds the rows of a share against the last words of the log.
    pub async fn check_share(&mut self, share: &Share, check: &mut RowCheck<'_>) -> Result<()> {
        let mut from = Some(share.from);
        while let Some(which) = self.next_owners(share, &mut from).await? {
            let mut differ: Vec<Differs> = Vec::new();
            self.each_row(share.table, which, |fields| {
                differ.extend(check.take_row(share.table, fields));
            })
            .await?;
            let mut known: Option<(i64, Option<Vec<u8>>)> = None;
            for row in &differ {
                let salt = match &known {
                    Some((event, salt)) if *event == row.event => salt.clone(),
                    _ => self.detail_salt(row.event).await?,
                };
                check.settle(row, salt.as_deref());
                known = Some((row.event, salt));
            }
        }
        Ok(())
    }

    async fn detail_salt(&mut self, event: i64) -> Result<Option<Vec<u8>>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT salt FROM event_details WHERE seq = $1")
                .bind(event)
                .fetch_optional(conn)
                .await?
        }))
    }
}

/// A page of a record.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PageRow {
    /// The number of the event that bears it.
    pub seq: i64,
    /// Its place in the record.
    pub page: i64,
    /// The entries.
    pub rows: Vec<u8>,
    /// What the event's line says of its record.
    pub state: Option<Vec<u8>>,
}
