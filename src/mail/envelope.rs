//! What a mail is sent under: who it's from, who gets it, which mail it answers.

use lettre::address::AddressError;
use lettre::message::Mailbox;

/// From whom to whom, under which Message-ID.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'e> {
    /// Whose mailbox sends it: who hears that it can't be delivered.
    pub from: &'e str,
    /// The desk that it's of: its name, and its address on file. Who answers writes there.
    pub desk: Option<(&'e str, &'e str)>,
    /// The recipient.
    pub to: &'e str,
    /// The Message-ID, without angle brackets.
    pub message_id: &'e str,
    /// That of the mail that it answers.
    pub in_reply_to: Option<&'e str>,
}

impl Envelope<'_> {
    /// The desk's own address, or the sender's where the mail is of no desk.
    pub(super) fn author(&self) -> Result<Mailbox, AddressError> {
        match self.desk {
            Some((name, address)) => Ok(Mailbox::new(Some(name.to_owned()), address.parse()?)),
            None => self.from.parse(),
        }
    }
}

/// The longest Message-ID that is given back to its sender, in characters.
pub(super) const LONGEST_ID: usize = 200;

/// The Message-ID as it goes into a header, where nothing but one fits what a stranger wrote there.
pub(super) fn in_brackets(id: &str) -> Option<String> {
    let is_plain = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '(' | ')' | ',' | ';' | '\\')
    };
    let is_one = id.len() <= LONGEST_ID && id.matches('@').count() == 1 && id.chars().all(is_plain);
    is_one.then(|| format!("<{id}>"))
}
