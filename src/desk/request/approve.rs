//! `balie request approve`: a second operator says yes to exactly what was shown.

use serde_json::json;

use super::second_operator::{shown, subject};
use super::standing::{RequestStanding, standing};
use crate::desk::account::AccountCard;
use crate::desk::account::account_card;
use crate::desk::lease::request_to_change;
use crate::desk::reset::case_file::{Asking, Yes, load as load_file};
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::directory::address::WorkAddress;
use crate::domain::log::event::{Action, Hash};
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::request::verdict::Verdict;
use crate::domain::reset::approval::{Approval, Approver, Involved, may_approve};
use crate::domain::reset::four_eyes::Reason;
use crate::store::Tx;
use crate::store::operator::OperatorRow;

/// One account of a request, as the second operator sees it.
#[derive(Debug)]
pub struct ToApprove {
    /// The account.
    pub card: AccountCard,
    /// Why one operator isn't enough; nothing where one is.
    pub reasons: Vec<Reason>,
    /// What the yes will be bound to.
    pub hash: Hash,
}

/// A request and the accounts that it can be approved for.
#[derive(Debug)]
pub struct ApprovalCard {
    /// The request.
    pub request: RequestStanding,
    /// The accounts that it wasn't used for yet.
    pub accounts: Vec<ToApprove>,
}

/// Shows what would be approved.
pub async fn show_approval(
    desk: &mut Desk<'_>,
    id: &RequestId,
    action: &str,
    only: &[Username],
) -> Result<ApprovalCard> {
    let (mut tx, operator) = desk.begin(Action::RequestApprove).await?;
    let request = standing(desk, &mut tx, id).await?;
    let shown = load(desk, &mut tx, &operator, request, action, only).await?;
    let mut event = desk.event(Action::RequestRead, json!({ "before": "approve" }));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(shown)
}

/// Approves the request for its accounts. `seen` are the hashes that the operator was shown: none of
/// them may have changed.
pub async fn approve_request(
    desk: &mut Desk<'_>,
    id: &RequestId,
    action: &str,
    only: &[Username],
    seen: Option<&[Hash]>,
) -> Result<(ApprovalCard, Approval)> {
    let (tx, operator) = desk.begin(Action::RequestApprove).await?;
    let (mut tx, request) = request_to_change(desk, tx, Action::RequestApprove, id).await?;
    let shown = load(desk, &mut tx, &operator, request, action, only).await?;
    let hashes: Vec<_> = shown.accounts.iter().map(|account| account.hash).collect();
    if seen.is_some_and(|seen| seen != hashes) {
        return Err(Refusal::ChangedSinceShown.into());
    }
    for account in &shown.accounts {
        let subject = subject(&shown.request, &account.card, action);
        tx.add_approval(&subject, &account.hash, &operator.login, desk.now)
            .await?;
    }
    let accounts: Vec<_> = shown
        .accounts
        .iter()
        .map(|account| {
            json!({
                "username": account.card.account.username,
                "reasons": account.reasons,
                "shown": data_encoding::HEXLOWER.encode(&account.hash),
            })
        })
        .collect();
    let detail = json!({ "for": action, "accounts": accounts });
    let mut event = desk.event(Action::RequestApprove, detail);
    event.request = Some(id.to_string());
    if let [only] = shown.accounts.as_slice() {
        event.account = Some(only.card.account.id);
    }
    desk.commit(tx, event).await?;
    let approval = Approval {
        by: operator.login,
        at: desk.now,
        hash: hashes.first().copied().unwrap_or_default(),
    };
    Ok((shown, approval))
}

async fn load(
    desk: &Desk<'_>,
    tx: &mut Tx,
    operator: &OperatorRow,
    request: RequestStanding,
    action: &str,
    only: &[Username],
) -> Result<ApprovalCard> {
    if request.request.verdict != Verdict::Verified {
        return Err(Refusal::RequestNotVerified.into());
    }
    if request.request.expires_at <= desk.now {
        return Err(Refusal::RequestExpired.into());
    }
    for username in only {
        if !request.reached().any(|b| b.username == *username) {
            return Err(Refusal::NotCovered.into());
        }
    }
    let approver = Approver {
        login: &operator.login,
        work_email: operator.work_email.as_ref().map(WorkAddress::as_str),
    };
    let mut cards = Vec::new();
    for bound in request.reached() {
        let wanted = only.is_empty() || only.contains(&bound.username);
        if !wanted || bound.used_at.is_some() {
            continue;
        }
        let card = account_card(desk, tx, &bound.username).await?;
        let involved = Involved {
            starter: None,
            requester: request.request.from_address.as_deref(),
            holder: Some(card.account.username.as_str()),
            holder_address: Some(card.account.work_email.as_str()),
        };
        may_approve(&approver, &involved)?;
        cards.push(card);
    }
    if cards.is_empty() {
        return Err(Error::Refused(Refusal::AlreadyUsed));
    }
    let usernames: Vec<_> = cards
        .iter()
        .map(|card| card.account.username.to_string())
        .collect();
    let asking = Asking::from(&request);
    let (file, _) = load_file(desk, tx, operator, asking, &usernames, Yes::Later).await?;
    let accounts = cards.into_iter().map(|card| ToApprove {
        reasons: file.reasons(&card.account.username, desk.now),
        hash: shown(&request, &card, action),
        card,
    });
    let accounts = accounts.collect();
    Ok(ApprovalCard { request, accounts })
}
