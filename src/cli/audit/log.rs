//! `balie audit log`

use std::cell::RefCell;
use std::io;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::cli::account::history::{EVENT_COLUMNS, HistoryView, event_cells};
use crate::cli::language::said;
use crate::cli::output::{Format, Out, Page, RowStream, Tone, View as _};
use crate::cli::shell::ending::streamed;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, case, written};
use crate::desk;
use crate::desk::Desk;
use crate::desk::audit::LogOrder;
use crate::domain::timestamp::Timestamp;
use crate::store::log::EventRow;
use crate::store::request::CaseRow;

/// How often a follower looks for new lines.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How many lines stand in one table for people: none is held longer than that.
const AT_ONCE: usize = 500;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit log --operator fatima --since 24h
  balie audit log --account j.jansen --action reset
  balie audit log --follow --format ndjson         until Ctrl-C

Break-glass comes first: the cases that wait for a second operator, and those of the time that is
listed (of the last 30 days, where no --since or --until is given), whatever --action says. In JSON
they are `break_glass`, beside `events`.

Reading the log is an event too; following it is one, however long it lasts.")]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    filter: super::filter::Filter,
    /// How many at most
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u32,
    /// Keep showing events as they come, oldest first
    #[arg(long)]
    follow: bool,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let order = args.filter.order(desk.now)?;
    if !args.follow {
        return read(&mut desk, &mut out, &order, args.limit).await;
    }
    if !matches!(out.format, Format::Table | Format::Ndjson) {
        return Err(Failure::invalid(
            said!("a log that is followed has no end, so it can't be one document"),
            said!("pass --format ndjson"),
        ));
    }
    let mut follower = desk::audit::follow_log(&mut desk, &order, args.limit).await?;
    loop {
        let events = desk::audit::next_events(&desk, &mut follower).await?;
        if events.is_empty() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        streamed(write_lines(&mut out, events))?;
    }
}

/// As the lines come, however many there are; for people in tables of 500.
async fn read(desk: &mut Desk<'_>, out: &mut Out<'_>, order: &LogOrder, limit: u32) -> Outcome {
    let now = desk.now;
    let mut break_glass = Vec::new();
    let mut begun = Vec::new();
    let out = RefCell::new(out);
    let rows = RefCell::new(RowStream::new("balie.log/1", EVENT_COLUMNS));
    let mut any = false;
    desk::audit::read_log(
        desk,
        order,
        limit,
        |cases| {
            let fields = cases
                .iter()
                .map(|found| Value::Object(case::view::fields(found, now)));
            let fields = [("break_glass".to_owned(), fields.collect())];
            let stream = RowStream::new("balie.log/1", EVENT_COLUMNS);
            rows.replace(stream.called("events", fields.into_iter().collect()));
            break_glass = cases;
            if out.borrow().format == Format::Table {
                let mut page = out.borrow().page();
                show_break_glass(&break_glass, now, &mut page);
                return streamed(out.borrow_mut().stdout.write_all(page.finish().as_bytes()));
            }
            Ok(())
        },
        |event| {
            let mut out = out.borrow_mut();
            any = true;
            if out.format != Format::Table {
                return streamed(rows.borrow_mut().row(&mut out, event_cells(&event)));
            }
            begun.push(event);
            if begun.len() < AT_ONCE {
                return Ok(());
            }
            streamed(show_table(&mut out, std::mem::take(&mut begun)))
        },
    )
    .await?;
    let out = out.into_inner();
    if out.format != Format::Table {
        return written(rows.into_inner().end(out, &Map::new()));
    }
    if any && begun.is_empty() {
        return Ok(Exit::Done);
    }
    written(show_table(out, begun))
}

fn show_table(out: &mut Out<'_>, events: Vec<EventRow>) -> io::Result<()> {
    let mut page = out.page();
    view(events).page(&mut page);
    out.stdout.write_all(page.finish().as_bytes())?;
    out.stdout.flush()
}

/// What two operators did without a request, before all else.
fn show_break_glass(cases: &[CaseRow], now: Timestamp, page: &mut Page) {
    if !cases.is_empty() {
        page.line(Tone::Bad, "Break-glass");
        case::view::table(cases, now, page);
        page.gap();
    }
}

fn write_lines(out: &mut Out<'_>, events: Vec<EventRow>) -> io::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    if out.format == Format::Ndjson {
        return out.show(&view(events));
    }
    let mut page = out.page();
    for event in &events {
        let about = [&event.username, &event.request].map(|about| about.as_deref().unwrap_or("-"));
        let detail = event.detail().map_or("", |(_, json)| json);
        let EventRow {
            seq,
            at,
            operator,
            action,
            ..
        } = event;
        let line = format!(
            "{seq}  {at:.0}  {operator}  {action}  {}  {detail}",
            about.join("  ")
        );
        page.line(Tone::Plain, &line);
    }
    out.stdout.write_all(page.finish().as_bytes())?;
    out.stdout.flush()
}

fn view(events: Vec<EventRow>) -> HistoryView {
    HistoryView {
        schema: "balie.log/1",
        events,
    }
}
