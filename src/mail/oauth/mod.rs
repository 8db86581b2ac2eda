//! Logging in to mail servers by a token (RFC 6749) instead of a password.

mod cache;
mod device;
mod error;
mod grant;
mod http;
mod refusal;
mod sasl;
mod tokens;

pub use device::Consent;
pub use error::TokenError;
pub use grant::{Flow, Grant};
pub use refusal::Refusal;
pub(super) use sasl::{Exchange, Mechanism};
pub use tokens::Tokens;
