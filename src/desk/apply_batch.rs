//! One batch of a bulk run: one transaction holds the resets, their events, the use of the request and
//! the mails (rule 3).

use std::collections::HashSet;

use serde_json::json;

use super::apply::{FIRST, RowResult, Run};
use super::assess::{Standing, by_username, lately};
use super::notify::{Letter, notify_many};
use super::plan::existing_plan;
use super::{Desk, Error, Result};
use crate::domain::account::SecondFactor;
use crate::domain::chain::Line;
use crate::domain::event::{Action, Event, Recorded};
use crate::domain::notice::Notice;
use crate::domain::plan::{RowFault, RowState};
use crate::domain::receipt::{Receipt, Statement};
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::domain::warrant::Warrant;
use crate::store::{
    EventFilter, EventRow, HolderRow, PlanRow, PlanRowRow, Settled, StoreError, Tx,
};

/// What a batch did.
pub(super) struct BatchDone {
    pub(super) rows: Vec<RowResult>,
    /// The place of its last row; none when there was no row left.
    pub(super) last: Option<i64>,
    pub(super) plan: PlanRow,
}

/// A row, the account that was found, and what was decided.
struct Judged<'b> {
    row: &'b PlanRowRow,
    holder: Option<&'b HolderRow>,
    fault: Option<RowFault>,
}

/// Does the next rows, at most `size`. The claim is renewed until `until` in the same transaction: a run
/// that has lost it keeps nothing.
pub(super) async fn do_batch(
    desk: &mut Desk<'_>,
    run: &Run,
    size: i64,
    until: Timestamp,
) -> Result<BatchDone> {
    let (mut tx, operator) = desk.begin(Action::BulkApply).await?;
    let plan = run.plan.id;
    if !run.rehearsal && !tx.renew_claim(plan, &run.claimant, until).await? {
        return Err(Refusal::PlanInUse.into());
    }
    let rows = tx
        .plan_rows(plan, run.after, &[RowState::Ready], size)
        .await?;
    let standing = Standing::load(desk, &mut tx, operator, &run.plan.request).await?;
    if let Some(refusal) = standing.refusal(desk) {
        return Err(refusal.into());
    }
    let usernames: Vec<String> = rows.iter().map(|row| row.username.clone()).collect();
    tx.lock_accounts(&usernames).await?;
    let holders = tx
        .holders(&desk.reach, standing.request.id, lately(desk), &usernames)
        .await?;
    let accounts: Vec<i64> = holders.iter().map(|holder| holder.account.id).collect();
    let open = tx.held_by_others(&accounts, &desk.operator, desk.now);
    let open = open.await?.into_iter().collect();
    let (judged, warrants) = judge(desk, run, &standing, &rows, &holders, &open)?;
    carry_out(desk, &mut tx, &warrants).await?;
    let last = rows.last().map(|row| row.position);
    if run.rehearsal || rows.is_empty() {
        return Ok(BatchDone {
            rows: judged
                .iter()
                .map(|judged| judged.result(None, None))
                .collect(),
            last,
            plan: run.plan.clone(),
        });
    }
    tell(desk, &mut tx, run, &standing, &judged).await?;
    let head = tx.lock_log().await?.seq;
    let settled: Vec<_> = (head + 1..)
        .zip(&judged)
        .filter(|(_, j)| j.is_settled())
        .map(|(seq, j)| j.settled(seq))
        .collect();
    tx.settle_rows(plan, &settled, desk.now).await?;
    let after = existing_plan(desk, &mut tx, &run.plan.public_id).await?;
    let events: Vec<_> = judged
        .iter()
        .map(|j| event(desk, run, &standing, j))
        .collect();
    let recorded = desk.commit_many(tx, &events).await?;
    let result = |(judged, recorded): (&Judged<'_>, &Recorded)| {
        let receipt = receipt(desk, run, judged, recorded);
        judged.result(Some(recorded.seq), receipt)
    };
    Ok(BatchDone {
        rows: judged.iter().zip(&recorded).map(result).collect(),
        last,
        plan: after,
    })
}

