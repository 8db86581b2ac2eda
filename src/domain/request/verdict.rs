//! The named checks on a request mail and what they add up to.

use serde::{Deserialize, Serialize};

use super::check_detail::Detail;
use crate::domain::text_value::text_enum;

text_enum! {
    /// What the desk makes of a request.
    Verdict, UnknownVerdict, "verdict", {
        /// The mail is proven to come from a requester with authority.
        Verified = "verified",
        /// It may be so: a challenge to the address on file decides.
        Challenge = "challenge",
        /// It isn't, or it's not to be taken.
        Rejected = "rejected",
    }
}

impl Verdict {
    /// The lower of the two.
    #[must_use]
    pub const fn lowered_to(self, other: Self) -> Self {
        match (self, other) {
            (Self::Rejected, _) | (_, Self::Rejected) => Self::Rejected,
            (Self::Challenge, _) | (_, Self::Challenge) => Self::Challenge,
            (Self::Verified, Self::Verified) => Self::Verified,
        }
    }
}

text_enum! {
    /// A check's name.
    CheckName, UnknownCheckName, "check", {
        /// Parses within bounds.
        WellFormed = "well_formed",
        /// Exactly one sender, read the same twice.
        SingleSender = "single_sender",
        /// A region's address is among the recipients.
        AddressedToDesk = "addressed_to_desk",
        /// The From address is on file and valid today.
        RequesterKnown = "requester_known",
        /// The From domain isn't a look-alike of one on file.
        Lookalike = "lookalike",
        /// A signature of the sender's own domain holds.
        Dkim = "dkim",
        /// The domain's policy is met by that signature.
        Dmarc = "dmarc",
        /// What our own border host found.
        TrustedResults = "trusted_results",
        /// Sent not long ago.
        Fresh = "fresh",
        /// Never seen before.
        NotReplayed = "not_replayed",
        /// No automatic answer, no list.
        WrittenByPerson = "written_by_person",
        /// Answers go to the sender.
        ReplyTo = "reply_to",
        /// Not forwarded.
        Forwarding = "forwarding",
        /// The mail speaks of every account, and asks for something.
        NamesAccount = "names_account",
        /// The requester may ask for every account.
        Authority = "authority",
        /// The right desk was written to.
        Region = "region",
    }
}

text_enum! {
    /// How a check ended.
    CheckResult, UnknownCheckResult, "result", {
        /// It holds.
        Pass = "pass",
        /// It doesn't.
        Fail = "fail",
        /// It couldn't be decided, or doesn't apply.
        None = "none",
    }
}

/// A check with its sentence of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which.
    pub name: CheckName,
    /// How it ended.
    pub result: CheckResult,
    /// Why, for a person. Quotes what strangers wrote: escaped where it's shown.
    pub detail: Detail,
}

/// All checks and the verdict that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why it's a challenge although every check allows more.
    pub because: Option<Detail>,
    /// Every check, in the order of [`CheckName::ALL`].
    pub checks: Vec<Check>,
    /// The checks that reject it.
    pub rejected_by: Vec<CheckName>,
    /// A challenge can still prove it: nothing rejects but [`CheckName::Dmarc`] or
    /// [`CheckName::TrustedResults`].
    pub challenge_open: bool,
    /// Which of the accounts the requester may ask for, by their usernames.
    pub covered: Vec<String>,
}

impl Judgement {
    /// Whether a signature of the sender's own domain holds, and nothing but what depends on the accounts speaks against it.
    #[must_use]
    pub fn is_sound_but_for_accounts(&self) -> bool {
        let is_sound = |check: &Check| match check.name {
            CheckName::Dkim => check.result == CheckResult::Pass,
            CheckName::NamesAccount | CheckName::Authority | CheckName::Region => true,
            _ => check.result != CheckResult::Fail,
        };
        self.checks.iter().all(is_sound)
    }
}
