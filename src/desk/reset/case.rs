//! `balie reset --break-glass` and `balie case`: a reset without a request. One operator starts a case,
//! with a reason; nothing changes until a senior who is somebody else completes it (rule 1).

use jiff::SignedDuration;
use serde_json::json;

use super::case_file::load_case;
use crate::desk::account::AccountCard;
use crate::desk::account::account_card;
use crate::desk::lease::{locked_card, turn_away};
use crate::desk::notify::{Letter, notify};
use crate::desk::request::case_shown;
use crate::desk::{Desk, Error, Result};
use crate::domain::account::SecondFactor;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::operator::Reach;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::reset::case_file::{CaseOnFile, decide};
use crate::domain::reset::not_done::NotDone;
use crate::domain::reset::receipt::{Receipt, Statement};
use crate::domain::reset::warrant::Purpose;
use crate::domain::timestamp::Timestamp;
use crate::store::directory::RequesterRow;
use crate::store::operator::OperatorRow;
use crate::store::request::{CaseRow, NewCase};
use crate::store::{StoreError, Tx};

/// How long a case can be completed, in minutes.
const OPEN_MINUTES: i64 = 60;
/// Shortest reason that is one, in characters.
const SHORTEST_REASON: usize = 10;
/// Longest reason, in bytes.
const LONGEST_REASON: usize = 1_000;
/// How often an id is drawn before giving up.
const DRAWS: usize = 20;

/// A case and the account that it's about.
#[derive(Debug)]
pub struct CaseCard {
    /// The case.
    pub case: CaseRow,
    /// The account as it stands.
    pub account: AccountCard,
}

/// Starts a case. It changes nothing but the log.
pub async fn start_case(
    desk: &mut Desk<'_>,
    username: &Username,
    reason: &str,
) -> Result<CaseCard> {
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON || reason.len() > LONGEST_REASON {
        return Err(Error::Invalid {
            message: "the reason is too short or too long".into(),
            hint: "say who asked, how you know who it was, and why it can't wait for a mail".into(),
        });
    }
    let (mut tx, operator) = desk.begin(Action::CaseStart).await?;
    let account = locked_card(desk, &mut tx, username).await?;
    if let Err(refusal) = may_start(&mut tx, &operator, &account, desk.now).await? {
        let mut event = desk.event(
            Action::CaseRefused,
            json!({ "code": refusal, "reason": reason }),
        );
        event.account = Some(account.account.id);
        desk.commit(tx, event).await?;
        return Err(refusal.into());
    }
    for _ in 0..DRAWS {
        let id = RequestId::draw_case(desk.rng);
        let shown = case_shown(&id, reason, &operator.login, &account);
        let new = NewCase {
            public_id: &id,
            account: account.account.id,
            reason,
            shown: &shown,
            operator: &operator.login,
            expires_at: desk.now.plus(SignedDuration::from_mins(OPEN_MINUTES)),
        };
        if !tx.add_case(&new, desk.now).await?.took() {
            continue;
        }
        let case = load(desk, &mut tx, &id).await?;
        let detail = json!({ "reason": reason, "expires_at": case.expires_at });
        let mut event = desk.event(Action::CaseStart, detail);
        event.account = Some(account.account.id);
        event.request = Some(id.to_string());
        desk.commit(tx, event).await?;
        return Ok(CaseCard { case, account });
    }
    Err(StoreError::Unexpected("no free case id could be drawn".into()).into())
}

/// A case that nobody could complete isn't started.
async fn may_start(
    tx: &mut Tx,
    operator: &OperatorRow,
    account: &AccountCard,
    now: Timestamp,
) -> Result<std::result::Result<(), Refusal>> {
    let holder = &account.account;
    let own_address = operator.work_email.as_ref() == Some(&holder.work_email);
    if operator.login == holder.username.as_str() || own_address {
        return Ok(Err(Refusal::SamePerson));
    }
    if holder.status.as_str() == "blocked" {
        return Ok(Err(Refusal::AccountBlocked));
    }
    if tx.case_waits_for(holder.id, now).await? {
        return Ok(Err(Refusal::CaseWaits));
    }
    let closed = tx.desk_is_closed().await?;
    let seniors = tx.seniors_for(holder.id, &operator.login, closed).await?;
    Ok(if seniors == 0 {
        Err(Refusal::FourEyesRequired)
    } else {
        Ok(())
    })
}

/// The newest cases.
pub async fn cases(desk: &mut Desk<'_>, limit: u32) -> Result<Vec<CaseRow>> {
    let (mut tx, _) = desk.begin(Action::CaseRead).await?;
    let found = tx.cases(&desk.reach, None, i64::from(limit)).await?;
    let event = desk.event(Action::CaseRead, json!({ "found": found.len() }));
    desk.commit(tx, event).await?;
    Ok(found)
}

/// One case.
pub async fn show_case(desk: &mut Desk<'_>, id: &RequestId) -> Result<CaseCard> {
    let (mut tx, _) = desk.begin(Action::CaseRead).await?;
    let case = load(desk, &mut tx, id).await?;
    let account = account_card(desk, &mut tx, &case.username).await?;
    let mut event = desk.event(Action::CaseRead, json!({}));
    event.account = Some(case.account_id);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(CaseCard { case, account })
}

