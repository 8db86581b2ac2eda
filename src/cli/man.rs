//! `balie man DIR`

use std::fs::{File, OpenOptions};
use std::path::PathBuf;

use crate::cli::language::{noted, said};
use crate::cli::output::file;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Failure, Outcome, manual};

/// How an earlier page is known.
const PAGE: file::Own = file::Own {
    what: noted!("a man page of balie's"),
    begins: ".ie \\n(.g .ds Aq",
    mark: ".TH balie",
};

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

pub(super) fn man(args: &ManArgs, command: clap::Command, mut session: Session<'_>) -> Outcome {
    let folder = &args.folder;
    std::fs::create_dir_all(folder)?;
    let fresh = tempfile::tempdir_in(folder)?;
    clap_mangen::generate_to(command, fresh.path())?;
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
                said!("pass a folder for the man pages alone"),
            )
        })?;
    }
    session.out.say(&said!(
        "The man pages are in {folder}",
        folder = folder.display()
    ));
    Ok(crate::cli::Exit::Done)
}
