//! What became of a change that was guarded in its WHERE.

/// Whether the change was made, or the guard found that it can't be: somebody else was faster, or it's over.
/// Whoever says afterwards that it was done has to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the guard may have said no, and then nothing was changed"]
pub struct Applied(bool);

impl Applied {
    /// What the guard said.
    pub(super) const fn when(it_was: bool) -> Self {
        Self(it_was)
    }

    /// It was made.
    #[must_use]
    pub const fn took(self) -> bool {
        self.0
    }

    /// It's all the same to the caller.
    pub const fn or_not(self) {}
}
