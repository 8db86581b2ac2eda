//! A request's end by an operator's word: what `balie request reject` and `close` ask and show alike.

use super::show::RequestView;
use crate::cli::language::said;
use crate::cli::output::Out;
use crate::cli::shell::parse::parse_request;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::domain::log::event::Action;

/// The longest reason, in characters.
const LONGEST: usize = 500;

/// How a request ends.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// It's refused, and the address on file is told.
    Reject,
    /// It isn't a request: nobody is told.
    Close,
}

impl End {
    const fn action(self) -> Action {
        match self {
            Self::Reject => Action::RequestReject,
            Self::Close => Action::RequestClose,
        }
    }

    fn why(self) -> String {
        match self {
            Self::Reject => said!("Why (the requester reads it)"),
            Self::Close => said!("Why (nobody is mailed)"),
        }
    }
}

pub(super) async fn run(
    end: End,
    (id, reason): (&str, Option<&str>),
    take_over: TakeOver,
    session: Session<'_>,
) -> Outcome {
    let id = parse_request(id)?;
    let given = reason.map(tidy).transpose()?;
    let (mut desk, mut out, _) = session.open().await?;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let reason = match given {
            Some(reason) => reason,
            None => tidy(&out.ask(&end.why(), "--reason TEXT")?)?,
        };
        if out.is_to_ask()? {
            let card = desk::request::show_request(desk, &id).await?;
            out.show_aside(&RequestView::new(card, desk.now, out.verbose));
            out.go_on(&match end {
                End::Reject => said!("Reject {id} for good", id = id),
                End::Close => said!("Close {id} for good, and tell nobody", id = id),
            })?;
        }
        Ok(match end {
            End::Reject => desk::request::reject(desk, &id, &reason, out.dry_run).await?,
            End::Close => desk::request::close(desk, &id, &reason, out.dry_run).await?,
        })
    };
    let step = (end.action(), &id);
    let card = take_over.of_request(step, &mut desk, &mut out, act).await?;
    out.say_if_rehearsed();
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}

/// The reason in one line.
fn tidy(reason: &str) -> Result<String, Failure> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > LONGEST {
        return Err(Failure::invalid(
            said!("a reason has 1 to {most} characters", most = LONGEST),
            said!("pass --reason TEXT"),
        ));
    }
    Ok(reason)
}
