//! A conversation with an IMAP server, command by command. Each has an end: in time, in bytes, and in
//! the server's own word, which is read and never taken for granted.

use std::borrow::Cow;
use std::io;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use async_imap::error::Error as ImapError;
use async_imap::imap_proto::{AttributeValue, Response, Status};
use async_imap::{Client, Session};
use futures_util::FutureExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::bounded::Bounded;
use super::delivered::MailboxError;
use super::dial::{dial, encrypt};
use super::imap_token::{NotIn, log_in};
use super::login::Login;

type Stream = Bounded<TlsStream<TcpStream>>;

/// How long a server may take to greet.
const GREETING: Duration = Duration::from_secs(15);
/// How long it may take for one command, besides what its bytes take.
const COMMAND: Duration = Duration::from_mins(2);
/// The slowest line that a mail is waited for on, in bytes a second.
const SLOWEST: u64 = 128 * 1024;
/// The most that is read in answer to a command that asks for little.
pub(super) const LITTLE: Most = Most {
    bytes: 256 * 1024,
    lines: 5_000,
    expected: 0,
};

/// Where an answer ends, whatever the server goes on to say.
#[derive(Clone, Copy)]
pub(super) struct Most {
    pub(super) bytes: u64,
    pub(super) lines: usize,
    /// As many bytes are expected: the more, the longer it may take.
    pub(super) expected: u64,
}

/// A server that has let us in.
pub(super) struct Talk(Session<Stream>);

impl Talk {
    /// Connects, and logs in. A token that was kept is tried once more as a new one, where the server doesn't accept it.
    pub(super) async fn begin(
        place: (&str, u16),
        user: &str,
        login: &Login,
    ) -> Result<Self, MailboxError> {
        let tokens = match login {
            Login::Password(password) => {
                return Self::by_password(place, user, password.expose_secret()).await;
            }
            Login::Token(tokens) => tokens,
        };
        if user.chars().any(char::is_control) {
            return Err(MailboxError::BadLogin);
        }
        loop {
            let token = tokens.token().await?;
            let refused = match Self::by_token(place, user, &token.text).await {
                Err(error @ MailboxError::TokenRefused { .. }) => error,
                ended => return ended,
            };
            if !tokens.refused(&token).await {
                return Err(refused);
            }
        }
    }

    async fn by_token(
        place: (&str, u16),
        user: &str,
        token: &SecretString,
    ) -> Result<Self, MailboxError> {
        let client = greeted(place).await?;
        let login = timeout(COMMAND, log_in(client, place, user, token, said));
        let login = unbroken(login).await?.map_err(|_| silent(COMMAND))?;
        login.map(Self).map_err(|why| match why {
            NotIn::Failed(error) => failed(error),
            NotIn::Refused { said, .. } if is_for_now(&said) => MailboxError::Refused(said),
            NotIn::Refused {
                said,
                was_asked: false,
            } => MailboxError::NoOauth(said),
            NotIn::Refused { said, .. } => MailboxError::TokenRefused {
                user: user.to_owned(),
                said,
            },
        })
    }

    async fn by_password(
        place: (&str, u16),
        user: &str,
        password: &str,
    ) -> Result<Self, MailboxError> {
        let client = greeted(place).await?;
        let login = timeout(COMMAND, client.login(user, password));
        let login = unbroken(login).await?.map_err(|_| silent(COMMAND))?;
        match login {
            Ok(session) => Ok(Self(session)),
            Err((ImapError::No(text) | ImapError::Bad(text), _)) => {
                let text = said(&text);
                Err(if is_for_now(&text) {
                    MailboxError::Refused(text)
                } else {
                    MailboxError::LoginRefused(text)
                })
            }
            Err((error, _)) => Err(failed(error)),
        }
    }

