//! Who works at the desk, and what each role may do.

use super::event::Action;
use super::text_value::text_enum;

text_enum! {
    /// An operator's role.
    Role, UnknownRole, "role", {
        /// Works the desk.
        Operator = "operator",
        /// Works the desk, and approves what needs a second pair of eyes.
        Senior = "senior",
        /// Reads everything and changes nothing.
        Auditor = "auditor",
    }
}

impl Role {
    /// Whether this role may do it.
    #[must_use]
    pub const fn may(self, action: Action) -> bool {
        match self {
            Self::Operator | Self::Senior => true,
            Self::Auditor => action.only_reads(),
        }
    }
}
