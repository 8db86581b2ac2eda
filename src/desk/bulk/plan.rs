//! `balie bulk plan|list|show|cancel`: a list becomes a plan, each row checked now. Nothing is done to an
//! account yet; the accounts that may be done are bound to the request.

use data_encoding::HEXLOWER;
use serde_json::json;

use super::approval::approval;
use crate::desk::request::{request_of, requesters_at};
use crate::desk::reset::case_file::{Asking, OpenFile, Yes};
use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::plan::{PlanHash, PlanId, PlannedRow, RowFault, RowState};
use crate::domain::bulk::work::PlanWork;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::request::verdict::Verdict;
use crate::domain::reset::approval::Approval;
use crate::domain::reset::case_file::may_be_planned;
use crate::store::bulk::{NewPlan, PlanRow, PlanRowRow, PlanSizes};
use crate::store::{StoreError, Tx};

/// How many rows go to the database at once.
pub(in crate::desk) const BATCH: usize = 1_000;

/// How often an id is drawn before giving up.
const DRAWS: usize = 20;

/// How many rows that aren't done are shown at once.
const SHOWN: i64 = 20;

/// What is to be planned.
#[derive(Debug)]
pub struct PlanOrder<'o> {
    /// What to do to each account.
    pub work: &'o PlanWork,
    /// The request that asks for it.
    pub request: &'o RequestId,
    /// The list, each username once.
    pub usernames: &'o [String],
}

/// A plan, and why rows of it aren't done.
#[derive(Clone, Debug)]
pub struct PlanCard {
    /// The plan.
    pub plan: PlanRow,
    /// Whether a second operator must say yes to it.
    pub needs_approval: bool,
    /// The yes that is valid, unless it is this operator's own.
    pub approval: Option<Approval>,
    /// How many rows aren't done, by reason.
    pub faults: Vec<(String, i64)>,
    /// The first of them.
    pub first_faults: Vec<PlanRowRow>,
}

/// Makes a plan of a list.
pub async fn make_plan(
    desk: &mut Desk<'_>,
    order: &PlanOrder<'_>,
    dry_run: bool,
) -> Result<PlanCard> {
    let (mut tx, operator) = desk.begin(Action::BulkPlan).await?;
    let work = order.work;
    tx = desk.let_plan(tx, Action::BulkPlan, work.action()).await?;
    let (request, _) = request_of(desk, &mut tx, order.request).await?;
    let requesters = requesters_at(&mut tx, request.from_address.as_deref()).await?;
    let asking = Asking {
        request: &request,
        requesters: &requesters,
        open_by: None,
        is_for_a_page: false,
    };
    let mut open = OpenFile::on(desk, &mut tx, &operator, asking).await?;
    let (id, plan) = add_plan(desk, &mut tx, work, request.id).await?;
    let mut hash = PlanHash::new(&id, work, order.request.as_str(), &desk.operator);
    let mut sizes = PlanSizes::default();
    for batch in order.usernames.chunks(BATCH) {
        let holders = open.take(desk, &mut tx, batch, Yes::Later).await?;
        let mut rows = Vec::with_capacity(batch.len());
        let mut bound = Vec::new();
        for username in batch {
            sizes.total += 1;
            let planned = match holders.get(username) {
                Some(holder) => may_be_planned(&open.file, &holder.account.username, desk.now)
                    .map(|reasons| {
                        sizes.sensitive += i64::from(!reasons.is_empty());
                        (holder.account.id, holder.state().fingerprint())
                    })
                    .map_err(|why| why.fault()),
                None if username.parse::<Username>().is_err() => Err(RowFault::NoUsername),
                None => Err(RowFault::Unknown),
            };
            let row = PlannedRow {
                position: sizes.total,
                username,
                planned,
            };
            hash.take(&row);
            bound.extend(planned.ok().map(|(account, _)| account));
            rows.push(row);
        }
        tx.add_plan_rows(plan, &rows).await?;
        tx.bind_accounts(request.id, &bound).await?;
        sizes.ready += i64::try_from(bound.len()).unwrap_or(i64::MAX);
    }
    if request.verdict != Verdict::Verified {
        // A code that was sent is for the accounts that it was sent for.
        tx.void_challenges(request.id, desk.now).await?;
    }
    tx.complete_plan(plan, &hash.finish(), sizes).await?;
    let card = card(desk, &mut tx, &id).await?;
    if !dry_run {
        let detail = json!({
            "plan": id,
            "hash": HEXLOWER.encode(&card.plan.hash()?),
            "action": work.action(),
            "delivery": work.delivery(),
            "recipient": work.recipient(),
            "rows": sizes.total,
            "ready": sizes.ready,
        });
        let mut event = desk.event(Action::BulkPlan, detail);
        event.request = Some(order.request.to_string());
        desk.commit(tx, event).await?;
    }
    Ok(card)
}

