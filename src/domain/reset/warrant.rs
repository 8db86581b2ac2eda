//! May this be done for this account on this request? A pure decision, and the only maker of a [`Warrant`].

use crate::domain::refusal::Refusal;
use crate::domain::text_value::text_enum;
use crate::domain::timestamp::Timestamp;

text_enum! {
    /// What a request is used for.
    Purpose, UnknownPurpose, "purpose", {
        /// A reset of the second factor.
        Reset = "reset",
        /// A fresh recovery code.
        Reissue = "reissue",
    }
}

/// What bears on the decision, as it was loaded.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct WarrantFacts {
    /// What is asked.
    pub purpose: Purpose,
    /// The request's internal id.
    pub request: i64,
    /// The account's internal id.
    pub account: i64,
    /// The verdict is `verified`.
    pub verified: bool,
    /// When the request can't be used any more.
    pub expires_at: Timestamp,
    /// The request names this account.
    pub bound: bool,
    /// When the request was used for it.
    pub used_at: Option<Timestamp>,
    /// The requester has authority over it, when the mail came in and still now (rule 2).
    pub covered: bool,
    /// Two of requester, holder and operator are the same person (rule 2).
    pub same_person: bool,
    /// One operator isn't enough: see [`super::four_eyes`].
    pub needs_second: bool,
    /// Another operator said yes to exactly this.
    pub approved: bool,
    /// The account is blocked.
    pub blocked: bool,
}

/// What bears on a reset without a request, as it was loaded.
#[derive(Clone, Debug)]
pub struct CaseFacts {
    /// The case's internal id.
    pub case: i64,
    /// The account's internal id.
    pub account: i64,
    /// It was completed or called off.
    pub over: bool,
    /// When it can't be completed any more.
    pub expires_at: Timestamp,
    /// Whether whoever completes it may: somebody else than who started it, and not the holder.
    pub approver: Result<(), Refusal>,
    /// The account isn't what the starter was shown.
    pub changed: bool,
    /// The account is blocked.
    pub blocked: bool,
}

/// What a reset rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    Request(i64),
    Case(i64),
}

/// Leave to do exactly this for exactly this account, once: on a request, or on a completed
/// break-glass case.
#[derive(Debug)]
pub struct Warrant {
    purpose: Purpose,
    basis: Basis,
    account: i64,
}

impl Warrant {
    /// Decides (rules 1, 2 and 9).
    pub fn issue(facts: &WarrantFacts, now: Timestamp) -> Result<Self, Refusal> {
        let refusals = [
            (!facts.bound, Refusal::NotCovered),
            (!facts.verified, Refusal::RequestNotVerified),
            (facts.used_at.is_some(), Refusal::AlreadyUsed),
            (facts.expires_at <= now, Refusal::RequestExpired),
            (facts.same_person, Refusal::SamePerson),
            (!facts.covered, Refusal::NotAuthorised),
            (facts.blocked, Refusal::AccountBlocked),
            (
                facts.needs_second && !facts.approved,
                Refusal::FourEyesRequired,
            ),
        ];
        match refusals.into_iter().find(|(refuses, _)| *refuses) {
            Some((_, refusal)) => Err(refusal),
            None => Ok(Self {
                purpose: facts.purpose,
                basis: Basis::Request(facts.request),
                account: facts.account,
            }),
        }
    }

    /// What it's for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Decides where there is no request: the one way round rule 1.
    pub fn break_glass(facts: &CaseFacts, now: Timestamp) -> Result<Self, Refusal> {
        facts.approver?;
        let refusals = [
            (facts.over || facts.expires_at <= now, Refusal::CaseOver),
            (facts.changed, Refusal::ChangedSinceShown),
            (facts.blocked, Refusal::AccountBlocked),
        ];
        match refusals.into_iter().find(|(refuses, _)| *refuses) {
            Some((_, refusal)) => Err(refusal),
            None => Ok(Self {
                purpose: Purpose::Reset,
                basis: Basis::Case(facts.case),
                account: facts.account,
            }),
        }
    }

    /// The request's internal id, where it rests on one.
    #[must_use]
    pub const fn request(&self) -> Option<i64> {
        match self.basis {
            Basis::Request(id) => Some(id),
            Basis::Case(_) => None,
        }
    }

    /// The case's internal id, where it rests on one.
    #[must_use]
    pub const fn case(&self) -> Option<i64> {
        match self.basis {
            Basis::Case(id) => Some(id),
            Basis::Request(_) => None,
        }
    }

    /// The account's internal id.
    #[must_use]
    pub const fn account(&self) -> i64 {
        self.account
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_warrant_needs_every_rule_to_hold(flags in any::<[bool; 8]>(), expires in -2_i64..3) {
            let [verified, bound, used, covered, same, second, approved, blocked] = flags;
            let now = Timestamp::from_seconds(1_000);
            let facts = WarrantFacts {
                purpose: Purpose::Reset,
                request: 1,
                account: 2,
                verified,
                expires_at: Timestamp::from_seconds(1_000 + expires),
                bound,
                used_at: used.then_some(now),
                covered,
                same_person: same,
                needs_second: second,
                approved,
                blocked,
            };
            let may = verified && bound && !used && covered && !same && (!second || approved)
                && !blocked && expires > 0;
            prop_assert_eq!(Warrant::issue(&facts, now).is_ok(), may);
        }
    }

    proptest! {
        #[test]
        fn glass_breaks_only_under_another_hand_in_time_and_on_what_was_shown(
            flags in any::<[bool; 4]>(), expires in -2_i64..3
        ) {
            let [over, other, changed, blocked] = flags;
            let now = Timestamp::from_seconds(1_000);
            let facts = CaseFacts {
                case: 1,
                account: 2,
                over,
                expires_at: Timestamp::from_seconds(1_000 + expires),
                approver: if other { Ok(()) } else { Err(Refusal::FourEyesRequired) },
                changed,
                blocked,
            };
            let warrant = Warrant::break_glass(&facts, now);
            prop_assert_eq!(warrant.is_ok(), !over && other && !changed && !blocked && expires > 0);
            if let Ok(warrant) = warrant {
                // It uses up no request.
                prop_assert_eq!((warrant.request(), warrant.case()), (None, Some(1)));
            }
        }
    }
}
