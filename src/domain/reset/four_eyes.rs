//! When one operator isn't enough, and why.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::domain::text_value::text_enum;

text_enum! {
    /// Why a second pair of eyes is needed, as the contract names it.
    ReasonCode, UnknownReasonCode, "reason", {
        /// The account has a role that the policy names.
        PrivilegedRole = "privileged_role",
        /// The account was reset recently.
        RepeatedReset = "repeated_reset",
        /// The requester's address came on file only days ago (rule 9).
        FreshAddress = "fresh_address",
        /// The holder has the requester's name: it may be their own account.
        SameName = "same_name",
        /// The mail doesn't name the account: a plan added it to the request.
        NotNamed = "not_named",
        /// The plan has more accounts than one operator may do alone.
        LongList = "long_list",
    }
}

/// A reason, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// These roles of the account are privileged.
    PrivilegedRole(Vec<String>),
    /// The account was reset so many whole days ago.
    RepeatedReset {
        /// How many.
        days: i64,
    },
    /// Every capacity that covers the account is fresh.
    FreshAddress,
    /// The holder has a name that the requester goes by.
    SameName,
    /// The request doesn't speak of the account.
    NotNamed,
    /// The plan is long.
    LongList {
        /// How many accounts it has.
        rows: i64,
        /// How many one operator may do alone.
        most: u32,
    },
}

impl Reason {
    /// The code of the contract.
    #[must_use]
    pub const fn code(&self) -> ReasonCode {
        match self {
            Self::PrivilegedRole(_) => ReasonCode::PrivilegedRole,
            Self::RepeatedReset { .. } => ReasonCode::RepeatedReset,
            Self::FreshAddress => ReasonCode::FreshAddress,
            Self::SameName => ReasonCode::SameName,
            Self::NotNamed => ReasonCode::NotNamed,
            Self::LongList { .. } => ReasonCode::LongList,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PrivilegedRole(roles) => write!(f, "privileged role: {}", roles.join(", ")),
            Self::RepeatedReset { days: ..=0 } => f.write_str("reset less than a day ago"),
            Self::RepeatedReset { days: 1 } => f.write_str("reset 1 day ago"),
            Self::RepeatedReset { days } => write!(f, "reset {days} days ago"),
            Self::FreshAddress => {
                f.write_str("the requester's address or capacity was added only days ago")
            }
            Self::SameName => f.write_str("the holder has the requester's name"),
            Self::NotNamed => {
                f.write_str("the mail doesn't name the account: a plan added it to the request")
            }
            Self::LongList { rows, most } => {
                write!(
                    f,
                    "{rows} accounts, where one operator may do {most} at most"
                )
            }
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.code().serialize(serializer)
    }
}

/// Adds the reasons of another account: each code once, the first that was found.
pub fn gather(reasons: &mut Vec<Reason>, more: impl IntoIterator<Item = Reason>) {
    for reason in more {
        if !reasons.iter().any(|known| known.code() == reason.code()) {
            reasons.push(reason);
        }
    }
    reasons.sort_by_key(Reason::code);
}

/// What is needed, and why, for whoever was refused: "needs approval by another operator, a senior (…)".
#[must_use]
pub fn needed(reasons: &[Reason]) -> String {
    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    format!(
        "needs approval by another operator, a senior ({})",
        reasons.join("; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_refused_reads_every_reason() {
        let roles = vec!["ict-beheerder".to_owned()];
        let reasons = [
            Reason::PrivilegedRole(roles),
            Reason::RepeatedReset { days: 3 },
        ];
        assert_eq!(
            needed(&reasons),
            "needs approval by another operator, a senior (privileged role: ict-beheerder; reset 3 days ago)"
        );
    }

    #[test]
    fn a_list_tells_each_kind_of_reason_once() {
        let mut reasons = vec![Reason::RepeatedReset { days: 1 }];
        let more = [
            Reason::RepeatedReset { days: 2 },
            Reason::NotNamed,
            Reason::PrivilegedRole(vec!["admin".into()]),
        ];
        gather(&mut reasons, more);
        let codes: Vec<_> = reasons.iter().map(Reason::code).collect();
        let once = [
            ReasonCode::PrivilegedRole,
            ReasonCode::RepeatedReset,
            ReasonCode::NotNamed,
        ];
        assert_eq!(codes, once);
    }
}
