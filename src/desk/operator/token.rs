//! `balie operator token`: what a script works with. Shown once; the database has its hash.

use jiff::SignedDuration;
use serde_json::json;

use super::manage::{a_person, existing};
use crate::desk::{Desk, Error, Result};
use crate::domain::code::RegionCode;
use crate::domain::code32;
use crate::domain::log::event::Action;
use crate::domain::operator::scope::Scope;
use crate::domain::operator::session::{Token, TokenKind};
use crate::domain::operator::{Reach, Role};
use crate::domain::refusal::Refusal;
use crate::store::operator::{NewToken, OperatorRow, TokenRow};
use crate::store::{StoreError, Tx};

/// Longest life of a token, in days: it's renewed by hand, by whoever still wants it.
const LONGEST_DAYS: i64 = 366;
/// Characters of a public id.
const ID: usize = 5;
/// How often an id is drawn before giving up.
const DRAWS: usize = 20;

/// What a script is to get.
#[derive(Debug)]
pub struct TokenOrder {
    /// The operator that it works for; oneself where none is named.
    pub login: Option<String>,
    /// What for.
    pub scopes: Vec<Scope>,
    /// The regions; the operator's own where none is named.
    pub regions: Vec<RegionCode>,
    /// How long.
    pub life: SignedDuration,
}

/// Makes a token. An admin makes them for anybody, others for themselves.
pub async fn add_token(desk: &mut Desk<'_>, order: &TokenOrder) -> Result<(TokenRow, Token)> {
    if order.scopes.is_empty() || !may_live(order.life) {
        return Err(Error::Invalid {
            message: "a token needs a scope, and has to expire within a year".into(),
            hint: "pass --scope SCOPE and --expires 30d".into(),
        });
    }
    let (mut tx, actor) = desk.begin(Action::TokenAdd).await?;
    let operator = target(&mut tx, &actor, order.login.as_deref()).await?;
    a_person(&operator)?;
    if operator.disabled_at.is_some() {
        return Err(Refusal::TokenRefused.into());
    }
    let scopes: Vec<_> = order.scopes.iter().map(|scope| scope.as_str()).collect();
    let made = Made::in_tx(
        &mut tx,
        desk,
        &Fresh {
            operator: &operator,
            scopes: &scopes.join(" "),
            added_by: &actor.login,
            life: order.life,
            is_accepted: operator.login == actor.login,
        },
    )
    .await?;
    let holder = format!("token:{}", made.public_id);
    if let Some(unknown) = tx.set_regions(&holder, &order.regions).await? {
        return Err(Error::NotFound {
            what: "region",
            name: unknown.to_string(),
            nearest: None,
        });
    }
    let own = Reach::of(operator.role, &operator.login);
    if tx.token_exceeds(&holder, own.holder()).await? {
        return Err(Refusal::OutOfRegion.into());
    }
    let row = made.row(&mut tx).await?;
    let detail = json!({
        "token": made.public_id, "login": operator.login, "scopes": order.scopes,
        "regions": order.regions, "expires_at": row.expires_at,
    });
    let event = desk.event(Action::TokenAdd, detail);
    desk.commit(tx, event).await?;
    Ok((row, made.token))
}

/// Whether a token may work for so long.
pub(super) fn may_live(life: SignedDuration) -> bool {
    life > SignedDuration::ZERO && life <= SignedDuration::from_hours(24 * LONGEST_DAYS)
}

/// What a new token is to be.
pub(super) struct Fresh<'a> {
    /// Whom it works for.
    pub(in crate::desk) operator: &'a OperatorRow,
    /// What for, as the database has it.
    pub(in crate::desk) scopes: &'a str,
    /// Who makes it.
    pub(super) added_by: &'a str,
    /// How long.
    pub(super) life: SignedDuration,
    /// It doesn't sleep.
    pub(super) is_accepted: bool,
}

/// A token that was made.
pub(super) struct Made {
    /// What it's called.
    pub(in crate::desk) public_id: String,
    /// What is shown once.
    pub(in crate::desk) token: Token,
}

