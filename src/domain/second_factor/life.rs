//! Random lives of a second factor, judged by somebody who only remembers what happened.

use proptest::prelude::*;

use super::totp::{Algorithm, Authenticator};
use super::*;

/// What happens to an account.
#[derive(Clone, Copy, Debug)]
enum Happens {
    LogsIn {
        password: bool,
        types: Types,
    },
    Begins,
    Confirms {
        drift: i64,
    },
    IsReset,
    /// The desk reopens the window, or the account came with its enrollment from elsewhere.
    GetsAWindow,
    IsUnlocked,
    IsBlocked(bool),
    Waits {
        seconds: i64,
    },
}

#[derive(Clone, Copy, Debug)]
enum Types {
    Nothing,
    Nonsense,
    /// A code of the app, of so many steps from now.
    Code {
        drift: i64,
    },
    /// A code of an authenticator that was replaced.
    OldCode,
    RecoveryCode,
    /// A recovery code that was used or replaced before, or never was.
    OldRecoveryCode,
}

fn happens() -> impl Strategy<Value = Happens> {
    let types = prop_oneof![
        6 => (-3_i64..=3).prop_map(|drift| Types::Code { drift }),
        2 => Just(Types::OldCode),
        1 => Just(Types::Nothing),
        1 => Just(Types::Nonsense),
        1 => Just(Types::RecoveryCode),
        1 => Just(Types::OldRecoveryCode),
    ];
    prop_oneof![
        12 => (prop::bool::weighted(0.8), types)
            .prop_map(|(password, types)| Happens::LogsIn { password, types }),
        2 => Just(Happens::Begins),
        4 => (-2_i64..=2).prop_map(|drift| Happens::Confirms { drift }),
        1 => Just(Happens::IsReset),
        1 => Just(Happens::GetsAWindow),
        1 => Just(Happens::IsUnlocked),
        1 => any::<bool>().prop_map(Happens::IsBlocked),
        4 => prop_oneof![0_i64..90, 0_i64..4_000, Just(80 * 3_600)].prop_map(|seconds| Happens::Waits { seconds }),
    ]
}

/// The account, and what a bystander remembers of it.
struct Life {
    standing: Standing,
    now: Timestamp,
    app: Option<Authenticator>,
    old_app: Authenticator,
    drawn: u8,
    // What is remembered.
    enrolled: bool,
    accepted: Vec<u64>,
    failures_in_a_row: u32,
    recovery_codes_used: u32,
    recovery_codes_shown: u32,
}

fn app(seed: u8) -> Authenticator {
    // Eight digits: no two codes of a run are the same by chance.
    Authenticator::new(&[seed; 20], Algorithm::Sha1, 8, 30).unwrap()
}

impl Life {
    fn new() -> Self {
        let now = Timestamp::from_seconds(1_790_000_000);
        Self {
            standing: Standing {
                blocked: false,
                stage: Stage::None,
                enroll_by: Some(now.plus_hours(72)),
                recovery: None,
            },
            now,
            app: None,
            old_app: app(0),
            drawn: 0,
            enrolled: false,
            accepted: Vec::new(),
            failures_in_a_row: 0,
            recovery_codes_used: 0,
            recovery_codes_shown: 0,
        }
    }

    fn judge(&self, app: &Authenticator, of: &Authenticator, drift: i64) -> Verdict {
        let code = of.code(of.step_at(self.now).saturating_add_signed(drift));
        let last = match self.standing.stage {
            Stage::Active { last, .. } | Stage::Locked { last } => last,
            _ => None,
        };
        app.judge(&code, last, self.now)
    }

    fn entered(&self, types: Types) -> Entered {
        match (types, &self.app) {
            (Types::Nothing, _) => Entered::Nothing,
            (Types::Nonsense, _) => Entered::Mistyped,
            (Types::Code { drift }, Some(app)) => Entered::Code(self.judge(app, app, drift)),
            (Types::OldCode, Some(app)) => Entered::Code(self.judge(app, &self.old_app, 0)),
            (Types::Code { .. } | Types::OldCode, None) => Entered::Code(Verdict::Wrong),
            (Types::RecoveryCode, _) => Entered::RecoveryCode {
                fits: self.standing.recovery.is_some(),
            },
            (Types::OldRecoveryCode, _) => Entered::RecoveryCode { fits: false },
        }
    }

    fn end_enrollment(&mut self, enroll_by: Timestamp) {
        self.standing.stage = Stage::None;
        self.standing.recovery = None;
        self.standing.enroll_by = Some(enroll_by);
        self.old_app = self.app.take().unwrap_or_else(|| app(0));
        self.enrolled = false;
        self.accepted.clear();
        self.failures_in_a_row = 0;
    }

    fn write(&mut self, change: Change) {
        match (change, &mut self.standing) {
            (Change::None, _) => {}
            (Change::Accept { step }, standing) => {
                standing.stage = Stage::Active {
                    last: Some(step),
                    failures: 0,
                };
            }
            (Change::Fail { failures, locks }, standing) => {
                let Stage::Active { last, .. } = standing.stage else {
                    panic!("only what is in use can fail");
                };
                standing.stage = if locks {
                    Stage::Locked { last }
                } else {
                    Stage::Active { last, failures }
                };
            }
            (Change::Recover { enroll_by }, _) => self.end_enrollment(enroll_by),
            (Change::FailRecovery { voids: true, .. }, standing) => standing.recovery = None,
            (Change::FailRecovery { failures, .. }, standing) => {
                standing
                    .recovery
                    .as_mut()
                    .expect("there is one to fail")
                    .failures = failures;
            }
        }
    }

