//! Who said something and when, as chats and old mail programs write it above or before somebody's words: whoever said
//! it chose the name in it.

/// Small words that may stand beside the name and the hour.
const BESIDE: [&str; 22] = [
    "om",
    "at",
    "op",
    "on",
    "uur",
    "am",
    "pm",
    "vandaag",
    "today",
    "gisteren",
    "yesterday",
    "van",
    "de",
    "der",
    "den",
    "het",
    "ten",
    "ter",
    "el",
    "al",
    "bin",
    "von",
];
/// The most words of such a line: a sentence that ends with an hour has small words, or more of them.
const WORDS: usize = 9;

/// Whether the line, or its start, says who said something and when.
pub(super) fn is_stamped(line: &str) -> bool {
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    is_bracketed(line) || begins_with_both(line) || is_name_and_hour(line)
}

/// `[10:02, 1-12-2026] Mehmet: …`, `[gisteren 10:02] Mehmet`.
fn is_bracketed(line: &str) -> bool {
    let within = line.strip_prefix('[').and_then(|line| line.split_once(']'));
    within.is_some_and(|(within, _)| words(within).any(is_hour))
}

/// `1-12-2026 10:02 - Mehmet: …`
fn begins_with_both(line: &str) -> bool {
    let mut words = words(line);
    let is_both = words.next().is_some_and(is_date) && words.next().is_some_and(is_hour);
    is_both
        && words
            .next()
            .is_none_or(|word| word.is_empty() || is_half_of_day(word))
}

/// `Mehmet Yilmaz 10:02`, `Mehmet Yilmaz — Vandaag om 10:02`.
fn is_name_and_hour(line: &str) -> bool {
    let mut seen = (false, false);
    let mut count = 0;
    let fits = words(line).all(|word| {
        count += 1;
        let small = word.to_lowercase();
        let is_name = word.starts_with(char::is_uppercase) && !word.contains(char::is_numeric);
        let is_beside = word.is_empty() || BESIDE.contains(&small.as_str());
        seen.0 |= is_name && !is_beside;
        seen.1 |= is_hour(word);
        is_name || is_beside || is_hour(word) || is_date(word)
    });
    let ends = words(line)
        .last()
        .is_some_and(|word| is_hour(word) || is_half_of_day(word));
    fits && ends && seen == (true, true) && count <= WORDS
}

/// Whether the line holds a date and an hour and nothing else.
pub(super) fn is_only_when(line: &str) -> bool {
    let mut seen = (false, false);
    let fits = words(line).all(|word| {
        seen.0 |= is_date(word);
        seen.1 |= is_hour(word);
        is_date(word) || is_hour(word) || is_half_of_day(word)
    });
    fits && seen == (true, true)
}

/// Words without what stands around them; a dash alone is an empty one.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn is_half_of_day(word: &str) -> bool {
    ["am", "pm"]
        .iter()
        .any(|half| word.eq_ignore_ascii_case(half))
}

/// `9:02`, `10:02:33`; with a point it may as well be a number.
fn is_hour(word: &str) -> bool {
    let parts: Vec<&str> = word.split(':').collect();
    let is_number = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.len(), 2 | 3)
        && (1..=2).contains(&parts[0].len())
        && parts[0].bytes().all(|b| b.is_ascii_digit())
        && parts[1..].iter().all(is_number)
}

/// `1-12-2026`, `12/01/26`, `2026-12-01`.
pub(super) fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let is_number =
        |part: &&str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_an_hour_are_told_from_a_sentence() {
        for line in [
            "[10:02, 1-12-2026] Mehmet: reset j.jansen",
            "[01-12-2026, 10:02:33] Mehmet Yilmaz: reset",
            "[gisteren 10:02] Mehmet Yilmaz",
            "1-12-2026 10:02 - Mehmet: reset j.jansen",
            "01/12/26, 10:02 PM - Mehmet: reset",
            "Mehmet Yilmaz 10:02",
            "Mehmet van der Berg  10:02 AM",
            "Mehmet Yilmaz — Vandaag om 10:02",
            "Mehmet [10:02]",
        ] {
            assert!(is_stamped(line), "{line}");
        }
        for line in [
            "Joost Jansen belde mij om 10:02",
            "1-12-2026 10:02 belde Joost Jansen",
            "Bereikbaar: ma 9:00 - 16:30",
            "Joost Jansen is zijn telefoon kwijt sinds gisteren 10:02",
            "Graag reset van 2FA",
            "Groep 7.12",
            "10:02",
        ] {
            assert!(!is_stamped(line), "{line}");
        }
    }

    #[test]
    fn a_date_and_an_hour_alone_are_told_from_words_beside_them() {
        assert!(is_only_when("01-12-2026 10:02"));
        assert!(is_only_when("12/01/2026 10:02 AM"));
        assert!(!is_only_when("01-12-2026"));
        assert!(!is_only_when("Sinds 01-12-2026 10:02"));
    }
}
