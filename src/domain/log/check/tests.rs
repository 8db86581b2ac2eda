//! A log, changed in every way that there is.

use super::*;
use crate::domain::timestamp::Timestamp;
use proptest::prelude::*;

/// A line as it's stored.
#[derive(Clone)]
struct Stored {
    seq: i64,
    at: Timestamp,
    operator: &'static str,
    action: &'static str,
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
            action: "reset",
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
            action: self.action,
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
        let detail = with_detail.then_some(Detail::Text(&[7; 32], "{}"));
        self.with_line(|line| check.take(line, &self.hash, detail, None))
    }
}

const SECOND: i64 = 1_700_000_000;

fn new_check(prunes: Vec<Prune>) -> ChainCheck {
    ChainCheck::new("desk", prunes, Timestamp::from_seconds(SECOND * 2))
}

/// A prune of the lines up to there, by an event after all of them.
fn prune_after(days: i64, details_to: i64) -> Prune {
    Prune {
        seq: 99,
        at: Timestamp::from_seconds(SECOND + details_to + days * 86_400),
        details_to,
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
    checked(chain, new_check(Vec::new())).map(drop)
}

fn checkpoint(chain: &[Stored]) -> Checkpoint {
    let check = new_check(Vec::new()).with_tree(Vec::new());
    let mut check = checked(chain, check).unwrap();
    let (size, root) = check.tree().unwrap();
    Checkpoint {
        origin: "log".into(),
        size,
        root,
        restores: check.restores().hashes(),
    }
}

fn against(chain: &[Stored], checkpoints: &[Checkpoint]) -> Result<(), BrokenAt> {
    let check = new_check(Vec::new()).with_tree(checkpoints.to_vec());
    checked(chain, check).map(drop)
}

/// The log goes on behind `kept` lines of it, with a restore first.
fn restored(log: &[Stored], kept: usize, length: usize) -> Vec<Stored> {
    let mut chain = log.to_vec();
    chain.resize_with(length, || log[0].clone());
    for (at, line) in chain.iter_mut().enumerate().skip(kept) {
        line.seq = i64::try_from(at).unwrap() + 1;
        line.operator = "adam";
        line.action = if at == kept { "restore" } else { "whoami" };
    }
    mend(&mut chain, kept);
    chain
}

#[test]
fn what_a_restore_lost_is_told_from_what_was_cut_off_later() {
    let log = chain(9);
    let (held, lost) = (checkpoint(&log[..4]), checkpoint(&log));
    let after = restored(&log, 4, 8);
    let later = checkpoint(&after);
    let with = |chain: &[Stored], kept: &Checkpoint, accepted: &[i64]| {
        let check = new_check(Vec::new()).accepting(accepted);
        checked(chain, check.with_tree(vec![kept.clone()]))
    };
    for accepted in [&[][..], &[5]] {
        assert!(with(&after, &held, accepted).is_ok());
        assert!(with(&after, &later, accepted).is_ok());
    }
    // Longer than the log, or not.
    for lost in [&lost, &checkpoint(&log[..7])] {
        let size = lost.size;
        let broken = Broken::Lost { restore: 5, size };
        assert_eq!(with(&after, lost, &[]).err(), Some((5, broken)));
        assert_eq!(with(&after, lost, &[6]).err(), Some((5, broken)));
        let mut known = with(&after, lost, &[5]).unwrap();
        let found = known.restores().all()[0].clone();
        let to = i64::try_from(size).unwrap();
        assert_eq!((found.missing_from, found.missing_to), (Some(5), Some(to)));
        assert_eq!(known.restores().excused(), [size]);
    }
    // The tail of the log after the restore is cut off, or written anew.
    let cut = with(&after[..6], &later, &[5]).err();
    assert_eq!(cut, Some((7, Broken::CutOff { size: 8 })));
    let mut other = after.clone();
    other[6].operator = "mallory";
    mend(&mut other, 6);
    let rewritten = with(&other, &later, &[5]).err();
    assert_eq!(rewritten, Some((1, Broken::Rewritten { size: 8 })));
    // The same copy is put back once more: what was signed in between is of what that lost.
    let mut again = restored(&log, 4, 7);
    again[4].operator = "eva";
    mend(&mut again, 4);
    let broken = Broken::Lost {
        restore: 5,
        size: 8,
    };
    assert_eq!(with(&again, &later, &[]).err(), Some((5, broken)));
    assert!(with(&again, &later, &[5]).is_ok());
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
        let mut check = new_check(vec![prune_after(180, erased_to)]);
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
fn no_prune_takes_what_is_young_at_its_own_time() {
    let chain = chain(4);
    let walk = |prune: Prune, now: i64| {
        let now = Timestamp::from_seconds(now);
        let mut check = ChainCheck::new("desk", vec![prune], now);
        for line in &chain {
            line.give(&mut check, line.seq > 2)?;
        }
        check.finish()
    };
    let then = SECOND * 2;
    assert_eq!(walk(prune_after(180, 2), then), Ok(()));
    assert_eq!(
        walk(prune_after(179, 2), then),
        Err((1, Broken::ErasedTooSoon))
    );
    // Its own time says that they're old, and hasn't come yet.
    assert_eq!(
        walk(prune_after(180, 2), SECOND),
        Err((1, Broken::DetailGone))
    );
    // A prune doesn't reach lines that come after it.
    let early = Prune {
        seq: 2,
        ..prune_after(180, 2)
    };
    assert_eq!(walk(early, then), Err((2, Broken::DetailGone)));
}

#[test]
fn a_line_that_is_older_than_one_before_is_told() {
    let mut lines = chain(4);
    lines[2].at = Timestamp::from_seconds(SECOND - 3600);
    mend(&mut lines, 2);
    let check = checked(&lines, new_check(Vec::new())).unwrap();
    let told: Vec<_> = check.time_back().iter().map(|back| back.seq).collect();
    assert_eq!(told, [3]);
}

#[test]
fn a_record_of_rows_is_bound_and_none_can_be_left_out() {
    let detail = commitment(&[7; 32], "{}");
    let record = |before| Record {
        before,
        detail,
        root: [1; 32],
    };
    let walk = |records: [Option<Record>; 3], kept: [bool; 3]| {
        let mut check = new_check(Vec::new());
        let mut prev = genesis("desk");
        for (seq, (record, kept)) in (1..).zip(records.into_iter().zip(kept)) {
            let bytes = record.map(|record| record.to_bytes());
            let line = Line {
                seq,
                at: Timestamp::from_seconds(SECOND),
                operator: "fatima",
                action: "reset",
                account: None,
                request: None,
                detail_commitment: &record.map_or(detail, |record| record.commitment()),
                prev_hash: &prev,
            };
            let hash = line.hash();
            let bytes = bytes.as_ref().filter(|_| kept).map(<[u8; 72]>::as_slice);
            check.take(&line, &hash, Some(Detail::Text(&[7; 32], "{}")), bytes)?;
            prev = hash;
        }
        check.finish()
    };
    let all = [true; 3];
    assert_eq!(walk([Some(record(0)), None, Some(record(1))], all), Ok(()));
    assert_eq!(
        walk([Some(record(0)), None, Some(record(0))], all),
        Err((3, Broken::Record))
    );
    assert_eq!(
        walk(
            [Some(record(0)), None, Some(record(1))],
            [true, true, false]
        ),
        Err((3, Broken::Detail))
    );
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
