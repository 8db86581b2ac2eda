//! Mails to be sent, queued in the transaction of what they tell (rules 3, 9 and 10).

use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret as _, SecretString};

use super::{AccountCard, Desk, Result};
use crate::domain::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::notice::{AboutAccount, Notice};
use crate::store::{NewMail, Tx};
use crate::vault::{Bound, Vault};

/// Whom a mail goes to, and who writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'l> {
    /// An address that was on file before the request (rule 9).
    pub(super) to: &'l WorkAddress,
    /// The language.
    pub(super) language: Language,
    /// The desk's address: the Message-ID bears its domain.
    pub(super) desk_address: &'l str,
}

/// Queues `notice`.
pub(super) async fn notify(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    letter: &Letter<'_>,
    notice: &Notice,
) -> Result<()> {
    let mail = NewMail {
        message_id: &message_id(desk, letter),
        recipient: letter.to.as_str(),
        language: letter.language,
        notice,
        secret: None,
    };
    Ok(tx.queue_mail(&mail, desk.now).await?)
}

/// Queues many at once.
pub(super) async fn notify_many(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    letters: &[(Letter<'_>, Notice)],
) -> Result<()> {
    let ids: Vec<_> = letters
        .iter()
        .map(|(letter, _)| message_id(desk, letter))
        .collect();
    let mails: Vec<_> = letters
        .iter()
        .zip(&ids)
        .map(|((letter, notice), message_id)| NewMail {
            message_id,
            recipient: letter.to.as_str(),
            language: letter.language,
            notice,
            secret: None,
        })
        .collect();
    Ok(tx.queue_mails(&mails, desk.now).await?)
}

/// Queues `notice` with a code that only its reader may see: sealed until it is sent, then erased.
pub(super) async fn notify_secret(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    letter: &Letter<'_>,
    notice: &Notice,
    secret: &SecretString,
) -> Result<()> {
    let message_id = message_id(desk, letter);
    let bound = Bound::Mail {
        message_id: &message_id,
    };
    let sealed = vault.seal(secret.expose_secret().as_bytes(), &bound, desk.rng)?;
    let mail = NewMail {
        message_id: &message_id,
        recipient: letter.to.as_str(),
        language: letter.language,
        notice,
        secret: Some((&sealed.key_id, &sealed.bytes)),
    };
    Ok(tx.queue_mail(&mail, desk.now).await?)
}

/// Tells the holder what happened to the own second factor.
pub(super) async fn tell_holder(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    card: &AccountCard,
    notice: impl FnOnce(AboutAccount) -> Notice,
) -> Result<()> {
    let address = desk_address(tx, card).await?;
    let account = &card.account;
    let notice = notice(AboutAccount {
        name: account.name.clone(),
        username: account.username.to_string(),
        at: desk.now,
        desk: address.clone(),
    });
    let letter = Letter {
        to: &account.work_email,
        language: account.language.unwrap_or(desk.policy.language),
        desk_address: &address,
    };
    notify(desk, tx, &letter, &notice).await
}

/// The same however often the mail is sent, so that a second copy is recognisable.
fn message_id(desk: &mut Desk<'_>, letter: &Letter<'_>) -> String {
    let mut unique = [0; 16];
    desk.rng.fill_bytes(&mut unique);
    let domain = letter.desk_address.rsplit_once('@');
    let domain = domain.map_or("balie.invalid", |(_, domain)| domain);
    format!("{}@{domain}", HEXLOWER.encode(&unique))
}

/// The address of the desk that the account belongs to.
pub(super) async fn desk_address(tx: &mut Tx, account: &AccountCard) -> Result<String> {
    let region = match account.roles.first() {
        Some(role) => tx.regions(Some(&role.region)).await?.pop(),
        None => None,
    };
    Ok(region
        .map(|region| region.servicedesk_address.to_string())
        .unwrap_or_default())
}
