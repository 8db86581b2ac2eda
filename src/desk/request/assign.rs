//! `balie request assign`: which accounts a request is for. What was confirmed or approved before is
//! void: it was for other accounts.

use serde_json::json;

use super::card::{RequestCard, card};
use super::end::why_ended;
use super::facts::accounts_of;
use super::naming::{Within, name_accounts, spoken_of};
use super::once_more::todays_record;
use super::refused::refused;
use super::standing::{RequestStanding, standing};
use crate::desk::account::existing_account;
use crate::desk::lease::request_to_change;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{RULE_VERSION, judge, spoken};
use crate::domain::request::mentioned::NamedBy;
use crate::store::Tx;

/// The most suggestions.
const SUGGESTED: usize = 5;

/// An account that the mail seems to speak of.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// Its username.
    pub username: Username,
    /// Whose it is.
    pub name: String,
    /// The work address.
    pub work_email: String,
    /// How the mail speaks of it.
    pub by: NamedBy,
}

/// Accounts that the mail speaks of, within the requester's authority and this operator's reach; the surest
/// first. The same function judges whether a mail names an account.
pub async fn suggest(desk: &mut Desk<'_>, id: &RequestId) -> Result<Vec<Suggestion>> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let request = standing(desk, &mut tx, id).await?;
    let (evidence, basis) = todays_record(&mut tx, &request.request).await?;
    let mut within = Within::of(&request.requesters);
    let words = spoken(&evidence, &basis.facts, desk.now);
    let said = words.said(basis.facts.requester_name());
    let spoken = spoken_of(desk, &mut tx, said, &mut within).await?;
    let own = request.requester.as_ref().map(|own| &own.work_email);
    let names: Vec<String> = spoken
        .iter()
        .map(|(account, _)| account.username.to_string())
        .collect();
    let reached = tx.accounts_reached(&desk.reach, &names).await?;
    let found: Vec<Suggestion> = spoken
        .into_iter()
        .filter(|(account, by)| by.counts() && Some(&account.work_email) != own)
        .filter(|(account, _)| reached.contains(&account.username))
        .take(SUGGESTED)
        .map(|(account, by)| Suggestion {
            username: account.username,
            name: account.name,
            work_email: account.work_email.to_string(),
            by,
        })
        .collect();
    let mut event = desk.event(Action::RequestRead, json!({ "suggested": found.len() }));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(found)
}

/// A request as it stands for other accounts.
#[derive(Debug)]
pub struct Assigned {
    /// The request.
    pub card: RequestCard,
    /// A code had been mailed that confirms nothing any more.
    pub voided_a_code: bool,
}

/// Binds these accounts to the request, takes those off it, and judges it again.
pub async fn assign(
    desk: &mut Desk<'_>,
    id: &RequestId,
    usernames: &[Username],
    dropped: &[Username],
    dry_run: bool,
) -> Result<Assigned> {
    let action = Action::RequestAssign;
    let (tx, _) = desk.begin(action).await?;
    let (mut tx, request) = request_to_change(desk, tx, action, id).await?;
    let ended = why_ended(&request.request);
    let refusal = [
        (ended.is_some(), ended.unwrap_or(Refusal::RequestRejected)),
        (
            request.request.expires_at <= desk.now,
            Refusal::RequestExpired,
        ),
    ];
    if let Some((_, refusal)) = refusal.into_iter().find(|(refuses, _)| *refuses) {
        return refused(desk, tx, action, id, refusal).await;
    }
    let (evidence, mut basis) = todays_record(&mut tx, &request.request).await?;
    let requesters = &request.requesters;
    let accounts = accounts_of(
        desk,
        &mut tx,
        &evidence,
        requesters,
        usernames,
        &desk.policy,
    )
    .await?;
    let refusal = accounts.iter().find_map(|(_, account)| match account {
        account if account.is_requester => Some(Refusal::SamePerson),
        account if !account.covered => Some(Refusal::NotAuthorised),
        _ => None,
    });
    if let Some(refusal) = refusal {
        return refused(desk, tx, action, id, refusal).await;
    }
    for username in dropped {
        drop_account(desk, &mut tx, &request, username).await?;
        basis
            .facts
            .accounts
            .retain(|account| account.username != *username);
    }
    for (account, facts) in accounts {
        tx.bind_account(request.request.id, account, true).await?;
        basis
            .facts
            .accounts
            .retain(|known| known.username != facts.username);
        basis.facts.accounts.push(facts);
    }
    let voided = tx.void_challenges(request.request.id, desk.now).await?;
    tx.unconfirm(request.request.id).await?;
    let mut within = Within::of(requesters);
    name_accounts(desk, &mut tx, &evidence, &mut within, &mut basis.facts).await?;
    let received_at = request.request.received_at;
    let judgement = judge(&evidence, &basis.facts, &basis.policy, received_at);
    let judged = tx.judge_again(
        request.request.id,
        &evidence,
        &basis,
        &judgement,
        RULE_VERSION,
    );
    if !judged.await?.took() {
        return Err(Refusal::RequestRejected.into());
    }
    let card = card(desk, &mut tx, id).await?;
    let assigned = Assigned {
        card,
        voided_a_code: voided > 0,
    };
    if dry_run {
        return Ok(assigned);
    }
    let detail = json!({
        "accounts": usernames,
        "dropped": dropped,
        "verdict": assigned.card.standing.request.verdict,
        "voided": request.request.confirmed_at.is_some(),
    });
    let mut event = desk.event(action, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(assigned)
}

async fn drop_account(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestStanding,
    username: &Username,
) -> Result<()> {
    let account = existing_account(desk, tx, username).await?;
    if !request
        .accounts
        .iter()
        .any(|bound| bound.account_id == account.id)
    {
        return Err(Error::Invalid {
            message: format!("{} isn't for {username}", request.request.public_id),
            hint: format!("see `balie request show {}`", request.request.public_id),
        });
    }
    if tx
        .unbind_account(request.request.id, account.id)
        .await?
        .took()
    {
        Ok(())
    } else {
        Err(Refusal::AlreadyUsed.into())
    }
}
