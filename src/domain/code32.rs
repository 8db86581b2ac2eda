//! Crockford's base32 (<https://www.crockford.com/base32.html>): codes that people read aloud, type
//! and paste. No I, L, O and U; read in any case, with O for 0 and I or L for 1.

use rand::CryptoRng;

use super::unseen::is_unseen;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What a check character may be besides: the values 32 to 36.
const CHECKS: &[u8; 5] = b"*~$=U";

/// `length` fresh characters, 5 bits each.
pub fn draw(rng: &mut dyn CryptoRng, length: usize) -> String {
    let mut bytes = vec![0; length];
    rng.fill_bytes(&mut bytes);
    let characters = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    characters.collect()
}

/// Whether it's a hyphen, or what programs make of one.
#[must_use]
pub const fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether it's nothing but what is between groups: hyphens, white space, and what can't be seen.
#[must_use]
pub const fn is_between(c: char) -> bool {
    c.is_whitespace() || is_hyphen(c) || is_unseen(c)
}

/// What was typed, as it was meant: white space and hyphens gone. Nothing when a character is none.
#[must_use]
pub fn read(text: &str) -> Option<String> {
    let meant = |c: char| match c.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        c if c.is_ascii() && ALPHABET.contains(&(c as u8)) => Some(c),
        _ => None,
    };
    text.chars()
        .filter(|c| !is_between(*c))
        .map(meant)
        .collect()
}

/// What may have been meant by an id of that kind where nothing but one fits: as it stands, and with what was left out
/// of its prefix (`4K7Q2` and `R4K7Q2` for `R-4K7Q2`).
pub fn prefixed(kind: char, text: &str) -> impl Iterator<Item = String> {
    let text = text.trim();
    let rest = text.strip_prefix([kind, kind.to_ascii_lowercase()]);
    let bare = [Some(text), rest].into_iter().flatten();
    std::iter::once(text.to_owned()).chain(bare.map(move |rest| format!("{kind}-{rest}")))
}

/// The check character of `code`, which [`read`] gave back: its value modulo 37. It tells every
/// wrong character and every swap of neighbours.
#[must_use]
pub fn check(code: &str) -> Option<char> {
    let mut rest = 0;
    for byte in code.bytes() {
        let value = ALPHABET.iter().position(|known| *known == byte)?;
        rest = (rest * 32 + value) % 37;
    }
    let characters = ALPHABET.iter().chain(CHECKS);
    characters.copied().nth(rest).map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_is_read_as_it_was_meant() {
        assert_eq!(read(" 4kol-2i\t"), Some("4K0121".into()));
        assert_eq!(
            read("\u{feff}4K\u{2011}7Q\u{2013}\u{3164}2\u{200b}\u{e0020}"),
            Some("4K7Q2".into())
        );
        for text in ["U", "é", "4*"] {
            assert_eq!(read(text), None, "{text:?} was taken");
        }
    }

    #[test]
    fn check_characters_are_crockfords() {
        // 1234 in base32 is 16J; 1234 mod 37 is 13: D, as Crockford's page has it.
        assert_eq!(check("16J"), Some('D'));
        assert_eq!(check("u"), None);
    }

    proptest! {
        #[test]
        fn a_wrong_character_and_swapped_neighbours_are_seen(
            code in "[0-9A-HJKMNP-TV-Z]{20}", at in 0_usize..19, other in 0_usize..32
        ) {
            let mut wrong = code.clone().into_bytes();
            wrong[at] = ALPHABET[other];
            let mut swapped = code.clone().into_bytes();
            swapped.swap(at, at + 1);
            for changed in [wrong, swapped] {
                let changed = String::from_utf8(changed).unwrap();
                prop_assert!(changed == code || check(&changed) != check(&code));
            }
        }
    }
}
