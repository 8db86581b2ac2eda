//! `balie bulk apply`: a few rows first, looked at again before the rest; then batch by batch, each one a
//! transaction with an event a row. A run may die at any moment: the next one goes on where it ended.

use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use serde_json::json;

use super::batch::{BatchDone, do_batch};
use super::check::{FIRST, check_first_rows};
use super::codes::{HandOver, draw};
use super::plan::existing_plan;
use super::result::RowResult;
use super::run::Run;
use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::plan::RowState;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::StoreError;
use crate::store::bulk::{PlanRow, PlanRowRow};

/// How many rows are read at once when a run looks at what became of its own.
const PAGE: i64 = 500;

/// How many codes are drawn before the claim is renewed.
const DRAWN_AT_ONCE: usize = 25;

/// How long a claim outlives its last batch: after so long a run that died lets the plan go.
const LEASE: SignedDuration = SignedDuration::from_secs(3);

/// How often a claimed plan is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// How long a database that is gone is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

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

/// Carries a plan out, from where the last run ended. `hand_over` gets the codes that are issued.
pub async fn apply(
    desk: &mut Desk<'_>,
    mut run: Run,
    onlooker: &mut dyn Onlooker,
    hand_over: &mut HandOver<'_>,
) -> Result<ApplyReport> {
    if run.plan.left() > 0 && !run.rehearsal {
        claim(desk, &mut run, onlooker).await?;
    }
    let ended = go_on(desk, &mut run, onlooker, hand_over).await;
    if !run.rehearsal {
        release(desk, &run).await;
    }
    ended
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
            .await?
            .took();
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
            onlooker.waits(
                "another run has claimed this plan: waiting to see whether it's still alive",
            );
        }
        seen = Some(plan.claim_until);
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn go_on(
    desk: &mut Desk<'_>,
    run: &mut Run,
    onlooker: &mut dyn Onlooker,
    hand_over: &mut HandOver<'_>,
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
        let done = match next_batch(desk, run, size, onlooker, hand_over).await {
            Ok(Some(done)) => done,
            // A stop was asked for while codes were drawn.
            Ok(None) => continue,
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
        run.plan = done.plan.clone();
        report.seen += done.rows.len() as u64;
        report.not_done += done.rows.iter().filter(|row| row.fault.is_some()).count() as u64;
        onlooker.rows(&run.plan, &done.rows);
        if size == FIRST {
            check(desk, run, &done, onlooker).await?;
        }
        size = run.batch();
    }
    report.plan = run.plan.clone();
    Ok(report)
}

/// Does the next rows. Codes for them are drawn first; nothing is done when a stop is asked for meanwhile.
async fn next_batch(
    desk: &mut Desk<'_>,
    run: &mut Run,
    size: i64,
    onlooker: &mut dyn Onlooker,
    hand_over: &mut HandOver<'_>,
) -> Result<Option<BatchDone>> {
    let issues = run.work.road().is_some() && !run.rehearsal;
    let needed = if issues { size.min(run.plan.left()) } else { 0 };
    let needed = usize::try_from(needed).unwrap_or_default();
    while run.codes.len() < needed {
        let missing = needed - run.codes.len();
        draw(desk, run, DRAWN_AT_ONCE.min(missing))?;
        desk.now = onlooker.now();
        let (mut tx, _) = desk.begin(Action::BulkApply).await?;
        let until = desk.now.plus(LEASE);
        if !tx
            .renew_claim(run.plan.id, &run.claimant, until)
            .await?
            .took()
        {
            return Err(Refusal::PlanInUse.into());
        }
        tx.commit_lease().await?;
        if onlooker.wants_stop() {
            return Ok(None);
        }
    }
    desk.now = onlooker.now();
    let until = desk.now.plus(LEASE);
    let done = do_batch(desk, run, size, until, hand_over).await?;
    Ok(Some(done))
}

/// Looks at the first rows again, however long the database takes to be back.
async fn check(
    desk: &mut Desk<'_>,
    run: &mut Run,
    done: &BatchDone,
    onlooker: &mut dyn Onlooker,
) -> Result<()> {
    loop {
        match check_first_rows(desk, run, &done.rows, &done.issued).await {
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
        .took()
    {
        return Err(Refusal::PlanInUse.into());
    }
    let plan = existing_plan(desk, &mut tx, &run.plan.public_id).await?;
    let settled = |plan: &PlanRow| plan.done + plan.not_done;
    let new = usize::try_from(settled(&plan) - settled(&run.plan)).unwrap_or_default();
    let (mut rows, mut after) = (Vec::with_capacity(new), run.after);
    while rows.len() < new {
        const SETTLED: &[RowState] = &[RowState::Done, RowState::Refused, RowState::Conflict];
        let page = tx.plan_rows(run.plan.id, after, SETTLED, PAGE).await?;
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
            expires_at: None,
            file: None,
        })
    };
    Ok(BatchDone {
        rows: rows.into_iter().map(result).collect::<Result<_>>()?,
        last: Some(last),
        plan,
        issued: Vec::new(),
    })
}

/// Lets the plan go. Where that fails the claim lapses.
async fn release(desk: &Desk<'_>, run: &Run) {
    if let Ok(mut tx) = desk.database.begin().await
        && tx.release_plan(run.plan.id, &run.claimant).await.is_ok()
    {
        let _ = tx.commit_lease().await;
    }
}