/// Decides each row: is the account as it was planned, and do the rules still let it?
fn judge<'b>(
    desk: &Desk<'_>,
    run: &Run,
    standing: &Standing,
    rows: &'b [PlanRowRow],
    holders: &'b [HolderRow],
    open: &HashSet<i64>,
) -> Result<(Vec<Judged<'b>>, Vec<Warrant>)> {
    let holders = by_username(holders);
    let mut warrants = Vec::with_capacity(rows.len());
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let holder = holders.get(row.username.as_str()).copied();
        let planned = row.planned()?.planned;
        let found = holder.map(|holder| (holder.account.id, holder.state().fingerprint()));
        let warrant = match holder {
            None => Err(RowFault::Unknown),
            Some(holder) if open.contains(&holder.account.id) => Err(RowFault::Held),
            Some(holder) => standing
                .warrant(desk, holder, run.approved_by.is_some())
                .and_then(|warrant| {
                    if planned.ok() == found {
                        Ok(warrant)
                    } else {
                        Err(RowFault::Refused(Refusal::ChangedSincePlan))
                    }
                }),
        };
        let fault = warrant.map(|warrant| warrants.push(warrant)).err();
        judged.push(Judged { row, holder, fault });
    }
    Ok((judged, warrants))
}

async fn carry_out(desk: &Desk<'_>, tx: &mut Tx, warrants: &[Warrant]) -> Result<()> {
    if warrants.is_empty() {
        return Ok(());
    }
    let used: HashSet<i64> = tx
        .use_request_for(warrants, desk.now)
        .await?
        .into_iter()
        .collect();
    if used.len() != warrants.len() {
        // The accounts are locked, so that nobody can have used the request meanwhile.
        return Err(
            StoreError::Corrupt("a request was used past its accounts' locks".into()).into(),
        );
    }
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let destroy_at = desk.now.plus_hours(desk.policy.undo_hours);
    let reset = tx.reset_second_factors(warrants, desk.now, destroy_at, enroll_by);
    if reset.await? != warrants.len() as u64 {
        return Err(StoreError::Corrupt("an account is gone".into()).into());
    }
    Ok(())
}

impl Judged<'_> {
    /// Whether this is the last word: a row that a colleague stands in the way of stays ready.
    fn is_settled(&self) -> bool {
        self.fault != Some(RowFault::Held)
    }

    const fn state(&self) -> RowState {
        match self.fault {
            None => RowState::Done,
            Some(fault) => fault.state(),
        }
    }

    const fn settled(&self, event: i64) -> Settled {
        Settled {
            position: self.row.position,
            state: self.state(),
            code: self.fault,
            event,
        }
    }

    /// Without an event it's the result of a dry run.
    fn result(&self, event: Option<i64>, receipt: Option<Receipt>) -> RowResult {
        let would_be = |state| {
            if state == RowState::Done {
                RowState::Ready
            } else {
                state
            }
        };
        RowResult {
            username: self.row.username.clone(),
            state: event.map_or_else(|| would_be(self.state()), |_| self.state()),
            fault: self.fault,
            event,
            receipt,
        }
    }
}

fn event(desk: &Desk<'_>, run: &Run, standing: &Standing, judged: &Judged<'_>) -> Event {
    let mut event = match (judged.fault, judged.holder) {
        (None, Some(holder)) => {
            let account = &holder.account;
            let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
            let detail = json!({
                "second_factor": SecondFactor::from(account.enrollment()).state,
                "recovery_code": if holder.recovery_id.is_some() { "active" } else { "none" },
                "session_epoch": account.session_epoch + 1,
                "enroll_by": enroll_by,
                "requester": standing.requester.as_ref().map(|requester| &requester.work_email),
                "plan": run.plan.public_id,
                "approved_by": run.approved_by,
            });
            desk.event(Action::Reset, detail)
        }
        (fault, _) => {
            let detail = json!({ "code": fault.map(RowFault::as_str), "plan": run.plan.public_id });
            desk.event(Action::ResetRefused, detail)
        }
    };
    event.account = judged.holder.map(|holder| holder.account.id);
    event.request = Some(run.plan.request.to_string());
    event
}

fn receipt(
    desk: &Desk<'_>,
    run: &Run,
    judged: &Judged<'_>,
    recorded: &Recorded,
) -> Option<Receipt> {
    let holder = judged.holder.filter(|_| judged.fault.is_none())?;
    Some(run.vault.sign(Statement {
        account: holder.account.username.clone(),
        request: run.plan.request.clone(),
        event: recorded.seq,
        at: desk.now,
        head: recorded.hash,
        desk: run.vault.public_key().id(),
    }))
}

