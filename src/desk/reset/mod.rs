//! `balie reset`: each account in a transaction of its own, with its event, its use of the request and
//! its mails (rules 1 to 4, 9 to 12).

mod case;
mod pending;
mod reissue;
mod undo;
mod warrant;

pub use case::{CaseCard, cancel_case, cases, complete_case, show_case, start_case};
pub use pending::{PendingList, RemindReport, pending, remind, reopen};
pub use reissue::{Issued, ReissueOrder, ReissueReport, reissue};
pub use undo::{UndoPreview, UndoReport, destroy_retired, preview_undo, undo};

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use super::account::AccountCard;
use super::account::{account_card, existing_account};
use super::notify::{Mail, notify_each};
use super::reset::warrant::{Asked, asked, refuse, warrant};
use super::{Desk, Error, Result};
use crate::domain::account::SecondFactor;
use crate::domain::bulk::plan::RowFault;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
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
    /// Done, with the receipt (none of a dry run); or why not, with the number of the event.
    pub outcome: std::result::Result<Option<Receipt>, (NotDone, Option<i64>)>,
}

/// Why an account wasn't reset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// A rule says no.
    Refused(Refusal),
    /// There is no such account.
    Unknown,
    /// A colleague has the account or the request open.
    Held {
        /// What is open.
        what: &'static str,
        /// Who.
        by: String,
        /// Since when.
        since: Timestamp,
    },
}

impl NotDone {
    /// Whether a state was found that the caller didn't expect, rather than a rule broken.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.is_conflict(),
            Self::Held { .. } => true,
            Self::Unknown => false,
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
                Err((NotDone::Refused(limit), None))
            }
            Err(Error::Held { what, by, since }) => {
                let event = if dry_run {
                    None
                } else {
                    refuse_as_held(desk, username, id, (what, &by, since)).await?
                };
                Err((NotDone::Held { what, by, since }, event))
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

async fn refuse_as_held(
    desk: &mut Desk<'_>,
    username: &Username,
    id: &RequestId,
    (what, by, since): (&str, &str, Timestamp),
) -> Result<Option<i64>> {
    let (mut tx, _) = desk.begin(Action::Reset).await?;
    let account = existing_account(desk, &mut tx, username).await?;
    let code = RowFault::Held.as_str();
    let detail = json!({ "code": code, "what": what, "by": by, "since": since });
    let mut event = desk.event(Action::ResetRefused, detail);
    event.account = Some(account.id);
    event.request = Some(id.to_string());
    Ok(Some(desk.commit(tx, event).await?.seq))
}

type Outcome = std::result::Result<Option<Receipt>, (NotDone, Option<i64>)>;

async fn reset_one(
    desk: &mut Desk<'_>,
    (mut tx, operator): (Tx, OperatorRow),
    vault: &Vault,
    username: &Username,
    id: &RequestId,
    reason: Option<ResetReason>,
    dry_run: bool,
) -> Result<Outcome> {
    let Some(asked) = asked(desk, &mut tx, username, id, Purpose::Reset).await? else {
        return Ok(Err((NotDone::Unknown, None)));
    };
    if let Some(held) = asked.held() {
        return Err(held.into());
    }
    let (warrant, approved_by) = match warrant(desk, &mut tx, &operator, &asked).await? {
        Ok(warranted) => warranted,
        Err(refusal) => {
            let event = refuse(desk, tx, refusal, &asked, dry_run).await?;
            return Ok(Err((NotDone::Refused(refusal), event)));
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
        return Ok(Ok(None));
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
    Ok(Ok(Some(vault.sign(statement))))
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
