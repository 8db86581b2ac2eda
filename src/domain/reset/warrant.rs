//! Leave to do exactly one thing. Only the decision over a [`CaseFile`](super::case_file::CaseFile) gives it.

use crate::domain::text_value::text_enum;

text_enum! {
    /// What a request is used for.
    Purpose, UnknownPurpose, "purpose", {
        /// A reset of the second factor.
        Reset = "reset",
        /// A fresh recovery code.
        Reissue = "reissue",
    }
}

/// What a reset rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// A request, by its internal id.
    Request(i64),
    /// A break-glass case, by its internal id.
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
    /// For the decision, and nobody else.
    pub(super) const fn issue(purpose: Purpose, basis: Basis, account: i64) -> Self {
        Self {
            purpose,
            basis,
            account,
        }
    }

    /// What it's for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
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
