//! `balie mailbox authorise`: whoever lets this machine into the desk's mailbox is in the log.

use serde_json::json;

use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;

/// Whether whoever calls may have somebody consent.
pub async fn may_authorise(desk: &mut Desk<'_>) -> Result<()> {
    desk.begin(Action::MailboxAuthorise).await.map(drop)
}

/// The user consented: `sections` of the config have tokens from now on.
pub async fn authorised(desk: &mut Desk<'_>, sections: &[&str], user: &str) -> Result<()> {
    let (tx, _) = desk.begin(Action::MailboxAuthorise).await?;
    let detail = json!({ "sections": sections, "user": user });
    let event = desk.event(Action::MailboxAuthorise, detail);
    desk.commit(tx, event).await?;
    Ok(())
}
