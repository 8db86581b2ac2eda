//! A text in sentences: what asks and who is meant stand in one of them. A full stop ends one only where a reader
//! stops: not in `j.jansen`, `12.30`, `dhr.`, `i.v.m.` or an address.

use std::ops::Range;

use super::mail_lines::is_unwrapped;
use super::tokens::{chunks_of, is_shortened};

/// Where each sentence is, in bytes. A line that was broken off by hand ends one, and so does the line
/// before one of a list.
pub(in crate::domain) fn sentences(text: &str) -> Vec<Range<usize>> {
    taken_apart(text, |line| is_unwrapped(line) && !goes_on_below(line))
}

/// The same, where a sentence goes on in the next line unless that's empty or one of a list: whoever broke it.
pub(in crate::domain::request) fn sentences_over_lines(text: &str) -> Vec<Range<usize>> {
    taken_apart(text, |_| false)
}

fn taken_apart(text: &str, breaks_off: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut begun, mut line_at) = (0, 0);
    let mut end_at = |at: usize, begun: &mut usize| {
        if !text[*begun..at].trim().is_empty() {
            found.push(*begun..at);
        }
        *begun = at;
    };
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if begins_point(line) {
            end_at(line_at, &mut begun);
        }
        let mut chunks = chunks_of(line).peekable();
        let mut is_head = true;
        while let Some((at, chunk)) = chunks.next() {
            let next = chunks.peek().map(|(_, next)| *next);
            let is_number = is_head && begins_point(chunk);
            if !is_number && ends_one(chunk, next) {
                end_at(line_at + at + chunk.len(), &mut begun);
            }
            is_head = false;
        }
        line_at += line.len();
        let is_last = lines.peek().is_none_or(|next| next.trim().is_empty());
        if is_last || breaks_off(line) {
            end_at(line_at, &mut begun);
        }
    }
    end_at(text.len(), &mut begun);
    found
}

/// The fewest letters of a word that ends a sentence without a blank behind it: a username may begin like one.
const GLUED: usize = 4;

/// Words that begin a sentence behind such a full stop, whatever is before it.
const BEGINS: [&str; 14] = [
    "alvast", "bedankt", "dank", "graag", "mvg", "groet", "groetjes", "kunnen", "kun", "kunt",
    "wilt", "willen", "hij", "zij",
];
/// What is in brackets that say where somebody works, or since when, besides numbers.
const IN_BRACKETS: [&str; 29] = [
    "groep",
    "gr",
    "klas",
    "unit",
    "team",
    "onderbouw",
    "middenbouw",
    "bovenbouw",
    "kleuters",
    "vanaf",
    "sinds",
    "per",
    "in",
    "dienst",
    "en",
    "t/m",
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "leerkracht",
];
/// The most bytes of them.
const MOST_IN_BRACKETS: usize = 40;

/// The text with a blank behind each full stop that somebody forgot it at: `kwijt.Graag resetten`.
pub(in crate::domain::request) fn with_blanks(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    for chunk in text.split_inclusive(char::is_whitespace) {
        let glued = chunk.split_once('.').filter(|(before, behind)| {
            let is_word = before.len() >= GLUED && before.chars().all(char::is_alphabetic);
            let begins = behind.starts_with(char::is_uppercase);
            let is_end = before.chars().all(char::is_lowercase) && begins;
            // `2FA van Nadia.Alvast bedankt`
            let bare = behind
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            let is_known = BEGINS.contains(&bare.as_str());
            is_word && (is_end || is_known) && !chunk.contains(['@', '/', '_'])
        });
        // `Mw Van't Veer`
        let particle = chunk.split_once(['\'', '’']).filter(|(before, behind)| {
            before.eq_ignore_ascii_case("van") && behind.trim_end() == "t"
        });
        if let Some((before, behind)) = particle {
            apart.extend([before, " '", behind]);
            continue;
        }
        match glued {
            Some((before, behind)) => apart.extend([before, ". ", behind]),
            None => apart.push_str(chunk),
        }
    }
    apart
}

/// The text without brackets that say only where somebody works, or since when: `onze nieuwe collega (groep 3) Joost`.
pub(in crate::domain::request) fn without_brackets(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('(') {
        left.push_str(before);
        let is_aside = |word: &str| {
            let has_digit = word.chars().any(|c| c.is_ascii_digit());
            IN_BRACKETS.contains(&word) || (has_digit && word.len() <= 4)
        };
        rest = match behind.split_once(')') {
            Some((aside, after))
                if aside.len() <= MOST_IN_BRACKETS && aside.split_whitespace().all(is_aside) =>
            {
                left.truncate(left.trim_end_matches(' ').len());
                if !after.starts_with([',', '.', ':', ';', '!', '?']) {
                    left.push(' ');
                }
                after.trim_start_matches(' ')
            }
            _ => {
                left.push('(');
                behind
            }
        };
    }
    left.push_str(rest);
    left
}

