//! Whether the log holds: line by line, and against what was signed of it earlier.

use super::chain::{Line, commitment, genesis};
use super::checkpoint::Checkpoint;
use super::event::{Action, Hash, Recorded};
use super::merkle::MerkleTree;
use super::restored::{Restores, Settled};
use super::retention::KEPT_FOR;
use super::row::{Record, commitment_with_rows};
use crate::domain::timestamp::Timestamp;

/// Why a line doesn't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A line is missing or was put in.
    #[error("its number doesn't follow the line before: a line is missing or was inserted")]
    Gap,
    /// It doesn't follow the line before.
    #[error("it doesn't carry the hash of the line before")]
    Link,
    /// Its own fields were changed.
    #[error("its fields don't match its hash: the line was changed")]
    Fields,
    /// Its detail was changed.
    #[error("its detail doesn't match its commitment: the detail was changed")]
    Detail,
    /// Its detail was taken out.
    #[error("its detail is gone, and no prune in the log accounts for it")]
    DetailGone,
    /// Its detail was taken out before its time.
    #[error(
        "its detail is gone, and it wasn't 180 days old when it was pruned, which an honest prune never does"
    )]
    ErasedTooSoon,
    /// It doesn't follow the record before.
    #[error("its record of rows doesn't follow the one before: a record was removed or inserted")]
    Record,
    /// Its record of rows was changed or taken out.
    #[error("its record of the rows was changed or removed")]
    Rows,
    /// The log ends before it.
    #[error(
        "the log ends before it, and the checkpoint counts {size} events: the tail was cut off, or an \
         older copy was put back"
    )]
    CutOff {
        /// How many events the checkpoint counts.
        size: u64,
    },
    /// The desk was restored, and the checkpoint is of what that lost.
    #[error(
        "an older copy of the desk was put back there, and the checkpoint counts {size} events: \
         events {restore} to {size} of the log before it are lost"
    )]
    Lost {
        /// The number of the restore's event, which took the place of the first one that is lost.
        restore: i64,
        /// How many events the checkpoint counts.
        size: u64,
    },
    /// A restore that doesn't bear the desk's signature.
    #[error(
        "it says that the desk was put back from a copy, and the desk's key didn't sign that: the log was cut off"
    )]
    Unsigned,
    /// The log isn't the one that the checkpoint was made of.
    #[error(
        "from here to event {size} the log isn't what the checkpoint was made of: it was rewritten, \
         or an older copy was restored and used"
    )]
    Rewritten {
        /// How many events the checkpoint counts.
        size: u64,
    },
}

/// A line that doesn't hold, by its number.
pub type BrokenAt = (i64, Broken);

/// A detail, as whoever verifies may see it.
#[derive(Clone, Copy, Debug)]
pub enum Detail<'d> {
    /// The salt and the text.
    Text(&'d [u8], &'d str),
    /// Only what it commits to: an operator's own login to PostgreSQL doesn't read what is out of reach.
    Hidden(&'d [u8]),
}

impl Detail<'_> {
    fn commitment(self) -> Hash {
        match self {
            Self::Text(salt, json) => commitment(salt, json),
            // One of another length is none.
            Self::Hidden(commitment) => commitment.try_into().unwrap_or_default(),
        }
    }
}

/// A prune that erased details, as its event says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prune {
    /// The number of its event.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The last event whose detail it erased.
    pub details_to: i64,
}

/// A line that is older than one before it: a clock was set back, or a time was made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TimeBack {
    /// Its number.
    #[serde(rename = "event", serialize_with = "as_text")]
    pub seq: i64,
    /// When it says that it was.
    pub at: Timestamp,
    /// When a line before it says that it was.
    pub before: Timestamp,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn as_text<S: serde::Serializer>(number: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

/// Two machines' clocks may be as far apart.
const CLOCK_PLAY: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);
/// How many lines that are older than one before are named.
const NAMED: usize = 20;

/// Checks a log line by line, in constant memory.
#[derive(Clone, Debug)]
pub struct ChainCheck {
    last: Recorded,
    record: i64,
    prunes: Vec<Prune>,
    erased: u64,
    latest: Timestamp,
    time_back: Vec<TimeBack>,
    tree: Option<MerkleTree>,
    vouched: i64,
    awaited: Vec<Checkpoint>,
    restores: Restores,
}

impl ChainCheck {
    /// Starts before the first line of the log of the desk `desk_uid`, of which these prunes erased details. One
    /// that comes after `now` isn't believed.
    #[must_use]
    pub fn new(desk_uid: &str, mut prunes: Vec<Prune>, now: Timestamp) -> Self {
        prunes.retain(|prune| prune.at <= now.plus(CLOCK_PLAY));
        Self {
            last: Recorded {
                seq: 0,
                hash: genesis(desk_uid),
            },
            record: 0,
            prunes,
            erased: 0,
            latest: Timestamp::from_micros(i64::MIN),
            time_back: Vec::new(),
            tree: None,
            vouched: 0,
            awaited: Vec::new(),
            restores: Restores::default(),
        }
    }

    /// Lets checkpoints pass that these restores lost.
    #[must_use]
    pub fn accepting(mut self, restores: &[i64]) -> Self {
        self.restores.accept(restores);
        self
    }

