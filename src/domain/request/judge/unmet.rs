//! What keeps a mail from being proven, and who can mend it.

use crate::domain::text_value::text_enum;

text_enum! {
    /// A condition that a signature has to meet before it proves a mail.
    Condition, UnknownCondition, "condition", {
        /// The cryptography holds, and nothing about the signature is odd.
        Holds = "holds",
        /// It's the sender's own domain's.
        Own = "own",
        /// It covers From, Subject and Date.
        Core = "core",
        /// Nothing that it leaves out could lead an answer astray.
        Fields = "fields",
        /// The text follows from signed bytes alone.
        Text = "text",
        /// This copy went to the desk.
        Route = "route",
        /// The mail came from inside the school.
        Origin = "origin",
        /// The desk is addressed in signed words.
        Addressed = "addressed",
    }
}

text_enum! {
    /// Who can mend what is missing.
    Mender, UnknownMender, "mender", {
        /// Whoever wrote the mail.
        Director = "director",
        /// Whoever runs the school's mail.
        Administrator = "administrator",
        /// The desk.
        Desk = "desk",
    }
}

/// A condition that isn't met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// Which.
    pub condition: Condition,
    /// What was found.
    pub why: String,
    /// Who can mend it.
    pub who: Mender,
    /// How.
    pub what: String,
}
