//! `balie reset`: each account in a transaction of its own, with its event, its use of the request and
//! its mails (rules 1 to 4, 9 to 12).

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use super::facts::is_covered;
use super::four_eyes::{approval, reasons, shown, subject};
use super::look_up::account_card;
use super::notify::{Letter, desk_address, notify};
use super::request_card::{RequestCard, card};
use super::{AccountCard, Desk, Error, Result, leases, request_card};
use crate::domain::code::Username;
use crate::domain::event::Action;
use crate::domain::notice::Notice;
use crate::domain::operator::Reach;
use crate::domain::receipt::{Receipt, Statement};
use crate::domain::refusal::Refusal;
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::domain::warrant::{Warrant, WarrantFacts};
use crate::store::{Leased, OperatorRow, RequesterRow, Tx};
use crate::vault::Vault;

/// How it went for one account.
#[derive(Debug)]
pub struct ResetResult {
    /// Which.
    pub username: Username,
    /// Done, with the receipt (none of a dry run); or why not, with the number of the event.
    pub outcome: std::result::Result<Option<Receipt>, (NotDone, Option<i64>)>,
}

/// Why an account wasn't reset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// A rule says no.
    Refused(Refusal),
    /// There is no such account.
    Unknown,
    /// A colleague has the account or the request open.
    Held {
        /// What is open.
        what: &'static str,
        /// Who.
        by: String,
        /// Since when.
        since: Timestamp,
    },
}

impl NotDone {
    /// Whether a state was found that the caller didn't expect, rather than a rule broken.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.is_conflict(),
            Self::Held { .. } => true,
            Self::Unknown => false,
        }
    }
}

/// What an operator sees before "go on?" (rule 12).
#[derive(Debug, Serialize)]
pub struct Preview {
    /// The account.
    #[serde(skip)]
    pub card: AccountCard,
    /// Resets in the last 90 days, and the last one.
    pub resets: (i64, Option<Timestamp>),
    /// Other requests that name it.
    pub other_requests: i64,
    /// A colleague who has it open, and since when.
    pub open_by: Option<(String, Timestamp)>,
}

/// Shows what a reset would hit, and says that this operator has it open.
pub async fn preview(
    desk: &mut Desk<'_>,
    usernames: &[Username],
    id: &RequestId,
) -> Result<Vec<Preview>> {
    let mut previews = Vec::new();
    for username in usernames {
        let (mut tx, _) = desk.begin(Action::AccountShow).await?;
        let card = account_card(desk, &mut tx, username).await?;
        let account = card.account.id;
        let since = desk.now.plus(SignedDuration::from_hours(-24 * 90));
        let resets = tx.resets_since(account, since).await?;
        let other_requests = tx.other_requests(account, id.as_str()).await?;
        leases::open(desk, &mut tx, Leased::Account(account)).await?;
        let request = request_card::card(desk, &mut tx, id).await?;
        leases::open(desk, &mut tx, Leased::Request(request.request.id)).await?;
        let open_by = card.open_by.clone();
        let mut event = desk.event(Action::AccountShow, json!({ "before": "reset" }));
        event.account = Some(account);
        desk.commit(tx, event).await?;
        previews.push(Preview {
            card,
            resets,
            other_requests,
            open_by,
        });
    }
    Ok(previews)
}

/// Resets the accounts on the request, each for itself.
pub async fn reset(
    desk: &mut Desk<'_>,
    usernames: &[Username],
    id: &RequestId,
    dry_run: bool,
) -> Result<Vec<ResetResult>> {
    let (mut tx, _) = desk.begin(Action::Reset).await?;
    let vault = desk.vault(&mut tx).await?;
    drop(tx);
    let mut results: Vec<ResetResult> = Vec::new();
    for username in usernames {
        if results.iter().any(|result| result.username == *username) {
            continue;
        }
        let outcome = match reset_one(desk, &vault, username, id, dry_run).await {
            Ok(outcome) => outcome,
            // What was done before the limit stands, and is told.
            Err(Error::Refused(limit @ Refusal::TooManyResets)) if !results.is_empty() => {
                Err((NotDone::Refused(limit), None))
            }
            Err(Error::Held { what, by, since }) => {
                let held = NotDone::Held { what, by, since };
                Err((held, refuse_as_held(desk, username, id).await?))
            }
            Err(error) => return Err(error),
        };
        results.push(ResetResult {
            username: username.clone(),
            outcome,
        });
    }
    Ok(results)
}

