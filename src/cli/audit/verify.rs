//! `balie audit verify`

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::input;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::audit::{Held, HeldReceipt, LogReport, VerifyOrder};
use crate::domain::log::check::TimeBack;
use crate::domain::log::checkpoint::{NotACheckpoint, SignedCheckpoint};
use crate::domain::log::restored::Restored;
use crate::domain::log::row::Checked;
use crate::domain::reset::receipt::{Receipt, receipts_in};
use crate::store::{Altered, HowAltered};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit verify
  balie audit verify --checkpoint /mnt/safe/balie.checkpoint
  balie audit verify --state                 every account, request, plan, operator and mail too, nightly
  balie audit verify --receipt tickets.txt   every receipt in it
  balie audit verify --checkpoint /mnt/safe/balie.checkpoint --restored 1207   a restore that you know of

Exit 8 names the first event that doesn't hold, or the rows and receipts that aren't as the log says. What a
portal may have written is counted and isn't an error. The log alone can't tell that its tail was cut off, that
all of it was rewritten, or that an older copy was restored: a checkpoint or a receipt that was kept
elsewhere can. Every restore is named, with what is known to be lost. A checkpoint of that is exit 8, unless
--restored names the restore's event.")]
pub(in crate::cli) struct Args {
    /// Compare the log with this checkpoint (may be given more than once)
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Compare every row of the desk with the events that left it
    #[arg(long)]
    state: bool,
    /// Compare the receipts in this file, such as a copy of tickets, with the log (may be given more than once)
    #[arg(long, value_name = "FILE")]
    receipt: Vec<PathBuf>,
    /// This restore is known: a checkpoint of what it lost is no fault (may be given more than once)
    #[arg(long, value_name = "EVENT")]
    restored: Vec<i64>,
    /// The desk's public key (default: desk.pub beside the key file)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let kept = args.checkpoint.iter().map(|path| read_checkpoint(path));
    let kept = kept.collect::<Result<Vec<_>, _>>()?;
    let mut receipts = Vec::new();
    for path in &args.receipt {
        receipts.extend(read_receipts(path)?);
    }
    let key = args
        .key
        .unwrap_or_else(|| session.key_file().with_file_name("desk.pub"));
    // Not the key that the database names: whoever rewrote the log could have put his own there.
    let key = if kept.is_empty() && receipts.is_empty() {
        None
    } else {
        Some(input::desk_key(&key)?)
    };
    let order = VerifyOrder {
        checkpoints: kept,
        receipts,
        key,
        state: args.state,
        restored: args.restored,
    };
    let (mut desk, mut out, _) = session.open().await?;
    let report = desk::audit::verify_log(&mut desk, &order).await?;
    let done = show(&mut out, &ReportView(&report))?;
    if report.is_tampered() {
        out.say(&said!("Not everything is as the log says: keep the database as it is, and find out who changed it [tampered]"));
        return Ok(Exit::Tampered);
    }
    Ok(done)
}

/// All receipts that stand in a file, among whatever else.
fn read_receipts(path: &Path) -> Result<Vec<Receipt>, Failure> {
    let named =
        |what: &str, hint: &str| Failure::invalid(format!("{}: {what}", path.display()), hint);
    let hint = &said!("pass a text that contains receipts, as tickets do");
    let text = input::file_text(path, input::RECEIPTS)?;
    let found = receipts_in(&text);
    if found.is_empty() {
        return Err(named(&said!("there is no receipt in it"), hint));
    }
    let mut receipts = Vec::with_capacity(found.len());
    for (number, receipt) in (1..).zip(found) {
        let hint = &said!("paste whole lines, from balie-receipt/1 to the end");
        let receipt = receipt.map_err(|error| {
            named(
                &said!("receipt {number}: {error}", number = number, error = error),
                hint,
            )
        })?;
        receipts.push(receipt);
    }
    Ok(receipts)
}

pub(in crate::cli) fn read_checkpoint(path: &Path) -> Result<SignedCheckpoint, Failure> {
    let hint = &said!("pass a file that `balie audit checkpoint` wrote");
    let text = input::file_text(path, input::CHECKPOINT)?;
    text.parse().map_err(|error: NotACheckpoint| {
        Failure::invalid(format!("{}: {error}", path.display()), hint)
    })
}

struct ReportView<'r>(&'r LogReport);

