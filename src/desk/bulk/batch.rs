//! One batch of a bulk run: one transaction holds what is done to the accounts, the events, the use of the
//! request and the mails (rule 3).

use std::collections::HashSet;

use serde_json::json;

use super::codes::{HandOver, hand_over, issue};
use super::judged::{IssuedCode, Judged};
use super::notices::tell;
use super::plan::existing_plan;
use super::result::RowResult;
use super::run::Run;
use crate::desk::request::{request_of, requesters_at};
use crate::desk::reset::case_file::{Asking, Holders, OpenFile, Yes};
use crate::desk::{Desk, Result};
use crate::domain::account::SecondFactor;
use crate::domain::bulk::plan::{RowFault, RowState};
use crate::domain::bulk::work::PlanWork;
use crate::domain::log::event::{Action, Event, Recorded};
use crate::domain::refusal::Refusal;
use crate::domain::reset::case_file::{CaseFile, decide};
use crate::domain::reset::receipt::{Receipt, Statement};
use crate::domain::reset::warrant::Warrant;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::timestamp::Timestamp;
use crate::store::bulk::{HolderRow, PlanRow, PlanRowRow};
use crate::store::directory::RequesterRow;
use crate::store::{StoreError, Tx};

/// What a batch did.
pub(super) struct BatchDone {
    pub(in crate::desk) rows: Vec<RowResult>,
    /// The place of its last row; none when there was no row left.
    pub(in crate::desk) last: Option<i64>,
    pub(in crate::desk) plan: PlanRow,
    /// The codes that were issued, and for which accounts.
    pub(in crate::desk) issued: Vec<(i64, RecoveryCode)>,
}

/// Does the next rows, at most `size`. The claim is renewed until `until` in the same transaction: a run
/// that has lost it keeps nothing.
pub(super) async fn do_batch(
    desk: &mut Desk<'_>,
    run: &mut Run,
    size: i64,
    until: Timestamp,
    take_codes: &mut HandOver<'_>,
) -> Result<BatchDone> {
    let (mut tx, operator) = desk.begin(Action::BulkApply).await?;
    let plan = run.plan.id;
    if !run.rehearsal && !tx.renew_claim(plan, &run.claimant, until).await?.took() {
        return Err(Refusal::PlanInUse.into());
    }
    let rows = tx
        .plan_rows(plan, run.after, &[RowState::Ready], size)
        .await?;
    let (request, requester) = request_of(desk, &mut tx, &run.plan.request).await?;
    let requesters = requesters_at(&mut tx, request.from_address.as_deref()).await?;
    let asking = Asking {
        request: &request,
        requesters: &requesters,
        open_by: None,
        is_for_a_page: false,
    };
    let mut open = OpenFile::on(desk, &mut tx, &operator, asking).await?;
    if let Some(refusal) = open.file.refusal(desk.now) {
        return Err(refusal.into());
    }
    let usernames: Vec<String> = rows.iter().map(|row| row.username.clone()).collect();
    tx.lock_accounts(&usernames).await?;
    let yes = Yes::Plan(run.approved_by.as_deref());
    let holders = open.take(desk, &mut tx, &usernames, yes).await?;
    let (mut judged, warrants) = judge(desk, run, &open.file, &rows, &holders)?;
    let issued = carry_out(desk, &mut tx, run, &warrants).await?;
    let granted = judged.iter_mut().filter(|judged| judged.fault.is_none());
    for (judged, code) in granted.zip(issued) {
        judged.issued = Some(code);
    }
    let last = rows.last().map(|row| row.position);
    if run.rehearsal || rows.is_empty() {
        return Ok(BatchDone {
            rows: judged
                .iter()
                .map(|judged| judged.result(None, None, None))
                .collect(),
            last,
            plan: run.plan.clone(),
            issued: Vec::new(),
        });
    }
    tell(desk, &mut tx, run, requester.as_ref(), &judged).await?;
    let file = hand_over(run, &judged, take_codes)?;
    let head = tx.lock_log().await?.seq;
    let settled: Vec<_> = (head + 1..)
        .zip(&judged)
        .filter(|(_, j)| j.is_settled())
        .map(|(seq, j)| j.settled(seq))
        .collect();
    tx.settle_rows(plan, &settled, desk.now).await?;
    let after = existing_plan(desk, &mut tx, &run.plan.public_id).await?;
    let events = judged
        .iter()
        .map(|j| event(desk, run, requester.as_ref(), j, file.as_deref()))
        .collect();
    let recorded = desk.commit_many(tx, events).await?;
    let result = |(judged, recorded): (&Judged<'_>, &Recorded)| {
        let receipt = receipt(desk, run, judged, recorded);
        judged.result(Some(recorded.seq), receipt, file.as_deref())
    };
    let results = judged.iter().zip(&recorded).map(result).collect();
    let issued = judged
        .into_iter()
        .filter_map(|judged| Some((judged.holder?.account.id, judged.issued?.code)));
    Ok(BatchDone {
        rows: results,
        last,
        plan: after,
        issued: issued.collect(),
    })
}

