//! `balie request reject`

use super::end::{self, End};
use crate::cli::Outcome;
use crate::cli::shell::completing;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request reject R-4K7Q2 --reason \"De school bevestigt aan de telefoon dat zij dit niet vroeg\"

The requester's address on file is told, with the reason; never the sender.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// Why; the requester reads it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let what = (args.id.as_str(), args.reason.as_deref());
    end::run(End::Reject, what, args.take_over, session).await
}
