//! `balie next`: the oldest request that waits for the desk, held for whoever takes it.

use jiff::SignedDuration;
use serde_json::json;

use super::queue::{has_own_yes, look_for_second_operators};
use super::request_of;
use super::standing::record;
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::operator::Leased;
use crate::store::request::QueueFilter;

/// How long it's held.
const HELD: SignedDuration = SignedDuration::from_mins(15);
/// How many are looked at: colleagues hold one each.
const LOOKED_AT: i64 = 200;

/// A request that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Which.
    pub id: RequestId,
    /// Until when it's held.
    pub until: Timestamp,
}

/// Takes the oldest request that waits for the desk and that no colleague has open; nothing where none does. Whoever asks
/// again while one is held gets the same one.
pub async fn next_request(desk: &mut Desk<'_>) -> Result<Option<Taken>> {
    let (mut tx, operator) = desk.begin(Action::RequestRead).await?;
    let (reach, reader, now) = (&desk.reach, desk.operator.as_str(), desk.now);
    let filter = QueueFilter::default();
    let mut rows = tx
        .waiting_requests(reach, reader, &filter, LOOKED_AT, now)
        .await?;
    let may_say_yes = operator.role.may(Action::RequestApprove);
    let until = now.plus(HELD);
    for row in &mut rows {
        if row.open_by.as_ref().is_some_and(|by| *by != desk.operator) {
            continue;
        }
        // Whether it needs a second operator costs several questions: it's asked of those that come first alone.
        look_for_second_operators(desk, &mut tx, std::slice::from_mut(row)).await?;
        let is_for_desk = match row.waits_for.as_deref() {
            Some("code") | None => false,
            Some("yes") => may_say_yes && !has_own_yes(desk, &mut tx, row).await?,
            Some(_) => true,
        };
        if !is_for_desk {
            continue;
        }
        let (request, _) = request_of(desk, &mut tx, &row.public_id).await?;
        if record(&request).is_err() {
            continue;
        }
        let leased = Leased::Request(row.id);
        // Of two who take at once, the second looks again once the first is done.
        tx.wait_for_request(&row.public_id).await?;
        let held = tx.leased_by_other(leased, &desk.operator, now).await?;
        if held.is_some() {
            continue;
        }
        tx.take_lease(leased, &desk.operator, now, until).await?;
        let mut event = desk.event(Action::RequestRead, json!({ "next": true }));
        event.request = Some(row.public_id.to_string());
        desk.commit(tx, event).await?;
        return Ok(Some(Taken {
            id: row.public_id.clone(),
            until,
        }));
    }
    let event = desk.event(Action::RequestRead, json!({ "next": true, "found": 0 }));
    desk.commit(tx, event).await?;
    Ok(None)
}

/// Lets a request go that this operator holds; no where somebody else does, or nobody.
pub async fn release_request(desk: &mut Desk<'_>, id: &RequestId) -> Result<bool> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let (request, _) = request_of(desk, &mut tx, id).await?;
    let leased = Leased::Request(request.id);
    let held = tx.own_lease(leased, &desk.operator, desk.now).await?;
    tx.end_lease(leased, &desk.operator).await?;
    let mut event = desk.event(Action::RequestRead, json!({ "released": held.is_some() }));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(held.is_some())
}
