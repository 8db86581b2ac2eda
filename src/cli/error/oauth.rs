//! Why there's no token for a mail server, or why it's of no use there, as the caller sees it.

use super::Failure;
use crate::mail::TokenError;

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        let message = error.to_string();
        match error {
            TokenError::CommandFailed { .. } => Self {
                exit: 7,
                code: "oauth_unavailable",
                reasons: Vec::new(),
                message,
                hint: "run `token_command` by hand to see why (it gets only PATH and HOME, in /), then try again".into(),
            },
            TokenError::NoToken { .. } => Self::invalid(
                message,
                "`token_command` has to print the token on one line, and nothing else",
            ),
        }
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
