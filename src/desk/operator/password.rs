//! `balie operator reset-password`: one to begin with for a colleague, or another one for oneself.

use secrecy::SecretString;
use serde_json::json;

use super::log_in::{count_wrong_login, fits};
use super::manage::{HANDED_OUT_HOURS, HandedOut, a_person, card, close, existing, handed_out};
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::store::Tx;
use crate::store::operator::PasswordRow;

/// Whose password somebody is about to set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A colleague's.
    Colleagues,
    /// The own one, of which there is none yet.
    OwnFirst,
    /// The own one, in the place of the old one.
    Own,
}

/// Whose password that of `login` is.
pub async fn whose_password(desk: &mut Desk<'_>, login: &str) -> Result<Whose> {
    Ok(match own_password(desk, login).await? {
        None => Whose::Colleagues,
        Some(row) if row.password_hash.is_none() => Whose::OwnFirst,
        Some(_) => Whose::Own,
    })
}

/// The operator's own password as it stands; nothing where that of `login` is a colleague's.
async fn own_password(desk: &mut Desk<'_>, login: &str) -> Result<Option<PasswordRow>> {
    let (mut tx, actor) = desk.begin(Action::OwnPassword).await?;
    if actor.login != login {
        return Ok(None);
    }
    Ok(tx.password(login).await?)
}

/// Gives an operator a password to begin with; the authenticator and the sessions end. For oneself the
/// password is chosen, by whoever knows the old one, and the authenticator stays: whoever finds a session
/// open can't make it theirs.
pub async fn reset_password(
    desk: &mut Desk<'_>,
    login: &str,
    old: Option<&SecretString>,
    password: Option<&SecretString>,
) -> Result<HandedOut> {
    let (given, hash) = handed_out(password, desk.rng)?;
    let before = own_password(desk, login).await?;
    let own = before.is_some();
    let (mut tx, action) = if let Some(before) = &before {
        let tx = prove_own(desk, before, login, old).await?;
        (tx, Action::OwnPassword)
    } else {
        let (tx, _) = desk.begin(Action::OperatorPassword).await?;
        (tx, Action::OperatorPassword)
    };
    if own && password.is_none() {
        return Err(Error::Invalid {
            message: "you choose your own password".into(),
            hint: "pass --password-stdin".into(),
        });
    }
    let operator = existing(&mut tx, login).await?;
    a_person(&operator)?;
    let until = (!own).then(|| desk.now.plus_hours(HANDED_OUT_HOURS));
    tx.set_operator_password(operator.id, hash.as_str(), until)
        .await?;
    if !own {
        tx.retire_operator_factor(operator.id, desk.now).await?;
    }
    let sessions = tx.end_sessions(operator.id, desk.now).await?;
    let taken = close(desk, &mut tx).await?;
    let closes = taken.is_some();
    let card = card(&mut tx, login).await?;
    let detail = json!({ "login": login, "sessions_ended": sessions, "closes_desk": closes });
    let event = desk.event(action, detail);
    let events = taken.into_iter().chain([event]).collect();
    desk.commit_many(tx, events).await?;
    Ok(HandedOut {
        card,
        password: given,
        until,
        closes,
    })
}

/// A transaction for whoever knows the password that there is. Failures count as those of a login do.
async fn prove_own(
    desk: &mut Desk<'_>,
    before: &PasswordRow,
    login: &str,
    old: Option<&SecretString>,
) -> Result<Tx> {
    // Checked before the transaction, which others wait for.
    let known = old.is_some_and(|old| fits(Some(before), old));
    let (mut tx, _) = desk.begin(Action::OwnPassword).await?;
    let Some(row) = tx.password(login).await? else {
        return Ok(tx);
    };
    if row.password_hash.is_none() {
        return Ok(tx);
    }
    let unchanged = before.password_hash == row.password_hash;
    if let Some(until) = row.login_waits_until.filter(|until| *until > desk.now) {
        let event = desk.event(Action::OwnPassword, json!({ "refused": "login_delayed" }));
        desk.commit(tx, event).await?;
        return Err(Error::LoginDelayed { until });
    }
    if known && unchanged {
        return Ok(tx);
    }
    if old.is_some() {
        count_wrong_login(&mut tx, row.id, desk.now).await?;
    }
    let event = desk.event(
        Action::OwnPassword,
        json!({ "refused": Refusal::WrongPassword }),
    );
    desk.commit(tx, event).await?;
    Err(Refusal::WrongPassword.into())
}
