//! `balie bulk show`

use serde_json::{Value, json};

use super::view::PlanView;
use crate::cli::output::{Format, RowStream};
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_plan;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, show, written};
use crate::desk;
use crate::store::bulk::PlanRowRow;

/// The columns of a row, here and where it is carried out.
pub(super) const COLUMNS: &[&str] = &["username", "outcome", "code", "event"];

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie bulk show P-4K7Q2M
  balie bulk show P-4K7Q2M --failed --format csv > again.csv      a list for the next plan")]
pub(in crate::cli) struct Args {
    /// The plan
    #[arg(value_name = "PLAN", add = completing::plans())]
    plan: String,
    /// Only the rows that weren't done and won't be
    #[arg(long)]
    failed: bool,
}

pub(super) async fn run(args: &Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let id = parse_plan(&args.plan)?;
    let card = desk::bulk::show_plan(&mut desk, &id).await?;
    let now = desk.now;
    let view = PlanView {
        card: &card,
        now,
        next: None,
    };
    if out.format == Format::Table {
        return show(&mut out, &view);
    }
    let mut stream = RowStream::new("balie.plan/1", COLUMNS);
    desk::bulk::each_plan_row(&desk, &card.plan, args.failed, |row| {
        stream.row(&mut out, cells(&row)).map_err(Failure::from)
    })
    .await?;
    let fields = crate::cli::output::View::fields(&view);
    written(stream.end(&mut out, &fields))?;
    Ok(Exit::Done)
}

fn cells(row: &PlanRowRow) -> Vec<Value> {
    let event = row.event.map(|event| event.to_string());
    vec![
        json!(row.username),
        json!(row.state),
        json!(row.code),
        json!(event),
    ]
}
