//! What a mail shows. Facts only; [`super::judge`] weighs them, today or from the record.

use serde::{Deserialize, Serialize};

use crate::domain::timestamp::Timestamp;
pub use reading::{Attachment, NoText, Part, Reading};

mod reading;

/// Everything that was gathered from one mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    /// The addresses of To, at most [`MOST_RECIPIENTS`].
    pub to: Vec<Recipient>,
    /// The addresses of Cc, at most [`MOST_RECIPIENTS`].
    pub cc: Vec<Recipient>,
    /// How many recipients more there are.
    pub more_recipients: usize,
    /// The subject, decoded from the field as a relaxed signature hashes it.
    pub subject: String,
    /// The Message-ID.
    pub message_id: Option<String>,
    /// The Message-IDs of In-Reply-To and References, at most twenty.
    pub answers_to: Vec<String>,
    /// The Date.
    pub date: Option<Timestamp>,
    /// The Date field as it stands, where it isn't one that can be read.
    pub date_fault: Option<String>,
    /// The addresses of Reply-To, a few of them.
    pub reply_to: Vec<String>,
    /// The address of Sender.
    pub sender: Option<String>,
    /// Content-Disposition, lower-case.
    pub disposition: Option<String>,
    /// What tells that no person wrote it.
    pub automatic: Vec<String>,
    /// What looks as if a program wrote it, and may be a person all the same.
    pub looks_automatic: Vec<String>,
    /// Resent-* fields are there.
    pub resent: bool,
    /// The whole ARC chain, where there is one: it explains, and proves nothing.
    pub arc: Option<Arc>,
    /// The first set of the ARC chain by itself: where Microsoft says how the mail came to it.
    pub first_seal: Option<FirstSeal>,
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
    /// What the mail says to a person: once for each way in which a signature that holds hashed it, or
    /// once as it stands where none does.
    pub readings: Vec<Reading>,
    /// The text of a record that was made before there were readings.
    #[serde(skip_serializing)]
    pub text: String,
    /// SHA-256 of the body without the white space around it, in hexadecimal.
    pub body_sha256: String,
    /// Every DNS answer that was used.
    pub dns: Vec<DnsAnswer>,
    /// The resolver that gave them.
    pub resolver: Option<String>,
}

/// How many recipients are kept of To and of Cc.
pub const MOST_RECIPIENTS: usize = 100;

/// An address of To or Cc.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipient {
    /// The address, lower-case.
    pub address: String,
    /// The display name that is beside it, decoded.
    pub name: String,
}

/// One DKIM signature (RFC 6376).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// `d=`
    pub domain: String,
    /// `s=`
    pub selector: String,
    /// `a=`
    pub algorithm: String,
    /// `h=`, lower-case.
    pub signed: Vec<String>,
    /// Fields that the mail has and the signature doesn't cover, of those that matter; lower-case.
    pub unsigned: Vec<String>,
    /// `l=` is there.
    pub partial_body: bool,
    /// `t=`
    pub signed_at: Option<Timestamp>,
    /// `x=`
    pub expires_at: Option<Timestamp>,
    /// What makes it invalid by RFC 6376.
    pub tag_faults: Vec<String>,
    /// What is stricter than RFC 6376: another user of the domain, `b=` without its padding.
    pub strict_faults: Vec<String>,
    /// What is odd about the key record.
    pub key_faults: Vec<String>,
    /// Bits of the key.
    pub key_bits: Option<usize>,
    /// What the cryptography says.
    pub outcome: Outcome,
    /// What was put right before the cryptography agreed.
    pub remark: Option<String>,
    /// Google's `darn=`: the domain that this copy went to.
    pub went_to: Option<String>,
    /// `bh=`, in hexadecimal.
    pub body_hash: String,
    /// SHA-256 of the signature's own bytes, in hexadecimal.
    pub sha256: String,
    /// Which of the [readings](Evidence::readings) is the one that it hashed.
    pub reading: Option<usize>,
}

/// The first set of an ARC chain (RFC 8617), verified without the later ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FirstSeal {
    /// `d=` of the seal.
    pub sealer: String,
    /// What the cryptography says of this set alone.
    pub outcome: Outcome,
    /// The fields that its message signature covers, lower-case.
    pub signed: Vec<String>,
    /// `bh=` of its message signature, in hexadecimal.
    pub body_hash: String,
    /// `header.from` of its dmarc=pass.
    pub dmarc_passed: Vec<String>,
    /// `header.d` of each dkim=pass that bears no remark on a signature: Microsoft's word for "one of mine".
    pub dkim_passed: Vec<String>,
    /// `header.d` of each dkim=pass that says that a signature was verified: it was there before.
    pub dkim_verified: Vec<String>,
    /// It names the address that the mail was handed in from: it came from outside.
    pub came_from_outside: bool,
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
    /// It is above the first Received of that host, where a stranger can't put it.
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

impl Evidence {
    /// The reading that hangs on this signature, or the only one there is.
    #[must_use]
    pub fn reading(&self, signature: Option<&Signature>) -> Option<&Reading> {
        let index = signature.and_then(|signature| signature.reading);
        self.readings.get(index.unwrap_or(0))
    }

    /// Whether somebody, whoever it is, signed it and it's unchanged since.
    #[must_use]
    pub fn has_a_signature_that_holds(&self) -> bool {
        let mut signatures = self.signatures.iter();
        signatures.any(|signature| signature.outcome == Outcome::Holds)
    }

    /// The domain of the From address.
    #[must_use]
    pub fn from_domain(&self) -> Option<&str> {
        let (_, domain) = self.from.as_deref()?.rsplit_once('@')?;
        Some(domain)
    }

    /// The addresses of To and Cc, whoever signed them.
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        let all = self.to.iter().chain(&self.cc);
        all.map(|recipient| recipient.address.as_str())
    }

    /// Whether Microsoft says how the mail came to it.
    #[must_use]
    pub fn is_sealed_by_microsoft(&self) -> bool {
        let seal = self.first_seal.as_ref();
        seal.is_some_and(|seal| seal.sealer == "microsoft.com")
    }
}

impl Signature {
    /// Whether it covers this field.
    #[must_use]
    pub fn covers(&self, field: &str) -> bool {
        self.signed.iter().any(|signed| signed == field)
    }
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
