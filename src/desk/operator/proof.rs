//! Who puts a copy back: an admin, as the copy knows them. There's no desk yet in whose log a no could stand, or where a wrong
//! password could count.

use super::log_in::{LoginOrder, fits, open};
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::Stage;
use crate::domain::second_factor::totp::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::vault::Vault;

/// How somebody shows who they are.
#[derive(Debug)]
pub enum Proof {
    /// By a session that still stands in the copy; on an open desk by the system's word.
    Shown,
    /// By password and code, which was typed then.
    Code(LoginOrder, Timestamp),
}

/// Lets an admin in, and nobody else.
pub(in crate::desk) async fn prove_admin(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    proof: &Proof,
) -> Result<()> {
    match proof {
        Proof::Code(order, typed_at) if tx.desk_is_closed().await? => {
            let factor = by_code(tx, vault, order, *typed_at).await?;
            tx.accept_operator_step(factor.0, factor.1, desk.now)
                .await?
                .took()
                .then_some(())
                .ok_or(Refusal::LoginRefused)?;
            let known = tx.operator(&order.login).await?;
            let known = known.ok_or(Refusal::LoginRefused)?;
            if !known.role.may(Action::Restore) {
                return Err(Refusal::RoleMayNot.into());
            }
            desk.operator = known.login;
            Ok(())
        }
        Proof::Code(..) | Proof::Shown => desk.recognise_in(tx, Action::Restore).await,
    }
}

/// The authenticator that the code is of, and its step.
async fn by_code(
    tx: &mut Tx,
    vault: &Vault,
    order: &LoginOrder,
    typed_at: Timestamp,
) -> Result<(i64, u64)> {
    let row = tx.password(&order.login).await?;
    let right = fits(row.as_ref(), &order.password);
    let row = row.filter(|row| right && row.password_until.is_none());
    let row = row.ok_or(Refusal::LoginRefused)?;
    let factor = tx.operator_factor(row.id).await?;
    let factor = factor.ok_or(Refusal::LoginRefused)?;
    let Stage::Active { last, .. } = factor.stage() else {
        return Err(Refusal::LoginRefused.into());
    };
    let code = order.code.as_ref().ok_or(Refusal::LoginRefused)?;
    match open(vault, row.id, &factor)?.judge(code, last, typed_at) {
        Verdict::Right { step } => Ok((factor.id, step)),
        _ => Err(Refusal::LoginRefused.into()),
    }
}