async fn refuse_as_held(
    desk: &mut Desk<'_>,
    username: &Username,
    id: &RequestId,
) -> Result<Option<i64>> {
    let (mut tx, _) = desk.begin(Action::Reset).await?;
    let account = account_card(desk, &mut tx, username).await?;
    let (by, since) = account.open_by.unzip();
    let detail = json!({ "code": "held_by_colleague", "by": by, "since": since });
    let mut event = desk.event(Action::ResetRefused, detail);
    event.account = Some(account.account.id);
    event.request = Some(id.to_string());
    Ok(Some(desk.commit(tx, event).await?.seq))
}

type Outcome = std::result::Result<Option<Receipt>, (NotDone, Option<i64>)>;

async fn reset_one(
    desk: &mut Desk<'_>,
    vault: &Vault,
    username: &Username,
    id: &RequestId,
    dry_run: bool,
) -> Result<Outcome> {
    let (mut tx, operator) = desk.begin(Action::Reset).await?;
    // The account first: what a colleague did to it a moment ago is then seen of the request as well.
    let found = tx.account_to_change(&desk.reach, username).await?;
    let request = card(desk, &mut tx, id).await?;
    if found.is_none() {
        return Ok(Err((NotDone::Unknown, None)));
    }
    let account = account_card(desk, &mut tx, username).await?;
    let open = [
        ("account", Leased::Account(account.account.id)),
        ("request", Leased::Request(request.request.id)),
    ];
    for (what, leased) in open {
        leases::refuse_held(desk, &mut tx, what, leased).await?;
    }
    let (facts, approved_by) = warrant_facts(desk, &mut tx, &operator, &request, &account).await?;
    let desk_address = desk_address(&mut tx, &account).await?;
    let warrant = match Warrant::issue(&facts, desk.now) {
        Ok(warrant) if tx.use_request(&warrant, desk.now).await? => warrant,
        Ok(_) => {
            let refused = refuse(
                desk,
                tx,
                Refusal::AlreadyUsed,
                &request,
                &account,
                &desk_address,
                dry_run,
            );
            return refused.await;
        }
        Err(refusal) => {
            return refuse(
                desk,
                tx,
                refusal,
                &request,
                &account,
                &desk_address,
                dry_run,
            )
            .await;
        }
    };
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let destroy_at = desk.now.plus_hours(desk.policy.undo_hours);
    tx.reset_second_factor(&warrant, desk.now, destroy_at, enroll_by)
        .await?;
    queue_notices(desk, &mut tx, &request, &account, &desk_address, enroll_by).await?;
    let detail = json!({
        "second_factor": crate::domain::account::SecondFactor::from(account.account.enrollment()).state,
        "recovery_code": account.recovery_code.state,
        "session_epoch": account.account.session_epoch + 1,
        "enroll_by": enroll_by,
        "approved_by": approved_by,
        "requester": request.requester.as_ref().map(|requester| &requester.work_email),
    });
    let mut event = desk.event(Action::Reset, detail);
    event.account = Some(account.account.id);
    event.request = Some(id.to_string());
    if dry_run {
        return Ok(Ok(None));
    }
    tx.end_lease(Leased::Account(account.account.id), &desk.operator)
        .await?;
    let recorded = desk.commit(tx, event).await?;
    let statement = Statement {
        account: username.clone(),
        request: id.clone(),
        event: recorded.seq,
        at: desk.now,
        head: recorded.hash,
        desk: vault.public_key().id(),
    };
    Ok(Ok(Some(vault.sign(statement))))
}