/// Calls a case off.
pub async fn cancel_case(desk: &mut Desk<'_>, id: &RequestId) -> Result<CaseCard> {
    let (mut tx, _) = desk.begin(Action::CaseCancel).await?;
    let case = load(desk, &mut tx, id).await?;
    if !tx.cancel_case(case.id, desk.now).await?.took() {
        return Err(Refusal::CaseOver.into());
    }
    let case = load(desk, &mut tx, id).await?;
    let account = account_card(desk, &mut tx, &case.username).await?;
    let mut event = desk.event(Action::CaseCancel, json!({}));
    event.account = Some(case.account_id);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(CaseCard { case, account })
}

/// Completes a case: the second operator resets, and both names are in the log.
pub async fn complete_case(
    desk: &mut Desk<'_>,
    id: &RequestId,
    dry_run: bool,
) -> Result<Option<Receipt>> {
    let action = Action::BreakGlassReset;
    let (mut tx, operator) = desk.begin(action).await?;
    let vault = desk.vault(&mut tx).await?;
    let username = load(desk, &mut tx, id).await?.username;
    let account = locked_card(desk, &mut tx, &username).await?;
    let case = load(desk, &mut tx, id).await?;
    let on_file = on_file(&case, &account)?;
    let file = load_case(desk, &mut tx, &operator, on_file, &username).await?;
    let warrant = match decide(&file, &username, Purpose::Reset, desk.now) {
        Ok(warrant)
            if tx
                .complete_case(&warrant, &operator.login, desk.now)
                .await?
                .took() =>
        {
            warrant
        }
        Ok(_) => return Err(Refusal::CaseOver.into()),
        Err(NotDone::Held(held)) => {
            let account = Some(case.account_id);
            return turn_away(desk, tx, action, held, account, None).await;
        }
        Err(why) => {
            let code = why.fault().as_str();
            let mut event = desk.event(Action::CaseRefused, json!({ "code": code }));
            event.account = Some(case.account_id);
            event.request = Some(id.to_string());
            if !dry_run {
                desk.commit(tx, event).await?;
            }
            return Err(Error::not_done(why, &username, id, Purpose::Reset));
        }
    };
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let destroy_at = desk.now.plus_hours(desk.policy.undo_hours);
    tx.reset_second_factor(&warrant, desk.now, destroy_at, enroll_by)
        .await?;
    tell(desk, &mut tx, &case, &account, enroll_by).await?;
    if dry_run {
        return Ok(None);
    }
    let detail = json!({
        "break_glass": true,
        "reason": case.reason,
        "started_by": case.started_by,
        "started_at": case.started_at,
        "second_factor": SecondFactor::from(account.account.enrollment()).state,
        "recovery_code": account.recovery_code.state,
        "session_epoch": account.account.session_epoch + 1,
        "enroll_by": enroll_by,
    });
    let mut event = desk.event(action, detail);
    event.account = Some(case.account_id);
    event.request = Some(id.to_string());
    let recorded = desk.commit(tx, event).await?;
    let statement = Statement {
        account: username,
        request: id.clone(),
        event: recorded.seq,
        at: desk.now,
        head: recorded.hash,
        desk: vault.public_key().id(),
    };
    Ok(Some(vault.sign(statement)))
}

fn on_file(case: &CaseRow, account: &AccountCard) -> Result<CaseOnFile> {
    let shown = case_shown(&case.public_id, &case.reason, &case.started_by, account);
    Ok(CaseOnFile {
        id: case.id,
        started_by: case.started_by.clone(),
        over: case.completed_at.is_some() || case.cancelled_at.is_some(),
        expires_at: case.expires_at,
        changed: case.shown()? != shown,
    })
}

async fn load(desk: &Desk<'_>, tx: &mut Tx, id: &RequestId) -> Result<CaseRow> {
    let found = tx.cases(&desk.reach, Some(id), 1).await?.pop();
    found.ok_or_else(|| Error::NotFound {
        what: "case",
        name: id.to_string(),
        nearest: None,
    })
}

/// The holder hears of it, and everybody who could have asked: nobody did (rule 10).
async fn tell(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    case: &CaseRow,
    account: &AccountCard,
    enroll_by: Timestamp,
) -> Result<()> {
    let desk_address = account.desk_address();
    let holder = &account.account;
    let to_holder = Notice::BreakGlassHolder {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        case: case.public_id.to_string(),
        at: desk.now,
        enroll_by,
        desk: desk_address.to_owned(),
    };
    let letter = Letter::to_holder(holder, desk, desk_address);
    notify(desk, tx, letter, to_holder).await?;
    for requester in who_could_ask(desk, tx, account).await? {
        let to_requester = Notice::BreakGlassRequester {
            name: requester.name.clone(),
            holder: holder.name.clone(),
            case: case.public_id.to_string(),
            reason: case.reason.clone(),
            at: desk.now,
            desk: desk_address.to_owned(),
        };
        let letter = Letter::to_requester(&requester, desk, desk_address);
        notify(desk, tx, letter, to_requester).await?;
    }
    Ok(())
}

/// Those on file for the holder's own organisations, each once, and not the holder.
async fn who_could_ask(
    desk: &Desk<'_>,
    tx: &mut Tx,
    account: &AccountCard,
) -> Result<Vec<RequesterRow>> {
    let mut found: Vec<RequesterRow> = Vec::new();
    for role in &account.roles {
        let there = tx
            .requesters(&Reach::Everywhere, None, Some(&role.organisation), 20)
            .await?;
        for requester in there {
            let known = found.iter().any(|r| r.work_email == requester.work_email);
            let is_holder = requester.work_email == account.account.work_email;
            if !known && !is_holder && requester.is_valid(desk.now) {
                found.push(requester);
            }
        }
    }
    Ok(found)
}
