//! The sections of the config, as they stand in the file.

use std::path::PathBuf;

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

section!(
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
        /// How to log in: `password` when absent, or `oauth2`.
        auth: Option<MailAuth>,
        /// A file with the password, readable by its owner only.
        password_file: Option<PathBuf>,
        /// A command that prints a token.
        token_command: Option<NamedCommand>,
    }
);

section!(
    /// `[imap]`
    ImapSection {
        /// Where the mailbox is.
        url: Option<String>,
        /// Its user.
        user: Option<String>,
        /// How to log in: `password` when absent, or `oauth2`.
        auth: Option<MailAuth>,
        /// A file with the password.
        password_file: Option<PathBuf>,
        /// A command that prints a token.
        token_command: Option<NamedCommand>,
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
