//! A request's end by an operator's word: what rejecting and closing have in common.

use serde_json::Value;

use super::card::{RequestCard, card};
use super::refused::refused;
use super::standing::RequestStanding;
use crate::desk::lease::request_to_change;
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::store::Tx;
use crate::store::request::{Ending, RequestRow};

/// Why nothing can be done any more with a request that an operator ended; nothing where nobody did.
pub(super) fn why_ended(request: &RequestRow) -> Option<Refusal> {
    request.rejected_at.map(|_| match request.closed_at {
        Some(_) => Refusal::RequestClosed,
        None => Refusal::RequestRejected,
    })
}

/// Ends a request for good, with its codes, unless all of it is done already or a colleague ended it before.
pub(super) async fn end(
    desk: &mut Desk<'_>,
    id: &RequestId,
    (action, reason): (Action, &str),
) -> Result<(Tx, RequestStanding)> {
    let (tx, _) = desk.begin(action).await?;
    let (mut tx, request) = request_to_change(desk, tx, action, id).await?;
    let asked = &request.request;
    if asked.accounts > 0 && asked.used == asked.accounts {
        return refused(desk, tx, action, id, Refusal::AlreadyUsed).await;
    }
    if let Some(refusal) = why_ended(asked) {
        return refused(desk, tx, action, id, refusal).await;
    }
    let ending = Ending {
        by: &desk.operator,
        reason,
        is_closed: action == Action::RequestClose,
    };
    if !tx.end_request(asked.id, &ending, desk.now).await?.took() {
        return refused(desk, tx, action, id, Refusal::RequestRejected).await;
    }
    tx.void_challenges(asked.id, desk.now).await?;
    Ok((tx, request))
}

/// Keeps the end with its event, unless it was only rehearsed; the request as it stands then.
pub(super) async fn ended(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    id: &RequestId,
    (action, detail): (Action, Value),
    dry_run: bool,
) -> Result<RequestCard> {
    let card = card(desk, &mut tx, id).await?;
    if dry_run {
        return Ok(card);
    }
    let mut event = desk.event(action, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}
