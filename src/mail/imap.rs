//! IMAP (RFC 3501) over TLS: read with EXAMINE and BODY.PEEK, so that nothing changes in the mailbox
//! unless the config says so.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use async_imap::error::Error as ImapError;
use async_imap::{Client, Session};
use futures_util::TryStreamExt as _;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::gate::MAX_BYTES;
use super::mailbox::{After, BATCH, BATCH_BYTES, Delivered, MailboxError, Position};
use crate::domain::evidence::Intake;
use crate::domain::timestamp::Timestamp;

/// How long a server may take to greet.
const GREETING: Duration = Duration::from_secs(15);
/// How long it may take for one command.
const COMMAND: Duration = Duration::from_mins(2);

/// Where a mailbox is, and how to log in.
#[derive(Debug)]
pub struct ImapAccount {
    /// `imaps://HOST[:PORT][/MAILBOX]`; `INBOX` where none is named.
    pub url: String,
    /// The user.
    pub user: String,
    /// The password.
    pub password: SecretString,
    /// What becomes of a message once it was taken.
    pub after: After,
}

/// A message that the server has and we don't.
#[derive(Debug)]
struct Listed {
    uid: u32,
    size: u64,
    internal_date: Option<Timestamp>,
}

/// An open mailbox.
pub struct Imap {
    session: Session<TlsStream<TcpStream>>,
    place: String,
    mailbox: String,
    after: After,
    uid_validity: u32,
    last_uid: Option<u32>,
    listed: VecDeque<Listed>,
}

impl Imap {
    /// Logs in and opens the mailbox.
    pub async fn open(account: &ImapAccount) -> Result<Self, MailboxError> {
        let (host, port, mailbox) =
            parts(&account.url).ok_or_else(|| MailboxError::BadUrl(account.url.clone()))?;
        let client = timeout(GREETING, connect(host, port))
            .await
            .map_err(|_| MailboxError::Unreachable("no greeting within 15 s".into()))??;
        let login = client.login(&account.user, account.password.expose_secret());
        let login = timeout(COMMAND, login).await.map_err(|_| silent())?;
        let mut session = login.map_err(|(error, _)| failed(error))?;
        let opened = match account.after {
            After::Leave => within(session.examine(mailbox)).await?,
            After::MarkSeen | After::MoveTo(_) => within(session.select(mailbox)).await?,
        };
        if matches!(account.after, After::MoveTo(_))
            && !within(session.capabilities()).await?.has_str("MOVE")
        {
            return Err(MailboxError::Unable("move messages (RFC 6851)"));
        }
        Ok(Self {
            session,
            place: format!("imap://{}@{host}/{mailbox}", account.user),
            mailbox: mailbox.to_owned(),
            after: account.after.clone(),
            uid_validity: opened
                .uid_validity
                .ok_or(MailboxError::Unable("tell messages apart (UIDVALIDITY)"))?,
            last_uid: None,
            listed: VecDeque::new(),
        })
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn position(&self) -> Position {
        Position {
            uid_validity: Some(self.uid_validity),
            last_uid: self.last_uid,
        }
    }

    /// Lists what came after `before`; everything where the server numbered its mailbox anew.
    pub(super) async fn look(&mut self, before: Position) -> Result<u64, MailboxError> {
        let same = before.uid_validity == Some(self.uid_validity);
        let last = before.last_uid.filter(|_| same).unwrap_or(0);
        self.last_uid = Some(last).filter(|last| *last > 0);
        let listing = async {
            let set = format!("{}:*", last.saturating_add(1));
            let found = self
                .session
                .uid_fetch(set, "(UID RFC822.SIZE INTERNALDATE)")
                .await?;
            let listed = found.try_filter_map(|message| async move {
                Ok(message.uid.map(|uid| Listed {
                    uid,
                    size: u64::from(message.size.unwrap_or(0)),
                    internal_date: message
                        .internal_date()
                        .map(|at| Timestamp::from_seconds(at.timestamp())),
                }))
            });
            listed.try_collect::<Vec<_>>().await
        };
        let mut listed = within(listing).await?;
        // `n:*` names the last message even where its UID is below n (RFC 3501 §6.4.8).
        listed.retain(|message| message.uid > last);
        listed.sort_by_key(|message| message.uid);
        self.listed = listed.into();
        Ok(self.listed.len() as u64)
    }

    pub(super) async fn next(
        &mut self,
        is_known: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Delivered>, MailboxError> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(message) = self.listed.pop_front() else {
                break;
            };
            self.last_uid = Some(message.uid);
            if is_known(&self.item(message.uid)) {
                continue;
            }
            bytes += message.size.min(MAX_BYTES as u64);
            batch.push(message);
        }
        let wanted: Vec<String> = batch
            .iter()
            .filter(|message| message.size <= MAX_BYTES as u64)
            .map(|message| message.uid.to_string())
            .collect();
        let mut bodies: HashMap<u32, Vec<u8>> = HashMap::new();
        if !wanted.is_empty() {
            let session = &mut self.session;
            let fetching = async {
                let found = session
                    .uid_fetch(wanted.join(","), "(UID BODY.PEEK[])")
                    .await?;
                let found = found.try_filter_map(|message| async move {
                    Ok(message.uid.zip(message.body().map(<[u8]>::to_vec)))
                });
                found.try_collect::<Vec<_>>().await
            };
            bodies.extend(within(fetching).await?);
        }
        let delivered = batch.into_iter().filter_map(|message| {
            let raw = match bodies.remove(&message.uid) {
                Some(raw) => Ok(raw),
                None if message.size > MAX_BYTES as u64 => {
                    Err(format!("it has {} MiB, more than 25", message.size >> 20))
                }
                // Somebody removed it meanwhile.
                None => return None,
            };
            Some(Delivered {
                item: self.item(message.uid),
                intake: Intake::Imap {
                    mailbox: self.mailbox.clone(),
                    uid_validity: self.uid_validity,
                    uid: message.uid,
                    internal_date: message.internal_date,
                },
                size: message.size,
                raw,
            })
        });
        Ok(delivered.collect())
    }

