//! `balie outbox send`: claim, hand over, mark. What became of mails is written down together, as far as they ended together:
//! the next one goes out on a connection only after it's known what became of the one before.

use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use super::written::{NotSent, Sender, Then, written};
use crate::desk::{Desk, Error, Result};
use crate::domain::backoff::next_try;
use crate::domain::log::event::{Action, Event};
use crate::domain::timestamp::Timestamp;
use crate::mail::{Senders, Smtp, in_ascii};
use crate::store::Tx;
use crate::store::mail::OutboxRow;

/// How long a claim lasts, in minutes: longer than the conversation about one mail.
const CLAIM_MINUTES: i64 = 5;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SendReport {
    /// Mails that were handed over.
    pub sent: u64,
    /// Mails that weren't taken, and are due again later or were given up.
    pub failed: u64,
    /// Those among them that are given up.
    pub given_up: u64,
    /// What the server said last.
    pub last_error: Option<String>,
    /// Mails with a code wait, since the keys here don't open them: for whom.
    pub codes_wait_for: Option<Vec<String>>,
    /// It was asked to stop before it was through.
    pub interrupted: bool,
}

/// Where a run's time and its end come from.
pub struct Pace<'p> {
    /// Read for each mail: a run may take longer than a claim lasts.
    pub clock: &'p dyn Fn() -> Timestamp,
    /// Whether somebody wants it to end. What is under way is finished.
    pub wants_stop: &'p dyn Fn() -> bool,
}

/// What became of a mail that was claimed.
type Ended = (OutboxRow, std::result::Result<(), NotSent>);

/// A run on its way.
struct Run<'r> {
    claimant: String,
    pace: Pace<'r>,
    report: SendReport,
    /// The server takes no more, or somebody wants an end.
    stop: bool,
}

/// Sends every mail that is due. Stops at a server that can't be reached, or takes no mail from here: the
/// rest stays due.
pub async fn send_mails(
    desk: &mut Desk<'_>,
    smtp: Smtp,
    sender: &Sender<'_>,
    pace: Pace<'_>,
) -> Result<SendReport> {
    let mut unique = [0; 8];
    desk.rng.fill_bytes(&mut unique);
    let from = in_ascii(sender.from);
    let sender = Sender {
        from: &from,
        ..*sender
    };
    let mut run = Run {
        claimant: HEXLOWER.encode(&unique),
        pace,
        report: SendReport::default(),
        stop: false,
    };
    let mut senders = Senders::new(smtp);
    let mut ended: Vec<Ended> = Vec::new();
    loop {
        let room = senders.room();
        let claimed = run.mark_and_claim(desk, ended, room).await?;
        let is_through = claimed.is_empty();
        ended = Vec::new();
        for row in claimed {
            match written(desk, &row, &sender).await {
                Ok(Ok(mail)) => senders.hand_over(row, mail),
                // One that can't be written doesn't keep those behind it.
                Ok(Err(unwritten)) => ended.push((row, Err(unwritten))),
                // One whose code can't be opened on this machine waits for one that can.
                Err(Error::OnlySeals { who }) => {
                    run.let_go(desk, &row).await?;
                    run.report.codes_wait_for = Some(who);
                }
                Err(error) => return Err(error),
            }
        }
        if !senders.is_busy() && ended.is_empty() && is_through {
            return Ok(run.report);
        }
        if ended.is_empty() {
            let handed = senders.handed().await.into_iter();
            let ended_as = |result: std::result::Result<(), _>| {
                result.map_err(|error| NotSent::of_server(&error))
            };
            ended.extend(handed.map(|(row, result)| (row, ended_as(result))));
        }
    }
}

impl Run<'_> {
    /// Writes down what became of mails, and claims as many as there's room for, in one transaction: each costs a wait for the
    /// disk.
    async fn mark_and_claim(
        &mut self,
        desk: &mut Desk<'_>,
        ended: Vec<Ended>,
        room: usize,
    ) -> Result<Vec<OutboxRow>> {
        desk.now = (self.pace.clock)();
        let (mut tx, _) = desk.begin(Action::OutboxSend).await?;
        let mut events = Vec::with_capacity(ended.len());
        for (row, result) in ended {
            events.push(self.mark(desk, &mut tx, &row, result).await?);
        }
        if !events.is_empty() {
            desk.now = (self.pace.clock)();
        }
        let claimed = self.claim(desk, &mut tx, room).await?;
        if events.is_empty() {
            tx.commit_lease().await?;
        } else {
            desk.commit_many(tx, events).await?;
        }
        Ok(claimed)
    }

    /// Marks one mail; the event that says so.
    async fn mark(
        &mut self,
        desk: &Desk<'_>,
        tx: &mut Tx,
        row: &OutboxRow,
        result: std::result::Result<(), NotSent>,
    ) -> Result<Event> {
        let mut detail = json!({ "message_id": row.message_id, "sent": result.is_ok() });
        match result {
            Ok(()) => {
                tx.mail_sent(row.id, desk.now).await?;
                self.report.sent += 1;
            }
            Err(NotSent { why, then }) => {
                let again = match then {
                    Then::GivenUp => None,
                    Then::Later | Then::Stop => next_try(row.attempts + 1, desk.now),
                };
                tx.mail_not_sent(row.id, &why, again, desk.now).await?;
                self.report.failed += 1;
                if again.is_none() {
                    self.report.given_up += 1;
                    detail["given_up"] = true.into();
                }
                self.report.last_error = Some(why);
                self.stop |= matches!(then, Then::Stop);
            }
        }
        Ok(desk.event(Action::OutboxSend, detail))
    }

    async fn claim(&mut self, desk: &Desk<'_>, tx: &mut Tx, room: usize) -> Result<Vec<OutboxRow>> {
        let mut claimed = Vec::with_capacity(room);
        if !self.stop && (self.pace.wants_stop)() {
            self.stop = true;
            self.report.interrupted = true;
        }
        if self.stop {
            return Ok(claimed);
        }
        let until = desk.now.plus(SignedDuration::from_mins(CLAIM_MINUTES));
        let opens = self.report.codes_wait_for.is_none();
        while claimed.len() < room {
            let next = tx.claim_mail(&self.claimant, desk.now, until, opens);
            match next.await? {
                Some(row) => claimed.push(row),
                None => break,
            }
        }
        Ok(claimed)
    }

    /// Lets a mail go that was claimed and not tried.
    async fn let_go(&self, desk: &mut Desk<'_>, row: &OutboxRow) -> Result<()> {
        let (mut tx, _) = desk.begin(Action::OutboxSend).await?;
        tx.unclaim_mail(row.id, &self.claimant).await?;
        tx.commit_lease().await?;
        Ok(())
    }
}
