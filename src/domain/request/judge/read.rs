//! A text with its own words.

use super::subject::begins_as_answer;
use crate::domain::request::evidence::{Evidence, Reading};
use crate::domain::request::words::own_text::{self, OwnText};

/// A reading, with its text parted once for all that look at it.
#[derive(Clone, Copy)]
pub(super) struct Read<'e> {
    pub(super) reading: &'e Reading,
    pub(super) text: OwnText<'e>,
}

impl<'e> Read<'e> {
    pub(super) fn of(reading: &'e Reading, evidence: &Evidence) -> Self {
        let text = if begins_as_answer(&evidence.subject) {
            own_text::split_answer(&reading.text)
        } else {
            own_text::split(&reading.text)
        };
        Self { reading, text }
    }
}
