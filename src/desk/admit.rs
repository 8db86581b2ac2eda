//! The gate: who is at work, may this role do it, and whom does it reach. Every use case begins here.

use serde_json::json;

use super::{Desk, Result};
use crate::domain::event::Action;
use crate::domain::operator::Reach;
use crate::domain::refusal::Refusal;
use crate::store::{OperatorRow, Tx};

impl Desk<'_> {
    /// Begins the transaction of one operation, for an operator whose role may do it. A no is an event
    /// too (rule 11).
    pub(crate) async fn begin(&mut self, action: Action) -> Result<(Tx, OperatorRow)> {
        let mut tx = self.database.begin().await?;
        let operator = self.admit(&mut tx).await?;
        if operator.role.may(action) {
            return Ok((tx, operator));
        }
        let refusal = Refusal::RoleMayNot;
        let detail = json!({ "code": refusal, "role": operator.role, "action": action });
        let event = self.event(Action::AccessRefused, detail);
        self.commit(tx, event).await?;
        Err(refusal.into())
    }

    /// Who is at work. An open desk believes the system; a closed one wants a session.
    async fn admit(&mut self, tx: &mut Tx) -> Result<OperatorRow> {
        if tx.desk_is_closed().await? {
            return Err(Refusal::NotLoggedIn.into());
        }
        let operator = tx.operator(&self.operator).await?;
        let operator = operator.ok_or(Refusal::UnknownOperator)?;
        self.reach = Reach::Everywhere;
        Ok(operator)
    }
}
