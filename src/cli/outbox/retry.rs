//! `balie outbox retry`

use super::changed::{ChangedView, plain};
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::mail::Which;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie outbox retry --failed -n        which mails that were given up would be tried again
  balie outbox retry 0f3a…@otservicedesk.nl

They're due at once, and go with the next `balie outbox send`. All of them, or none.")]
pub(in crate::cli) struct Args {
    /// Their Message-IDs, as `balie outbox list --format json` names them
    #[arg(value_name = "MESSAGE_ID", required_unless_present = "failed")]
    message_ids: Vec<String>,
    /// All that were given up
    #[arg(long, conflicts_with = "message_ids")]
    failed: bool,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let which = if args.failed {
        Which::Failed
    } else {
        Which::Named(plain(&args.message_ids))
    };
    let dry_run = out.dry_run;
    let changed = desk::mail::retry_mails(&mut desk, which, dry_run).await?;
    out.say_if_rehearsed();
    let schema = "balie.outbox_retry/1";
    let view = ChangedView {
        schema,
        changed,
        dry_run,
    };
    show(&mut out, &view)
}