    /// Grows the Merkle tree too, and holds the log against these checkpoints.
    #[must_use]
    pub fn with_tree(mut self, mut checkpoints: Vec<Checkpoint>) -> Self {
        checkpoints.sort_by_key(|checkpoint| std::cmp::Reverse(checkpoint.size));
        self.awaited = checkpoints;
        self.tree = Some(MerkleTree::new());
        self
    }

    /// Takes the next line, its stored hash, its detail where that isn't erased, and what it says of its record
    /// of rows where it bears one.
    pub fn take(
        &mut self,
        line: &Line<'_>,
        hash: &[u8],
        detail: Option<Detail<'_>>,
        record: Option<&[u8]>,
    ) -> Result<(), BrokenAt> {
        let broken = |why| Err((line.seq, why));
        if line.seq != self.last.seq + 1 {
            return Err((self.last.seq + 1, Broken::Gap));
        }
        if *line.prev_hash != self.last.hash {
            return broken(Broken::Link);
        }
        let computed = line.hash();
        if computed != hash {
            return broken(Broken::Fields);
        }
        let detail = detail.map(Detail::commitment);
        let bound = match record {
            Some(bytes) => {
                let record = Record::from_bytes(bytes);
                let Some(record) =
                    record.filter(|_| commitment_with_rows(bytes) == *line.detail_commitment)
                else {
                    return broken(Broken::Detail);
                };
                if record.before != self.record {
                    return broken(Broken::Record);
                }
                self.record = line.seq;
                detail.is_none_or(|detail| detail == record.detail)
            }
            None => detail.is_none_or(|detail| detail == *line.detail_commitment),
        };
        if !bound {
            return broken(Broken::Detail);
        }
        if detail.is_none() {
            self.take_erased(line).map_err(|why| (line.seq, why))?;
        }
        self.look_at_time(line);
        self.last = Recorded {
            seq: line.seq,
            hash: computed,
        };
        if let Some(tree) = &mut self.tree {
            tree.push(&computed);
        }
        if line.action == Action::Restore.as_str() {
            self.restores.add(self.last, line.at);
        }
        self.compare()
    }

    /// The restores so far, and what each of them lost as far as a checkpoint tells.
    pub const fn restores(&mut self) -> &mut Restores {
        &mut self.restores
    }

    /// A detail is gone: a prune has to have taken it, and not before its time.
    fn take_erased(&mut self, line: &Line<'_>) -> Result<(), Broken> {
        let covers = |prune: &&Prune| prune.seq > line.seq && prune.details_to >= line.seq;
        let mut covering = self.prunes.iter().filter(covers).peekable();
        if covering.peek().is_none() {
            return Err(Broken::DetailGone);
        }
        if covering.all(|prune| prune.at.plus(-KEPT_FOR) < line.at) {
            return Err(Broken::ErasedTooSoon);
        }
        self.erased += 1;
        Ok(())
    }

    fn look_at_time(&mut self, line: &Line<'_>) {
        if line.at.plus(CLOCK_PLAY) < self.latest && self.time_back.len() < NAMED {
            self.time_back.push(TimeBack {
                seq: line.seq,
                at: line.at,
                before: self.latest,
            });
        }
        self.latest = self.latest.max(line.at);
    }

    /// The first lines that are older than one before them.
    #[must_use]
    pub fn time_back(&self) -> &[TimeBack] {
        &self.time_back
    }

    /// Says that there are no more lines.
    pub fn finish(&mut self) -> Result<(), BrokenAt> {
        self.compare()?;
        while let Some(checkpoint) = self.awaited.pop() {
            let size = checkpoint.size;
            self.settle(&checkpoint, (self.last.seq + 1, Broken::CutOff { size }))?;
        }
        Ok(())
    }

    fn compare(&mut self) -> Result<(), BrokenAt> {
        let Some(size) = self.tree.as_ref().map(MerkleTree::size) else {
            return Ok(());
        };
        while let Some(checkpoint) = self.awaited.pop_if(|next| next.size <= size) {
            let root = self.tree.as_ref().map(MerkleTree::root);
            if checkpoint.size == size && Some(checkpoint.root) == root {
                self.vouched = self.last.seq;
                continue;
            }
            let size = checkpoint.size;
            self.settle(&checkpoint, (self.vouched + 1, Broken::Rewritten { size }))?;
        }
        Ok(())
    }

    /// A checkpoint that the log doesn't go on from: it may be of what a restore lost.
    fn settle(&mut self, checkpoint: &Checkpoint, otherwise: BrokenAt) -> Result<(), BrokenAt> {
        let size = checkpoint.size;
        match self.restores.settle(checkpoint) {
            Settled::Accepted => Ok(()),
            Settled::LostBy(restore) => Err((restore, Broken::Lost { restore, size })),
            Settled::NotLost => Err(otherwise),
        }
    }

    /// The last line that held.
    #[must_use]
    pub const fn last(&self) -> Recorded {
        self.last
    }

    /// How many details were erased.
    #[must_use]
    pub const fn erased(&self) -> u64 {
        self.erased
    }

    /// Size and root of the log so far, where the tree was grown.
    #[must_use]
    pub fn tree(&self) -> Option<(u64, Hash)> {
        self.tree.as_ref().map(|tree| (tree.size(), tree.root()))
    }
}

#[cfg(test)]
mod tests;