    fn happen(&mut self, what: Happens) -> Result<(), TestCaseError> {
        match what {
            Happens::LogsIn { password, types } => return self.log_in(password, types),
            Happens::Begins => {
                let may = self.standing.begin(self.now).is_ok();
                let should = !self.standing.blocked
                    && !self.enrolled
                    && self.standing.window_is_open(self.now);
                prop_assert_eq!(may, should);
                if may {
                    self.drawn = self.drawn.wrapping_add(1).max(1);
                    self.old_app = self.app.replace(app(self.drawn)).unwrap_or_else(|| app(0));
                    self.standing.stage = Stage::Pending { failures: 0 };
                }
            }
            Happens::Confirms { drift } => {
                let verdict = self
                    .app
                    .as_ref()
                    .map_or(Verdict::Wrong, |app| self.judge(app, app, drift));
                match self.standing.confirm(verdict, self.now) {
                    Ok(Confirmation::Enrolled { step }) => {
                        prop_assert!(
                            drift.abs() <= 1
                                && !self.enrolled
                                && self.standing.window_is_open(self.now)
                        );
                        self.standing.stage = Stage::Active {
                            last: Some(step),
                            failures: 0,
                        };
                        self.standing.enroll_by = None;
                        self.standing.recovery = Some(Recovery {
                            expires_at: None,
                            failures: 0,
                        });
                        self.recovery_codes_shown += 1;
                        self.enrolled = true;
                        self.accepted = vec![step];
                    }
                    Ok(Confirmation::Wrong { failures, ends }) => {
                        prop_assert!(drift.abs() > 1);
                        self.standing.stage = if ends {
                            Stage::None
                        } else {
                            Stage::Pending { failures }
                        };
                    }
                    Err(_) => {}
                }
            }
            Happens::IsReset => {
                let enroll_by = self.now.plus_hours(72);
                self.end_enrollment(enroll_by);
            }
            Happens::GetsAWindow => self.standing.enroll_by = Some(self.now.plus_hours(72)),
            Happens::IsUnlocked => {
                let locked = self.failures_in_a_row == LOCKS_AT;
                prop_assert_eq!(self.standing.unlock().is_ok(), locked);
                if let (true, Stage::Locked { last }) = (locked, self.standing.stage) {
                    self.standing.stage = Stage::Active { last, failures: 0 };
                    self.failures_in_a_row = 0;
                }
            }
            Happens::IsBlocked(blocked) => self.standing.blocked = blocked,
            Happens::Waits { seconds } => {
                self.now = self.now.plus(SignedDuration::from_secs(seconds));
            }
        }
        Ok(())
    }

    fn log_in(&mut self, password: bool, types: Types) -> Result<(), TestCaseError> {
        let before = self.standing.clone();
        let step_now = self.now.as_seconds().unsigned_abs() / 30;
        let password_check = if password {
            Password::Right
        } else {
            Password::Wrong
        };
        let ruling = before.log_in(password_check, self.entered(types), self.now);

        // Rules 6 and 7, from memory alone.
        let fresh = match types {
            Types::Code { drift } if drift.abs() <= 1 => {
                Some(step_now.saturating_add_signed(drift))
                    .filter(|step| self.accepted.iter().all(|accepted| accepted < step))
            }
            _ => None,
        };
        let let_in = password && !before.blocked;
        let unlocked = self.failures_in_a_row < LOCKS_AT;
        let granted = let_in && self.enrolled && unlocked && fresh.is_some();
        prop_assert_eq!(ruling.outcome == Outcome::Granted, granted);
        // Rules 4 and 5.
        let window = !self.enrolled && before.window_is_open(self.now);
        let recovers = !window
            && matches!(types, Types::RecoveryCode)
            && self.recovery_codes_used < self.recovery_codes_shown
            && before.recovery.is_some();
        prop_assert_eq!(
            ruling.outcome == Outcome::MustEnroll,
            let_in && (window || recovers)
        );
        if ruling.outcome == Outcome::Denied && !let_in {
            prop_assert_eq!(ruling.change, Change::None);
        }

        if granted {
            self.accepted.extend(fresh);
            self.failures_in_a_row = 0;
        } else if let_in
            && self.enrolled
            && unlocked
            && matches!(types, Types::Code { .. } | Types::OldCode)
        {
            self.failures_in_a_row += 1;
        }
        self.write(ruling.change);
        if let Change::Recover { enroll_by } = ruling.change {
            self.recovery_codes_used += 1;
            prop_assert!(
                self.standing.window_is_open(self.now)
                    && enroll_by == self.now.plus(RECOVERY_WINDOW)
            );
            prop_assert_eq!(
                (self.standing.stage, self.standing.recovery),
                (Stage::None, None)
            );
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_life_breaks_a_rule(events in prop::collection::vec(happens(), 1..120)) {
        let mut life = Life::new();
        for event in events {
            life.happen(event)?;
            let locked = matches!(life.standing.stage, Stage::Locked { .. });
            prop_assert_eq!(locked, life.failures_in_a_row == LOCKS_AT);
            let in_use = locked || matches!(life.standing.stage, Stage::Active { .. });
            prop_assert_eq!(in_use, life.enrolled);
            prop_assert!(life.recovery_codes_used <= life.recovery_codes_shown);
            prop_assert!(life.accepted.is_sorted_by(|earlier, later| earlier < later));
        }
    }
}
