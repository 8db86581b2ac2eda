//! One person's login, and the state of its second factor.

pub mod enrollment_window;
pub mod person_name;
pub mod shared_login;

use serde::Serialize;

use super::text_value::text_enum;
use super::timestamp::Timestamp;

text_enum! {
    /// Whether the account may log in at all.
    AccountStatus, UnknownAccountStatus, "account status", {
        /// It may.
        Active = "active",
        /// The desk or the school has blocked it.
        Blocked = "blocked",
    }
}

/// The state of an account's enrollment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrollment {
    /// No authenticator. The holder may enroll until `enroll_by`, where a window is open.
    None {
        /// The end of the enrollment window, open or over.
        enroll_by: Option<Timestamp>,
    },
    /// Begun, and not confirmed with a code yet.
    Pending {
        /// The end of the enrollment window.
        enroll_by: Option<Timestamp>,
    },
    /// In use.
    Active {
        /// When a first code was accepted.
        enrolled_at: Timestamp,
        /// When a code was last accepted.
        last_used_at: Option<Timestamp>,
    },
    /// Ten failures in a row (rule 6).
    Locked {
        /// When a first code was accepted.
        enrolled_at: Timestamp,
        /// When a code was last accepted.
        last_used_at: Option<Timestamp>,
    },
}

impl Enrollment {
    /// When a first code was accepted, where the enrollment is in use.
    #[must_use]
    pub const fn enrolled_at(self) -> Option<Timestamp> {
        match self {
            Self::Active { enrolled_at, .. } | Self::Locked { enrolled_at, .. } => {
                Some(enrolled_at)
            }
            Self::None { .. } | Self::Pending { .. } => None,
        }
    }
}

/// An enrollment as the contract shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SecondFactor {
    /// `none`, `pending`, `active` or `locked`.
    pub state: &'static str,
    /// When a first code was accepted.
    pub enrolled_at: Option<Timestamp>,
    /// When a code was last accepted.
    pub last_used_at: Option<Timestamp>,
    /// The end of the enrollment window.
    pub enroll_by: Option<Timestamp>,
}

impl From<Enrollment> for SecondFactor {
    fn from(enrollment: Enrollment) -> Self {
        let bare = |state| Self {
            state,
            enrolled_at: None,
            last_used_at: None,
            enroll_by: None,
        };
        match enrollment {
            Enrollment::None { enroll_by } => Self {
                enroll_by,
                ..bare("none")
            },
            Enrollment::Pending { enroll_by } => Self {
                enroll_by,
                ..bare("pending")
            },
            Enrollment::Active {
                enrolled_at,
                last_used_at,
            } => Self {
                enrolled_at: Some(enrolled_at),
                last_used_at,
                ..bare("active")
            },
            Enrollment::Locked {
                enrolled_at,
                last_used_at,
            } => Self {
                enrolled_at: Some(enrolled_at),
                last_used_at,
                ..bare("locked")
            },
        }
    }
}

/// The state of an account's recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryCodeState {
    /// `none`, `active`, `used`, `revoked` or `expired`.
    pub state: &'static str,
    /// When it was issued.
    pub issued_at: Option<Timestamp>,
}
