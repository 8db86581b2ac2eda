//! `balie undo`: the reset of a wrong account, taken back by a colleague (rule 4).

use serde_json::json;

use crate::desk::account::{AccountCard, account_card, existing_account, missing};
use crate::desk::lease::account_to_change;
use crate::desk::notify::{Letter, notify};
use crate::desk::request::standing;
use crate::desk::{Desk, Error, Result};
use crate::domain::account::SecondFactor;
use crate::domain::code::Username;
use crate::domain::log::event::{Action, Event, Recorded};
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::reset::receipt::Receipt;
use crate::domain::reset::undo::{Undo, UndoFacts};
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::account::ResetRow;
use crate::store::directory::RequesterRow;
use crate::store::operator::OperatorRow;
use crate::vault::{PublicKey, verify_receipt};

/// Who destroys what is due: the program automatically, whoever happens to run it.
const BY_ITSELF: &str = "balie";

/// What an operator sees before "go on?".
#[derive(Debug)]
pub struct UndoPreview {
    /// The account as it stands.
    pub card: AccountCard,
    /// Who did the reset.
    pub reset_by: String,
    /// When.
    pub reset_at: Timestamp,
}

/// A reset that was undone.
#[derive(Debug)]
pub struct UndoReport {
    /// The account.
    pub username: Username,
    /// The number of the event; none of a dry run.
    pub event: Option<i64>,
    /// The number of the reset's event.
    pub reset: i64,
    /// The state that came back: `active` or `locked`.
    pub second_factor: &'static str,
}

/// Which reset is to be undone.
#[derive(Clone, Debug)]
pub enum ToUndo {
    /// The one that a receipt states.
    Receipt(Receipt),
    /// The one of an account that is that event of the log.
    Event {
        /// The account.
        account: Username,
        /// The event's number.
        event: i64,
    },
}

impl ToUndo {
    /// Whose reset it is.
    #[must_use]
    pub const fn account(&self) -> &Username {
        match self {
            Self::Receipt(receipt) => &receipt.statement.account,
            Self::Event { account, .. } => account,
        }
    }
}

/// The last reset of an account.
pub async fn last_reset(desk: &mut Desk<'_>, username: &Username) -> Result<ToUndo> {
    let (mut tx, _) = desk.begin(Action::AccountShow).await?;
    let account = existing_account(desk, &mut tx, username).await?;
    let last = tx.last_reset(account.id).await?;
    looked_up(desk, tx, account.id).await?;
    Ok(ToUndo::Event {
        account: account.username,
        event: last.ok_or(Refusal::NothingToUndo)?.seq,
    })
}

/// The reset that is that event, of an account within reach.
pub async fn reset_of_event(desk: &mut Desk<'_>, event: i64) -> Result<ToUndo> {
    let (mut tx, _) = desk.begin(Action::AccountShow).await?;
    let reset = tx.reset_event(event).await?;
    let username = match reset.and_then(|reset| reset.account) {
        Some(account) => tx.username_of(account).await?,
        None => None,
    };
    let account = match username.and_then(|name| name.parse().ok()) {
        Some(username) => tx.account(&desk.reach, &username).await?,
        None => None,
    };
    // One that is out of reach doesn't exist.
    let account = account.ok_or_else(|| missing("reset", &event))?;
    looked_up(desk, tx, account.id).await?;
    Ok(ToUndo::Event {
        account: account.username,
        event,
    })
}

/// Writes down that somebody looked for what to undo.
async fn looked_up(desk: &mut Desk<'_>, tx: Tx, account: i64) -> Result<()> {
    let mut event = desk.event(Action::AccountShow, json!({ "before": "undo" }));
    event.account = Some(account);
    desk.commit(tx, event).await?;
    Ok(())
}

/// What is undone.
struct Found {
    reset: ResetRow,
    account: AccountCard,
    requester: Option<RequesterRow>,
}

/// Shows what an undo would hit.
pub async fn preview_undo(desk: &mut Desk<'_>, which: &ToUndo) -> Result<UndoPreview> {
    let (mut tx, _) = desk.begin(Action::AccountShow).await?;
    let found = find(desk, &mut tx, which).await?;
    let mut event = desk.event(Action::AccountShow, json!({ "before": "undo" }));
    event.account = Some(found.account.account.id);
    desk.commit(tx, event).await?;
    Ok(UndoPreview {
        card: found.account,
        reset_by: found.reset.operator,
        reset_at: found.reset.at,
    })
}

