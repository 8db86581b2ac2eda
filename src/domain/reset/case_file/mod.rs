//! All that bears on whether an account may be reset, or gets a fresh code, as it was loaded; and the one decision over
//! it. A reset of one account and a plan of thousands are decided here, and nowhere else.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;

use super::approval::{Approver, Involved, may_approve};
use super::four_eyes::Reason;
use super::not_done::{Held, NotDone};
use super::warrant::{Basis, Purpose, Warrant};
use crate::domain::code::{RoleName, Username};
use crate::domain::directory::address::WorkAddress;
use crate::domain::refusal::Refusal;
use crate::domain::request::verdict::Verdict;
use crate::domain::request::words::name_in_text::same_name;
use crate::domain::timestamp::Timestamp;

/// What was loaded for one decision, or for many on the same ground.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Who acts.
    pub operator: Actor,
    /// What it rests on.
    pub ground: Ground,
    /// The numbers of the desk's policy that count here.
    pub limits: Limits,
    /// The accounts that were found, by their usernames.
    pub accounts: HashMap<Username, AccountOnFile>,
}

/// The operator who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The login.
    pub login: String,
    /// The work address, where it's on file.
    pub work_email: Option<WorkAddress>,
}

impl Actor {
    /// Whether the operator is the holder of this account.
    #[must_use]
    pub fn is(&self, username: &Username, work_email: &WorkAddress) -> bool {
        self.login == username.as_str() || self.work_email.as_ref() == Some(work_email)
    }
}

/// What the policy says that counts here.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The roles whose accounts need a second operator.
    pub privileged_roles: Vec<RoleName>,
    /// For how many days a reset counts as recent.
    pub repeat_reset_days: u32,
}

/// What a reset rests on.
#[derive(Clone, Debug)]
pub enum Ground {
    /// A request.
    Request(RequestOnFile),
    /// A break-glass case.
    Case(CaseOnFile),
}

/// A request as it stands, with whom its requester reaches.
#[derive(Clone, Debug)]
pub struct RequestOnFile {
    /// The internal id.
    pub id: i64,
    /// The verdict on file.
    pub verdict: Verdict,
    /// It's verified, and its stored mail bears that out.
    pub verified: bool,
    /// A challenge can still prove it.
    pub challenge_open: bool,
    /// A challenge was answered for the accounts that are bound.
    pub confirmed: bool,
    /// When it can't be used any more.
    pub expires_at: Timestamp,
    /// The From address.
    pub from: Option<String>,
    /// The names that the requester goes by.
    pub names: Vec<String>,
    /// The organisations that the requester's authority reaches (rule 2), by their internal ids.
    pub reach: HashSet<i64>,
    /// Those of them that a capacity reaches which isn't fresh.
    pub reach_of_old: HashSet<i64>,
    /// A colleague who has it open in a changing step, and since when.
    pub open_by: Option<(String, Timestamp)>,
}

/// A break-glass case as it stands: the one way round rule 1.
#[derive(Clone, Debug)]
pub struct CaseOnFile {
    /// The internal id.
    pub id: i64,
    /// The login of whoever started it.
    pub started_by: String,
    /// It was completed or called off.
    pub over: bool,
    /// When it can't be completed any more.
    pub expires_at: Timestamp,
    /// The account isn't what the starter was shown.
    pub changed: bool,
}

/// An account as it stands, and how it stands towards the request.
#[derive(Clone, Debug)]
pub struct AccountOnFile {
    /// The internal id.
    pub id: i64,
    /// The username.
    pub username: Username,
    /// The holder's name.
    pub name: String,
    /// The holder's work address.
    pub work_email: WorkAddress,
    /// It may not log in.
    pub blocked: bool,
    /// Its roles: the organisation's internal id, and what the holder is there.
    pub roles: Vec<(i64, String)>,
    /// When it was last reset.
    pub reset_at: Option<Timestamp>,
    /// The request is for it.
    pub bound: Option<Bound>,
    /// The request speaks of it, and not just the operator's list.
    pub named: bool,
    /// A colleague who has it open in a changing step, and since when.
    pub open_by: Option<(String, Timestamp)>,
    /// The login of another operator who said yes to exactly this.
    pub approved_by: Option<String>,
}

