//! `balie reset`: each account in a transaction of its own, with its event, its use of the request and
//! its mails (rules 1 to 4, 9 to 12).

mod case;
pub(super) mod case_file;
mod pending;
mod reissue;
mod undo;
mod warrant;

pub use case::{CaseCard, cancel_case, cases, complete_case, show_case, start_case};
pub use pending::{PendingList, RemindReport, pending, remind, reopen};
pub use reissue::{Issued, ReissueOrder, ReissueReport, reissue};
pub use undo::{
    ToUndo, UndoPreview, UndoReport, destroy_retired, last_reset, preview_undo, reset_of_event,
    undo,
};

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use super::account::AccountCard;
use super::account::account_card;
use super::notify::{Mail, notify_each};
use super::reset::warrant::{Asked, asked, refuse, warrant};
use super::{Desk, Error, Result};
use crate::domain::account::SecondFactor;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::reset::not_done::NotDone;
use crate::domain::reset::reason::ResetReason;
use crate::domain::reset::receipt::{Receipt, Statement};
use crate::domain::reset::warrant::Purpose;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::operator::OperatorRow;
use crate::vault::Vault;

/// How it went for one account.
#[derive(Debug)]
pub struct ResetResult {
    /// Which.
    pub username: Username,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a reset.
#[derive(Debug)]
pub enum Outcome {
    /// It was done.
    Done {
        /// For the ticket.
        receipt: Receipt,
    },
    /// It could be done: this was a dry run.
    WouldBeDone,
    /// It wasn't done.
    NotDone {
        /// Why.
        why: NotDone,
        /// The number of the event, where there is one.
        event: Option<i64>,
    },
}

impl Outcome {
    /// Why it wasn't done; nothing where it was, or could be.
    #[must_use]
    pub const fn why_not(&self) -> Option<&NotDone> {
        match self {
            Self::Done { .. } | Self::WouldBeDone => None,
            Self::NotDone { why, .. } => Some(why),
        }
    }

    /// The receipt, where there is one.
    #[must_use]
    pub const fn receipt(&self) -> Option<&Receipt> {
        match self {
            Self::Done { receipt } => Some(receipt),
            Self::WouldBeDone | Self::NotDone { .. } => None,
        }
    }

