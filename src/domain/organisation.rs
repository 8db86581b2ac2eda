//! Consortia, boards and schools: a tree.

use super::text_value::text_enum;

text_enum! {
    /// What kind of organisation this is.
    OrganisationKind, UnknownOrganisationKind, "kind of organisation", {
        /// A consortium (samenwerkingsverband).
        Consortium = "consortium",
        /// A board (bestuur).
        Board = "board",
        /// A school.
        School = "school",
        /// Anything else.
        Other = "other",
    }
}
