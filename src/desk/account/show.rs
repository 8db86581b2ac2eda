//! Looking things up. Each look is an event too (rule 11).

use serde_json::{Value, json};

use crate::desk::{Desk, Error, Result};
use crate::domain::account::RecoveryCodeState;
use crate::domain::account::shared_login::SharedSign;
use crate::domain::code::{OrganisationCode, RegionCode, Username};
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::account::{AccountRow, RoleRow};
use crate::store::directory::{OrganisationRow, RegionRow, RequesterRow};
use crate::store::log::{EventFilter, EventRow};

/// An account with all that an operator sees of it.
#[derive(Clone, Debug)]
pub struct AccountCard {
    /// The account.
    pub account: AccountRow,
    /// Its roles.
    pub roles: Vec<RoleRow>,
    /// Its recovery code.
    pub recovery_code: RecoveryCodeState,
    /// What speaks for its being shared.
    pub signs: Vec<SharedSign>,
    /// A colleague who has it open in a changing step, and since when.
    pub open_by: Option<(String, Timestamp)>,
}

impl AccountCard {
    /// The address of the desk that it belongs to.
    pub(in crate::desk) fn desk_address(&self) -> &str {
        let first = self.roles.first();
        first.map_or("", |role| role.desk_address.as_str())
    }
}

/// An organisation with its domains and requesters.
#[derive(Clone, Debug)]
pub struct OrganisationCard {
    /// The organisation.
    pub organisation: OrganisationRow,
    /// Its mail domains.
    pub domains: Vec<String>,
    /// Who may ask for it.
    pub requesters: Vec<RequesterRow>,
}

/// The account with exactly that username.
pub async fn show_account(desk: &mut Desk<'_>, username: &Username) -> Result<AccountCard> {
    let (mut tx, _) = desk.begin(Action::AccountShow).await?;
    let card = account_card(desk, &mut tx, username).await?;
    let mut event = desk.event(Action::AccountShow, json!({}));
    event.account = Some(card.account.id);
    desk.commit(tx, event).await?;
    Ok(card)
}

/// Every event of an account, newest first.
pub async fn account_history(
    desk: &mut Desk<'_>,
    username: &Username,
    limit: u32,
) -> Result<Vec<EventRow>> {
    let (mut tx, _) = desk.begin(Action::AccountHistory).await?;
    let account = existing_account(desk, &mut tx, username).await?;
    let filter = EventFilter {
        account: Some(account.id),
        ..EventFilter::default()
    };
    let events = tx.last_events(&filter, i64::from(limit)).await?;
    let mut event = desk.event(Action::AccountHistory, json!({ "events": events.len() }));
    event.account = Some(account.id);
    desk.commit(tx, event).await?;
    Ok(events)
}

/// The account, where this operator reaches it: outside the operator's regions it doesn't exist.
pub(in crate::desk) async fn existing_account(
    desk: &Desk<'_>,
    tx: &mut Tx,
    username: &Username,
) -> Result<AccountRow> {
    match tx.account(&desk.reach, username).await? {
        Some(account) => Ok(account),
        None => Err(no_account(desk, tx, username).await?),
    }
}

pub(super) async fn no_account(desk: &Desk<'_>, tx: &mut Tx, username: &Username) -> Result<Error> {
    let name = username.to_string();
    let nearest = tx.username_near(&desk.reach, &name).await?;
    Ok(Error::NotFound {
        what: "account",
        name,
        nearest,
    })
}

pub(in crate::desk) async fn account_card(
    desk: &Desk<'_>,
    tx: &mut Tx,
    username: &Username,
) -> Result<AccountCard> {
    match account_card_if_any(desk, tx, username).await? {
        Some(card) => Ok(card),
        None => Err(no_account(desk, tx, username).await?),
    }
}

/// The account with all that is shown of it.
pub(in crate::desk) async fn account_card_if_any(
    desk: &Desk<'_>,
    tx: &mut Tx,
    username: &Username,
) -> Result<Option<AccountCard>> {
    let seen = tx.account_seen(&desk.reach, username, &desk.operator, desk.now);
    let Some(seen) = seen.await? else {
        return Ok(None);
    };
    Ok(Some(AccountCard {
        roles: tx.roles(seen.account.id).await?,
        recovery_code: seen.recovery_code(desk.now),
        open_by: seen.open_by(),
        signs: seen.account.signs(),
        account: seen.account,
    }))
}

