//! `balie outbox cancel`

use super::changed::{ChangedView, plain};
use crate::cli::language::said;
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie outbox cancel 0f3a…@otservicedesk.nl
  balie outbox cancel 0f3a…@otservicedesk.nl -n

For an admin. The mail isn't sent, a code that it carries is erased, and `doctor` doesn't warn of it any more.
All of them, or none.")]
pub(in crate::cli) struct Args {
    /// Their Message-IDs, as `balie outbox list --format json` names them
    #[arg(value_name = "MESSAGE_ID", required = true)]
    message_ids: Vec<String>,
}

pub(super) async fn run(args: &Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let ids = plain(&args.message_ids);
    let what = match ids.as_slice() {
        [one] => said!(
            "Cancel the mail {one}: nobody is told what it says",
            one = one
        ),
        many => said!(
            "Cancel {number} mails: nobody is told what they say",
            number = many.len()
        ),
    };
    out.must_go_on(&what)?;
    let dry_run = out.dry_run;
    let changed = desk::mail::cancel_mails(&mut desk, &ids, dry_run).await?;
    out.say_if_rehearsed();
    let schema = "balie.outbox_cancel/1";
    let view = ChangedView {
        schema,
        changed,
        dry_run,
    };
    show(&mut out, &view)
}
