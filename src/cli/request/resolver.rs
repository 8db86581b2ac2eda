//! Where keys and policies are asked for when a mail comes in.

use crate::cli::Failure;
use crate::cli::language::{noted, said, told};
use crate::cli::shell::session::Session;
use crate::mail::Dns;

/// Why taking a mail in can't be rehearsed.
pub(in crate::cli) const A_MAIL_IS_KEPT: &str =
    noted!("a mail that is looked at is kept, whatever its verdict");

/// The resolver that the config names.
pub(in crate::cli) fn resolver(session: &Session<'_>) -> Result<Dns, Failure> {
    Dns::new(session.config.dns.server.as_deref()).map_err(|error| {
        Failure::invalid(
            told(&error.to_string()),
            said!("correct `[dns] server` in the config"),
        )
    })
}
