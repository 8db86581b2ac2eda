//! How far a desk's accounts have got with 2FA, counted, and what is worth a second look.

use std::ops::{AddAssign, SubAssign};

use serde::Serialize;

use crate::domain::text_value::text_enum;

/// A secret shorter than this is weak, in bits (RFC 4226, requirement R6).
pub const WEAK_BELOW_BITS: i64 = 128;
/// Resets of one account within so many days are told together.
pub const REPEAT_DAYS: i64 = 30;
/// A requester is to be reviewed once in so many days.
pub const REVIEW_DAYS: i64 = 365;

/// Accounts, by the state of their second factor. Each is pending, active, locked or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub accounts: i64,
    /// An authenticator is in use.
    pub active: i64,
    /// Begun, and not confirmed with a code yet.
    pub pending: i64,
    /// No authenticator.
    pub none: i64,
    /// Locked after ten failures in a row.
    pub locked: i64,
    /// A recovery code that can be used.
    pub recovery_active: i64,
    /// Enrolled, and no recovery code that can be used.
    pub recovery_missing: i64,
    /// Not enrolled, and the enrollment window is over.
    pub overdue: i64,
    /// Enrolled, and no code accepted since.
    #[serde(skip)]
    pub never_used: i64,
    /// Enrolled with a secret that is too short.
    #[serde(skip)]
    pub weak_secret: i64,
}

impl Counts {
    /// Accounts that have an authenticator.
    #[must_use]
    pub const fn enrolled(&self) -> i64 {
        self.active + self.locked
    }

    /// The share of accounts that have one, from 0 to 1; all of nobody is all.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.accounts == 0 {
            return 1.0;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "there are fewer accounts than 2^52"
        )]
        let share = self.enrolled() as f64 / self.accounts as f64;
        share
    }

    /// The share in whole per cent: 100 only when nobody is missing, 0 only when everybody is.
    #[must_use]
    pub const fn per_cent(&self) -> i64 {
        if self.accounts == 0 {
            return 100;
        }
        let enrolled = self.enrolled();
        let rounded = (enrolled * 200 + self.accounts) / (self.accounts * 2);
        if enrolled < self.accounts && rounded == 100 {
            99
        } else if enrolled > 0 && rounded == 0 {
            1
        } else {
            rounded
        }
    }

    fn each(&mut self, other: &Self, apply: fn(&mut i64, i64)) {
        for (mine, others) in [
            (&mut self.accounts, other.accounts),
            (&mut self.active, other.active),
            (&mut self.pending, other.pending),
            (&mut self.none, other.none),
            (&mut self.locked, other.locked),
            (&mut self.recovery_active, other.recovery_active),
            (&mut self.recovery_missing, other.recovery_missing),
            (&mut self.overdue, other.overdue),
            (&mut self.never_used, other.never_used),
            (&mut self.weak_secret, other.weak_secret),
        ] {
            apply(mine, others);
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.each(&other, |mine, others| *mine += others);
    }
}

impl SubAssign for Counts {
    fn sub_assign(&mut self, other: Self) {
        self.each(&other, |mine, others| *mine -= others);
    }
}

text_enum! {
    /// What accounts are counted by.
    GroupBy, UnknownGroupBy, "grouping", {
        /// By region.
        Region = "region",
        /// By the organisation that a role is in.
        Organisation = "organisation",
        /// By role.
        Role = "role",
    }
}

text_enum! {
    /// Something worth a second look.
    Finding, UnknownFinding, "finding", {
        /// Not enrolled, and the enrollment window is over.
        Overdue = "overdue",
        /// Enrolled without a recovery code.
        RecoveryMissing = "recovery_missing",
        /// Logged in with the recovery code, and not enrolled again.
        NotEnrolledAgain = "not_enrolled_again",
        /// Locked after ten failures in a row.
        Locked = "locked",
        /// Never used since the enrollment.
        NeverUsed = "never_used",
        /// A secret that was taken over and is shorter than 128 bits.
        WeakSecret = "weak_secret",
        /// Reset more than once in 30 days.
        ResetRepeatedly = "reset_repeatedly",
        /// A login in use that looks shared.
        SharedLogin = "shared_login",
        /// Requesters past their date.
        RequesterExpired = "requester_expired",
        /// Requesters whom nobody has reviewed for a year.
        RequesterUnreviewed = "requester_unreviewed",
    }
}

impl Finding {
    /// Whether it's about requesters, rather than accounts.
    #[must_use]
    pub const fn is_about_requesters(self) -> bool {
        matches!(self, Self::RequesterExpired | Self::RequesterUnreviewed)
    }

    /// What it means, for the desk.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Overdue => "not enrolled, and the enrollment window has closed",
            Self::RecoveryMissing => "enrolled, without a recovery code",
            Self::NotEnrolledAgain => "logged in with the recovery code and hasn't enrolled again",
            Self::Locked => "locked after ten wrong codes in a row",
            Self::NeverUsed => "never used since the enrollment",
            Self::WeakSecret => "a secret shorter than 128 bits, imported from another system",
            Self::ResetRepeatedly => "reset more than once in 30 days",
            Self::SharedLogin => "logins that look shared",
            Self::RequesterExpired => "requesters whose end date has passed",
            Self::RequesterUnreviewed => "requesters who haven't been reviewed for a year",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_per_cent_means_everybody() {
        let of = |active, accounts| {
            Counts {
                accounts,
                active,
                ..Counts::default()
            }
            .per_cent()
        };
        assert_eq!(
            [
                of(0, 0),
                of(0, 5),
                of(1, 1000),
                of(1, 2),
                of(999, 1000),
                of(5, 5)
            ],
            [100, 0, 1, 50, 99, 100]
        );
    }
}
