//! From evidence to verdict: a pure function, the same for a fresh mail and for the record.
//!
//! A file a check. Each answers for itself, says what its answer means for the verdict, and never
//! trusts that another one failed first; none of them can raise what another one lowered.

mod addressed;
mod addressed_in_words;
mod addressed_to_desk;
mod answer;
mod authority;
mod came_before;
mod case;
mod conditions;
mod copies;
mod dkim;
mod dmarc;
mod facts;
mod finding;
mod forwarding;
mod fresh;
#[cfg(test)]
mod genuine_mails;
mod lookalike;
mod names_account;
mod near_miss;
mod not_replayed;
mod origin;
mod proof;
mod read;
mod region;
mod reply_to;
mod requester_known;
#[cfg(test)]
mod sample;
mod single_sender;
mod spoken;
mod subject;
mod sum;
mod trusted_results;
mod unmet;
mod well_formed;
mod written_by_person;

pub use answer::{AnswerProof, answer_proof};
pub use came_before::{Came, Earlier, Stage, barred_by, came_before};
pub use copies::{Copy, Desk, same_mail, signs};
pub use facts::{AccountFacts, AskingDoubt, Basis, DirectoryFacts, Naming, RequesterFacts};
pub use spoken::{Spoken, spoken};
pub use sum::judge;
pub use unmet::{Condition, Mender, Unmet};

use super::evidence::Evidence;
use crate::domain::timestamp::Timestamp;
use proof::weigh;

/// The version of the rules in this folder; stored with each verdict.
pub const RULE_VERSION: i64 = 4;

/// Everything that keeps a mail from being proven, with who can mend it.
#[must_use]
pub fn unmet(evidence: &Evidence, facts: &DirectoryFacts, now: Timestamp) -> Vec<Unmet> {
    weigh(evidence, facts, now).unmet()
}