    fn item(&self, uid: u32) -> String {
        format!("{}/{uid}", self.uid_validity)
    }

    pub(super) async fn done_with(&mut self, taken: &[Intake]) -> Result<(), MailboxError> {
        let uids: Vec<String> = taken
            .iter()
            .filter_map(|intake| match intake {
                Intake::Imap { uid, .. } => Some(uid.to_string()),
                _ => None,
            })
            .collect();
        if uids.is_empty() {
            return Ok(());
        }
        let (set, session) = (uids.join(","), &mut self.session);
        match &self.after {
            After::Leave => Ok(()),
            After::MarkSeen => {
                within(async {
                    let stored = session.uid_store(set, "+FLAGS.SILENT (\\Seen)").await?;
                    stored.try_for_each(|_| async { Ok(()) }).await
                })
                .await
            }
            After::MoveTo(folder) => within(session.uid_mv(set, folder)).await,
        }
    }
}

/// Host, port and mailbox of `imaps://HOST[:PORT][/MAILBOX]`.
fn parts(url: &str) -> Option<(&str, u16, &str)> {
    let rest = url.strip_prefix("imaps://")?;
    let (place, mailbox) = rest.split_once('/').unwrap_or((rest, "INBOX"));
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (place, 993),
    };
    let mailbox = if mailbox.is_empty() { "INBOX" } else { mailbox };
    let plain = !host.is_empty() && !host.contains('@');
    plain.then_some((host, port, mailbox))
}

async fn connect(host: &str, port: u16) -> Result<Client<TlsStream<TcpStream>>, MailboxError> {
    let unreachable = |error: &dyn std::fmt::Display| MailboxError::Unreachable(error.to_string());
    let stream = TcpStream::connect((host, port))
        .await
        .map_err(|error| unreachable(&error))?;
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unreachable(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|error| unreachable(&error))?;
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await;
    let mut client = Client::new(stream.map_err(|error| unreachable(&error))?);
    match client.read_response().await {
        Ok(Some(_)) => Ok(client),
        Ok(None) => Err(MailboxError::Unreachable("it hung up".into())),
        Err(error) => Err(unreachable(&error)),
    }
}

async fn within<T>(command: impl Future<Output = Result<T, ImapError>>) -> Result<T, MailboxError> {
    timeout(COMMAND, command)
        .await
        .map_err(|_| silent())?
        .map_err(failed)
}

fn silent() -> MailboxError {
    MailboxError::Unreachable(format!("no answer within {} s", COMMAND.as_secs()))
}

fn failed(error: ImapError) -> MailboxError {
    match error {
        ImapError::No(text) | ImapError::Bad(text) => MailboxError::Refused(text),
        other => MailboxError::Unreachable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_host_port_and_mailbox_and_always_means_tls() {
        assert_eq!(parts("imaps://mail.nl"), Some(("mail.nl", 993, "INBOX")));
        assert_eq!(
            parts("imaps://mail.nl:1993/Verzoeken/2FA"),
            Some(("mail.nl", 1993, "Verzoeken/2FA"))
        );
        for url in [
            "",
            "imap://mail.nl",
            "imaps://",
            "imaps://u:p@mail.nl",
            "imaps://mail.nl:x",
        ] {
            assert_eq!(parts(url), None, "{url}");
        }
    }
}
