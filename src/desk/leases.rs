//! Who has what open in a changing step. A colleague sees it, and acts only after taking it over.

use jiff::SignedDuration;
use serde_json::json;

use super::look_up::existing_account;
use super::request_card::card;
use super::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::event::Action;
use crate::domain::request_id::RequestId;
use crate::store::{Leased, Tx};

/// How long something counts as open at somebody's desk, in minutes.
const LEASE_MINUTES: i64 = 10;

/// Opens it, unless a colleague has it open.
pub(super) async fn open(desk: &Desk<'_>, tx: &mut Tx, leased: Leased) -> Result<()> {
    let held = tx.leased_by_other(leased, &desk.operator, desk.now).await?;
    if held.is_none() {
        let until = desk.now.plus(SignedDuration::from_mins(LEASE_MINUTES));
        tx.take_lease(leased, &desk.operator, desk.now, until)
            .await?;
    }
    Ok(())
}

/// Fails while a colleague has it open.
pub(super) async fn refuse_held(
    desk: &Desk<'_>,
    tx: &mut Tx,
    what: &'static str,
    leased: Leased,
) -> Result<()> {
    match tx.leased_by_other(leased, &desk.operator, desk.now).await? {
        None => Ok(()),
        Some((by, since)) => Err(Error::Held { what, by, since }),
    }
}

/// Takes an account or a request over from whoever has it open. Where nobody has, nothing happens.
pub async fn take_over(
    desk: &mut Desk<'_>,
    usernames: &[Username],
    request: Option<&RequestId>,
) -> Result<()> {
    let (mut tx, _) = desk.begin(Action::LeaseTakeOver).await?;
    let mut found = Vec::new();
    for username in usernames {
        let account = existing_account(desk, &mut tx, username).await?;
        found.push((username.to_string(), Leased::Account(account.id)));
    }
    if let Some(id) = request {
        let card = card(desk, &mut tx, id).await?;
        found.push((id.to_string(), Leased::Request(card.request.id)));
    }
    let mut taken = Vec::new();
    for (name, leased) in found {
        let held = tx.leased_by_other(leased, &desk.operator, desk.now).await?;
        if let Some((by, since)) = held {
            let until = desk.now.plus(SignedDuration::from_mins(LEASE_MINUTES));
            tx.take_lease(leased, &desk.operator, desk.now, until)
                .await?;
            taken.push(json!({ "what": name, "from": by, "since": since }));
        }
    }
    if !taken.is_empty() {
        let mut event = desk.event(Action::LeaseTakeOver, json!({ "taken": taken }));
        event.request = request.map(ToString::to_string);
        desk.commit(tx, event).await?;
    }
    Ok(())
}
