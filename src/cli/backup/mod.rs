//! `balie backup FILE`, `balie backup verify FILE`, `balie backup restore FILE`

mod failure;
mod restore;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value};

use super::output::{Page, Tone, View};
use super::shell::session::Session;
use super::shell::verb::{self, Login, Rehearsal};
use super::{Failure, Outcome, show};
use crate::cli::language::{noted, said};
use crate::desk;
use crate::desk::backup::{Copied, Place};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  balie backup /mnt/safe/balie.backup          replaces an earlier copy of this desk, and nothing else
  balie backup /mnt/safe --keep 48             under a name of its own in that folder; the newest 48 stay
  balie backup verify /mnt/safe/balie.backup   it's whole, and its log holds
  balie backup restore /mnt/safe/balie.backup  it's put back, where no desk is any more

A copy holds all that was committed, while others work on; only its owner can read it. It doesn't hold the keys: keep those
in a safe, apart from it. On PostgreSQL it's a dump, which `pg_dump` makes. Copies belong on another machine.")]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// Where the copy is to be: a file, or with --keep a folder
    #[arg(value_name = "FILE|DIR", required = true)]
    file: Option<PathBuf>,
    /// Keep so many copies in that folder, and remove older ones of this desk
    #[arg(long, value_name = "N")]
    keep: Option<NonZeroUsize>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Check that a copy is whole and that its log holds
    #[command(after_help = "\
Example:
  balie backup verify /mnt/safe/balie.backup

It needs no desk and changes nothing. A dump of PostgreSQL is read to its end; its log is walked where it was put back, by
`balie audit verify`. Exit 8 where the copy is damaged or its log doesn't hold.")]
    Verify {
        /// The copy
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Put a copy back where no desk is any more
    Restore(restore::Args),
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        match self.verb {
            None => Rehearsal::ONLY_A_FILE,
            Some(Verb::Verify { .. }) => Rehearsal::OnlyReads,
            Some(Verb::Restore(_)) => Rehearsal::Shows,
        }
    }

    fn login(&self) -> Login {
        match self.verb {
            None => Login::Needed,
            // There's no desk that could know anybody: a copy knows its admins.
            Some(Verb::Verify { .. } | Verb::Restore(_)) => Login::NotNeeded,
        }
    }
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    if let Some(Verb::Restore(args)) = args.verb {
        return restore::run(args, session).await;
    }
    if let Some(Verb::Verify { file }) = args.verb {
        let checked = desk::backup::verify_copy(&file, session.now).await?;
        let view = CopyView {
            copy: checked.copy,
            found: Some(checked.log_walked),
        };
        return show(&mut session.out, &view);
    }
    let path = args
        .file
        .ok_or_else(|| Failure::input_required(&said!("the place of the copy"), "FILE"))?;
    let place = match args.keep {
        Some(keep) => Place::Folder(path, keep.get()),
        None if path.is_dir() => {
            return Err(Failure::invalid(
                said!("{path} is a folder", path = path.display()),
                said!("pass --keep N to keep so many copies in it, or a file"),
            ));
        }
        None => Place::File(path),
    };
    let url = session.database_url()?;
    let (mut desk, mut out, _) = session.open().await?;
    let copy = desk::backup::back_up(&mut desk, &url, &place).await?;
    if !copy.removed.is_empty() {
        out.say(&said!(
            "{removed} older copies removed",
            removed = copy.removed.len()
        ));
    }
    show(&mut out, &CopyView { copy, found: None })
}

/// A copy that was made, or one that was looked at and whether its log was walked.
struct CopyView {
    copy: Copied,
    found: Option<bool>,
}

impl View for CopyView {
    fn schema(&self) -> &'static str {
        "balie.backup/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(&self.copy).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let Copied {
            file,
            desk,
            events,
            at,
            bytes,
            ..
        } = &self.copy;
        let (heading, moment) = match self.found {
            None => (said!("The copy is made."), "made"),
            Some(_) => (said!("The copy is whole."), noted!("last event")),
        };
        page.heading(&heading);
        page.fields(&[
            ("file", Tone::Plain, file.display().to_string()),
            ("desk", Tone::Plain, desk.clone()),
            ("events", Tone::Plain, events.to_string()),
            (moment, Tone::Plain, format!("{at:.0}")),
            ("bytes", Tone::Plain, bytes.to_string()),
        ]);
        let text = match self.found {
            None => {
                said!("The keys aren't in it: keep a copy of them in a safe, apart from this one.")
            }
            Some(true) => said!("Its log holds."),
            Some(false) => {
                said!(
                    "It's a dump: its log is walked where it was put back, by `balie audit verify`."
                )
            }
        };
        page.line(Tone::Faint, &text);
    }
}
