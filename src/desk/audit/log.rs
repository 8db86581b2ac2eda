//! Reading the log: the newest lines, the lines as they come, or a copy of all. Each is an event too
//! (rule 11).

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::desk::account::existing_account;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::store::log::{EventFilter, EventRow};
use crate::store::request::CaseRow;
use crate::store::{StoreError, Tx};

/// Where no time is asked for, break-glass of so many days is shown.
const LATELY_DAYS: i64 = 30;
/// How many lines a follower gets at once.
const BATCH: i64 = 1000;

/// Which lines of the log somebody wants to see.
#[derive(Clone, Debug, Default)]
pub struct LogOrder {
    /// Of this operator.
    pub operator: Option<String>,
    /// Of this action.
    pub action: Option<Action>,
    /// Of this account.
    pub account: Option<Username>,
    /// Of this request.
    pub request: Option<RequestId>,
    /// From this instant on.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// Behind this line: where the last copy ended.
    pub after: Option<i64>,
}

impl LogOrder {
    async fn filter(&self, desk: &Desk<'_>, tx: &mut Tx) -> Result<EventFilter> {
        let account = match &self.account {
            Some(username) => Some(existing_account(desk, tx, username).await?.id),
            None => None,
        };
        Ok(EventFilter {
            operator: self.operator.clone(),
            action: self.action.map(|action| action.as_str().to_owned()),
            account,
            request: self.request.as_ref().map(ToString::to_string),
            since: self.since,
            until: self.until,
            after: self.after,
            up_to: None,
        })
    }

    fn told(&self) -> Value {
        let given = [
            ("operator", json!(self.operator)),
            ("action", json!(self.action)),
            ("account", json!(self.account)),
            ("request", json!(self.request)),
            ("since", json!(self.since)),
            ("until", json!(self.until)),
            ("after", json!(self.after.map(|seq| seq.to_string()))),
        ];
        let given = given.into_iter().filter(|(_, value)| !value.is_null());
        given
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

/// Hands the newest lines of the log to `take`, newest first, and before them to `begin` the break-glass cases
/// that wait or lie within its time; where no time is asked for, within the last days. Its own event is written
/// before anything leaves, and isn't among the lines.
pub async fn read_log<E: From<Error>>(
    desk: &mut Desk<'_>,
    order: &LogOrder,
    limit: u32,
    begin: impl FnOnce(Vec<CaseRow>) -> std::result::Result<(), E>,
    mut take: impl FnMut(EventRow) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let (mut tx, _) = desk.begin(Action::AuditLog).await?;
    let mut filter = order.filter(desk, &mut tx).await?;
    let limit = i64::from(limit);
    let lately = desk.now.plus(SignedDuration::from_hours(-24 * LATELY_DAYS));
    let of_time = EventFilter {
        since: filter.since.or(filter.until.is_none().then_some(lately)),
        ..filter.clone()
    };
    let break_glass = tx.cases_for_the_log(&desk.reach, &of_time, desk.now, limit);
    let break_glass = break_glass.await.map_err(Error::from)?;
    let head = tx.log_head().await.map_err(Error::from)?;
    filter.up_to = Some(head.seq);
    let (events, _) = tx
        .extent_of_last(&filter, limit)
        .await
        .map_err(Error::from)?;
    let detail = json!({
        "events": events,
        "break_glass": break_glass.len(),
        "filter": order.told(),
    });
    let event = desk.event(Action::AuditLog, detail);
    desk.commit(tx, event).await?;
    begin(break_glass)?;
    let mut look = desk.database.look().await.map_err(Error::from)?;
    look.each_last_event(&filter, limit, |row| take(row).map_err(Stop::Taker))
        .await
        .map_err(Stop::into_error)
}

/// A place in the log from which on somebody follows it.
#[derive(Debug)]
pub struct Follower {
    filter: EventFilter,
    after: i64,
}

/// Begins to follow the log: from its last `limit` lines on. That is one event, however long it lasts.
pub async fn follow_log(desk: &mut Desk<'_>, order: &LogOrder, limit: u32) -> Result<Follower> {
    let (mut tx, _) = desk.begin(Action::AuditLog).await?;
    let filter = order.filter(desk, &mut tx).await?;
    let (_, oldest) = tx.extent_of_last(&filter, i64::from(limit)).await?;
    let after = match oldest {
        Some(oldest) => oldest - 1,
        None => tx.log_head().await?.seq,
    };
    let detail = json!({ "follow": true, "filter": order.told() });
    let event = desk.event(Action::AuditLog, detail);
    desk.commit(tx, event).await?;
    Ok(Follower { filter, after })
}

/// The lines that came since, oldest first.
pub async fn next_events(desk: &Desk<'_>, follower: &mut Follower) -> Result<Vec<EventRow>> {
    let mut look = desk.database.look().await?;
    let events = look
        .events_after(&follower.filter, follower.after, BATCH)
        .await?;
    if let Some(last) = events.last() {
        follower.after = last.seq;
    }
    Ok(events)
}

/// Hands a copy of the log to `take`, oldest line first. The copy's own event comes first of all, so
/// that nothing leaves unrecorded, and is the last line of the copy. One that goes on behind a line and finds nothing new
/// is no event (rule 11). Gives back from where to follow.
pub async fn export_log<E: From<Error>>(
    desk: &mut Desk<'_>,
    order: &LogOrder,
    written_as: &str,
    mut take: impl FnMut(EventRow) -> std::result::Result<(), E>,
) -> std::result::Result<Follower, E> {
    let (mut tx, _) = desk.begin(Action::AuditExport).await?;
    let filter = order.filter(desk, &mut tx).await?;
    let mut after = order.after.unwrap_or(0);
    let head = tx.log_head().await.map_err(Error::from)?.seq;
    if after > head {
        return Err(Error::Invalid {
            message: format!("the log ends at line {head}, before line {after}: it was cut, or a copy was put back"),
            hint: "`audit verify --checkpoint FILE` tells; then go on with --after the last line that is there".into(),
        }
        .into());
    }
    if order.after.is_some() {
        let new = tx.events_after(&filter, after, 1).await;
        if new.map_err(Error::from)?.is_empty() {
            return Ok(Follower { filter, after });
        }
    }
    let detail = json!({ "as": written_as, "filter": order.told() });
    let event = desk.event(Action::AuditExport, detail);
    desk.commit(tx, event).await?;
    let mut look = desk.database.look().await.map_err(Error::from)?;
    look.each_event(&filter, |row| {
        after = row.seq;
        take(row).map_err(Stop::Taker)
    })
    .await
    .map_err(Stop::into_error)?;
    drop(look);
    Ok(Follower { filter, after })
}

enum Stop<E> {
    Store(StoreError),
    Taker(E),
}

impl<E: From<Error>> Stop<E> {
    fn into_error(self) -> E {
        match self {
            Self::Store(error) => Error::from(error).into(),
            Self::Taker(error) => error,
        }
    }
}

impl<E> From<StoreError> for Stop<E> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
