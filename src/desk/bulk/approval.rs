//! The yes of a second operator to exactly one plan, as it is now.

use data_encoding::HEXLOWER;

use crate::desk::request::request_of;
use crate::desk::{Desk, Result};
use crate::domain::log::event::Hash;
use crate::domain::reset::approval::{Approval, Shown, Subject, SubjectKind, standing};
use crate::store::Tx;
use crate::store::bulk::PlanRow;
use crate::store::directory::RequesterRow;
use crate::store::request::RequestRow;

pub(super) fn subject(plan: &PlanRow) -> Subject<'_> {
    Subject {
        kind: SubjectKind::Plan,
        id: plan.public_id.as_str(),
        account: None,
        action: plan.action.as_str(),
    }
}

/// The hash of all that is shown: the list, who asks for it, and the request's state.
pub(super) fn shown(
    plan: &PlanRow,
    request: &RequestRow,
    requester: Option<&RequesterRow>,
) -> Result<Hash> {
    let ended = requester.and_then(|r| r.ended_at).map(|at| at.to_string());
    Ok(Shown::new(&subject(plan))
        .field("plan", &HEXLOWER.encode(&plan.hash()?))
        .field("rows", &plan.ready.to_string())
        .field("verdict", request.verdict.as_str())
        .field("from", request.from_address.as_deref().unwrap_or_default())
        .field("subject", &request.subject)
        .field("expires_at", &request.expires_at.to_string())
        .field("requester", requester.map_or("", |r| r.work_email.as_str()))
        .field("requester_name", requester.map_or("", |r| r.name.as_str()))
        .field("requester_ended", &ended.unwrap_or_default())
        .hash())
}

/// The yes of another operator to exactly what is there now.
pub(super) async fn approval(
    desk: &Desk<'_>,
    tx: &mut Tx,
    plan: &PlanRow,
) -> Result<Option<Approval>> {
    let approvals = tx.approvals(&subject(plan)).await?;
    if approvals.is_empty() {
        return Ok(None);
    }
    let (request, requester) = request_of(desk, tx, &plan.request).await?;
    let shown = shown(plan, &request, requester.as_ref())?;
    Ok(standing(&approvals, &shown, &desk.operator, desk.now).cloned())
}