/// How an account is bound to a request.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The requester's authority covered it when it was bound.
    pub covered: bool,
    /// When the request was used for it.
    pub used_at: Option<Timestamp>,
}

/// Decides (rules 1, 2 and 9): the only way to a [`Warrant`].
pub fn decide(
    file: &CaseFile,
    username: &Username,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Warrant, NotDone> {
    let account = file.account(username)?;
    file.not_held(account)?;
    let basis = match &file.ground {
        Ground::Request(request) => {
            if account.bound.is_none() {
                return Err(Refusal::NotCovered.into());
            }
            file.request_allows(request, request.verified, account, now)?;
            let reasons = file.reasons_for(request, account, now);
            if !reasons.is_empty() && account.approved_by.is_none() {
                return Err(NotDone::NeedsApproval(reasons));
            }
            Basis::Request(request.id)
        }
        Ground::Case(case) => {
            // A case is for a reset, and for nothing else.
            if purpose != Purpose::Reset {
                return Err(Refusal::RequestNotVerified.into());
            }
            file.case_allows(case, account, now)?;
            Basis::Case(case.id)
        }
    };
    Ok(Warrant::issue(purpose, basis, account.id))
}

/// Whether a plan may have the account as one to be done: it is bound by being planned, on a request that may still be
/// confirmed, and a second operator can only say yes to the plan once it is there. What speaks for a second operator. A
/// confirmation stands for the accounts that were challenged, and no others.
pub fn may_be_planned(
    file: &CaseFile,
    username: &Username,
    now: Timestamp,
) -> Result<Vec<Reason>, NotDone> {
    let account = file.account(username)?;
    let Ground::Request(request) = &file.ground else {
        return Err(Refusal::RequestNotVerified.into());
    };
    if request.confirmed && account.bound.is_none() {
        return Err(Refusal::NotCovered.into());
    }
    let may_be_verified = request.verdict == Verdict::Verified || request.challenge_open;
    file.request_allows(request, may_be_verified, account, now)?;
    Ok(file.reasons_for(request, account, now))
}

impl CaseFile {
    fn account(&self, username: &Username) -> Result<&AccountOnFile, NotDone> {
        self.accounts.get(username).ok_or(NotDone::Unknown)
    }

    /// Why no account at all can be done on its request any more.
    #[must_use]
    pub fn refusal(&self, now: Timestamp) -> Option<Refusal> {
        match &self.ground {
            Ground::Request(request) if !request.verified => Some(Refusal::RequestNotVerified),
            Ground::Request(request) if request.expires_at <= now => Some(Refusal::RequestExpired),
            Ground::Request(_) | Ground::Case(_) => None,
        }
    }

    /// Why another operator has to approve this account; nothing where one is enough.
    #[must_use]
    pub fn reasons(&self, username: &Username, now: Timestamp) -> Vec<Reason> {
        match (&self.ground, self.account(username)) {
            (Ground::Request(request), Ok(account)) => self.reasons_for(request, account, now),
            _ => Vec::new(),
        }
    }

    /// Who said yes to this account.
    #[must_use]
    pub fn approved_by(&self, username: &Username) -> Option<&str> {
        self.account(username).ok()?.approved_by.as_deref()
    }

    fn not_held(&self, account: &AccountOnFile) -> Result<(), NotDone> {
        let request = match &self.ground {
            Ground::Request(request) => request.open_by.as_ref(),
            Ground::Case(_) => None,
        };
        let held = Held::new("account", account.open_by.as_ref());
        match held.or_else(|| Held::new("request", request)) {
            Some(held) => Err(NotDone::Held(held)),
            None => Ok(()),
        }
    }

    /// All that a request must be for an account but bound to it; `verified` as the caller needs it.
    fn request_allows(
        &self,
        request: &RequestOnFile,
        verified: bool,
        account: &AccountOnFile,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let in_reach = account.stands_in(&request.reach);
        let covered = in_reach && account.bound.is_none_or(|bound| bound.covered);
        let used = account.bound.is_some_and(|bound| bound.used_at.is_some());
        first_of([
            (!verified, Refusal::RequestNotVerified),
            (used, Refusal::AlreadyUsed),
            (request.expires_at <= now, Refusal::RequestExpired),
            (self.same_person(request, account), Refusal::SamePerson),
            (!covered, Refusal::NotAuthorised),
            (account.blocked, Refusal::AccountBlocked),
        ])
    }

    /// Whoever completes a case is somebody else than who started it, and not the holder.
    fn case_allows(
        &self,
        case: &CaseOnFile,
        account: &AccountOnFile,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let approver = Approver {
            login: &self.operator.login,
            work_email: self.operator.work_email.as_ref().map(WorkAddress::as_str),
        };
        let involved = Involved {
            starter: Some(&case.started_by),
            requester: None,
            holder: Some(account.username.as_str()),
            holder_address: Some(account.work_email.as_str()),
        };
        may_approve(&approver, &involved)?;
        first_of([
            (case.over || case.expires_at <= now, Refusal::CaseOver),
            (case.changed, Refusal::ChangedSinceShown),
            (account.blocked, Refusal::AccountBlocked),
        ])
    }

    /// Whether two of requester, holder and operator are the same person (rule 2).
    fn same_person(&self, request: &RequestOnFile, account: &AccountOnFile) -> bool {
        let from = request.from.as_deref();
        let own = self.operator.work_email.as_ref().map(WorkAddress::as_str);
        from == Some(account.work_email.as_str())
            || (own.is_some() && own == from)
            || self.operator.is(&account.username, &account.work_email)
    }

    fn reasons_for(
        &self,
        request: &RequestOnFile,
        account: &AccountOnFile,
        now: Timestamp,
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let privileged = self.privileged(account);
        if !privileged.is_empty() {
            reasons.push(Reason::PrivilegedRole(privileged));
        }
        let days = i64::from(self.limits.repeat_reset_days);
        let lately = now.plus(SignedDuration::from_hours(-24 * days));
        if let Some(at) = account.reset_at.filter(|at| *at >= lately) {
            let days = now.since(at).as_hours() / 24;
            reasons.push(Reason::RepeatedReset { days });
        }
        // An old address may have got a capacity only today: what counts is the one that covers the account.
        if !account.stands_in(&request.reach_of_old) {
            reasons.push(Reason::FreshAddress);
        }
        let is_alike = |name: &String| same_name(name, &account.name);
        if request.names.iter().any(is_alike) {
            reasons.push(Reason::SameName);
        }
        if !account.named {
            reasons.push(Reason::NotNamed);
        }
        reasons
    }

    /// Those of the account's roles that are privileged, each once.
    fn privileged(&self, account: &AccountOnFile) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for (_, role) in &account.roles {
            let mut named = self.limits.privileged_roles.iter();
            if named.any(|name| name.as_str() == role) && !found.contains(role) {
                found.push(role.clone());
            }
        }
        found
    }
}

impl AccountOnFile {
    /// Whether one of its roles is in one of these organisations.
    fn stands_in(&self, organisations: &HashSet<i64>) -> bool {
        self.roles.iter().any(|(at, _)| organisations.contains(at))
    }
}

/// The first rule that says no.
fn first_of<const N: usize>(refusals: [(bool, Refusal); N]) -> Result<(), Refusal> {
    match refusals.into_iter().find(|(refuses, _)| *refuses) {
        Some((_, refusal)) => Err(refusal),
        None => Ok(()),
    }
}
