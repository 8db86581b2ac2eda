//! `balie pending`: who was reset and hasn't enrolled again; reminders, and the window opened again.

use serde::Serialize;
use serde_json::json;

use crate::desk::account::account_card;
use crate::desk::lease::account_to_change;
use crate::desk::notify::{Letter, notify};
use crate::desk::{Desk, Result};
use crate::domain::account::enrollment_window::{Reminder, reminder_due};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::account::PendingRow;

/// Who hasn't enrolled, at one instant.
#[derive(Debug)]
pub struct PendingList {
    /// The accounts, the window that closes first at the top.
    pub accounts: Vec<PendingRow>,
    /// The instant that time left is counted from.
    pub now: Timestamp,
}

/// What a run of reminders did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RemindReport {
    /// Who is reminded, and which reminder it is.
    pub reminded: Vec<(Username, Reminder)>,
    /// Nothing was kept: it was a dry run.
    pub dry_run: bool,
}

/// Lists who hasn't enrolled again; with `all`, also who never has.
pub async fn pending(desk: &mut Desk<'_>, all: bool, limit: u32) -> Result<PendingList> {
    let (mut tx, _) = desk.begin(Action::PendingRead).await?;
    let accounts = tx.pending(&desk.reach, all, i64::from(limit)).await?;
    let detail = json!({ "all": all, "found": accounts.len() });
    let event = desk.event(Action::PendingRead, detail);
    desk.commit(tx, event).await?;
    Ok(PendingList {
        accounts,
        now: desk.now,
    })
}

/// Queues the reminders that are due: each once for each window.
pub async fn remind(
    desk: &mut Desk<'_>,
    all: bool,
    limit: u32,
    dry_run: bool,
) -> Result<RemindReport> {
    let (mut tx, _) = desk.begin(Action::PendingRemind).await?;
    let rows = tx.pending(&desk.reach, all, i64::from(limit)).await?;
    drop(tx);
    let mut report = RemindReport {
        reminded: Vec::new(),
        dry_run,
    };
    for row in rows.iter().filter(|row| row.status == "active") {
        let hours = desk.policy.enrollment_window_hours;
        let due = row
            .enroll_by
            .and_then(|end| Some((end, reminder_due(end, hours, row.reminder, desk.now)?)));
        let Some((enroll_by, reminder)) = due else {
            continue;
        };
        if dry_run || remind_one(desk, row, enroll_by, reminder).await? {
            report.reminded.push((row.username.clone(), reminder));
        }
    }
    Ok(report)
}

async fn remind_one(
    desk: &mut Desk<'_>,
    row: &PendingRow,
    enroll_by: Timestamp,
    reminder: Reminder,
) -> Result<bool> {
    let (mut tx, _) = desk.begin(Action::PendingRemind).await?;
    let card = account_card(desk, &mut tx, &row.username).await?;
    if !tx
        .note_reminder(row.id, enroll_by, reminder, desk.now)
        .await?
        .took()
    {
        return Ok(false);
    }
    let address = card.desk_address();
    let notice = Notice::WindowReminder {
        name: card.account.name.clone(),
        username: row.username.to_string(),
        enroll_by,
        desk: address.to_owned(),
    };
    notify(
        desk,
        &mut tx,
        Letter::to_holder(&card.account, desk, address),
        notice,
    )
    .await?;
    let detail = json!({ "reminder": reminder, "enroll_by": enroll_by });
    let mut event = desk.event(Action::PendingRemind, detail);
    event.account = Some(row.id);
    desk.commit(tx, event).await?;
    Ok(true)
}

/// Opens the enrollment window of an account again, and tells its holder.
pub async fn reopen(desk: &mut Desk<'_>, username: &Username, dry_run: bool) -> Result<Timestamp> {
    let (tx, operator) = desk.begin(Action::PendingReopen).await?;
    let (mut tx, card) = account_to_change(desk, tx, Action::PendingReopen, username).await?;
    let holder = &card.account;
    let own = operator.login == username.as_str()
        || operator
            .work_email
            .as_ref()
            .is_some_and(|own| *own == holder.work_email);
    if own {
        return Err(Refusal::SamePerson.into());
    }
    if holder.status.as_str() == "blocked" {
        return Err(Refusal::AccountBlocked.into());
    }
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    if !tx.open_window(holder.id, enroll_by).await?.took() {
        return Err(Refusal::EnrolledAgain.into());
    }
    if dry_run {
        return Ok(enroll_by);
    }
    let address = card.desk_address();
    let notice = Notice::WindowReopened {
        name: holder.name.clone(),
        username: username.to_string(),
        at: desk.now,
        enroll_by,
        desk: address.to_owned(),
    };
    notify(
        desk,
        &mut tx,
        Letter::to_holder(&card.account, desk, address),
        notice,
    )
    .await?;
    let mut event = desk.event(Action::PendingReopen, json!({ "enroll_by": enroll_by }));
    event.account = Some(holder.id);
    desk.commit(tx, event).await?;
    Ok(enroll_by)
}
