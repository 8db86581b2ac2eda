//! How this machine logs in to the desk's mail servers: by a password or a token, whose secrets are the caller's half of
//! the config.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;

use super::secret_file::{read_named, read_password};
use super::session::{Session, where_to_set};
use crate::cli::Failure;
use crate::cli::language::{noted, said};
use crate::config::{Config, ImapSection, MailAuth, SmtpSection, TokenFlow, TokenKeys};
use crate::domain::settings::InForce;
use crate::domain::timestamp::Timestamp;
use crate::mail::{Flow, Grant, Login, Tokens, user_of};

/// What of this machine counts there.
#[derive(Clone)]
pub(in crate::cli) struct MailLogin {
    /// The account's home, as the system knows it: commands get it.
    home: Option<PathBuf>,
    /// Where tokens are kept between runs.
    state: Option<PathBuf>,
    /// Where the desk's half of it is to be written.
    in_force: InForce,
    now: Timestamp,
}

/// Tokens that somebody has to consent to.
pub(in crate::cli) struct ByConsent {
    /// For `imap`, `smtp` or both.
    pub(in crate::cli) sections: Vec<&'static str>,
    /// Whose mailbox it is.
    pub(in crate::cli) user: String,
    pub(in crate::cli) tokens: Tokens,
}

impl Session<'_> {
    /// What this machine logs in by.
    pub(in crate::cli) fn mail_login(&self) -> MailLogin {
        MailLogin {
            home: self.home.clone(),
            state: self.state_folder(),
            in_force: self.in_force().clone(),
            now: self.now,
        }
    }
}

impl MailLogin {
    /// The mailbox's; one that isn't there is missing.
    pub(in crate::cli) fn of_imap(&self, imap: &ImapSection) -> Result<Login, Failure> {
        if imap.auth.unwrap_or_default() == MailAuth::Oauth2 {
            let user = imap.user.as_deref().unwrap_or_default();
            return self.by_token("imap", user, &imap.tokens());
        }
        let file = imap.password_file.as_deref();
        let file = file.ok_or_else(|| missing_here("imap", "password_file"))?;
        read_password(file).map(Login::Password)
    }

    /// The mail server's; one on loopback may want none.
    pub(in crate::cli) fn of_smtp(&self, smtp: &SmtpSection) -> Result<Option<Login>, Failure> {
        if smtp.auth.unwrap_or_default() == MailAuth::Oauth2 {
            let user = smtp.url.as_deref().and_then(user_of).unwrap_or_default();
            return self.by_token("smtp", &user, &smtp.tokens()).map(Some);
        }
        let password = smtp.password_file.as_deref().map(read_password);
        Ok(password.transpose()?.map(Login::Password))
    }

    /// What the user's consent is asked for: the servers whose tokens come by it, and whose mailboxes they are. Two that
    /// share a token are one.
    pub(in crate::cli) fn by_consent(&self, config: &Config) -> Result<Vec<ByConsent>, Failure> {
        let (imap, smtp) = (&config.imap, &config.smtp);
        let imap_user = imap.user.clone().unwrap_or_default();
        let smtp_user = smtp.url.as_deref().and_then(user_of).unwrap_or_default();
        let mut found: Vec<ByConsent> = Vec::new();
        let mut before = None;
        for (section, auth, user, keys) in [
            ("imap", imap.auth, imap_user, imap.tokens()),
            ("smtp", smtp.auth, smtp_user, smtp.tokens()),
        ] {
            let is_asked_for = auth.unwrap_or_default() == MailAuth::Oauth2
                && keys.flow == TokenFlow::DeviceCode
                && keys.token_command.is_none();
            if !is_asked_for {
                continue;
            }
            let grant = self.grant(section, &keys)?;
            let what = (
                grant.token_url.clone(),
                grant.client_id.clone(),
                grant.scope.clone(),
                user.clone(),
            );
            if before.as_ref() == Some(&what)
                && let Some(shared) = found.last_mut()
            {
                shared.sections.push(section);
                continue;
            }
            let tokens = Tokens::by_grant(grant, &user, self.state.as_deref(), self.now)?;
            before = Some(what);
            found.push(ByConsent {
                sections: vec![section],
                user,
                tokens,
            });
        }
        Ok(found)
    }

    fn by_token(&self, section: &str, user: &str, keys: &TokenKeys<'_>) -> Result<Login, Failure> {
        let tokens = if let Some(command) = keys.token_command {
            Tokens::by_command(command.words(), self.home.clone())
        } else {
            let grant = self.grant(section, keys)?;
            Tokens::by_grant(grant, user, self.state.as_deref(), self.now)?
        };
        Ok(Login::Token(Arc::new(tokens)))
    }

    /// What a token server is asked with.
    fn grant(&self, section: &str, keys: &TokenKeys<'_>) -> Result<Grant, Failure> {
        // Whoever has said neither where nor as what may have thought of a command.
        let token_url = keys.token_url.ok_or_else(|| Failure {
            hint: said!(
                "{setting}; or set `[{section}] token_command` in the config",
                setting = where_to_set(&self.in_force, &format!("{section}.token_url")),
                section = section
            ),
            ..self.missing(section, "token_url")
        })?;
        let client_id = keys
            .client_id
            .ok_or_else(|| self.missing(section, "client_id"))?;
        let secret = |file: Option<&Path>, what: &str, key: &str| -> Result<_, Failure> {
            let key = said!(
                "`[{section}] {key}` in the config",
                section = section,
                key = key
            );
            file.map(|file| read_named(file, what, &key)).transpose()
        };
        let client_secret: Option<SecretString> = secret(
            keys.client_secret_file,
            noted!("client secret file"),
            "client_secret_file",
        )?;
        let flow = match keys.flow {
            TokenFlow::ClientCredentials if client_secret.is_none() => {
                return Err(missing_here(section, "client_secret_file"));
            }
            TokenFlow::ClientCredentials => Flow::ClientCredentials,
            TokenFlow::RefreshToken => {
                let file = keys.refresh_token_file;
                let token = secret(file, noted!("refresh token file"), "refresh_token_file")?;
                let token = token.ok_or_else(|| missing_here(section, "refresh_token_file"))?;
                Flow::RefreshToken(token)
            }
            TokenFlow::DeviceCode => Flow::DeviceCode,
        };
        Ok(Grant {
            token_url: token_url.to_owned(),
            device_url: keys.device_url.map(ToOwned::to_owned),
            client_id: client_id.to_owned(),
            client_secret,
            scope: keys.scope.map(ToOwned::to_owned),
            flow,
        })
    }

    /// The desk's half.
    fn missing(&self, section: &str, key: &str) -> Failure {
        Failure {
            hint: where_to_set(&self.in_force, &format!("{section}.{key}")),
            ..missing_here(section, key)
        }
    }
}

/// Each machine has its own, so that it's no setting of the desk.
fn missing_here(section: &str, key: &str) -> Failure {
    Failure {
        hint: said!(
            "set `[{section}] {key}` in the config",
            section = section,
            key = key
        ),
        ..Failure::input_required(&format!("`[{section}] {key}`"), "it")
    }
}
