//! Somebody in a text.

use std::ops::RangeInclusive;

use super::named_by::NamedBy;

/// Somebody in the text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Their place among those who are looked for.
    pub(super) person: usize,
    /// How they are called.
    pub(super) by: NamedBy,
    /// In which words.
    pub(super) words: RangeInclusive<usize>,
}
