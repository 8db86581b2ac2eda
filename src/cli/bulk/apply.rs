//! `balie bulk apply`

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::codes::CodeFiles;
use super::view::{PlanView, plan_fields};
use super::watch::Watch;
use crate::cli::language;
use crate::cli::language::said;
use crate::cli::output::{Format, Out, Page, RowStream, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::interrupts::Interrupts;
use crate::cli::shell::parse::parse_plan;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Exit, Failure, Outcome, show, written};
use crate::desk;
use crate::desk::Desk;
use crate::desk::bulk::ApplyReport;
use crate::desk::reset::Issued;
use crate::domain::bulk::plan::PlanId;
use crate::domain::bulk::work::{PlanAction, PlanWork, Road};
use crate::domain::language::Language;
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie bulk apply P-4K7Q2M
  balie bulk apply P-4K7Q2M --hash 3f9a…  --format ndjson      a result a row, as it happens
  balie bulk apply P-4K7Q2M --dry-run
  balie bulk apply P-4K7Q2M --out DIR                          recovery codes as letters, or sealed

A few rows are done first and checked; then the rest, batch by batch. Ctrl-C finishes the batch and stops
(exit 130); a second one stops at once and keeps nothing of that batch. Whatever ends a run, the same
command continues where it ended. An account that a colleague has open is left for the next run.

Letters and sealed codes are written to DIR, one file per batch, before the batch is committed. Use the files once
the run is finished, and use the same DIR for every run: what an interrupted batch has left there opens
nothing and is overwritten.")]
pub(in crate::cli) struct Args {
    /// The plan
    #[arg(value_name = "PLAN", add = completing::plans())]
    plan: String,
    /// Only if this is the plan's hash
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
    /// The folder for recovery codes that go out as letters or sealed
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let clock = session.clock;
    let (mut desk, mut out, config) = session.open().await?;
    let order = Order {
        plan: parse_plan(&args.plan)?,
        hash: args.hash,
        folder: args.out,
        language: config.policy.language,
    };
    let asks = out.is_to_ask()? && !out.yes;
    if !args.take_over.opens(&out) {
        return carry_out(&mut desk, &mut out, order, clock).await;
    }
    let card = desk::bulk::show_plan(&mut desk, &order.plan).await?;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        if asks {
            out.show_aside(&PlanView {
                card: &card,
                now: desk.now,
                next: None,
            });
            out.go_on(&question(card.plan.action, card.plan.left()))?;
        }
        carry_out(desk, out, order, clock).await
    };
    let step = (Action::BulkApply, &card.plan.request);
    let take_over = args.take_over;
    take_over.of_request(step, &mut desk, &mut out, act).await
}

/// What is done, and to how many.
fn question(action: PlanAction, accounts: i64) -> String {
    let accounts = language::accounts(accounts);
    match action {
        PlanAction::Reset => said!("Reset 2FA of {accounts}", accounts = accounts),
        PlanAction::Reissue => said!("Issue recovery codes for {accounts}", accounts = accounts),
    }
}

/// What is to be carried out, and where codes go.
struct Order {
    plan: PlanId,
    hash: Option<String>,
    folder: Option<PathBuf>,
    language: Language,
}

async fn carry_out(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    order: Order,
    clock: &dyn Fn() -> Timestamp,
) -> Outcome {
    let dry_run = out.dry_run;
    let plan = desk::bulk::open_plan(desk, &order.plan, order.hash.as_deref(), dry_run).await?;
    let work = plan.work().clone();
    let files = CodeFiles::open(&plan, order.folder, order.language, out)?;
    let mut hand_over = |numbers: &[i64], issued: &[Issued<'_>]| match &files {
        Some(files) => files.take(numbers, issued, clock()),
        None => Ok(None),
    };
    let interrupts = Interrupts::listen();
    let mut watch = Watch::new(out, clock, Arc::clone(&interrupts.stop), &work)?;
    let report = tokio::select! {
        report = desk::bulk::apply(desk, plan, &mut watch, &mut hand_over) => report,
        () = interrupts.second.notified() => return Err(Failure::interrupted()),
    };
    let (stream, broken) = watch.end();
    let report = match report {
        Ok(report) => report,
        Err(error) => return Err(broken_off(out, stream, error.into())),
    };
    if broken {
        return Ok(Exit::Interrupted);
    }
    finish(out, stream, &report, &work, files.as_ref(), desk.now)
}

