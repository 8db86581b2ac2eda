//! `balie completions SHELL`, `balie man DIR`

use std::path::Path;

use clap_complete::Shell;

use super::session::Session;
use super::{Outcome, declared, written};

pub(super) fn completions(shell: Shell, session: Session<'_>) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut declared(), "balie", &mut text);
    let out = session.out;
    written(
        out.stdout
            .write_all(&text)
            .and_then(|()| out.stdout.flush()),
    )
}

pub(super) fn man(folder: &Path, mut session: Session<'_>) -> Outcome {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(declared(), folder)?;
    session
        .out
        .say(&format!("The man pages are in {}", folder.display()));
    Ok(super::Exit::Done)
}
