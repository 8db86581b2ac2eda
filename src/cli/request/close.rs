//! `balie request close`

use super::parse_request;
use super::reject::tidy;
use super::show::RequestView;
use crate::cli::output::Out;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::domain::log::event::Action;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request close R-4K7Q2 --reason bedankje
  balie request close R-4K7Q2 --reason \"dubbel, zie R-7M3XD\"

Nobody is mailed. For a mail that somebody sent in the requester's name, use `balie request reject`.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    id: String,
    /// Why; colleagues and auditors read it, and nobody else
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
            None => tidy(&out.ask("Why (nobody is mailed)", "--reason TEXT")?)?,
        };
        if out.is_to_ask()? {
            let card = desk::request::show_request(desk, &id).await?;
            out.show_aside(&RequestView::new(card, desk.now, out.verbose));
            out.go_on(&format!("Close {id} for good, and tell nobody"))?;
        }
        Ok(desk::request::close(desk, &id, &reason, out.dry_run).await?)
    };
    let step = (Action::RequestClose, &id);
    let card = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    out.say_if_rehearsed();
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}
