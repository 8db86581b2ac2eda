//! `balie region add` and `balie org add`: one place, where an import brings many.

use serde_json::json;

use crate::desk::account::OrganisationCard;
use crate::desk::account::missing;
use crate::desk::{Desk, Error, Result};
use crate::domain::account::person_name::DisplayName;
use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::directory::address::{MailDomain, WorkAddress};
use crate::domain::directory::organisation::OrganisationKind;
use crate::domain::directory::private_domain::is_private;
use crate::domain::log::event::Action;
use crate::store::directory::RegionRow;

/// A region to be put on file.
#[derive(Debug)]
pub struct NewRegion {
    /// Its code.
    pub code: RegionCode,
    /// What it's called.
    pub name: DisplayName,
    /// Where its desk gets its mail.
    pub servicedesk_address: WorkAddress,
}

/// An organisation to be put on file.
#[derive(Debug)]
pub struct NewOrganisation {
    /// Its code.
    pub code: OrganisationCode,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// What it's called.
    pub name: DisplayName,
    /// Its region.
    pub region: RegionCode,
    /// The organisation above it.
    pub parent: Option<OrganisationCode>,
    /// Its own mail domains.
    pub mail_domains: Vec<MailDomain>,
}

/// Puts a region on file.
pub async fn add_region(
    desk: &mut Desk<'_>,
    new: &NewRegion,
    dry_run: bool,
) -> Result<Vec<RegionRow>> {
    let (mut tx, _) = desk.begin(Action::RegionAdd).await?;
    let NewRegion {
        code,
        name,
        servicedesk_address,
    } = new;
    if is_private(&servicedesk_address.domain()) {
        return Err(Error::Invalid {
            message: format!("anyone can get an address such as {servicedesk_address}"),
            hint: "pass the desk's own address".into(),
        });
    }
    if !tx
        .add_region(code, name.as_str(), servicedesk_address)
        .await?
        .took()
    {
        return Err(Error::Invalid {
            message: format!(
                "a region with the code {code} or the address {servicedesk_address} is already on file"
            ),
            hint: "see `balie region list`".into(),
        });
    }
    let on_file = tx.regions(Some(code)).await?;
    if !dry_run {
        let detail = json!({ "code": code, "name": name.as_str(), "servicedesk_address": servicedesk_address });
        let event = desk.event(Action::RegionAdd, detail);
        desk.commit(tx, event).await?;
    }
    Ok(on_file)
}

/// Puts an organisation on file. Its mail domains are its own: private ones are refused (rule 8).
pub async fn add_organisation(
    desk: &mut Desk<'_>,
    new: &NewOrganisation,
    dry_run: bool,
) -> Result<OrganisationCard> {
    let (mut tx, _) = desk.begin(Action::OrganisationAdd).await?;
    if let Some(domain) = new.mail_domains.iter().find(|domain| is_private(domain)) {
        return Err(Error::Invalid {
            message: format!("anyone can get an address in {domain}"),
            hint: "pass the organisation's own mail domains".into(),
        });
    }
    let region = tx.regions(Some(&new.region)).await?.pop();
    let region = region.ok_or_else(|| missing("region", &new.region))?;
    let mut parent_id = None;
    if let Some(parent) = &new.parent {
        let found = tx.organisations(&desk.reach, Some(parent), None, 1).await?;
        let found = found
            .first()
            .ok_or_else(|| missing("organisation", parent))?;
        parent_id = Some(found.id);
    }
    let NewOrganisation {
        code, kind, name, ..
    } = new;
    let place = (region.id, parent_id);
    if !tx
        .add_organisation(code, *kind, name.as_str(), place, &new.mail_domains)
        .await?
        .took()
    {
        return Err(Error::Invalid {
            message: format!("{code} is already on file"),
            hint: format!("see `balie org show {code}`"),
        });
    }
    let found = tx
        .organisations(&desk.reach, Some(code), None, 1)
        .await?
        .pop();
    let organisation = found.ok_or_else(|| missing("organisation", code))?;
    let domains = tx.domains_of(organisation.id).await?;
    if !dry_run {
        let detail = json!({
            "code": code,
            "kind": kind,
            "name": name.as_str(),
            "region": new.region,
            "parent": new.parent,
            "mail_domains": domains,
        });
        let event = desk.event(Action::OrganisationAdd, detail);
        desk.commit(tx, event).await?;
    }
    Ok(OrganisationCard {
        organisation,
        domains,
        requesters: Vec::new(),
    })
}
