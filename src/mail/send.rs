//! SMTP out: TLS, unless the URL says plain and points to loopback. The whole conversation about one
//! mail has an end, whatever the server does.

use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret as _;
use tokio::time::timeout;

use super::dial::{dial, encrypt};
use super::login::Login;
use super::oauth::TokenError;
use super::server_url::{Authority, decoded, only_scheme};
use super::smtp_error::{SmtpError, unreachable};
use super::smtp_stream::{Lines, NoTls, Wire, ask_for_tls};
use super::smtp_token;
use super::smtp_transaction::{NotHanded, hand_over};
use crate::domain::directory::address::MailDomain;

/// How long everything about one mail may take; shorter than a claim lasts.
const PATIENCE: Duration = Duration::from_mins(2);

/// A server to hand mails to.
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    /// Whom the URL names.
    user: Option<String>,
    login: Option<Login>,
    /// The name that it's greeted with; none is the address of this end.
    hello: Option<ClientId>,
    patience: Duration,
}

/// A server that was greeted, and takes mails.
pub(super) struct Connection(AsyncSmtpConnection);

/// How a conversation is kept from others.
#[derive(Clone, Copy)]
enum Security {
    Tls,
    StartTls,
    Loopback,
}

impl Smtp {
    /// Takes `smtps://` (TLS), `smtp://` (STARTTLS, required) or `smtp+plain://` (loopback).
    pub fn new(url: &str, login: Option<Login>) -> Result<Self, SmtpError> {
        let bad = || SmtpError::BadUrl(only_scheme(url));
        let (scheme, rest) = url.split_once("://").ok_or_else(bad)?;
        let place = Authority::parse(rest.trim_end_matches('/')).ok_or_else(bad)?;
        if place.user.is_some_and(|user| user.contains(':')) {
            return Err(bad());
        }
        let (security, usual) = match scheme {
            "smtps" => (Security::Tls, 465),
            "smtp" => (Security::StartTls, 587),
            "smtp+plain" if ["127.0.0.1", "localhost", "::1"].contains(&place.host) => {
                (Security::Loopback, 25)
            }
            "smtp+plain" => return Err(SmtpError::Plain(place.host.to_owned())),
            _ => return Err(bad()),
        };
        let user = place.user.map(decoded);
        if user.is_none() && matches!(login, Some(Login::Token(_))) {
            return Err(SmtpError::NoUser);
        }
        Ok(Self {
            host: place.host.to_owned(),
            port: place.port.unwrap_or(usual),
            security,
            user,
            login,
            hello: None,
            patience: PATIENCE,
        })
    }

    /// The server is greeted with `name`, else with the domain of `sender`. Many want a domain there, and
    /// a desk's machine often has none.
    pub fn greeting_as(mut self, name: Option<&str>, sender: &str) -> Result<Self, SmtpError> {
        let bad = || SmtpError::BadSender(sender.to_owned());
        let sender = sender.parse::<Mailbox>().map_err(|_| bad())?;
        let domain = name.unwrap_or(sender.email.domain());
        self.hello = match (domain.parse::<MailDomain>(), name) {
            (Ok(domain), _) => Some(ClientId::Domain(domain.as_str().to_owned())),
            (Err(_), Some(name)) if is_literal(name) => Some(ClientId::Domain(name.to_owned())),
            (Err(_), Some(name)) => return Err(SmtpError::BadName(name.to_owned())),
            (Err(_), None) => None,
        };
        Ok(self)
    }

    /// Whether there's a token to log in with, where one is needed. What can't log in leaves every mail as it is.
    pub async fn has_token(&self) -> Result<(), TokenError> {
        if let Some(Login::Token(tokens)) = &self.login {
            tokens.token().await?;
        }
        Ok(())
    }

    /// Waits no longer than that for everything about one mail.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Connects, encrypts, logs in, and hands nothing over.
    pub async fn greet(&self) -> Result<(), SmtpError> {
        let greeting = async {
            let mut connection = self.connect().await?;
            if !connection.test_connected().await {
                return Err(SmtpError::Unreachable("it hung up".into()));
            }
            // It was reached, whatever it says to goodbye.
            let _ = connection.quit().await;
            Ok(())
        };
        timeout(self.patience, greeting)
            .await
            .unwrap_or_else(|_| Err(self.silent()))
    }

    /// Hands one mail over.
    pub async fn send(&self, mail: &Message) -> Result<(), SmtpError> {
        self.send_over(None, mail)
            .await
            .0
            .map_err(NotHanded::into_error)
    }

    /// A connection for mails to come.
    pub(super) async fn open(&self) -> Result<Connection, SmtpError> {
        timeout(self.patience, self.connect())
            .await
            .unwrap_or_else(|_| Err(self.silent()))
            .map(Connection)
    }

    /// Hands one mail over: by the connection of the one before, or by a new one. What comes back can carry the next one.
    pub(super) async fn send_over(
        &self,
        before: Option<Connection>,
        mail: &Message,
    ) -> (Result<(), NotHanded>, Option<Connection>) {
        match timeout(self.patience, self.hand_over(before, mail)).await {
            Ok(Ok(connection)) => (Ok(()), Some(connection)),
            Ok(Err(not_handed)) => (Err(not_handed), None),
            Err(_) => (Err(NotHanded::Because(self.silent())), None),
        }
    }

