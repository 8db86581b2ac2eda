//! `balie request answer R --topic T` and `balie answer T --mail ACCOUNT`: the FAQ's answer goes to an address that was on
//! file before anybody asked. Which one it is is all that is kept; the words are the program's, made when it's sent.

use serde_json::json;

use super::told::exactly;
use crate::desk::lease::request_to_change;
use crate::desk::notify::{Letter, Mail, notify_each};
use crate::desk::request::{RequestStanding, address_of, refused};
use crate::desk::{Desk, Error, Result, account};
use crate::domain::answer::{Answer, Entry};
use crate::domain::code::Username;
use crate::domain::language::Language;
use crate::domain::log::event::{Action, Event};
use crate::domain::notice::{AnswerToHolder, AnswerToRequester, Notice};
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::store::Tx;
use crate::store::directory::RequesterRow;

/// Who is answered.
#[derive(Clone, Copy, Debug)]
pub enum ToAnswer<'a> {
    /// Whoever is on file as the sender of that request.
    Request(&'a RequestId),
    /// The holder of that account.
    Account(&'a Username),
}

/// What is to be answered, and to whom.
#[derive(Clone, Copy, Debug)]
pub struct AnswerOrder<'a> {
    /// To whom.
    pub to: ToAnswer<'a>,
    /// Which answer, by its exact name.
    pub topic: &'a str,
    /// In which language; none is that of the reader, or the desk.
    pub language: Option<Language>,
}

/// An answer that was mailed, or would be.
#[derive(Clone, Debug)]
pub struct AnswerMailed {
    /// The request that it answers.
    pub request: Option<RequestId>,
    /// Whose account it's about.
    pub account: Option<Username>,
    /// The reader's name.
    pub name: String,
    /// The address on file.
    pub to: String,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub answer: Answer,
    /// The mail's Message-ID; none where it was only rehearsed.
    pub message_id: Option<String>,
}

/// Queues the answer, unless it's only rehearsed.
pub async fn mail_answer(
    desk: &mut Desk<'_>,
    order: &AnswerOrder<'_>,
    dry_run: bool,
) -> Result<AnswerMailed> {
    let entry = exactly(order.topic, order.language.unwrap_or(desk.policy.language))?;
    match order.to {
        ToAnswer::Request(id) => to_requester(desk, (order, entry), id, dry_run).await,
        ToAnswer::Account(username) => to_holder(desk, (order, entry), username, dry_run).await,
    }
}

async fn to_requester(
    desk: &mut Desk<'_>,
    (order, entry): (&AnswerOrder<'_>, &Entry),
    id: &RequestId,
    dry_run: bool,
) -> Result<AnswerMailed> {
    let action = Action::RequestAnswer;
    let (tx, _) = desk.begin(action).await?;
    let (mut tx, request) = request_to_change(desk, tx, action, id).await?;
    let Some(requester) = reader(desk, &request) else {
        return refused(desk, tx, action, id, Refusal::NoAddressOnFile).await;
    };
    if !was_on_file_before(desk, &requester, &request) {
        return refused(desk, tx, action, id, Refusal::FreshAddress).await;
    }
    let desk_address = address_of(&mut tx, &request).await?;
    let mut letter = Letter::to_requester(&requester, desk, &desk_address);
    letter.language = order.language.unwrap_or(letter.language);
    let notice = Notice::AnswerRequester(AnswerToRequester {
        name: requester.name.clone(),
        request: id.to_string(),
        topic: entry.key().to_owned(),
        at: request.request.received_at,
        desk: desk_address.clone(),
    });
    let mut event = desk.event(action, json!({}));
    event.request = Some(id.to_string());
    let mailed = AnswerMailed {
        request: Some(id.clone()),
        account: None,
        name: requester.name.clone(),
        to: requester.work_email.to_string(),
        language: letter.language,
        answer: entry.filled(Some(&desk_address), letter.language),
        message_id: None,
    };
    queued(
        desk,
        tx,
        Mail::plain(letter, notice),
        (mailed, event),
        dry_run,
    )
    .await
}

/// Who is on file as the sender, and may still ask today: nobody else reads what the desk writes.
fn reader(desk: &Desk<'_>, request: &RequestStanding) -> Option<RequesterRow> {
    let named = request.requester.iter().chain(&request.requesters);
    let mut valid = named.filter(|requester| requester.is_valid(desk.now));
    valid.next().cloned()
}

/// Whether the address was there before the request, and isn't one of these days (rule 9).
fn was_on_file_before(
    desk: &Desk<'_>,
    requester: &RequesterRow,
    request: &RequestStanding,
) -> bool {
    let asked_at = request.request.received_at;
    let is_older = requester
        .address_since
        .is_none_or(|since| since <= asked_at);
    is_older && !requester.is_fresh(desk.now, desk.policy.fresh_address_days)
}

async fn to_holder(
    desk: &mut Desk<'_>,
    (order, entry): (&AnswerOrder<'_>, &Entry),
    username: &Username,
    dry_run: bool,
) -> Result<AnswerMailed> {
    let action = Action::AnswerMail;
    let (mut tx, _) = desk.begin(action).await?;
    let card = account::account_card(desk, &mut tx, username).await?;
    let (holder, desk_address) = (&card.account, card.desk_address());
    let mut letter = Letter::to_holder(holder, desk, desk_address);
    letter.language = order.language.unwrap_or(letter.language);
    let notice = Notice::AnswerHolder(AnswerToHolder {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        topic: entry.key().to_owned(),
        at: desk.now,
        desk: desk_address.to_owned(),
    });
    let mut event = desk.event(action, json!({}));
    event.account = Some(holder.id);
    let mailed = AnswerMailed {
        request: None,
        account: Some(holder.username.clone()),
        name: holder.name.clone(),
        to: holder.work_email.to_string(),
        language: letter.language,
        answer: entry.filled(Some(desk_address), letter.language),
        message_id: None,
    };
    queued(
        desk,
        tx,
        Mail::plain(letter, notice),
        (mailed, event),
        dry_run,
    )
    .await
}

async fn queued(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    mail: Mail<'_>,
    (mut mailed, mut event): (AnswerMailed, Event),
    dry_run: bool,
) -> Result<AnswerMailed> {
    if mailed.to.is_empty() {
        return Err(Error::from(Refusal::NoAddressOnFile));
    }
    let sent = notify_each(desk, &mut tx, &[mail]).await?;
    if dry_run {
        return Ok(mailed);
    }
    mailed.message_id = sent.into_iter().next();
    event.detail = json!({
        "topic": mailed.answer.topic,
        "to": mailed.to,
        "language": mailed.language,
        "message_id": mailed.message_id,
    });
    desk.commit(tx, event).await?;
    Ok(mailed)
}
