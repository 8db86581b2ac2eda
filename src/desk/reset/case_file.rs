//! Loads a [`CaseFile`]: a request or a case as it stands, and a set of accounts with a few statements, whatever its
//! size. A single reset is a set of one.

use std::collections::{HashMap, HashSet};

use crate::desk::account::AccountCard;
use crate::desk::request::{RequestStanding, SpokenOf, is_verified, is_verified_on_file, shown};
use crate::desk::{Desk, Result};
use crate::domain::account::AccountStatus;
use crate::domain::code::Username;
use crate::domain::request::verdict::Verdict;
use crate::domain::reset::approval::standing;
use crate::domain::reset::case_file::{
    AccountOnFile, Actor, Bound, CaseFile, CaseOnFile, Ground, Limits, RequestOnFile,
};
use crate::domain::reset::warrant::Purpose;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::bulk::HolderRow;
use crate::store::directory::RequesterRow;
use crate::store::operator::OperatorRow;
use crate::store::request::RequestRow;

/// The accounts that were found, by their usernames.
pub(in crate::desk) type Holders = HashMap<String, HolderRow>;

/// The request that accounts are decided on, as it was loaded.
#[derive(Clone, Copy)]
pub(in crate::desk) struct Asking<'r> {
    /// The request.
    pub(in crate::desk) request: &'r RequestRow,
    /// Who is on file under its From address, in every capacity.
    pub(in crate::desk) requesters: &'r [RequesterRow],
    /// A colleague who has it open. A bulk run looks at that once, as it begins.
    pub(in crate::desk) open_by: Option<&'r (String, Timestamp)>,
    /// Nothing is decided on it: it's for a page. Whom the mail names isn't looked for among everybody again then.
    pub(in crate::desk) is_for_a_page: bool,
}

impl<'r> Asking<'r> {
    /// For a page.
    pub(in crate::desk) fn for_a_page(request: &'r RequestStanding) -> Self {
        Self {
            is_for_a_page: true,
            ..Self::from(request)
        }
    }
}

impl<'r> From<&'r RequestStanding> for Asking<'r> {
    fn from(request: &'r RequestStanding) -> Self {
        Self {
            request: &request.request,
            requesters: &request.requesters,
            open_by: request.open_by.as_ref(),
            is_for_a_page: false,
        }
    }
}

/// Where a second operator's yes is looked for.
#[derive(Clone, Copy)]
pub(in crate::desk) enum Yes<'y> {
    /// Nowhere: it's about to be asked for.
    Later,
    /// A yes to a plan holds for each of its accounts.
    Plan(Option<&'y str>),
    /// Each account has its own, for exactly what is shown of it.
    Each(&'y RequestStanding, &'y [AccountCard], Purpose),
}

/// A case file on a request, for one set of accounts after the other.
pub(in crate::desk) struct OpenFile<'r> {
    /// What was loaded.
    pub(in crate::desk) file: CaseFile,
    asking: Asking<'r>,
    spoken_of: SpokenOf<'r>,
}

impl<'r> OpenFile<'r> {
    /// Loads what holds for every account.
    pub(in crate::desk) async fn on(
        desk: &Desk<'_>,
        tx: &mut Tx,
        operator: &OperatorRow,
        asking: Asking<'r>,
    ) -> Result<Self> {
        let request = request_on_file(desk, tx, asking).await?;
        Ok(Self {
            file: case_file(desk, operator, Ground::Request(request)),
            spoken_of: SpokenOf::by(asking.request),
            asking,
        })
    }

    /// Loads these accounts, in the place of those before.
    pub(in crate::desk) async fn take(
        &mut self,
        desk: &Desk<'_>,
        tx: &mut Tx,
        usernames: &[String],
        yes: Yes<'_>,
    ) -> Result<Holders> {
        let request = self.asking.request;
        let holders = holders(desk, tx, Some(request.id), usernames).await?;
        let mut approved = approved_by(desk, tx, &holders, yes).await?;
        // What is refused whatever the mail says needs no look at it, and neither do the accounts of a plan that
        // another operator has approved: the mail may be compared with thousands of names.
        let approved_plan = matches!(yes, Yes::Plan(Some(_)));
        let may_count = request.verdict == Verdict::Verified || challenge_is_open(request);
        self.file.accounts.clear();
        for holder in holders.values() {
            let username = holder.account.username.clone();
            let approved_by = approved.remove(&username);
            let named =
                approved_plan || may_count && self.spoken_of.includes(desk, tx, &username).await?;
            let account = account_on_file(holder, named, approved_by);
            self.file.accounts.insert(username, account);
        }
        Ok(holders)
    }
}

/// Loads a request's case file for these accounts.
pub(in crate::desk) async fn load(
    desk: &Desk<'_>,
    tx: &mut Tx,
    operator: &OperatorRow,
    asking: Asking<'_>,
    usernames: &[String],
    yes: Yes<'_>,
) -> Result<(CaseFile, Holders)> {
    let mut open = OpenFile::on(desk, tx, operator, asking).await?;
    let holders = open.take(desk, tx, usernames, yes).await?;
    Ok((open.file, holders))
}

