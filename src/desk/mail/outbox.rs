//! `balie outbox list|show`.

use secrecy::SecretString;
use serde_json::json;

use super::written::{notice_of, unwritable};
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::mail::preview;
use crate::store::StoreError;
use crate::store::mail::OutboxRow;

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