    /// The number of the event, where there is one.
    #[must_use]
    pub fn event(&self) -> Option<i64> {
        match self {
            Self::Done { receipt } => Some(receipt.statement.event),
            Self::WouldBeDone => None,
            Self::NotDone { event, .. } => *event,
        }
    }
}

/// What an operator sees before "go on?" (rule 12).
#[derive(Debug, Serialize)]
pub struct Preview {
    /// The account.
    #[serde(skip)]
    pub card: AccountCard,
    /// Resets in the last 90 days, and the last one.
    pub resets: (i64, Option<Timestamp>),
    /// Other requests that name it.
    pub other_requests: i64,
}

/// Shows what a step to these accounts would hit (rule 12); on a request, the others that name them.
pub async fn preview(
    desk: &mut Desk<'_>,
    usernames: &[Username],
    request: Option<&RequestId>,
) -> Result<Vec<Preview>> {
    let mut previews = Vec::new();
    for username in usernames {
        let (mut tx, _) = desk.begin(Action::AccountShow).await?;
        let card = account_card(desk, &mut tx, username).await?;
        let account = card.account.id;
        let since = desk.now.plus(SignedDuration::from_hours(-24 * 90));
        let resets = tx.resets_since(account, since).await?;
        let this = request.map_or("", RequestId::as_str);
        let other_requests = tx.other_requests(account, this).await?;
        let before = if request.is_some() { "reset" } else { "change" };
        let mut event = desk.event(Action::AccountShow, json!({ "before": before }));
        event.account = Some(account);
        desk.commit(tx, event).await?;
        previews.push(Preview {
            card,
            resets,
            other_requests,
        });
    }
    Ok(previews)
}

/// Resets the accounts on the request, each for itself.
pub async fn reset(
    desk: &mut Desk<'_>,
    usernames: &[Username],
    id: &RequestId,
    reason: Option<ResetReason>,
    dry_run: bool,
) -> Result<Vec<ResetResult>> {
    let mut begun = desk.begin(Action::Reset).await?;
    let vault = desk.vault(&mut begun.0).await?;
    let mut begun = Some(begun);
    let mut results: Vec<ResetResult> = Vec::new();
    for username in usernames {
        if results.iter().any(|result| result.username == *username) {
            continue;
        }
        let begun = match begun.take() {
            Some(begun) => Ok(begun),
            None => desk.begin(Action::Reset).await,
        };
        let outcome = match begun {
            Ok(begun) => reset_one(desk, begun, &vault, username, id, reason, dry_run).await,
            Err(error) => Err(error),
        };
        let outcome = match outcome {
            Ok(outcome) => outcome,
            // What was done before the limit stands, and is told.
            Err(Error::Refused(limit @ Refusal::TooManyResets)) if !results.is_empty() => {
                Outcome::NotDone {
                    why: limit.into(),
                    event: None,
                }
            }
            Err(error) => return Err(error),
        };
        results.push(ResetResult {
            username: username.clone(),
            outcome,
        });
    }
    Ok(results)
}

async fn reset_one(
    desk: &mut Desk<'_>,
    (mut tx, operator): (Tx, OperatorRow),
    vault: &Vault,
    username: &Username,
    id: &RequestId,
    reason: Option<ResetReason>,
    dry_run: bool,
) -> Result<Outcome> {
    let asked = asked(desk, &mut tx, &operator, username, id, Purpose::Reset).await?;
    let Some(asked) = asked else {
        return Ok(Outcome::NotDone {
            why: NotDone::Unknown,
            event: None,
        });
    };
    let (warrant, approved_by) = match warrant(desk, &mut tx, &asked).await? {
        Ok(warranted) => warranted,
        Err(why) => {
            let event = refuse(desk, tx, &why, &asked, dry_run).await?;
            return Ok(Outcome::NotDone { why, event });
        }
    };
    let account = &asked.account.account;
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let destroy_at = desk.now.plus_hours(desk.policy.undo_hours);
    tx.reset_second_factor(&warrant, desk.now, destroy_at, enroll_by)
        .await?;
    tell(desk, &mut tx, &asked, reason, enroll_by).await?;
    let detail = json!({
        "second_factor": SecondFactor::from(account.enrollment()).state,
        "recovery_code": asked.account.recovery_code.state,
        "session_epoch": account.session_epoch + 1,
        "enroll_by": enroll_by,
        "reason": reason,
        "approved_by": approved_by,
        "requester": asked.requester()?.work_email,
    });
    let mut event = desk.event(Action::Reset, detail);
    event.account = Some(account.id);
    event.request = Some(id.to_string());
    if dry_run {
        return Ok(Outcome::WouldBeDone);
    }
    let recorded = desk.commit(tx, event).await?;
    let statement = Statement {
        account: username.clone(),
        request: id.clone(),
        event: recorded.seq,
        at: desk.now,
        head: recorded.hash,
        desk: vault.public_key().id(),
    };
    let receipt = vault.sign(statement);
    Ok(Outcome::Done { receipt })
}

/// Tells holder and requester (rule 10).
async fn tell(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    asked: &Asked,
    reason: Option<ResetReason>,
    enroll_by: Timestamp,
) -> Result<()> {
    let requester = asked.requester()?;
    let holder = &asked.account.account;
    let (name, username) = (holder.name.clone(), holder.username.to_string());
    let request = asked.request.request.public_id.to_string();
    let (at, address) = (desk.now, asked.desk_address().to_owned());
    let to_holder = if reason == Some(ResetReason::WrongPhone) {
        Notice::ResetHolderWrongPhone {
            name,
            username,
            requester: requester.name.clone(),
            request: request.clone(),
            at,
            enroll_by,
            desk: address,
        }
    } else {
        Notice::ResetHolder {
            name,
            username,
            requester: requester.name.clone(),
            request: request.clone(),
            at,
            enroll_by,
            desk: address,
        }
    };
    let to_requester = Notice::ResetRequester {
        name: requester.name.clone(),
        holder: holder.name.clone(),
        request,
        at,
        desk: asked.desk_address().to_owned(),
    };
    let mails = [
        Mail::plain(asked.to_holder(desk), to_holder),
        Mail::plain(asked.to_requester(desk)?, to_requester),
    ];
    notify_each(desk, tx, &mails).await?;
    Ok(())
}
