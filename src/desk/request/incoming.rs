//! A mail that comes in, and where in a mailbox it lay.

use serde_json::json;

use super::card::{RequestCard, card_for};
use crate::desk::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::operator::Reach;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::request::received_as::ReceivedAs;
use crate::store::Tx;
use crate::store::mail::ItemOf;

/// A mail that comes in.
#[derive(Clone, Copy)]
pub(in crate::desk) struct Incoming<'i> {
    pub(in crate::desk) raw: &'i [u8],
    pub(in crate::desk) evidence: &'i Evidence,
    /// Whom it's for, where the operator says so.
    pub(in crate::desk) usernames: &'i [Username],
    /// Where in a mailbox it lay.
    pub(in crate::desk) origin: Option<ItemOf<'i>>,
}

/// The very same mail: nobody is told.
pub(in crate::desk) async fn again(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    incoming: &Incoming<'_>,
    id: &RequestId,
    received_as: ReceivedAs,
) -> Result<RequestCard> {
    let mut card = card_for(desk, &mut tx, id, &Reach::Everywhere).await?;
    card.received_as = received_as;
    note_origin(desk, &mut tx, incoming, card.standing.request.id).await?;
    let detail = json!({ "again": true, "sha256": incoming.evidence.sha256 });
    let mut event = desk.event(Action::RequestReceive, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// Notes that what lay in a mailbox was taken.
pub(in crate::desk) async fn note_origin(
    desk: &Desk<'_>,
    tx: &mut Tx,
    incoming: &Incoming<'_>,
    request: i64,
) -> Result<()> {
    if let Some(of) = incoming.origin {
        tx.item_taken(of, request, incoming.evidence.size, desk.now)
            .await?;
    }
    Ok(())
}
