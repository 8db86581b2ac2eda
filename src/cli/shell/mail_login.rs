//! How this machine logs in to the desk's mail servers: by a password or a token, which are the caller's half of the
//! config.

use std::path::PathBuf;
use std::sync::Arc;

use super::secret_file::read_password;
use super::session::Session;
use crate::cli::Failure;
use crate::config::{ImapSection, MailAuth, NamedCommand, SmtpSection};
use crate::mail::{Login, Tokens};

/// What of this machine counts there.
#[derive(Clone)]
pub(in crate::cli) struct MailLogin {
    /// The account's home, as the system knows it: commands get it.
    home: Option<PathBuf>,
}

impl Session<'_> {
    /// What this machine logs in by.
    pub(in crate::cli) fn mail_login(&self) -> MailLogin {
        MailLogin {
            home: self.home.clone(),
        }
    }
}

impl MailLogin {
    /// The mailbox's; one that isn't there is missing.
    pub(in crate::cli) fn of_imap(&self, imap: &ImapSection) -> Result<Login, Failure> {
        if imap.auth.unwrap_or_default() == MailAuth::Oauth2 {
            return self.by_token("imap", imap.token_command.as_ref());
        }
        let file = imap.password_file.as_deref();
        let file = file.ok_or_else(|| missing("imap", "password_file"))?;
        read_password(file).map(Login::Password)
    }

    /// The mail server's; one on loopback may want none.
    pub(in crate::cli) fn of_smtp(&self, smtp: &SmtpSection) -> Result<Option<Login>, Failure> {
        if smtp.auth.unwrap_or_default() == MailAuth::Oauth2 {
            return self.by_token("smtp", smtp.token_command.as_ref()).map(Some);
        }
        let password = smtp.password_file.as_deref().map(read_password);
        Ok(password.transpose()?.map(Login::Password))
    }

    fn by_token(
        &self,
        section: &'static str,
        command: Option<&NamedCommand>,
    ) -> Result<Login, Failure> {
        let command = command.ok_or_else(|| missing(section, "token_command"))?;
        let tokens = Tokens::by_command(command.words(), self.home.clone());
        Ok(Login::Token(Arc::new(tokens)))
    }
}

/// Each machine has its own, so that it's no setting of the desk.
fn missing(section: &str, key: &str) -> Failure {
    Failure {
        hint: format!("set `[{section}] {key}` in the config"),
        ..Failure::input_required(&format!("`[{section}] {key}`"), "it")
    }
}