async fn add_plan(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    work: &PlanWork,
    request: i64,
) -> Result<(PlanId, i64)> {
    for _ in 0..DRAWS {
        let id = PlanId::draw(desk.rng);
        let new = NewPlan {
            public_id: &id,
            work,
            request,
            made_by: &desk.operator,
        };
        if let Some(plan) = tx.add_plan(&new, desk.now).await? {
            return Ok((id, plan));
        }
    }
    Err(StoreError::Unexpected("no free plan id could be drawn".into()).into())
}

/// The newest plans.
pub async fn plans(desk: &mut Desk<'_>, limit: u32) -> Result<Vec<PlanRow>> {
    let (mut tx, _) = desk.begin(Action::BulkRead).await?;
    let plans = tx.plans(&desk.reach, None, i64::from(limit)).await?;
    let event = desk.event(Action::BulkRead, json!({ "found": plans.len() }));
    desk.commit(tx, event).await?;
    Ok(plans)
}

/// One plan.
pub async fn show_plan(desk: &mut Desk<'_>, id: &PlanId) -> Result<PlanCard> {
    let (mut tx, _) = desk.begin(Action::BulkRead).await?;
    let card = card(desk, &mut tx, id).await?;
    let mut event = desk.event(Action::BulkRead, json!({ "plan": id }));
    event.request = Some(card.plan.request.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// Hands every row of the plan to `take`, in order; only those that aren't done when `failed`.
pub async fn each_plan_row<E: From<Error>>(
    desk: &Desk<'_>,
    plan: &PlanRow,
    failed: bool,
    mut take: impl FnMut(PlanRowRow) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    const FAILED: &[RowState] = &[RowState::Refused, RowState::Conflict];
    let states = if failed { FAILED } else { &[] };
    let store = |error: StoreError| E::from(error.into());
    let mut look = desk.database.look().await.map_err(store)?;
    let mut after = 0;
    loop {
        let rows = look.plan_rows(plan.id, after, states, BATCH.try_into().unwrap_or(i64::MAX));
        let rows = rows.await.map_err(store)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.position;
        for row in rows {
            take(row)?;
        }
    }
}

/// Cancels a plan. What it has done stands.
pub async fn cancel_plan(desk: &mut Desk<'_>, id: &PlanId) -> Result<PlanCard> {
    let (mut tx, _) = desk.begin(Action::BulkCancel).await?;
    let plan = existing_plan(desk, &mut tx, id).await?;
    if !tx.cancel_plan(plan.id, desk.now).await?.took() {
        let refusal = match plan.state(desk.now) {
            "running" => Refusal::PlanInUse,
            "cancelled" => Refusal::PlanCancelled,
            _ => Refusal::PlanFinished,
        };
        return Err(refusal.into());
    }
    let card = card(desk, &mut tx, id).await?;
    let detail = json!({ "plan": id, "done": card.plan.done, "left": card.plan.left() });
    let mut event = desk.event(Action::BulkCancel, detail);
    event.request = Some(card.plan.request.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// Whether one operator isn't enough: it's long, or one of its accounts alone would need another.
pub(super) fn needs_approval(desk: &Desk<'_>, plan: &PlanRow) -> bool {
    plan.sensitive > 0 || plan.ready > i64::from(desk.policy.four_eyes_rows)
}

/// Whether the plan waits for a second operator who isn't this one.
pub(in crate::desk) async fn waits_for_a_yes(
    desk: &Desk<'_>,
    tx: &mut Tx,
    plan: &PlanRow,
) -> Result<bool> {
    let is_open = plan.cancelled_at.is_none() && plan.finished_at.is_none() && plan.left() > 0;
    if !is_open || plan.made_by == desk.operator || !needs_approval(desk, plan) {
        return Ok(false);
    }
    Ok(approval(desk, tx, plan).await?.is_none())
}

/// Whether `hash`, where it is given, isn't this plan's.
pub(super) fn is_other_plan(plan: &PlanRow, hash: Option<&str>) -> Result<bool> {
    let stored = HEXLOWER.encode(&plan.hash()?);
    Ok(hash.is_some_and(|hash| !hash.eq_ignore_ascii_case(&stored)))
}

pub(in crate::desk) async fn existing_plan(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &PlanId,
) -> Result<PlanRow> {
    let plan = tx.plans(&desk.reach, Some(id), 1).await?.pop();
    plan.ok_or_else(|| Error::NotFound {
        what: "plan",
        name: id.to_string(),
        nearest: None,
    })
}

pub(in crate::desk) async fn card(desk: &Desk<'_>, tx: &mut Tx, id: &PlanId) -> Result<PlanCard> {
    let plan = existing_plan(desk, tx, id).await?;
    let faults = tx.plan_faults(plan.id).await?;
    let states = [RowState::Refused, RowState::Conflict];
    let first_faults = if faults.is_empty() {
        Vec::new()
    } else {
        tx.plan_rows(plan.id, 0, &states, SHOWN).await?
    };
    let approval = approval(desk, tx, &plan).await?;
    Ok(PlanCard {
        needs_approval: needs_approval(desk, &plan),
        approval,
        plan,
        faults,
        first_faults,
    })
}
