//! The gate: who is at work, may this role do it, and whom does it reach. Every use case begins here.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::work::PlanAction;
use crate::domain::log::duty::Duty;
use crate::domain::log::event::Action;
use crate::domain::operator::Reach;
use crate::domain::operator::scope::Scope;
use crate::domain::operator::session::TokenKind;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::operator::OperatorRow;

/// A session that was used within so many seconds isn't noted again: a lookup needn't write for it.
const SEEN_EVERY: i64 = 60;

/// How somebody was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// The desk is open: nobody has a password yet, and the system's word is taken.
    System,
    /// By password and code.
    Session {
        /// The session's internal id.
        id: i64,
        /// When it began.
        started_at: Timestamp,
        /// When it ends automatically.
        until: Timestamp,
    },
    /// By a script's token.
    Token {
        /// Its public id.
        id: String,
        /// What it's for.
        scopes: Vec<Scope>,
        /// When it ends.
        until: Timestamp,
    },
}

/// Who was let in.
#[derive(Clone, Copy, Debug)]
pub struct Admitted {
    /// A retired secret's time is over.
    pub secrets_are_due: bool,
    /// It's a service, whose token does one job and nothing else.
    pub is_service: bool,
}

impl Desk<'_> {
    /// Begins the transaction of one operation, for an operator whose role may do it. A no is an event
    /// too (rule 11).
    pub(crate) async fn begin(&mut self, action: Action) -> Result<(Tx, OperatorRow)> {
        self.ready_keys.load_for(action, &self.keys);
        let mut tx = self.database.begin().await?;
        let (operator, via) = self.admit(&mut tx).await?;
        if !allowed(&operator, &via, action) {
            let detail =
                json!({ "code": Refusal::RoleMayNot, "role": operator.role, "action": action });
            return self
                .turn_away(tx, Action::AccessRefused, Refusal::RoleMayNot, detail)
                .await;
        }
        if via != Via::System && action.needs_work_email() && operator.work_email.is_none() {
            let detail = json!({ "code": "work_email_missing", "action": action });
            let event = self.event(Action::AccessRefused, detail);
            self.commit(tx, event).await?;
            return Err(Error::WorkEmailMissing {
                login: operator.login,
            });
        }
        if via != Via::System
            && let Some((refusal, detail)) = self.limit(&mut tx, action).await?
        {
            return self
                .turn_away(tx, Action::LimitReached, refusal, detail)
                .await;
        }
        Ok((tx, operator))
    }

    /// Whether a person is at work who may do it and has reached no limit. Nothing is written: it's for what only looks on
    /// while somebody types.
    pub(in crate::desk) async fn may_unnoticed(
        &mut self,
        tx: &mut Tx,
        action: Action,
    ) -> Result<bool> {
        let (operator, via, reach) = self.recognise(tx).await?;
        if matches!(via, Via::Token { .. }) || !allowed(&operator, &via, action) {
            return Ok(false);
        }
        (self.operator, self.via, self.reach) = (operator.login, via, reach);
        Ok(self.via == Via::System || self.limit(tx, action).await?.is_none())
    }

    /// Recognises a person who may do it, in a transaction that a desk is still put into: there a no can't be an event.
    pub(crate) async fn recognise_in(&mut self, tx: &mut Tx, action: Action) -> Result<()> {
        let (operator, via, reach) = self.recognise(tx).await?;
        if matches!(via, Via::Token { .. }) || operator.job.is_some() || !operator.role.may(action)
        {
            return Err(Refusal::RoleMayNot.into());
        }
        (self.operator, self.via, self.reach) = (operator.login, via, reach);
        Ok(())
    }

    /// Turns a script away whose token isn't for such a plan.
    pub(crate) async fn let_plan(
        &mut self,
        tx: Tx,
        action: Action,
        plan: PlanAction,
    ) -> Result<Tx> {
        match &self.via {
            Via::Token { scopes, .. } if !scopes.iter().any(|scope| scope.allows_plan(plan)) => {
                let detail = json!({ "code": Refusal::RoleMayNot, "action": action, "plan": plan });
                self.turn_away(tx, Action::AccessRefused, Refusal::RoleMayNot, detail)
                    .await
            }
            _ => Ok(tx),
        }
    }

    async fn turn_away<T>(
        &mut self,
        tx: Tx,
        action: Action,
        refusal: Refusal,
        detail: Value,
    ) -> Result<T> {
        let event = self.event(action, detail);
        self.commit(tx, event).await?;
        Err(refusal.into())
    }

    /// Whether somebody is let in at all, before anything is asked or read. Who is learns by the way
    /// whether a retired secret's time is over, for [`super::reset::destroy_retired`].
    pub async fn check_admission(&mut self) -> Result<Admitted> {
        let seen = self.database.at_the_door(&self.operator, self.now).await?;
        let mut admitted = Admitted {
            secrets_are_due: seen.secrets_are_due,
            is_service: false,
        };
        if self.credential.is_some() || !seen.open_to_operator {
            let mut tx = self.database.look().await?;
            let (operator, ..) = self.recognise(&mut tx).await?;
            admitted.is_service = operator.job.is_some();
        }
        Ok(admitted)
    }

    /// Who is at work. What is learnt stays with the desk: every event bears the name.
    async fn admit(&mut self, tx: &mut Tx) -> Result<(OperatorRow, Via)> {
        let (operator, via, reach) = self.recognise(tx).await?;
        match &via {
            Via::Session { id, .. } => {
                let stale = self.now.plus(SignedDuration::from_secs(-SEEN_EVERY));
                tx.touch_session(*id, stale, self.now).await?;
            }
            Via::Token { id, .. } => tx.touch_token(id, self.now).await?,
            Via::System => {}
        }
        self.operator.clone_from(&operator.login);
        self.reach = reach;
        self.via = via.clone();
        Ok((operator, via))
    }

    /// An open desk believes the system; a closed one wants a session or a token.
    async fn recognise(&self, tx: &mut Tx) -> Result<(OperatorRow, Via, Reach)> {
        if self.credential.is_none()
            && let Some(operator) = tx.operator_on_an_open_desk(&self.operator).await?
        {
            return Ok((operator, Via::System, Reach::Everywhere));
        }
        let closed = tx.desk_is_closed().await?;
        match &self.credential {
            Some(token) if token.kind() == TokenKind::Script => {
                let row = tx.token(&token.hash()).await?;
                let row = row.ok_or(Refusal::TokenRefused)?;
                if row.revoked_at.is_some() || row.expires_at <= self.now {
                    return Err(Refusal::TokenRefused.into());
                }
                let operator = tx.operator(&row.login).await?;
                let operator = operator.ok_or(Refusal::TokenRefused)?;
                if row.accepted_at.is_none() {
                    return Err(Error::TokenAsleep {
                        token: row.public_id,
                        login: row.login,
                    });
                }
                let holder = format!("token:{}", row.public_id);
                let own = Reach::of(operator.role, &operator.login);
                let reach = if tx.token_exceeds(&holder, own.holder()).await? {
                    return Err(Refusal::TokenRefused.into());
                } else if tx.has_regions(&holder).await? {
                    Reach::RegionsOf(holder)
                } else if closed {
                    own
                } else {
                    Reach::Everywhere
                };
                let scopes = row.scopes.split(' ').filter_map(|text| text.parse().ok());
                let via = Via::Token {
                    scopes: scopes.collect(),
                    id: row.public_id,
                    until: row.expires_at,
                };
                Ok((operator, via, reach))
            }
            Some(token) if closed => {
                let row = tx.session(&token.hash()).await?;
                let row = row.ok_or(Refusal::NotLoggedIn)?;
                let session = row.session();
                session.stands(&self.policy, self.now)?;
                let operator = tx.operator(&row.login).await?;
                let operator = operator.ok_or(Refusal::SessionEnded)?;
                let via = Via::Session {
                    id: row.id,
                    started_at: session.started_at,
                    until: session.stands_until(&self.policy),
                };
                let reach = Reach::of(operator.role, &operator.login);
                Ok((operator, via, reach))
            }
            None if closed => Err(Refusal::NotLoggedIn.into()),
            _ => {
                let operator = tx.operator(&self.operator).await?;
                let operator = operator.ok_or(Refusal::UnknownOperator)?;
                Ok((operator, Via::System, Reach::Everywhere))
            }
        }
    }

    /// The limit that this operator has reached, if any: of lookups a minute (somebody harvests), or of
    /// resets an hour (somebody is being used).
    async fn limit(&self, tx: &mut Tx, action: Action) -> Result<Option<(Refusal, Value)>> {
        let (refusal, most, minutes) = match action {
            Action::Reset | Action::BreakGlassReset => {
                (Refusal::TooManyResets, self.policy.resets_per_hour, 60)
            }
            _ if action.duty() == Duty::People => {
                (Refusal::TooManyLookups, self.policy.lookups_per_minute, 1)
            }
            _ => return Ok(None),
        };
        let since = self.now.plus(SignedDuration::from_mins(-minutes));
        let done = if minutes == 60 {
            tx.resets_by(&self.operator, since).await?
        } else {
            tx.lookups_by(&self.operator, since).await?
        };
        let reached = done >= i64::from(most);
        Ok(reached.then(|| {
            (
                refusal,
                json!({ "code": refusal, "limit": most, "action": action }),
            )
        }))
    }
}

fn allowed(operator: &OperatorRow, via: &Via, action: Action) -> bool {
    let may = operator.role.may(action);
    match (via, operator.job) {
        // A service does its job by its token, and nothing in any other way.
        (Via::Token { .. }, Some(job)) => job.allows(action),
        (_, Some(_)) => false,
        (Via::System | Via::Session { .. }, None) => may,
        (Via::Token { scopes, .. }, None) => may && scopes.iter().any(|scope| scope.allows(action)),
    }
}
