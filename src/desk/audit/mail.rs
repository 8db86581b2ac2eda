//! "Which schools' mail can't be proven yet, and who can switch it on?": how the mails of those on file
//! came out, by board and mail domain, judged from what is on record of each.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::enrollments::scope;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::directory::organisation::OrganisationKind;
use crate::domain::log::event::Action;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::judge::{Basis, RULE_VERSION, Unmet, judge, unmet};
use crate::domain::request::mail_audit::{MailCounts, MailTally, Missing};
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::mail::{MailPeriod, MailRow, PlaceRow};
use crate::store::{StoreError, Tx};

/// Which mails somebody wants counted.
#[derive(Clone, Debug, Default)]
pub struct MailOrder {
    /// From this instant on.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// Of requesters of this organisation, or below it.
    pub organisation: Option<OrganisationCode>,
    /// Of requesters in this region.
    pub region: Option<RegionCode>,
}

/// The audit.
#[derive(Clone, Debug)]
pub struct MailAudit {
    /// Where the period begins, if anywhere.
    pub since: Option<Timestamp>,
    /// Where it ends.
    pub until: Timestamp,
    /// By board and domain, those with the most mails that weren't proven first.
    pub rows: Vec<DomainMails>,
    /// How many mails came from nobody on file; nothing where an organisation was asked for.
    pub strangers: Option<i64>,
    /// How many mails of people on file were erased or have a record that can't be read, so that nothing more is known of
    /// them.
    pub erased: u64,
}

/// The mails of one domain, of requesters of one board.
#[derive(Clone, Debug)]
pub struct DomainMails {
    /// The board's code; the organisation's own where it has no board.
    pub organisation: OrganisationCode,
    /// What it's called.
    pub name: String,
    /// The domain that From named.
    pub domain: String,
    /// How they came out.
    pub counts: MailCounts,
    /// What kept some from being proven.
    pub missing: Vec<Missing>,
}

/// Counts the mails of a period.
pub async fn audit_mail(desk: &mut Desk<'_>, order: &MailOrder) -> Result<MailAudit> {
    let (mut tx, _) = desk.begin(Action::AuditMail).await?;
    let period = period(desk, &mut tx, order).await?;
    drop(tx);
    // A look of its own: a pass over a quarter's mails keeps nobody from writing.
    let mut look = desk.database.look().await?;
    let boards = Boards::of(look.places().await?);
    let (rows, erased) = count(&mut look, &period, &boards).await?;
    let strangers = match order.organisation {
        Some(_) => None,
        None => Some(look.count_mails_of_strangers(&period).await?),
    };
    drop(look);
    let (tx, _) = desk.begin(Action::AuditMail).await?;
    let detail = json!({
        "since": order.since,
        "until": order.until,
        "organisation": order.organisation,
        "region": order.region,
        "mails": rows.iter().map(|row| row.counts.mails).sum::<u64>(),
    });
    let event = desk.event(Action::AuditMail, detail);
    desk.commit(tx, event).await?;
    Ok(MailAudit {
        since: order.since,
        until: order.until.unwrap_or(desk.now),
        rows,
        strangers,
        erased,
    })
}

async fn period(desk: &Desk<'_>, tx: &mut Tx, order: &MailOrder) -> Result<MailPeriod> {
    let (scope, _) = scope(desk, tx, order.region.as_slice()).await?;
    let organisation = match &order.organisation {
        None => None,
        Some(code) => {
            let found = tx.organisations(&desk.reach, Some(code), None, 1).await?;
            let missing = || Error::NotFound {
                what: "organisation",
                name: code.to_string(),
                nearest: None,
            };
            Some(found.first().ok_or_else(missing)?.id)
        }
    };
    Ok(MailPeriod {
        since: order.since,
        until: order.until,
        organisation,
        scope,
    })
}

