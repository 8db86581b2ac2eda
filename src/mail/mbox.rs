//! mbox (RFC 4155, and the `>From` quoting of mboxrd): all messages in one file, read in a stream.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use super::gate::MAX_BYTES;
use super::gather::hash_of;
use super::mailbox::{BATCH, BATCH_BYTES, Delivered, MailboxError};
use crate::domain::evidence::Intake;

/// The longest line that is kept whole; a longer one goes on as the next.
const LINE: u64 = 1 << 20;

/// An open mbox.
pub struct Mbox {
    place: String,
    reader: BufReader<File>,
    /// Where the next line begins.
    offset: u64,
    /// Where the message that is being read begins, once its `From ` line was seen.
    begun: Option<u64>,
}

impl Mbox {
    /// Opens `file`.
    pub fn open(file: &Path) -> Result<Self, MailboxError> {
        let unreadable = |source| MailboxError::Unreadable {
            path: file.display().to_string(),
            source,
        };
        let path = file.canonicalize().map_err(unreadable)?;
        Ok(Self {
            place: format!("mbox:{}", path.display()),
            reader: BufReader::new(File::open(&path).map_err(unreadable)?),
            offset: 0,
            begun: None,
        })
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

    /// The next message: the lines up to the next separator, which follows an empty line.
    fn message(&mut self) -> Result<Option<Delivered>, MailboxError> {
        let (mut raw, mut size, mut line) = (Vec::new(), 0_u64, Vec::new());
        let mut after_empty = self.begun.is_none();
        loop {
            line.clear();
            let read = (&mut self.reader).take(LINE).read_until(b'\n', &mut line);
            let read = read.map_err(|source| MailboxError::Unreadable {
                path: self.place.clone(),
                source,
            })?;
            let here = self.offset;
            self.offset += read as u64;
            if read == 0 {
                let begun = self.begun.take();
                return Ok(begun.map(|begun| delivered(begun, raw, size)));
            }
            if after_empty && is_separator(&line) {
                if let Some(begun) = self.begun.replace(here) {
                    return Ok(Some(delivered(begun, raw, size)));
                }
                after_empty = false;
                continue;
            }
            // What stands before the first separator belongs to no message; neither is it lost: a file
            // without any separator is one message.
            if self.begun.is_none() {
                if line.trim_ascii().is_empty() {
                    continue;
                }
                self.begun = Some(here);
            }
            after_empty = line.trim_ascii().is_empty();
            size += read as u64;
            if size <= MAX_BYTES as u64 {
                raw.extend_from_slice(unquoted(&line));
            }
        }
    }
}

fn delivered(begun: u64, mut raw: Vec<u8>, size: u64) -> Delivered {
    // The empty line before a separator is the separator's.
    for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
        if raw.ends_with(end) {
            raw.truncate(raw.len() - end.len() / 2);
            break;
        }
    }
    let raw = if size > MAX_BYTES as u64 {
        Err(format!("it has {} MiB, more than 25", size >> 20))
    } else {
        Ok(raw)
    };
    Delivered {
        item: match &raw {
            Ok(raw) => hash_of(raw),
            Err(_) => format!("at {begun}"),
        },
        intake: Intake::Mbox { offset: begun },
        size,
        raw,
    }
}

/// `From SENDER DATE`, the date with a time and a year. A line of text that begins with "From " isn't.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let text = String::from_utf8_lossy(rest);
    let mut words = text.split_whitespace();
    let sender = words.next();
    let rest: Vec<&str> = words.collect();
    let is_time = |word: &str| {
        word.split(':').count() >= 2
            && word
                .split(':')
                .all(|part| part.len() == 2 && is_number(part))
    };
    let is_year = |word: &str| word.len() == 4 && is_number(word);
    sender.is_some()
        && rest.iter().any(|word| is_time(word))
        && rest.iter().any(|word| is_year(word))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
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

    fn messages(text: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mbox");
        std::fs::write(&file, text).unwrap();
        let mut mbox = Mbox::open(&file).unwrap();
        let found = mbox.next(&|_| false).unwrap();
        found
            .into_iter()
            .map(|message| String::from_utf8(message.raw.unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn messages_come_apart_at_separators_and_nowhere_else() {
        let separator = "From d.visser@school.nl Mon Sep 21 14:13:20 2026\n";
        let text = format!(
            "{separator}Subject: een\n\nFrom nu af aan anders.\n\nFrom here on, at 10:30 or so\n>From de directeur\n>>From x\n\n\
             {separator}Subject: twee\n\ntekst\n\n\n{separator}Subject: drie\n\nzonder einde"
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
    fn broken_files_lose_nothing() {
        assert_eq!(messages(""), Vec::<String>::new());
        assert_eq!(messages("\n\n"), Vec::<String>::new());
        assert_eq!(messages("Subject: x\n\ntekst\n"), ["Subject: x\n\ntekst\n"]);
        let glued = "From a@b.nl Mon Sep 21 14:13:20 2026\nSubject: x\n\ntekst\nFrom a@b.nl Mon Sep 21 14:13:20 2026\n";
        assert_eq!(
            messages(glued).len(),
            1,
            "without an empty line before it, it's text"
        );
    }
}
