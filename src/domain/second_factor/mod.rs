//! The second factor's life: none → pending → active (→ locked), and back by recovery (rules 4 to 6).
//! Pure: from the state of an account and what was entered, to what becomes of it.

pub mod delivery;
pub mod diagnosis;
pub mod otpauth;
pub mod recovery_code;
pub mod spelling;
pub mod totp;

use jiff::SignedDuration;

use super::refusal::Refusal;
use super::second_factor::totp::Verdict;
use super::text_value::text_enum;
use super::timestamp::Timestamp;

/// The failure in a row that locks (rule 6; NIST SP 800-63B-4 3.2.2 allows up to 100).
pub const LOCKS_AT: u32 = 10;
/// The wrong recovery code that voids the right one (NIST SP 800-63B-4 3.2.2).
pub const VOIDS_AT: u32 = 100;
/// How long a login by recovery code may enroll: at once, that is.
pub const RECOVERY_WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// The state of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The account is blocked.
    pub blocked: bool,
    /// The authenticator.
    pub stage: Stage,
    /// The end of the enrollment window, open or over.
    pub enroll_by: Option<Timestamp>,
    /// The recovery code that was neither used nor voided.
    pub recovery: Option<Recovery>,
}

/// Where the authenticator is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There is none.
    None,
    /// Begun, and not confirmed with a code yet.
    Pending {
        /// Wrong codes so far.
        failures: u32,
    },
    /// In use.
    Active {
        /// The last accepted step.
        last: Option<u64>,
        /// Failures in a row.
        failures: u32,
    },
    /// Locked by failures.
    Locked {
        /// The last accepted step.
        last: Option<u64>,
    },
}

/// A recovery code that is on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// From when on it doesn't work any more.
    pub expires_at: Option<Timestamp>,
    /// Wrong ones so far.
    pub failures: u32,
}

/// What was found about the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// It fits.
    Right,
    /// It doesn't.
    Wrong,
    /// The account has none.
    NotSet,
}

/// What was entered where the code belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Nothing.
    Nothing,
    /// Neither a verification code nor a recovery code: a typing error, which tries nothing.
    Mistyped,
    /// A verification code.
    Code(Verdict),
    /// A recovery code.
    RecoveryCode {
        /// It's the one on file.
        fits: bool,
    },
}

text_enum! {
    /// What a login screen does.
    Outcome, UnknownOutcome, "outcome", {
        /// Lets in.
        Granted = "granted",
        /// Lets enroll, and nothing else.
        MustEnroll = "must_enroll",
        /// Doesn't let in.
        Denied = "denied",
    }
}

text_enum! {
    /// Why. For the desk only: to the one who logs in it would tell which part was wrong.
    Why, UnknownWhy, "reason", {
        /// The verification code was accepted.
        CodeAccepted = "code_accepted",
        /// The recovery code was accepted, and is used up.
        RecoveryCodeUsed = "recovery_code_used",
        /// There is no second factor, and the window is open.
        NotEnrolled = "not_enrolled",
        /// There is no second factor, and the window is over.
        WindowClosed = "window_closed",
        /// There is no such account.
        UnknownAccount = "unknown_account",
        /// The account is blocked.
        AccountBlocked = "account_blocked",
        /// The account has no password.
        NoPassword = "no_password",
        /// The password is wrong.
        WrongPassword = "wrong_password",
        /// No code was entered.
        CodeMissing = "code_missing",
        /// What was entered is neither kind of code.
        CodeMistyped = "code_mistyped",
        /// The verification code is wrong.
        WrongCode = "wrong_code",
        /// The verification code was accepted before, or a later one was.
        CodeReplayed = "code_replayed",
        /// This failure was one too many: it's locked now.
        LockedNow = "locked_now",
        /// It's locked.
        Locked = "locked",
        /// This server's clock has gone back, so no code can be judged.
        ClockWentBack = "clock_went_back",
        /// The recovery code is wrong, used, void or too old.
        WrongRecoveryCode = "wrong_recovery_code",
    }
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// The step is accepted, and the failures are forgotten.
    Accept {
        /// The step.
        step: u64,
    },
    /// One failure more.
    Fail {
        /// So many in a row now.
        failures: u32,
        /// It locks.
        locks: bool,
    },
    /// The recovery code is used up, the enrollment ends, and a window opens.
    Recover {
        /// Until when.
        enroll_by: Timestamp,
    },
    /// One wrong recovery code more.
    FailRecovery {
        /// So many now.
        failures: u32,
        /// The right one is void.
        voids: bool,
    },
}

/// A login, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What the login screen does.
    pub outcome: Outcome,
    /// Why, for the desk.
    pub why: Why,
    /// What is to be written.
    pub change: Change,
}

