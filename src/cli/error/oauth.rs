//! Why there's no token for a mail server, or why it's of no use there, as the caller sees it.

use super::Failure;
use crate::cli::language::{noted, said, told};
use crate::mail::{Refusal, TokenError};

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        let message = told(&error.to_string());
        let failure = |exit, code, hint: &str| Self {
            exit,
            code,
            reasons: Vec::new(),
            message,
            hint: told(hint),
        };
        match error {
            TokenError::CommandFailed { .. } => failure(
                7,
                "oauth_unavailable",
                noted!(
                    "run `token_command` by hand to see why (it gets only PATH and HOME, in /), then try again"
                ),
            ),
            TokenError::NoToken { .. } => failure(
                2,
                "invalid_input",
                noted!("`token_command` has to print the token on one line, and nothing else"),
            ),
            TokenError::BadUrl => failure(
                2,
                "invalid_input",
                noted!(
                    "correct `token_url`; user and secret belong in `client_id` and `client_secret_file`"
                ),
            ),
            TokenError::NoDeviceUrl => failure(
                2,
                "invalid_input",
                noted!("set `device_url` where `token_url` is set, or choose another `flow`"),
            ),
            TokenError::NotAuthorised => failure(
                2,
                "oauth_refused",
                noted!(
                    "run `balie mailbox authorise`, and have the mailbox's user open the address that it shows"
                ),
            ),
            TokenError::NoRefreshToken => failure(
                2,
                "oauth_refused",
                noted!("add `offline_access` to `scope`, and try again"),
            ),
            TokenError::NotKept(_) => failure(
                1,
                "internal",
                noted!(
                    "free some space, and see that this account has a home that it can write to; then try again"
                ),
            ),
            TokenError::Unreachable(_) => failure(
                7,
                "oauth_unavailable",
                noted!("try again, and check `token_url`; nothing was taken or sent"),
            ),
            TokenError::NotAnAnswer => failure(
                2,
                "oauth_refused",
                noted!("check `token_url`: it has to be the provider's token endpoint"),
            ),
            TokenError::Refused { refusal, .. } => failure(2, "oauth_refused", mend(refusal)),
        }
    }
}

/// What mends it, as docs/mailbox.md tells at length.
fn mend(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::SecretExpired => {
            noted!(
                "make a new client secret at the provider, and write its value into `client_secret_file`"
            )
        }
        Refusal::SecretWrong => {
            noted!(
                "check `client_id`, and that `client_secret_file` has the secret's value, not its number"
            )
        }
        Refusal::UnknownClient => noted!("check `client_id`, and the tenant in `token_url`"),
        Refusal::ConsentMissing => {
            noted!(
                "have an administrator grant the application's permissions at the provider: see docs/mailbox.md"
            )
        }
        Refusal::GrantEnded => {
            noted!(
                "have the mailbox's user consent again: `balie mailbox authorise`, or a new token in `refresh_token_file`"
            )
        }
        Refusal::UnknownScope => noted!("correct `scope`: see docs/mailbox.md for the provider's"),
        Refusal::Other => noted!("look the code up in the provider's documentation"),
    }
}

impl Failure {
    /// A mail server doesn't let the token into that mailbox.
    pub(in crate::cli) fn mailbox_not_allowed(message: String, section: &str) -> Self {
        let whose = match section {
            "imap" => "`[imap] user`".to_owned(),
            _ => said!("the user in `[smtp] url`"),
        };
        Self {
            exit: 2,
            code: "mailbox_not_allowed",
            reasons: Vec::new(),
            message,
            hint: said!(
                "check {whose}, and that the token's owner may use that mailbox over {protocol}: see docs/mailbox.md",
                whose = whose,
                protocol = section.to_uppercase()
            ),
        }
    }
}
