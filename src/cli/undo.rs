//! `balie undo`

use serde_json::{Map, Value, json};

use crate::cli::account::view::AccountView;
use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::receipt::read_receipt;
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::reset::{ToUndo, UndoPreview, UndoReport};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::reset::receipt::Receipt;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie undo j.jansen                                   the last reset of that account
  balie undo --event 4711                               the reset that is that event of the log
  balie undo \"balie-receipt/1 account=… sig=…\"
  balie undo - < receipt.txt

A different operator than the one who did the reset runs this, within `policy.undo_hours`, and only until
the holder has enrolled again. The old authenticator works as before; the recovery code stays void.")]
pub(super) struct Args {
    /// The account, the receipt's line, or - for a receipt on standard input
    #[arg(value_name = "ACCOUNT|RECEIPT", add = completing::accounts())]
    receipt: Vec<String>,
    /// The reset that is this event, as `balie account history` names it
    #[arg(long, value_name = "N", conflicts_with = "receipt")]
    event: Option<i64>,
    #[command(flatten)]
    take_over: TakeOver,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::Shows
    }
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let typed = Typed::read(&args, &mut session)?;
    let (mut desk, mut out, _) = session.open().await?;
    // A yes that is missing is said before anything is looked up.
    out.is_to_ask()?;
    let which = typed.found(&mut desk).await?;
    let who = which.account();
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        if out.is_to_ask()? {
            let preview = desk::reset::preview_undo(desk, &which).await?;
            show_preview(out, &preview);
            out.go_on(&said!("Undo the reset of {who}", who = who))?;
        }
        Ok(desk::reset::undo(desk, &which, out.dry_run).await?)
    };
    let step = (Action::ResetUndo, who);
    let report = args
        .take_over
        .of_account(step, &mut desk, &mut out, act)
        .await?;
    show(&mut out, &UndoView(report))
}

/// What was typed to say which reset is meant.
enum Typed {
    Account(Username),
    Event(i64),
    Receipt(Receipt),
}

impl Typed {
    fn read(args: &Args, session: &mut Session<'_>) -> Result<Self, Failure> {
        if let Some(event) = args.event {
            return Ok(Self::Event(event));
        }
        match args.receipt.as_slice() {
            // A receipt is many words, or one line with spaces in it; `-` is standard input.
            [word] if word != "-" && !word.contains([' ', '/']) => {
                parse_username(word).map(Self::Account)
            }
            words => read_receipt(words, session).map(Self::Receipt),
        }
    }

    async fn found(self, desk: &mut Desk<'_>) -> Result<ToUndo, Failure> {
        Ok(match self {
            Self::Account(username) => desk::reset::last_reset(desk, &username).await?,
            Self::Event(event) => desk::reset::reset_of_event(desk, event).await?,
            Self::Receipt(receipt) => ToUndo::Receipt(receipt),
        })
    }
}

/// On standard error: it isn't data.
fn show_preview(out: &mut Out<'_>, preview: &UndoPreview) {
    let mut page = out.page();
    AccountView(&preview.card).page(&mut page);
    let text = said!(
        "Reset by {by} on {at}.",
        by = preview.reset_by,
        at = format!("{:.0}", preview.reset_at)
    );
    page.line(Tone::Warn, &text);
    out.tell(page);
}

struct UndoView(UndoReport);

impl View for UndoView {
    fn schema(&self) -> &'static str {
        "balie.undo/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let UndoReport {
            username,
            event,
            reset,
            second_factor,
        } = &self.0;
        let fields = json!({
            "username": username,
            "outcome": "done",
            "second_factor": second_factor,
            "reset": reset.to_string(),
            "event": event.map(|event| event.to_string()),
            "dry_run": event.is_none(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let UndoReport {
            username, event, ..
        } = &self.0;
        if event.is_none() {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
            page.line(
                Tone::Good,
                &said!("{username}: the reset can be undone.", username = username),
            );
            return;
        }
        page.line(
            Tone::Good,
            &said!(
                "{username}: the reset was undone; the old authenticator works again.",
                username = username
            ),
        );
        page.line(
            Tone::Plain,
            &said!("The recovery code stays void. Holder and requester are told by mail."),
        );
    }
}
