//! `balie audit log`

use std::io;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::cli::account::HistoryView;
use crate::cli::case;
use crate::cli::output::{Format, Out, Page, Tone, View};
use crate::cli::session::Session;
use crate::cli::{Failure, Outcome, show, streamed};
use crate::desk;
use crate::domain::timestamp::Timestamp;
use crate::store::{CaseRow, EventRow};

/// How often a follower looks for new lines.
const LOOK_EVERY: Duration = Duration::from_millis(500);

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
    filter: super::Filter,
    /// How many at most
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u32,
    /// Go on showing events as they come, oldest first
    #[arg(long)]
    follow: bool,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let order = args.filter.order(desk.now)?;
    if !args.follow {
        let reading = desk::read_log(&mut desk, &order, args.limit).await?;
        let view = LogView {
            break_glass: reading.break_glass,
            events: view(reading.events),
            now: desk.now,
        };
        return show(&mut out, &view);
    }
    if !matches!(out.format, Format::Table | Format::Ndjson) {
        return Err(Failure::invalid(
            "a log that is followed has no end, so it's no one document",
            "pass --format ndjson",
        ));
    }
    let (mut events, mut follower) = desk::follow_log(&mut desk, &order, args.limit).await?;
    loop {
        streamed(write_lines(&mut out, events))?;
        tokio::time::sleep(LOOK_EVERY).await;
        events = desk::next_events(&desk, &mut follower).await?;
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

/// The log as it's read: what two operators did without a request before all else.
struct LogView {
    break_glass: Vec<CaseRow>,
    events: HistoryView,
    now: Timestamp,
}

impl View for LogView {
    fn schema(&self) -> &'static str {
        self.events.schema()
    }

    fn fields(&self) -> Map<String, Value> {
        let cases = self.break_glass.iter();
        let cases = cases.map(|found| Value::Object(case::fields(found, self.now)));
        let mut fields = Map::new();
        fields.insert("break_glass".into(), cases.collect());
        fields.extend(self.events.fields());
        fields
    }

    /// A line of NDJSON or CSV is an event, as in every copy of the log.
    fn rows(&self) -> Vec<Map<String, Value>> {
        self.events.rows()
    }

    fn page(&self, page: &mut Page) {
        if !self.break_glass.is_empty() {
            page.line(Tone::Bad, "Break-glass");
            case::table(&self.break_glass, self.now, page);
            page.gap();
        }
        self.events.page(page);
    }
}
