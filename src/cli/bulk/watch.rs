//! A run of `bulk apply` as it goes: its rows, how far it is, and Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::ProgressBar;
use jiff::SignedDuration;
use serde_json::json;

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Out, RowStream};
use crate::cli::shell::progress;
use crate::desk::bulk::{Onlooker, RowResult};
use crate::domain::bulk::plan::RowFault;
use crate::domain::bulk::work::PlanWork;
use crate::domain::timestamp::Timestamp;
use crate::store::bulk::PlanRow;

/// A row as it streams by: as `bulk show` has it, and its receipt.
const COLUMNS: &[&str] = &["username", "outcome", "code", "event", "receipt"];
/// The same where recovery codes are issued: until when each can be used, and the file that it's in.
const COLUMNS_OF_CODES: &[&str] = &["username", "outcome", "code", "event", "expires_at", "file"];
/// How often a plain line tells how far it is.
const LINE_EVERY: SignedDuration = SignedDuration::from_secs(2);

/// Shows a run as it goes: rows as they're done, and how far it is.
pub(super) struct Watch<'a, 'w> {
    out: &'a mut Out<'w>,
    clock: &'a dyn Fn() -> Timestamp,
    stop: Arc<AtomicBool>,
    stream: RowStream,
    /// It issues recovery codes.
    issues: bool,
    bar: ProgressBar,
    /// When the run began, with how many rows settled; and when a plain line was last written.
    begun: Option<(Timestamp, i64)>,
    told: Timestamp,
    /// Nobody reads the rows any more.
    broken: bool,
}

impl<'a, 'w> Watch<'a, 'w> {
    pub(super) fn new(
        out: &'a mut Out<'w>,
        clock: &'a dyn Fn() -> Timestamp,
        stop: Arc<AtomicBool>,
        work: &PlanWork,
    ) -> Result<Self, Failure> {
        let issues = work.road().is_some();
        let columns = if issues { COLUMNS_OF_CODES } else { COLUMNS };
        let bar = progress::bar(out, "{bar:30} {human_pos}/{human_len}  {per_sec}  {eta}")?;
        Ok(Self {
            stream: RowStream::new("balie.apply/1", columns),
            issues,
            told: clock(),
            out,
            clock,
            stop,
            bar,
            begun: None,
            broken: false,
        })
    }

    pub(super) fn end(self) -> (RowStream, bool) {
        self.bar.finish_and_clear();
        (self.stream, self.broken)
    }

    /// Whether plain lines go to standard error: nobody watches a bar, and no error has to be found there.
    fn tells(&self) -> bool {
        self.bar.is_hidden() && !self.out.format.is_json()
    }

    fn tell(&mut self, plan: &PlanRow, settled: i64) {
        let now = (self.clock)();
        let (begun, before) = *self.begun.get_or_insert((self.told, settled));
        if !self.tells() || now.since(self.told) < LINE_EVERY {
            return;
        }
        self.told = now;
        let millis = i64::try_from(now.since(begun).as_millis())
            .unwrap_or(i64::MAX)
            .max(1);
        let rate = (settled - before).max(1).saturating_mul(1_000) / millis;
        let left = plan.left() / rate.max(1);
        let text = said!(
            "{settled} of {rows} rows, {rate} a second, {left} s left",
            settled = settled,
            rows = plan.ready,
            rate = rate,
            left = left
        );
        self.out.say(&text);
    }
}

impl Onlooker for Watch<'_, '_> {
    fn now(&mut self) -> Timestamp {
        (self.clock)()
    }

    fn wants_stop(&mut self) -> bool {
        self.broken || self.stop.load(Ordering::Relaxed)
    }

    fn rows(&mut self, plan: &PlanRow, rows: &[RowResult]) {
        for row in rows {
            let mut cells = vec![
                json!(row.username),
                json!(row.state),
                json!(row.fault.map(RowFault::as_str)),
                json!(row.event.map(|event| event.to_string())),
            ];
            if self.issues {
                cells.extend([json!(row.expires_at), json!(row.file)]);
            } else {
                cells.push(json!(row.receipt.as_ref().map(ToString::to_string)));
            }
            self.broken |= self.stream.row(self.out, cells).is_err();
        }
        self.broken |= self.out.stdout.flush().is_err();
        let settled = plan.done + plan.not_done;
        self.bar.set_length(plan.ready.unsigned_abs());
        self.bar.set_position(settled.unsigned_abs());
        self.tell(plan, settled);
    }

    fn waits(&mut self, why: &str) {
        if self.tells() || !self.bar.is_hidden() {
            self.bar.suspend(|| self.out.say(why));
        }
    }
}