/// How a confirmation went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It's in use, and this step is the first accepted one.
    Enrolled {
        /// The step.
        step: u64,
    },
    /// The code is wrong.
    Wrong {
        /// So many so far.
        failures: u32,
        /// It has to be begun again.
        ends: bool,
    },
}

impl Standing {
    /// Whether the holder may enroll at `now`.
    #[must_use]
    pub fn window_is_open(&self, now: Timestamp) -> bool {
        self.enroll_by.is_some_and(|until| now < until)
    }

    /// Decides a login (rules 4 to 6).
    #[must_use]
    pub fn log_in(&self, password: Password, entered: Entered, now: Timestamp) -> Ruling {
        let denied = |why, change| Ruling {
            outcome: Outcome::Denied,
            why,
            change,
        };
        if self.blocked {
            return denied(Why::AccountBlocked, Change::None);
        }
        match password {
            Password::Right => {}
            Password::Wrong => return denied(Why::WrongPassword, Change::None),
            Password::NotSet => return denied(Why::NoPassword, Change::None),
        }
        let is_enrolled = matches!(self.stage, Stage::Active { .. } | Stage::Locked { .. });
        if !is_enrolled && self.window_is_open(now) {
            return Ruling {
                outcome: Outcome::MustEnroll,
                why: Why::NotEnrolled,
                change: Change::None,
            };
        }
        match (self.stage, entered) {
            (_, Entered::RecoveryCode { fits }) => self.recover(fits, now),
            (Stage::None | Stage::Pending { .. }, _) => denied(Why::WindowClosed, Change::None),
            (_, Entered::Nothing) => denied(Why::CodeMissing, Change::None),
            (_, Entered::Mistyped) => denied(Why::CodeMistyped, Change::None),
            (Stage::Locked { .. }, Entered::Code(_)) => denied(Why::Locked, Change::None),
            (_, Entered::Code(Verdict::ClockWentBack)) => denied(Why::ClockWentBack, Change::None),
            (Stage::Active { .. }, Entered::Code(Verdict::Right { step })) => Ruling {
                outcome: Outcome::Granted,
                why: Why::CodeAccepted,
                change: Change::Accept { step },
            },
            (Stage::Active { failures, .. }, Entered::Code(verdict)) => {
                let failures = failures.saturating_add(1);
                let locks = failures >= LOCKS_AT;
                let why = match verdict {
                    _ if locks => Why::LockedNow,
                    Verdict::Replayed => Why::CodeReplayed,
                    _ => Why::WrongCode,
                };
                denied(why, Change::Fail { failures, locks })
            }
        }
    }

    /// The recovery code works once, locked or not, and ends the enrollment (rule 5).
    fn recover(&self, fits: bool, now: Timestamp) -> Ruling {
        let denied = |change| Ruling {
            outcome: Outcome::Denied,
            why: Why::WrongRecoveryCode,
            change,
        };
        match self.recovery {
            Some(code) if code.expires_at.is_some_and(|expires| expires <= now) => {
                denied(Change::None)
            }
            Some(_) if fits => Ruling {
                outcome: Outcome::MustEnroll,
                why: Why::RecoveryCodeUsed,
                change: Change::Recover {
                    enroll_by: now.plus(RECOVERY_WINDOW),
                },
            },
            Some(code) => {
                let failures = code.failures.saturating_add(1);
                let voids = failures >= VOIDS_AT;
                denied(Change::FailRecovery { failures, voids })
            }
            None => denied(Change::None),
        }
    }

    /// Whether an enrollment may be begun: in an open window, and never over one that is in use. One
    /// that was begun and not confirmed is replaced.
    pub fn begin(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.blocked {
            return Err(Refusal::AccountBlocked);
        }
        match self.stage {
            Stage::Active { .. } | Stage::Locked { .. } => Err(Refusal::AlreadyEnrolled),
            _ if !self.window_is_open(now) => Err(Refusal::WindowClosed),
            Stage::None | Stage::Pending { .. } => Ok(()),
        }
    }

    /// Decides on the first code of an enrollment that was begun.
    pub fn confirm(&self, verdict: Verdict, now: Timestamp) -> Result<Confirmation, Refusal> {
        let failures = match self.stage {
            Stage::None => return Err(Refusal::NotBegun),
            _ => self.begin(now).map(|()| match self.stage {
                Stage::Pending { failures } => failures,
                _ => 0,
            })?,
        };
        Ok(match verdict {
            Verdict::Right { step } => Confirmation::Enrolled { step },
            Verdict::Replayed | Verdict::Wrong | Verdict::ClockWentBack => Confirmation::Wrong {
                failures: failures.saturating_add(1),
                ends: failures.saturating_add(1) >= LOCKS_AT,
            },
        })
    }

    /// Whether the desk may unlock.
    pub const fn unlock(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Locked { .. } => Ok(()),
            _ => Err(Refusal::NotLocked),
        }
    }
}

#[cfg(test)]
mod life;
#[cfg(test)]
mod limits;