/// Undoes a reset. The recovery code stays void: it may have been lost with
/// what was reset, and a fresh one is asked for by mail like any other.
pub async fn undo(desk: &mut Desk<'_>, which: &ToUndo, dry_run: bool) -> Result<UndoReport> {
    let (tx, operator) = desk.begin(Action::ResetUndo).await?;
    let username = which.account();
    let (mut tx, _) = account_to_change(desk, tx, Action::ResetUndo, username).await?;
    let found = find(desk, &mut tx, which).await?;
    let holder = &found.account.account;
    let facts = facts(&mut tx, &operator, &found).await?;
    let allowed = match Undo::allow(&facts, desk.now) {
        Ok(undo) if tx.undo_reset(&undo, desk.now).await?.took() => Ok(()),
        Ok(_) => Err(Refusal::NothingToUndo),
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = allowed {
        if !dry_run {
            let detail = json!({ "code": refusal, "reset": found.reset.seq.to_string() });
            // What was begun is rolled back; only the refusal is written down.
            drop(tx);
            let (tx, _) = desk.begin(Action::ResetUndo).await?;
            let mut event = desk.event(Action::ResetUndoRefused, detail);
            event.account = Some(holder.id);
            event.request.clone_from(&found.reset.request);
            desk.commit(tx, event).await?;
        }
        return Err(refusal.into());
    }
    let back = account_card(desk, &mut tx, username).await?;
    let second_factor = SecondFactor::from(back.account.enrollment()).state;
    let report = |event| UndoReport {
        username: username.clone(),
        event,
        reset: found.reset.seq,
        second_factor,
    };
    if dry_run {
        return Ok(report(None));
    }
    tell(desk, &mut tx, &found).await?;
    let detail = json!({
        "reset": found.reset.seq.to_string(),
        "reset_by": found.reset.operator,
        "second_factor": second_factor,
        "session_epoch": back.account.session_epoch,
    });
    let mut event = desk.event(Action::ResetUndo, detail);
    event.account = Some(holder.id);
    event.request.clone_from(&found.reset.request);
    let recorded = desk.commit(tx, event).await?;
    Ok(report(Some(recorded.seq)))
}

async fn find(desk: &Desk<'_>, tx: &mut Tx, which: &ToUndo) -> Result<Found> {
    let (event, head) = match which {
        ToUndo::Receipt(receipt) => {
            let key = tx.desk().await?.map(|desk| desk.public_key);
            let key = key.and_then(|key| key.try_into().ok()).map(PublicKey);
            verify_receipt(receipt, &key.ok_or(Error::NotInLog)?)?;
            (receipt.statement.event, Some(receipt.statement.head))
        }
        ToUndo::Event { event, .. } => (*event, None),
    };
    let account = account_card(desk, tx, which.account()).await?;
    let reset = tx.reset_event(event).await?.filter(|reset| {
        reset.account == Some(account.account.id) && head.is_none_or(|head| reset.hash == head)
    });
    let reset = reset.ok_or(Error::NotInLog)?;
    let request: Option<RequestId> = reset.request.as_ref().and_then(|id| id.parse().ok());
    let requester = match request.filter(|request| !request.is_case()) {
        Some(request) => standing(desk, tx, &request).await?.requester,
        // Nobody asked: it was break-glass.
        None => None,
    };
    Ok(Found {
        reset,
        account,
        requester,
    })
}

async fn facts(tx: &mut Tx, operator: &OperatorRow, found: &Found) -> Result<UndoFacts> {
    let Found {
        reset,
        account,
        requester,
    } = found;
    let holder = &account.account;
    let retired = tx.retired_at(holder.id, reset.at).await?;
    let just_after = Timestamp::from_micros(reset.at.as_micros() + 1);
    let (later, _) = tx.resets_since(holder.id, just_after).await?;
    let is_operator = |address: &str| {
        let own = operator.work_email.as_ref();
        own.is_some_and(|own| own.as_str() == address)
    };
    let same_person = operator.login == holder.username.as_str()
        || is_operator(holder.work_email.as_str())
        || requester
            .as_ref()
            .is_some_and(|requester| is_operator(requester.work_email.as_str()));
    Ok(UndoFacts {
        account: holder.id,
        destroy_at: retired.as_ref().and_then(|retired| retired.destroy_at),
        destroyed: retired
            .as_ref()
            .is_some_and(|retired| retired.destroyed == 1),
        retired: retired.map(|retired| retired.id),
        own_reset: operator.login == reset.operator,
        same_person,
        enrolled_again: tx.enrolled_since(holder.id, reset.at).await?,
        reset_again: later > 0,
    })
}

/// Tells holder and requester (rule 10).
async fn tell(desk: &mut Desk<'_>, tx: &mut Tx, found: &Found) -> Result<()> {
    let Found {
        reset,
        account,
        requester,
    } = found;
    let holder = &account.account;
    let address = account.desk_address();
    let request = reset.request.clone().unwrap_or_default();
    let notice = Notice::UndoneHolder {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        request: request.clone(),
        reset_at: reset.at,
        at: desk.now,
        desk: address.to_owned(),
    };
    notify(desk, tx, Letter::to_holder(holder, desk, address), notice).await?;
    if let Some(requester) = requester {
        let notice = Notice::UndoneRequester {
            name: requester.name.clone(),
            holder: holder.name.clone(),
            request,
            reset_at: reset.at,
            at: desk.now,
            desk: address.to_owned(),
        };
        let letter = Letter::to_requester(requester, desk, address);
        notify(desk, tx, letter, notice).await?;
    }
    Ok(())
}

/// Destroys the retired secrets whose time to be undone is over. Runs with every command that finds one at
/// the door.
pub async fn destroy_retired(desk: &mut Desk<'_>) -> Result<Option<Recorded>> {
    let mut tx = desk.database.begin().await?;
    let destroyed = tx.destroy_secrets(desk.now).await?;
    if destroyed == 0 {
        return Ok(None);
    }
    let event = Event {
        operator: BY_ITSELF.into(),
        action: Action::EnrollmentDestroy,
        account: None,
        request: None,
        detail: json!({ "destroyed": destroyed }),
    };
    Ok(Some(desk.commit(tx, event).await?))
}
