//! `balie mailbox fetch`: new mails from a mailbox, each a request or set aside with a reason. Run
//! again it takes only what is new; a crash in between takes nothing twice.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use serde::Serialize;
use serde_json::json;

use super::receive::{Border, Incoming, take_in};
use super::{Desk, Error, Result};
use crate::domain::event::Action;
use crate::domain::evidence::{Evidence, Intake};
use crate::domain::received_as::ReceivedAs;
use crate::domain::request_id::RequestId;
use crate::mail::{Delivered, Mailbox, Position, gather};
use crate::store::{ItemOf, MailboxRow, QuarantinedRow};

/// What a fetch brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FetchReport {
    /// The mailbox's address.
    pub place: String,
    /// Requests that are new.
    pub taken: u64,
    /// Mails that had come in another way before.
    pub again: u64,
    /// Answers to challenges.
    pub answers: u64,
    /// Messages that were set aside.
    pub quarantined: u64,
    /// New requests by their verdict.
    pub verified: u64,
    /// New requests by their verdict.
    pub challenge: u64,
    /// New requests by their verdict.
    pub rejected: u64,
    /// New requests that DNS left open.
    pub undecided: u64,
    /// The new requests.
    pub requests: Vec<RequestId>,
}

/// Takes what is new. `progress` is told how many are done, and of how many where that is known.
pub async fn fetch(
    desk: &mut Desk<'_>,
    border: &Border,
    mailbox: &mut Mailbox,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<FetchReport> {
    let place = mailbox.place().to_owned();
    let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
    let before = tx.mailbox(&place).await?.unwrap_or_default();
    let known: HashSet<String> = tx.items_taken(&place).await?;
    tx.mailbox_read(&place, before, desk.now).await?;
    tx.commit_lease().await?;
    let narrow = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let before = Position {
        uid_validity: narrow(before.uid_validity),
        last_uid: narrow(before.last_uid),
    };
    let total = mailbox.look(before).await?;
    let mut report = FetchReport {
        place: place.clone(),
        ..FetchReport::default()
    };
    let mut done = 0;
    loop {
        let batch = mailbox.next(&|item| known.contains(item)).await?;
        if batch.is_empty() {
            break;
        }
        done += batch.len() as u64;
        let intakes: Vec<Intake> = batch.iter().map(|message| message.intake.clone()).collect();
        take_batch(desk, border, &place, batch, &mut report).await?;
        let position = mailbox.position();
        let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
        let position = MailboxRow {
            uid_validity: position.uid_validity.map(i64::from),
            last_uid: position.last_uid.map(i64::from),
        };
        tx.mailbox_read(&place, position, desk.now).await?;
        tx.commit_lease().await?;
        mailbox.done_with(&intakes).await?;
        progress(done, total);
    }
    let (tx, _) = desk.begin(Action::MailboxFetch).await?;
    let event = desk.event(Action::MailboxFetch, json!(report));
    desk.commit(tx, event).await?;
    Ok(report)
}

async fn take_batch(
    desk: &mut Desk<'_>,
    border: &Border,
    place: &str,
    batch: Vec<Delivered>,
    report: &mut FetchReport,
) -> Result<()> {
    let now = desk.now;
    let looks = batch
        .iter()
        .map(async |message| look_at(message, border, now).await);
    let looked: Vec<_> = join_all(looks).await;
    for (message, looked) in batch.iter().zip(looked) {
        let of = ItemOf {
            place,
            item: &message.item,
        };
        match (looked, &message.raw) {
            (Ok(evidence), Ok(raw)) => {
                let incoming = Incoming {
                    raw,
                    evidence: &evidence,
                    usernames: &[],
                    origin: Some(of),
                };
                let card = take_in(desk, border, &incoming).await?;
                match card.received_as {
                    ReceivedAs::Request => {}
                    ReceivedAs::Again => {
                        report.again += 1;
                        continue;
                    }
                    ReceivedAs::Answer => {
                        report.answers += 1;
                        continue;
                    }
                }
                report.taken += 1;
                report.undecided += u64::from(card.undecided);
                match card.standing.request.verdict.as_str() {
                    "verified" => report.verified += 1,
                    "challenge" => report.challenge += 1,
                    _ => report.rejected += 1,
                }
                report.requests.push(card.standing.request.public_id);
            }
            (Err(reason), raw) => {
                let raw = raw.as_ref().ok().map(Vec::as_slice);
                set_aside(desk, of, &reason, message.size, raw).await?;
                report.quarantined += 1;
            }
            (Ok(_), Err(_)) => {}
        }
    }
    Ok(())
}

/// A message that a parser falls over is set aside like any other that can't be read.
async fn look_at(
    message: &Delivered,
    border: &Border,
    now: crate::domain::timestamp::Timestamp,
) -> std::result::Result<Evidence, String> {
    let raw = message.raw.as_ref().map_err(Clone::clone)?;
    let gathering = gather(raw, message.intake.clone(), &border.dns, now);
    match AssertUnwindSafe(gathering).catch_unwind().await {
        Ok(gathered) => gathered.map_err(|error| error.to_string()),
        Err(_) => Err("it makes the parser fail".into()),
    }
}

async fn set_aside(
    desk: &mut Desk<'_>,
    of: ItemOf<'_>,
    reason: &str,
    size: u64,
    raw: Option<&[u8]>,
) -> Result<()> {
    let (mut tx, _) = desk.begin(Action::MailboxQuarantine).await?;
    let size = raw.map_or(size, |raw| raw.len() as u64);
    tx.quarantine(of, reason, size, raw, desk.now).await?;
    let detail = json!({ "place": of.place, "item": of.item, "reason": reason });
    let event = desk.event(Action::MailboxQuarantine, detail);
    desk.commit(tx, event).await?;
    Ok(())
}

/// The newest messages that were set aside.
pub async fn quarantined(desk: &mut Desk<'_>, limit: u32) -> Result<Vec<QuarantinedRow>> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let found = tx.quarantined(i64::from(limit)).await?;
    let event = desk.event(Action::RequestRead, json!({ "quarantined": found.len() }));
    desk.commit(tx, event).await?;
    Ok(found)
}

/// The bytes of a message that was set aside.
pub async fn quarantined_mail(desk: &mut Desk<'_>, id: i64) -> Result<Vec<u8>> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let Some(raw) = tx.quarantined_mail(id).await? else {
        return Err(Error::NotFound {
            what: "set-aside message",
            name: id.to_string(),
            nearest: None,
        });
    };
    let event = desk.event(
        Action::RequestRead,
        json!({ "quarantined": id, "original": raw.len() }),
    );
    desk.commit(tx, event).await?;
    Ok(raw)
}
