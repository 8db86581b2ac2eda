//! `balie bulk approve`: a second operator says yes to exactly this plan.

use data_encoding::HEXLOWER;
use serde_json::json;

use super::approval::{shown, subject};
use super::plan::{PlanCard, card, existing_plan, is_other_plan};
use crate::desk::request::request_of;
use crate::desk::{Desk, Result};
use crate::domain::bulk::plan::PlanId;
use crate::domain::directory::address::WorkAddress;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::verdict::Verdict;
use crate::domain::reset::approval::{Approval, Approver, Involved, may_approve};

/// Approves a plan; with `hash`, only that very one. Not for whoever made it, who asks for it, or who is in it.
pub async fn approve_plan(
    desk: &mut Desk<'_>,
    id: &PlanId,
    hash: Option<&str>,
) -> Result<(PlanCard, Approval)> {
    let (mut tx, operator) = desk.begin(Action::BulkApprove).await?;
    let plan = existing_plan(desk, &mut tx, id).await?;
    let (request, requester) = request_of(desk, &mut tx, &plan.request).await?;
    let refusals = [
        (plan.cancelled_at.is_some(), Refusal::PlanCancelled),
        (plan.left() == 0, Refusal::PlanFinished),
        (is_other_plan(&plan, hash)?, Refusal::OtherPlan),
        (
            request.verdict != Verdict::Verified,
            Refusal::RequestNotVerified,
        ),
        (request.expires_at <= desk.now, Refusal::RequestExpired),
    ];
    if let Some((_, refusal)) = refusals.into_iter().find(|(refuses, _)| *refuses) {
        return Err(refusal.into());
    }
    let work_email = operator.work_email.as_ref().map(WorkAddress::as_str);
    let approver = Approver {
        login: &operator.login,
        work_email,
    };
    let involved = Involved {
        starter: Some(plan.made_by.as_str()),
        requester: request.from_address.as_deref(),
        ..Involved::default()
    };
    may_approve(&approver, &involved)?;
    if tx.is_in_plan(plan.id, &operator.login, work_email).await? {
        return Err(Refusal::SamePerson.into());
    }
    let shown = shown(&plan, &request, requester.as_ref())?;
    let subject = subject(&plan);
    tx.add_approval(&subject, &shown, &operator.login, desk.now)
        .await?;
    let card = card(desk, &mut tx, id).await?;
    let detail = json!({
        "plan": id,
        "hash": HEXLOWER.encode(&plan.hash()?),
        "shown": HEXLOWER.encode(&shown),
    });
    let mut event = desk.event(Action::BulkApprove, detail);
    event.request = Some(plan.request.to_string());
    desk.commit(tx, event).await?;
    let approval = Approval {
        by: operator.login,
        at: desk.now,
        hash: shown,
    };
    Ok((card, approval))
}
