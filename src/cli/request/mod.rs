//! `balie request`: a mail in, and what becomes of it.

pub(super) mod age;
pub(super) mod answer;
mod answer_line;
mod approve;
mod assign;
mod challenge;
mod close;
mod confirm;
mod end;
pub(super) mod list;
mod next;
mod receive;
mod received;
mod reject;
pub(super) mod resolver;
mod reverify;
pub(super) mod show;
mod status;
mod who_asks;
pub(super) mod words;

use clap::Subcommand;

use crate::cli::Outcome;
use crate::cli::language::noted;
use crate::cli::request::resolver::A_MAIL_IS_KEPT;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Receive a mail, check it, and give the verdict
    Receive(receive::Args),
    /// The requests: those that wait first, the oldest at the top
    List(list::Args),
    /// One request: who asks, for whom, and why the verdict is what it is
    Show(show::Args),
    /// Approve what it asks for, as a second operator
    Approve(approve::Args),
    /// Say which accounts a request is for
    Assign(assign::Args),
    /// Mail a code to the requester's address on file
    Challenge(challenge::Args),
    /// Check the code that the requester gives back
    Confirm(confirm::Args),
    /// Reject a request, and tell the requester's address on file
    Reject(reject::Args),
    /// Close what isn't a request (a thank-you, junk, the same mail again): nobody is mailed
    Close(close::Args),
    /// Mail the FAQ's answer to the sender's address on file
    Answer(answer::Args),
    /// Run the checks again from the record, and settle what DNS left open
    Reverify(reverify::Args),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Receive(_) => Rehearsal::Impossible(A_MAIL_IS_KEPT),
            Self::Reverify(args) if !args.offline => Rehearsal::Impossible(noted!(
                "what DNS says now is kept; with --offline nothing is"
            )),
            Self::Confirm(_) => Rehearsal::EACH_TRY_COUNTS,
            Self::Show(args) if args.eml.is_some() => Rehearsal::ONLY_A_FILE,
            Self::List(_) | Self::Show(_) => Rehearsal::OnlyReads,
            Self::Answer(_)
            | Self::Approve(_)
            | Self::Assign(_)
            | Self::Challenge(_)
            | Self::Close(_)
            | Self::Reject(_)
            | Self::Reverify(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Receive(args) => Box::pin(receive::run(args, session)).await,
        Verb::List(args) => list::run(args, session).await,
        Verb::Show(args) => show::run(args, session).await,
        Verb::Approve(args) => approve::run(args, session).await,
        Verb::Assign(args) => assign::run(args, session).await,
        Verb::Challenge(args) => challenge::run(args, session).await,
        Verb::Confirm(args) => confirm::run(args, session).await,
        Verb::Reject(args) => reject::run(args, session).await,
        Verb::Close(args) => close::run(args, session).await,
        Verb::Answer(args) => answer::run(args, session).await,
        Verb::Reverify(args) => Box::pin(reverify::run(args, session)).await,
    }
}
