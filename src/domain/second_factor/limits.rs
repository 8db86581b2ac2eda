//! How many failures lock the second factor, and void a recovery code.

use super::*;

fn enrolled(failures: u32) -> Standing {
    Standing {
        blocked: false,
        stage: Stage::Active {
            last: Some(7),
            failures,
        },
        enroll_by: None,
        recovery: Some(Recovery {
            expires_at: None,
            failures: 0,
        }),
    }
}

#[test]
fn the_tenth_failure_locks_and_only_the_recovery_code_gets_in() {
    let now = Timestamp::from_seconds(1_000);
    let ninth = enrolled(8).log_in(Password::Right, Entered::Code(Verdict::Wrong), now);
    assert_eq!(
        (ninth.why, ninth.change),
        (
            Why::WrongCode,
            Change::Fail {
                failures: 9,
                locks: false
            }
        )
    );
    let tenth = enrolled(9).log_in(Password::Right, Entered::Code(Verdict::Replayed), now);
    assert_eq!(
        (tenth.why, tenth.change),
        (
            Why::LockedNow,
            Change::Fail {
                failures: 10,
                locks: true
            }
        )
    );
    let locked = Standing {
        stage: Stage::Locked { last: Some(7) },
        ..enrolled(0)
    };
    let right = locked.log_in(
        Password::Right,
        Entered::Code(Verdict::Right { step: 8 }),
        now,
    );
    assert_eq!(
        (right.outcome, right.why, right.change),
        (Outcome::Denied, Why::Locked, Change::None)
    );
    let recovered = locked.log_in(Password::Right, Entered::RecoveryCode { fits: true }, now);
    assert_eq!(
        (recovered.outcome, recovered.why),
        (Outcome::MustEnroll, Why::RecoveryCodeUsed)
    );
}

#[test]
fn the_hundredth_wrong_recovery_code_voids_the_right_one() {
    let now = Timestamp::from_seconds(1_000);
    let mut standing = enrolled(0);
    standing.recovery = Some(Recovery {
        expires_at: None,
        failures: 99,
    });
    let wrong = standing.log_in(Password::Right, Entered::RecoveryCode { fits: false }, now);
    assert_eq!(
        wrong.change,
        Change::FailRecovery {
            failures: 100,
            voids: true
        }
    );
    standing.recovery = Some(Recovery {
        expires_at: Some(now),
        failures: 0,
    });
    let late = standing.log_in(Password::Right, Entered::RecoveryCode { fits: true }, now);
    assert_eq!((late.outcome, late.change), (Outcome::Denied, Change::None));
}
