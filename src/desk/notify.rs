//! Mails to be sent, queued in the transaction of what they tell (rules 3, 9 and 10).

use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret as _, SecretString};

use super::{AccountCard, Desk, Result};
use crate::domain::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::notice::{AboutAccount, Notice};
use crate::store::{NewMail, Tx};
use crate::vault::{Bound, SealedSecret, Vault};

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

impl AccountCard {
    /// A mail to the holder, from `desk_address`.
    pub(super) fn letter<'l>(&'l self, desk: &Desk<'_>, desk_address: &'l str) -> Letter<'l> {
        Letter {
            to: &self.account.work_email,
            language: self.account.language.unwrap_or(desk.policy.language),
            desk_address,
        }
    }
}

/// Queues `notice`.
pub(super) async fn notify(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    letter: &Letter<'_>,
    notice: Notice,
) -> Result<()> {
    notify_each(desk, tx, &[(*letter, notice)]).await
}

/// Queues a notice to each, at once.
pub(super) async fn notify_each(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    notices: &[(Letter<'_>, Notice)],
) -> Result<()> {
    let ids = notices.iter().map(|(letter, _)| message_id(desk, letter));
    let ids: Vec<_> = ids.collect();
    let mails = notices.iter().zip(&ids);
    let mails: Vec<_> = mails
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

/// One of many mails.
#[derive(Debug)]
pub(super) struct Mail<'l> {
    /// To whom.
    pub(super) letter: Letter<'l>,
    /// What it says.
    pub(super) notice: Notice,
    /// A code that only its reader may see.
    pub(super) secret: Option<SecretString>,
}

/// Queues many at once.
pub(super) async fn notify_many(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    mails: &[Mail<'_>],
) -> Result<()> {
    let mut sealed = Vec::with_capacity(mails.len());
    for mail in mails {
        let message_id = message_id(desk, &mail.letter);
        let secret = match &mail.secret {
            Some(secret) => Some(seal(desk, vault, &message_id, secret)?),
            None => None,
        };
        sealed.push((message_id, secret));
    }
    let mails: Vec<_> = mails
        .iter()
        .zip(&sealed)
        .map(|(mail, (message_id, secret))| NewMail {
            message_id,
            recipient: mail.letter.to.as_str(),
            language: mail.letter.language,
            notice: &mail.notice,
            secret: secret
                .as_ref()
                .map(|s| (s.key_id.as_str(), s.bytes.as_slice())),
        })
        .collect();
    Ok(tx.queue_mails(&mails, desk.now).await?)
}

fn seal(
    desk: &mut Desk<'_>,
    vault: &Vault,
    message_id: &str,
    secret: &SecretString,
) -> Result<SealedSecret> {
    let bound = Bound::Mail { message_id };
    Ok(vault.seal(secret.expose_secret().as_bytes(), &bound, desk.rng)?)
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
    let sealed = seal(desk, vault, &message_id, secret)?;
    let mail = NewMail {
        message_id: &message_id,
        recipient: letter.to.as_str(),
        language: letter.language,
        notice,
        secret: Some((&sealed.key_id, &sealed.bytes)),
    };
    Ok(tx.queue_mails(&[mail], desk.now).await?)
}

/// Tells the holder what happened to the own second factor.
pub(super) async fn tell_holder(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    card: &AccountCard,
    notice: impl FnOnce(AboutAccount) -> Notice,
) -> Result<()> {
    let address = card.desk_address();
    let account = &card.account;
    let notice = notice(AboutAccount {
        name: account.name.clone(),
        username: account.username.to_string(),
        at: desk.now,
        desk: address.clone(),
    });
    notify(desk, tx, &card.letter(desk, &address), notice).await
}

/// The same however often the mail is sent, so that a second copy is recognisable.
fn message_id(desk: &mut Desk<'_>, letter: &Letter<'_>) -> String {
    let mut unique = [0; 16];
    desk.rng.fill_bytes(&mut unique);
    let domain = letter.desk_address.rsplit_once('@');
    let domain = domain.map_or("balie.invalid", |(_, domain)| domain);
    format!("{}@{domain}", HEXLOWER.encode(&unique))
}
