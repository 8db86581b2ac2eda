//! A row of a plan, and what was decided about it.

use super::result::RowResult;
use crate::domain::bulk::plan::{RowFault, RowState};
use crate::domain::reset::receipt::Receipt;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::timestamp::Timestamp;
use crate::store::bulk::{HolderRow, PlanRowRow, Settled};

/// A row, the account that was found, and what was decided.
pub(super) struct Judged<'b> {
    pub(in crate::desk) row: &'b PlanRowRow,
    pub(in crate::desk) holder: Option<&'b HolderRow>,
    pub(in crate::desk) fault: Option<RowFault>,
    /// The code, where one was issued.
    pub(in crate::desk) issued: Option<IssuedCode>,
}

/// A code, and until when it can be used.
pub(super) struct IssuedCode {
    pub(in crate::desk) code: RecoveryCode,
    pub(in crate::desk) expires_at: Timestamp,
}

impl Judged<'_> {
    /// Whether this is the last word: a row that a colleague holds up stays ready.
    pub(super) fn is_settled(&self) -> bool {
        self.fault != Some(RowFault::Held)
    }

    pub(super) const fn state(&self) -> RowState {
        match self.fault {
            None => RowState::Done,
            Some(fault) => fault.state(),
        }
    }

    pub(super) const fn settled(&self, event: i64) -> Settled {
        Settled {
            position: self.row.position,
            state: self.state(),
            code: self.fault,
            event,
        }
    }

    /// Without an event it's the result of a dry run.
    pub(super) fn result(
        &self,
        event: Option<i64>,
        receipt: Option<Receipt>,
        file: Option<&str>,
    ) -> RowResult {
        let issued = self.issued.as_ref();
        let would_be = |state| {
            if state == RowState::Done {
                RowState::Ready
            } else {
                state
            }
        };
        RowResult {
            username: self.row.username.clone(),
            state: event.map_or_else(|| would_be(self.state()), |_| self.state()),
            fault: self.fault,
            event,
            receipt,
            expires_at: issued.map(|issued| issued.expires_at),
            file: issued.and(file).map(str::to_owned),
        }
    }
}
