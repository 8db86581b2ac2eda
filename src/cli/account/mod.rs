//! `balie find`, `balie account show|history`, and what else is done to accounts.

mod add;
mod block;
pub(super) mod find;
pub(super) mod history;
mod phone;
pub(super) mod preview;
mod shared;
pub(super) mod view;

use clap::Subcommand;

use crate::cli::account::find::{FindArgs, find};
use crate::cli::account::history::HistoryView;
use crate::cli::account::phone::PhoneView;
use crate::cli::shell::completing;
use crate::cli::shell::ending::show_some;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, show};
use crate::desk;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Search accounts
    Find(FindArgs),
    /// One account: who, where, and the state of the second factor
    #[command(after_help = "\
Examples:
  balie account show j.jansen
  balie account show j.jansen@beatrixschool.nl       by the work address
  balie account show j.jansen --format json")]
    Show {
        /// The exact username, or the exact work address
        #[arg(add = completing::accounts())]
        username: Option<String>,
    },
    /// Register an account: a new colleague's, or a personal one for somebody who shared a login
    Add(add::Args),
    /// Block an account and end its sessions
    #[command(
        after_help = "Example:\n  balie account block j.jansen --reason \"phone stolen, school called\""
    )]
    Block(block::Args),
    /// Unblock an account (a senior)
    #[command(
        after_help = "Example:\n  balie account unblock j.jansen --reason \"school confirmed by mail\""
    )]
    Unblock(block::Args),
    /// Logins that look as if several people use them
    #[command(after_help = "\
Example:
  balie account shared

The signs: the username, name or address of a function; the name of several people; an address that other logins
have too; many roles at one school; personal logins that were issued to replace it.")]
    Shared {
        /// How many at most
        #[arg(long, default_value_t = 1000, value_name = "N")]
        limit: usize,
    },
    /// What was done to one account, newest first
    #[command(after_help = "Example:\n  balie account history j.jansen")]
    History {
        /// The exact username
        #[arg(add = completing::accounts())]
        username: Option<String>,
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Find(_) | Self::Show { .. } | Self::Shared { .. } | Self::History { .. } => {
                Rehearsal::OnlyReads
            }
            Self::Add(_) | Self::Block(_) | Self::Unblock(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Find(args) => find(args, session).await,
        Verb::Add(args) => add::run(args, session).await,
        Verb::Block(args) => block::run(args, block::Way::Block, session).await,
        Verb::Unblock(args) => block::run(args, block::Way::Unblock, session).await,
        Verb::Shared { limit } => shared::run(limit, session).await,
        Verb::Show { username } => {
            let (mut desk, mut out, _) = session.open().await?;
            let typed = match username {
                // A work address may have letters that no username has.
                Some(text) if text.contains('@') => text,
                Some(text) => parse_username(&text)?.to_string(),
                None => super::shell::pick::account(&mut desk, &mut out)
                    .await?
                    .to_string(),
            };
            let card = desk::account::phone_card(&mut desk, &typed).await?;
            let now = desk.now;
            show(&mut out, &PhoneView { card, now })
        }
        Verb::History { username, limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            let username = match username {
                Some(text) => parse_username(&text)?,
                None => super::shell::pick::account(&mut desk, &mut out).await?,
            };
            let events = desk::account::account_history(&mut desk, &username, limit).await?;
            let shown = events.len();
            show_some(
                &mut out,
                &HistoryView {
                    schema: "balie.history/1",
                    events,
                },
                shown,
                limit,
            )
        }
    }
}
