//! `balie completions SHELL`, `balie man DIR`

use std::fs::{File, OpenOptions};
use std::path::PathBuf;

use clap_complete::Shell;

use super::output::file;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, declared, manual, written};

/// How an earlier page is known.
const PAGE: file::Own = file::Own {
    what: "a man page of balie's",
    mark: ".TH balie",
};

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

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The folder
    folder: PathBuf,
}

impl verb::Verb for ManArgs {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::ONLY_A_FILE
    }

    fn login(&self) -> verb::Login {
        verb::Login::NotNeeded
    }
}

pub(super) fn completions(args: &CompletionsArgs, session: Session<'_>) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut declared(), "balie", &mut text);
    let out = session.out;
    written(
        out.stdout
            .write_all(&text)
            .and_then(|()| out.stdout.flush()),
    )
}

pub(super) fn man(args: &ManArgs, mut session: Session<'_>) -> Outcome {
    let folder = &args.folder;
    std::fs::create_dir_all(folder)?;
    let fresh = tempfile::tempdir_in(folder)?;
    clap_mangen::generate_to(declared(), fresh.path())?;
    let mut first = OpenOptions::new()
        .append(true)
        .open(fresh.path().join("balie.1"))?;
    manual::surroundings().to_writer(&mut first)?;
    let mut config = File::create(fresh.path().join("balie.toml.5"))?;
    manual::config_page().to_writer(&mut config)?;
    for page in std::fs::read_dir(fresh.path())? {
        let page = page?;
        let place = folder.join(page.file_name());
        file::replace_own(&place, &std::fs::read(page.path())?, PAGE).map_err(|error| {
            Failure::invalid(
                format!("{}: {error}", place.display()),
                "pass a folder for the man pages alone",
            )
        })?;
    }
    session
        .out
        .say(&format!("The man pages are in {}", folder.display()));
    Ok(super::Exit::Done)
}
