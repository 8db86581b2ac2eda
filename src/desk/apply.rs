//! `balie bulk apply`: a few rows first, looked at again before the rest; then batch by batch, each one a
//! transaction with an event a row. A run may die at any moment: the next one goes on where it ended.

use std::collections::HashMap;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use serde_json::json;

use super::apply_batch::{BatchDone, check_first_rows, do_batch};
use super::approve_plan::approval;
use super::assess::desk_addresses;
use super::leases::{Held, turn_away};
use super::plan::{each_plan_row, existing_plan, is_other_plan, needs_approval};
use super::{Desk, Error, Result};
use crate::domain::code::RegionCode;
use crate::domain::event::{Action, Hash};
use crate::domain::plan::{PlanHash, PlanId, RowFault, RowState};
use crate::domain::receipt::Receipt;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::{Leased, PlanRow, PlanRowRow, StoreError};
use crate::vault::Vault;

/// How many rows are done and looked at again before the rest.
pub(super) const FIRST: i64 = 3;
/// How many rows a transaction takes. Memory is bounded by it, and so is the wait after an interrupt.
const BATCH: i64 = 500;
/// How long a claim outlives its last batch: after so long a run that died lets the plan go.
const LEASE: SignedDuration = SignedDuration::from_secs(3);
/// How often a claimed plan is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// How long a database that is gone is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What became of a row.
#[derive(Clone, Debug)]
pub struct RowResult {
    /// The username.
    pub username: String,
    /// Where it stands. Still ready: this was a dry run, and it can be done.
    pub state: RowState,
    /// Why it wasn't done.
    pub fault: Option<RowFault>,
    /// The number of its event.
    pub event: Option<i64>,
    /// Its receipt; none where the answer of the database was lost.
    pub receipt: Option<Receipt>,
}

/// Who hears of a run while it goes on, and may stop it.
pub trait Onlooker {
    /// The time: a run takes long.
    fn now(&mut self) -> Timestamp;
    /// Whether to stop after the batch that is on its way.
    fn wants_stop(&mut self) -> bool;
    /// What became of some rows, for good.
    fn rows(&mut self, plan: &PlanRow, rows: &[RowResult]);
    /// Something has to be waited for.
    fn waits(&mut self, why: &str);
}

/// How a run ended.
#[derive(Clone, Debug)]
pub struct ApplyReport {
    /// The plan as it stands now.
    pub plan: PlanRow,
    /// It was stopped before its end.
    pub stopped: bool,
    /// How many rows of this run aren't done, or couldn't be (a dry run).
    pub not_done: u64,
    /// How many rows were looked at.
    pub seen: u64,
}

/// What holds for a whole run.
pub(super) struct Run {
    pub(super) plan: PlanRow,
    pub(super) vault: Vault,
    pub(super) desks: HashMap<RegionCode, String>,
    /// The second operator, where there is one.
    pub(super) approved_by: Option<String>,
    pub(super) claimant: String,
    /// The last row that this run has told about.
    pub(super) after: i64,
    pub(super) rehearsal: bool,
}

/// Carries a plan out, from where the last run ended. With `hash`, only that very plan.
pub async fn apply(
    desk: &mut Desk<'_>,
    id: &PlanId,
    hash: Option<&str>,
    dry_run: bool,
    onlooker: &mut dyn Onlooker,
) -> Result<ApplyReport> {
    let mut run = open(desk, id, hash, dry_run).await?;
    if run.plan.left() > 0 && !dry_run {
        claim(desk, &mut run, onlooker).await?;
    }
    let ended = go_on(desk, &mut run, onlooker).await;
    if !dry_run {
        release(desk, &run).await;
    }
    ended
}

/// Checks that this plan may be carried out at all, and that its rows are those that were planned.
async fn open(desk: &mut Desk<'_>, id: &PlanId, hash: Option<&str>, dry_run: bool) -> Result<Run> {
    let (mut tx, _) = desk.begin(Action::BulkApply).await?;
    let plan = existing_plan(desk, &mut tx, id).await?;
    let vault = desk.vault(&mut tx).await?;
    let desks = desk_addresses(&mut tx).await?;
    let approved = approval(desk, &mut tx, &plan).await?;
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
    if rows_hash(desk, &plan).await? != plan.hash()? {
        let message = format!("the rows of {id} aren't those that were planned");
        return Err(StoreError::Corrupt(message).into());
    }
    if approved.is_none() && plan.left() > 0 && needs_approval(desk, &plan) {
        return Err(Refusal::FourEyesRequired.into());
    }
    let mut unique = [0; 8];
    desk.rng.fill_bytes(&mut unique);
    Ok(Run {
        plan,
        vault,
        desks,
        approved_by: approved.map(|approval| approval.by),
        claimant: HEXLOWER.encode(&unique),
        after: 0,
        rehearsal: dry_run,
    })
}

async fn rows_hash(desk: &Desk<'_>, plan: &PlanRow) -> Result<Hash> {
    let request = plan.request.as_str();
    let mut hash = PlanHash::new(&plan.public_id, plan.action, request, &plan.made_by);
    each_plan_row(desk, plan, false, |row| {
        hash.take(&row.planned()?);
        Ok::<_, Error>(())
    })
    .await?;
    Ok(hash.finish())
}

