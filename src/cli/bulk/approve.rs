//! `balie bulk approve`

use super::view::PlanView;
use crate::cli::language::said;
use crate::cli::output::View as _;
use crate::cli::request::words;
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_plan;
use crate::cli::shell::question::approval;
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie bulk approve P-4K7Q2M

For a senior of the region, and never for somebody who made the plan, asks for it, is in it, or then
applies it. It's valid for an hour, and void as soon as the request changes.")]
pub(in crate::cli) struct Args {
    /// The plan
    #[arg(value_name = "PLAN", add = completing::plans())]
    plan: String,
    /// Only if this is the plan's hash
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let id = parse_plan(&args.plan)?;
    if out.dry_run || out.is_to_ask()? {
        let card = desk::bulk::show_plan(&mut desk, &id).await?;
        let view = PlanView {
            card: &card,
            now: desk.now,
            next: None,
        };
        if out.dry_run {
            return show(&mut out, &view);
        }
        let mut page = out.page();
        view.page(&mut page);
        // The list is the operator's; the words are what the requester asks for.
        let request = desk::request::show_request(&mut desk, &card.plan.request).await?;
        words::show(&mut page, &request, true);
        out.tell(page);
        out.go_on(&approval(id.as_str(), card.plan.left()))?;
    }
    let (mut card, approval) =
        desk::bulk::approve_plan(&mut desk, &id, args.hash.as_deref()).await?;
    let text = said!(
        "{id} is approved by {by} until {valid_until}, unless the request changes.",
        id = id,
        by = approval.by,
        valid_until = format!("{:.0}", approval.valid_until())
    );
    card.approval = Some(approval);
    let view = PlanView {
        card: &card,
        now: desk.now,
        next: Some(text),
    };
    show(&mut out, &view)
}
