//! `balie account show`: the account, and what the caller on the phone asks about it.

use serde_json::json;

use super::show::{AccountCard, account_card_if_any, no_account};
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::account::{LastResetRow, MayAskRow, OpenForRow};

/// How many people who may ask, and how many requests, are shown.
const SHOWN: i64 = 20;

/// An account as a card for the phone.
#[derive(Clone, Debug)]
pub struct PhoneCard {
    /// The account.
    pub card: AccountCard,
    /// Who may ask for it. Not to be read out to a caller: that's what an impostor wants to know.
    pub may_ask: Vec<MayAskRow>,
    /// When it was last reset.
    pub last_reset: Option<LastResetRow>,
    /// The requests that name it and can still come to something.
    pub open_requests: Vec<OpenForRow>,
    /// When a mail to the holder was given up, where none was taken since.
    pub bounced_at: Option<Timestamp>,
}

/// The account with exactly that username, or the only one with exactly that work address.
pub async fn phone_card(desk: &mut Desk<'_>, typed: &str) -> Result<PhoneCard> {
    let (mut tx, _) = desk.begin(Action::AccountShow).await?;
    let username = named(desk, &mut tx, typed).await?;
    let Some(card) = account_card_if_any(desk, &mut tx, &username).await? else {
        return Err(no_account(desk, &mut tx, &username).await?);
    };
    let id = card.account.id;
    let whole = PhoneCard {
        may_ask: tx.may_ask(id, desk.now, SHOWN).await?,
        last_reset: tx.last_reset(id).await?,
        open_requests: tx.open_for(id, desk.now, SHOWN).await?,
        bounced_at: tx.bounced_at(card.account.work_email.as_str()).await?,
        card,
    };
    let mut event = desk.event(Action::AccountShow, json!({}));
    event.account = Some(id);
    desk.commit(tx, event).await?;
    Ok(whole)
}

/// The username that was typed, or that of the only account with that address. Neither is guessed (rule 12).
async fn named(desk: &Desk<'_>, tx: &mut Tx, typed: &str) -> Result<Username> {
    let lower = typed.trim().to_lowercase();
    let mut found = if lower.contains('@') {
        tx.accounts_named(&desk.reach, &[&lower]).await?
    } else {
        Vec::new()
    };
    // A username may look like an address; it's the one that was meant then.
    if let Some(exact) = found.iter().find(|found| found.username.as_str() == lower) {
        return Ok(exact.username.clone());
    }
    match (found.len(), found.pop()) {
        (1, Some(only)) => Ok(only.username),
        (0, _) => typed.parse().map_err(|_| Error::NotFound {
            what: "account",
            name: typed.to_owned(),
            nearest: None,
        }),
        (many, _) => Err(Error::Ambiguous {
            what: format!("{many} accounts have the work address {lower}"),
            hint: format!("see which with `balie find {lower}`, and name the username"),
        }),
    }
}
