//! mbox (RFC 4155): all messages in one file, read in a stream. Programs quote lines of text that begin
//! with `From ` in two ways (mboxo, mboxrd), and some don't set messages apart with an empty line.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use rustix::fs::OFlags;

use super::delivered::{BATCH, BATCH_BYTES, Delivered, MailboxError, NotTaken};
use super::gate::MAX_BYTES;
use super::gather::hash_of;
use crate::domain::request::evidence::Intake;
use crate::plain_file;

/// The longest line that is kept whole; a longer one goes on as the next.
const LINE: u64 = 1 << 20;

/// An open mbox.
pub struct Mbox {
    place: String,
    reader: BufReader<File>,
    /// Where the next line begins.
    offset: u64,
    /// A line that was read to see what comes next.
    ahead: Option<Vec<u8>>,
    /// Where the message that is being read begins.
    begun: Option<u64>,
}

/// What was read of a message.
#[derive(Default)]
struct Gathered {
    size: u64,
    /// `>From ` in the text was `From ` (mboxrd).
    unquoted: Vec<u8>,
    /// The bytes as they stand (mboxo quotes what it can't tell apart again), once they differ.
    as_they_stand: Option<Vec<u8>>,
}

impl Mbox {
    /// Opens `file`, which has to begin as an mbox does: any other file is left alone.
    pub fn open(file: &Path) -> Result<Self, MailboxError> {
        let unreadable = |source| MailboxError::Unreadable {
            path: file.display().to_string(),
            source,
        };
        let path = file.canonicalize().map_err(unreadable)?;
        let not_one = || MailboxError::NotAnMbox(file.display().to_string());
        if !path.metadata().map_err(unreadable)?.is_file() {
            return Err(not_one());
        }
        let mut mbox = Self {
            place: format!("mbox:{}", path.display()),
            reader: BufReader::new(
                plain_file::open_with(&path, OFlags::RDONLY, 0).map_err(unreadable)?,
            ),
            offset: 0,
            ahead: None,
            begun: None,
        };
        loop {
            let begins_at = mbox.offset;
            let line = mbox.line()?;
            if line.is_empty() {
                // An mbox without a message.
                return Ok(mbox);
            }
            if mbox.is_separator(&line, true)? {
                mbox.begun = Some(begins_at);
                return Ok(mbox);
            }
            if !line.trim_ascii().is_empty() {
                return Err(not_one());
            }
        }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn next(
        &mut self,
        is_known: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Delivered>, MailboxError> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(message) = self.message()? else {
                break;
            };
            bytes += message.size.min(MAX_BYTES as u64);
            if !is_known(&message.item) {
                batch.push(message);
            }
        }
        Ok(batch)
    }

    /// The next message: the lines up to the next separator.
    fn message(&mut self) -> Result<Option<Delivered>, MailboxError> {
        let Some(begun) = self.begun.take() else {
            return Ok(None);
        };
        let mut gathered = Gathered::default();
        let mut after_empty = false;
        loop {
            let here = self.offset;
            let line = self.line()?;
            if line.is_empty() {
                return Ok(Some(gathered.delivered(begun)));
            }
            if self.is_separator(&line, after_empty)? {
                self.begun = Some(here);
                return Ok(Some(gathered.delivered(begun)));
            }
            after_empty = line.trim_ascii().is_empty();
            gathered.add(&line);
        }
    }

    /// The next line with its end; nothing at the end of the file.
    fn line(&mut self) -> Result<Vec<u8>, MailboxError> {
        let line = match self.ahead.take() {
            Some(line) => line,
            None => self.read_line()?,
        };
        self.offset += line.len() as u64;
        Ok(line)
    }

    fn read_line(&mut self) -> Result<Vec<u8>, MailboxError> {
        let mut line = Vec::new();
        let read = (&mut self.reader).take(LINE).read_until(b'\n', &mut line);
        read.map_err(|source| MailboxError::Unreadable {
            path: self.place.clone(),
            source,
        })?;
        Ok(line)
    }