async fn warrant_facts(
    desk: &Desk<'_>,
    tx: &mut Tx,
    operator: &OperatorRow,
    request: &RequestCard,
    account: &AccountCard,
) -> Result<(WarrantFacts, Option<String>)> {
    let holder = &account.account;
    let bound = request
        .accounts
        .iter()
        .find(|bound| bound.account_id == holder.id);
    let from = request.request.from_address.as_deref().unwrap_or_default();
    let requesters = tx
        .requesters(&Reach::Everywhere, Some(from), None, 100)
        .await?;
    let covered_now = is_covered(desk, tx, &requesters, &account.roles).await?;
    let is_operator = |address: &str| {
        operator
            .work_email
            .as_ref()
            .is_some_and(|e| e.as_str() == address)
    };
    let needs_second = !reasons(desk, tx, account, &requesters).await?.is_empty();
    let subject = subject(request, account, "reset");
    let shown = shown(request, account, "reset");
    let approval = approval(desk, tx, &subject, &shown).await?;
    let facts = WarrantFacts {
        request: request.request.id,
        account: holder.id,
        verified: request.request.verdict == "verified",
        expires_at: request.request.expires_at,
        bound: bound.is_some(),
        used_at: bound.and_then(|bound| bound.used_at),
        covered: covered_now && bound.is_some_and(|bound| bound.covered == 1),
        same_person: holder.work_email.as_str() == from
            || operator.login == holder.username.as_str()
            || is_operator(from)
            || is_operator(holder.work_email.as_str()),
        needs_second,
        approved: approval.is_some(),
        blocked: holder.status.as_str() == "blocked",
    };
    Ok((facts, approval.map(|approval| approval.by)))
}

async fn refuse(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    refusal: Refusal,
    request: &RequestCard,
    account: &AccountCard,
    desk_address: &str,
    dry_run: bool,
) -> Result<Outcome> {
    if dry_run {
        return Ok(Err((NotDone::Refused(refusal), None)));
    }
    let holder = &account.account;
    let to_holder = Notice::RefusedHolder {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        at: desk.now,
        desk: desk_address.to_owned(),
    };
    notify(
        desk,
        &mut tx,
        &to_the_holder(desk, account, desk_address),
        &to_holder,
    )
    .await?;
    if let Some(requester) = &request.requester {
        let to_requester = Notice::RefusedRequester {
            name: requester.name.clone(),
            holder: holder.name.clone(),
            request: request.request.public_id.to_string(),
            at: desk.now,
            desk: desk_address.to_owned(),
        };
        let letter = to_the_requester(desk, requester, desk_address);
        notify(desk, &mut tx, &letter, &to_requester).await?;
    }
    let mut event = desk.event(Action::ResetRefused, json!({ "code": refusal }));
    event.account = Some(holder.id);
    event.request = Some(request.request.public_id.to_string());
    let recorded = desk.commit(tx, event).await?;
    Ok(Err((NotDone::Refused(refusal), Some(recorded.seq))))
}

async fn queue_notices(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    request: &RequestCard,
    account: &AccountCard,
    desk_address: &str,
    enroll_by: Timestamp,
) -> Result<()> {
    let Some(requester) = &request.requester else {
        return Err(Error::Refused(Refusal::NotAuthorised));
    };
    let holder = &account.account;
    let to_holder = Notice::ResetHolder {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        requester: requester.name.clone(),
        request: request.request.public_id.to_string(),
        at: desk.now,
        enroll_by,
        desk: desk_address.to_owned(),
    };
    notify(
        desk,
        tx,
        &to_the_holder(desk, account, desk_address),
        &to_holder,
    )
    .await?;
    let to_requester = Notice::ResetRequester {
        name: requester.name.clone(),
        holder: holder.name.clone(),
        request: request.request.public_id.to_string(),
        at: desk.now,
        desk: desk_address.to_owned(),
    };
    let letter = to_the_requester(desk, requester, desk_address);
    notify(desk, tx, &letter, &to_requester).await
}

fn to_the_holder<'l>(
    desk: &Desk<'_>,
    account: &'l AccountCard,
    desk_address: &'l str,
) -> Letter<'l> {
    Letter {
        to: &account.account.work_email,
        language: account.account.language.unwrap_or(desk.policy.language),
        desk_address,
    }
}

fn to_the_requester<'l>(
    desk: &Desk<'_>,
    requester: &'l RequesterRow,
    desk_address: &'l str,
) -> Letter<'l> {
    Letter {
        to: &requester.work_email,
        language: desk.policy.language,
        desk_address,
    }
}
