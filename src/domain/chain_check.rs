//! Whether the log holds: line by line, and against what was signed of it earlier.

use super::chain::{Line, commitment, genesis};
use super::checkpoint::Checkpoint;
use super::event::{Hash, Recorded};
use super::merkle::MerkleTree;

/// Why a line doesn't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A line is missing or was put in.
    #[error("its number doesn't follow the line before: a line is missing or was put in")]
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
    #[error("its detail is gone, and no prune in the log took it")]
    DetailGone,
    /// The log ends before it.
    #[error(
        "the log ends before it, and the checkpoint counts {size} events: the tail was cut off, or an \
         older copy was put back"
    )]
    CutOff {
        /// How many events the checkpoint counts.
        size: u64,
    },
    /// The log isn't the one that the checkpoint was made of.
    #[error(
        "from here to event {size} the log isn't what the checkpoint was made of: it was written anew, \
         or an older copy was put back and worked on"
    )]
    Rewritten {
        /// How many events the checkpoint counts.
        size: u64,
    },
}

/// A line that doesn't hold, by its number.
pub type BrokenAt = (i64, Broken);

/// Checks a log line by line, in constant memory.
#[derive(Clone, Debug)]
pub struct ChainCheck {
    last: Recorded,
    erased_to: i64,
    erased: u64,
    tree: Option<MerkleTree>,
    vouched: i64,
    awaited: Vec<Checkpoint>,
}

impl ChainCheck {
    /// Starts before the first line of the log of the desk `desk_uid`, whose details up to `erased_to`
    /// may have been erased.
    #[must_use]
    pub fn new(desk_uid: &str, erased_to: i64) -> Self {
        Self {
            last: Recorded {
                seq: 0,
                hash: genesis(desk_uid),
            },
            erased_to,
            erased: 0,
            tree: None,
            vouched: 0,
            awaited: Vec::new(),
        }
    }

    /// Grows the Merkle tree too, and holds the log against these checkpoints.
    #[must_use]
    pub fn with_tree(mut self, mut checkpoints: Vec<Checkpoint>) -> Self {
        checkpoints.sort_by_key(|checkpoint| std::cmp::Reverse(checkpoint.size));
        self.awaited = checkpoints;
        self.tree = Some(MerkleTree::new());
        self
    }

    /// Takes the next line, its stored hash, and its detail where that isn't erased.
    pub fn take(
        &mut self,
        line: &Line<'_>,
        hash: &[u8],
        detail: Option<(&[u8], &str)>,
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
        match detail {
            Some((salt, json)) if commitment(salt, json) != *line.detail_commitment => {
                return broken(Broken::Detail);
            }
            None if line.seq > self.erased_to => return broken(Broken::DetailGone),
            None => self.erased += 1,
            Some(_) => {}
        }
        self.last = Recorded {
            seq: line.seq,
            hash: computed,
        };
        if let Some(tree) = &mut self.tree {
            tree.push(&computed);
            self.compare()?;
        }
        Ok(())
    }

    /// Says that there are no more lines.
    pub fn finish(&mut self) -> Result<(), BrokenAt> {
        self.compare()?;
        match self.awaited.last() {
            Some(checkpoint) => Err((
                self.last.seq + 1,
                Broken::CutOff {
                    size: checkpoint.size,
                },
            )),
            None => Ok(()),
        }
    }