    /// Whether `line` begins a message. `From SENDER DATE` after an empty line does. With less, a field
    /// has to follow: text goes on otherwise.
    fn is_separator(&mut self, line: &[u8], after_empty: bool) -> Result<bool, MailboxError> {
        let Some(rest) = line.strip_prefix(b"From ") else {
            return Ok(false);
        };
        let rest = String::from_utf8_lossy(rest);
        let form = form_of(&rest);
        Ok(match form {
            Form::Text => false,
            Form::Full if after_empty => true,
            Form::Short if !after_empty => false,
            Form::Full | Form::Short => {
                if self.ahead.is_none() {
                    self.ahead = Some(self.read_line()?);
                }
                self.ahead.as_deref().is_some_and(is_field)
            }
        })
    }
}

impl Gathered {
    fn add(&mut self, line: &[u8]) {
        self.size += line.len() as u64;
        if self.size > MAX_BYTES as u64 {
            return;
        }
        let unquoted = unquoted(line);
        if unquoted.len() < line.len() && self.as_they_stand.is_none() {
            self.as_they_stand = Some(self.unquoted.clone());
        }
        self.unquoted.extend_from_slice(unquoted);
        if let Some(as_they_stand) = &mut self.as_they_stand {
            as_they_stand.extend_from_slice(line);
        }
    }

    fn delivered(self, begun: u64) -> Delivered {
        let raw = if self.size > MAX_BYTES as u64 {
            Err(NotTaken::too_big(self.size))
        } else {
            Ok(without_last_empty(self.unquoted))
        };
        Delivered {
            item: match &raw {
                Ok(raw) => hash_of(raw),
                Err(_) => format!("at {begun}"),
            },
            intake: Intake::Mbox { offset: begun },
            size: self.size,
            as_it_stands: self
                .as_they_stand
                .filter(|_| raw.is_ok())
                .map(without_last_empty),
            raw,
        }
    }
}

/// The empty line before a separator is the separator's.
fn without_last_empty(mut raw: Vec<u8>) -> Vec<u8> {
    for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
        if raw.ends_with(end) {
            raw.truncate(raw.len() - end.len() / 2);
            break;
        }
    }
    raw
}

/// What follows `From `.
#[derive(Clone, Copy)]
enum Form {
    /// A sender and a date with time and year, as RFC 4155 has it.
    Full,
    /// Nothing, a sender alone, or a sender and a date of another shape.
    Short,
    /// Anything else: a line of text.
    Text,
}

fn form_of(rest: &str) -> Form {
    let mut words = rest.split_whitespace();
    let Some(sender) = words.next() else {
        return Form::Short;
    };
    let rest: Vec<&str> = words.collect();
    if rest.iter().any(|word| is_time(word)) && rest.iter().any(|word| is_year(word)) {
        return Form::Full;
    }
    let is_sender = sender.contains('@') || ["-", "MAILER-DAEMON"].contains(&sender);
    let is_date = |words: &[&str]| match words {
        [] => true,
        // 2026-11-29T20:00:00Z, or the same in two words.
        [date] | [date, _] => date
            .get(..10)
            .is_some_and(|day| day.split('-').map(str::len).eq([4, 2, 2]) && !day.contains(' ')),
        _ => false,
    };
    if is_sender && is_date(&rest) {
        Form::Short
    } else {
        Form::Text
    }
}

