//! Why there's no token.

/// Why there's no token. Nothing of what a command prints is quoted: it may be half a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The command that prints one failed.
    #[error("the token command `{program}` failed: {why}")]
    CommandFailed {
        /// Its program, without arguments.
        program: String,
        /// What happened.
        why: String,
    },
    /// It printed something else.
    #[error("what the token command `{program}` prints isn't a token")]
    NoToken {
        /// Its program, without arguments.
        program: String,
    },
}
