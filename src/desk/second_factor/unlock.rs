//! `balie totp unlock`: the desk forgives ten failures. It lets nobody in who lacks password or phone,
//! so it needs no request; ten more guesses is what it gives, so it's done rarely and told.

use jiff::SignedDuration;
use serde_json::json;

use super::enroll::refuse_own;
use crate::desk::lease::account_to_change;
use crate::desk::notify::tell_holder;
use crate::desk::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;

/// So often an account is unlocked in a day: at most 40 guesses, 1.2 in 10,000 to hit.
const A_DAY: i64 = 3;

/// A second factor that was unlocked.
#[derive(Clone, Debug)]
pub struct Unlocked {
    /// Whose.
    pub username: Username,
    /// Since when it was locked.
    pub locked_at: Option<Timestamp>,
}

/// Unlocks the second factor of an account.
pub async fn unlock(desk: &mut Desk<'_>, username: &Username, dry_run: bool) -> Result<Unlocked> {
    let (tx, operator) = desk.begin(Action::Unlock).await?;
    let (mut tx, card) = account_to_change(desk, tx, Action::Unlock, username).await?;
    refuse_own(&operator, &card)?;
    let account = card.account.id;
    let found = tx.second_factor(account).await?;
    found.standing.unlock()?;
    let since = desk.now.plus(SignedDuration::from_hours(-24));
    let times = tx.account_events_since(account, Action::Unlock, since);
    if times.await? >= A_DAY {
        return Err(Refusal::TooManyTries.into());
    }
    let enrollment = found.authenticator.ok_or(Refusal::NotLocked)?.id;
    if !tx.unlock_enrollment(enrollment).await?.took() {
        return Err(Refusal::NotLocked.into());
    }
    let unlocked = Unlocked {
        username: username.clone(),
        locked_at: found.locked_at,
    };
    if dry_run {
        return Ok(unlocked);
    }
    tell_holder(desk, &mut tx, &card, Notice::UnlockedHolder).await?;
    let mut event = desk.event(Action::Unlock, json!({ "locked_at": found.locked_at }));
    event.account = Some(account);
    desk.commit(tx, event).await?;
    Ok(unlocked)
}