/// One mail at a time; what is kept grows with boards and their domains alone.
async fn count(
    look: &mut Tx,
    period: &MailPeriod,
    boards: &Boards,
) -> Result<(Vec<DomainMails>, u64)> {
    let mut tallies: BTreeMap<(i64, String), MailTally> = BTreeMap::new();
    let mut erased = 0;
    let take = |row: MailRow| {
        let from = row.from_address.as_deref();
        let Some((_, domain)) = from.and_then(|from| from.rsplit_once('@')) else {
            erased += 1;
            return Ok(());
        };
        let key = (boards.above(row.organisation_id), domain.to_owned());
        let Ok((verdict, lacks)) = came_out(&row) else {
            erased += 1;
            return Ok(());
        };
        let tally = tallies.entry(key).or_default();
        tally.count(verdict, lacks);
        Ok::<_, StoreError>(())
    };
    look.each_mail_of_requesters(period, take).await?;
    let mut rows: Vec<DomainMails> = tallies
        .into_iter()
        .filter_map(|((board, domain), tally)| {
            let place = boards.places.get(&board)?;
            Some(DomainMails {
                organisation: place.code.clone(),
                name: place.name.clone(),
                domain,
                counts: tally.counts(),
                missing: tally.missing(),
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        let unproven = |row: &DomainMails| row.counts.mails - row.counts.verified;
        let by_count = unproven(b).cmp(&unproven(a));
        by_count.then_with(|| (&a.organisation, &a.domain).cmp(&(&b.organisation, &b.domain)))
    });
    Ok((rows, erased))
}

/// How a mail came out by itself, and what it lacked to be proven.
fn came_out(row: &MailRow) -> std::result::Result<(Verdict, Vec<Unmet>), StoreError> {
    let on_file = row.verdict.parse().unwrap_or(Verdict::Rejected);
    if row.rule_version != RULE_VERSION {
        // An older record lacks what these rules look at.
        return Ok((on_file, Vec::new()));
    }
    let (evidence, basis) = (read::<Evidence>(&row.evidence)?, read::<Basis>(&row.facts)?);
    let (facts, at) = (&basis.facts, row.received_at);
    let was_decided = row.confirmed_at.is_some() || row.rejected_at.is_some();
    // What people decided afterwards isn't how the mail came out.
    let verdict = if was_decided {
        judge(&evidence, facts, &basis.policy, at).verdict
    } else {
        on_file
    };
    Ok((verdict, unmet(&evidence, facts, at)))
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> std::result::Result<T, StoreError> {
    serde_json::from_str(json)
        .map_err(|error| StoreError::Corrupt(format!("what is on record of a mail: {error}")))
}

/// Which board an organisation is of.
struct Boards {
    places: HashMap<i64, PlaceRow>,
}

impl Boards {
    fn of(places: Vec<PlaceRow>) -> Self {
        let places = places.into_iter().map(|place| (place.id, place)).collect();
        Self { places }
    }

    /// The nearest board, upward from this organisation; itself where there is none.
    fn above(&self, organisation: i64) -> i64 {
        let parent = |place: &&PlaceRow| self.places.get(&place.parent_id?);
        let upward = std::iter::successors(self.places.get(&organisation), parent);
        // Nothing is so deep; a ring would have no end.
        let mut upward = upward.take(self.places.len());
        let board = upward.find(|place| place.kind == OrganisationKind::Board);
        board.map_or(organisation, |place| place.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: i64, kind: OrganisationKind, parent_id: Option<i64>) -> PlaceRow {
        PlaceRow {
            id,
            code: format!("org-{id}").parse().unwrap(),
            kind,
            name: String::new(),
            parent_id,
        }
    }

    #[test]
    fn a_school_counts_for_its_board_and_what_has_none_for_itself() {
        let boards = Boards::of(vec![
            place(1, OrganisationKind::Consortium, None),
            place(2, OrganisationKind::Board, Some(1)),
            place(3, OrganisationKind::School, Some(2)),
            place(4, OrganisationKind::School, None),
            place(5, OrganisationKind::School, Some(6)),
            place(6, OrganisationKind::School, Some(5)),
        ]);
        for (organisation, board) in [(1, 1), (2, 2), (3, 2), (4, 4), (5, 5), (6, 6)] {
            assert_eq!(boards.above(organisation), board);
        }
    }
}
