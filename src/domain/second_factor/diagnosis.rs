//! "My code isn't accepted": what a code that was read aloud tells about the phone. Answers, and lets
//! nobody guess: a code that is right is used up by the answer.

use super::totp::{Authenticator, Verdict, VerificationCode};
use crate::domain::timestamp::Timestamp;

/// Clocks this far off are told from one code, in seconds.
const NEAR: u64 = 5 * 60;
/// Clocks this far off are searched for, with a second code to be sure.
const FAR: u64 = 24 * 3_600;
/// The second code was shown at most so many steps after the first.
const NEXT: u64 = 4;

/// Checks of one account's codes in an hour.
pub const CHECKS_OF_ACCOUNT: i64 = 10;
/// Checks by one operator in an hour.
pub const CHECKS_BY_OPERATOR: i64 = 60;
/// Of these, among other people's authenticators.
pub const WHOSE_BY_OPERATOR: i64 = 10;
/// Other authenticators that are looked through at most.
pub const CANDIDATES: i64 = 50_000;

/// The codes that were read aloud, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct ReadAloud<'c> {
    /// The first.
    pub code: &'c VerificationCode,
    /// A later one, where one was asked for.
    pub next: Option<&'c VerificationCode>,
}

/// What the holder's own authenticator says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It's right.
    Right {
        /// Its step, to be used up.
        step: u64,
    },
    /// It was right, and was used already.
    AlreadyUsed,
    /// The phone's clock is off by so many seconds; ahead when positive.
    ClockOff {
        /// So many.
        seconds: i64,
    },
    /// The clock may be far off: only a second code tells.
    Unsure,
    /// This server's clock has gone back: it can't be said.
    ClockWentBack,
    /// It's none of this authenticator's.
    Foreign,
}

/// Looks for the code within a day either side of now.
#[must_use]
pub fn examine(
    app: &Authenticator,
    last: Option<u64>,
    read: ReadAloud<'_>,
    now: Timestamp,
) -> Finding {
    match app.judge(read.code, last, now) {
        Verdict::Right { step } => return Finding::Right { step },
        Verdict::Replayed => return Finding::AlreadyUsed,
        Verdict::ClockWentBack => return Finding::ClockWentBack,
        Verdict::Wrong => {}
    }
    let off = |steps: i64| Finding::ClockOff {
        seconds: steps.saturating_mul(i64::try_from(app.period()).unwrap_or(i64::MAX)),
    };
    let reach = |seconds: u64| i64::try_from(seconds / app.period()).unwrap_or(i64::MAX);
    if let Some(steps) = drifts(app, read.code, now, reach(NEAR)).next() {
        return off(steps);
    }
    let mut far = drifts(app, read.code, now, reach(FAR));
    match read.next {
        None if far.next().is_some() => Finding::Unsure,
        None => Finding::Foreign,
        Some(next) => far
            .find(|steps| follows(app, next, *steps, now))
            .map_or(Finding::Foreign, off),
    }
}

/// Whether the code is, or was within minutes, one of a retired authenticator.
#[must_use]
pub fn is_of_retired(app: &Authenticator, code: &VerificationCode, now: Timestamp) -> bool {
    let reach = i64::try_from(NEAR / app.period()).unwrap_or(i64::MAX);
    drifts(app, code, now, reach).next().is_some()
}

/// Whether both codes are somebody else's, read off a phone whose clock is right.
#[must_use]
pub fn is_of_colleague(
    app: &Authenticator,
    code: &VerificationCode,
    next: &VerificationCode,
    now: Timestamp,
) -> bool {
    drifts(app, code, now, 1).any(|steps| follows(app, next, steps, now))
}

/// The distances from now, in steps and nearest first, at which the app shows `code`.
fn drifts<'a>(
    app: &'a Authenticator,
    code: &'a VerificationCode,
    now: Timestamp,
    reach: i64,
) -> impl Iterator<Item = i64> + 'a {
    let here = app.step_at(now);
    (0..=reach)
        .flat_map(|distance| [distance, -distance])
        .filter(move |steps| {
            here.checked_add_signed(*steps)
                .is_some_and(|step| app.is_of(code, step))
        })
}

fn follows(app: &Authenticator, next: &VerificationCode, steps: i64, now: Timestamp) -> bool {
    let first = app.step_at(now).saturating_add_signed(steps);
    (1..=NEXT).any(|after| app.is_of(next, first.saturating_add(after)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::second_factor::totp::Algorithm;
    use proptest::prelude::*;

    fn app(seed: u8) -> Authenticator {
        Authenticator::new(&[seed; 20], Algorithm::Sha1, 6, 30).unwrap()
    }

    fn code(app: &Authenticator, now: Timestamp, steps: i64) -> VerificationCode {
        app.code(app.step_at(now).saturating_add_signed(steps))
    }

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    #[test]
    fn a_second_code_makes_a_large_drift_sure() {
        let app = app(1);
        let found = |first: i64, next: Option<i64>| {
            let (first, next) = (
                code(&app, NOW, first),
                next.map(|next| code(&app, NOW, next)),
            );
            let read = ReadAloud {
                code: &first,
                next: next.as_ref(),
            };
            examine(&app, Some(app.step_at(NOW) - 1), read, NOW)
        };
        assert!(matches!(found(0, None), Finding::Right { .. }));
        assert_eq!(found(-1, None), Finding::AlreadyUsed);
        assert_eq!(found(4, None), Finding::ClockOff { seconds: 120 });
        assert_eq!(found(-240, None), Finding::Unsure);
        assert_eq!(
            found(-240, Some(-238)),
            Finding::ClockOff { seconds: -7_200 }
        );
        assert_eq!(found(-240, Some(0)), Finding::Foreign);
    }

    #[test]
    fn a_colleague_is_found_by_two_codes_only() {
        let colleague = app(2);
        let (first, next) = (code(&colleague, NOW, -1), code(&colleague, NOW, 1));
        assert!(is_of_colleague(&colleague, &first, &next, NOW));
        assert!(!is_of_colleague(&colleague, &first, &first, NOW));
        assert!(!is_of_colleague(&app(3), &first, &next, NOW));
        assert!(is_of_retired(&colleague, &first, NOW));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_drift_within_a_day_is_found(steps in -2_880_i64..=2_880) {
            let app = Authenticator::new(&[9; 20], Algorithm::Sha1, 8, 30).unwrap();
            let (first, next) = (code(&app, NOW, steps), code(&app, NOW, steps + 1));
            let read = ReadAloud { code: &first, next: Some(&next) };
            let expected = if steps.abs() <= 1 {
                Finding::Right { step: app.step_at(NOW).saturating_add_signed(steps) }
            } else {
                Finding::ClockOff { seconds: steps * 30 }
            };
            prop_assert_eq!(examine(&app, None, read, NOW), expected);
        }
    }
}