/// Tells the holders; and the requester once when a plan begins and once when it ends, not for every
/// row (rule 10).
async fn tell(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    run: &Run,
    standing: &Standing,
    judged: &[Judged<'_>],
) -> Result<()> {
    let Some(requester) = &standing.requester else {
        return Err(Error::Refused(Refusal::NotAuthorised));
    };
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let request = run.plan.request.to_string();
    let desk_of = |region| run.desks.get(&region).map_or("", String::as_str);
    let mut letters = Vec::with_capacity(judged.len() + 2);
    for judged in judged {
        let Some(holder) = judged.holder else {
            continue;
        };
        let account = &holder.account;
        let desk_address = holder.region().map_or("", desk_of);
        let notice = match judged.fault {
            None => Notice::ResetHolder {
                name: account.name.clone(),
                username: account.username.to_string(),
                requester: requester.name.clone(),
                request: request.clone(),
                at: desk.now,
                enroll_by,
                desk: desk_address.to_owned(),
            },
            Some(RowFault::Refused(refusal)) if !refusal.is_conflict() => Notice::RefusedHolder {
                name: account.name.clone(),
                username: account.username.to_string(),
                at: desk.now,
                desk: desk_address.to_owned(),
            },
            Some(_) => continue,
        };
        let letter = Letter {
            to: &account.work_email,
            language: account.language.unwrap_or(desk.policy.language),
            desk_address,
        };
        letters.push((letter, notice));
    }
    let letter = Letter {
        to: &requester.work_email,
        language: desk.policy.language,
        desk_address: desk_of(requester.region.clone()),
    };
    if run.plan.begun_at.is_none() {
        let notice = Notice::BulkBegunRequester {
            name: requester.name.clone(),
            rows: run.plan.ready,
            request: request.clone(),
            at: desk.now,
            desk: letter.desk_address.to_owned(),
        };
        letters.push((letter, notice));
    }
    let done = judged
        .iter()
        .filter(|judged| judged.fault.is_none())
        .count();
    let settled = judged.iter().filter(|judged| judged.is_settled()).count();
    if run.plan.left() == i64::try_from(settled).unwrap_or(i64::MAX) {
        let notice = Notice::BulkDoneRequester {
            name: requester.name.clone(),
            done: run.plan.done + i64::try_from(done).unwrap_or_default(),
            not_done: run.plan.total - run.plan.done - i64::try_from(done).unwrap_or_default(),
            request,
            at: desk.now,
            desk: letter.desk_address.to_owned(),
        };
        letters.push((letter, notice));
    }
    notify_many(desk, tx, &letters).await
}

fn holds(row: &EventRow) -> bool {
    let line = Line {
        seq: row.seq,
        at: row.at,
        operator: &row.operator,
        action: &row.action,
        account: row.account,
        request: row.request.as_deref(),
        detail_commitment: &row.detail_commitment,
        prev_hash: &row.prev_hash,
    };
    line.hash().as_slice() == row.hash.as_slice()
}

/// Looks again at what the first batch did, as others see it, before anybody else is touched.
pub(super) async fn check_first_rows(desk: &Desk<'_>, run: &Run, rows: &[RowResult]) -> Result<()> {
    let done = |row: &&RowResult| row.state == RowState::Done;
    let usernames: Vec<String> = rows
        .iter()
        .filter(done)
        .map(|row| row.username.clone())
        .collect();
    let mut look = desk.database.look().await?;
    let holders = look
        .holders(&desk.reach, run.plan.request_id, lately(desk), &usernames)
        .await?;
    let stands = |holder: &HolderRow| {
        let account = &holder.account;
        holder.used_at.is_some()
            && account.session_epoch > 0
            && account.enrollment().enrolled_at().is_none()
    };
    let first = rows
        .iter()
        .filter_map(|row| row.event)
        .min()
        .unwrap_or_default();
    let lines = look
        .events_after(&EventFilter::default(), first - 1, FIRST)
        .await?;
    let lines = lines.iter().filter(|line| holds(line)).count();
    let events = rows.iter().filter(|row| row.event.is_some()).count();
    if holders.len() == usernames.len() && holders.iter().all(stands) && lines >= events {
        Ok(())
    } else {
        Err(StoreError::Corrupt(
            "the first rows don't stand as they were written; nothing else was touched".into(),
        )
        .into())
    }
}
