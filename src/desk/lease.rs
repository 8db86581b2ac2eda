//! Who has what open in a changing step. A colleague sees it, and acts only after taking it over. Every
//! step that changes an account or a request begins with [`account_to_change`] or [`request_to_change`].

use jiff::SignedDuration;
use serde_json::json;

use super::account::AccountCard;
use super::account::{account_card, existing_account};
use super::request::{RequestStanding, request_of, standing};
use super::{Desk, Result};
use crate::domain::bulk::plan::RowFault;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;
use crate::domain::reset::not_done::Held;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::operator::Leased;

/// How long something counts as open at somebody's desk, in minutes.
const LEASE_MINUTES: i64 = 10;

/// Whether a colleague has this account open.
fn held_account(card: &AccountCard) -> Option<Held> {
    Held::new("account", card.open_by.as_ref())
}

/// The account, which nobody else changes until this transaction ends; unless a colleague has it open.
pub(super) async fn account_to_change(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    action: Action,
    username: &Username,
) -> Result<(Tx, AccountCard)> {
    let card = locked_card(desk, &mut tx, username).await?;
    match held_account(&card) {
        None => Ok((tx, card)),
        Some(held) => turn_away(desk, tx, action, held, Some(card.account.id), None).await,
    }
}

/// The account, which nobody else changes until this transaction ends, whoever has it open.
pub(super) async fn locked_card(
    desk: &Desk<'_>,
    tx: &mut Tx,
    username: &Username,
) -> Result<AccountCard> {
    tx.lock_accounts(&[username.to_string()]).await?;
    account_card(desk, tx, username).await
}

/// The request, unless a colleague has it open.
pub(super) async fn request_to_change(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    action: Action,
    id: &RequestId,
) -> Result<(Tx, RequestStanding)> {
    tx.wait_for_request(id).await?;
    let standing = standing(desk, &mut tx, id).await?;
    match Held::new("request", standing.open_by.as_ref()) {
        None => Ok((tx, standing)),
        Some(held) => turn_away(desk, tx, action, held, None, Some(id)).await,
    }
}

/// Writes down that a colleague stood in the way of a step, and refuses it.
pub(super) async fn turn_away<T>(
    desk: &mut Desk<'_>,
    tx: Tx,
    action: Action,
    held: Held,
    account: Option<i64>,
    request: Option<&RequestId>,
) -> Result<T> {
    let Held { what, by, since } = &held;
    let code = RowFault::Held.as_str();
    let detail = json!({ "code": code, "action": action, "what": what, "by": by, "since": since });
    let mut event = desk.event(Action::AccessRefused, detail);
    event.account = account;
    event.request = request.map(ToString::to_string);
    desk.commit(tx, event).await?;
    Err(held.into())
}

/// What an operator is about to change.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'o> {
    /// By which step.
    pub action: Action,
    /// The accounts.
    pub accounts: &'o [Username],
    /// The request.
    pub request: Option<&'o RequestId>,
    /// Whether to take it from a colleague who has it open.
    pub take_over: bool,
}

/// What this operator has open, until it's let go or ten minutes are over.
#[derive(Debug)]
#[must_use]
pub struct Opened(Vec<Lease>);

/// One thing, and until when this operator had it open before the step: `balie next` holds a request from step to step.
#[derive(Debug)]
struct Lease {
    leased: Leased,
    held_until: Option<Timestamp>,
}

/// Says that this operator has it open. Whoever had it open before keeps it, or loses it with an event.
pub async fn open(desk: &mut Desk<'_>, opening: &Opening<'_>) -> Result<Opened> {
    let gate = if opening.take_over {
        Action::LeaseTakeOver
    } else {
        opening.action
    };
    let (mut tx, _) = desk.begin(gate).await?;
    let mut found = Vec::new();
    for username in opening.accounts {
        let account = existing_account(desk, &mut tx, username).await?.id;
        found.push(("account", username.to_string(), Leased::Account(account)));
    }
    if let Some(id) = opening.request {
        let (request, _) = request_of(desk, &mut tx, id).await?;
        found.push(("request", id.to_string(), Leased::Request(request.id)));
    }
    let until = desk.now.plus(SignedDuration::from_mins(LEASE_MINUTES));
    let (mut opened, mut taken) = (Vec::new(), Vec::new());
    for (what, name, leased) in found {
        let open_by = tx.leased_by_other(leased, &desk.operator, desk.now).await?;
        if let Some(held) = Held::new(what, open_by.as_ref()) {
            if !opening.take_over {
                let account = match leased {
                    Leased::Account(id) => Some(id),
                    Leased::Request(_) => None,
                };
                return turn_away(desk, tx, opening.action, held, account, opening.request).await;
            }
            taken.push(json!({ "what": name, "from": held.by, "since": held.since }));
        }
        let held_until = tx.own_lease(leased, &desk.operator, desk.now).await?;
        let until = held_until.map_or(until, |held| held.max(until));
        tx.take_lease(leased, &desk.operator, desk.now, until)
            .await?;
        opened.push(Lease { leased, held_until });
    }
    if taken.is_empty() {
        tx.commit_lease().await?;
    } else {
        let mut event = desk.event(Action::LeaseTakeOver, json!({ "taken": taken }));
        event.request = opening.request.map(ToString::to_string);
        desk.commit(tx, event).await?;
    }
    Ok(Opened(opened))
}

/// Lets go what this operator had open: the step is over, whatever came of it.
pub async fn let_go(desk: &Desk<'_>, opened: Opened) -> Result<()> {
    let mut tx = desk.database.begin().await?;
    for Lease { leased, held_until } in opened.0 {
        // Whoever took it over meanwhile keeps it.
        let is_own = tx.own_lease(leased, &desk.operator, desk.now).await?;
        match held_until.filter(|until| is_own.is_some() && *until > desk.now) {
            Some(until) => {
                tx.take_lease(leased, &desk.operator, desk.now, until)
                    .await?;
            }
            None => tx.end_lease(leased, &desk.operator).await?,
        }
    }
    Ok(tx.commit_lease().await?)
}