    fn compare(&mut self) -> Result<(), BrokenAt> {
        let Some(tree) = &self.tree else {
            return Ok(());
        };
        while let Some(checkpoint) = self.awaited.pop_if(|next| next.size <= tree.size()) {
            if checkpoint.size != tree.size() || checkpoint.root != tree.root() {
                return Err((
                    self.vouched + 1,
                    Broken::Rewritten {
                        size: checkpoint.size,
                    },
                ));
            }
            self.vouched = self.last.seq;
        }
        Ok(())
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
mod tests {
    use super::*;
    use crate::domain::timestamp::Timestamp;
    use proptest::prelude::*;

    /// A line as it's stored.
    #[derive(Clone)]
    struct Stored {
        seq: i64,
        at: Timestamp,
        operator: &'static str,
        account: Option<i64>,
        prev_hash: Hash,
        hash: Hash,
    }

    impl Stored {
        fn new(seq: i64, prev_hash: Hash) -> Self {
            let mut stored = Self {
                seq,
                at: Timestamp::from_seconds(1_700_000_000 + seq),
                operator: "fatima",
                account: (seq % 2 == 0).then_some(seq),
                prev_hash,
                hash: prev_hash,
            };
            stored.hash = stored.computed();
            stored
        }

        fn with_line<T>(&self, use_line: impl FnOnce(&Line<'_>) -> T) -> T {
            use_line(&Line {
                seq: self.seq,
                at: self.at,
                operator: self.operator,
                action: "reset",
                account: self.account,
                request: Some("R-4K7Q2"),
                detail_commitment: &commitment(&[7; 32], "{}"),
                prev_hash: &self.prev_hash,
            })
        }

        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method alone isn't general enough in its lifetime"
        )]
        fn computed(&self) -> Hash {
            self.with_line(|line| line.hash())
        }

        fn give(&self, check: &mut ChainCheck, with_detail: bool) -> Result<(), BrokenAt> {
            let detail = with_detail.then_some(([7; 32].as_slice(), "{}"));
            self.with_line(|line| check.take(line, &self.hash, detail))
        }
    }

    fn chain(length: i64) -> Vec<Stored> {
        let mut prev = genesis("desk");
        (1..=length)
            .map(|seq| {
                let line = Stored::new(seq, prev);
                prev = line.hash;
                line
            })
            .collect()
    }

    /// Gives every later line the hash that fits it: what who may write the database can do.
    fn mend(chain: &mut [Stored], from: usize) {
        for at in from..chain.len() {
            if let Some(before) = at.checked_sub(1) {
                chain[at].prev_hash = chain[before].hash;
            }
            chain[at].hash = chain[at].computed();
        }
    }

    fn checked(chain: &[Stored], mut check: ChainCheck) -> Result<ChainCheck, BrokenAt> {
        for line in chain {
            line.give(&mut check, true)?;
        }
        check.finish().map(|()| check)
    }

    fn check(chain: &[Stored]) -> Result<(), BrokenAt> {
        checked(chain, ChainCheck::new("desk", 0)).map(drop)
    }

    fn checkpoint(chain: &[Stored]) -> Checkpoint {
        let check = ChainCheck::new("desk", 0).with_tree(Vec::new());
        let (size, root) = checked(chain, check).unwrap().tree().unwrap();
        Checkpoint {
            origin: "log".into(),
            size,
            root,
        }
    }

    fn against(chain: &[Stored], checkpoints: &[Checkpoint]) -> Result<(), BrokenAt> {
        let check = ChainCheck::new("desk", 0).with_tree(checkpoints.to_vec());
        checked(chain, check).map(drop)
    }

    #[test]
    fn a_field_can_not_slide_into_its_neighbour() {
        let with = |operator, action| {
            Stored::new(1, [0; 32]).with_line(|line| {
                Line {
                    operator,
                    action,
                    ..*line
                }
                .hash()
            })
        };
        assert_ne!(with("ab", "c"), with("a", "bc"));
    }

    #[test]
    fn a_detail_may_be_gone_only_where_a_prune_took_it() {
        let chain = chain(4);
        let walk = |erased_to, gone: i64| {
            let mut check = ChainCheck::new("desk", erased_to);
            for line in &chain {
                line.give(&mut check, line.seq > gone)?;
            }
            check.finish().map(|()| check.erased())
        };
        assert_eq!(walk(2, 2), Ok(2));
        assert_eq!(walk(2, 1), Ok(1));
        assert_eq!(walk(2, 3), Err((3, Broken::DetailGone)));
    }

    #[test]
    fn several_checkpoints_narrow_down_where_it_was_rewritten() {
        let good = chain(12);
        let kept: Vec<_> = [3, 7, 12].map(|size| checkpoint(&good[..size])).into();
        assert_eq!(against(&good, &kept), Ok(()));
        let mut forged = good.clone();
        forged[8].operator = "mallory";
        mend(&mut forged, 8);
        assert_eq!(check(&forged), Ok(()), "the chain alone can't tell");
        assert_eq!(
            against(&forged, &kept[2..]),
            Err((1, Broken::Rewritten { size: 12 }))
        );
        assert_eq!(
            against(&forged, &kept),
            Err((8, Broken::Rewritten { size: 12 }))
        );
    }

    proptest! {
        #[test]
        fn any_change_is_seen_at_the_line_that_changed(length in 2_i64..20, at in 0_usize..19, what in 0..5) {
            let mut lines = chain(length);
            let at = at % lines.len();
            let seq = lines[at].seq;
            prop_assert_eq!(check(&lines), Ok(()));
            match what {
                0 => lines[at].operator = "fatimax",
                1 => lines[at].at = lines[at].at.plus_hours(1),
                2 => lines[at].account = Some(99),
                3 => lines[at].hash[0] ^= 1,
                _ => {
                    // A line rewritten with a hash that fits it: the next one gives it away.
                    lines[at].operator = "fatimax";
                    lines[at].hash = lines[at].computed();
                    if at + 1 < lines.len() {
                        prop_assert_eq!(check(&lines), Err((seq + 1, Broken::Link)));
                    }
                    return Ok(());
                }
            }
            prop_assert_eq!(check(&lines), Err((seq, Broken::Fields)));
        }

        #[test]
        fn a_checkpoint_shows_what_the_chain_alone_can_not(length in 1_usize..40, at in 0_usize..40, cut in 1_usize..40) {
            let good = chain(40);
            let kept = [checkpoint(&good[..length])];
            prop_assert_eq!(against(&good, &kept), Ok(()));
            let left = length.saturating_sub(cut);
            prop_assert_eq!(check(&good[..left]), Ok(()));
            prop_assert_eq!(
                against(&good[..left], &kept),
                Err((i64::try_from(left).unwrap() + 1, Broken::CutOff { size: length as u64 }))
            );
            let mut forged = good.clone();
            forged[at].operator = "mallory";
            mend(&mut forged, at);
            prop_assert_eq!(check(&forged), Ok(()));
            let seen = against(&forged, &kept);
            prop_assert_eq!(seen.is_err(), at < length);
        }
    }
}