/// Every region, or the one with that code.
pub async fn regions(desk: &mut Desk<'_>, code: Option<&RegionCode>) -> Result<Vec<RegionRow>> {
    let (mut tx, _) = desk.begin(Action::RegionRead).await?;
    let mut regions = tx.regions(code).await?;
    if let Some(reached) = tx.regions_reached(&desk.reach).await? {
        regions.retain(|region| reached.contains(&region.code));
    }
    refuse_missing("region", code.filter(|_| regions.is_empty()))?;
    let event = desk.event(Action::RegionRead, json!({ "code": code }));
    desk.commit(tx, event).await?;
    Ok(regions)
}

/// Every region, for the page that the login screen links to: where a desk gets its mail is public, whomever
/// the operator reaches.
pub async fn every_desk(desk: &mut Desk<'_>) -> Result<Vec<RegionRow>> {
    let (mut tx, _) = desk.begin(Action::RegionRead).await?;
    let regions = tx.regions(None).await?;
    let event = desk.event(Action::RegionRead, json!({ "page": true }));
    desk.commit(tx, event).await?;
    Ok(regions)
}

/// The organisations of a region, or all.
pub async fn organisations(
    desk: &mut Desk<'_>,
    region: Option<&RegionCode>,
    limit: u32,
) -> Result<Vec<OrganisationRow>> {
    let (mut tx, _) = desk.begin(Action::OrganisationRead).await?;
    let found = tx
        .organisations(&desk.reach, None, region, i64::from(limit))
        .await?;
    let detail = json!({ "region": region, "found": found.len() });
    let event = desk.event(Action::OrganisationRead, detail);
    desk.commit(tx, event).await?;
    Ok(found)
}

/// The organisation with exactly that code.
pub async fn show_organisation(
    desk: &mut Desk<'_>,
    code: &OrganisationCode,
) -> Result<OrganisationCard> {
    let (mut tx, _) = desk.begin(Action::OrganisationRead).await?;
    let organisation = tx
        .organisations(&desk.reach, Some(code), None, 1)
        .await?
        .pop();
    refuse_missing("organisation", organisation.is_none().then_some(code))?;
    let Some(organisation) = organisation else {
        return Err(missing("organisation", code));
    };
    let domains = tx.domains_of(organisation.id).await?;
    let requesters = tx.requesters(&desk.reach, None, Some(code), 1_000).await?;
    let event = desk.event(Action::OrganisationRead, json!({ "code": code }));
    desk.commit(tx, event).await?;
    Ok(OrganisationCard {
        organisation,
        domains,
        requesters,
    })
}

/// The requesters of an organisation, with an address, or all.
pub async fn requesters(
    desk: &mut Desk<'_>,
    address: Option<&str>,
    organisation: Option<&OrganisationCode>,
    limit: u32,
) -> Result<Vec<RequesterRow>> {
    let (mut tx, _) = desk.begin(Action::RequesterRead).await?;
    let address = address.map(str::to_lowercase);
    let found = tx
        .requesters(
            &desk.reach,
            address.as_deref(),
            organisation,
            i64::from(limit),
        )
        .await?;
    refuse_missing("requester", address.as_ref().filter(|_| found.is_empty()))?;
    let detail: Value =
        json!({ "address": address, "organisation": organisation, "found": found.len() });
    let event = desk.event(Action::RequesterRead, detail);
    desk.commit(tx, event).await?;
    Ok(found)
}

fn refuse_missing(what: &'static str, missing_name: Option<&impl ToString>) -> Result<()> {
    missing_name.map_or(Ok(()), |name| Err(missing(what, name)))
}

pub(in crate::desk) fn missing(what: &'static str, name: &impl ToString) -> Error {
    Error::NotFound {
        what,
        name: name.to_string(),
        nearest: None,
    }
}
