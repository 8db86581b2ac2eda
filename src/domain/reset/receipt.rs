//! A reset's receipt: one line to paste into the ticket, checkable without the database.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use crate::domain::code::Username;
use crate::domain::log::event::Hash;
use crate::domain::request::id::RequestId;
use crate::domain::timestamp::Timestamp;

const TAG: &str = "balie-receipt/1";
/// How many fields follow it.
const FIELDS: usize = 7;

/// What a receipt states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The account that was reset.
    pub account: Username,
    /// The request that asked for it.
    pub request: RequestId,
    /// The number of the event.
    pub event: i64,
    /// When.
    pub at: Timestamp,
    /// The head of the log after the event.
    pub head: Hash,
    /// The id of the desk's key that signed.
    pub desk: String,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            account,
            request,
            event,
            at,
            head,
            desk,
        } = self;
        let head = HEXLOWER.encode(head);
        write!(
            f,
            "{TAG} account={account} request={request} event={event} at={at} head={head} desk={desk}"
        )
    }
}

/// A statement and the desk's Ed25519 signature over its text (RFC 8032).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What is stated.
    pub statement: Statement,
    /// The signature.
    pub signature: [u8; 64],
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} sig={}",
            self.statement,
            BASE64URL_NOPAD.encode(&self.signature)
        )
    }
}

impl FromStr for Receipt {
    type Err = NotAReceipt;

    /// Takes the line with any white space around and between its parts, as tickets wrap it.
    fn from_str(text: &str) -> Result<Self, NotAReceipt> {
        let mut parts = text.split_whitespace();
        if parts.next() != Some(TAG) {
            return Err(NotAReceipt("it doesn't start with `balie-receipt/1`"));
        }
        let mut field = |name: &'static str, missing: &'static str| {
            parts
                .next()
                .and_then(|part| part.strip_prefix(name)?.strip_prefix('='))
                .ok_or(NotAReceipt(missing))
        };
        let statement = Statement {
            account: parsed(field("account", "`account=` is missing")?)?,
            request: parsed(field("request", "`request=` is missing")?)?,
            event: parsed(field("event", "`event=` is missing")?)?,
            at: parsed(field("at", "`at=` is missing")?)?,
            head: HEXLOWER
                .decode(field("head", "`head=` is missing")?.as_bytes())
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or(NotAReceipt("`head=` isn't 64 hexadecimal digits"))?,
            desk: field("desk", "`desk=` is missing")?.to_owned(),
        };
        let signature = BASE64URL_NOPAD
            .decode(field("sig", "`sig=` is missing")?.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(NotAReceipt("`sig=` isn't a signature of 64 bytes"))?;
        match parts.next() {
            None => Ok(Self {
                statement,
                signature,
            }),
            Some(_) => Err(NotAReceipt("there is more text after `sig=`")),
        }
    }
}

/// Every receipt in a text, as tickets have them: among other words, wrapped, quoted.
#[must_use]
pub fn receipts_in(text: &str) -> Vec<Result<Receipt, NotAReceipt>> {
    let around = |c: char| "\"'`<>()[]{}*|,;.".contains(c);
    let words = text
        .split_whitespace()
        .map(|word| word.trim_matches(around));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let begins = words.iter().enumerate().filter(|(_, word)| **word == TAG);
    begins
        .map(|(at, _)| {
            let end = words.len().min(at + 1 + FIELDS);
            words[at..end].join(" ").parse()
        })
        .collect()
}

fn parsed<T: FromStr>(text: &str) -> Result<T, NotAReceipt> {
    text.parse()
        .map_err(|_| NotAReceipt("a field can't be read"))
}

/// Why a text isn't a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this isn't a receipt of balie: {0}")]
pub struct NotAReceipt(pub &'static str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_reads_back_even_when_a_ticket_wrapped_it() {
        let receipt = Receipt {
            statement: Statement {
                account: "j.jansen".parse().unwrap(),
                request: "R-4K7Q2".parse().unwrap(),
                event: 42,
                at: Timestamp::from_micros(1_790_000_000_123_456),
                head: [0xab; 32],
                desk: "k1".into(),
            },
            signature: [9; 64],
        };
        let line = receipt.to_string();
        assert_eq!(line.parse(), Ok(receipt.clone()));
        assert_eq!(line.replace(' ', "\n  ").parse(), Ok(receipt));
        assert!(format!("{line} x").parse::<Receipt>().is_err());
        assert!(line[..line.len() - 3].parse::<Receipt>().is_err());
    }

    #[test]
    fn receipts_are_found_in_tickets() {
        let receipt = |event| Receipt {
            statement: Statement {
                account: "j.jansen".parse().unwrap(),
                request: "R-4K7Q2".parse().unwrap(),
                event,
                at: Timestamp::from_micros(1_790_000_000_123_456),
                head: [0xab; 32],
                desk: "k1".into(),
            },
            signature: [9; 64],
        };
        let wrapped = receipt(42).to_string().replace(' ', "\n> ");
        let ticket = format!(
            "Ticket 1: done.\n> {wrapped}\nTicket 2: \"{}\", see above.",
            receipt(43)
        );
        assert_eq!(receipts_in(&ticket), [Ok(receipt(42)), Ok(receipt(43))]);
        assert_eq!(receipts_in("nothing here"), []);
        let cut = receipt(42).to_string();
        assert!(receipts_in(&cut[..cut.len() - 9])[0].is_err());
    }
}
