//! `balie completions SHELL`

use clap_complete::Shell;

use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, written};

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

impl verb::Verb for CompletionsArgs {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }

    fn login(&self) -> verb::Login {
        verb::Login::NotNeeded
    }
}

pub(super) fn completions(
    args: &CompletionsArgs,
    mut command: clap::Command,
    session: Session<'_>,
) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "balie", &mut text);
    let out = session.out;
    written(
        out.stdout
            .write_all(&text)
            .and_then(|()| out.stdout.flush()),
    )
}