impl View for ReportView<'_> {
    fn schema(&self) -> &'static str {
        "balie.audit_verify/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let LogReport {
            events,
            head,
            erased_details,
            checkpoints,
            time_back,
            restored,
            altered,
            state,
            receipts,
        } = self.0;
        page.line(
            Tone::Good,
            &said!("The log holds: {events} events.", events = events),
        );
        for size in checkpoints {
            let text = said!(
                "It continues from the checkpoint of {size} events.",
                size = size
            );
            page.line(Tone::Good, &text);
        }
        if *erased_details > 0 {
            let text = said!(
                "{number} details were erased by `audit prune`.",
                number = erased_details
            );
            page.line(Tone::Plain, &text);
        }
        for restored in restored {
            page.line(Tone::Warn, &restored_line(restored));
        }
        for back in time_back {
            let TimeBack { seq, at, before } = back;
            let text = said!(
                "Time runs backwards at event {seq}: {at}, after {before}.",
                seq = seq,
                at = format!("{at:.0}"),
                before = format!("{before:.0}")
            );
            page.line(Tone::Warn, &text);
        }
        for Altered { kind, name, how } in altered.iter().flatten() {
            let how = match how {
                HowAltered::Missing => said!("is missing"),
                HowAltered::Changed => said!("isn't as Balie makes it"),
                HowAltered::Unknown => said!("isn't one that Balie makes"),
            };
            page.line(
                Tone::Bad,
                &said!(
                    "The {kind} {name} {how}.",
                    kind = kind,
                    name = name,
                    how = how
                ),
            );
        }
        if let Some(state) = state {
            show_state(state, page);
        }
        for HeldReceipt { event, result } in receipts.iter().flatten() {
            let (tone, text) = receipt_line(*result);
            page.line(
                tone,
                &said!(
                    "The receipt of event {event} {text}.",
                    event = event,
                    text = text
                ),
            );
        }
        page.line(Tone::Faint, &said!("head {head}", head = head));
        if checkpoints.is_empty() {
            let text = &said!(
                "Only a checkpoint that was kept elsewhere shows a tail that was cut off: --checkpoint FILE"
            );
            page.line(Tone::Faint, text);
        }
    }
}

fn restored_line(restored: &Restored) -> String {
    let Restored {
        event,
        at,
        events,
        missing_to,
        ..
    } = restored;
    let lost = match missing_to {
        Some(to) if to == event => {
            said!("event {event} of the log before it is lost", event = event)
        }
        Some(to) => said!(
            "events {event} to {to} of the log before it are lost",
            event = event,
            to = to
        ),
        None => said!("no checkpoint says which events of the log before it are lost"),
    };
    said!(
        "Event {event} put back a copy of {events} events at {at}: {lost}.",
        event = event,
        events = events,
        at = format!("{at:.0}"),
        lost = lost
    )
}

fn show_state(state: &Checked, page: &mut Page) {
    let checked = state.checked;
    if state.false_rows == 0 {
        let text = said!(
            "The state holds: {checked} rows are as the log says.",
            checked = checked
        );
        page.line(Tone::Good, &text);
    } else {
        let text = said!(
            "{false_rows} of {checked} rows aren't as the log says:",
            false_rows = state.false_rows,
            checked = checked
        );
        page.line(Tone::Bad, &text);
        let rows: Vec<_> = state
            .disagreements
            .iter()
            .map(|row| {
                let event = row.event.clone().unwrap_or_else(|| said!("no event"));
                vec![
                    (Tone::Bad, row.table.to_owned()),
                    (Tone::Plain, row.id.clone()),
                    (Tone::Plain, row.column.unwrap_or("").to_owned()),
                    (Tone::Plain, event),
                ]
            })
            .collect();
        page.table(&["table", "row", "column", "as left by event"], &rows);
    }
    for kind in &state.unexplained {
        let column = kind
            .column
            .map_or_else(|| said!("whole rows"), ToOwned::to_owned);
        let text = said!(
            "Not explained by the log, and a portal may have written it: {table} {column}, {rows} rows ({ids}{more}).",
            table = kind.table,
            column = column,
            rows = kind.rows,
            ids = kind.ids.join(", "),
            more = if kind.rows > kind.ids.len() as u64 {
                ", …"
            } else {
                ""
            }
        );
        page.line(Tone::Warn, &text);
    }
}

fn receipt_line(result: Held) -> (Tone, String) {
    match result {
        Held::Holds => (Tone::Good, said!("holds")),
        Held::OtherDesk => (Tone::Bad, said!("names another desk's key")),
        Held::BadSignature => (
            Tone::Bad,
            said!("was changed, or never came from this desk"),
        ),
        Held::NotInLog => (Tone::Bad, said!("states a reset that isn't in the log")),
        Held::Differs => (
            Tone::Bad,
            said!("states a different reset from the one in the log"),
        ),
    }
}
