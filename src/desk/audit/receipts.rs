//! Receipts against the log: whether each is of a reset that is in it (`audit verify --receipt`), and a receipt
//! printed again (`receipt show`). An event says all that a receipt states, and the signature is always the
//! same.

use serde::Serialize;
use serde_json::json;

use crate::desk::account::account_card;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::check::Broken;
use crate::domain::log::event::{Action, Hash};
use crate::domain::request::id::RequestId;
use crate::domain::reset::receipt::{Receipt, Statement};
use crate::store::Tx;
use crate::store::log::{EventFilter, EventRow};
use crate::vault::{PublicKey, ReceiptError, verify_receipt};

/// How a receipt agrees with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// The log has the reset that it states.
    Holds,
    /// Another desk's key signed it, or it says so.
    OtherDesk,
    /// It was changed, or never signed by this desk.
    BadSignature,
    /// The log has no reset of that number: its tail was cut off, or an older copy was put back.
    NotInLog,
    /// The log has another one there: it was rewritten.
    Differs,
}

/// A receipt, held against the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldReceipt {
    /// The number of the event that it states.
    pub event: String,
    /// Its state.
    pub result: Held,
}

/// Holds each receipt against the log.
pub(super) async fn hold_all(
    look: &mut Tx,
    receipts: &[Receipt],
    key: &PublicKey,
) -> Result<Vec<HeldReceipt>> {
    let mut held = Vec::with_capacity(receipts.len());
    for receipt in receipts {
        let result = match verify_receipt(receipt, key) {
            Ok(()) => hold(look, &receipt.statement).await?,
            Err(ReceiptError::OtherDesk { .. }) => Held::OtherDesk,
            Err(ReceiptError::BadSignature) => Held::BadSignature,
        };
        held.push(HeldReceipt {
            event: receipt.statement.event.to_string(),
            result,
        });
    }
    Ok(held)
}

async fn hold(look: &mut Tx, statement: &Statement) -> Result<Held> {
    let Some(row) = reset_row(look, statement.event).await? else {
        return Ok(Held::NotInLog);
    };
    let same = row.hash == statement.head
        && row.at == statement.at
        && row.request.as_deref() == Some(statement.request.as_str())
        && row.username.as_deref() == Some(statement.account.as_str());
    Ok(if same { Held::Holds } else { Held::Differs })
}

async fn reset_row(tx: &mut Tx, event: i64) -> Result<Option<EventRow>> {
    let before = event.checked_sub(1);
    let Some(before) = before.filter(|before| *before >= 0) else {
        return Ok(None);
    };
    let found = tx.events_after(&EventFilter::default(), before, 1).await?;
    Ok(found.into_iter().find(|row| {
        row.seq == event
            && (row.action == Action::Reset.as_str()
                || row.action == Action::BreakGlassReset.as_str())
    }))
}

/// The receipt of a reset, signed once more.
pub async fn print_receipt(desk: &mut Desk<'_>, event: i64) -> Result<Receipt> {
    let (mut tx, _) = desk.begin(Action::ReceiptShow).await?;
    let no_such = || Error::NotFound {
        what: "reset",
        name: event.to_string(),
        nearest: None,
    };
    let row = reset_row(&mut tx, event).await?.ok_or_else(no_such)?;
    let username = row.username.as_deref().and_then(|name| name.parse().ok());
    let username = username.ok_or_else(no_such)?;
    // Whom the operator doesn't reach isn't there.
    let account = match account_card(desk, &mut tx, &username).await {
        Err(Error::NotFound { .. }) => return Err(no_such()),
        other => other?.account.id,
    };
    let head = checked_hash(&row)?;
    let request: RequestId = row
        .request
        .as_deref()
        .and_then(|id| id.parse().ok())
        .ok_or_else(no_such)?;
    let vault = desk.vault(&mut tx).await?;
    let mut shown = desk.event(Action::ReceiptShow, json!({ "reset": event.to_string() }));
    shown.account = Some(account);
    shown.request = Some(request.to_string());
    desk.commit(tx, shown).await?;
    Ok(vault.sign(Statement {
        account: username,
        request,
        event,
        at: row.at,
        head,
        desk: vault.public_key().id(),
    }))
}

/// Nothing is signed that the line itself doesn't bear out.
fn checked_hash(row: &EventRow) -> Result<Hash> {
    let hash = row.line().hash();
    if row.hash == hash {
        Ok(hash)
    } else {
        Err(Error::LogBroken {
            seq: row.seq,
            why: Broken::Fields,
        })
    }
}
