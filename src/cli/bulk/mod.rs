//! `balie bulk plan|list|show|approve|apply|cancel`

mod apply;
mod approve;
mod cancel;
mod codes;
mod list;
mod plan;
mod show;
mod view;
mod watch;

use clap::Subcommand;

use crate::cli::Outcome;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Make a plan from a list: every account is checked now, none is touched
    Plan(plan::Args),
    /// The newest plans
    List(list::Args),
    /// A plan, and what became of each row
    Show(show::Args),
    /// Approve a plan, as a second operator
    Approve(approve::Args),
    /// Carry out a plan, from where the last run ended
    Apply(apply::Args),
    /// Cancel a plan; what was done stands
    Cancel(cancel::Args),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Cancel(_) => Rehearsal::ONE_STEP,
            Self::List(_) | Self::Show(_) => Rehearsal::OnlyReads,
            Self::Plan(_) | Self::Approve(_) | Self::Apply(_) => Rehearsal::Shows,
        }
    }

    fn interruption(&self) -> verb::Interruption {
        match self {
            Self::Apply(_) => verb::Interruption::IsHeard,
            _ => verb::Interruption::BreaksOff,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Plan(args) => plan::run(args, session).await,
        Verb::List(args) => list::run(&args, session).await,
        Verb::Show(args) => show::run(&args, session).await,
        Verb::Approve(args) => approve::run(args, session).await,
        Verb::Apply(args) => apply::run(args, session).await,
        Verb::Cancel(args) => cancel::run(&args, session).await,
    }
}
