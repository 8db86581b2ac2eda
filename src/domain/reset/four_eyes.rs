//! When one operator isn't enough.

use crate::domain::text_value::text_enum;

text_enum! {
    /// Why a second pair of eyes is needed.
    Reason, UnknownReason, "reason", {
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
    }
}

impl Reason {
    /// The reason, for the second operator.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::PrivilegedRole => "the account has a privileged role",
            Self::RepeatedReset => "the account was reset recently",
            Self::FreshAddress => "the requester's address or capacity was added only days ago",
            Self::SameName => "the holder has the requester's name",
            Self::NotNamed => "the mail doesn't name the account: a plan added it to the request",
        }
    }
}
