//! SMTP out: TLS, unless the URL says plain and points to loopback.

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

/// A server to hand mails to.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

/// Why a server can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The URL can't be understood.
    #[error(
        "`{0}` is no SMTP server: smtps://[user@]host[:port], smtp://… or, on loopback, smtp+plain://…"
    )]
    BadUrl(String),
    /// Without TLS, and not on loopback.
    #[error("smtp+plain is for loopback only: {0} would get the mails unencrypted")]
    Plain(String),
    /// It didn't take the mail.
    #[error("the SMTP server didn't take the mail: {0}")]
    Refused(String),
    /// It didn't answer.
    #[error("the SMTP server can't be reached: {0}")]
    Unreachable(String),
}

impl Smtp {
    /// Takes `smtps://` (TLS), `smtp://` (STARTTLS, required) or `smtp+plain://` (loopback).
    pub fn new(url: &str, password: Option<&SecretString>) -> Result<Self, SmtpError> {
        let bad = || SmtpError::BadUrl(url.to_owned());
        let (scheme, rest) = url.split_once("://").ok_or_else(bad)?;
        let (user, place) = match rest.trim_end_matches('/').rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest.trim_end_matches('/')),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| bad())?)),
            None => (place, None),
        };
        if host.is_empty() || user.is_some_and(|user| user.contains(':')) {
            return Err(bad());
        }
        let tls = || TlsParameters::new(host.to_owned()).map_err(|_| bad());
        let (tls, usual) = match scheme {
            "smtps" => (Tls::Wrapper(tls()?), 465),
            "smtp" => (Tls::Required(tls()?), 587),
            "smtp+plain" if ["127.0.0.1", "localhost", "[::1]"].contains(&host) => (Tls::None, 25),
            "smtp+plain" => return Err(SmtpError::Plain(host.to_owned())),
            _ => return Err(bad()),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port.unwrap_or(usual))
            .tls(tls)
            .timeout(Some(Duration::from_secs(30)));
        if let (Some(user), Some(password)) = (user, password) {
            let credentials =
                Credentials::new(user.to_owned(), password.expose_secret().to_owned());
            builder = builder.credentials(credentials);
        }
        Ok(Self(builder.build()))
    }

    /// Connects, encrypts, logs in, and hands nothing over.
    pub async fn greet(&self) -> Result<(), SmtpError> {
        match self.0.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(SmtpError::Unreachable("it hung up".into())),
            Err(error) if error.is_transient() || error.is_permanent() => {
                Err(SmtpError::Refused(error.to_string()))
            }
            Err(error) => Err(SmtpError::Unreachable(error.to_string())),
        }
    }

    /// Hands one mail over.
    pub async fn send(&self, mail: Message) -> Result<(), SmtpError> {
        let sent = self.0.send(mail).await;
        sent.map(drop).map_err(|error| {
            let answered = error.is_transient() || error.is_permanent();
            let text = error.to_string();
            if answered {
                SmtpError::Refused(text)
            } else {
                SmtpError::Unreachable(text)
            }
        })
    }
}
