//! `balie audit enrollments|mail|log|verify|checkpoint|export|prune`

mod checkpoint;
mod enrollments;
mod export;
mod filter;
mod log;
mod mail;
mod prune;
mod siem;
mod verify;

use clap::Subcommand;

pub(super) use verify::read_checkpoint;

use crate::cli::Outcome;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Count who has 2FA and who doesn't, and list what deserves a second look
    Enrollments(enrollments::Args),
    /// Count how mails came out by board and mail domain, and what is missing
    Mail(mail::Args),
    /// The newest events, or new ones as they come
    Log(log::Args),
    /// Check that no event was changed, inserted or removed
    Verify(verify::Args),
    /// Verify the log, then sign its size and root, to be kept outside the database
    Checkpoint(checkpoint::Args),
    /// Copy the log, one event a line, oldest first
    Export(export::Args),
    /// Erase personal details that have been kept long enough; the log still verifies
    Prune(prune::Args),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Checkpoint(_) | Self::Export(_) => Rehearsal::ONLY_A_FILE,
            Self::Enrollments(args) if args.html.is_some() => Rehearsal::ONLY_A_FILE,
            Self::Enrollments(_) | Self::Mail(_) | Self::Log(_) | Self::Verify(_) => {
                Rehearsal::OnlyReads
            }
            Self::Prune(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Enrollments(args) => enrollments::run(args, session).await,
        Verb::Mail(args) => mail::run(args, session).await,
        Verb::Log(args) => log::run(args, session).await,
        Verb::Verify(args) => verify::run(args, session).await,
        Verb::Checkpoint(args) => checkpoint::run(args, session).await,
        Verb::Export(args) => export::run(args, session).await,
        Verb::Prune(args) => prune::run(args, session).await,
    }
}
