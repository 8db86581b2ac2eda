//! `balie service add`: an account for a timer. It has no password and never gets one; its token does one job.

use jiff::SignedDuration;
use serde_json::json;

use super::manage::existing;
use super::token::{Fresh, Made, may_live};
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::operator::job::Job;
use crate::domain::operator::login::Login;
use crate::domain::operator::session::Token;
use crate::domain::refusal::Refusal;
use crate::store::operator::{OperatorRow, TokenRow};

/// Which service is to be made.
#[derive(Debug)]
pub struct ServiceOrder {
    /// Its login.
    pub login: Login,
    /// Its job.
    pub job: Job,
    /// How long its token works.
    pub life: SignedDuration,
}

/// Registers a service with its token; one that is there already gets another token for the same job.
pub async fn add_service(desk: &mut Desk<'_>, order: &ServiceOrder) -> Result<(TokenRow, Token)> {
    if !may_live(order.life) {
        return Err(Error::Invalid {
            message: "a service's token works for a year at most".into(),
            hint: "pass a shorter time, such as --expires 90d, and renew it by running this again"
                .into(),
        });
    }
    let (mut tx, actor) = desk.begin(Action::ServiceAdd).await?;
    let login = order.login.as_str();
    tx.add_service(login, order.job, desk.now).await?.or_not();
    let operator = existing(&mut tx, login).await?;
    may_have_one(&operator, order)?;
    let made = Made::in_tx(
        &mut tx,
        desk,
        &Fresh {
            operator: &operator,
            scopes: order.job.as_str(),
            added_by: &actor.login,
            life: order.life,
            // Nobody is behind it who could accept it.
            is_accepted: true,
        },
    )
    .await?;
    let row = made.row(&mut tx).await?;
    let detail = json!({
        "login": login, "job": order.job, "token": made.public_id, "expires_at": row.expires_at,
    });
    let event = desk.event(Action::ServiceAdd, detail);
    desk.commit(tx, event).await?;
    Ok((row, made.token))
}

/// Whether whoever has that login may get another token for that job.
fn may_have_one(operator: &OperatorRow, order: &ServiceOrder) -> Result<()> {
    let (login, job) = (&operator.login, order.job);
    let (refusal, message, hint) = match operator.job {
        Some(own) if own == job && operator.disabled_at.is_none() => return Ok(()),
        Some(own) if own == job => (
            Refusal::TokenRefused,
            format!("the service `{login}` is disabled"),
            format!(
                "let it work again with `balie operator enable {login}`, or choose another name"
            ),
        ),
        Some(own) => (
            Refusal::OperatorExists,
            format!("there is already a service `{login}`, for the job `{own}`"),
            format!("choose another name for the job `{job}`"),
        ),
        None => (
            Refusal::OperatorExists,
            format!("`{login}` is a person's login, but a service needs its own"),
            format!("choose another name for the job `{job}`"),
        ),
    };
    Err(Error::RefusedHere {
        refusal,
        message,
        hint,
    })
}