/// Loads the file of a break-glass case for its account.
pub(super) async fn load_case(
    desk: &Desk<'_>,
    tx: &mut Tx,
    operator: &OperatorRow,
    case: CaseOnFile,
    username: &Username,
) -> Result<CaseFile> {
    let mut file = case_file(desk, operator, Ground::Case(case));
    let holders = holders(desk, tx, None, &[username.to_string()]).await?;
    let accounts = holders.values().map(|holder| {
        let account = account_on_file(holder, false, None);
        (account.username.clone(), account)
    });
    file.accounts.extend(accounts);
    Ok(file)
}

/// Those of these accounts that this operator reaches, and how they stand towards a request.
pub(in crate::desk) async fn holders(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: Option<i64>,
    usernames: &[String],
) -> Result<Holders> {
    let found = tx.holders(&desk.reach, request, usernames, &desk.operator, desk.now);
    let found = found.await?.into_iter();
    Ok(found
        .map(|holder| (holder.account.username.to_string(), holder))
        .collect())
}

fn case_file(desk: &Desk<'_>, operator: &OperatorRow, ground: Ground) -> CaseFile {
    CaseFile {
        operator: Actor {
            login: operator.login.clone(),
            work_email: operator.work_email.clone(),
        },
        ground,
        limits: Limits {
            privileged_roles: desk.policy.privileged_roles.clone(),
            repeat_reset_days: desk.policy.repeat_reset_days,
        },
        accounts: HashMap::new(),
    }
}

async fn request_on_file(
    desk: &Desk<'_>,
    tx: &mut Tx,
    asking: Asking<'_>,
) -> Result<RequestOnFile> {
    let Asking {
        request,
        requesters,
        open_by,
        is_for_a_page,
    } = asking;
    let verified = if is_for_a_page {
        is_verified_on_file(tx, request).await?
    } else {
        is_verified(desk, tx, request, requesters).await?
    };
    let mut valid: Vec<&RequesterRow> = requesters.iter().collect();
    valid.retain(|requester| requester.is_valid(desk.now));
    let names = valid.iter().map(|requester| requester.name.clone());
    let names = names.collect();
    let reach = reach_of(tx, &valid).await?;
    let days = desk.policy.fresh_address_days;
    valid.retain(|requester| !requester.is_fresh(desk.now, days));
    Ok(RequestOnFile {
        id: request.id,
        verdict: request.verdict,
        verified,
        challenge_open: challenge_is_open(request),
        confirmed: request.confirmed_at.is_some(),
        expires_at: request.expires_at,
        from: request.from_address.clone(),
        names,
        reach,
        reach_of_old: reach_of(tx, &valid).await?,
        open_by: open_by.cloned(),
    })
}

/// A challenge can still prove it, and nobody has rejected it.
const fn challenge_is_open(request: &RequestRow) -> bool {
    request.challenge_open && request.rejected_at.is_none()
}

/// The organisations that these capacities reach (rule 2).
async fn reach_of(tx: &mut Tx, requesters: &[&RequesterRow]) -> Result<HashSet<i64>> {
    let mut reach: HashSet<i64> = requesters.iter().map(|r| r.organisation_id).collect();
    let above: Vec<i64> = requesters
        .iter()
        .filter(|requester| requester.capacity.reaches_below())
        .map(|requester| requester.organisation_id)
        .collect();
    reach.extend(tx.downwards(&above).await?);
    Ok(reach)
}

fn account_on_file(holder: &HolderRow, named: bool, approved_by: Option<String>) -> AccountOnFile {
    let account = &holder.account;
    let roles = holder.roles().map(|(at, _, role)| (at, role.to_owned()));
    AccountOnFile {
        id: account.id,
        username: account.username.clone(),
        name: account.name.clone(),
        work_email: account.work_email.clone(),
        blocked: account.status == AccountStatus::Blocked,
        roles: roles.collect(),
        reset_at: holder.reset_at,
        bound: holder.covered().map(|covered| Bound {
            covered,
            used_at: holder.used_at,
        }),
        named,
        open_by: holder.open_by(),
        approved_by,
    }
}

/// The accounts that another operator has approved, and who did.
async fn approved_by(
    desk: &Desk<'_>,
    tx: &mut Tx,
    holders: &Holders,
    yes: Yes<'_>,
) -> Result<HashMap<Username, String>> {
    let (request, cards, purpose) = match yes {
        Yes::Later | Yes::Plan(None) => return Ok(HashMap::new()),
        Yes::Plan(Some(by)) => {
            let usernames = holders.values().map(|h| h.account.username.clone());
            return Ok(usernames
                .map(|username| (username, by.to_owned()))
                .collect());
        }
        Yes::Each(request, cards, purpose) => (request, cards, purpose.as_str()),
    };
    let given = tx.account_approvals(&request.request.public_id, purpose);
    let given = given.await?;
    let mut approved = HashMap::new();
    for card in cards {
        let shown = shown(request, card, purpose);
        let own = given
            .iter()
            .filter(|(account, _)| *account == card.account.id);
        let own: Vec<_> = own.map(|(_, approval)| approval.clone()).collect();
        if let Some(yes) = standing(&own, &shown, &desk.operator, desk.now) {
            approved.insert(card.account.username.clone(), yes.by.clone());
        }
    }
    Ok(approved)
}