impl Made {
    /// Draws a token, and an id for it that no other one has.
    pub(super) async fn in_tx(tx: &mut Tx, desk: &mut Desk<'_>, fresh: &Fresh<'_>) -> Result<Self> {
        let token = Token::draw(TokenKind::Script, desk.rng);
        for _ in 0..DRAWS {
            let public_id = format!("T-{}", code32::draw(desk.rng, ID));
            let new = NewToken {
                public_id: &public_id,
                operator: fresh.operator.id,
                hash: &token.hash(),
                scopes: fresh.scopes,
                added_by: fresh.added_by,
                expires_at: desk.now.plus(fresh.life),
                is_accepted: fresh.is_accepted,
            };
            if tx.add_token(&new, desk.now).await?.took() {
                return Ok(Self { public_id, token });
            }
        }
        Err(StoreError::Unexpected("no free token id could be drawn".into()).into())
    }

    /// Its state.
    pub(in crate::desk) async fn row(&self, tx: &mut Tx) -> Result<TokenRow> {
        let row = tx.token(&self.token.hash()).await?;
        Ok(row.ok_or_else(|| StoreError::Unexpected("the token is gone".into()))?)
    }
}

/// Every token, for an admin; for others their own.
pub async fn tokens(desk: &mut Desk<'_>, login: Option<&str>) -> Result<Vec<TokenRow>> {
    let (mut tx, actor) = desk.begin(Action::TokenRead).await?;
    let all = actor.role.may(Action::OperatorAdd);
    let login = match login {
        Some(login) => Some(target(&mut tx, &actor, Some(login)).await?.login),
        None => (!all).then(|| actor.login.clone()),
    };
    let found = tx.tokens(login.as_deref()).await?;
    let event = desk.event(
        Action::TokenRead,
        json!({ "login": login, "found": found.len() }),
    );
    desk.commit(tx, event).await?;
    Ok(found)
}

/// Accepts a token that a colleague made for oneself: until then it sleeps (rule 20).
pub async fn accept_token(desk: &mut Desk<'_>, public_id: &str) -> Result<TokenRow> {
    let (mut tx, actor) = desk.begin(Action::TokenAccept).await?;
    let row = token(&mut tx, public_id).await?;
    if row.login != actor.login {
        return Err(Refusal::TokenNotYours.into());
    }
    if row.revoked_at.is_some() || row.expires_at <= desk.now {
        return Err(Refusal::TokenRefused.into());
    }
    // Accepted before, it stays so.
    tx.accept_token(public_id, desk.now).await?.or_not();
    let detail = json!({ "token": public_id, "added_by": row.added_by });
    let event = desk.event(Action::TokenAccept, detail);
    desk.commit(tx, event).await?;
    Ok(TokenRow {
        accepted_at: row.accepted_at.or(Some(desk.now)),
        ..row
    })
}

async fn token(tx: &mut Tx, public_id: &str) -> Result<TokenRow> {
    let found = tx.token_by_id(public_id).await?;
    found.ok_or_else(|| Error::NotFound {
        what: "operator token",
        name: public_id.to_owned(),
        nearest: None,
    })
}

/// Revokes a token, at once.
pub async fn revoke_token(desk: &mut Desk<'_>, public_id: &str) -> Result<TokenRow> {
    let (mut tx, actor) = desk.begin(Action::TokenRevoke).await?;
    let row = token(&mut tx, public_id).await?;
    target(&mut tx, &actor, Some(&row.login)).await?;
    // Revoked before, it stays so.
    tx.revoke_token(public_id, desk.now).await?.or_not();
    let detail = json!({ "token": public_id, "login": row.login });
    let event = desk.event(Action::TokenRevoke, detail);
    desk.commit(tx, event).await?;
    Ok(TokenRow {
        revoked_at: row.revoked_at.or(Some(desk.now)),
        ..row
    })
}

/// Whose token it is about: one's own, or anybody's for whom looks after operators.
async fn target(tx: &mut Tx, actor: &OperatorRow, login: Option<&str>) -> Result<OperatorRow> {
    let login = login.unwrap_or(&actor.login);
    let others = matches!(actor.role, Role::Admin | Role::Founder);
    if login != actor.login && !others {
        return Err(Refusal::RoleMayNot.into());
    }
    existing(tx, login).await
}
