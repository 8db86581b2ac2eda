//! What a second pair of eyes is shown: the yes that it gives holds for exactly this.

use super::standing::RequestStanding;
use crate::desk::account::AccountCard;
use crate::domain::account::SecondFactor;
use crate::domain::log::event::Hash;
use crate::domain::request::id::RequestId;
use crate::domain::reset::approval::{Shown, Subject, SubjectKind};
use crate::domain::timestamp::Timestamp;

/// The subject of a yes to `action` for one account of a request.
pub(in crate::desk) fn subject<'s>(
    request: &'s RequestStanding,
    account: &AccountCard,
    action: &'s str,
) -> Subject<'s> {
    Subject {
        kind: SubjectKind::Request,
        id: request.request.public_id.as_str(),
        account: Some(account.account.id),
        action,
    }
}

/// The hash of all that is shown: who asks, for whom, what the account is, and its state.
pub(in crate::desk) fn shown(
    request: &RequestStanding,
    account: &AccountCard,
    action: &str,
) -> Hash {
    let asked = &request.request;
    let requester = request.requester.as_ref();
    let bound = request
        .accounts
        .iter()
        .find(|bound| bound.account_id == account.account.id);
    // Another account on the same request makes it another request (assigning voids a yes).
    let named: Vec<&str> = request
        .accounts
        .iter()
        .map(|bound| bound.username.as_str())
        .collect();
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let shown = Shown::new(&subject(request, account, action))
        .field("verdict", asked.verdict.as_str())
        .field("from", asked.from_address.as_deref().unwrap_or_default())
        .field("subject", &asked.subject)
        .field("expires_at", &asked.expires_at.to_string())
        .field("requester", requester.map_or("", |r| r.work_email.as_str()))
        .field("requester_name", requester.map_or("", |r| r.name.as_str()))
        .field("capacity", requester.map_or("", |r| r.capacity.as_str()))
        .field(
            "organisation",
            requester.map_or("", |r| r.organisation.as_str()),
        )
        .field("requester_ended", &text(requester.and_then(|r| r.ended_at)))
        .field(
            "covered",
            bound.map_or("", |b| if b.covered { "yes" } else { "no" }),
        )
        .field("accounts", &named.join(" "))
        .field("used_at", &text(bound.and_then(|bound| bound.used_at)));
    with_account(shown, account).hash()
}

/// The hash of what the starter of a break-glass case was shown, and why it was started.
pub(in crate::desk) fn case_shown(
    id: &RequestId,
    reason: &str,
    starter: &str,
    account: &AccountCard,
) -> Hash {
    let subject = Subject {
        kind: SubjectKind::Case,
        id: id.as_str(),
        account: Some(account.account.id),
        action: "reset",
    };
    let shown = Shown::new(&subject)
        .field("reason", reason)
        .field("started_by", starter);
    with_account(shown, account).hash()
}

/// The account, as it stands.
fn with_account(shown: Shown, account: &AccountCard) -> Shown {
    let holder = &account.account;
    let shown = shown
        .field("username", holder.username.as_str())
        .field("name", &holder.name)
        .field("work_email", holder.work_email.as_str())
        .field("status", holder.status.as_str())
        .field("session_epoch", &holder.session_epoch.to_string())
        .field(
            "second_factor",
            SecondFactor::from(holder.enrollment()).state,
        );
    account.roles.iter().fold(shown, |shown, role| {
        shown.field(role.role.as_str(), role.organisation.as_str())
    })
}
