//! A check's sentence, with the accounts that it names kept apart from its words: who doesn't reach an
//! account doesn't read its name, however the sentence is put.

use serde::{Deserialize, Serialize};

use crate::domain::code::Username;

/// How an account of another desk is called.
const ELSEWHERE: &str = "an account of another desk";

/// A sentence of evidence. Quotes what strangers wrote: escaped where it's shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Detail(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Piece {
    Text(String),
    Account(Username),
}

impl Detail {
    /// What was stored; a sentence of an older record is text alone.
    #[must_use]
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self::from(stored))
    }

    /// As it's stored.
    #[must_use]
    pub fn stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same with more words.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Text(text.into()));
        self
    }

    /// The same with these accounts.
    #[must_use]
    pub fn accounts<'u>(mut self, accounts: impl IntoIterator<Item = &'u Username>) -> Self {
        for (at, account) in accounts.into_iter().enumerate() {
            if at > 0 {
                self = self.and(", ");
            }
            self.0.push(Piece::Account(account.clone()));
        }
        self
    }

    /// Whether it says nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with another sentence behind it.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        if !self.is_empty() {
            self = self.and("; ");
        }
        self.0.extend(other.0);
        self
    }

    /// The accounts that it names.
    pub fn named(&self) -> impl Iterator<Item = &Username> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Account(account) => Some(account),
            Piece::Text(_) => None,
        })
    }

    /// The sentence for somebody who reaches these accounts.
    #[must_use]
    pub fn shown(&self, is_reached: &dyn Fn(&Username) -> bool) -> String {
        let word = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Account(account) if is_reached(account) => account.to_string(),
            Piece::Account(_) => ELSEWHERE.to_owned(),
        };
        self.0.iter().map(word).collect()
    }

    /// The sentence for somebody who reaches every account.
    #[must_use]
    pub fn whole(&self) -> String {
        self.shown(&|_| true)
    }
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Self(vec![Piece::Text(text.to_owned())])
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self(vec![Piece::Text(text)])
    }
}

impl From<&String> for Detail {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_is_not_reached_is_not_named() {
        let names: Vec<Username> = ["j.jansen", "z.celik"]
            .iter()
            .map(|n| n.parse().unwrap())
            .collect();
        let detail = Detail::from("wrong desk: (").accounts(&names).and(").");
        assert_eq!(detail.whole(), "wrong desk: (j.jansen, z.celik).");
        let shown = detail.shown(&|name| name.as_str() == "j.jansen");
        assert_eq!(shown, "wrong desk: (j.jansen, an account of another desk).");
        assert_eq!(Detail::read(&detail.stored()), detail);
        assert_eq!(Detail::read("an old sentence").whole(), "an old sentence");
    }
}
