//! What a mail says to a person, and what hangs on it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What a mail says to a person, read from the bytes that a signature hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The start of the plain text, or of the HTML part as text where there is no plain text.
    pub text: String,
    /// All of it is there.
    pub complete: bool,
    /// Why there is no text of the mail's own.
    pub no_text: Option<NoText>,
    /// The HTML part says something else than the text part.
    pub html_differs: bool,
    /// What hangs on the mail, some of it.
    pub attachments: Vec<Attachment>,
    /// How many more.
    pub more_attachments: usize,
    /// What there is in it besides text.
    pub parts: BTreeSet<Part>,
    /// What its calendar parts are for (`METHOD`), in capitals.
    pub calendar_methods: Vec<String>,
    /// Why the text doesn't follow from signed bytes alone, where it doesn't.
    pub faults: Vec<String>,
}

impl Reading {
    /// Whether there is such a part in it.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// A part that tells what kind of mail it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A mail within the mail.
    Message,
    /// A part with a file name, pictures with a Content-ID aside.
    File,
    /// Outlook's own format (`winmail.dat`).
    Tnef,
    /// A calendar.
    Calendar,
    /// A report of a program about another mail.
    Report,
}

/// Why a mail has no plain text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoText {
    /// Only HTML, which is shown as text.
    HtmlOnly,
    /// S/MIME or PGP: nobody here can read it.
    Encrypted,
    /// Only Outlook's `winmail.dat`.
    Tnef,
    /// Only a mail within the mail.
    ForwardedAsAttachment,
    /// Only other attachments.
    AttachmentOnly,
    /// One piece of a mail that was cut up (`message/partial`).
    Partial,
    /// Its encoding is broken.
    Undecodable,
    /// It wasn't read at all: the mail is malformed.
    NotRead,
    /// Nothing but white space.
    Empty,
}

impl NoText {
    /// In words, for an operator.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::HtmlOnly => "it has no plain text, only HTML",
            Self::Encrypted => "its text is encrypted, so nobody here can read it",
            Self::Tnef => "its text is in winmail.dat, Outlook's own format",
            Self::ForwardedAsAttachment => "it has no text of its own, only a mail as attachment",
            Self::AttachmentOnly => "it has no text, only attachments",
            Self::Partial => "it's one part of a mail that was split up",
            Self::Undecodable => "its text can't be decoded",
            Self::NotRead => "its text wasn't parsed, because the mail is malformed",
            Self::Empty => "it has no text",
        }
    }
}

/// A part that isn't the mail's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attachment {
    /// Its file name, where it has one.
    pub name: Option<String>,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its size in bytes, decoded.
    pub bytes: u64,
}
