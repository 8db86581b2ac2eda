//! A row of the outbox as the mail that goes out, with the code that it carries; or why there's none.

use secrecy::SecretString;
use serde_json::Value;

use crate::desk::{Desk, Error, Result};
use crate::domain::notice::Notice;
use crate::mail::{CannotCompose, Envelope, Mail, SmtpError, compose, in_ascii};
use crate::store::mail::OutboxRow;
use crate::vault::{Bound, SealError, SealedSecret};

/// Who sends the desk's mails.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'s> {
    /// Whose mailbox sends them: `[smtp] from`.
    pub from: &'s str,
    /// The name that they're from; none is that of the region's desk.
    pub name: Option<&'s str>,
}

/// Why a mail didn't go out, and what then.
pub(super) struct NotSent {
    pub(super) why: String,
    pub(super) then: Then,
}

/// What becomes of a mail that didn't go out, and of those behind it.
pub(super) enum Then {
    /// It's tried again later, and the next one now.
    Later,
    /// All of them are tried again later.
    Stop,
    /// It could never go out.
    GivenUp,
}

impl NotSent {
    pub(super) fn of_server(error: &SmtpError) -> Self {
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
pub(super) async fn written(
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
pub(super) fn notice_of(row: &OutboxRow) -> serde_json::Result<Notice> {
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
pub(super) fn unwritable(error: CannotCompose) -> Error {
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
