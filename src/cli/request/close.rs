//! `balie request close`

use super::end::{self, End};
use crate::cli::Outcome;
use crate::cli::shell::completing;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request close R-4K7Q2 --reason bedankje
  balie request close R-4K7Q2 --reason \"dubbel, zie R-7M3XD\"

Nobody is mailed. For a mail that somebody sent in the requester's name, use `balie request reject`.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// Why; colleagues and auditors read it, and nobody else
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let what = (args.id.as_str(), args.reason.as_deref());
    end::run(End::Close, what, args.take_over, session).await
}
