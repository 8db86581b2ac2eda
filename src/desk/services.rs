//! `balie service add`: an account for a timer. It has no password and never gets one; its token does one job.

use jiff::SignedDuration;
use serde_json::json;

use super::operators::existing;
use super::{Desk, Error, Result};
use crate::domain::code32;
use crate::domain::event::Action;
use crate::domain::job::Job;
use crate::domain::login::Login;
use crate::domain::refusal::Refusal;
use crate::domain::session::{Token, TokenKind};
use crate::store::{NewToken, StoreError, TokenRow};

/// Longest life of a service's token, in days: it's renewed by hand, by whoever still wants it.
const LONGEST_DAYS: i64 = 366;
/// Characters of a token's public id, and how often one is drawn before giving up.
const ID: usize = 5;
const DRAWS: usize = 20;

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
    let longest = SignedDuration::from_hours(24 * LONGEST_DAYS);
    if order.life <= SignedDuration::ZERO || order.life > longest {
        return Err(Error::Invalid {
            message: "a service's token ends within a year".into(),
            hint: "pass --expires 90d".into(),
        });
    }
    let (mut tx, actor) = desk.begin(Action::ServiceAdd).await?;
    let login = order.login.as_str();
    tx.add_service(login, order.job, desk.now).await?.or_not();
    let operator = existing(&mut tx, login).await?;
    if operator.job != Some(order.job) {
        return Err(Refusal::OperatorExists.into());
    }
    if operator.disabled_at.is_some() {
        return Err(Refusal::TokenRefused.into());
    }
    let token = Token::draw(TokenKind::Script, desk.rng);
    let hash = token.hash();
    for _ in 0..DRAWS {
        let public_id = format!("T-{}", code32::draw(desk.rng, ID));
        let new = NewToken {
            public_id: &public_id,
            operator: operator.id,
            hash: &hash,
            scopes: order.job.as_str(),
            added_by: &actor.login,
            expires_at: desk.now.plus(order.life),
            // Nobody is behind it who could accept it.
            is_accepted: true,
        };
        if !tx.add_token(&new, desk.now).await?.took() {
            continue;
        }
        let row = tx.token(&hash).await?;
        let row = row.ok_or_else(|| StoreError::Unexpected("the token is gone".into()))?;
        let detail = json!({
            "login": login, "job": order.job, "token": public_id, "expires_at": row.expires_at,
        });
        let event = desk.event(Action::ServiceAdd, detail);
        desk.commit(tx, event).await?;
        return Ok((row, token));
    }
    Err(StoreError::Unexpected("no free token id could be drawn".into()).into())
}
