//! `balie request reject`

use super::parse_request;
use super::show::RequestView;
use crate::cli::output::Out;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::domain::log::event::Action;

/// The longest reason, in characters.
const LONGEST: usize = 500;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request reject R-4K7Q2 --reason \"De school bevestigt aan de telefoon dat zij dit niet vroeg\"

The requester's address on file is told, with the reason; never the sender.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    id: String,
    /// Why; the requester reads it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let given = args.reason.as_deref().map(tidy).transpose()?;
    let (mut desk, mut out, _) = session.open().await?;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let reason = match given {
            Some(reason) => reason,
            None => tidy(&out.ask("Why (the requester reads it)", "--reason TEXT")?)?,
        };
        if out.is_to_ask()? {
            let card = desk::request::show_request(desk, &id).await?;
            out.show_aside(&RequestView::new(card, desk.now, out.verbose));
            out.go_on(&format!("Reject {id} for good"))?;
        }
        Ok(desk::request::reject(desk, &id, &reason, out.dry_run).await?)
    };
    let step = (Action::RequestReject, &id);
    let card = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    out.say_if_rehearsed();
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}

/// The reason in one line.
pub(super) fn tidy(reason: &str) -> Result<String, Failure> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > LONGEST {
        return Err(Failure::invalid(
            format!("a reason has 1 to {LONGEST} characters"),
            "pass --reason TEXT",
        ));
    }
    Ok(reason)
}
