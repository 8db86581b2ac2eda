//! The sections of the config, as they stand in the file.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::domain::language::Language;

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type),* }
    };
}

section!(
    /// `[database]`
    DatabaseSection {
        /// A file, `sqlite:FILE` or `postgres://…`.
        url: Option<String>,
        /// How long to wait for somebody else's write, in seconds.
        wait_seconds: Option<u32>,
    }
);

section!(
    /// `[keys]`
    KeysSection {
        /// The key file.
        file: Option<PathBuf>,
        /// A command that prints what the key file would hold; it goes before the file.
        command: Option<NamedCommand>,
    }
);

/// `command` of `[keys]`, `token_command` of `[imap]` and `[smtp]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum NamedCommand {
    /// One line, for `sh -c`.
    Shell(String),
    /// A program and its arguments; no shell reads them.
    Program(Vec<String>),
}

impl NamedCommand {
    /// The program, then its arguments.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Shell(line) => vec!["sh".into(), "-c".into(), line.clone()],
            Self::Program(words) => words.clone(),
        }
    }
}

section!(
    /// `[operator]`
    OperatorSection {
        /// The login to work under, instead of the system user's.
        login: Option<String>,
        /// The language that answers and pages are read out in, instead of the desk's.
        language: Option<Language>,
    }
);

section!(
    /// `[desk]`
    DeskSection {
        /// Whoever runs balie gets the desk of this config alone.
        only: Option<bool>,
        /// Where files may lie that a command line names then.
        files: Option<PathBuf>,
    }
);

section!(
    /// `[dns]`
    DnsSection {
        /// `ADDRESS:PORT`; the system's resolver when absent.
        server: Option<String>,
    }
);

/// `auth` of `[imap]` and `[smtp]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAuth {
    /// A user and their password.
    #[default]
    Password,
    /// A user and a token (RFC 6749).
    Oauth2,
}

/// A section of a mail server, with what there is to say of tokens.
macro_rules! mail_section {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        section!(
            $(#[$doc])*
            $name {
                $($(#[$fdoc])* $field: $type,)*
                /// How to log in: `password` when absent, or `oauth2`.
                auth: Option<MailAuth>,
                /// A command that prints a token; it goes before what follows.
                token_command: Option<NamedCommand>,
                /// The server that gives tokens.
                token_url: Option<String>,
                /// Where the user's consent is asked for.
                device_url: Option<String>,
                /// The application that asks.
                client_id: Option<String>,
                /// A file with the application's secret.
                client_secret_file: Option<PathBuf>,
                /// What a token is asked for: names with blanks between them.
                scope: Option<String>,
                /// By what right: the application's own when absent.
                flow: Option<TokenFlow>,
                /// A file with what a token is got by for somebody who consented.
                refresh_token_file: Option<PathBuf>,
            }
        );

        impl $name {
            /// What it says of tokens.
            #[must_use]
            pub fn tokens(&self) -> TokenKeys<'_> {
                TokenKeys {
                    token_command: self.token_command.as_ref(),
                    token_url: self.token_url.as_deref(),
                    device_url: self.device_url.as_deref(),
                    client_id: self.client_id.as_deref(),
                    client_secret_file: self.client_secret_file.as_deref(),
                    scope: self.scope.as_deref(),
                    flow: self.flow.unwrap_or_default(),
                    refresh_token_file: self.refresh_token_file.as_deref(),
                }
            }
        }
    };
}

/// `flow` of `[imap]` and `[smtp]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenFlow {
    /// The application's own right.
    #[default]
    ClientCredentials,
    /// That of somebody who consented.
    RefreshToken,
    /// That of somebody who consents on another device.
    DeviceCode,
}

/// What `[imap]` or `[smtp]` says of tokens: the fields of the section.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the section's field of that name")]
pub struct TokenKeys<'c> {
    pub token_command: Option<&'c NamedCommand>,
    pub token_url: Option<&'c str>,
    pub device_url: Option<&'c str>,
    pub client_id: Option<&'c str>,
    pub client_secret_file: Option<&'c Path>,
    pub scope: Option<&'c str>,
    pub flow: TokenFlow,
    pub refresh_token_file: Option<&'c Path>,
}

mail_section!(
    /// `[smtp]`
    SmtpSection {
        /// `smtps://host`, `smtp://host` (STARTTLS required), or, on loopback only, `smtp+plain://host`.
        url: Option<String>,
        /// The mailbox that every mail is sent from.
        from: Option<String>,
        /// The name that mails are from; that of the region's desk when absent.
        from_name: Option<String>,
        /// The name that the server is greeted with (EHLO); the sender's domain when absent.
        ehlo: Option<String>,
        /// A file with the password, readable by its owner only.
        password_file: Option<PathBuf>,
    }
);

mail_section!(
    /// `[imap]`
    ImapSection {
        /// Where the mailbox is.
        url: Option<String>,
        /// Its user.
        user: Option<String>,
        /// A file with the password.
        password_file: Option<PathBuf>,
        /// What becomes of a message once it was taken: `leave`, `seen` or `move:FOLDER`.
        after: Option<String>,
    }
);

section!(
    /// `[mail]`
    MailSection {
        /// Hosts whose Authentication-Results are read.
        authserv_ids: Vec<String>,
        /// Domains whose ARC seals count.
        trusted_arc_sealers: Vec<String>,
        /// Microsoft is asked whether a mail that it signed came from inside the school.
        microsoft_origin: Option<bool>,
    }
);
