//! `balie audit checkpoint`

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Map, Value, json};

use super::verify::read_checkpoint;
use crate::cli::language::said;
use crate::cli::output::{Format, Page, Tone, View, file};
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, show, written};
use crate::desk;
use crate::domain::log::checkpoint::{SignedCheckpoint, verifier_key};
use crate::vault::PublicKey;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit checkpoint > /mnt/safe/balie.checkpoint
  balie audit checkpoint --out /mnt/safe/balie.checkpoint     daily: the log must go on from the one there

It's a C2SP checkpoint: the log's name, its number of events, the RFC 6962 root over their hashes, and the
desk's Ed25519 signature as a signed note. --format json adds the key as other checkers take it.")]
pub(in crate::cli) struct Args {
    /// Write it to this file, replacing an earlier one that the log continues from
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let earlier = args.out.as_deref().map(earlier_at).transpose()?.flatten();
    let (mut desk, mut out, _) = session.open().await?;
    let (signed, key) = desk::audit::sign_checkpoint(&mut desk, earlier.as_slice()).await?;
    let view = CheckpointView { signed, key };
    if let Some(path) = &args.out {
        file::replace(path, view.signed.to_string().as_bytes()).map_err(|error| {
            Failure::invalid(
                format!("{}: {error}", path.display()),
                said!("pass another --out"),
            )
        })?;
        out.say(&said!(
            "{size} events signed in {path}",
            size = view.signed.checkpoint.size,
            path = path.display()
        ));
        if out.format == Format::Table {
            return Ok(Exit::Done);
        }
    }
    if out.format == Format::Table {
        // A note is exact to the byte: no page is laid over it.
        return written(write!(out.stdout, "{}", view.signed));
    }
    show(&mut out, &view)
}

/// The checkpoint that is there already. A link is neither followed nor replaced (rule 18).
fn earlier_at(path: &Path) -> Result<Option<SignedCheckpoint>, Failure> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(found) if !found.is_file() => Err(Failure::invalid(
            said!(
                "{path}: what is there isn't a checkpoint",
                path = path.display()
            ),
            said!("pass another --out"),
        )),
        _ => read_checkpoint(path).map(Some),
    }
}

struct CheckpointView {
    signed: SignedCheckpoint,
    key: PublicKey,
}

impl View for CheckpointView {
    fn schema(&self) -> &'static str {
        "balie.checkpoint/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let checkpoint = &self.signed.checkpoint;
        let fields = json!({
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": data_encoding::BASE64.encode(&checkpoint.root),
            "key": verifier_key(&checkpoint.origin, &self.key.0),
            "note": self.signed.to_string(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        page.line(Tone::Plain, &self.signed.to_string());
    }
}
