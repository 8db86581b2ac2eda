//! `balie request receive`

use std::io;
use std::path::PathBuf;

use super::received::{ReceivedView, Taken};
use super::resolver::resolver;
use super::show::RequestView;
use crate::cli::language::said;
use crate::cli::shell::completing;
use crate::cli::shell::input;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::domain::code::Username;
use crate::domain::request::received_as::ReceivedAs;

/// The exit code where what was handed in is wrong.
const WRONG_CALL: u8 = 2;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request receive mail.eml --account j.jansen
  balie request receive - --account j.jansen < mail.eml
  balie request receive *.eml                a line for each, with its request

The verdict is verified, challenge or rejected; the exit code is 0 for each, and 7 when DNS couldn't
be reached: the request waits, and `balie request reverify` settles it. Of several mails those that
can't be taken don't stop the others: then it's 6.")]
pub(in crate::cli) struct Args {
    /// The mail as it came in (.eml), or - for standard input; several at once as well
    #[arg(value_name = "FILE|-")]
    files: Vec<PathBuf>,
    /// An account that it is for; once for each
    #[arg(long = "account", value_name = "USERNAME", add = completing::accounts())]
    accounts: Vec<String>,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let usernames = args.accounts.iter().map(|text| parse_username(text));
    let usernames = usernames.collect::<Result<Vec<_>, _>>()?;
    let file = match args.files.as_slice() {
        [] => session.out.ask_path(&said!("The mail (.eml)"), "FILE")?,
        [file] => file.clone(),
        files => return Box::pin(several(files, &usernames, session)).await,
    };
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
        out.say(&said!("--account was ignored: this sender was mailed a code that is still open, and the mail replies to that or has a code on its first line, so it makes no request of its own. To name accounts: balie request assign {id} USERNAME", id = id));
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

/// Each mail by itself: what is wrong with one stops no other. Where the desk can't take any more, the rest isn't tried.
async fn several(files: &[PathBuf], usernames: &[Username], session: Session<'_>) -> Outcome {
    if !usernames.is_empty() {
        return Err(Failure::invalid(
            said!("name accounts for one mail at a time"),
            said!(
                "pass one file with --account, or leave --account out and use `balie request assign ID ACCOUNT`"
            ),
        ));
    }
    if files.iter().any(|file| file.as_os_str() == "-") {
        return Err(Failure::invalid(
            said!("standard input holds one mail, so it can't be one of several files"),
            said!("pass the files by name"),
        ));
    }
    let dns = resolver(&session)?;
    let (mut desk, mut out, _) = session.open().await?;
    let mut view = ReceivedView::new(desk.now);
    let mut stopped = None;
    for file in files {
        if let Some(code) = stopped {
            view.add(file, Taken::NotTried { code });
            continue;
        }
        let taken = match input::bytes(file, input::MAIL, &mut io::empty()) {
            Ok(raw) => desk::request::receive(&mut desk, &dns, &raw, &[])
                .await
                .map_err(Failure::from),
            Err(failure) => Err(failure),
        };
        match taken {
            Ok(card) => view.add(file, Taken::In(Box::new(card))),
            // Another exit code isn't about this file.
            Err(failure) if failure.exit != WRONG_CALL && view.is_empty() => return Err(failure),
            Err(failure) => {
                if failure.exit != WRONG_CALL {
                    stopped = Some(failure.code);
                }
                view.add(file, Taken::Not(failure));
            }
        }
    }
    let exit = view.exit();
    show(&mut out, &view)?;
    Ok(exit)
}
