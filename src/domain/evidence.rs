//! What a mail shows. Facts only; [`super::judge`] weighs them, today or from the record.

use serde::{Deserialize, Serialize};

use super::timestamp::Timestamp;

/// Everything that was gathered from one mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// SHA-256 of the bytes as they came, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    /// What makes it malformed.
    pub malformed: Vec<String>,
    /// What was put right before reading on.
    pub remarks: Vec<String>,
    /// The one From address, as plain lower-case ASCII.
    pub from: Option<String>,
    /// The From field as it stands.
    pub from_field: String,
    /// Why there is no one From address.
    pub from_fault: Option<String>,
    /// The From addresses as the authenticator reads them.
    pub authenticator_froms: Vec<String>,
    /// Every address of To and Cc.
    pub recipients: Vec<String>,
    /// The subject, decoded.
    pub subject: String,
    /// The Message-ID.
    pub message_id: Option<String>,
    /// The Date.
    pub date: Option<Timestamp>,
    /// Every address of Reply-To.
    pub reply_to: Vec<String>,
    /// The address of Sender.
    pub sender: Option<String>,
    /// What tells that no person wrote it.
    pub automatic: Vec<String>,
    /// Resent-* fields are there.
    pub resent: bool,
    /// An ARC chain is there: it was forwarded.
    pub arc: Option<Arc>,
    /// The signatures, ten at most.
    pub signatures: Vec<Signature>,
    /// More signatures than were looked at.
    pub more_signatures: usize,
    /// A signature that can't even be read.
    pub unreadable_signature: bool,
    /// The From domain's DMARC policy.
    pub dmarc: Dmarc,
    /// The Authentication-Results fields, topmost first.
    pub auth_results: Vec<AuthResults>,
    /// How it came in.
    pub intake: Intake,
    /// The HTML part says something else than the text part.
    pub html_differs: bool,
    /// The start of the text part.
    pub text: String,
    /// SHA-256 of the body without the white space around it, in hexadecimal.
    pub body_sha256: String,
    /// Every DNS answer that was used.
    pub dns: Vec<DnsAnswer>,
}

/// One DKIM signature (RFC 6376).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// `d=`
    pub domain: String,
    /// `s=`
    pub selector: String,
    /// `a=`
    pub algorithm: String,
    /// `h=`, lower-case.
    pub signed: Vec<String>,
    /// Fields that are there and must be signed, and aren't.
    pub unsigned: Vec<String>,
    /// `l=` is there.
    pub partial_body: bool,
    /// `t=`
    pub signed_at: Option<Timestamp>,
    /// `x=`
    pub expires_at: Option<Timestamp>,
    /// What is odd about its tags.
    pub tag_faults: Vec<String>,
    /// What is odd about the key record.
    pub key_faults: Vec<String>,
    /// Bits of the key.
    pub key_bits: Option<usize>,
    /// What the cryptography says.
    pub outcome: Outcome,
    /// What was put right before the cryptography agreed.
    pub remark: Option<String>,
    /// SHA-256 of the signature's own bytes, in hexadecimal.
    pub sha256: String,
}

/// What the cryptography says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It doesn't.
    #[default]
    Broken,
    /// It doesn't hold, for a reason.
    Fails(String),
    /// The key couldn't be fetched: not decided.
    Unreachable,
}

/// An ARC chain (RFC 8617): who forwarded the mail, and what they sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arc {
    /// `d=` of every seal and of the last message signature, the first forwarder first.
    pub sealers: Vec<String>,
    /// The fields that the last forwarder's message signature covers, lower-case.
    pub signed: Vec<String>,
    /// Whose signatures the first forwarder found to hold.
    pub passed: Vec<String>,
    /// What the cryptography says of the whole chain.
    pub outcome: Outcome,
}

/// One Authentication-Results field (RFC 8601).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthResults {
    /// The host that says so (authserv-id), lower-case.
    pub host: String,
    /// Each method with its result, lower-case.
    pub methods: Vec<(String, String)>,
    /// It stands above the first Received of that host, where a stranger can't put it.
    pub above_own_hop: bool,
}

/// How a mail came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// An operator handed it over as a file.
    #[default]
    File,
    /// From a mailbox of our own, over IMAP.
    Imap {
        /// The mailbox's name.
        mailbox: String,
        /// Its UIDVALIDITY.
        uid_validity: u32,
        /// The mail's UID.
        uid: u32,
        /// When the server took it in (INTERNALDATE).
        internal_date: Option<Timestamp>,
    },
    /// From a Maildir of our own.
    Maildir {
        /// The unique part of the file's name.
        file: String,
    },
    /// From an mbox of our own.
    Mbox {
        /// Where it begins in the file, in bytes.
        offset: u64,
    },
}

impl Intake {
    /// Whether our own server delivered it, so that what it wrote into the mail can be read.
    #[must_use]
    pub const fn is_own_mailbox(&self) -> bool {
        !matches!(self, Self::File)
    }

    /// When our own server took it in, where that is known.
    #[must_use]
    pub const fn arrived_at(&self) -> Option<Timestamp> {
        match self {
            Self::Imap { internal_date, .. } => *internal_date,
            Self::File | Self::Maildir { .. } | Self::Mbox { .. } => None,
        }
    }
}

/// The From domain's DMARC policy (RFC 7489).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dmarc {
    /// The domain publishes none.
    #[default]
    Absent,
    /// Published, and what it asks for: `none`, `quarantine` or `reject`.
    Policy(String),
    /// DNS couldn't be reached: not decided.
    Unreachable,
}

/// One DNS answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsAnswer {
    /// The name, lower-case, without a trailing dot.
    pub name: String,
    /// What came back.
    pub answer: TxtAnswer,
    /// When.
    pub at: Timestamp,
}

/// What came back for a TXT question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TxtAnswer {
    /// The records, each with its strings joined.
    Records(Vec<String>),
    /// There are none.
    Absent,
    /// Nobody answered.
    Unreachable(String),
}
