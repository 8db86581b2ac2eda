//! `balie outbox retry|cancel`: all of the named mails, or none.

use serde_json::{Value, json};

use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::store::Tx;
use crate::store::mail::OutboxRow;

/// Mails that are to be tried again.
#[derive(Clone, Debug)]
pub enum Which {
    /// These, by their Message-IDs.
    Named(Vec<String>),
    /// All that were given up, but for those whose code is erased.
    Failed,
}

/// The mails that were made due, or called off.
#[derive(Clone, Debug)]
pub struct Changed {
    /// As they are now; in a rehearsal, as they were.
    pub mails: Vec<OutboxRow>,
    /// Mails that were given up and stay so, since the code that they carried is erased.
    pub without_code: usize,
}

/// Makes mails due now, whether they were given up or wait for their next try.
pub async fn retry_mails(desk: &mut Desk<'_>, which: Which, dry_run: bool) -> Result<Changed> {
    let (mut tx, _) = desk.begin(Action::OutboxRetry).await?;
    let (mails, without_code) = match which {
        Which::Named(ids) => (named(desk, &mut tx, &ids).await?, 0),
        Which::Failed => {
            let mut mails = tx.mails_given_up(&desk.reach).await?;
            let all = mails.len();
            mails.retain(|mail| !mail.has_lost_its_code());
            let left = mails.len();
            (mails, all - left)
        }
    };
    if mails.iter().any(OutboxRow::has_lost_its_code) {
        return Err(Refusal::CodeErased.into());
    }
    if !dry_run {
        for mail in &mails {
            if !tx.mail_again(mail.id, desk.now).await?.took() {
                return Err(Refusal::MailUnderWay.into());
            }
        }
    }
    let mails = kept(desk, tx, Action::OutboxRetry, mails, dry_run).await?;
    Ok(Changed {
        mails,
        without_code,
    })
}

/// Calls mails off: those that wait, and those that were given up and needn't be told of any more.
pub async fn cancel_mails(desk: &mut Desk<'_>, ids: &[String], dry_run: bool) -> Result<Changed> {
    let (mut tx, _) = desk.begin(Action::OutboxCancel).await?;
    let mails = named(desk, &mut tx, ids).await?;
    if mails.iter().any(OutboxRow::is_cancelled) {
        return Err(Refusal::NothingToChange.into());
    }
    if !dry_run {
        for mail in &mails {
            if !tx.cancel_mail(mail.id, desk.now).await?.took() {
                return Err(Refusal::MailUnderWay.into());
            }
        }
    }
    let mails = kept(desk, tx, Action::OutboxCancel, mails, dry_run).await?;
    Ok(Changed {
        mails,
        without_code: 0,
    })
}

/// The mails of these Message-IDs, none of which was sent or is on its way.
async fn named(desk: &Desk<'_>, tx: &mut Tx, ids: &[String]) -> Result<Vec<OutboxRow>> {
    let mut mails: Vec<OutboxRow> = Vec::with_capacity(ids.len());
    for id in ids {
        let mail = tx.mail(&desk.reach, id).await?;
        let mail = mail.ok_or_else(|| Error::NotFound {
            what: "mail",
            name: id.clone(),
            nearest: None,
        })?;
        if mail.sent_at.is_some() {
            return Err(Refusal::MailSent.into());
        }
        if mail.is_under_way(desk.now) {
            return Err(Refusal::MailUnderWay.into());
        }
        if mails.iter().all(|known| known.id != mail.id) {
            mails.push(mail);
        }
    }
    Ok(mails)
}

/// Keeps the change with an event for each mail; what they are then.
async fn kept(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    action: Action,
    mails: Vec<OutboxRow>,
    dry_run: bool,
) -> Result<Vec<OutboxRow>> {
    if dry_run {
        return Ok(mails);
    }
    let mut now = Vec::with_capacity(mails.len());
    let mut events = Vec::with_capacity(mails.len());
    for mail in &mails {
        let notice: Value = serde_json::from_str(&mail.notice).unwrap_or_default();
        let detail = json!({ "message_id": mail.message_id, "kind": notice["kind"] });
        events.push(desk.event(action, detail));
        now.extend(tx.mail(&desk.reach, &mail.message_id).await?);
    }
    desk.commit_many(tx, events).await?;
    Ok(now)
}