fn is_time(word: &str) -> bool {
    let mut parts = word.split(':');
    word.contains(':') && parts.all(|part| part.len() == 2 && is_number(part))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && is_number(word)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `Name: …`
fn is_field(line: &[u8]) -> bool {
    let name = line
        .iter()
        .take_while(|b| (b'!'..=b'~').contains(*b) && **b != b':');
    let length = name.count();
    length > 0 && line.get(length) == Some(&b':')
}

/// `>From ` in the text was `From ` (mboxrd).
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|b| **b == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") {
        &line[1..]
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEPARATOR: &str = "From d.visser@school.nl Mon Sep 21 14:13:20 2026\n";

    fn open(text: &str) -> Result<Mbox, MailboxError> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mbox");
        std::fs::write(&file, text).unwrap();
        Mbox::open(&file)
    }

    fn messages(text: &str) -> Vec<String> {
        let found = open(text).unwrap().next(&|_| false).unwrap();
        found
            .into_iter()
            .map(|message| String::from_utf8(message.raw.unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn messages_come_apart_at_separators_and_nowhere_else() {
        let text = format!(
            "{SEPARATOR}Subject: een\n\nFrom nu af aan anders.\n\nFrom here on, at 10:30 or so\n>From de directeur\n>>From x\n\n\
             {SEPARATOR}Subject: twee\n\ntekst\n\n\n{SEPARATOR}Subject: drie\n\nzonder einde"
        );
        assert_eq!(
            messages(&text),
            [
                "Subject: een\n\nFrom nu af aan anders.\n\nFrom here on, at 10:30 or so\nFrom de directeur\n>From x\n",
                "Subject: twee\n\ntekst\n\n",
                "Subject: drie\n\nzonder einde",
            ]
        );
    }

    #[test]
    fn a_message_begins_without_an_empty_line_before_it_too() {
        for separator in [SEPARATOR, "From a@b Sun Nov 29 20:00:00 2026\r\n"] {
            let mail = "Subject: x\n\ntekst\n";
            assert_eq!(messages(&format!("{separator}{mail}").repeat(3)), [mail; 3]);
        }
        for separator in [
            "From \n",
            "From a@b\n",
            "From -\n",
            "From a@b 2026-11-29T20:00:00Z\n",
            "From a@b 2026-11-29 20:00:00\n",
        ] {
            let mail = format!("{separator}Subject: x\n\ntekst\n\n");
            assert_eq!(messages(&mail.repeat(3)).len(), 3, "{separator}");
        }
    }

    #[test]
    fn text_isnt_torn_apart() {
        for line in [
            "From a@b.nl Mon Sep 21 14:13:20 2026\n",
            "From \nen verder\n",
            "From a@b\nen verder\n",
            "\nFrom a@b\n en verder: zo\n",
            "\nFrom Piet\nDatum: morgen\n",
            "\nFrom nu af aan\nLet op: anders\n",
            "From a@b\nDatum: morgen\n",
        ] {
            let text = format!("{SEPARATOR}Subject: x\n\ntekst\n{line}");
            assert_eq!(messages(&text).len(), 1, "{line}");
        }
    }

    #[test]
    fn both_ways_of_quoting_are_handed_over_where_they_differ() {
        let text = format!(
            "{SEPARATOR}Subject: x\n\n>From a\n>>From b\n\n{SEPARATOR}Subject: y\n\ntekst\n"
        );
        let found = open(&text).unwrap().next(&|_| false).unwrap();
        assert_eq!(
            found[0].raw.as_deref().unwrap(),
            b"Subject: x\n\nFrom a\n>From b\n"
        );
        assert_eq!(
            found[0].as_it_stands.as_deref(),
            Some(b"Subject: x\n\n>From a\n>>From b\n".as_slice())
        );
        assert_eq!(found[1].as_it_stands, None);
    }

    #[test]
    fn what_isnt_an_mbox_is_left_alone() {
        assert_eq!(messages(""), Vec::<String>::new());
        assert_eq!(messages("\n\n"), Vec::<String>::new());
        for text in [
            "Subject: x\n\ntekst\n",
            "[signing]\nkey = \"geheim\"\n",
            "From: a@b.nl\n\ntekst\n",
            "From the desk of\nName: x\n",
            "From \nroot x 0 0\n",
            "\u{feff}From a@b\nSubject: x\n",
        ] {
            let opened = open(text);
            assert!(matches!(opened, Err(MailboxError::NotAnMbox(_))), "{text}");
        }
        assert!(matches!(
            Mbox::open(Path::new("/dev/null")),
            Err(MailboxError::NotAnMbox(_))
        ));
    }
}
