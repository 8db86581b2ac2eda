//! A folder on an IMAP server, which is opened again where the server hangs up over one message.

use async_imap::imap_proto::{Capability, Response, ResponseCode, Status};

use super::delivered::{After, MailboxError};
use super::imap_talk::{LITTLE, Most, Talk, is_for_now};
use super::login::Login;
use super::mutf7;
use super::server_url::{Authority, decoded, only_scheme};

/// How Exchange says that a token doesn't reach the mailbox.
const NOT_CONNECTED: &str = "authenticated but not connected";

/// Where a mailbox is, and how to log in.
#[derive(Clone, Debug)]
pub struct ImapAccount {
    /// `imaps://HOST[:PORT][/MAILBOX]`; `INBOX` where none is named.
    pub url: String,
    /// The user.
    pub user: String,
    /// Their password, or where their tokens come from.
    pub login: Login,
    /// What becomes of a message once it was taken.
    pub after: After,
}

/// Whether host, port and folder can be read from it.
pub(super) fn check_url(url: &str) -> Result<(), MailboxError> {
    let readable = parts(url).is_some_and(|(_, _, name)| quoted(&name).is_some());
    readable
        .then_some(())
        .ok_or_else(|| MailboxError::BadUrl(only_scheme(url)))
}

/// The open folder.
pub(super) struct Folder {
    account: ImapAccount,
    host: String,
    port: u16,
    /// As people write it.
    pub(super) name: String,
    pub(super) uid_validity: u32,
    /// The number that the next message will get, where the server says it.
    pub(super) uid_next: Option<u32>,
    talk: Talk,
}

/// What a server says of a folder that it opens.
#[derive(Default)]
struct Numbers {
    uid_validity: Option<u32>,
    uid_next: Option<u32>,
}

impl Folder {
    pub(super) async fn open(account: &ImapAccount) -> Result<Self, MailboxError> {
        let bad = || MailboxError::BadUrl(only_scheme(&account.url));
        let (host, port, name) = parts(&account.url).ok_or_else(bad)?;
        let quoted = quoted(&name).ok_or_else(bad)?;
        let (mut talk, numbers) = enter(account, (host, port), &name, &quoted).await?;
        if matches!(account.after, After::MoveTo(_)) && !can_move(&mut talk).await? {
            return Err(MailboxError::CantMove);
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            name,
            uid_validity: numbers.uid_validity.ok_or(MailboxError::NoUidValidity)?,
            uid_next: numbers.uid_next,
            talk,
            account: account.clone(),
        })
    }

    /// The folder's address, as the record has it. Places from before the port was written have none.
    pub(super) fn place(&self) -> String {
        let Self {
            account,
            host,
            port,
            name,
            ..
        } = self;
        let host = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.clone()
        };
        let port = match port {
            993 => String::new(),
            port => format!(":{port}"),
        };
        format!("imap://{}@{host}{port}/{name}", account.user)
    }

    /// Opens it again, after the server hung up.
    pub(super) async fn open_again(&mut self) -> Result<(), MailboxError> {
        let quoted = quoted(&self.name).unwrap_or_default();
        let place = (self.host.as_str(), self.port);
        let (talk, numbers) = enter(&self.account, place, &self.name, &quoted).await?;
        if numbers.uid_validity != Some(self.uid_validity) {
            let what = "it renumbers its messages while they're being read";
            return Err(MailboxError::Incomplete(what));
        }
        self.talk = talk;
        Ok(())
    }

    /// Says a command, as [`Talk::say`] does.
    pub(super) async fn say(
        &mut self,
        command: &str,
        most: Most,
        see: &mut (dyn FnMut(&Response<'_>) + Send),
    ) -> Result<(), MailboxError> {
        self.talk.say(command, most, see).await
    }
}

async fn enter(
    account: &ImapAccount,
    place: (&str, u16),
    name: &str,
    quoted: &str,
) -> Result<(Talk, Numbers), MailboxError> {
    let mut talk = Talk::begin(place, &account.user, &account.login).await?;
    let verb = match account.after {
        After::Leave => "EXAMINE",
        After::MarkSeen | After::MoveTo(_) => "SELECT",
    };
    let mut numbers = Numbers::default();
    let see = &mut |line: &Response<'_>| {
        if let Response::Data {
            status: Status::Ok,
            outcome,
        } = line
        {
            match outcome.code {
                Some(ResponseCode::UidValidity(number)) => numbers.uid_validity = Some(number),
                Some(ResponseCode::UidNext(number)) => numbers.uid_next = Some(number),
                _ => {}
            }
        }
    };
    let command = format!("{verb} {quoted}");
    let opened = talk.say(&command, LITTLE, see).await;
    opened.map_err(|error| match error {
        // Exchange lets whoever has a token in, and says only then whether it's of any use.
        MailboxError::Refused(said)
            if matches!(account.login, Login::Token(_)) && said.contains(NOT_CONNECTED) =>
        {
            let user = account.user.clone();
            MailboxError::MailboxNotAllowed { user, said }
        }
        MailboxError::Refused(text) if !is_for_now(&text) => {
            MailboxError::FolderRefused(name.to_owned(), text)
        }
        other => other,
    })?;
    Ok((talk, numbers))
}

async fn can_move(talk: &mut Talk) -> Result<bool, MailboxError> {
    let mut can = false;
    let see = &mut |line: &Response<'_>| {
        if let Response::Capabilities(all) = line {
            let is_move = |one: &Capability<'_>| matches!(one, Capability::Atom(name) if name.eq_ignore_ascii_case("MOVE"));
            can |= all.iter().any(is_move);
        }
    };
    talk.say("CAPABILITY", LITTLE, see).await?;
    Ok(can)
}

/// A folder's name as a quoted string; nothing where it can't be one.
pub(super) fn quoted(name: &str) -> Option<String> {
    if name.chars().any(char::is_control) {
        return None;
    }
    let name = mutf7::encoded(name)?;
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("\"{name}\""))
}

/// Host, port and mailbox of `imaps://HOST[:PORT][/MAILBOX]`.
fn parts(url: &str) -> Option<(&str, u16, String)> {
    let rest = url.strip_prefix("imaps://")?;
    let (place, mailbox) = rest.split_once('/').unwrap_or((rest, ""));
    let place = Authority::parse(place).filter(|place| place.user.is_none())?;
    let mailbox = if mailbox.is_empty() {
        "INBOX".to_owned()
    } else {
        decoded(mailbox)
    };
    Some((place.host, place.port.unwrap_or(993), mailbox))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_host_port_and_mailbox_and_always_means_tls() {
        for (url, host, port, mailbox) in [
            ("imaps://mail.nl", "mail.nl", 993, "INBOX"),
            ("imaps://mail.nl/", "mail.nl", 993, "INBOX"),
            (
                "imaps://mail.nl:1993/Verzoeken/2FA",
                "mail.nl",
                1993,
                "Verzoeken/2FA",
            ),
            ("imaps://[::1]:1993/A%20b", "::1", 1993, "A b"),
            ("imaps://[2001:db8::1]", "2001:db8::1", 993, "INBOX"),
            ("imaps://mail.nl/R&D/Reünie", "mail.nl", 993, "R&D/Reünie"),
        ] {
            assert_eq!(parts(url), Some((host, port, mailbox.to_owned())), "{url}");
        }
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

    #[test]
    fn names_of_folders_are_quoted() {
        assert_eq!(quoted("a \"b\\").as_deref(), Some(r#""a \"b\\""#));
        assert_eq!(quoted("a\r\nb"), None, "nobody slips in a command");
    }
}
