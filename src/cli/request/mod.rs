//! `balie request`: a mail in, and what becomes of it.

pub(super) mod age;
mod approve;
mod assign;
mod challenge;
mod close;
mod confirm;
mod end;
pub(super) mod list;
mod next;
mod receive;
mod reject;
mod reverify;
pub(super) mod show;
pub(super) mod words;

use clap::Subcommand;

use super::output::Tone;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome};
use crate::desk::request::Border;
use crate::domain::request::id::{BadRequestId, RequestId};
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::mail::Dns;
use crate::store::request::RequestRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Receive a mail, check it, and give the verdict
    Receive(receive::Args),
    /// The requests: those that wait first, the oldest at the top
    List(list::Args),
    /// One request: who asks, for whom, and why the verdict is what it is
    Show(show::Args),
    /// Approve what it asks for, as a second operator
    Approve(approve::Args),
    /// Say which accounts a request is for
    Assign(assign::Args),
    /// Mail a code to the requester's address on file
    Challenge(challenge::Args),
    /// Check the code that the requester gives back
    Confirm(confirm::Args),
    /// Reject a request, and tell the requester's address on file
    Reject(reject::Args),
    /// Close what isn't a request (a thank-you, junk, the same mail again): nobody is mailed
    Close(close::Args),
    /// Run the checks again from the record, and settle what DNS left open
    Reverify(reverify::Args),
}

/// Why taking a mail in can't be rehearsed.
pub(super) const A_MAIL_IS_KEPT: &str = "a mail that is looked at is kept, whatever its verdict";

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Receive(_) => Rehearsal::Impossible(A_MAIL_IS_KEPT),
            Self::Reverify(args) if !args.offline => {
                Rehearsal::Impossible("what DNS says now is kept; with --offline nothing is")
            }
            Self::Confirm(_) => Rehearsal::EACH_TRY_COUNTS,
            Self::Show(args) if args.eml.is_some() => Rehearsal::ONLY_A_FILE,
            Self::List(_) | Self::Show(_) => Rehearsal::OnlyReads,
            Self::Approve(_)
            | Self::Assign(_)
            | Self::Challenge(_)
            | Self::Close(_)
            | Self::Reject(_)
            | Self::Reverify(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Receive(args) => receive::run(args, session).await,
        Verb::List(args) => list::run(args, session).await,
        Verb::Show(args) => show::run(args, session).await,
        Verb::Approve(args) => approve::run(args, session).await,
        Verb::Assign(args) => assign::run(args, session).await,
        Verb::Challenge(args) => challenge::run(args, session).await,
        Verb::Confirm(args) => confirm::run(args, session).await,
        Verb::Reject(args) => reject::run(args, session).await,
        Verb::Close(args) => close::run(args, session).await,
        Verb::Reverify(args) => Box::pin(reverify::run(args, session)).await,
    }
}

pub(super) fn parse_request(text: &str) -> Result<RequestId, Failure> {
    RequestId::typed(text).map_err(|error: BadRequestId| {
        Failure::invalid(error.to_string(), "see `balie request list`")
    })
}

/// The resolver that the config names.
fn resolver(session: &Session<'_>) -> Result<Dns, Failure> {
    Dns::new(session.config.dns.server.as_deref()).map_err(|error| {
        Failure::invalid(error.to_string(), "correct `[dns] server` in the config")
    })
}

/// What is asked and trusted when a mail comes in.
pub(super) fn border(session: &Session<'_>) -> Result<Border, Failure> {
    Ok(Border {
        dns: resolver(session)?,
        authserv_ids: session.config.mail.authserv_ids.clone(),
        trusted_arc_sealers: session.config.mail.trusted_arc_sealers.clone(),
        microsoft_origin: session.config.mail.microsoft_origin.unwrap_or(true),
    })
}

fn status(request: &RequestRow, now: Timestamp) -> &'static str {
    match request.verdict {
        _ if request.accounts > 0 && request.used == request.accounts => "used",
        _ if request.closed_at.is_some() => "closed",
        Verdict::Rejected => "rejected",
        _ if request.expires_at <= now => "expired",
        Verdict::Verified => "ready",
        Verdict::Challenge => "waiting",
    }
}

fn tone(verdict: &str) -> Tone {
    match verdict {
        "verified" | "pass" => Tone::Good,
        "rejected" | "fail" => Tone::Bad,
        _ => Tone::Warn,
    }
}
