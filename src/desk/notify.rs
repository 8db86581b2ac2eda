//! Mails to be sent, queued in the transaction of what they tell (rules 3, 9 and 10).

use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret as _, SecretString};

use super::account::AccountCard;
use super::{Desk, Result};
use crate::domain::directory::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::notice::{AboutAccount, Notice};
use crate::store::Tx;
use crate::store::account::AccountRow;
use crate::store::directory::RequesterRow;
use crate::store::mail::NewMail;
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

impl<'l> Letter<'l> {
    /// To a holder, in the holder's own language.
    pub(super) fn to_holder(
        holder: &'l AccountRow,
        desk: &Desk<'_>,
        desk_address: &'l str,
    ) -> Self {
        Self {
            to: &holder.work_email,
            language: holder.language.unwrap_or(desk.policy.language),
            desk_address,
        }
    }

    /// To a requester, in the desk's language.
    pub(super) fn to_requester(
        requester: &'l RequesterRow,
        desk: &Desk<'_>,
        desk_address: &'l str,
    ) -> Self {
        Self {
            to: &requester.work_email,
            language: desk.policy.language,
            desk_address,
        }
    }
}

/// A mail to be queued.
#[derive(Debug)]
pub(super) struct Mail<'l> {
    /// To whom.
    pub(super) letter: Letter<'l>,
    /// What it says.
    pub(super) notice: Notice,
    /// A code that only its reader may see, and what seals it until it is sent; then it's erased.
    pub(super) secret: Option<(&'l Vault, SecretString)>,
}

impl<'l> Mail<'l> {
    /// One that carries no code.
    pub(super) const fn plain(letter: Letter<'l>, notice: Notice) -> Self {
        Self {
            letter,
            notice,
            secret: None,
        }
    }
}

/// Queues a mail that carries no code.
pub(super) async fn notify(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    letter: Letter<'_>,
    notice: Notice,
) -> Result<()> {
    notify_each(desk, tx, &[Mail::plain(letter, notice)]).await?;
    Ok(())
}

/// Queues them at once; gives their Message-IDs.
pub(super) async fn notify_each(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    mails: &[Mail<'_>],
) -> Result<Vec<String>> {
    let mut sealed = Vec::with_capacity(mails.len());
    for mail in mails {
        let message_id = message_id(desk, &mail.letter);
        let secret = match &mail.secret {
            Some((vault, secret)) => Some(seal(desk, vault, &message_id, secret)?),
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
            desk_address: mail.letter.desk_address,
            language: mail.letter.language,
            notice: &mail.notice,
            secret: secret
                .as_ref()
                .map(|s| (s.key_id.as_str(), s.bytes.as_slice())),
        })
        .collect();
    tx.queue_mails(&mails, desk.now).await?;
    Ok(sealed
        .into_iter()
        .map(|(message_id, _)| message_id)
        .collect())
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

/// Tells the holder what happened to their second factor.
pub(super) async fn tell_holder(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    card: &AccountCard,
    notice: impl FnOnce(AboutAccount) -> Notice,
) -> Result<()> {
    let (account, address) = (&card.account, card.desk_address());
    let notice = notice(AboutAccount {
        name: account.name.clone(),
        username: account.username.to_string(),
        at: desk.now,
        desk: address.to_owned(),
    });
    notify(desk, tx, Letter::to_holder(account, desk, address), notice).await
}

/// The same however often the mail is sent, so that a second copy is recognisable.
fn message_id(desk: &mut Desk<'_>, letter: &Letter<'_>) -> String {
    let mut unique = [0; 16];
    desk.rng.fill_bytes(&mut unique);
    let domain = letter.desk_address.rsplit_once('@');
    let domain = domain.map_or("balie.invalid", |(_, domain)| domain);
    format!("{}@{domain}", HEXLOWER.encode(&unique))
}
