//! `balie outbox list|send`: claim, hand over, mark. Each mark is a transaction with its event.

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;

use super::{Desk, Error, Result};
use crate::domain::backoff::next_try;
use crate::domain::event::Action;
use crate::domain::notice::Notice;
use crate::domain::timestamp::Timestamp;
use crate::mail::{CannotCompose, Envelope, Mail, Smtp, SmtpError, compose, in_ascii, preview};
use crate::store::{OutboxRow, StoreError};
use crate::vault::{Bound, SealedSecret};

/// How long a claim lasts, in minutes: longer than the conversation about one mail.
const CLAIM_MINUTES: i64 = 5;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SendReport {
    /// Mails that were handed over.
    pub sent: u64,
    /// Mails that weren't taken, and are due again later or were given up.
    pub failed: u64,
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
    let text = preview(&notice_of(&row)?, row.language, Some(&hidden)).map_err(unwritable)?;
    let event = desk.event(Action::OutboxRead, json!({ "message_id": message_id }));
    desk.commit(tx, event).await?;
    Ok(MailCard { row, text })
}

/// Sends every mail that is due. Stops at a server that can't be reached, or takes no mail from here: the
/// rest stays due. The clock is read for each mail: a run may take longer than a claim lasts.
pub async fn send_mails(
    desk: &mut Desk<'_>,
    smtp: &Smtp,
    from: &str,
    clock: &dyn Fn() -> Timestamp,
) -> Result<SendReport> {
    let mut unique = [0; 8];
    desk.rng.fill_bytes(&mut unique);
    let claimant = HEXLOWER.encode(&unique);
    let from = in_ascii(from);
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
        let sent = match written(desk, &row, &from).await {
            Ok(mail) => smtp.send(mail).await,
            // One that can't be written doesn't keep those behind it.
            Err(Error::Invalid { message, .. }) => Err(SmtpError::Refused(message)),
            // Nor does one whose code can't be opened on this machine.
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
        match &sent {
            Ok(()) => {
                tx.mail_sent(row.id, desk.now).await?;
                report.sent += 1;
            }
            Err(error) => {
                let again = next_try(row.attempts + 1, desk.now);
                tx.mail_not_sent(row.id, &error.to_string(), again, desk.now)
                    .await?;
                report.failed += 1;
                report.last_error = Some(error.to_string());
                stop = !matches!(error, SmtpError::Refused(_));
            }
        }
        let detail = json!({ "message_id": row.message_id, "sent": sent.is_ok() });
        let event = desk.event(Action::OutboxSend, detail);
        desk.commit(tx, event).await?;
    }
    Ok(report)
}

/// The mail of a row, with the code that it carries.
async fn written(desk: &Desk<'_>, row: &OutboxRow, from: &str) -> Result<Mail> {
    let notice = notice_of(row)?;
    let secret = match (&row.sealed_secret, &row.key_id) {
        (Some(bytes), Some(key_id)) => Some(opened(desk, row, bytes, key_id).await?),
        _ => None,
    };
    let envelope = Envelope {
        from,
        to: &in_ascii(&row.recipient),
        message_id: &row.message_id,
    };
    compose(&notice, row.language, &envelope, secret.as_ref()).map_err(unwritable)
}

fn notice_of(row: &OutboxRow) -> Result<Notice> {
    Ok(serde_json::from_str(&row.notice)
        .map_err(|error| StoreError::Unexpected(format!("a notice: {error}")))?)
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
