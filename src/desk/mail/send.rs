//! `balie outbox list|send`: claim, hand over, mark. Each mark is a transaction with its event.

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Value, json};

use crate::desk::{Desk, Error, Result};
use crate::domain::backoff::next_try;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::timestamp::Timestamp;
use crate::mail::{CannotCompose, Envelope, Mail, Smtp, SmtpError, compose, in_ascii, preview};
use crate::store::StoreError;
use crate::store::mail::OutboxRow;
use crate::vault::{Bound, SealError, SealedSecret};

/// How long a claim lasts, in minutes: longer than the conversation about one mail.
const CLAIM_MINUTES: i64 = 5;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SendReport {
    /// Mails that were handed over.
    pub sent: u64,
    /// Mails that weren't taken, and are due again later or were given up.
    pub failed: u64,
    /// Those among them that are given up.
    pub given_up: u64,
    /// What the server said last.
    pub last_error: Option<String>,
    /// Mails with a code wait, since the keys here don't open them: for whom.
    pub codes_wait_for: Option<Vec<String>>,
}

/// The newest mails of the outbox.
pub async fn outbox(desk: &mut Desk<'_>, limit: u32) -> Result<Vec<OutboxRow>> {
    let (mut tx, _) = desk.begin(Action::OutboxRead).await?;
    let mails = tx.outbox(&desk.reach, i64::from(limit)).await?;
    let event = desk.event(Action::OutboxRead, json!({ "mails": mails.len() }));
    desk.commit(tx, event).await?;
    Ok(mails)
}

/// One mail, as its reader gets it.
#[derive(Clone, Debug)]
pub struct MailCard {
    /// What is on file of it.
    pub row: OutboxRow,
    /// Its subject and its text; a code that it carries is not shown.
    pub text: String,
}

/// One mail of the outbox. A code that it carries stays sealed.
pub async fn show_mail(desk: &mut Desk<'_>, message_id: &str) -> Result<MailCard> {
    let (mut tx, _) = desk.begin(Action::OutboxRead).await?;
    let row = tx
        .mail(&desk.reach, message_id)
        .await?
        .ok_or_else(|| Error::NotFound {
            what: "mail",
            name: message_id.to_owned(),
            nearest: None,
        })?;
    let hidden = SecretString::from("········");
    let unreadable = |error| StoreError::Unexpected(format!("a notice: {error}"));
    let notice = notice_of(&row).map_err(unreadable)?;
    let text = preview(&notice, row.language, Some(&hidden)).map_err(unwritable)?;
    let event = desk.event(Action::OutboxRead, json!({ "message_id": message_id }));
    desk.commit(tx, event).await?;
    Ok(MailCard { row, text })
}

/// Who sends the desk's mails.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'s> {
    /// Whose mailbox sends them: `[smtp] from`.
    pub from: &'s str,
    /// The name that they're from; none is that of the region's desk.
    pub name: Option<&'s str>,
}

/// Sends every mail that is due. Stops at a server that can't be reached, or takes no mail from here: the
/// rest stays due. The clock is read for each mail: a run may take longer than a claim lasts.
pub async fn send_mails(
    desk: &mut Desk<'_>,
    smtp: &Smtp,
    sender: &Sender<'_>,
    clock: &dyn Fn() -> Timestamp,
) -> Result<SendReport> {
    let mut unique = [0; 8];
    desk.rng.fill_bytes(&mut unique);
    let claimant = HEXLOWER.encode(&unique);
    let from = in_ascii(sender.from);
    let sender = Sender {
        from: &from,
        ..*sender
    };
    let mut report = SendReport::default();
    let mut stop = false;
    while !stop {
        desk.now = clock();
        let until = desk.now.plus(SignedDuration::from_mins(CLAIM_MINUTES));
        let (mut tx, _) = desk.begin(Action::OutboxSend).await?;
        let opens = report.codes_wait_for.is_none();
        let Some(row) = tx.claim_mail(&claimant, desk.now, until, opens).await? else {
            break;
        };
        tx.commit_lease().await?;
        let sent = match written(desk, &row, &sender).await {
            Ok(Ok(mail)) => smtp
                .send(mail)
                .await
                .map_err(|error| NotSent::of_server(&error)),
            // One that can't be written doesn't keep those behind it.
            Ok(Err(unwritten)) => Err(unwritten),
            // One whose code can't be opened on this machine waits for one that can.
            Err(Error::OnlySeals { who }) => {
                let (mut tx, _) = desk.begin(Action::OutboxSend).await?;
                tx.unclaim_mail(row.id, &claimant).await?;
                tx.commit_lease().await?;
                report.codes_wait_for = Some(who);
                continue;
            }
            Err(error) => return Err(error),
        };
        desk.now = clock();
        let (mut tx, _) = desk.begin(Action::OutboxSend).await?;
        let mut is_given_up = false;
        match &sent {
            Ok(()) => {
                tx.mail_sent(row.id, desk.now).await?;
                report.sent += 1;
            }
            Err(NotSent { why, then }) => {
                let again = match then {
                    Then::GivenUp => None,
                    Then::Later | Then::Stop => next_try(row.attempts + 1, desk.now),
                };
                tx.mail_not_sent(row.id, why, again, desk.now).await?;
                report.failed += 1;
                is_given_up = again.is_none();
                report.given_up += u64::from(is_given_up);
                report.last_error = Some(why.clone());
                stop = matches!(then, Then::Stop);
            }
        }
        let mut detail = json!({ "message_id": row.message_id, "sent": sent.is_ok() });
        if is_given_up {
            detail["given_up"] = true.into();
        }
        let event = desk.event(Action::OutboxSend, detail);
        desk.commit(tx, event).await?;
    }
    Ok(report)
}

