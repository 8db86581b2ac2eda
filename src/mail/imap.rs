//! IMAP (RFC 3501) over TLS: read with EXAMINE and BODY.PEEK, so that nothing changes in the mailbox
//! unless the config says so. An answer counts as whole only where the server says OK and every message
//! that was asked for came with its number and its text; what doesn't come is asked for once more, alone.

use std::collections::{BTreeMap, VecDeque};

use async_imap::imap_proto::{AttributeValue, Response};

use super::delivered::{After, BATCH, BATCH_BYTES, Delivered, MailboxError, NotTaken, Position};
use super::gate::MAX_BYTES;
use super::imap_folder;
use super::imap_folder::{Folder, ImapAccount, quoted};
use super::imap_talk::{LITTLE, Most, uid};
use super::imap_texts;
use super::imap_texts::Text;
use crate::domain::request::evidence::Intake;
use crate::domain::timestamp::Timestamp;
use crate::domain::withheld::{plain_name, withheld as withheld_name};

/// How many numbers are listed at once. In a stretch without messages it doubles, up to ten times that.
const WINDOW: u32 = 10_000;
/// After how many windows without a message the rest is listed in one.
const WINDOWS: u32 = 50;
/// The most of one listing: more than the messages of the widest window.
const LISTING: Most = Most {
    bytes: 32 << 20,
    lines: 120_000,
    expected: 0,
};

/// A message that the server has and we don't.
#[derive(Clone, Debug)]
struct Listed {
    uid: u32,
    size: u64,
    internal_date: Option<Timestamp>,
}

/// An open mailbox.
pub struct Imap {
    folder: Folder,
    place: String,
    after: After,
    last_uid: Option<u32>,
    /// From where on it isn't listed yet; nothing at the end.
    unlisted: Option<u32>,
    listed: VecDeque<Listed>,
    /// Some message gave its text.
    gave: bool,
    /// Why one didn't.
    fault: Option<MailboxError>,
}

impl Imap {
    /// Whether the address of a mailbox can be understood. Nobody is asked.
    pub fn check_url(url: &str) -> Result<(), MailboxError> {
        imap_folder::check_url(url)
    }

    /// Logs in and opens the mailbox.
    pub async fn open(account: &ImapAccount) -> Result<Self, MailboxError> {
        let folder = Folder::open(account).await?;
        Ok(Self {
            place: folder.place(),
            folder,
            after: account.after.clone(),
            last_uid: None,
            unlisted: None,
            listed: VecDeque::new(),
            gave: false,
            fault: None,
        })
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn position(&self) -> Position {
        Position {
            uid_validity: Some(self.folder.uid_validity),
            last_uid: self.last_uid,
        }
    }

    /// Lists what came after `before` (everything where the server numbered its mailbox anew), and what
    /// was withheld before. Gives the number of messages where that is known already.
    pub(super) async fn look(
        &mut self,
        before: Position,
        withheld: &[&str],
    ) -> Result<Option<u64>, MailboxError> {
        let same = before.uid_validity == Some(self.folder.uid_validity);
        let last = before.last_uid.filter(|_| same).unwrap_or(0);
        self.last_uid = Some(last).filter(|last| *last > 0);
        let own = withheld.iter().filter_map(|item| self.uid_of(item));
        let own: Vec<String> = own.take(BATCH).map(|uid| uid.to_string()).collect();
        if !own.is_empty() {
            self.list(&own.join(",")).await?;
        }
        let is_long = self.folder.uid_next.is_some_and(|next| next > WINDOW);
        self.unlisted = match last {
            0 if is_long => self.lowest().await?,
            last => last.checked_add(1),
        };
        self.list_on().await?;
        Ok(self.unlisted.is_none().then_some(self.listed.len() as u64))
    }

    /// The number of the first message there is: a mailbox may begin in the millions.
    async fn lowest(&mut self) -> Result<Option<u32>, MailboxError> {
        let mut lowest = None;
        let see = &mut |line: &Response<'_>| {
            if let Response::Fetch(1, attributes) = line {
                lowest = lowest.or(uid(attributes));
            }
        };
        match self.folder.say("FETCH 1 (UID)", LITTLE, see).await {
            Ok(()) => Ok(lowest.or(Some(1))),
            // There is none, or the server won't say: then from the start.
            Err(MailboxError::Refused(_)) => Ok(Some(1)),
            Err(error) => Err(error),
        }
    }

