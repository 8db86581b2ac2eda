//! What a bulk plan does to each of its accounts, and by which road what it issues goes out.

use crate::domain::reset::warrant::Purpose;
use crate::domain::second_factor::delivery::Delivery;
use crate::domain::text_value::text_enum;

text_enum! {
    /// What a plan does to each of its accounts.
    PlanAction, UnknownPlanAction, "bulk action", {
        /// The second factor is reset.
        Reset = "reset",
        /// A fresh recovery code is issued.
        Reissue = "reissue",
    }
}

/// The work of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanWork {
    /// The second factors are reset.
    Reset,
    /// Fresh recovery codes are issued.
    Reissue(Road),
}

/// By which road a plan's codes go out. None of them shows a code to an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Road {
    /// Each by mail, to the work address on file.
    Mail,
    /// As letters, to print.
    Letter,
    /// Encrypted to this age recipient.
    Sealed(String),
}

impl PlanWork {
    /// The work whose parts are these; nothing when they don't belong together.
    #[must_use]
    pub fn of(
        action: PlanAction,
        delivery: Option<Delivery>,
        recipient: Option<&str>,
    ) -> Option<Self> {
        Some(match (action, delivery, recipient) {
            (PlanAction::Reset, None, None) => Self::Reset,
            (PlanAction::Reissue, Some(Delivery::Mail), None) => Self::Reissue(Road::Mail),
            (PlanAction::Reissue, Some(Delivery::Letter), None) => Self::Reissue(Road::Letter),
            (PlanAction::Reissue, Some(Delivery::Sealed), Some(recipient)) => {
                Self::Reissue(Road::Sealed(recipient.to_owned()))
            }
            _ => return None,
        })
    }

    /// What is done.
    #[must_use]
    pub const fn action(&self) -> PlanAction {
        match self {
            Self::Reset => PlanAction::Reset,
            Self::Reissue(_) => PlanAction::Reissue,
        }
    }

    /// What a request is used for by it.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        match self {
            Self::Reset => Purpose::Reset,
            Self::Reissue(_) => Purpose::Reissue,
        }
    }

    /// The road, where something goes out.
    #[must_use]
    pub const fn road(&self) -> Option<&Road> {
        match self {
            Self::Reset => None,
            Self::Reissue(road) => Some(road),
        }
    }

    /// How a code reaches its holder.
    #[must_use]
    pub const fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::Reset => None,
            Self::Reissue(Road::Mail) => Some(Delivery::Mail),
            Self::Reissue(Road::Letter) => Some(Delivery::Letter),
            Self::Reissue(Road::Sealed(_)) => Some(Delivery::Sealed),
        }
    }

    /// Whom the codes are encrypted to.
    #[must_use]
    pub fn recipient(&self) -> Option<&str> {
        match self {
            Self::Reissue(Road::Sealed(recipient)) => Some(recipient),
            Self::Reset | Self::Reissue(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_that_belong_together_are_work() {
        let mut known = 0;
        for action in PlanAction::ALL {
            let deliveries = Delivery::ALL.iter().copied().map(Some);
            for delivery in deliveries.chain([None]) {
                for recipient in [None, Some("age1x")] {
                    let Some(work) = PlanWork::of(*action, delivery, recipient) else {
                        continue;
                    };
                    known += 1;
                    let parts = (work.action(), work.delivery(), work.recipient());
                    assert_eq!(parts, (*action, delivery, recipient));
                }
            }
        }
        assert_eq!(known, 4);
        assert!(PlanWork::of(PlanAction::Reissue, Some(Delivery::Screen), None).is_none());
    }
}
