//! "Who in my region still has no 2FA?": counts over every account, and what is worth a second look.

use jiff::SignedDuration;
use serde_json::json;

use crate::desk::{Desk, Error, Result};
use crate::domain::code::RegionCode;
use crate::domain::log::enrollments::{Counts, Finding, GroupBy, REPEAT_DAYS};
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::directory::RegionRow;
use crate::store::log::{AuditScope, FoundRow};

/// The audit.
#[derive(Clone, Debug)]
pub struct EnrollmentAudit {
    /// The instant that it's about.
    pub at: Timestamp,
    /// What was counted by.
    pub by: GroupBy,
    /// The regions that it was narrowed to; nothing for every account.
    pub regions: Option<Vec<RegionCode>>,
    /// Each account once.
    pub totals: Counts,
    /// An account counts in each of its groups.
    pub groups: Vec<Group>,
    /// What was found, and of how many.
    pub findings: Vec<(Finding, i64)>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its code; nothing for accounts without a role.
    pub code: Option<String>,
    /// What it's called.
    pub name: String,
    /// Its accounts.
    pub counts: Counts,
}

/// Counts the accounts of these regions (all that the operator reaches when there are none).
pub async fn audit_enrollments(
    desk: &mut Desk<'_>,
    by: GroupBy,
    regions: &[RegionCode],
) -> Result<EnrollmentAudit> {
    let (tx, _) = desk.begin(Action::AuditEnrollments).await?;
    drop(tx);
    // A look of its own: a pass over a million accounts keeps nobody from writing.
    let mut look = desk.database.look().await?;
    let (scope, narrowed) = scope(desk, &mut look, regions).await?;
    let (totals, counted) = look.count_enrollments(by, &scope).await?;
    let mut groups = name_groups(&mut look, by, counted).await?;
    groups.sort_by(|a, b| (a.code.is_none(), &a.code).cmp(&(b.code.is_none(), &b.code)));
    let mut findings = Vec::new();
    for finding in Finding::ALL {
        let count = match finding {
            Finding::Overdue => totals.overdue,
            Finding::RecoveryMissing => totals.recovery_missing,
            Finding::Locked => totals.locked,
            Finding::NeverUsed => totals.never_used,
            Finding::WeakSecret => totals.weak_secret,
            other => look.count_finding(*other, &scope, recently(desk)).await?,
        };
        findings.push((*finding, count));
    }
    drop(look);
    let (tx, _) = desk.begin(Action::AuditEnrollments).await?;
    let detail = json!({ "by": by, "regions": narrowed, "accounts": totals.accounts });
    let event = desk.event(Action::AuditEnrollments, detail);
    desk.commit(tx, event).await?;
    Ok(EnrollmentAudit {
        at: desk.now,
        by,
        regions: narrowed,
        totals,
        groups,
        findings,
    })
}

/// The first `limit` that a finding is about, and how many there are. Who is listed isn't in the event:
/// the log names no more people than it must.
pub async fn list_finding(
    desk: &mut Desk<'_>,
    finding: Finding,
    regions: &[RegionCode],
    limit: u32,
) -> Result<(i64, Vec<FoundRow>)> {
    let (mut tx, _) = desk.begin(Action::AuditFinding).await?;
    let (scope, narrowed) = scope(desk, &mut tx, regions).await?;
    let count = tx.count_finding(finding, &scope, recently(desk)).await?;
    let listed = tx
        .list_finding(finding, &scope, recently(desk), i64::from(limit))
        .await?;
    let detail = json!({
        "finding": finding,
        "regions": narrowed,
        "count": count,
        "listed": listed.len(),
    });
    let event = desk.event(Action::AuditFinding, detail);
    desk.commit(tx, event).await?;
    Ok((count, listed))
}

fn recently(desk: &Desk<'_>) -> Timestamp {
    desk.now.plus(SignedDuration::from_hours(-24 * REPEAT_DAYS))
}

/// The regions that were asked for and are reached; a region out of reach doesn't exist.
pub(in crate::desk) async fn scope(
    desk: &Desk<'_>,
    tx: &mut Tx,
    asked: &[RegionCode],
) -> Result<(AuditScope, Option<Vec<RegionCode>>)> {
    let reached = tx.regions_reached(&desk.reach).await?;
    if asked.is_empty() && reached.is_none() {
        let scope = AuditScope {
            regions: None,
            now: desk.now,
        };
        return Ok((scope, None));
    }
    let mut regions = tx.regions(None).await?;
    regions.retain(|region| {
        reached
            .as_ref()
            .is_none_or(|codes| codes.contains(&region.code))
    });
    let missing = asked
        .iter()
        .find(|code| !regions.iter().any(|region| region.code == **code));
    if let Some(code) = missing {
        return Err(Error::NotFound {
            what: "region",
            name: code.to_string(),
            nearest: None,
        });
    }
    regions.retain(|region| asked.is_empty() || asked.contains(&region.code));
    let scope = AuditScope {
        regions: Some(regions.iter().map(|region| region.id).collect()),
        now: desk.now,
    };
    Ok((
        scope,
        Some(regions.into_iter().map(|region| region.code).collect()),
    ))
}

async fn name_groups(
    tx: &mut Tx,
    by: GroupBy,
    counted: Vec<(String, Counts)>,
) -> Result<Vec<Group>> {
    let names: Vec<(i64, String, String)> = match by {
        GroupBy::Region => {
            let told = |RegionRow { id, code, name, .. }| (id, String::from(code.as_str()), name);
            tx.regions(None).await?.into_iter().map(told).collect()
        }
        GroupBy::Organisation => tx.organisation_names().await?,
        GroupBy::Role => Vec::new(),
    };
    let names: std::collections::HashMap<String, (String, String)> = names
        .into_iter()
        .map(|(id, code, name)| (id.to_string(), (code, name)))
        .collect();
    let group = |(key, counts): (String, Counts)| {
        let (code, name) = match names.get(&key) {
            Some((code, name)) => (Some(code.clone()), name.clone()),
            None if key.is_empty() => (None, String::new()),
            None => (Some(key.clone()), key),
        };
        Group { code, name, counts }
    };
    let groups = counted
        .into_iter()
        .filter(|(_, counts)| counts.accounts > 0);
    Ok(groups.map(group).collect())
}
