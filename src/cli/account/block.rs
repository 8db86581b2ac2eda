//! `balie account block|unblock`

use serde_json::{Map, Value, json};

use super::preview::show_impact;
use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::account::AccountCard;
use crate::domain::log::event::Action;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The exact username
    #[arg(add = completing::accounts())]
    username: Option<String>,
    /// Why, for the log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    take_over: TakeOver,
}

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Way {
    Block,
    Unblock,
}

pub(in crate::cli) async fn run(args: Args, way: Way, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let username = match args.username {
        Some(text) => parse_username(&text)?,
        None => crate::cli::shell::pick::account(&mut desk, &mut out).await?,
    };
    let reason = match args.reason {
        Some(reason) => reason,
        None => out.ask(&said!("Why, for the log"), "--reason TEXT")?,
    };
    let (question, action) = match way {
        Way::Block => (
            said!("Block {username}", username = username),
            Action::AccountBlock,
        ),
        Way::Unblock => (
            said!("Unblock {username}", username = username),
            Action::AccountUnblock,
        ),
    };
    let dry_run = out.dry_run;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        if out.is_to_ask()? {
            show_impact(desk, out, std::slice::from_ref(&username), None).await?;
            out.go_on(&question)?;
        }
        Ok(match way {
            Way::Block => desk::account::block_account(desk, &username, &reason, dry_run).await?,
            Way::Unblock => {
                desk::account::unblock_account(desk, &username, &reason, dry_run).await?
            }
        })
    };
    let step = (action, &username);
    let card = args
        .take_over
        .of_account(step, &mut desk, &mut out, act)
        .await?;
    show(&mut out, &StatusView { card, dry_run })
}

struct StatusView {
    card: AccountCard,
    dry_run: bool,
}

impl View for StatusView {
    fn schema(&self) -> &'static str {
        "balie.account_status/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let account = &self.card.account;
        let fields = json!({
            "username": account.username,
            "status": account.status,
            "session_epoch": account.session_epoch,
            "dry_run": self.dry_run,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
        }
        let account = &self.card.account;
        let text = if account.status.as_str() == "blocked" {
            said!("blocked; its sessions are ended, and the holder is told by mail.")
        } else {
            said!("unblocked; the holder is told by mail.")
        };
        page.line(Tone::Good, &format!("{}: {text}", account.username));
    }
}
