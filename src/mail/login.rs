//! How a mail server is shown that it's us.

use std::sync::Arc;

use secrecy::SecretString;

use super::oauth::Tokens;

/// What goes with the user.
#[derive(Clone, Debug)]
pub enum Login {
    /// A password.
    Password(SecretString),
    /// A token, made when it's needed.
    Token(Arc<Tokens>),
}