/// Decides each row: is the account as it was planned, and do the rules still let it?
fn judge<'b>(
    desk: &Desk<'_>,
    run: &Run,
    file: &CaseFile,
    rows: &'b [PlanRowRow],
    holders: &'b Holders,
) -> Result<(Vec<Judged<'b>>, Vec<Warrant>)> {
    let purpose = run.work.purpose();
    let mut warrants = Vec::with_capacity(rows.len());
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let holder = holders.get(&row.username);
        let planned = row.planned()?.planned;
        let found = holder.map(|holder| (holder.account.id, holder.state().fingerprint()));
        let warrant = match holder {
            None => Err(RowFault::Unknown),
            Some(holder) => match decide(file, &holder.account.username, purpose, desk.now) {
                Ok(_) if planned.ok() != found => Err(RowFault::Refused(Refusal::ChangedSincePlan)),
                decided => decided.map_err(|why| why.fault()),
            },
        };
        let fault = warrant.map(|warrant| warrants.push(warrant)).err();
        judged.push(Judged {
            row,
            holder,
            fault,
            issued: None,
        });
    }
    Ok((judged, warrants))
}

/// Does what the warrants are for; the codes that were issued, in their order.
async fn carry_out(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    run: &mut Run,
    warrants: &[Warrant],
) -> Result<Vec<IssuedCode>> {
    if warrants.is_empty() {
        return Ok(Vec::new());
    }
    let used: HashSet<i64> = tx
        .use_request_for(warrants, desk.now)
        .await?
        .into_iter()
        .collect();
    if used.len() != warrants.len() {
        // The accounts are locked, so that nobody can have used the request meanwhile.
        return Err(
            StoreError::Unexpected("a request was used past its accounts' locks".into()).into(),
        );
    }
    if let Some(delivery) = run.work.delivery() {
        if run.rehearsal {
            return Ok(Vec::new());
        }
        let expires_at = desk.now.plus(delivery.valid_for(false));
        let codes = issue(desk, tx, run, warrants, expires_at).await?;
        let issued = |code| IssuedCode { code, expires_at };
        return Ok(codes.into_iter().map(issued).collect());
    }
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let destroy_at = desk.now.plus_hours(desk.policy.undo_hours);
    let reset = tx.reset_second_factors(warrants, desk.now, destroy_at, enroll_by);
    if reset.await? != warrants.len() as u64 {
        return Err(StoreError::Unexpected("an account is gone".into()).into());
    }
    Ok(Vec::new())
}

fn event(
    desk: &Desk<'_>,
    run: &Run,
    requester: Option<&RequesterRow>,
    judged: &Judged<'_>,
    file: Option<&str>,
) -> Event {
    let requester = requester.map(|requester| &requester.work_email);
    let mut event = match (judged.fault, judged.holder, &judged.issued) {
        (None, Some(holder), Some(issued)) => {
            let detail = json!({
                "delivery": run.work.delivery(),
                "aloud": false,
                "seen_by_operator": false,
                "expires_at": issued.expires_at,
                "recovery_code": code_before(holder),
                "approved_by": run.approved_by,
                "requester": requester,
                "plan": run.plan.public_id,
                "file": file,
            });
            desk.event(Action::Reissue, detail)
        }
        (None, Some(holder), None) => {
            let account = &holder.account;
            let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
            let detail = json!({
                "second_factor": SecondFactor::from(account.enrollment()).state,
                "recovery_code": code_before(holder),
                "session_epoch": account.session_epoch + 1,
                "enroll_by": enroll_by,
                "requester": requester,
                "plan": run.plan.public_id,
                "approved_by": run.approved_by,
            });
            desk.event(Action::Reset, detail)
        }
        (fault, ..) => {
            let detail = json!({ "code": fault.map(RowFault::as_str), "plan": run.plan.public_id });
            let action = match run.work {
                PlanWork::Reset => Action::ResetRefused,
                PlanWork::Reissue(_) => Action::ReissueRefused,
            };
            desk.event(action, detail)
        }
    };
    event.account = judged.holder.map(|holder| holder.account.id);
    event.request = Some(run.plan.request.to_string());
    event
}

const fn code_before(holder: &HolderRow) -> &'static str {
    if holder.recovery_id.is_some() {
        "active"
    } else {
        "none"
    }
}

/// A reset has a receipt, to be undone by; a code that was issued has none.
fn receipt(
    desk: &Desk<'_>,
    run: &Run,
    judged: &Judged<'_>,
    recorded: &Recorded,
) -> Option<Receipt> {
    let reset = judged.fault.is_none() && run.work == PlanWork::Reset;
    let holder = judged.holder.filter(|_| reset)?;
    Some(run.vault.sign(Statement {
        account: holder.account.username.clone(),
        request: run.plan.request.clone(),
        event: recorded.seq,
        at: desk.now,
        head: recorded.hash,
        desk: run.vault.public_key().id(),
    }))
}