/// Whether what begins here is a line of a list, or one with a label at its head.
pub(in crate::domain::request) fn begins_item(sentence: &str) -> bool {
    let first = first_chunk(sentence);
    let is_label = first
        .strip_suffix(':')
        .is_some_and(|label| !label.is_empty() && label.chars().all(char::is_alphabetic));
    is_label || begins_point(sentence)
}

/// Whether a bullet or a number comes at the head of a line. A label may be the end of a line that was wrapped.
fn begins_point(line: &str) -> bool {
    let is_number = first_chunk(line)
        .strip_suffix(['.', ')'])
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    let bullets = ['-', '*', '•', '·', '–', '—', '○', '▪'];
    line.trim_start().starts_with(bullets) || is_number
}

fn first_chunk(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Whether a reader goes on to the next line: after a comma, or a word that something has to follow.
fn goes_on_below(line: &str) -> bool {
    let line = line.trim_end();
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let words = ["en", "of", "and", "or", "van", "voor", "for"];
    line.ends_with(',') || words.iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// Whether a sentence ends with what is here between two blanks. In small letters it goes on.
pub(super) fn ends_one(chunk: &str, next: Option<&str>) -> bool {
    let chunk = chunk.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if chunk.ends_with(['!', '?', ';']) {
        return true;
    }
    let goes_on = next.is_some_and(|next| next.starts_with(char::is_lowercase));
    let Some(word) = chunk.strip_suffix('.').filter(|_| !goes_on) else {
        return false;
    };
    !is_shortened(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        let found = sentences(text).into_iter();
        found.map(|range| text[range].trim()).collect()
    }

    #[test]
    fn a_forgotten_blank_is_put_in_and_no_username_parted() {
        assert_eq!(
            with_blanks("Hij is hem kwijt.Graag j.Jansen resetten.\nJan.Jansen"),
            "Hij is hem kwijt. Graag j.Jansen resetten.\nJan.Jansen"
        );
    }

    #[test]
    fn a_sentence_ends_where_a_reader_stops() {
        assert_eq!(
            of("Graag de 2FA van mevr. J. de Vries, i.p.v. Jan. Zij is ziek! Dank"),
            [
                "Graag de 2FA van mevr. J. de Vries, i.p.v. Jan.",
                "Zij is ziek!",
                "Dank"
            ]
        );
        assert_eq!(
            of("Graag resetten:\n- Jan\n- Piet. dank\n\nNaam: Jan\nSchool: x"),
            [
                "Graag resetten:",
                "- Jan",
                "- Piet. dank",
                "Naam: Jan",
                "School: x"
            ]
        );
        let wrapped =
            "Wilt u voor onze school zo spoedig mogelijk de 2FA van onze\ncollega Joost resetten?";
        assert_eq!(of(wrapped), [wrapped]);
        let listed = "Graag de 2FA van Jan,\nPiet en\nKees resetten.\nDank";
        assert_eq!(
            of(listed),
            ["Graag de 2FA van Jan,\nPiet en\nKees resetten.", "Dank"]
        );
        let wrapped = "Onze leerkracht Joost Jansen (groep 5) kan sinds gisteren niet meer \ninloggen: zijn telefoon is stuk.";
        assert_eq!(of(wrapped), [wrapped]);
        assert_eq!(of(""), Vec::<&str>::new());
        let broken = "Zijn telefoon is\nkwijt. Dank";
        assert_eq!(of(broken).len(), 3);
        assert_eq!(sentences_over_lines(broken), [0..23, 23..28]);
        for one in [
            "De 2FA van j.jansen (dhr. Jansen, j.jansen@school.nl) is i.v.m. een nieuwe telefoon a.u.b. om 12.30 te resetten",
            "Evt. Mevr. Dr. De Vries, afd. Zuid, tel. 030-1234567, incl. code",
        ] {
            assert_eq!(of(one), [one]);
        }
        assert_eq!(
            of("Zij werkt in groep 3. Joost kan om 12.30. Jan\n1. Karin\n2. Joost"),
            [
                "Zij werkt in groep 3.",
                "Joost kan om 12.30.",
                "Jan",
                "1. Karin",
                "2. Joost"
            ]
        );
    }
}
