//! `balie outbox list|show|send|retry|cancel`

mod cancel;
mod changed;
mod list;
mod purpose;
mod retry;
mod send;
mod show;

use clap::Subcommand;

use super::Outcome;
use super::language::noted;
use super::shell::session::Session;
use super::shell::verb::{self, Interruption, Rehearsal};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// The newest mails, sent or not
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// One mail, as its reader gets it; a code that it carries isn't shown
    Show {
        /// Its Message-ID, as `balie outbox list --format json` names it
        message_id: String,
    },
    /// Send what is due, over the server of `[smtp] url`
    Send,
    /// Have mails tried again that were given up, or wait for their next try
    Retry(retry::Args),
    /// Call mails off that wait or were given up: nobody is told what they say
    Cancel(cancel::Args),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Send => Rehearsal::Impossible(noted!("`balie outbox list` shows what is due")),
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
            Self::Retry(_) | Self::Cancel(_) => Rehearsal::Shows,
        }
    }

    /// A mail that is under way is finished: else it would go out a second time.
    fn interruption(&self) -> Interruption {
        match self {
            Self::Send => Interruption::IsHeard,
            _ => Interruption::BreaksOff,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::List { limit } => list::run(limit, session).await,
        Verb::Show { message_id } => show::run(&message_id, session).await,
        Verb::Send => send::run(session).await,
        Verb::Retry(args) => retry::run(args, session).await,
        Verb::Cancel(args) => cancel::run(&args, session).await,
    }
}
