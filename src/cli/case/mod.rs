//! `balie case`: break-glass, started by `balie reset --break-glass`

pub(super) mod view;

use clap::Subcommand;

use crate::cli::account::preview::show_earlier;
use crate::cli::case::view::{CaseView, CasesView};
use crate::cli::language::said;
use crate::cli::output::Out;
use crate::cli::shell::completing;
use crate::cli::shell::ending::show_some;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// The newest cases
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// One case: who started it, and why
    Show {
        /// Its id, such as B-4K7Q2
        #[arg(add = completing::cases())]
        id: String,
    },
    /// Reset, as the second operator
    #[command(after_help = "\
Example:
  balie case complete B-4K7Q2

For a senior who didn't start it, within an hour, and only while the account is what the starter saw.
Holder and school are told that there was no request.")]
    Complete {
        /// Its id, such as B-4K7Q2
        #[arg(add = completing::cases())]
        id: String,
        #[command(flatten)]
        take_over: TakeOver,
    },
    /// Cancel it
    Cancel {
        /// Its id, such as B-4K7Q2
        #[arg(add = completing::cases())]
        id: String,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Cancel { .. } => Rehearsal::ONE_STEP,
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
            Self::Complete { .. } => Rehearsal::Shows,
        }
    }
}

fn parse(id: &str) -> Result<RequestId, Failure> {
    RequestId::typed_case(id).map_err(|_| {
        Failure::invalid(
            said!("`{id}` isn't a case id such as B-4K7Q2", id = id),
            said!("see `balie case list`"),
        )
    })
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::List { limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            let cases = desk::reset::cases(&mut desk, limit).await?;
            let now = desk.now;
            let shown = cases.len();
            show_some(&mut out, &CasesView { cases, now }, shown, limit)
        }
        Verb::Show { id } => {
            let id = parse(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            let card = desk::reset::show_case(&mut desk, &id).await?;
            show(&mut out, &CaseView::of(card, desk.now))
        }
        Verb::Cancel { id } => {
            let id = parse(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            out.must_go_on(&said!("Cancel {id}", id = id))?;
            let card = desk::reset::cancel_case(&mut desk, &id).await?;
            show(&mut out, &CaseView::of(card, desk.now))
        }
        Verb::Complete { id, take_over } => {
            let id = parse(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            let now = desk.now;
            // Nobody is looked up for a call that goes no further.
            let asks = out.is_to_ask()?;
            let card = desk::reset::show_case(&mut desk, &id).await?;
            let username = card.case.username.clone();
            let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
                if asks {
                    out.show_aside(&CaseView::of(card, now));
                    show_earlier(desk, out, std::slice::from_ref(&username), None).await?;
                    out.go_on(&said!(
                        "Reset 2FA of {username} without a request",
                        username = username
                    ))?;
                }
                Ok(desk::reset::complete_case(desk, &id, out.dry_run).await?)
            };
            let step = (Action::BreakGlassReset, &username);
            let receipt = take_over.of_account(step, &mut desk, &mut out, act).await?;
            let card = desk::reset::show_case(&mut desk, &id).await?;
            show(&mut out, &CaseView { card, now, receipt })
        }
    }
}
