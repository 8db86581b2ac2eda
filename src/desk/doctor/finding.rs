//! What an examination says of one thing.

use super::figure::Figure;

/// The state of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// As it should be.
    Ok,
    /// It works, and something should be done.
    Warn,
    /// It doesn't work, or doesn't hold.
    Fail,
}

impl Health {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One line of an examination.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was examined.
    pub name: &'static str,
    /// Its state.
    pub health: Health,
    /// What was found.
    pub detail: String,
    /// How to fix it; empty where there is nothing to fix.
    pub mend: String,
    /// The exit code that it calls for.
    pub exit: u8,
    /// The numbers behind it, for whoever watches the desk.
    pub figures: Vec<Figure>,
}

impl Finding {
    /// All is well.
    #[must_use]
    pub fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            health: Health::Ok,
            detail: detail.into(),
            mend: String::new(),
            exit: 0,
            figures: Vec::new(),
        }
    }

    /// It works, and something should be done.
    #[must_use]
    pub fn warn(name: &'static str, detail: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            health: Health::Warn,
            mend: mend.into(),
            ..Self::ok(name, detail)
        }
    }

    /// It doesn't work.
    #[must_use]
    pub fn fail(
        name: &'static str,
        exit: u8,
        detail: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            health: Health::Fail,
            exit,
            ..Self::warn(name, detail, mend)
        }
    }

    /// The same, with its numbers.
    #[must_use]
    pub fn with(mut self, figures: impl IntoIterator<Item = Figure>) -> Self {
        self.figures.extend(figures);
        self
    }
}
