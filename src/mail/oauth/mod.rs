//! Logging in to mail servers by a token (RFC 6749) instead of a password.

mod error;
mod sasl;
mod tokens;

pub use error::TokenError;
pub(super) use sasl::{Exchange, Mechanism};
pub use tokens::Tokens;
