//! The open challenge that a mail answers.

use crate::domain::request::evidence::Evidence;
use crate::store::request::ChallengeRow;

/// The open challenge that a mail answers.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    pub(in crate::desk) challenge: ChallengeRow,
    /// Its Message-ID is named; else a code is at its head, and whose it is isn't known.
    pub(super) is_named: bool,
}

impl Answered {
    /// The same, of a challenge that is known.
    pub(in crate::desk) fn by(evidence: &Evidence, challenge: ChallengeRow) -> Self {
        let id = challenge.message_id.as_ref();
        Self {
            is_named: id.is_some_and(|id| evidence.answers_to.contains(id)),
            challenge,
        }
    }
}
