//! What a request can be used for now, and which requests can be used for an account.

use serde_json::json;

use super::standing::standing;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::store::request::ReadyRow;

/// How many requests are offered.
const OFFERED: i64 = 20;

/// Who asks, and for whom it can still be done.
#[derive(Clone, Debug)]
pub struct AskedFor {
    /// The requester's name, where that is known.
    pub requester: Option<String>,
    /// The accounts that it covers and wasn't used for; where there are none, all that it names, so that each can be
    /// told why not.
    pub accounts: Vec<Username>,
}

/// What the request is bound to, of what this operator reaches. One that names nobody is refused.
pub async fn asked_for(desk: &mut Desk<'_>, id: &RequestId) -> Result<AskedFor> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let standing = standing(desk, &mut tx, id).await?;
    let left = standing
        .reached()
        .filter(|bound| bound.covered && bound.used_at.is_none());
    let mut accounts: Vec<Username> = left.map(|bound| bound.username.clone()).collect();
    if accounts.is_empty() {
        accounts = standing
            .reached()
            .map(|bound| bound.username.clone())
            .collect();
    }
    let refusal = accounts.is_empty().then_some(Refusal::NoAccounts);
    let detail = json!({ "before": "reset", "code": refusal });
    let mut event = desk.event(Action::RequestRead, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    if let Some(refusal) = refusal {
        return Err(Error::Refused(refusal));
    }
    Ok(AskedFor {
        requester: standing.requester.map(|requester| requester.name),
        accounts,
    })
}

/// The requests that all of these accounts can be reset on, or get a fresh code on: the oldest first.
pub async fn ready_for(desk: &mut Desk<'_>, usernames: &[Username]) -> Result<Vec<ReadyRow>> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let mut common: Option<Vec<ReadyRow>> = None;
    for username in usernames {
        let ready = tx
            .ready_requests(&desk.reach, username, OFFERED, desk.now)
            .await?;
        common = Some(match common {
            None => ready,
            Some(mut common) => {
                common.retain(|row| ready.contains(row));
                common
            }
        });
    }
    let ready = common.unwrap_or_default();
    let event = desk.event(Action::RequestRead, json!({ "found": ready.len() }));
    desk.commit(tx, event).await?;
    Ok(ready)
}
