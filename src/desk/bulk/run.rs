//! A plan that is about to be carried out: checked as a whole before a row of it is.

use std::collections::HashMap;

use data_encoding::HEXLOWER;

use super::approval::approval;
use super::plan::{each_plan_row, existing_plan, is_other_plan, needs_approval};
use super::reasons::reasons_of;
use crate::desk::lease::turn_away;
use crate::desk::request::request_of;
use crate::desk::{Desk, Error, Result, Unapproved};
use crate::domain::bulk::plan::{PlanHash, PlanId, RowState};
use crate::domain::bulk::work::{PlanWork, Road};
use crate::domain::code::RegionCode;
use crate::domain::log::event::{Action, Hash};
use crate::domain::refusal::Refusal;
use crate::domain::request::verdict::Verdict;
use crate::domain::reset::not_done::Held;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::store::bulk::PlanRow;
use crate::store::directory::RegionRow;
use crate::store::operator::Leased;
use crate::store::{StoreError, Tx};
use crate::vault::{Hasher, PasswordHash, Vault};

/// How many rows a transaction takes. Memory is bounded by it, and so is the wait after an interrupt.
const BATCH: i64 = 500;

/// How many where recovery codes are issued: so many take about a second to hash.
const BATCH_OF_CODES: i64 = 100;

/// A plan that may be carried out, with what holds for the whole run.
pub struct Run {
    pub(in crate::desk) plan: PlanRow,
    pub(in crate::desk) work: PlanWork,
    pub(in crate::desk) vault: Vault,
    desks: HashMap<RegionCode, String>,
    /// What organisations are called, where letters are addressed to them.
    pub(in crate::desk) places: HashMap<i64, String>,
    /// The second operator, where there is one.
    pub(in crate::desk) approved_by: Option<String>,
    pub(in crate::desk) claimant: String,
    /// The last row that this run has told about.
    pub(in crate::desk) after: i64,
    pub(super) rehearsal: bool,
    /// Codes that were drawn ahead.
    pub(super) codes: Vec<Drawn>,
    pub(super) hasher: Hasher,
}

impl Run {
    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &PlanRow {
        &self.plan
    }

    /// What is done to each account, and by which road.
    #[must_use]
    pub const fn work(&self) -> &PlanWork {
        &self.work
    }

    /// The address of a region's desk.
    pub(super) fn desk_of(&self, region: Option<&RegionCode>) -> &str {
        region
            .and_then(|region| self.desks.get(region))
            .map_or("", String::as_str)
    }

    /// How many rows a transaction takes.
    pub(in crate::desk) const fn batch(&self) -> i64 {
        match self.work {
            PlanWork::Reset => BATCH,
            PlanWork::Reissue(_) => BATCH_OF_CODES,
        }
    }
}

/// Checks that this plan may be carried out at all, and that its rows are those that were planned. With
/// `hash`, only that very plan.
pub async fn open_plan(
    desk: &mut Desk<'_>,
    id: &PlanId,
    hash: Option<&str>,
    dry_run: bool,
) -> Result<Run> {
    let (mut tx, operator) = desk.begin(Action::BulkApply).await?;
    let plan = existing_plan(desk, &mut tx, id).await?;
    let work = plan.work()?;
    tx = desk.let_plan(tx, Action::BulkApply, work.action()).await?;
    let mut places = HashMap::new();
    if work.road() == Some(&Road::Letter) {
        let names = tx.organisation_names().await?;
        places.extend(names.into_iter().map(|(id, _, name)| (id, name)));
    }
    let vault = desk.vault(&mut tx).await?;
    let desks = desk_addresses(&mut tx).await?;
    let approved = approval(desk, &mut tx, &plan).await?;
    let (request, _) = request_of(desk, &mut tx, &plan.request).await?;
    let is_verified = request.verdict == Verdict::Verified;
    let leased = Leased::Request(plan.request_id);
    let open_by = tx.leased_by_other(leased, &desk.operator, desk.now).await?;
    if let Some(held) = Held::new("request", open_by.as_ref()) {
        let request = Some(&plan.request);
        return turn_away(desk, tx, Action::BulkApply, held, None, request).await;
    }
    drop(tx);
    if plan.cancelled_at.is_some() {
        return Err(Refusal::PlanCancelled.into());
    }
    if is_other_plan(&plan, hash)? {
        return Err(Refusal::OtherPlan.into());
    }
    let (rows, ready, left) = counted_rows(desk, &plan, &work).await?;
    // Another run may have settled rows meanwhile; none becomes ready again.
    if rows != plan.hash()? || ready != plan.ready || left > plan.left() {
        let message = format!("the rows of {id} aren't the ones that were planned");
        return Err(StoreError::Corrupt(message).into());
    }
    if approved.is_none() && plan.left() > 0 && needs_approval(desk, &plan) {
        // Nobody can say yes to a plan before its requester did.
        if !is_verified {
            return Err(Refusal::RequestNotVerified.into());
        }
        return Err(Error::NeedsApproval {
            reasons: reasons_of(desk, &operator, &plan).await?,
            what: Unapproved::Plan(plan.public_id),
        });
    }
    let mut unique = [0; 8];
    desk.rng.fill_bytes(&mut unique);
    Ok(Run {
        plan,
        work,
        vault,
        desks,
        places,
        approved_by: approved.map(|approval| approval.by),
        claimant: HEXLOWER.encode(&unique),
        after: 0,
        rehearsal: dry_run,
        codes: Vec::new(),
        hasher: Hasher::default(),
    })
}

/// The hash over the rows as they are, how many of them were ready, and how many still are: how long a plan is
/// decides whether it needs a second pair of eyes, so what its own row says of that isn't believed.
async fn counted_rows(
    desk: &Desk<'_>,
    plan: &PlanRow,
    work: &PlanWork,
) -> Result<(Hash, i64, i64)> {
    let request = plan.request.as_str();
    let mut hash = PlanHash::new(&plan.public_id, work, request, &plan.made_by);
    let (mut ready, mut left) = (0, 0);
    each_plan_row(desk, plan, false, |row| {
        let planned = row.planned()?;
        ready += i64::from(planned.planned.is_ok());
        left += i64::from(row.state == RowState::Ready);
        hash.take(&planned);
        Ok::<_, Error>(())
    })
    .await?;
    Ok((hash.finish(), ready, left))
}

/// Each region's desk address.
async fn desk_addresses(tx: &mut Tx) -> Result<HashMap<RegionCode, String>> {
    let regions = tx.regions(None).await?;
    let pair = |region: RegionRow| (region.code, region.servicedesk_address.to_string());
    Ok(regions.into_iter().map(pair).collect())
}

/// A code that is nobody's yet.
pub(super) struct Drawn {
    pub(super) code: RecoveryCode,
    pub(super) hash: PasswordHash,
}
