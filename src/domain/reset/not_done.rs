//! Why an account wasn't reset, or got no fresh code.

use super::four_eyes::{Reason, needed};
use crate::domain::bulk::plan::RowFault;
use crate::domain::refusal::Refusal;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;

/// What a colleague has open in a changing step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// An account or a request.
    pub what: &'static str,
    /// Who.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
}

impl Held {
    /// Held by whoever has it open; nothing where nobody has.
    #[must_use]
    pub fn new(what: &'static str, open_by: Option<&(String, Timestamp)>) -> Option<Self> {
        let (by, since) = open_by?.clone();
        Some(Self { what, by, since })
    }
}

/// Why it wasn't done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// A rule says no.
    Refused(Refusal),
    /// Another operator has to approve it first, for these reasons.
    NeedsApproval(Vec<Reason>),
    /// There is no such account.
    Unknown,
    /// A colleague has the account or the request open.
    Held(Held),
}

impl NotDone {
    /// The rule that says no, where one does.
    #[must_use]
    pub const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused(refusal) => Some(*refusal),
            Self::NeedsApproval(_) => Some(Refusal::FourEyesRequired),
            Self::Unknown | Self::Held(_) => None,
        }
    }

    /// Whether somebody may be trying what isn't theirs (rule 10): a mail that isn't the requester's, or somebody without
    /// authority. The desk's own slips are none: a second yes that is missing, what was done already, a wrong username.
    #[must_use]
    pub const fn may_be_an_attack(&self, verdict: Verdict) -> bool {
        match self {
            Self::Refused(Refusal::RequestNotVerified | Refusal::RequestRejected) => {
                matches!(verdict, Verdict::Rejected)
            }
            Self::Refused(refusal) => refusal.is_without_authority(),
            Self::NeedsApproval(_) | Self::Unknown | Self::Held(_) => false,
        }
    }

    /// Why another operator has to approve it; nothing where that isn't what it lacks.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::NeedsApproval(reasons) => reasons,
            _ => &[],
        }
    }

    /// The same, as a row of a plan keeps it.
    #[must_use]
    pub const fn fault(&self) -> RowFault {
        match self {
            Self::Unknown => RowFault::Unknown,
            Self::Held(_) => RowFault::Held,
            Self::NeedsApproval(_) => RowFault::Refused(Refusal::FourEyesRequired),
            Self::Refused(refusal) => RowFault::Refused(*refusal),
        }
    }

    /// Whether a state was found that the caller didn't expect, rather than a rule broken.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.is_conflict(),
            Self::Held(_) => true,
            Self::Unknown | Self::NeedsApproval(_) => false,
        }
    }

    /// What happened, for the operator.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NeedsApproval(reasons) => needed(reasons),
            Self::Held(Held { what, by, since }) => {
                format!("{by} has had this {what} open since {since:.0}")
            }
            Self::Refused(_) | Self::Unknown => self.fault().sentence().to_owned(),
        }
    }
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
