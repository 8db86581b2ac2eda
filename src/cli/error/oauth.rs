//! Why there's no token for a mail server, or why it's of no use there, as the caller sees it.

use super::Failure;
use crate::mail::{Refusal, TokenError};

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        let message = error.to_string();
        let failure = |exit, code, hint: &str| Self {
            exit,
            code,
            reasons: Vec::new(),
            message,
            hint: hint.to_owned(),
        };
        match error {
            TokenError::CommandFailed { .. } => failure(
                7,
                "oauth_unavailable",
                "run `token_command` by hand to see why (it gets only PATH and HOME, in /), then try again",
            ),
            TokenError::NoToken { .. } => failure(
                2,
                "invalid_input",
                "`token_command` has to print the token on one line, and nothing else",
            ),
            TokenError::BadUrl => failure(
                2,
                "invalid_input",
                "correct `token_url`; user and secret belong in `client_id` and `client_secret_file`",
            ),
            TokenError::NoDeviceUrl => failure(
                2,
                "invalid_input",
                "set `device_url` where `token_url` is set, or choose another `flow`",
            ),
            TokenError::NotAuthorised => failure(
                2,
                "oauth_refused",
                "run `balie mailbox authorise`, and have the mailbox's user open the address that it shows",
            ),
            TokenError::NoRefreshToken => failure(
                2,
                "oauth_refused",
                "add `offline_access` to `scope`, and try again",
            ),
            TokenError::NotKept(_) => failure(
                1,
                "internal",
                "free some space, and see that this account has a home that it can write to; then try again",
            ),
            TokenError::Unreachable(_) => failure(
                7,
                "oauth_unavailable",
                "try again, and check `token_url`; nothing was taken or sent",
            ),
            TokenError::NotAnAnswer => failure(
                2,
                "oauth_refused",
                "check `token_url`: it has to be the provider's token endpoint",
            ),
            TokenError::Refused { refusal, .. } => failure(2, "oauth_refused", mend(refusal)),
        }
    }
}

/// What mends it, as docs/mailbox.md tells at length.
fn mend(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::SecretExpired => {
            "make a new client secret at the provider, and write its value into `client_secret_file`"
        }
        Refusal::SecretWrong => {
            "check `client_id`, and that `client_secret_file` has the secret's value, not its number"
        }
        Refusal::UnknownClient => "check `client_id`, and the tenant in `token_url`",
        Refusal::ConsentMissing => {
            "have an administrator grant the application's permissions at the provider: see docs/mailbox.md"
        }
        Refusal::GrantEnded => {
            "have the mailbox's user consent again: `balie mailbox authorise`, or a new token in `refresh_token_file`"
        }
        Refusal::UnknownScope => "correct `scope`: see docs/mailbox.md for the provider's",
        Refusal::Other => "look the code up in the provider's documentation",
    }
}

impl Failure {
    /// A mail server doesn't let the token into that mailbox.
    pub(in crate::cli) fn mailbox_not_allowed(message: String, section: &str) -> Self {
        let whose = match section {
            "imap" => "`[imap] user`",
            _ => "the user in `[smtp] url`",
        };
        Self {
            exit: 2,
            code: "mailbox_not_allowed",
            reasons: Vec::new(),
            message,
            hint: format!(
                "check {whose}, and that the token's owner may use that mailbox over {}: see docs/mailbox.md",
                section.to_uppercase()
            ),
        }
    }
}
