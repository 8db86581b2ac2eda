//! The names of types that the parser would make a mail of, hidden from it and shown again.

/// What is in the place of a letter that was taken out of a type's name: of a small one, of a capital.
const HIDDEN: [u8; 2] = [0x01, 0x02];

/// Takes a letter out of `rfc822`, `global` and `digest`, so that the parser makes no mail of what they
/// name: it parses mails within mails one in the other, and drops them by recursion.
pub(super) fn hide_messages(bytes: &mut [u8]) {
    for (word, mark) in [(&b"rfc822"[..], 3), (b"global", 0), (b"digest", 2)] {
        let first = word[mark];
        let mut at = mark;
        while let Some(found) = bytes
            .get(at..)
            .and_then(|rest| memchr::memchr2(first, first.to_ascii_uppercase(), rest))
            .map(|found| at + found)
        {
            let window = bytes.get_mut(found - mark..found - mark + word.len());
            if let Some(window) = window.filter(|window| window.eq_ignore_ascii_case(word)) {
                let last = &mut window[word.len() - 1];
                *last = HIDDEN[usize::from(last.is_ascii_uppercase())];
            }
            at = found + 1;
        }
    }
}

/// Puts the letters back into a text.
pub(super) fn with_hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Both are ASCII: whatever stands beside them, the text may be cut there.
    while let Some(at) = memchr::memchr2(HIDDEN[0], HIDDEN[1], rest.as_bytes()) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let stems = [("rfc82", '2'), ("globa", 'l'), ("diges", 't')];
        let stem = stems.iter().find(|(stem, _)| {
            let end = before.len().checked_sub(stem.len());
            end.and_then(|at| before.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(stem))
        });
        let mark = mark.as_bytes()[0];
        out.push(match stem {
            Some((_, letter)) if mark == HIDDEN[0] => *letter,
            Some((_, letter)) => letter.to_ascii_uppercase(),
            None => char::from(mark),
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}
