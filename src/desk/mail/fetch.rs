//! `balie mailbox fetch`: new mails from a mailbox, each a request or set aside with a reason. Run
//! again it takes only what is new; a crash in between takes nothing twice.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::json;

use crate::desk::request::{Incoming, settle_undecided, take_in};
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::operator::Role;
use crate::domain::refusal::Refusal;
use crate::domain::request::evidence::{Evidence, Intake};
use crate::domain::request::id::RequestId;
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::domain::withheld::{plain_name, withheld};
use crate::mail::{Delivered, Dns, Mailbox, NotAMail, NotTaken, Position, gather_all};
use crate::store::mail::{ItemOf, MailboxRow, QuarantinedRow};

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
    /// Those of them whose text the mailbox doesn't give now. They're asked for each time.
    pub withheld: u64,
    /// New requests by their verdict.
    pub verified: u64,
    /// New requests by their verdict.
    pub challenge: u64,
    /// New requests by their verdict.
    pub rejected: u64,
    /// New requests that DNS left open.
    pub undecided: u64,
    /// Requests of earlier runs that DNS had left open, and are decided now.
    pub settled: u64,
    /// The new requests.
    pub requests: Vec<RequestId>,
    /// Why messages that were taken weren't marked or moved in the mailbox, where they should be.
    pub not_marked: Option<String>,
}

impl FetchReport {
    /// Whether any message came in, whatever became of it, or an earlier one was decided.
    const fn brought_something(&self) -> bool {
        self.taken + self.again + self.answers + self.quarantined + self.settled > 0
    }
}

