//! In what capacity a requester may ask.

use crate::domain::text_value::text_enum;

text_enum! {
    /// A requester's capacity (FAQ: a director, someone of the board, a supervisor).
    Capacity, UnknownCapacity, "capacity", {
        /// The director of a school or organisation, and of what lies below it.
        Director = "director",
        /// A member of a board.
        BoardMember = "board_member",
        /// A supervisor: for that organisation itself only (rule 2).
        Supervisor = "supervisor",
    }
}

impl Capacity {
    /// Whether the authority reaches the organisations below the requester's own (rule 2).
    #[must_use]
    pub const fn reaches_below(self) -> bool {
        !matches!(self, Self::Supervisor)
    }
}
