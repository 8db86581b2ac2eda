//! `balie enroll begin` and `confirm`: an authenticator is bound while its holder is there.

use serde_json::json;
use zeroize::Zeroizing;

use super::authenticator::{add, open};
use crate::desk::account::AccountCard;
use crate::desk::lease::account_to_change;
use crate::desk::notify::tell_holder;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::Confirmation;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::second_factor::totp::{Authenticator, VerificationCode};
use crate::domain::timestamp::Timestamp;
use crate::store::operator::OperatorRow;
use crate::vault::PasswordHash;

/// An enrollment that was begun.
#[derive(Debug)]
pub struct BegunEnrollment {
    /// Whose.
    pub card: AccountCard,
    /// What the holder's app reads. It holds the secret.
    pub uri: Zeroizing<String>,
    /// Until when it can be confirmed.
    pub enroll_by: Option<Timestamp>,
}

/// An enrollment that is in use now.
#[derive(Debug)]
pub struct ConfirmedEnrollment {
    /// Whose.
    pub username: Username,
    /// Since when.
    pub enrolled_at: Timestamp,
    /// The holder's only recovery code. This is the one moment that it's seen.
    pub recovery_code: RecoveryCode,
}

/// Begins an enrollment with a fresh secret; one that was begun before and not confirmed is replaced.
/// `shown` says for the log how the holder gets to see it.
pub async fn begin_enrollment(
    desk: &mut Desk<'_>,
    username: &Username,
    shown: &str,
    dry_run: bool,
) -> Result<BegunEnrollment> {
    let (mut tx, operator) = desk.begin(Action::EnrollBegin).await?;
    let vault = desk.vault(&mut tx).await?;
    let (mut tx, card) = account_to_change(desk, tx, Action::EnrollBegin, username).await?;
    refuse_own(&operator, &card)?;
    let account = card.account.id;
    let found = tx.second_factor(account).await?;
    found.standing.begin(desk.now)?;
    tx.drop_unconfirmed(account, desk.now).await?;
    let authenticator = Authenticator::draw(desk.rng);
    let uri = authenticator.uri(&desk.policy.issuer, username.as_str());
    let uri = uri.ok_or_else(|| Error::Invalid {
        message: "the issuer can't be part of an otpauth URI".into(),
        hint: "remove the colon from `[policy] issuer`".into(),
    })?;
    add(desk, &mut tx, &vault, account, &authenticator, None).await?;
    let enroll_by = found.standing.enroll_by;
    let replaces = found.authenticator.is_some();
    let detail = json!({ "shown": shown, "replaces": replaces, "enroll_by": enroll_by });
    let mut event = desk.event(Action::EnrollBegin, detail);
    event.account = Some(account);
    if !dry_run {
        desk.commit(tx, event).await?;
    }
    Ok(BegunEnrollment {
        card,
        uri,
        enroll_by,
    })
}

/// Puts the enrollment in use, with a code of the holder's app. Ten wrong ones, and it has to be begun
/// again.
pub async fn confirm_enrollment(
    desk: &mut Desk<'_>,
    username: &Username,
    code: &VerificationCode,
) -> Result<ConfirmedEnrollment> {
    let recovery_code = RecoveryCode::draw(desk.rng);
    // Hashed before the transaction, which others wait for.
    let hash = PasswordHash::draw(recovery_code.as_bytes(), desk.rng)?;
    let (mut tx, operator) = desk.begin(Action::EnrollConfirm).await?;
    let vault = desk.vault_to_open_secrets(&mut tx).await?;
    let (mut tx, card) = account_to_change(desk, tx, Action::EnrollConfirm, username).await?;
    refuse_own(&operator, &card)?;
    let account = card.account.id;
    let found = tx.second_factor_to_open(account).await?;
    let row = found.authenticator.ok_or(Refusal::NotBegun)?;
    // Whether it may be confirmed at all is asked before anything is opened.
    found.standing.begin(desk.now)?;
    let verdict = open(&vault, account, &row)?.judge(code, None, desk.now);
    match found.standing.confirm(verdict, desk.now)? {
        Confirmation::Enrolled { step } => {
            let confirmed = tx
                .confirm_enrollment(account, row.id, step, hash.as_str(), desk.now)
                .await?
                .took();
            if !confirmed {
                return Err(Refusal::NotBegun.into());
            }
            let told = tell_holder(desk, &mut tx, &card, Notice::EnrolledHolder);
            told.await?;
            let mut event = desk.event(Action::EnrollConfirm, json!({}));
            event.account = Some(account);
            desk.commit(tx, event).await?;
            Ok(ConfirmedEnrollment {
                username: username.clone(),
                enrolled_at: desk.now,
                recovery_code,
            })
        }
        Confirmation::Wrong { failures, ends } => {
            if ends {
                tx.drop_unconfirmed(account, desk.now).await?;
            } else {
                tx.count_unconfirmed(row.id).await?;
            }
            let detail = json!({ "failures": failures, "ended": ends });
            let mut event = desk.event(Action::EnrollRefused, detail);
            event.account = Some(account);
            desk.commit(tx, event).await?;
            Err(if ends {
                Refusal::TooManyTries.into()
            } else {
                Refusal::CodeNotAccepted.into()
            })
        }
    }
}

/// Nobody works on their own account (rule 2).
pub(super) fn refuse_own(operator: &OperatorRow, card: &AccountCard) -> Result<()> {
    let account = &card.account;
    let own_address = operator.work_email.as_ref() == Some(&account.work_email);
    if own_address || operator.login == account.username.as_str() {
        return Err(Refusal::SamePerson.into());
    }
    Ok(())
}