/// Takes what is new. `progress` is told how many are done, and of how many where that is known.
pub async fn fetch(
    desk: &mut Desk<'_>,
    dns: &Dns,
    mailbox: &mut Mailbox,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<FetchReport> {
    let mut report = FetchReport {
        place: mailbox.place().to_owned(),
        ..FetchReport::default()
    };
    let ended = Box::pin(take_and_settle(desk, dns, mailbox, &mut report, progress)).await;
    // A timer that finds nothing new looks in vain (rule 11); when it looked last is noted with the mailbox.
    if !report.brought_something() {
        return ended.map(|()| report);
    }
    let (tx, _) = desk.begin(Action::MailboxFetch).await?;
    let mut detail = json!(report);
    if let Err(error) = &ended {
        detail["broken_off"] = error.to_string().into();
    }
    let event = desk.event(Action::MailboxFetch, detail);
    desk.commit(tx, event).await?;
    ended.map(|()| report)
}

/// Whether whoever calls may say which mailbox is emptied: anybody on an open desk, on a closed one an admin. For
/// everybody else it's the desk's own.
pub async fn may_name_a_mailbox(desk: &mut Desk<'_>) -> Result<()> {
    let (tx, operator) = desk.begin(Action::MailboxFetch).await?;
    if matches!(operator.role, Role::Admin | Role::Founder) {
        return Ok(());
    }
    let detail = json!({
        "code": Refusal::RoleMayNot, "role": operator.role, "action": Action::MailboxFetch, "place": "named",
    });
    let event = desk.event(Action::AccessRefused, detail);
    desk.commit(tx, event).await?;
    Err(Refusal::RoleMayNot.into())
}

/// What DNS left open comes last: it keeps no new mail waiting.
async fn take_and_settle(
    desk: &mut Desk<'_>,
    dns: &Dns,
    mailbox: &mut Mailbox,
    report: &mut FetchReport,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<()> {
    take_all(desk, dns, mailbox, report, progress).await?;
    // Whom DNS doesn't answer just now it didn't answer a moment ago.
    if report.undecided == 0 {
        report.settled = Box::pin(settle_undecided(desk, dns)).await?;
    }
    Ok(())
}

/// Batch by batch: what was taken stands, and the place in the mailbox with it, whatever comes later.
async fn take_all(
    desk: &mut Desk<'_>,
    dns: &Dns,
    mailbox: &mut Mailbox,
    report: &mut FetchReport,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<()> {
    let place = report.place.clone();
    let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
    let seen_before = tx.mailbox(&place).await?.unwrap_or_default();
    let known: HashSet<String> = tx.items_taken(&place).await?;
    drop(tx);
    let narrow = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let before = Position {
        uid_validity: narrow(seen_before.uid_validity),
        last_uid: narrow(seen_before.last_uid),
    };
    let still_withheld =
        |item: &&String| plain_name(item).is_some_and(|plain| !known.contains(plain));
    let still_withheld = known.iter().filter(still_withheld);
    let still_withheld: Vec<&str> = still_withheld.map(String::as_str).collect();
    let total = mailbox.look(before, &still_withheld).await?;
    // Only now was it looked into: one that is shut to us must not pass for a quiet one.
    let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
    tx.mailbox_read(&place, seen_before, desk.now).await?;
    tx.commit_lease().await?;
    let mut done = 0;
    loop {
        let batch = mailbox.next(&|item| known.contains(item)).await?;
        if batch.is_empty() {
            return Ok(());
        }
        done += batch.len() as u64;
        let is_there = |message: &&Delivered| !matches!(message.raw, Err(NotTaken::ForNow(_)));
        let there = batch.iter().filter(is_there);
        let intakes: Vec<Intake> = there.map(|message| message.intake.clone()).collect();
        Box::pin(take_batch(desk, dns, &known, batch, report)).await?;
        let position = mailbox.position();
        let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
        let position = MailboxRow {
            uid_validity: position.uid_validity.map(i64::from),
            last_uid: position.last_uid.map(i64::from),
        };
        tx.mailbox_read(&place, position, desk.now).await?;
        tx.commit_lease().await?;
        // They are taken: that the mailbox can't say so itself doesn't stop the rest.
        if let Err(error) = mailbox.done_with(&intakes).await {
            report.not_marked = Some(error.to_string());
        }
        progress(done, total);
    }
}

async fn take_batch(
    desk: &mut Desk<'_>,
    dns: &Dns,
    known: &HashSet<String>,
    batch: Vec<Delivered>,
    report: &mut FetchReport,
) -> Result<()> {
    let (now, place) = (desk.now, report.place.clone());
    let looked = look_at(&batch, dns, now).await;
    for (message, looked) in batch.iter().zip(looked) {
        let of = ItemOf {
            place: &place,
            item: &message.item,
        };
        match looked {
            Ok((evidence, raw)) => {
                let incoming = Incoming {
                    raw,
                    evidence: &evidence,
                    usernames: &[],
                    origin: Some(of),
                };
                let card = match take_in(desk, &incoming).await {
                    Ok(card) => card,
                    // One mail that the database can't take doesn't keep back those behind it.
                    Err(Error::Store(error)) if error.is_of_the_content() => {
                        let reason = format!("it can't be stored: {error}");
                        set_aside(desk, of, &reason, message.size, Some(raw)).await?;
                        report.quarantined += 1;
                        continue;
                    }
                    Err(error) => return Err(error),
                };
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
                match card.standing.request.verdict {
                    Verdict::Verified => report.verified += 1,
                    Verdict::Challenge => report.challenge += 1,
                    Verdict::Rejected => report.rejected += 1,
                }
                report.requests.push(card.standing.request.public_id);
            }
            Err(Unread::Withheld(reason)) => {
                let item = withheld(of.item);
                if !known.contains(&item) {
                    let of = ItemOf { item: &item, ..of };
                    set_aside(desk, of, &reason, message.size, None).await?;
                    report.quarantined += 1;
                    report.withheld += 1;
                }
            }
            Err(Unread::SetAside { reason, kept }) => {
                let raw = message.raw.as_ref().ok().filter(|_| kept);
                let raw = raw.map(Vec::as_slice);
                set_aside(desk, of, &reason, message.size, raw).await?;
                report.quarantined += 1;
            }
        }
    }
    Ok(())
}

/// A message that doesn't become a request.
enum Unread {
    /// Its text can't be had now.
    Withheld(String),
    /// It's set aside; its bytes are kept where they are a mail at all (rule 18).
    SetAside { reason: String, kept: bool },
}

type Looked<'m> = std::result::Result<(Evidence, &'m [u8]), Unread>;

/// What each message shows, and the bytes that show it.
async fn look_at<'m>(batch: &'m [Delivered], dns: &Dns, now: Timestamp) -> Vec<Looked<'m>> {
    let there = batch.iter().filter_map(|message| {
        let raw = message.raw.as_ref().ok()?;
        Some((raw.as_slice(), message.intake.clone()))
    });
    let mut gathered = gather_all(there.collect(), dns, now).await.into_iter();
    let mut looked: Vec<Looked<'m>> = Vec::with_capacity(batch.len());
    for message in batch {
        looked.push(match &message.raw {
            Err(NotTaken::ForNow(reason)) => Err(Unread::Withheld(reason.clone())),
            Err(NotTaken::ForGood(reason)) => Err(Unread::SetAside {
                reason: reason.clone(),
                kept: false,
            }),
            Ok(raw) => match gathered.next() {
                Some(Ok(evidence)) => Ok((evidence, raw.as_slice())),
                Some(Err(error)) => Err(unread(&error)),
                None => Err(unread(&NotAMail::Empty)),
            },
        });
    }
    // Where no signature holds, the bytes as they stand may be the ones that were signed.
    let unsigned = |looked: &Looked<'_>| {
        looked
            .as_ref()
            .is_ok_and(|(seen, _)| !seen.has_a_signature_that_holds())
    };
    let others: Vec<(usize, &[u8])> = batch
        .iter()
        .enumerate()
        .filter(|(at, _)| unsigned(&looked[*at]))
        .filter_map(|(at, message)| Some((at, message.as_it_stands.as_deref()?)))
        .collect();
    let mails = others
        .iter()
        .map(|(at, raw)| (*raw, batch[*at].intake.clone()));
    let mails = gather_all(mails.collect(), dns, now).await;
    for ((at, raw), gathered) in others.into_iter().zip(mails) {
        if let Some(evidence) = gathered.ok().filter(Evidence::has_a_signature_that_holds) {
            looked[at] = Ok((evidence, raw));
        }
    }
    looked
}

/// A message that can't be read, or that a parser falls over, is set aside.
fn unread(error: &NotAMail) -> Unread {
    Unread::SetAside {
        reason: error.to_string(),
        kept: !matches!(
            error,
            NotAMail::Empty | NotAMail::NoFields | NotAMail::OutlooksOwn
        ),
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
