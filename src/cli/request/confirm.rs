//! `balie request confirm`

use std::io::Read as _;

use zeroize::Zeroizing;

use super::super::session::Session;
use super::super::{Failure, Outcome, show};
use super::parse_request;
use super::show::RequestView;
use crate::desk;
use crate::domain::challenge::{BadChallengeCode, ChallengeCode};

/// More than any code takes.
const MOST: u64 = 256;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request confirm R-4K7Q2                        asks for the code
  balie request confirm R-4K7Q2 --code-stdin < code

A code can be tried 5 times; every try is an event.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    id: String,
    /// Read the code from standard input
    #[arg(long)]
    code_stdin: bool,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let text = if args.code_stdin {
        let mut text = Zeroizing::new(String::new());
        session.stdin.take(MOST).read_to_string(&mut text)?;
        text
    } else {
        Zeroizing::new(
            session
                .out
                .ask("The code that was mailed", "--code-stdin")?,
        )
    };
    let code = ChallengeCode::read(text.trim()).map_err(|error: BadChallengeCode| {
        Failure::invalid(
            error.to_string(),
            "let the requester read it out again; this was no try",
        )
    })?;
    let (mut desk, mut out, _) = session.open().await?;
    let card = desk::confirm(&mut desk, &id, &code).await?;
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}
