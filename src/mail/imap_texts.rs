//! The texts of messages over IMAP. An answer is whole only where the server says OK and every message
//! came with its number and its text.

use std::collections::{BTreeMap, HashMap};

use async_imap::imap_proto::{AttributeValue, Response};

use super::delivered::{BATCH_BYTES, MailboxError};
use super::gate::MAX_BYTES;
use super::imap_folder::Folder;
use super::imap_talk::{LITTLE, Most, uid};

/// The most in answer to a demand for texts: servers are known to count them wrong.
const TEXTS: Most = Most {
    bytes: BATCH_BYTES + MAX_BYTES as u64 + (8 << 20),
    lines: 5_000,
    expected: 0,
};

/// What became of a demand for a message's text.
pub(super) enum Text {
    /// It came.
    Whole(Vec<u8>),
    /// The message isn't there any more.
    Gone,
    /// The server has the message and doesn't give it; why.
    Withheld(String),
}

/// The texts of these messages, which have about so many bytes, and why one is withheld. Where one doesn't
/// come with the others it's asked for alone, also where the server hung up over it.
pub(super) async fn of(
    folder: &mut Folder,
    wanted: &BTreeMap<u32, u64>,
) -> Result<(HashMap<u32, Text>, Option<MailboxError>), MailboxError> {
    let mut texts = HashMap::new();
    if wanted.is_empty() {
        return Ok((texts, None));
    }
    let set: Vec<String> = wanted.keys().map(u32::to_string).collect();
    let answer = ask_for(folder, &set.join(","), wanted.values().sum()).await?;
    let asked = answer.found.into_iter();
    let asked = asked.filter(|(uid, _)| wanted.contains_key(uid));
    texts.extend(asked.map(|(uid, text)| (uid, Text::Whole(text))));
    for (uid, size) in wanted {
        if !texts.contains_key(uid) {
            texts.insert(*uid, ask_again(folder, *uid, *size).await?);
        }
    }
    Ok((texts, answer.fault))
}

/// One message alone.
async fn ask_again(folder: &mut Folder, uid: u32, size: u64) -> Result<Text, MailboxError> {
    let answer = ask_for(folder, &uid.to_string(), size).await?;
    if let Some((_, text)) = answer.found.into_iter().find(|(found, _)| *found == uid) {
        return Ok(Text::Whole(text));
    }
    Ok(match answer.fault {
        Some(MailboxError::Refused(text)) => {
            Text::Withheld(format!("the server doesn't give it: {text}"))
        }
        Some(fault) => Text::Withheld(format!("asked for it, {fault}")),
        None if is_there(folder, uid).await? => {
            Text::Withheld("the server gives it without its text".into())
        }
        None => Text::Gone,
    })
}

async fn is_there(folder: &mut Folder, wanted: u32) -> Result<bool, MailboxError> {
    let mut is_there = false;
    let see = &mut |line: &Response<'_>| {
        if let Response::Fetch(_, attributes) = line {
            is_there |= uid(attributes) == Some(wanted);
        }
    };
    let command = format!("UID FETCH {wanted} (UID)");
    folder.say(&command, LITTLE, see).await?;
    Ok(is_there)
}

/// What came, and why no more did.
struct Answer {
    found: Vec<(u32, Vec<u8>)>,
    fault: Option<MailboxError>,
}

/// Asks, and is ready to ask on whatever the server did.
async fn ask_for(folder: &mut Folder, set: &str, expected: u64) -> Result<Answer, MailboxError> {
    let mut found = Vec::new();
    let see = &mut |line: &Response<'_>| {
        if let Response::Fetch(_, attributes) = line {
            found.extend(uid(attributes).zip(text(attributes)));
        }
    };
    let command = format!("UID FETCH {set} (UID BODY.PEEK[])");
    let asked = folder.say(&command, Most { expected, ..TEXTS }, see).await;
    let fault = asked.err();
    match fault {
        None | Some(MailboxError::Refused(_)) => {}
        Some(MailboxError::Unreachable(_) | MailboxError::TooMuch) => folder.open_again().await?,
        // Whoever is silent over one may be so over each: that would take hours.
        Some(fault) => return Err(fault),
    }
    Ok(Answer { found, fault })
}

fn text(attributes: &[AttributeValue<'_>]) -> Option<Vec<u8>> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::BodySection {
            section: None,
            data: Some(text),
            ..
        } => Some(text.to_vec()),
        _ => None,
    })
}
