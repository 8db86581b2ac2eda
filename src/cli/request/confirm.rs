//! `balie request confirm`

use std::io::Read as _;

use zeroize::Zeroizing;

use super::show::RequestView;
use crate::cli::language::{said, told};
use crate::cli::output::Out;
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_request;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::domain::log::event::Action;
use crate::domain::request::challenge::{BadChallengeCode, ChallengeCode};

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
    #[arg(add = completing::requests())]
    id: String,
    /// Read the code from standard input
    #[arg(long)]
    code_stdin: bool,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let given = if args.code_stdin {
        let mut text = Zeroizing::new(String::new());
        session.stdin.take(MOST).read_to_string(&mut text)?;
        Some(read(&text)?)
    } else {
        None
    };
    let (mut desk, mut out, _) = session.open().await?;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let code = match given {
            Some(code) => code,
            None => read(&Zeroizing::new(
                out.ask(&said!("The code that was mailed"), "--code-stdin")?,
            ))?,
        };
        Ok(desk::request::confirm(desk, &id, &code).await?)
    };
    let step = (Action::RequestConfirm, &id);
    let card = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}

fn read(text: &str) -> Result<ChallengeCode, Failure> {
    ChallengeCode::read(text.trim()).map_err(|error: BadChallengeCode| {
        Failure::invalid(
            told(&error.to_string()),
            said!("let the requester read it out again; this didn't count as a try"),
        )
    })
}
