//! Whether every row is as the log says: `balie audit verify --state` (rule 19).

use crate::desk::request::belied;
use crate::domain::log::check::{Broken, BrokenAt};
use crate::domain::log::event::Hash;
use crate::domain::log::row::{Checked, Disagreement, Record, Root, RowCheck, Tally, shares};
use crate::domain::operator::Reach;
use crate::store::Tx;
use crate::store::log::PageRow;

use crate::desk::{Error, Result};

/// Holds every row against the last event that left it. In passes, so that a desk of any size fits: first the
/// records against their lines, then the rows against the records. The log itself was walked before.
pub async fn check_state(look: &mut Tx) -> Result<Checked> {
    if look.last_record().await? == 0 {
        return Err(Error::Invalid {
            message: "no event records the state of the rows: this desk was brought up to date, but its baseline is still missing"
                .into(),
            hint: "run `balie init`: it records the state as it stands".into(),
        });
    }
    let tally = check_records(look).await?;
    let mut found = Checked::default();
    for pass in shares(&tally) {
        let mut check = RowCheck::new(&pass, &mut found);
        look.each_page(|page| {
            check.take_page(page.seq, &page.rows);
            Ok::<_, Error>(())
        })
        .await?;
        for share in &pass {
            look.check_share(share, &mut check).await?;
        }
        check.finish();
    }
    for request in requests_that_their_mails_belie(look).await? {
        found.false_rows += 1;
        found.disagreements.push(request);
    }
    for prune in look.prunes_that_differ().await? {
        found.false_rows += 1;
        found.disagreements.push(Disagreement {
            table: "log_prunes",
            id: prune.to_string(),
            column: None,
            event: Some(prune.to_string()),
        });
    }
    Ok(found)
}

/// How many requests are listed at a time.
const AT_A_TIME: i64 = 500;

/// Those that were used though their own mails don't bear them out. Whoever may write a request and its line writes a
/// true record of a false verdict.
async fn requests_that_their_mails_belie(look: &mut Tx) -> Result<Vec<Disagreement>> {
    let mut found = Vec::new();
    let mut after = 0;
    loop {
        let used = look.used_requests(after, AT_A_TIME).await?;
        let Some((last, _)) = used.last() else {
            return Ok(found);
        };
        after = *last;
        for (_, id) in used {
            let Some(request) = look.request(&Reach::Everywhere, &id).await? else {
                continue;
            };
            if let Some(column) = Box::pin(belied(look, &request)).await? {
                found.push(Disagreement {
                    table: "requests",
                    id: id.to_string(),
                    column: Some(column),
                    event: None,
                });
            }
        }
    }
}

/// The record that is being read.
#[derive(Default)]
struct Reading {
    seq: i64,
    next: i64,
    expected: Option<Hash>,
    root: Root,
}

impl Reading {
    fn end(self) -> std::result::Result<(), BrokenAt> {
        if self.seq == 0 || self.expected == Some(self.root.finish()) {
            Ok(())
        } else {
            Err((self.seq, Broken::Rows))
        }
    }

    fn take(&mut self, page: &PageRow, tally: &mut Tally) -> std::result::Result<(), BrokenAt> {
        if page.seq != self.seq {
            std::mem::take(self).end()?;
            let record = page.state.as_deref().and_then(Record::from_bytes);
            self.seq = page.seq;
            self.expected = record.map(|record| record.root);
        }
        if page.page != self.next || !tally.add(&page.rows) {
            return Err((page.seq, Broken::Rows));
        }
        self.next += 1;
        self.root.add(&page.rows);
        Ok(())
    }
}

/// Holds every record against the root that its line names, and counts what they say.
async fn check_records(look: &mut Tx) -> Result<Tally> {
    let broken = |(seq, why)| Error::LogBroken { seq, why };
    if let Some(seq) = look.record_without_pages().await? {
        return Err(broken((seq, Broken::Rows)));
    }
    let mut tally = Tally::default();
    let mut reading = Reading::default();
    look.each_page(|page| reading.take(&page, &mut tally).map_err(broken))
        .await?;
    reading.end().map_err(broken)?;
    Ok(tally)
}
