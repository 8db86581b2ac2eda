//! `balie request receive`

use std::path::PathBuf;

use super::resolver::resolver;
use super::show::RequestView;
use crate::cli::language::said;
use crate::cli::shell::input;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Outcome, show};
use crate::desk;
use crate::domain::request::received_as::ReceivedAs;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request receive mail.eml --account j.jansen
  balie request receive - --account j.jansen < mail.eml

The verdict is verified, challenge or rejected; the exit code is 0 for each, and 7 when DNS couldn't
be reached: the request waits, and `balie request reverify` settles it.")]
pub(in crate::cli) struct Args {
    /// The mail as it came in (.eml), or - for standard input
    #[arg(value_name = "FILE|-")]
    file: Option<PathBuf>,
    /// An account that it is for; once for each
    #[arg(long = "account", value_name = "USERNAME")]
    accounts: Vec<String>,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let file = match args.file {
        Some(file) => file,
        None => session.out.ask_path(&said!("The mail (.eml)"), "FILE")?,
    };
    let usernames = args.accounts.iter().map(|text| parse_username(text));
    let usernames = usernames.collect::<Result<Vec<_>, _>>()?;
    let raw = input::bytes(&file, input::MAIL, session.stdin)?;
    let dns = resolver(&session)?;
    let (mut desk, mut out, _) = session.open().await?;
    let card = desk::request::receive(&mut desk, &dns, &raw, &usernames).await?;
    let id = &card.standing.request.public_id;
    match card.received_as {
        ReceivedAs::Request => {}
        ReceivedAs::Again => out.say(&said!("This mail came in before, as {id}; nothing was changed. To name accounts: balie request assign {id} USERNAME", id = id)),
        ReceivedAs::Answer => out.say(&said!("This mail answers the code that was mailed for {id}.", id = id)),
    }
    if card.received_as == ReceivedAs::Answer && !usernames.is_empty() {
        out.say(&format!(
            "--account was ignored: this sender was mailed a code that is still open, and the mail replies to that or has a code on its first line, so it makes no request of its own. To name accounts: balie request assign {id} USERNAME"
        ));
    }
    let undecided = card.undecided;
    let view = RequestView::new(card, desk.now, out.verbose);
    let done = show(&mut out, &view)?;
    if undecided {
        out.say(&said!(
            "DNS couldn't be reached, so not everything is decided [dns_unavailable]"
        ));
        return Ok(Exit::Unreachable);
    }
    Ok(done)
}
