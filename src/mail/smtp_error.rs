//! Why a mail didn't go out.

use super::oauth::TokenError;

/// Why a server can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The URL can't be understood.
    #[error(
        "`{0}` isn't an SMTP server: smtps://[user@]host[:port], smtp://… or, on loopback, smtp+plain://…; the password belongs in `[smtp] password_file`"
    )]
    BadUrl(String),
    /// Without TLS, and not on loopback.
    #[error("smtp+plain is for loopback only: {0} would get the mails unencrypted")]
    Plain(String),
    /// No mail can come from there.
    #[error("`{0}` isn't a sender: a mail address such as `Servicedesk <desk@example.nl>`")]
    BadSender(String),
    /// It can't be greeted with that name.
    #[error("`{0}` isn't a name to greet a server with: a domain such as desk.example.nl")]
    BadName(String),
    /// It didn't take the mail.
    #[error("the SMTP server didn't accept the mail: {0}")]
    Refused(String),
    /// It will never take it.
    #[error("the SMTP server refuses the mail for good: {0}")]
    RefusedForGood(String),
    /// It takes no mail from here.
    #[error("the SMTP server refuses the login: {0}")]
    Unwilling(String),
    /// There's no token to log in with.
    #[error(transparent)]
    NoToken(#[from] TokenError),
    /// It doesn't take the token that there is.
    #[error("the SMTP server doesn't accept the token for `{user}`: {said}")]
    TokenRefused {
        /// Whom it's for.
        user: String,
        /// Its words.
        said: String,
    },
    /// It takes no token at all.
    #[error("the SMTP server offers neither XOAUTH2 nor OAUTHBEARER")]
    NoOauth,
    /// A token is for a user, and none is named.
    #[error("`[smtp] url` names no user, and a token is always for one: smtps://USER@HOST")]
    NoUser,
    /// It didn't answer, or not as a server does.
    #[error("the SMTP server can't be reached: {0}")]
    Unreachable(String),
}

/// It didn't answer, or not as a server does.
pub(super) fn unreachable(error: &lettre::transport::smtp::Error) -> SmtpError {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    SmtpError::Unreachable(cause.unwrap_or_else(|| error.to_string()))
}
