//! What the directory, the log and the config say that bears on a mail. Kept with the evidence, so
//! that a verdict can be followed when the directory has moved on.

use serde::{Deserialize, Serialize};

use crate::domain::code::{RegionCode, Username};
use crate::domain::directory::address::WorkAddress;
use crate::domain::policy::Policy;
use crate::domain::request::mentioned::NamedBy;

/// Everything besides the mail that a judgement follows from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// What is known.
    pub facts: DirectoryFacts,
    /// The desk's numbers.
    pub policy: Policy,
}

/// What is known besides the mail itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DirectoryFacts {
    /// The From address is on file, and for whom; `None` where it isn't.
    pub requester: Option<RequesterFacts>,
    /// The domain on file that the From domain resembles, and how.
    pub lookalike: Option<(String, String)>,
    /// Every region's desk address.
    pub desks: Vec<(RegionCode, WorkAddress)>,
    /// The earlier request that came in with this very mail, and can't be gone on with.
    pub seen_as: Option<String>,
    /// The accounts that it is for.
    pub accounts: Vec<AccountFacts>,
    /// Hosts whose Authentication-Results are read.
    pub authserv_ids: Vec<String>,
    /// Domains whose ARC seals explain how a mail came here.
    pub trusted_arc_sealers: Vec<String>,
    /// It isn't asked of Microsoft whether a mail that it signed came from inside the school.
    pub ignore_microsoft_origin: bool,
    /// The names beside a desk's address that are those of people on file, or of people within the
    /// requester's reach in part.
    pub names_on_file: Vec<String>,
    /// The sender's domain has signed before, and never like this.
    pub new_signer: bool,
    /// A service of the desk's took it in, and asked for the keys.
    pub by_service: bool,
    /// What the mail speaks of.
    pub naming: Naming,
}

/// Why a mail that speaks of what the desk does isn't taken for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskingDoubt {
    /// Its words may as well tell, put off or take back.
    Unclear,
    /// They go on behind what is read of a mail.
    GoesOn,
}

impl AskingDoubt {
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Unclear => {
                "it speaks of it, and its words may be read otherwise than as a request that stands"
            }
            Self::GoesOn => {
                "its words go on behind what is read of a mail, where they may take it back"
            }
        }
    }
}

/// What a mail speaks of, in the words that its signature proves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Naming {
    /// It asks for something that the desk does.
    pub asks: bool,
    /// Why it can't be told whether it asks, though it speaks of what the desk does.
    pub doubt: Option<AskingDoubt>,
    /// Accounts within the requester's reach that it speaks of, and that the request isn't for.
    pub others: Vec<Username>,
    /// Accounts within the requester's reach that it's written to as well (To): its words may be for them.
    pub written_to: Vec<Username>,
    /// All within the requester's reach whom it asks for, where it's proven. What a service of the desk's found so, no operator
    /// adds to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Username>,
}

/// What is on file under the From address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequesterFacts {
    /// The name on file.
    pub name: String,
    /// Whether any of its capacities is valid now.
    pub valid: bool,
    /// The mail domains of the requester's organisations and of those above.
    pub domains: Vec<String>,
    /// The regions of the requester's organisations.
    #[serde(default)]
    pub regions: Vec<RegionCode>,
}

/// What the directory says of one account.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and stored"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFacts {
    /// The username.
    pub username: Username,
    /// Whether its work address is the requester's.
    pub is_requester: bool,
    /// Whether its holder bears the requester's name, within the requester's organisations.
    #[serde(default)]
    pub same_name: bool,
    /// How the mail speaks of it.
    #[serde(default)]
    pub named: Option<NamedBy>,
    /// Whether a valid capacity of the requester covers it.
    pub covered: bool,
    /// Whether it has a role that the policy calls privileged.
    pub privileged: bool,
    /// The regions of its roles.
    pub regions: Vec<RegionCode>,
}

impl DirectoryFacts {
    /// The requester's name on file; empty where nobody is.
    #[must_use]
    pub fn requester_name(&self) -> &str {
        let requester = self.requester.as_ref();
        requester.map_or("", |requester| requester.name.as_str())
    }

    /// Notes how the mail speaks of each account, and which others it speaks of, but for the requester's `own`.
    pub fn note_named(&mut self, found: Vec<(Username, NamedBy)>, own: Option<&Username>) {
        let is_sole = self.accounts.len() == 1;
        // The mail below names one person; it speaks for no list.
        let counts = |by: &NamedBy| *by != NamedBy::ForwardedMail || is_sole;
        for account in &mut self.accounts {
            let mut ways = found.iter().filter(|(known, _)| *known == account.username);
            account.named = ways.next().map(|(_, by)| *by).filter(counts);
        }
        let is_bound = |username: &Username| self.accounts.iter().any(|a| a.username == *username);
        let others = found
            .into_iter()
            .filter(|(username, by)| by.counts() && !is_bound(username) && Some(username) != own);
        self.naming.others = others.map(|(username, _)| username).collect();
    }

    /// The accounts that the requester may ask for.
    pub(super) fn covered(&self) -> impl Iterator<Item = &AccountFacts> {
        self.accounts
            .iter()
            .filter(|account| account.covered && !account.is_requester)
    }
}
