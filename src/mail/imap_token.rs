//! Logging in to an IMAP server by a token. Whether it knows a mechanism is tried: not every server lists them all
//! before somebody is logged in.

use std::fmt::Debug;

use async_imap::error::Error as ImapError;
use async_imap::{Authenticator, Client, Session};
use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncWrite};

use super::oauth::{Exchange, Mechanism};

/// Why the server doesn't let us in.
pub(super) enum NotIn {
    /// The last of its words, and why it doesn't accept the token.
    Refused { said: String, was_asked: bool },
    /// The conversation broke.
    Failed(ImapError),
}

/// Shows the token by the first mechanism that the server knows. `said` gives its words out of async-imap's.
pub(super) async fn log_in<T>(
    mut client: Client<T>,
    place: (&str, u16),
    user: &str,
    token: &SecretString,
    said: fn(&str) -> String,
) -> Result<Session<T>, NotIn>
where
    T: AsyncRead + AsyncWrite + Unpin + Debug + Send,
{
    let mut refusal = NotIn::Refused {
        said: String::new(),
        was_asked: false,
    };
    for mechanism in Mechanism::ALL {
        let mut exchange = Exchange::new(mechanism, place, user, token);
        let tried = client.authenticate(mechanism.name(), &mut exchange).await;
        let (error, given_back) = match tried {
            Ok(session) => return Ok(session),
            Err(failed) => failed,
        };
        let (ImapError::No(text) | ImapError::Bad(text)) = error else {
            return Err(NotIn::Failed(error));
        };
        let was_asked = exchange.was_asked;
        let said = exchange.said(&said(&text));
        refusal = NotIn::Refused { said, was_asked };
        if was_asked {
            break;
        }
        client = given_back;
    }
    Err(refusal)
}

impl Authenticator for &mut Exchange<'_> {
    type Response = zeroize::Zeroizing<Vec<u8>>;

    fn process(&mut self, challenge: &[u8]) -> Self::Response {
        if self.was_asked {
            return self.answer(challenge).to_vec().into();
        }
        self.response()
    }
}