    /// Lists window by window until something is found.
    async fn list_on(&mut self) -> Result<(), MailboxError> {
        let (mut width, mut windows) = (WINDOW, 0);
        while let Some(first) = self.unlisted.filter(|_| self.listed.is_empty()) {
            let end = first.saturating_add(width);
            windows += 1;
            let is_last = windows > WINDOWS || self.folder.uid_next.is_none_or(|next| next <= end);
            if is_last {
                self.list(&format!("{first}:*")).await?;
                // `n:*` names the last message even where its number is below n (RFC 3501 §6.4.8).
                self.listed.retain(|message| message.uid >= first);
            } else {
                self.list(&format!("{first}:{}", end - 1)).await?;
            }
            self.unlisted = (!is_last).then_some(end);
            width = (width * 2).min(WINDOW * 10);
        }
        Ok(())
    }

    /// Lists these numbers. Where the server breaks off over one message (a size is known only once its
    /// file was opened), the bare numbers do.
    async fn list(&mut self, set: &str) -> Result<(), MailboxError> {
        let with_sizes = format!("UID FETCH {set} (UID RFC822.SIZE INTERNALDATE)");
        let (mut found, fault) = self.list_by(&with_sizes).await;
        match fault {
            None => {}
            Some(MailboxError::Unreachable(_)) => {
                self.folder.open_again().await?;
                self.add_bare(set, &mut found).await?;
            }
            Some(MailboxError::Refused(_)) if !found.is_empty() => {
                self.add_bare(set, &mut found).await?;
            }
            Some(fault) => return Err(fault),
        }
        self.listed.extend(found.into_values());
        Ok(())
    }

    async fn add_bare(
        &mut self,
        set: &str,
        found: &mut BTreeMap<u32, Listed>,
    ) -> Result<(), MailboxError> {
        let (bare, fault) = self.list_by(&format!("UID FETCH {set} (UID)")).await;
        for (uid, message) in bare {
            found.entry(uid).or_insert(message);
        }
        fault.map_or(Ok(()), Err)
    }

