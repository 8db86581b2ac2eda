//! A number that somebody keeps who watches the desk.

use crate::domain::timestamp::Timestamp;

/// A number, and what it's a number of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name, as Prometheus has them: `balie_mails_due`.
    pub name: &'static str,
    /// What it's of. The same for all of that name.
    pub help: &'static str,
    /// What tells several of that name apart.
    pub labels: Vec<(&'static str, String)>,
    /// The number. Times are in seconds since 1970.
    pub value: i64,
}

impl Figure {
    /// The only one of its name.
    #[must_use]
    pub const fn new(name: &'static str, help: &'static str, value: i64) -> Self {
        Self {
            name,
            help,
            labels: Vec::new(),
            value,
        }
    }

    /// A moment, where there was one.
    pub(super) fn at(
        name: &'static str,
        help: &'static str,
        moment: Option<Timestamp>,
    ) -> Option<Self> {
        moment.map(|moment| Self::new(name, help, moment.as_seconds()))
    }

    /// The one of this.
    #[must_use]
    pub fn of(mut self, label: &'static str, value: impl Into<String>) -> Self {
        self.labels.push((label, value.into()));
        self
    }
}
