//! `balie request reject`, and refusals by themselves: the address on file is told, never the sender,
//! with what to do.

use jiff::SignedDuration;
use serde_json::json;

use super::card::RequestCard;
use super::challenge::address_of;
use super::end::{end, ended};
use super::standing::RequestStanding;
use crate::desk::notify::{Letter, notify};
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::request::id::RequestId;
use crate::domain::request::rejection::advice;
use crate::domain::request::verdict::{CheckName, Verdict};
use crate::store::Tx;

/// How many refusals an address is told of by themselves within a day: a forger can't flood it.
const TOLD_A_DAY: i64 = 3;
/// How many of mails that its own domain signed: a forger can't use these up.
const TOLD_OF_OWN: i64 = 10;

/// Rejects a request for good.
pub async fn reject(
    desk: &mut Desk<'_>,
    id: &RequestId,
    reason: &str,
    dry_run: bool,
) -> Result<RequestCard> {
    let step = (Action::RequestReject, reason);
    let (mut tx, request) = end(desk, id, step).await?;
    let told = match &request.requester {
        Some(requester) => {
            let notice = Notice::RequestRejected {
                name: requester.name.clone(),
                request: id.to_string(),
                reason: reason.to_owned(),
                at: desk.now,
                desk: address_of(&mut tx, &request).await?,
            };
            tell(desk, &mut tx, &request, notice).await?;
            true
        }
        None => false,
    };
    let detail = json!({ "reason": reason, "told": told });
    ended(desk, tx, id, (Action::RequestReject, detail), dry_run).await
}

/// Tells the address on file why a mail in its name was rejected as it came in, and what to do.
pub(super) async fn tell_by_itself(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    request: &RequestCard,
    rejected_by: &[CheckName],
) -> Result<bool> {
    let request = &request.standing;
    let requester = request.requester.as_ref();
    let requester = requester.filter(|requester| requester.is_valid(desk.now));
    let (Some(requester), Some(advice)) = (requester, advice(rejected_by)) else {
        return Ok(false);
    };
    let since = desk.now.plus(SignedDuration::from_hours(-24));
    let is_own = request.request.aligned;
    let address = requester.work_email.as_str();
    let told = tx.refusals_told(address, is_own, since).await?;
    let most = if is_own { TOLD_OF_OWN } else { TOLD_A_DAY };
    if request.request.verdict != Verdict::Rejected || told >= most {
        return Ok(false);
    }
    let notice = Notice::RequestRefused {
        name: requester.name.clone(),
        request: request.request.public_id.to_string(),
        advice: advice.to_owned(),
        at: desk.now,
        desk: address_of(tx, request).await?,
    };
    tell(desk, tx, request, notice).await?;
    tx.refusal_told(request.request.id, desk.now).await?;
    Ok(true)
}

async fn tell(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    request: &RequestStanding,
    notice: Notice,
) -> Result<()> {
    let Some(requester) = &request.requester else {
        return Ok(());
    };
    let desk_address = address_of(tx, request).await?;
    let letter = Letter::to_requester(requester, desk, &desk_address);
    notify(desk, tx, letter, notice).await
}
