//! Where a second pair of eyes is needed for one account of a request, what it is shown, and whether it
//! said yes.

use jiff::SignedDuration;

use super::card::RequestStanding;
use super::facts::covering;
use super::naming::SpokenOf;
use crate::desk::account::AccountCard;
use crate::desk::{Desk, Result};
use crate::domain::account::SecondFactor;
use crate::domain::log::event::Hash;
use crate::domain::request::id::RequestId;
use crate::domain::request::words::name_in_text::same_name;
use crate::domain::reset::approval::{Approval, Shown, Subject, SubjectKind, standing};
use crate::domain::reset::four_eyes::Reason;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::directory::RequesterRow;

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
            bound.map_or("", |b| if b.covered == 1 { "yes" } else { "no" }),
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

/// Since when a reset counts as recent.
pub(in crate::desk) fn lately(desk: &Desk<'_>) -> Timestamp {
    let days = i64::from(desk.policy.repeat_reset_days);
    desk.now.plus(SignedDuration::from_hours(-24 * days))
}

/// Why a second pair of eyes is needed, if it is.
pub(in crate::desk) async fn reasons(
    desk: &Desk<'_>,
    tx: &mut Tx,
    account: &AccountCard,
    spoken_of: &mut SpokenOf<'_>,
) -> Result<Vec<Reason>> {
    let (resets, _) = tx.resets_since(account.account.id, lately(desk)).await?;
    let privileged = &desk.policy.privileged_roles;
    let request = spoken_of.standing;
    let valid: Vec<&RequesterRow> = request
        .requesters
        .iter()
        .filter(|r| r.is_valid(desk.now))
        .collect();
    // An old address may have got a capacity only today: what counts is the one that covers the account.
    let covering = covering(tx, &valid, &account.roles).await?;
    let days = desk.policy.fresh_address_days;
    let fresh = covering
        .iter()
        .all(|requester| requester.is_fresh(desk.now, days));
    let alike = covering
        .iter()
        .any(|requester| same_name(&requester.name, &account.account.name));
    let found = [
        (
            account
                .roles
                .iter()
                .any(|role| privileged.contains(&role.role)),
            Reason::PrivilegedRole,
        ),
        (resets > 0, Reason::RepeatedReset),
        (fresh, Reason::FreshAddress),
        (alike, Reason::SameName),
        (
            !spoken_of
                .includes(desk, tx, &account.account.username)
                .await?,
            Reason::NotNamed,
        ),
    ];
    Ok(found
        .into_iter()
        .filter_map(|(applies, reason)| applies.then_some(reason))
        .collect())
}

/// The yes of another operator to exactly what is there now.
pub(in crate::desk) async fn approval(
    desk: &Desk<'_>,
    tx: &mut Tx,
    subject: &Subject<'_>,
    shown: &Hash,
) -> Result<Option<Approval>> {
    let approvals = tx.approvals(subject).await?;
    Ok(standing(&approvals, shown, &desk.operator, desk.now).cloned())
}
