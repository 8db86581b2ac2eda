//! Several connections to one server, with a mail at a time on each. It begins with one, since most runs have a mail or two;
//! another is opened for so many mails that were taken, and where the server won't have it, there is none more in this run.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::Mail;
use super::send::{Connection, Smtp};
use super::smtp_error::SmtpError;
use super::smtp_transaction::NotHanded;

/// The most connections. Microsoft 365 lets a mailbox have three at once.
const MOST: usize = 3;
/// How many mails were taken before there is another connection.
const FOR_ANOTHER: usize = 16;

/// What became of the mails that were handed over, each with its name.
pub type Handed<N> = Vec<(N, Result<(), SmtpError>)>;

/// Connections to one server. `N` names a mail, and comes back with what became of it.
pub struct Senders<N> {
    smtp: Arc<Smtp>,
    idle: Vec<Connection>,
    /// How many mails are under way.
    busy: usize,
    opening: bool,
    most: usize,
    taken: usize,
    /// Mails whose connection went, and for which there was no other.
    stranded: Vec<(N, Mail)>,
    tasks: JoinSet<Done<N>>,
}

enum Done<N> {
    Handed {
        name: N,
        mail: Mail,
        result: Result<(), NotHanded>,
        connection: Option<Connection>,
    },
    Opened(Option<Connection>),
}

impl<N: Send + 'static> Senders<N> {
    /// None is open yet.
    #[must_use]
    pub fn new(smtp: Smtp) -> Self {
        Self {
            smtp: Arc::new(smtp),
            idle: Vec::new(),
            busy: 0,
            opening: false,
            most: MOST,
            taken: 0,
            stranded: Vec::new(),
            tasks: JoinSet::new(),
        }
    }

    /// How many mails can be handed over now without waiting for another.
    #[must_use]
    pub const fn room(&self) -> usize {
        match (self.busy, self.idle.len()) {
            // Its connection is opened with it.
            (0, 0) => 1,
            (_, idle) => idle,
        }
    }

    /// Whether mails are under way.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.busy > 0
    }

    /// Hands a mail over, as far as there is [room](Self::room).
    pub fn hand_over(&mut self, name: N, mail: Mail) {
        let (smtp, before) = (Arc::clone(&self.smtp), self.idle.pop());
        self.busy += 1;
        self.tasks.spawn(async move {
            let (result, connection) = smtp.send_over(before, &mail).await;
            Done::Handed {
                name,
                mail,
                result,
                connection,
            }
        });
    }

    /// Waits until something became of a mail, or there's room for another. Empty where there's only room, or none is under
    /// way. Mails that end meanwhile come with the next call, together.
    pub async fn handed(&mut self) -> Handed<N> {
        let mut handed = Vec::new();
        if self.is_busy() {
            self.open_another();
            if let Some(done) = self.tasks.join_next().await {
                self.note(done, &mut handed);
            }
            while let Some(done) = self.tasks.try_join_next() {
                self.note(done, &mut handed);
            }
        }
        handed
    }

    /// Opens another connection beside the mails, where it has been earned. A mail never waits for it.
    fn open_another(&mut self) {
        let open = self.busy + self.idle.len();
        let earned = (1 + self.taken / FOR_ANOTHER).min(self.most);
        if self.opening || open >= earned {
            return;
        }
        self.opening = true;
        let smtp = Arc::clone(&self.smtp);
        self.tasks
            .spawn(async move { Done::Opened(smtp.open().await.ok()) });
    }

    fn note(&mut self, done: Result<Done<N>, tokio::task::JoinError>, handed: &mut Handed<N>) {
        match done {
            Ok(Done::Handed {
                name,
                mail,
                result,
                connection,
            }) => {
                self.busy -= 1;
                self.taken += usize::from(result.is_ok());
                self.idle.extend(connection);
                let left = self.busy + self.idle.len();
                match result {
                    // The server goes on with the others, and has no room for this one.
                    Err(NotHanded::Gone(_)) if left > 0 => {
                        self.most = left;
                        self.stranded.push((name, mail));
                    }
                    result => handed.push((name, result.map_err(NotHanded::into_error))),
                }
            }
            Ok(Done::Opened(connection)) => {
                self.opening = false;
                if connection.is_none() {
                    self.most = (self.busy + self.idle.len()).max(1);
                }
                self.idle.extend(connection);
            }
            Err(error) => {
                if let Ok(panic) = error.try_into_panic() {
                    std::panic::resume_unwind(panic);
                }
            }
        }
        while self.room() > 0
            && let Some((name, mail)) = self.stranded.pop()
        {
            self.hand_over(name, mail);
        }
    }
}
