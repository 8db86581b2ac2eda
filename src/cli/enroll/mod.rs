//! `balie enroll begin|confirm|import`

mod begin;
mod confirm;
mod import;

use clap::Subcommand;

use super::Outcome;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Begin an enrollment, while the holder is present to scan the QR code with their own phone
    Begin(begin::Args),
    /// Activate it with a code from the app; the recovery code is shown, only this once
    Confirm(confirm::Args),
    /// Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once
    Import(import::Args),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Confirm(_) => Rehearsal::EACH_TRY_COUNTS,
            Self::Begin(_) | Self::Import(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Begin(args) => begin::run(args, session).await,
        Verb::Confirm(args) => confirm::run(args, session).await,
        Verb::Import(args) => import::run(args, session).await,
    }
}