    async fn hand_over(
        &self,
        before: Option<Connection>,
        mail: &Message,
    ) -> Result<Connection, NotHanded> {
        if let Some(mut connection) = before {
            match hand_over(&mut connection.0, mail).await {
                Ok(()) => return Ok(connection),
                // Servers end a connection that was quiet for long, or that has carried so many mails.
                Err(NotHanded::Gone(_)) => {}
                Err(because) => return Err(because),
            }
        }
        let mut connection = self.connect().await.map_err(NotHanded::Gone)?;
        hand_over(&mut connection, mail).await?;
        Ok(Connection(connection))
    }

    /// A token that was kept is tried once more as a new one, where the server doesn't accept it.
    async fn connect(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let Some((user, Login::Token(tokens))) = self.user.as_deref().zip(self.login.as_ref())
        else {
            return Ok(self.begin().await?.0);
        };
        loop {
            let token = tokens.token().await?;
            let (mut connection, hello) = self.begin().await?;
            let place = (self.host.as_str(), self.port);
            let let_in =
                smtp_token::log_in(&mut connection, &hello, place, user, &token.text).await;
            match let_in {
                Ok(()) => return Ok(connection),
                Err(error) => {
                    connection.abort().await;
                    let is_refusal = matches!(error, SmtpError::TokenRefused { .. });
                    if !is_refusal || !tokens.refused(&token).await {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Connects, encrypts, and logs in where that is by password; gives the name that the server was greeted with.
    async fn begin(&self) -> Result<(AsyncSmtpConnection, ClientId), SmtpError> {
        let mut stream = dial(&self.host, self.port)
            .await
            .map_err(|error| SmtpError::Unreachable(error.to_string()))?;
        let here = stream.local_addr().map(|here| here.ip());
        let here = here.map_or(ClientId::Domain("localhost".into()), |here| match here {
            std::net::IpAddr::V4(here) => ClientId::Ipv4(here),
            std::net::IpAddr::V6(here) => ClientId::Ipv6(here),
        });
        let hello = self.hello.clone().unwrap_or(here);
        let encrypted = async |stream| {
            let stream = encrypt(stream, &self.host).await;
            let stream = stream.map_err(|error| SmtpError::Unreachable(error.to_string()))?;
            Ok::<_, SmtpError>(Wire::Tls(Box::new(stream)))
        };
        let lines = match self.security {
            Security::Loopback => Lines::new(Wire::Plain(stream)),
            Security::Tls => Lines::new(encrypted(stream).await?),
            Security::StartTls => {
                let asked = ask_for_tls(&mut stream, &hello.to_string()).await;
                asked.map_err(|error| match error {
                    NoTls::Broken(error) => SmtpError::Unreachable(error.to_string()),
                    NoTls::Says(text) => SmtpError::Unwilling(text),
                })?;
                Lines::greeted(encrypted(stream).await?)
            }
        };
        let connecting = AsyncSmtpConnection::connect_with_transport(Box::new(lines), &hello);
        let unwilling = |error: lettre::transport::smtp::Error| match error.status() {
            Some(_) => SmtpError::Unwilling(error.to_string()),
            None if error.is_client() => SmtpError::Unwilling(error.to_string()),
            None => unreachable(&error),
        };
        let mut connection = connecting.await.map_err(unwilling)?;
        if let Some((user, Login::Password(password))) = self.user.as_ref().zip(self.login.as_ref())
        {
            let password = password.expose_secret().to_owned();
            let credentials = Credentials::new(user.clone(), password);
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            let let_in = connection.auth(&mechanisms, &credentials).await;
            let_in.map_err(unwilling)?;
        }
        Ok((connection, hello))
    }

    fn silent(&self) -> SmtpError {
        SmtpError::Unreachable(format!(
            "it doesn't come to an end within {} s",
            self.patience.as_secs()
        ))
    }
}

/// Whom the URL of a mail server names.
#[must_use]
pub fn user_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let place = Authority::parse(rest.trim_end_matches('/'))?;
    place.user.map(decoded)
}

/// An address in brackets (RFC 5321 §4.1.3).
fn is_literal(name: &str) -> bool {
    let inner = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let inner = inner.strip_prefix("IPv6:").unwrap_or(inner);
        inner.parse::<std::net::IpAddr>().is_ok()
    })
}

/// A mailbox with its domain in ASCII, as every server takes it; what can't be read stays as it is.
#[must_use]
pub fn in_ascii(mailbox: &str) -> String {
    let ascii = || {
        let mailbox = mailbox.parse::<Mailbox>().ok()?;
        let domain = mailbox.email.domain().parse::<MailDomain>().ok()?;
        let address = lettre::Address::new(mailbox.email.user(), domain.as_str()).ok()?;
        Some(Mailbox::new(mailbox.name, address).to_string())
    };
    ascii().unwrap_or_else(|| mailbox.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_user_host_and_port_and_no_password() {
        for url in [
            "smtps://mail.nl",
            "smtp://desk%40school.nl@mail.nl:2525",
            "smtps://[2001:db8::1]",
            "smtp+plain://[::1]:2525",
        ] {
            assert!(Smtp::new(url, None).is_ok(), "{url}");
        }
        for url in [
            "mail.nl",
            "http://mail.nl",
            "smtps://",
            "smtps://desk:geheim@mail.nl",
        ] {
            let error = Smtp::new(url, None).err().unwrap().to_string();
            assert!(!error.contains("geheim"), "{error}");
        }
    }

    #[test]
    fn a_sender_is_written_in_ascii() {
        for (given, expected) in [
            (
                "Balie <desk@bücher.example>",
                "Balie <desk@xn--bcher-kva.example>",
            ),
            ("desk@school.nl", "desk@school.nl"),
            ("geen adres", "geen adres"),
        ] {
            assert_eq!(in_ascii(given), expected);
        }
    }
}
