//! What a log says of restores: a copy was put back, and what came after it is lost.

use serde::Serialize;

use super::checkpoint::Checkpoint;
use super::event::{Hash, Recorded};
use crate::domain::timestamp::Timestamp;

/// A restore, as its event tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The number of its event.
    #[serde(serialize_with = "as_text")]
    pub event: i64,
    /// When.
    pub at: Timestamp,
    /// How many events the copy had.
    pub events: i64,
    /// The first one that is lost, where it's known that one is.
    pub missing_from: Option<i64>,
    /// The last one that is known to be lost.
    pub missing_to: Option<i64>,
    #[serde(skip)]
    hash: Hash,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn as_text<S: serde::Serializer>(number: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

impl Restored {
    /// Events up to this one were there before the restore.
    pub fn lost_to(&mut self, size: i64) {
        if size >= self.event {
            self.missing_from = Some(self.event);
            self.missing_to = self.missing_to.max(Some(size));
        }
    }
}

/// What becomes of a checkpoint that the log doesn't go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// No restore explains it.
    NotLost,
    /// It's of what this restore lost, and nobody said that they know.
    LostBy(i64),
    /// It's of what a restore lost that was accepted.
    Accepted,
}

/// The restores of a log, as far as it was read.
#[derive(Clone, Debug, Default)]
pub struct Restores {
    found: Vec<Restored>,
    accepted: Vec<i64>,
    excused: Vec<u64>,
}

impl Restores {
    pub(super) fn accept(&mut self, restores: &[i64]) {
        self.accepted.extend(restores);
    }

    pub(super) fn add(&mut self, Recorded { seq, hash }: Recorded, at: Timestamp) {
        self.found.push(Restored {
            event: seq,
            at,
            events: seq - 1,
            missing_from: None,
            missing_to: None,
            hash,
        });
    }

    /// The one that was read last.
    pub fn last(&mut self) -> Option<&mut Restored> {
        self.found.last_mut()
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Restored] {
        &self.found
    }

    /// The sizes of the checkpoints that were let pass.
    #[must_use]
    pub fn excused(&self) -> &[u64] {
        &self.excused
    }

    /// Their hashes, for a checkpoint that is signed now.
    #[must_use]
    pub fn hashes(&self) -> Vec<Hash> {
        self.found.iter().map(|restored| restored.hash).collect()
    }

    /// A checkpoint that the log doesn't go on from: whether it's of what an accepted restore lost. One that was signed after
    /// a restore names it, and is never excused by it.
    pub(super) fn settle(&mut self, checkpoint: &Checkpoint) -> Settled {
        let size = i64::try_from(checkpoint.size).unwrap_or(i64::MAX);
        let lost_it = |restored: &&mut Restored| {
            size >= restored.event && !checkpoint.restores.contains(&restored.hash)
        };
        let Some(restored) = self.found.iter_mut().find(lost_it) else {
            return Settled::NotLost;
        };
        restored.lost_to(size);
        let restore = restored.event;
        if self.accepted.contains(&restore) {
            self.excused.push(checkpoint.size);
            Settled::Accepted
        } else {
            Settled::LostBy(restore)
        }
    }
}
