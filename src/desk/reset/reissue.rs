//! `balie recovery reissue`: a fresh recovery code on a request, under the rules of a reset. The old one is
//! void, the enrollment stays as it is. The code goes to its holder; the desk keeps its hash.

use serde_json::json;

use super::warrant::{Asked, asked, refuse, warrant};
use crate::desk::lease::turn_away;
use crate::desk::notify::{Mail, notify_each};
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::request::id::RequestId;
use crate::domain::reset::not_done::NotDone;
use crate::domain::reset::warrant::Purpose;
use crate::domain::second_factor::delivery::Delivery;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::account::AccountRow;
use crate::vault::{PasswordHash, Vault};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct ReissueOrder {
    /// For whom.
    pub username: Username,
    /// On which request.
    pub request: RequestId,
    /// By which road.
    pub delivery: Delivery,
    /// It will be read aloud.
    pub aloud: bool,
    /// Change nothing.
    pub dry_run: bool,
}

/// A code on its way to its holder.
#[derive(Debug)]
pub struct Issued<'i> {
    /// Whose.
    pub account: &'i AccountRow,
    /// The name of the holder's school; empty where there is none.
    pub school: &'i str,
    /// The code.
    pub code: &'i RecoveryCode,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// The desk's address.
    pub desk_address: &'i str,
}

/// What was done.
#[derive(Debug)]
pub struct ReissueReport {
    /// For whom.
    pub username: Username,
    /// By which road.
    pub delivery: Delivery,
    /// Until when the code can be used.
    pub expires_at: Timestamp,
    /// The number of the event; none of a dry run.
    pub event: Option<i64>,
}

/// Issues a code. `hand_over` gets it before anything is kept: when it can't be handed over, nothing is.
pub async fn reissue(
    desk: &mut Desk<'_>,
    order: &ReissueOrder,
    hand_over: &mut dyn FnMut(&Issued<'_>) -> std::io::Result<()>,
) -> Result<ReissueReport> {
    let code = RecoveryCode::draw(desk.rng);
    // Hashed before the transaction, which others wait for.
    let hash = if order.dry_run {
        None
    } else {
        Some(PasswordHash::draw(code.as_bytes(), desk.rng)?)
    };
    let (mut tx, operator) = desk.begin(Action::Reissue).await?;
    let (username, id) = (&order.username, &order.request);
    let asked = asked(desk, &mut tx, &operator, username, id, Purpose::Reissue).await?;
    let asked =
        asked.ok_or_else(|| Error::not_done(NotDone::Unknown, username, id, Purpose::Reissue))?;
    let warranted = match warrant(desk, &mut tx, &asked).await? {
        Err(NotDone::Held(held)) if order.dry_run => return Err(held.into()),
        Err(NotDone::Held(held)) => {
            let account = Some(asked.account.account.id);
            return turn_away(desk, tx, Action::Reissue, held, account, Some(id)).await;
        }
        other => other,
    };
    order
        .delivery
        .allowed(desk.policy.screen_delivery, order.aloud)?;
    let (warrant, approved_by) = match warranted {
        Ok(warranted) => warranted,
        Err(why) => {
            refuse(desk, tx, &why, &asked, order.dry_run).await?;
            return Err(Error::not_done(why, username, id, Purpose::Reissue));
        }
    };
    let expires_at = desk.now.plus(order.delivery.valid_for(order.aloud));
    let mut report = ReissueReport {
        username: username.clone(),
        delivery: order.delivery,
        expires_at,
        event: None,
    };
    let Some(hash) = hash else {
        return Ok(report);
    };
    let vault = match order.delivery {
        Delivery::Mail => Some(desk.vault(&mut tx).await?),
        Delivery::Letter | Delivery::Sealed | Delivery::Screen => None,
    };
    tx.reissue_recovery_code(&warrant, hash.as_str(), desk.now, expires_at)
        .await?;
    tell(
        desk,
        &mut tx,
        &asked,
        order.delivery,
        expires_at,
        vault.as_ref().map(|vault| (vault, &code)),
    )
    .await?;
    let issued = Issued {
        account: &asked.account.account,
        school: asked.account.roles.first().map_or("", |role| &role.name),
        code: &code,
        expires_at,
        desk_address: asked.desk_address(),
    };
    hand_over(&issued).map_err(|error| Error::Invalid {
        message: format!("the code can't be handed over, so none was issued: {error}"),
        hint: "pass another --out FILE; an existing one is never overwritten".into(),
    })?;
    let detail = json!({
        "delivery": order.delivery,
        "aloud": order.aloud,
        "seen_by_operator": order.delivery == Delivery::Screen,
        "expires_at": expires_at,
        "recovery_code": asked.account.recovery_code.state,
        "approved_by": approved_by,
        "requester": asked.requester()?.work_email,
    });
    let mut event = desk.event(Action::Reissue, detail);
    event.account = Some(asked.account.account.id);
    event.request = Some(id.to_string());
    report.event = Some(desk.commit(tx, event).await?.seq);
    Ok(report)
}

/// Tells holder and requester (rule 10); by mail the holder gets the code with it.
async fn tell(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    asked: &Asked,
    delivery: Delivery,
    expires_at: Timestamp,
    by_mail: Option<(&Vault, &RecoveryCode)>,
) -> Result<()> {
    let requester = asked.requester()?;
    let holder = &asked.account.account;
    let (name, username) = (holder.name.clone(), holder.username.to_string());
    let request = asked.request.request.public_id.to_string();
    let (at, address) = (desk.now, asked.desk_address().to_owned());
    let letter = asked.to_holder(desk);
    let to_holder = if let Some((vault, code)) = by_mail {
        let notice = Notice::RecoveryCodeHolder {
            name,
            username,
            requester: requester.name.clone(),
            request: request.clone(),
            at,
            expires_at,
            desk: address,
        };
        let secret = Some((vault, code.shown().as_str().into()));
        Mail {
            letter,
            notice,
            secret,
        }
    } else {
        let notice = Notice::ReissuedHolder {
            name,
            username,
            requester: requester.name.clone(),
            request: request.clone(),
            by: delivery.to_string(),
            at,
            expires_at,
            desk: address,
        };
        Mail::plain(letter, notice)
    };
    let notice = Notice::ReissuedRequester {
        name: requester.name.clone(),
        holder: holder.name.clone(),
        request,
        at,
        desk: asked.desk_address().to_owned(),
    };
    let to_requester = Mail::plain(asked.to_requester(desk)?, notice);
    notify_each(desk, tx, &[to_holder, to_requester]).await?;
    Ok(())
}
