//! What every check looks at.

use super::facts::DirectoryFacts;
use super::proof::Proof;
use crate::domain::policy::Policy;
use crate::domain::request::evidence::Evidence;
use crate::domain::timestamp::Timestamp;

/// What a check looks at.
pub(super) struct Case<'c> {
    pub(super) evidence: &'c Evidence,
    pub(super) facts: &'c DirectoryFacts,
    pub(super) policy: &'c Policy,
    pub(super) now: Timestamp,
    pub(super) proof: Proof<'c>,
}

/// A list, as a sentence has it.
pub(super) fn join(items: &[impl ToString]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
