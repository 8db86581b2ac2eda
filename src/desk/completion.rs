//! What a shell is given from the database while somebody types: names and ids, within the operator's reach. What tells of
//! people counts as a lookup, of which the first in a minute is an event.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;

use super::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;

/// How many are offered: more than fits a glance helps nobody, and a harvester.
const MOST: usize = 20;
/// A shorter word fits too many people.
const LEAST_OF_A_NAME: usize = 3;
/// How many of the newest are looked through.
const LOOKED_THROUGH: i64 = 200;
/// How long a search may take: nobody waits for Tab.
const TO_SEARCH: Duration = Duration::from_millis(500);
/// For how long one event stands for all that is offered.
const ONE_EVENT: SignedDuration = SignedDuration::from_mins(1);

/// What a word may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A username.
    Account,
    /// The id of a request that waits.
    Request,
    /// The id of a bulk plan that isn't over.
    Plan,
    /// The id of a break-glass case that waits.
    Case,
    /// A region's code.
    Region,
    /// An organisation's code.
    Organisation,
    /// An operator's login.
    Operator,
}

impl Wanted {
    /// What whoever looks for it must be allowed to do.
    const fn action(self) -> Action {
        match self {
            Self::Account => Action::AccountFind,
            Self::Request => Action::RequestRead,
            Self::Plan => Action::BulkRead,
            Self::Case => Action::CaseRead,
            Self::Region => Action::RegionRead,
            Self::Organisation => Action::OrganisationRead,
            Self::Operator => Action::OperatorRead,
        }
    }

    /// Whether it tells of holders and requesters.
    const fn is_a_lookup(self) -> bool {
        matches!(
            self,
            Self::Account | Self::Request | Self::Plan | Self::Case
        )
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Request => "request",
            Self::Plan => "plan",
            Self::Case => "case",
            Self::Region => "region",
            Self::Organisation => "organisation",
            Self::Operator => "operator",
        }
    }
}

/// A value that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The value.
    pub value: String,
    /// What it is: a name, a subject, a username.
    pub what: String,
    /// Since when it's there, where that tells which one is meant.
    pub since: Option<Timestamp>,
}

/// What the word `start` may become. Who isn't let in, may not look, or has reached a limit is offered nothing, and that is
/// written nowhere.
pub async fn completions(desk: &mut Desk<'_>, wanted: Wanted, start: &str) -> Result<Vec<Offered>> {
    let mut tx = desk.database.look().await?;
    if !desk.may_unnoticed(&mut tx, wanted.action()).await? {
        return Ok(Vec::new());
    }
    let mut offered = tx
        .bounded(TO_SEARCH, async |tx| look(desk, tx, wanted, start).await)
        .await?;
    offered.truncate(MOST);
    if offered.is_empty() || !wanted.is_a_lookup() {
        return Ok(offered);
    }
    let since = desk.now.plus(-ONE_EVENT);
    let is_known = tx.completed_since(&desk.operator, since).await?;
    drop(tx);
    if !is_known {
        let (tx, _) = desk.begin(Action::Completion).await?;
        let detail = json!({ "what": wanted.as_str(), "text": start, "found": offered.len() });
        let event = desk.event(Action::Completion, detail);
        desk.commit(tx, event).await?;
    }
    Ok(offered)
}

async fn look(desk: &Desk<'_>, tx: &mut Tx, wanted: Wanted, start: &str) -> Result<Vec<Offered>> {
    let (reach, now) = (&desk.reach, desk.now);
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let offered: Vec<_> = match wanted {
        Wanted::Account => {
            let start = start.to_lowercase();
            if start.chars().count() < LEAST_OF_A_NAME {
                return Ok(Vec::new());
            }
            let found = tx.usernames_from(reach, &start, most).await?;
            let found = found.into_iter();
            found
                .map(|found| offer(&found.username, found.name, None))
                .collect()
        }
        Wanted::Request => {
            let Some(start) = id_start('R', start) else {
                return Ok(Vec::new());
            };
            let found = tx.requests_to_offer(reach, &start, most, now).await?;
            let found = found.into_iter();
            found
                .map(|found| offer(&found.public_id, found.subject, Some(found.received_at)))
                .collect()
        }
        Wanted::Plan => {
            let mut plans = tx.plans(reach, None, LOOKED_THROUGH).await?;
            plans.retain(|plan| plan.cancelled_at.is_none() && plan.finished_at.is_none());
            let plans = plans.into_iter().filter_map(|plan| {
                let what = format!("{} {}, {}", plan.action, plan.total, plan.request);
                fits('P', start, plan.public_id.as_str())
                    .then(|| offer(&plan.public_id, what, Some(plan.made_at)))
            });
            plans.collect()
        }
        Wanted::Case => {
            let mut cases = tx.cases(reach, None, LOOKED_THROUGH).await?;
            cases.retain(|case| {
                case.completed_at.is_none() && case.cancelled_at.is_none() && case.expires_at > now
            });
            let cases = cases.into_iter().filter_map(|case| {
                let what = format!("{}, {}", case.username, case.started_by);
                fits('B', start, case.public_id.as_str())
                    .then(|| offer(&case.public_id, what, Some(case.started_at)))
            });
            cases.collect()
        }
        Wanted::Region => {
            let reached = tx.regions_reached(reach).await?;
            let regions = tx.regions(None).await?.into_iter().filter(|region| {
                let is_reached = reached
                    .as_ref()
                    .is_none_or(|own| own.contains(&region.code));
                is_reached && region.code.as_str().starts_with(start)
            });
            regions
                .map(|region| offer(&region.code, region.name, None))
                .collect()
        }
        Wanted::Organisation => {
            let found = tx.organisations_from(reach, start, most).await?;
            let found = found.into_iter();
            found.map(|(code, name)| offer(&code, name, None)).collect()
        }
        Wanted::Operator => {
            let operators = tx.operators(None).await?.into_iter();
            operators
                .filter(|operator| operator.login.starts_with(start))
                .map(|operator| offer(&operator.login, operator.role.to_string(), None))
                .collect()
        }
    };
    Ok(offered)
}

fn offer(value: &impl ToString, what: String, since: Option<Timestamp>) -> Offered {
    Offered {
        value: value.to_string(),
        what,
        since,
    }
}

/// The beginning of an id as it's kept, from what was typed of it: in any case, with or without its prefix. `None` where no id
/// begins like that.
fn id_start(kind: char, typed: &str) -> Option<String> {
    let typed = typed.to_ascii_uppercase();
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !typed.chars().all(is_id) {
        return None;
    }
    let prefix = format!("{kind}-");
    if prefix.starts_with(&typed) || typed.starts_with(&prefix) {
        Some(typed)
    } else {
        Some(prefix + &typed)
    }
}

fn fits(kind: char, typed: &str, id: &str) -> bool {
    id_start(kind, typed).is_some_and(|start| id.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_by_its_beginning_however_it_is_typed() {
        for typed in ["", "R", "r-", "R-4", "4k7", "r-4K7Q2"] {
            assert!(fits('R', typed, "R-4K7Q2"), "{typed}");
        }
        for typed in ["B-", "R-5", "%", "R_", "4K8", "j.jan"] {
            assert!(!fits('R', typed, "R-4K7Q2"), "{typed}");
        }
    }
}