    /// What a command lists, and why no more.
    async fn list_by(&mut self, command: &str) -> (BTreeMap<u32, Listed>, Option<MailboxError>) {
        let (mut found, mut unnumbered) = (BTreeMap::new(), false);
        let see = &mut |line: &Response<'_>| {
            let Response::Fetch(_, attributes) = line else {
                return;
            };
            let (mut size, mut internal_date) = (None, None);
            for attribute in attributes {
                match attribute {
                    AttributeValue::Rfc822Size(bytes) => size = Some(u64::from(*bytes)),
                    AttributeValue::InternalDate(text) => internal_date = Some(date(text)),
                    _ => {}
                }
            }
            match uid(attributes) {
                Some(uid) => {
                    found.entry(uid).or_insert(Listed {
                        uid,
                        // Who doesn't say how big it is may have anything.
                        size: size.unwrap_or(MAX_BYTES as u64),
                        internal_date: internal_date.flatten(),
                    });
                }
                // News of another message's flags have none, and nothing else either.
                None => unnumbered |= size.is_some() || internal_date.is_some(),
            }
        };
        let listed = self.folder.say(command, LISTING, see).await;
        let what = "it lists messages without their number (UID)";
        let unnumbered = unnumbered.then_some(MailboxError::Incomplete(what));
        (found, listed.err().or(unnumbered))
    }

    pub(super) async fn next(
        &mut self,
        is_known: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Delivered>, MailboxError> {
        let before = self.last_uid;
        let found = self.find(is_known).await;
        if found.is_err() {
            // What isn't handed over isn't behind us.
            self.last_uid = before;
        }
        found
    }

    /// The next messages. As long as none of them gave its text, it may be the server that fails and not
    /// they: several that are new are handed over as withheld only with one that came.
    async fn find(
        &mut self,
        is_known: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Delivered>, MailboxError> {
        let mut delivered = Vec::new();
        loop {
            let batch = self.batch(is_known).await?;
            let is_last = batch.is_empty();
            let (found, fault) = self.deliver(batch).await?;
            self.gave |= found.iter().any(|message| message.raw.is_ok());
            delivered.extend(found);
            let is_new = |message: &&Delivered| {
                let withheld = matches!(message.raw, Err(NotTaken::ForNow(_)));
                withheld && !is_known(&withheld_name(&message.item))
            };
            let doubtful = delivered.iter().filter(is_new).count();
            if self.gave || doubtful < 2 {
                if is_last || !delivered.is_empty() {
                    return Ok(delivered);
                }
            } else if is_last || doubtful > BATCH {
                let whole = MailboxError::Incomplete("it gives messages without their text");
                return Err(fault.or(self.fault.take()).unwrap_or(whole));
            }
            self.fault = fault.or(self.fault.take());
        }
    }

    async fn batch(
        &mut self,
        is_known: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Listed>, MailboxError> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            self.list_on().await?;
            let Some(message) = self.listed.pop_front() else {
                break;
            };
            self.last_uid = self.last_uid.max(Some(message.uid));
            if !is_known(&self.item(message.uid)) {
                bytes += message.size.min(MAX_BYTES as u64);
                batch.push(message);
            }
        }
        Ok(batch)
    }

    /// The messages with their texts, and why one has none.
    async fn deliver(
        &mut self,
        batch: Vec<Listed>,
    ) -> Result<(Vec<Delivered>, Option<MailboxError>), MailboxError> {
        let wanted = batch.iter().filter(|one| one.size <= MAX_BYTES as u64);
        let wanted = wanted.map(|one| (one.uid, one.size)).collect();
        let (mut texts, fault) = imap_texts::of(&mut self.folder, &wanted).await?;
        let mut delivered = Vec::new();
        for message in batch {
            let raw = match texts.remove(&message.uid) {
                Some(Text::Whole(raw)) => Ok(raw),
                // Somebody removed it meanwhile.
                Some(Text::Gone) => continue,
                Some(Text::Withheld(why)) => Err(NotTaken::ForNow(why)),
                None => Err(NotTaken::too_big(message.size)),
            };
            delivered.push(Delivered {
                item: self.item(message.uid),
                intake: Intake::Imap {
                    mailbox: self.folder.name.clone(),
                    uid_validity: self.folder.uid_validity,
                    uid: message.uid,
                    internal_date: message.internal_date,
                },
                size: message.size,
                raw,
                as_it_stands: None,
            });
        }
        Ok((delivered, fault))
    }

    fn item(&self, uid: u32) -> String {
        format!("{}/{uid}", self.folder.uid_validity)
    }

    /// The number of a message that was withheld before, in this numbering.
    fn uid_of(&self, item: &str) -> Option<u32> {
        let (validity, uid) = plain_name(item)?.split_once('/')?;
        (validity == self.folder.uid_validity.to_string()).then(|| uid.parse().ok())?
    }

    pub(super) async fn done_with(&mut self, taken: &[Intake]) -> Result<(), MailboxError> {
        let uids: Vec<String> = taken
            .iter()
            .filter_map(|intake| match intake {
                Intake::Imap { uid, .. } => Some(uid.to_string()),
                _ => None,
            })
            .collect();
        let set = uids.join(",");
        let command = match &self.after {
            _ if uids.is_empty() => return Ok(()),
            After::Leave => return Ok(()),
            After::MarkSeen => format!("UID STORE {set} +FLAGS.SILENT (\\Seen)"),
            After::MoveTo(target) => {
                let target = quoted(target).ok_or(MailboxError::CantMove)?;
                format!("UID MOVE {set} {target}")
            }
        };
        self.folder.say(&command, LITTLE, &mut |_| {}).await
    }
}

/// RFC 3501's date-time.
fn date(text: &str) -> Option<Timestamp> {
    let date = jiff::fmt::strtime::parse("%d-%b-%Y %H:%M:%S %z", text.trim()).ok()?;
    let at = date.to_timestamp().ok()?;
    Some(Timestamp::from_seconds(at.as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_servers_write_them() {
        let expected = Some(Timestamp::from_seconds(1_790_000_000));
        assert_eq!(date("21-Sep-2026 16:13:20 +0200"), expected);
        assert_eq!(
            date(" 1-Sep-2026 00:00:00 +0000"),
            Some(Timestamp::from_seconds(1_788_220_800))
        );
        assert_eq!(date("gisteren"), None);
    }
}
