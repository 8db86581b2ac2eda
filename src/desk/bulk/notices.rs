//! Who is told of a batch of a bulk run: the holders, each for itself; and the requester once when a plan
//! begins and once when it ends, not for every row (rule 10).

use super::judged::Judged;
use super::run::Run;
use crate::desk::notify::{Letter, Mail, notify_each};
use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::plan::RowFault;
use crate::domain::bulk::work::{PlanWork, Road};
use crate::domain::notice::{AboutAccount, Notice};
use crate::domain::refusal::Refusal;
use crate::store::Tx;
use crate::store::bulk::HolderRow;
use crate::store::directory::RequesterRow;

/// Queues the mails of a batch.
pub(in crate::desk) async fn tell(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    run: &Run,
    requester: Option<&RequesterRow>,
    judged: &[Judged<'_>],
) -> Result<()> {
    let Some(requester) = requester else {
        return Err(Error::Refused(Refusal::NotAuthorised));
    };
    let mut mails = Vec::with_capacity(judged.len() + 2);
    for judged in judged {
        let Some(holder) = judged.holder else {
            continue;
        };
        let Some(notice) = to_holder(desk, run, requester, judged, holder) else {
            continue;
        };
        let by_mail = run.work == PlanWork::Reissue(Road::Mail);
        let issued = judged.issued.as_ref().filter(|_| by_mail);
        let address = run.desk_of(holder.region().as_ref());
        mails.push(Mail {
            letter: Letter::to_holder(&holder.account, desk, address),
            notice,
            secret: issued.map(|issued| (&run.vault, issued.code.shown().as_str().into())),
        });
    }
    mails.extend(to_requester(desk, run, requester, judged));
    notify_each(desk, tx, &mails).await?;
    Ok(())
}

fn to_holder(
    desk: &Desk<'_>,
    run: &Run,
    requester: &RequesterRow,
    judged: &Judged<'_>,
    holder: &HolderRow,
) -> Option<Notice> {
    let (name, username) = (
        holder.account.name.clone(),
        holder.account.username.to_string(),
    );
    let (at, address) = (desk.now, run.desk_of(holder.region().as_ref()).to_owned());
    let (from, request) = (requester.name.clone(), run.plan.request.to_string());
    Some(match (judged.fault, &run.work, &judged.issued) {
        (None, PlanWork::Reset, _) => Notice::ResetHolder {
            name,
            username,
            requester: from,
            request,
            at,
            enroll_by: at.plus_hours(desk.policy.enrollment_window_hours),
            desk: address,
        },
        (None, PlanWork::Reissue(Road::Mail), Some(issued)) => Notice::RecoveryCodeHolder {
            name,
            username,
            requester: from,
            request,
            at,
            expires_at: issued.expires_at,
            desk: address,
        },
        (None, PlanWork::Reissue(_), Some(issued)) => Notice::ReissuedHolder {
            name,
            username,
            requester: from,
            request,
            by: run.work.delivery().map_or("", |by| by.as_str()).to_owned(),
            at,
            expires_at: issued.expires_at,
            desk: address,
        },
        (Some(RowFault::Refused(refusal)), work, _) if refusal.is_without_authority() => {
            let about = AboutAccount {
                name,
                username,
                at,
                desk: address,
            };
            match work {
                PlanWork::Reset => Notice::RefusedHolder(about),
                PlanWork::Reissue(_) => Notice::ReissueRefusedHolder(about),
            }
        }
        _ => return None,
    })
}

/// What the requester hears: nothing of most batches.
fn to_requester<'r>(
    desk: &Desk<'_>,
    run: &'r Run,
    requester: &'r RequesterRow,
    judged: &[Judged<'_>],
) -> Vec<Mail<'r>> {
    let address = run.desk_of(Some(&requester.region));
    let letter = Letter::to_requester(requester, desk, address);
    let (name, request) = (&requester.name, run.plan.request.to_string());
    let (at, address) = (desk.now, letter.desk_address);
    let mut notices = Vec::new();
    if run.plan.begun_at.is_none() {
        let (name, request, desk) = (name.clone(), request.clone(), address.to_owned());
        let rows = run.plan.ready;
        notices.push(match run.work {
            PlanWork::Reset => Notice::BulkBegunRequester {
                name,
                rows,
                request,
                at,
                desk,
            },
            PlanWork::Reissue(_) => Notice::BulkReissueBegunRequester {
                name,
                rows,
                request,
                at,
                desk,
            },
        });
    }
    let settled = judged.iter().filter(|judged| judged.is_settled()).count();
    if run.plan.left() == i64::try_from(settled).unwrap_or(i64::MAX) {
        let by_now = judged
            .iter()
            .filter(|judged| judged.fault.is_none())
            .count();
        let done = run.plan.done + i64::try_from(by_now).unwrap_or_default();
        let (name, desk) = (name.clone(), address.to_owned());
        let not_done = run.plan.total - done;
        notices.push(match run.work {
            PlanWork::Reset => Notice::BulkDoneRequester {
                name,
                done,
                not_done,
                request,
                at,
                desk,
            },
            PlanWork::Reissue(_) => Notice::BulkReissueDoneRequester {
                name,
                done,
                not_done,
                request,
                at,
                desk,
            },
        });
    }
    let mail = |notice| Mail {
        letter,
        notice,
        secret: None,
    };
    notices.into_iter().map(mail).collect()
}