/// Why a mail didn't go out, and what then.
struct NotSent {
    why: String,
    then: Then,
}

/// What becomes of a mail that didn't go out, and of those behind it.
enum Then {
    /// It's tried again later, and the next one now.
    Later,
    /// All of them are tried again later.
    Stop,
    /// It could never go out.
    GivenUp,
}

impl NotSent {
    fn of_server(error: &SmtpError) -> Self {
        let then = match error {
            SmtpError::RefusedForGood(_) => Then::GivenUp,
            SmtpError::Refused(_) => Then::Later,
            _ => Then::Stop,
        };
        Self {
            why: error.to_string(),
            then,
        }
    }

    /// What is wrong with the mail itself. A key may still come to this machine, and an address may be set right.
    fn of_mail(error: &Error) -> Option<Self> {
        let then = match error {
            Error::Seal(SealError::Broken) => Then::GivenUp,
            Error::Invalid { .. } | Error::Seal(SealError::NoKey { .. }) => Then::Later,
            _ => return None,
        };
        Some(Self {
            why: error.to_string(),
            then,
        })
    }
}

/// The mail of a row, or what is wrong with it; an error where that's wrong with all of them.
async fn written(
    desk: &Desk<'_>,
    row: &OutboxRow,
    sender: &Sender<'_>,
) -> Result<std::result::Result<Mail, NotSent>> {
    let notice = match notice_of(row) {
        Ok(notice) => notice,
        Err(error) => {
            return Ok(Err(NotSent {
                why: format!("the mail can't be written: its notice: {error}"),
                then: Then::GivenUp,
            }));
        }
    };
    match composed(desk, row, &notice, sender).await {
        Ok(mail) => Ok(Ok(mail)),
        Err(error) => NotSent::of_mail(&error).map(Err).ok_or(error),
    }
}

/// The mail of a notice, with the code that it carries.
async fn composed(
    desk: &Desk<'_>,
    row: &OutboxRow,
    notice: &Notice,
    sender: &Sender<'_>,
) -> Result<Mail> {
    let secret = match (&row.sealed_secret, &row.key_id) {
        (Some(bytes), Some(key_id)) => Some(opened(desk, row, bytes, key_id).await?),
        _ => None,
    };
    let name = sender
        .name
        .map_or_else(|| named_after(row), ToOwned::to_owned);
    let address = row.desk_address.as_deref().map(in_ascii);
    let asked = match notice.answers_request() {
        Some(request) => asked_in(desk, request).await?,
        None => None,
    };
    let envelope = Envelope {
        from: sender.from,
        desk: address.as_deref().map(|address| (name.as_str(), address)),
        to: &in_ascii(&row.recipient),
        message_id: &row.message_id,
        in_reply_to: asked.as_deref(),
    };
    compose(notice, row.language, &envelope, secret.as_ref()).map_err(unwritable)
}

/// What a region's desk is called.
fn named_after(row: &OutboxRow) -> String {
    let region = row.desk_name.as_deref().unwrap_or_default();
    format!("Servicedesk {region}").trim_end().to_owned()
}

/// The Message-ID of a request's mail, as its sender wrote it.
async fn asked_in(desk: &Desk<'_>, request: &str) -> Result<Option<String>> {
    let Ok(id) = request.parse() else {
        return Ok(None);
    };
    let mut look = desk.database.look().await?;
    Ok(look.message_id_of(&id).await?)
}

/// What the row says, of the desk that it's kept under: answers go there, whatever address was written down.
fn notice_of(row: &OutboxRow) -> serde_json::Result<Notice> {
    let mut notice: Value = serde_json::from_str(&row.notice)?;
    if let Some(fields) = notice.as_object_mut() {
        let address = row.desk_address.clone().unwrap_or_default();
        fields.insert("desk".into(), address.into());
    }
    serde_json::from_value(notice)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn unwritable(error: CannotCompose) -> Error {
    Error::Invalid {
        message: error.to_string(),
        hint: "check `[smtp] from` in the config".into(),
    }
}

async fn opened(
    desk: &Desk<'_>,
    row: &OutboxRow,
    bytes: &[u8],
    key_id: &str,
) -> Result<SecretString> {
    let mut look = desk.database.look().await?;
    let vault = desk.opening_vault(&mut look).await?;
    let sealed = SealedSecret {
        key_id: key_id.to_owned(),
        bytes: bytes.to_owned(),
    };
    let bound = Bound::Mail {
        message_id: &row.message_id,
    };
    let code = vault.open(&sealed, &bound)?;
    Ok(String::from_utf8_lossy(&code).as_ref().into())
}
