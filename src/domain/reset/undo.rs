//! May this reset be undone? A pure decision, and the only maker of an [`Undo`] (rule 4).

use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;

/// What bears on the decision, as it was loaded.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct UndoFacts {
    /// The account's internal id.
    pub account: i64,
    /// The enrollment that the reset retired and that is still retired, by its internal id.
    pub retired: Option<i64>,
    /// When that enrollment's secret is destroyed.
    pub destroy_at: Option<Timestamp>,
    /// It was destroyed already.
    pub destroyed: bool,
    /// Whoever undoes is whoever did.
    pub own_reset: bool,
    /// Whoever undoes is the holder or the requester.
    pub same_person: bool,
    /// The holder has enrolled since the reset.
    pub enrolled_again: bool,
    /// The account was reset once more since.
    pub reset_again: bool,
}

/// Leave to bring exactly this enrollment back.
#[derive(Debug)]
pub struct Undo {
    account: i64,
    enrollment: i64,
}

impl Undo {
    /// Decides.
    pub fn allow(facts: &UndoFacts, now: Timestamp) -> Result<Self, Refusal> {
        let over = facts.destroyed || facts.destroy_at.is_none_or(|at| at <= now);
        let refusals = [
            (facts.own_reset, Refusal::OwnReset),
            (facts.same_person, Refusal::SamePerson),
            (facts.enrolled_again, Refusal::EnrolledAgain),
            (facts.reset_again, Refusal::ResetAgain),
            (facts.retired.is_some() && over, Refusal::UndoOver),
        ];
        if let Some((_, refusal)) = refusals.into_iter().find(|(refuses, _)| *refuses) {
            return Err(refusal);
        }
        let enrollment = facts.retired.ok_or(Refusal::NothingToUndo)?;
        Ok(Self {
            account: facts.account,
            enrollment,
        })
    }

    /// The account's internal id.
    #[must_use]
    pub const fn account(&self) -> i64 {
        self.account
    }

    /// The enrollment's internal id.
    #[must_use]
    pub const fn enrollment(&self) -> i64 {
        self.enrollment
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_undo_needs_every_rule_to_hold(flags in any::<[bool; 6]>(), left in -2_i64..3) {
            let [retired, destroyed, own_reset, same_person, enrolled_again, reset_again] = flags;
            let now = Timestamp::from_seconds(1_000);
            let facts = UndoFacts {
                account: 1,
                retired: retired.then_some(2),
                destroy_at: Some(Timestamp::from_seconds(1_000 + left)),
                destroyed,
                own_reset,
                same_person,
                enrolled_again,
                reset_again,
            };
            let no = destroyed || own_reset || same_person || enrolled_again || reset_again;
            prop_assert_eq!(Undo::allow(&facts, now).is_ok(), retired && !no && left > 0);
        }
    }
}
