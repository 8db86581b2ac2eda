//! `balie audit verify`

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::cli::output::{Page, Tone, View};
use crate::cli::session::Session;
use crate::cli::{Failure, Outcome, show};
use crate::desk::{self, LogReport};
use crate::domain::checkpoint::{NotACheckpoint, SignedCheckpoint};
use crate::vault::PublicKey;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit verify
  balie audit verify --checkpoint /mnt/safe/balie.checkpoint

Exit 8 names the first event that doesn't hold. The log alone can't tell that its tail was cut off, that
all of it was written anew, or that an older copy was put back: a checkpoint that was kept elsewhere can.")]
pub(in crate::cli) struct Args {
    /// Hold the log against this checkpoint (may be given more than once)
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// The desk's public key (default: desk.pub beside the key file)
    #[arg(long, value_name = "FILE", requires = "checkpoint")]
    key: Option<PathBuf>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let kept = args.checkpoint.iter().map(|path| read_checkpoint(path));
    let kept = kept.collect::<Result<Vec<_>, _>>()?;
    let key = args
        .key
        .unwrap_or_else(|| session.key_file().with_file_name("desk.pub"));
    // Not the key that the database names: whoever rewrote the log could have put his own there.
    let key = if kept.is_empty() {
        None
    } else {
        Some(read_key(&key)?)
    };
    let (mut desk, mut out, _) = session.open().await?;
    let report = desk::verify_log(&mut desk, &kept, key.as_ref()).await?;
    show(&mut out, &ReportView(report))
}

pub(super) fn read_checkpoint(path: &Path) -> Result<SignedCheckpoint, Failure> {
    let hint = "pass a file that `balie audit checkpoint` wrote";
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::invalid(format!("{}: {error}", path.display()), hint))?;
    text.parse().map_err(|error: NotACheckpoint| {
        Failure::invalid(format!("{}: {error}", path.display()), hint)
    })
}

fn read_key(path: &Path) -> Result<PublicKey, Failure> {
    let hint = "pass the desk's public key with --key desk.pub";
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::invalid(format!("{}: {error}", path.display()), hint))?;
    PublicKey::from_text(&text)
        .ok_or_else(|| Failure::invalid(format!("{} is no desk key", path.display()), hint))
}

struct ReportView(LogReport);

impl View for ReportView {
    fn schema(&self) -> &'static str {
        "balie.audit_verify/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(&self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let LogReport {
            events,
            head,
            erased_details,
            checkpoints,
        } = &self.0;
        page.line(Tone::Good, &format!("The log holds: {events} events."));
        for size in checkpoints {
            let text = format!("It goes on from the checkpoint of {size} events.");
            page.line(Tone::Good, &text);
        }
        if *erased_details > 0 {
            let text = format!("{erased_details} details were erased by `audit prune`.");
            page.line(Tone::Plain, &text);
        }
        page.line(Tone::Faint, &format!("head {head}"));
        if checkpoints.is_empty() {
            let text = "Only a checkpoint that was kept elsewhere shows a tail that was cut off: --checkpoint FILE";
            page.line(Tone::Faint, text);
        }
    }
}