/// Ends the document of a run that broke off: the rows that it tells of are done.
fn broken_off(out: &mut Out<'_>, stream: RowStream, failure: Failure) -> Failure {
    if stream.has_rows() {
        let fields = [("failed".to_owned(), Value::from(failure.code))];
        // The failure itself is what matters now.
        let _ = stream.end(out, &fields.into_iter().collect());
    }
    failure
}

fn finish(
    out: &mut Out<'_>,
    stream: RowStream,
    report: &ApplyReport,
    work: &PlanWork,
    files: Option<&CodeFiles>,
    now: Timestamp,
) -> Outcome {
    let plan = &report.plan;
    let mut fields = plan_fields(plan, now);
    fields.insert("dry_run".into(), out.dry_run.into());
    fields.insert("interrupted".into(), report.stopped.into());
    if let Some(files) = files {
        fields.insert("out".into(), json!(files.folder()));
    }
    written(stream.end(out, &fields))?;
    if out.format == Format::Table {
        show(
            out,
            &DoneView {
                report,
                dry_run: out.dry_run,
                work,
                files,
            },
        )?;
    }
    if report.stopped {
        if !out.format.is_json() {
            out.say(&said!(
                "Stopped. Continue with: balie bulk apply {id}",
                id = plan.public_id
            ));
        }
        return Ok(Exit::Interrupted);
    }
    let all = if out.dry_run {
        report.not_done == 0 && plan.total == plan.ready
    } else {
        plan.done == plan.total
    };
    Ok(if all { Exit::Done } else { Exit::Partial })
}

/// The end of a run, for people.
struct DoneView<'v> {
    report: &'v ApplyReport,
    dry_run: bool,
    work: &'v PlanWork,
    files: Option<&'v CodeFiles>,
}

impl View for DoneView<'_> {
    fn schema(&self) -> &'static str {
        "balie.plan/1"
    }

    fn fields(&self) -> Map<String, Value> {
        Map::new()
    }

    fn page(&self, page: &mut Page) {
        let plan = &self.report.plan;
        if self.dry_run {
            let ready = self.report.seen - self.report.not_done;
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
            page.line(
                Tone::Plain,
                &said!(
                    "{ready} account(s) can be done now, {not_done} can't.",
                    ready = ready,
                    not_done = self.report.not_done
                ),
            );
            return;
        }
        let not_done = plan.total - plan.ready + plan.not_done;
        let tone = if not_done == 0 {
            Tone::Good
        } else {
            Tone::Warn
        };
        page.line(
            tone,
            &said!(
                "{id}: {done} done, {not_done} not done, {left} left.",
                id = plan.public_id,
                done = plan.done,
                not_done = not_done,
                left = plan.left()
            ),
        );
        if self.report.seen > self.report.not_done {
            self.where_they_are(page);
        }
        if not_done > 0 {
            let id = &plan.public_id;
            page.line(
                Tone::Plain,
                &said!("Which and why: balie bulk show {id} --failed", id = id),
            );
        }
        if plan.left() > 0 && !self.report.stopped {
            let text = said!(
                "A colleague has {left} account(s) open. Once that is over: balie bulk apply {id}",
                left = plan.left(),
                id = plan.public_id
            );
            page.line(Tone::Warn, &text);
        }
    }
}

impl DoneView<'_> {
    /// Where the codes are that were issued.
    fn where_they_are(&self, page: &mut Page) {
        let place = self.files.map(|files| {
            let folder = files.folder();
            folder.join(files.pattern()).display().to_string()
        });
        let text = match (self.work.road(), place) {
            (Some(Road::Mail), _) => {
                said!("They go with the next `balie outbox send` (a timer, a senior or an admin).")
            }
            (Some(Road::Letter), Some(place)) => {
                said!(
                    "Print {place}, a page each, put them in envelopes, and delete the files.",
                    place = place
                )
            }
            (Some(Road::Sealed(_)), Some(place)) => {
                said!(
                    "They are in {place}; whoever has the key reads each file with age -d.",
                    place = place
                )
            }
            _ => return,
        };
        page.line(Tone::Plain, &text);
    }
}
