//! `balie requester add|end|review`, and who is due for a yearly look.

use jiff::SignedDuration;
use serde_json::json;

use crate::desk::account::missing;
use crate::desk::{Desk, Error, Result};
use crate::domain::account::person_name::DisplayName;
use crate::domain::code::OrganisationCode;
use crate::domain::directory::address::WorkAddress;
use crate::domain::directory::capacity::Capacity;
use crate::domain::directory::private_domain::is_private;
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::directory::RequesterRow;

/// How often a requester is looked at again, in days (NIST SP 800-63B-4 §4.2.1.3).
const REVIEW_DAYS: i64 = 365;

/// Somebody to be put on file.
#[derive(Debug)]
pub struct NewRequester {
    /// The work address.
    pub work_email: WorkAddress,
    /// The name.
    pub name: DisplayName,
    /// In what capacity.
    pub capacity: Capacity,
    /// For which organisation.
    pub organisation: OrganisationCode,
    /// From when on; from now where it isn't said.
    pub valid_from: Option<Timestamp>,
    /// Until when: for somebody who acts for a while.
    pub valid_until: Option<Timestamp>,
}

/// Puts a requester on file. The address is fresh: for some days it can't authorise alone (rule 9).
pub async fn add_requester(
    desk: &mut Desk<'_>,
    new: &NewRequester,
    dry_run: bool,
) -> Result<Vec<RequesterRow>> {
    let (mut tx, _) = desk.begin(Action::RequesterAdd).await?;
    let code = &new.organisation;
    let found = tx
        .organisations(&desk.reach, Some(code), None, 1)
        .await?
        .pop();
    let organisation = found.ok_or_else(|| missing("organisation", code))?;
    if !is_work_address(&mut tx, organisation.id, &new.work_email).await? {
        return Err(Error::Invalid {
            message: format!("{} isn't a work address of {code}", new.work_email),
            hint: format!(
                "it must be in a mail domain of {code} or of an organisation above it: see `balie org show {code}`"
            ),
        });
    }
    if new
        .valid_from
        .zip(new.valid_until)
        .is_some_and(|(from, until)| until <= from)
    {
        return Err(Error::Invalid {
            message: "the last day comes before the first".into(),
            hint: "pass a later day with --until than with --from".into(),
        });
    }
    if new.valid_until.is_some_and(|until| until <= desk.now) {
        return Err(Error::Invalid {
            message: "the last day has already passed".into(),
            hint: "pass a future day with --until".into(),
        });
    }
    if !tx
        .add_requester(new.row(organisation.id), desk.now)
        .await?
        .took()
    {
        return Err(Error::Invalid {
            message: format!(
                "{} is already on file as {} of {code}",
                new.work_email, new.capacity
            ),
            hint: format!("see `balie requester show {}`", new.work_email),
        });
    }
    let address = Some(new.work_email.as_str());
    let on_file = tx.requesters(&desk.reach, address, None, 100).await?;
    if dry_run {
        return Ok(on_file);
    }
    let detail = json!({
        "work_email": new.work_email,
        "name": new.name.as_str(),
        "capacity": new.capacity,
        "organisation": code,
        "valid_from": new.valid_from,
        "valid_until": new.valid_until,
    });
    let event = desk.event(Action::RequesterAdd, detail);
    desk.commit(tx, event).await?;
    Ok(on_file)
}

impl NewRequester {
    fn row(&self, organisation: i64) -> crate::store::directory::RequesterToAdd<'_> {
        crate::store::directory::RequesterToAdd {
            work_email: &self.work_email,
            name: self.name.as_str(),
            capacity: self.capacity,
            organisation,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        }
    }
}

/// Rule 8: a mail domain of the organisation or of one above it, and never a private one.
async fn is_work_address(tx: &mut Tx, organisation: i64, address: &WorkAddress) -> Result<bool> {
    if is_private(&address.domain()) {
        return Ok(false);
    }
    for above in tx.upwards(organisation).await? {
        if tx
            .domains_of(above)
            .await?
            .iter()
            .any(|own| own == address.domain_str())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Ends what is on file under an address, for one organisation or all: from now on it may not ask.
pub async fn end_requester(
    desk: &mut Desk<'_>,
    address: &str,
    organisation: Option<&OrganisationCode>,
    dry_run: bool,
) -> Result<Vec<RequesterRow>> {
    change(desk, Action::RequesterEnd, address, organisation, dry_run).await
}

/// Notes that what is on file under an address is right as it stands.
pub async fn review_requester(
    desk: &mut Desk<'_>,
    address: &str,
    organisation: Option<&OrganisationCode>,
    dry_run: bool,
) -> Result<Vec<RequesterRow>> {
    change(
        desk,
        Action::RequesterReview,
        address,
        organisation,
        dry_run,
    )
    .await
}

async fn change(
    desk: &mut Desk<'_>,
    action: Action,
    address: &str,
    organisation: Option<&OrganisationCode>,
    dry_run: bool,
) -> Result<Vec<RequesterRow>> {
    let address = address.to_lowercase();
    let (mut tx, _) = desk.begin(action).await?;
    let on_file = tx
        .requesters(&desk.reach, Some(&address), organisation, 100)
        .await?;
    let ids: Vec<i64> = on_file
        .iter()
        .filter(|requester| requester.ended_at.is_none())
        .map(|requester| requester.id)
        .collect();
    if ids.is_empty() {
        return Err(Error::NotFound {
            what: "requester",
            name: address,
            nearest: None,
        });
    }
    for id in &ids {
        if action == Action::RequesterEnd {
            tx.end_requester(*id, desk.now).await?;
        } else {
            tx.requester_reviewed(*id, &desk.operator, desk.now).await?;
        }
    }
    let changed = tx
        .requesters(&desk.reach, Some(&address), organisation, 100)
        .await?;
    if dry_run {
        return Ok(changed);
    }
    let detail =
        json!({ "work_email": address, "organisation": organisation, "entries": ids.len() });
    let event = desk.event(action, detail);
    desk.commit(tx, event).await?;
    Ok(changed)
}

/// Requesters whom nobody has looked at for a year.
pub async fn requesters_due(
    desk: &mut Desk<'_>,
    organisation: Option<&OrganisationCode>,
    limit: u32,
) -> Result<Vec<RequesterRow>> {
    let (mut tx, _) = desk.begin(Action::RequesterRead).await?;
    let before = desk.now.plus(SignedDuration::from_hours(-24 * REVIEW_DAYS));
    let due = tx
        .requesters_due(
            &desk.reach,
            organisation,
            before,
            desk.now,
            i64::from(limit),
        )
        .await?;
    let detail = json!({ "due": due.len(), "organisation": organisation });
    let event = desk.event(Action::RequesterRead, detail);
    desk.commit(tx, event).await?;
    Ok(due)
}
