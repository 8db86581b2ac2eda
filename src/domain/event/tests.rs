//! A log whose lines were touched.

use super::*;
use proptest::prelude::*;

fn line(seq: i64, prev_hash: Hash, detail: &str) -> Line {
    Line {
        seq,
        at: Timestamp::from_seconds(1_700_000_000 + seq),
        operator: "fatima".into(),
        action: "reset".into(),
        account: (seq % 2 == 0).then_some(seq),
        request: Some("R-4K7Q2".into()),
        detail_commitment: commitment(&[7; 32], detail),
        prev_hash,
    }
}

fn chain(length: i64) -> Vec<(Line, Hash)> {
    let mut prev = genesis("desk");
    (1..=length)
        .map(|seq| {
            let line = line(seq, prev, "{}");
            prev = line.hash();
            (line, prev)
        })
        .collect()
}

fn check(chain: &[(Line, Hash)]) -> Result<(), (usize, Broken)> {
    let mut check = ChainCheck::new("desk");
    for (index, (line, hash)) in chain.iter().enumerate() {
        check
            .take(line, *hash, Some((&[7; 32], "{}")))
            .map_err(|broken| (index, broken))?;
    }
    Ok(())
}

#[test]
fn a_field_can_not_slide_into_its_neighbour() {
    let one = Line {
        operator: "ab".into(),
        action: "c".into(),
        ..line(1, [0; 32], "")
    };
    let two = Line {
        operator: "a".into(),
        action: "bc".into(),
        ..line(1, [0; 32], "")
    };
    assert_ne!(one.hash(), two.hash());
}

proptest! {
    #[test]
    fn any_change_is_seen_at_the_line_that_changed(length in 2_i64..20, at in 0_usize..19, what in 0..5) {
        let mut lines = chain(length);
        let at = at % lines.len();
        prop_assert_eq!(check(&lines), Ok(()));
        match what {
            0 => lines[at].0.operator.push('x'),
            1 => lines[at].0.at = lines[at].0.at.plus_hours(1),
            2 => lines[at].0.account = Some(99),
            3 => lines[at].1[0] ^= 1,
            _ => {
                // A line rewritten with a hash that fits it: the next one gives it away.
                lines[at].0.operator.push('x');
                lines[at].1 = lines[at].0.hash();
                if at + 1 < lines.len() {
                    prop_assert_eq!(check(&lines), Err((at + 1, Broken::Link)));
                }
                return Ok(());
            }
        }
        prop_assert_eq!(check(&lines), Err((at, Broken::Fields)));
    }
}
