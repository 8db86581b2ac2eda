//! Many accounts against one request: the facts of a batch are loaded together, and each account
//! is held to the very rules of a single reset.

use std::collections::{HashMap, HashSet};

use crate::desk::request::is_verified;
use crate::desk::request::requesters_at;
use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::plan::RowFault;
use crate::domain::code::RegionCode;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::request::words::name_in_text::same_name;
use crate::domain::reset::warrant::{Purpose, Warrant, WarrantFacts};
use crate::store::Tx;
use crate::store::bulk::HolderRow;
use crate::store::directory::RequesterRow;
use crate::store::operator::OperatorRow;
use crate::store::request::RequestRow;

/// The request as it stands now, with all that every account is measured by.
pub(in crate::desk) struct Standing {
    pub(in crate::desk) request: RequestRow,
    pub(in crate::desk) requester: Option<RequesterRow>,
    purpose: Purpose,
    operator: OperatorRow,
    /// The organisations that the requester's authority reaches (rule 2).
    reach: HashSet<i64>,
    /// Those that a capacity reaches which isn't fresh.
    reach_of_old: HashSet<i64>,
    /// Its verdict is `verified`, and its stored mail bears that out.
    verified: bool,
    /// The names that the requester goes by.
    names: Vec<String>,
}

impl Standing {
    pub(in crate::desk) async fn load(
        desk: &Desk<'_>,
        tx: &mut Tx,
        operator: OperatorRow,
        id: &RequestId,
        purpose: Purpose,
    ) -> Result<Self> {
        let (request, requester) = request_of(desk, tx, id).await?;
        let mut valid = requesters_at(tx, request.from_address.as_deref()).await?;
        let verified = is_verified(desk, tx, &request, &valid).await?;
        valid.retain(|requester| requester.is_valid(desk.now));
        let days = desk.policy.fresh_address_days;
        let reach = reach_of(tx, &valid).await?;
        let names = valid
            .iter()
            .map(|requester| requester.name.clone())
            .collect();
        valid.retain(|requester| !requester.is_fresh(desk.now, days));
        Ok(Self {
            reach_of_old: reach_of(tx, &valid).await?,
            names,
            verified,
            request,
            requester,
            purpose,
            operator,
            reach,
        })
    }

    /// Why no account at all can be done on this request any more.
    pub(in crate::desk) fn refusal(&self, desk: &Desk<'_>) -> Option<Refusal> {
        if !self.verified {
            Some(Refusal::RequestNotVerified)
        } else if self.request.expires_at <= desk.now {
            Some(Refusal::RequestExpired)
        } else {
            None
        }
    }

    /// The warrant for an account that is bound to the request.
    pub(in crate::desk) fn warrant(
        &self,
        desk: &Desk<'_>,
        holder: &HolderRow,
        approved: bool,
    ) -> std::result::Result<Warrant, RowFault> {
        let facts = self.facts(desk, holder, holder.bound.is_some(), approved);
        Warrant::issue(&facts, desk.now).map_err(RowFault::Refused)
    }

    /// The same for an account that is bound by being planned, on a request that may still be confirmed; a
    /// second operator can only say yes to the plan once it is there. A confirmation stands for the
    /// accounts that were challenged, and no others.
    pub(super) fn warrant_once_bound(
        &self,
        desk: &Desk<'_>,
        holder: &HolderRow,
    ) -> std::result::Result<Warrant, RowFault> {
        let facts = WarrantFacts {
            verified: self.may_be_planned(),
            ..self.facts(
                desk,
                holder,
                !self.is_confirmed() || holder.bound.is_some(),
                true,
            )
        };
        Warrant::issue(&facts, desk.now).map_err(RowFault::Refused)
    }

    /// A challenge was answered for the accounts that are bound.
    pub(super) const fn is_confirmed(&self) -> bool {
        self.request.confirmed_at.is_some()
    }

    /// A challenge may come first: it then names the plan.
    fn may_be_planned(&self) -> bool {
        let is_open = self.request.challenge_open == 1 && self.request.rejected_at.is_none();
        self.request.verdict == "verified" || is_open
    }

    /// Whether one operator isn't enough for this account.
    pub(in crate::desk) fn needs_second(&self, desk: &Desk<'_>, holder: &HolderRow) -> bool {
        let privileged = &desk.policy.privileged_roles;
        let is_old = holder
            .roles()
            .any(|(at, ..)| self.reach_of_old.contains(&at));
        !is_old
            || self
                .names
                .iter()
                .any(|name| same_name(name, &holder.account.name))
            || holder.resets > 0
            || holder
                .roles()
                .any(|(_, _, role)| privileged.iter().any(|name| name.as_str() == role))
    }

    fn facts(
        &self,
        desk: &Desk<'_>,
        holder: &HolderRow,
        bound: bool,
        approved: bool,
    ) -> WarrantFacts {
        let account = &holder.account;
        let from = self.request.from_address.as_deref().unwrap_or_default();
        let is_operator = |address: &str| {
            let email = self.operator.work_email.as_ref();
            email.is_some_and(|email| email.as_str() == address)
        };
        let in_reach = holder.roles().any(|(at, ..)| self.reach.contains(&at));
        WarrantFacts {
            request: self.request.id,
            account: account.id,
            purpose: self.purpose,
            verified: self.verified,
            expires_at: self.request.expires_at,
            bound,
            used_at: holder.used_at,
            covered: in_reach && holder.bound.is_none_or(|covered| covered == 1),
            same_person: account.work_email.as_str() == from
                || self.operator.login == account.username.as_str()
                || is_operator(from)
                || is_operator(account.work_email.as_str()),
            needs_second: self.needs_second(desk, holder),
            approved,
            blocked: account.status.as_str() == "blocked",
        }
    }
}

/// The organisations that these capacities reach (rule 2).
async fn reach_of(tx: &mut Tx, requesters: &[RequesterRow]) -> Result<HashSet<i64>> {
    let mut reach: HashSet<i64> = requesters.iter().map(|r| r.organisation_id).collect();
    let above: Vec<i64> = requesters
        .iter()
        .filter(|requester| requester.capacity.reaches_below())
        .map(|requester| requester.organisation_id)
        .collect();
    reach.extend(tx.downwards(&above).await?);
    Ok(reach)
}

/// The request, and who is behind it.
pub(in crate::desk) async fn request_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
) -> Result<(RequestRow, Option<RequesterRow>)> {
    let Some(request) = tx.request(&desk.reach, id).await? else {
        return Err(Error::NotFound {
            what: "request",
            name: id.to_string(),
            nearest: None,
        });
    };
    let requester = match request.requester_id {
        Some(id) => tx.requester_by_id(id).await?,
        None => None,
    };
    Ok((request, requester))
}

/// The holders by their usernames.
pub(super) fn by_username(holders: &[HolderRow]) -> HashMap<&str, &HolderRow> {
    holders
        .iter()
        .map(|holder| (holder.account.username.as_str(), holder))
        .collect()
}

/// Each region's desk address.
pub(super) async fn desk_addresses(tx: &mut Tx) -> Result<HashMap<RegionCode, String>> {
    let regions = tx.regions(None).await?;
    let pair = |region: crate::store::directory::RegionRow| {
        (region.code, region.servicedesk_address.to_string())
    };
    Ok(regions.into_iter().map(pair).collect())
}
