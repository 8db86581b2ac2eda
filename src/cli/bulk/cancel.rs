//! `balie bulk cancel`

use super::view::PlanView;
use crate::cli::language::said;
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_plan;
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The plan
    #[arg(value_name = "PLAN", add = completing::plans())]
    plan: String,
}

pub(super) async fn run(args: &Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let id = parse_plan(&args.plan)?;
    out.must_go_on(&said!("Cancel {id}", id = id))?;
    let card = desk::bulk::cancel_plan(&mut desk, &id).await?;
    let view = PlanView {
        card: &card,
        now: desk.now,
        next: None,
    };
    show(&mut out, &view)
}