    /// Says `command`, and shows each line of the answer to `see`. It's done when the server says OK,
    /// having sent no more than `most`.
    pub(super) async fn say(
        &mut self,
        command: &str,
        most: Most,
        see: &mut (dyn FnMut(&Response<'_>) + Send),
    ) -> Result<(), MailboxError> {
        let patience = COMMAND + Duration::from_secs(most.expected / SLOWEST);
        let talking = timeout(patience, self.talk(command, most, see));
        unbroken(talking).await?.map_err(|_| silent(patience))?
    }

    async fn talk(
        &mut self,
        command: &str,
        most: Most,
        see: &mut (dyn FnMut(&Response<'_>) + Send),
    ) -> Result<(), MailboxError> {
        self.0.as_mut().allow(most.bytes);
        let own = self.0.run_command(command).await.map_err(failed)?;
        let hung_up = || MailboxError::Unreachable("it hung up".into());
        for _ in 0..most.lines {
            let line = self.0.read_response().await;
            let line = line.map_err(|error| failed(error.into()))?;
            let line = line.ok_or_else(hung_up)?;
            match line.parsed() {
                Response::Done {
                    tag,
                    status,
                    outcome,
                } if *tag == own => {
                    return match status {
                        Status::Ok => Ok(()),
                        _ => Err(MailboxError::Refused(words(outcome.information.as_ref()))),
                    };
                }
                Response::Data {
                    status: Status::Bye,
                    outcome,
                } => {
                    let words = words(outcome.information.as_ref());
                    return Err(MailboxError::Unreachable(format!("it hung up: {words}")));
                }
                other => see(other),
            }
        }
        Err(MailboxError::TooMuch)
    }
}

async fn greeted((host, port): (&str, u16)) -> Result<Client<Stream>, MailboxError> {
    let late = || MailboxError::Unreachable("it doesn't greet within 15 s".into());
    let client = timeout(GREETING, connect(host, port));
    unbroken(client).await?.map_err(|_| late())?
}

async fn connect(host: &str, port: u16) -> Result<Client<Stream>, MailboxError> {
    let unreachable = |error: io::Error| MailboxError::Unreachable(error.to_string());
    let stream = dial(host, port).await.map_err(unreachable)?;
    let stream = encrypt(stream, host).await.map_err(unreachable)?;
    let mut client = Client::new(Bounded::new(stream, LITTLE.bytes));
    match client.read_response().await {
        Ok(Some(_)) => Ok(client),
        Ok(None) => Err(MailboxError::Unreachable("it hung up".into())),
        Err(error) => Err(failed(error.into())),
    }
}

/// The parser falls over some answers (a text code with letters beyond ASCII right after it).
async fn unbroken<T>(talking: impl Future<Output = T>) -> Result<T, MailboxError> {
    let talked = AssertUnwindSafe(talking).catch_unwind().await;
    talked.map_err(|_| MailboxError::Unreachable(NOT_IMAP.into()))
}

const NOT_IMAP: &str = "what it answers isn't IMAP";

fn silent(patience: Duration) -> MailboxError {
    MailboxError::Silent(format!("no answer within {} s", patience.as_secs()))
}

fn failed(error: ImapError) -> MailboxError {
    match error {
        ImapError::No(text) | ImapError::Bad(text) => MailboxError::Refused(said(&text)),
        // The parser's own error quotes everything that it couldn't read.
        ImapError::Io(error) if error.kind() == io::ErrorKind::Other => {
            MailboxError::Unreachable(NOT_IMAP.into())
        }
        ImapError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            MailboxError::TooMuch
        }
        ImapError::Io(error) => MailboxError::Unreachable(error.to_string()),
        ImapError::ConnectionLost => MailboxError::Unreachable("it hung up".into()),
        ImapError::Validate(_) => MailboxError::BadLogin,
        _ => MailboxError::Unreachable(NOT_IMAP.into()),
    }
}

/// The number of a message, where the line tells it.
pub(super) fn uid(attributes: &[AttributeValue<'_>]) -> Option<u32> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    })
}

/// Whether a refusal says of itself that it passes (RFC 5530): nothing in the config mends it.
pub(super) fn is_for_now(text: &str) -> bool {
    let codes = ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]"];
    codes.iter().any(|code| text.starts_with(code))
}

fn words(text: Option<&Cow<'_, str>>) -> String {
    let text = text.map_or("", |text| text.trim());
    let text = if text.is_empty() { "no reason" } else { text };
    text.chars().take(300).collect()
}

/// The server's words out of async-imap's `code: None, info: Some("…")`.
fn said(text: &str) -> String {
    let quoted = text.split_once("Some(\"").map(|(_, rest)| rest);
    let quoted = quoted.and_then(|rest| rest.strip_suffix("\")"));
    let plain = quoted.map(|text| text.replace("\\\"", "\"").replace("\\\\", "\\"));
    words(plain.map(Cow::Owned).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_in_the_servers_own_words() {
        for (text, expected) in [
            (
                r#"code: None, info: Some("[AUTHENTICATIONFAILED] \"x\" failed.")"#,
                "[AUTHENTICATIONFAILED] \"x\" failed.",
            ),
            ("code: None, info: None", "no reason"),
        ] {
            assert_eq!(said(text), expected);
        }
    }
}
