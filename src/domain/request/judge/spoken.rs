//! What a mail says, and how far that is proven.

use super::addressed::{Addressed, By};
use super::facts::DirectoryFacts;
use super::proof::{Weighed, weigh};
use super::read::Read;
use super::subject::begins_as_answer;
use crate::domain::request::evidence::{Evidence, Reading, Signature};
use crate::domain::request::mentioned::Said;
use crate::domain::request::words::own_text::OwnText;
use crate::domain::timestamp::Timestamp;

/// What a mail says, as the signature that comes closest to proving it has hashed it.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'e> {
    /// What it says to a person.
    pub reading: Option<&'e Reading>,
    /// Its text, parted where the own words end; none where it has no text of its own.
    pub text: Option<OwnText<'e>>,
    /// Its subject, where it's signed, has no colon, and isn't all that the mail says.
    pub subject: Option<&'e str>,
    /// The subject counts for whom the mail speaks of: the desk is in signed recipients.
    pub subject_names: bool,
    /// The subject begins as an answer's does, or what it answers is quoted below.
    pub is_answer: bool,
    /// The mail is proven, but for whom it's addressed to.
    pub is_proven: bool,
    /// The signature that proves it.
    pub signature: Option<&'e Signature>,
}

impl<'e> Spoken<'e> {
    /// Whether the own words go on behind what is read of a mail.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        let is_cut = self.reading.is_some_and(|reading| !reading.complete);
        is_cut && self.text.is_some_and(|text| text.below.trim().is_empty())
    }

    /// What it says, as it counts for whom it speaks of, where a person of that name wrote it; nothing where it has no
    /// words of its own.
    #[must_use]
    pub fn said(&self, requester: &'e str) -> Option<Said<'e>> {
        Some(Said {
            text: self.text?,
            subject: self.subject,
            subject_names: self.subject_names,
            is_answer: self.is_answer,
            requester,
        })
    }
}

/// What a mail says, and how far that is proven.
#[must_use]
pub fn spoken<'e>(evidence: &'e Evidence, facts: &DirectoryFacts, now: Timestamp) -> Spoken<'e> {
    let proof = weigh(evidence, facts, now);
    let is_proven = proof.proven().is_some();
    let best = proof.best;
    let signature = best.as_ref().map(|best| best.signature);
    let read = best.as_ref().and_then(|best| best.read);
    let first = || evidence.readings.first();
    let read = read.or_else(|| first().map(|reading| Read::of(reading, evidence)));
    let text = read.filter(|read| read.reading.no_text.is_none());
    let text = text.map(|read| read.text);
    // Beside words that are answered, the subject may be the stranger's as well.
    let has_own_words = text.is_some_and(|text| !text.own.is_empty() && !text.is_answer());
    let is_signed = signature.is_none_or(|signature| signature.covers("subject"));
    let subject = Some(evidence.subject.as_str());
    let by_recipients = |best: &Weighed<'_>| {
        matches!(
            best.addressed,
            Addressed::Desks {
                by: By::Recipients,
                ..
            }
        )
    };
    Spoken {
        reading: read.map(|read| read.reading),
        text,
        subject: subject.filter(|text| is_signed && has_own_words && !text.contains([':', '：'])),
        subject_names: best.as_ref().is_some_and(by_recipients),
        is_answer: begins_as_answer(&evidence.subject) || text.is_some_and(|text| text.is_answer()),
        is_proven,
        signature: signature.filter(|_| is_proven),
    }
}
