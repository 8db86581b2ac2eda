//! An operator's session: how long it is valid. And the tokens that open one.

use data_encoding::BASE64URL_NOPAD;
use jiff::SignedDuration;
use rand::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::log::event::Hash;
use crate::domain::policy::Policy;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;

/// Bytes of a token: 256 bits.
const TOKEN: usize = 32;
/// A clock that goes back by less isn't one that was set back.
const CLOCK_PLAY: SignedDuration = SignedDuration::from_mins(2);

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An operator's session.
    Session,
    /// A script's work.
    Script,
}

impl TokenKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Session => "balie_session_",
            Self::Script => "balie_token_",
        }
    }
}

/// A token. The database has its hash only.
pub struct Token {
    kind: TokenKind,
    text: Zeroizing<String>,
}

impl Token {
    /// A fresh one.
    pub fn draw(kind: TokenKind, rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; TOKEN]);
        rng.fill_bytes(bytes.as_mut());
        let text = Zeroizing::new(BASE64URL_NOPAD.encode(bytes.as_ref()));
        let text = Zeroizing::new(format!("{}{}", kind.prefix(), *text));
        Self { kind, text }
    }

    /// The one that is written there, white space around it aside.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let kind = [TokenKind::Session, TokenKind::Script]
            .into_iter()
            .find(|kind| text.starts_with(kind.prefix()))?;
        let rest = &text[kind.prefix().len()..];
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(rest.as_bytes()).ok()?);
        (bytes.len() == TOKEN).then(|| Self {
            kind,
            text: Zeroizing::new(text.to_owned()),
        })
    }

    /// What it opens.
    #[must_use]
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The text, for its holder alone.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the database knows it by. 256 random bits need no salt and no slow hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Sha256::new()
            .chain_update(b"balie.session-token/1")
            .chain_update(self.text.as_bytes())
            .finalize()
            .into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token({:?})", self.kind)
    }
}

/// A session, as it is on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// When it was ended: by logout, or by whoever disabled the operator.
    pub ended_at: Option<Timestamp>,
}

impl Session {
    /// When it ends automatically: idle, or too old.
    #[must_use]
    pub fn stands_until(&self, policy: &Policy) -> Timestamp {
        let idle = i64::from(policy.session_idle_minutes);
        let idle = self.last_seen_at.plus(SignedDuration::from_mins(idle));
        idle.min(self.started_at.plus_hours(policy.session_hours))
    }

    /// Whether it is valid at `now`. A clock that was set back would make it last longer: it ends.
    pub fn stands(&self, policy: &Policy, now: Timestamp) -> Result<(), Refusal> {
        let set_back = now.plus(CLOCK_PLAY) < self.last_seen_at;
        if self.ended_at.is_some() || set_back || self.stands_until(policy) <= now {
            return Err(Refusal::SessionEnded);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_seconds(1_000_000 + minutes * 60)
    }

    #[test]
    fn a_token_reads_back_and_says_what_it_opens() {
        let rng = &mut rand::rand_core::UnwrapErr(rand::rngs::SysRng);
        for kind in [TokenKind::Session, TokenKind::Script] {
            let token = Token::draw(kind, rng);
            let read = Token::read(&format!(" {}\n", token.text())).unwrap();
            assert_eq!((read.kind(), read.hash()), (kind, token.hash()));
            assert!(Token::read(&token.text()[..50]).is_none());
            assert!(!format!("{token:?}").contains(token.text()));
        }
        assert!(Token::read("").is_none());
    }

    proptest! {
        #[test]
        fn a_session_stands_while_it_is_used_and_young(
            seen in 0_i64..2000, now in -2000_i64..4000, ended in any::<bool>()
        ) {
            let policy = Policy { session_idle_minutes: 30, session_hours: 10, ..Policy::default() };
            let session = Session {
                started_at: at(0),
                last_seen_at: at(seen),
                ended_at: ended.then_some(at(seen)),
            };
            let stands = !ended && now + 2 >= seen && now < seen + 30 && now < 600;
            prop_assert_eq!(session.stands(&policy, at(now)).is_ok(), stands);
        }
    }
}
