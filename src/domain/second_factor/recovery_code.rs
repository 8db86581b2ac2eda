//! Recovery codes: 100 bits in Crockford's base32 and a check character, in groups to write down.
//! A typing error is told apart from a wrong code before anything is counted or compared.

use std::fmt;
use std::str::FromStr;

use rand::CryptoRng;
use zeroize::{Zeroize as _, Zeroizing};

use crate::domain::code32;

/// Characters without the check character: 5 bits each (NIST SP 800-63B-4 4.2.1.1 asks 64 bits).
const LENGTH: usize = 20;
const GROUP: usize = 4;

/// A recovery code in the clear. It's shown once, and kept as a hash only (rule 7).
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// A fresh one. One whose check character is a sign that nobody likes to read aloud is drawn again:
    /// that costs a fifth of a bit.
    pub fn draw(rng: &mut dyn CryptoRng) -> Self {
        loop {
            let code = Zeroizing::new(code32::draw(rng, LENGTH));
            let check = code32::check(&code).map(String::from);
            if check.and_then(|check| code32::read(&check)).is_some() {
                return Self(code);
            }
        }
    }

    /// What is hashed and checked: the 20 characters, in capitals, without hyphens and check character.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// How people see it: `4K7Q-2M9X-81TV-0ZRB-HN5C-Y`, the check character last.
    #[must_use]
    pub fn shown(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP + 1));
        for (index, c) in self.0.chars().enumerate() {
            if index > 0 && index % GROUP == 0 {
                shown.push('-');
            }
            shown.push(c);
        }
        shown.push('-');
        shown.extend(code32::check(&self.0));
        shown
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

impl FromStr for RecoveryCode {
    type Err = Mistyped;

    /// Reads it in any case, with O for 0 and I or L for 1, whatever is between: programs turn hyphens
    /// into dashes, and add what can't be seen.
    fn from_str(text: &str) -> Result<Self, Mistyped> {
        let is_sign = |c: &char| !is_between(*c);
        let mut typed = Zeroizing::new(text.chars().filter(is_sign).collect::<String>());
        let length = typed.chars().count();
        if length != LENGTH + 1 {
            return Err(Mistyped::Length(length));
        }
        let check = typed.pop().unwrap_or_default();
        let code = Zeroizing::new(code32::read(&typed).ok_or(Mistyped::Character)?);
        typed.zeroize();
        // The last one may be a sign that no other place takes, such as `*` or U.
        let mut check = String::from(check.to_ascii_uppercase());
        if let Some(meant) = code32::read(&check) {
            check = meant;
        }
        if code32::check(&code).is_some_and(|right| check == String::from(right)) {
            Ok(Self(code))
        } else {
            Err(Mistyped::Check)
        }
    }
}

/// What no code holds and people or programs put between its groups or around it.
fn is_between(c: char) -> bool {
    code32::is_between(c) || "_.,;:/|\"'`()<>·•‘’‚‛“”„‟".contains(c)
}

/// Why a text can't be a recovery code: it was mistyped, and no code was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// Too short or too long.
    #[error("a recovery code has 21 characters, this one has {0}")]
    Length(usize),
    /// A character that no code has.
    #[error("it contains a character that recovery codes never have")]
    Character,
    /// The check character doesn't fit.
    #[error("it was mistyped somewhere: its last character doesn't fit the rest")]
    Check,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::rand_core::UnwrapErr;
    use rand::rngs::SysRng;

    fn fresh() -> RecoveryCode {
        RecoveryCode::draw(&mut UnwrapErr(SysRng))
    }

    #[test]
    fn what_is_shown_reads_back_as_people_type_it() {
        for _ in 0..500 {
            let code = fresh();
            let shown = code.shown();
            assert_eq!(shown.len(), 26);
            let lower = shown.to_lowercase().replace('0', "o").replace('1', "l");
            for typed in [
                shown.as_str(),
                &shown.replace('-', " "),
                &shown.replace('-', ""),
                &lower,
                &shown.replace('-', "\u{2013}"),
                &shown.replace('-', " \u{2011} "),
                &shown.replace('-', "\u{ad}_"),
                &format!("\u{feff}\"{}.\u{200b}", shown.as_str()),
            ] {
                assert_eq!(typed.parse().as_ref(), Ok(&code), "{typed}");
            }
        }
    }

    #[test]
    fn every_check_character_is_read() {
        let mut seen = std::collections::BTreeSet::new();
        while seen.len() < 37 {
            let code = code32::draw(&mut UnwrapErr(SysRng), LENGTH);
            let check = code32::check(&code).unwrap();
            let read = format!("{code}{check}").parse::<RecoveryCode>().unwrap();
            assert_eq!(read.as_bytes(), code.as_bytes());
            seen.insert(check);
        }
    }

    #[test]
    fn what_is_drawn_has_no_sign_that_is_hard_to_say() {
        for _ in 0..500 {
            let shown = fresh().shown();
            assert!(
                shown
                    .chars()
                    .all(|c| c == '-' || c.is_ascii_alphanumeric() && c != 'U'),
                "{}",
                shown.as_str()
            );
        }
    }

    #[test]
    fn a_code_is_not_in_its_debug_text() {
        assert_eq!(format!("{:?}", fresh()), "RecoveryCode(..)");
    }

    #[test]
    fn what_is_no_code_says_why() {
        assert_eq!("123456".parse::<RecoveryCode>(), Err(Mistyped::Length(6)));
        let text = "!".repeat(21);
        assert_eq!(text.parse::<RecoveryCode>(), Err(Mistyped::Character));
        let text = "0".repeat(20) + "1";
        assert_eq!(text.parse::<RecoveryCode>(), Err(Mistyped::Check));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_a_typing_error(at in 0_usize..26, with in "[0-9A-Z*~$=]") {
            let code = fresh();
            let shown = code.shown();
            prop_assume!(shown.as_bytes()[at] != b'-');
            let mut typed = shown.to_string();
            typed.replace_range(at..=at, &with);
            let read = typed.parse::<RecoveryCode>();
            prop_assert!(read.is_err() || read == Ok(code));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = text.parse::<RecoveryCode>();
        }
    }
}
