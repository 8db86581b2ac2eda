//! Why there's no token.

use super::refusal::Refusal;

/// Why there's no token. Nothing of what a command prints or a token server says is quoted: it may be half a token.
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
    /// Nobody can be asked there.
    #[error(
        "`token_url` isn't a token server: https://HOST/PATH without a user, or http:// on loopback"
    )]
    BadUrl,
    /// Nobody can be asked for consent there.
    #[error("`device_url` is missing, or isn't https://HOST/PATH")]
    NoDeviceUrl,
    /// The mailbox's user hasn't consented yet.
    #[error("the mailbox's user hasn't consented yet")]
    NotAuthorised,
    /// With this consent no second token can be had.
    #[error(
        "the token server gives no refresh token, so that the consent would last for an hour only"
    )]
    NoRefreshToken,
    /// What came of the consent can't be kept.
    #[error("the token can't be kept: {0}")]
    NotKept(String),
    /// The token server didn't answer, or can't now.
    #[error("the token server can't be reached: {0}")]
    Unreachable(String),
    /// What answers isn't a token server.
    #[error("what the token server answers isn't a token, and no reason either")]
    NotAnAnswer,
    /// The token server says no.
    #[error("the token server refuses: {} ({code})", told(*.refusal))]
    Refused {
        /// What has to be mended.
        refusal: Refusal,
        /// The code by which its documentation has it.
        code: String,
    },
}

fn told(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::SecretExpired => "the client secret has expired",
        Refusal::SecretWrong => "the client secret is wrong, or the application isn't known",
        Refusal::UnknownClient => "the application isn't known there",
        Refusal::ConsentMissing => "nobody has consented to what the application asks for",
        Refusal::GrantEnded => {
            "the consent, or the refresh token that came of it, has ended or was withdrawn"
        }
        Refusal::UnknownScope => "it doesn't know the scope that is asked for",
        Refusal::Other => "it gives no reason that Balie knows",
    }
}