/// Takes the plan for this run alone. One that a dead run has left is free within seconds.
async fn claim(desk: &mut Desk<'_>, run: &mut Run, onlooker: &mut dyn Onlooker) -> Result<()> {
    let mut seen = None;
    loop {
        desk.now = onlooker.now();
        let (mut tx, _) = desk.begin(Action::BulkApply).await?;
        let until = desk.now.plus(LEASE);
        let claimed = tx
            .claim_plan(run.plan.id, &run.claimant, desk.now, until)
            .await?;
        // Another run may have gone on with it since it was opened.
        let plan = existing_plan(desk, &mut tx, &run.plan.public_id).await?;
        if claimed {
            let detail = json!({
                "plan": plan.public_id,
                "hash": HEXLOWER.encode(&plan.hash()?),
                "left": plan.left(),
                "again": plan.begun_at.is_some(),
                "approved_by": run.approved_by,
            });
            let mut event = desk.event(Action::BulkApply, detail);
            event.request = Some(plan.request.to_string());
            desk.commit(tx, event).await?;
            run.plan = plan;
            return Ok(());
        }
        drop(tx);
        if plan.cancelled_at.is_some() {
            return Err(Refusal::PlanCancelled.into());
        }
        // A claim that is renewed is that of a run that lives.
        if seen.is_some_and(|seen| seen != plan.claim_until) || onlooker.wants_stop() {
            return Err(Refusal::PlanInUse.into());
        }
        if seen.is_none() {
            onlooker.waits("another run has claimed this plan: waiting to see whether it lives");
        }
        seen = Some(plan.claim_until);
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn go_on(
    desk: &mut Desk<'_>,
    run: &mut Run,
    onlooker: &mut dyn Onlooker,
) -> Result<ApplyReport> {
    let mut report = ApplyReport {
        plan: run.plan.clone(),
        stopped: false,
        not_done: 0,
        seen: 0,
    };
    let mut size = FIRST;
    while run.plan.left() > 0 {
        if onlooker.wants_stop() {
            report.stopped = true;
            break;
        }
        desk.now = onlooker.now();
        let done = match do_batch(desk, run, size, desk.now.plus(LEASE)).await {
            Ok(done) => done,
            Err(Error::Store(StoreError::Unreachable(why))) if !run.rehearsal => {
                onlooker.waits(&format!(
                    "the database can't be reached ({why}): waiting for it"
                ));
                catch_up(desk, run, onlooker).await?
            }
            Err(error) => return Err(error),
        };
        if done.rows.is_empty() && done.last.is_none() {
            break;
        }
        run.after = done.last.unwrap_or(run.after);
        run.plan = done.plan;
        report.seen += done.rows.len() as u64;
        report.not_done += done.rows.iter().filter(|row| row.fault.is_some()).count() as u64;
        onlooker.rows(&run.plan, &done.rows);
        if size == FIRST {
            check(desk, run, &done.rows, onlooker).await?;
        }
        size = BATCH;
    }
    report.plan = run.plan.clone();
    Ok(report)
}

/// Looks at the first rows again, however long the database takes to be back.
async fn check(
    desk: &mut Desk<'_>,
    run: &mut Run,
    rows: &[RowResult],
    onlooker: &mut dyn Onlooker,
) -> Result<()> {
    loop {
        match check_first_rows(desk, run, rows).await {
            Err(Error::Store(StoreError::Unreachable(why))) if !run.rehearsal => {
                onlooker.waits(&format!(
                    "the database can't be reached ({why}): waiting for it"
                ));
                catch_up(desk, run, onlooker).await?;
            }
            other => return other,
        }
    }
}

/// Waits until the database is back, and finds out what became of the batch that was on its way.
async fn catch_up(
    desk: &mut Desk<'_>,
    run: &Run,
    onlooker: &mut dyn Onlooker,
) -> Result<BatchDone> {
    let mut lost = StoreError::Unreachable("it didn't come back".into());
    let back = async {
        loop {
            tokio::time::sleep(LOOK_AGAIN).await;
            desk.now = onlooker.now();
            match look_again(desk, run).await {
                Err(Error::Store(error @ StoreError::Unreachable(_))) => lost = error,
                other => break other,
            }
        }
    };
    let back = tokio::time::timeout(PATIENCE, back).await;
    back.unwrap_or(Err(lost.into()))
}

async fn look_again(desk: &mut Desk<'_>, run: &Run) -> Result<BatchDone> {
    let (mut tx, _) = desk.begin(Action::BulkApply).await?;
    let until = desk.now.plus(LEASE);
    if !tx
        .claim_plan(run.plan.id, &run.claimant, desk.now, until)
        .await?
    {
        return Err(Refusal::PlanInUse.into());
    }
    let plan = existing_plan(desk, &mut tx, &run.plan.public_id).await?;
    let settled = |plan: &PlanRow| plan.done + plan.not_done;
    let new = usize::try_from(settled(&plan) - settled(&run.plan)).unwrap_or_default();
    let (mut rows, mut after) = (Vec::with_capacity(new), run.after);
    while rows.len() < new {
        const SETTLED: &[RowState] = &[RowState::Done, RowState::Refused, RowState::Conflict];
        let page = tx.plan_rows(run.plan.id, after, SETTLED, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.position;
        // Rows without an event were refused when the plan was made.
        rows.extend(page.into_iter().filter(|row| row.event.is_some()));
    }
    tx.commit_lease().await?;
    let last = rows.last().map_or(run.after, |row| row.position);
    let result = |row: PlanRowRow| {
        Ok(RowResult {
            fault: row.fault()?,
            username: row.username,
            state: row.state,
            event: row.event,
            receipt: None,
        })
    };
    Ok(BatchDone {
        rows: rows.into_iter().map(result).collect::<Result<_>>()?,
        last: Some(last),
        plan,
    })
}

/// Lets the plan go. Where that fails the claim runs out by itself.
async fn release(desk: &Desk<'_>, run: &Run) {
    if let Ok(mut tx) = desk.database.begin().await
        && tx.release_plan(run.plan.id, &run.claimant).await.is_ok()
    {
        let _ = tx.commit_lease().await;
    }
}
