//! Who works at the desk, what each role may do, and which regions it reaches.

pub mod job;
pub mod login;
pub mod login_delay;
pub mod scope;
pub mod session;

use crate::domain::log::duty::Duty;
use crate::domain::log::event::Action;
use crate::domain::text_value::text_enum;

text_enum! {
    /// An operator's role.
    Role, UnknownRole, "role", {
        /// Set the desk up, and does everything until it's closed.
        Founder = "founder",
        /// Works the desk of its regions.
        Operator = "operator",
        /// Works the desk of its regions, and approves what needs a second pair of eyes.
        Senior = "senior",
        /// Reads everything and changes nothing.
        Auditor = "auditor",
        /// Looks after operators, keys, directory and config, and resets nobody.
        Admin = "admin",
    }
}

text_enum! {
    /// What an operator is asked for besides the role.
    ExtraDuty, UnknownExtraDuty, "duty", {
        /// Their machine has the opening half of the sealing key: they check codes and confirm enrollments.
        Totp = "totp",
    }
}

impl Role {
    /// Whether this role may do it.
    #[must_use]
    pub const fn may(self, action: Action) -> bool {
        match self {
            Self::Founder => true,
            Self::Operator => matches!(
                action.duty(),
                Duty::Own | Duty::Places | Duty::People | Duty::Check | Duty::Serve | Duty::Work
            ),
            Self::Senior => matches!(
                action.duty(),
                Duty::Own
                    | Duty::Places
                    | Duty::People
                    | Duty::Check
                    | Duty::Serve
                    | Duty::Post
                    | Duty::Work
                    | Duty::Approve
            ),
            Self::Auditor => matches!(
                action.duty(),
                Duty::Own | Duty::Places | Duty::People | Duty::Check | Duty::Log
            ),
            Self::Admin => matches!(
                action.duty(),
                Duty::Own
                    | Duty::Places
                    | Duty::Check
                    | Duty::Serve
                    | Duty::Post
                    | Duty::Administer
            ),
        }
    }

    /// Whether it works in the regions that it was given, rather than in all.
    #[must_use]
    pub const fn is_regional(self) -> bool {
        matches!(self, Self::Operator | Self::Senior)
    }
}

/// Which regions somebody reaches. Outside them an account doesn't exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    Everywhere,
    /// Those that are on file for this holder: `operator:LOGIN` or `token:ID`.
    RegionsOf(String),
}

impl Reach {
    /// What an operator of that role reaches.
    #[must_use]
    pub fn of(role: Role, login: &str) -> Self {
        if role.is_regional() {
            Self::RegionsOf(format!("operator:{login}"))
        } else {
            Self::Everywhere
        }
    }

    /// The holder of the regions; none is everywhere.
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        match self {
            Self::Everywhere => None,
            Self::RegionsOf(holder) => Some(holder),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a duty: founder, operator, senior, auditor, admin.
    const MATRIX: &[(Duty, [bool; 5])] = &[
        (Duty::Own, [true, true, true, true, true]),
        (Duty::Places, [true, true, true, true, true]),
        (Duty::People, [true, true, true, true, false]),
        (Duty::Check, [true, true, true, true, true]),
        (Duty::Log, [true, false, false, true, false]),
        (Duty::Serve, [true, true, true, false, true]),
        (Duty::Post, [true, false, true, false, true]),
        (Duty::Work, [true, true, true, false, false]),
        (Duty::Approve, [true, false, true, false, false]),
        (Duty::Administer, [true, false, false, false, true]),
    ];

    #[test]
    fn every_role_may_do_its_duties_and_nothing_else() {
        for action in Action::ALL {
            let (_, cells) = MATRIX
                .iter()
                .find(|(duty, _)| *duty == action.duty())
                .unwrap();
            for (role, may) in Role::ALL.iter().zip(cells) {
                assert_eq!(role.may(*action), *may, "{role} {action}");
            }
        }
    }

    #[test]
    fn an_auditor_changes_nothing() {
        for action in Action::ALL {
            let reads = action.only_reads();
            let own = action.duty() == Duty::Own;
            assert_eq!(Role::Auditor.may(*action), reads || own, "{action}");
        }
    }
}
