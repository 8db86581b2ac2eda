//! How people say yes to a challenge: the yes and the code, and beside them only words of a short list. Whoever
//! denies having asked quotes the code too, so a word that isn't on the list leaves no yes.

use super::mail_lines::names_the_desk;
use super::taken_back::{calls_off, denies};
use super::tokens::PARTICLES;
use crate::domain::code32;
use crate::domain::request::challenge_code::ChallengeCode;
use crate::domain::unseen::is_unseen;

const YES: [&str; 2] = ["ja", "yes"];
/// What may stand between the yes and the code: `ja hoor, de code is …`.
const FILLERS: [&str; 13] = [
    "hoor",
    "de",
    "code",
    "is",
    "the",
    "bevestigingscode",
    "dit",
    "dat",
    "klopt",
    "akkoord",
    "prima",
    "graag",
    "mijn",
];
const GREETS: [&str; 18] = [
    "beste",
    "hoi",
    "hallo",
    "hi",
    "hey",
    "hello",
    "dear",
    "dag",
    "geachte",
    "goedemorgen",
    "goedemiddag",
    "goedenavond",
    "goedendag",
    "goeiemorgen",
    "goeiemiddag",
    "goedenmiddag",
    "ls",
    "l s",
];
/// Who is greeted without a name.
const GREETED: [&str; 11] = [
    "servicedesk",
    "helpdesk",
    "desk",
    "collega",
    "collega's",
    "medewerker",
    "heer",
    "mevrouw",
    "team",
    "allen",
    "ict",
];
/// Closings, as words with blanks between them.
const CLOSINGS: [&str; 43] = [
    "groet",
    "groeten",
    "groetjes",
    "gr",
    "vr gr",
    "mvg",
    "m v g",
    "met groet",
    "vriendelijke groet",
    "vriendelijke groeten",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "hartelijke groet",
    "hartelijke groeten",
    "met hartelijke groet",
    "met hartelijke groeten",
    "dank",
    "bedankt",
    "alvast bedankt",
    "dankjewel",
    "dank je",
    "dank u",
    "dank je wel",
    "dank u wel",
    "fijne dag",
    "thanks",
    "thank you",
    "regards",
    "kind regards",
    "best regards",
    "akkoord",
    "klopt",
    "dat klopt",
    "ok",
    "oke",
    "oké",
    "prima",
    "graag",
    "alsjeblieft",
    "alstublieft",
    "👍",
    "verstuurd vanaf mijn iphone",
    "sent from my iphone",
];
/// The most words of a closing, of a name, and of a line that says yes.
const CLOSING: usize = 4;
const NAME: usize = 6;
const MOST: usize = 28;

/// A yes.
pub(in crate::domain::request) struct Yes<'t> {
    pub(in crate::domain) code: ChallengeCode,
    /// What stands below it.
    pub(in crate::domain::request) below: &'t str,
    /// It's signed off on its own line: a signature follows.
    pub(in crate::domain::request) is_closed: bool,
}

/// The yes at the head of a mail's own words. Before it may stand the line that names the desk, which a challenge
/// teaches, and a greeting; the code may stand on the line below the yes.
pub(in crate::domain) fn said_yes(own: &str) -> Option<Yes<'_>> {
    let (mut line, mut after) = next_line(own)?;
    if names_the_desk(line) {
        (line, after) = next_line(after)?;
    }
    if is_greeting(&words_of(line)) {
        (line, after) = next_line(after)?;
    }
    let yes = |(code, is_closed), below| Yes {
        code,
        below,
        is_closed,
    };
    if let Some(found) = code_of(line) {
        return Some(yes(found, after));
    }
    let (below, after) = next_line(after)?;
    code_of(&format!("{line} {below}")).map(|found| yes(found, after))
}

/// The code of a line that says yes, and whether it's signed off there.
pub(in crate::domain::request) fn code_of(line: &str) -> Option<(ChallengeCode, bool)> {
    if line.trim_start().starts_with('>') || hides_its_yes(line) {
        return None;
    }
    let words = words_of(line);
    if words.len() > MOST {
        return None;
    }
    (0..words.len()).find_map(|from| {
        let lead = lead(&words[..from])?;
        (from + 1..=words.len()).find_map(|to| {
            let is_closed = tail(&words[to..], lead)?;
            Some((code(&words[from..to].concat())?, is_closed))
        })
    })
}

/// The next line that says something, and what follows it.
fn next_line(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (line, after) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim();
    (!line.is_empty()).then_some((line, after))
}

/// Whether something that nobody sees stands before the yes, or in it.
fn hides_its_yes(line: &str) -> bool {
    let mut at = 0;
    let yes = line
        .split_inclusive(|c: char| !c.is_alphabetic())
        .find(|word| {
            at += word.len();
            let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
            YES.contains(&bare.to_lowercase().as_str())
        });
    // A word may end in what isn't seen; that's behind it.
    let head = yes.map_or(line, |yes| &line[..at - yes.len()]);
    head.contains(is_unseen)
}

/// The words of a line, without the marks around and between them: brackets, quotes and stars say nothing. Other signs
/// stay with their word, which is then on no list.
fn words_of(line: &str) -> Vec<String> {
    let seen = line.chars().filter(|c| !is_unseen(*c));
    let line: String = seen.map(|c| if is_apart(c) { ' ' } else { c }).collect();
    let line = without_call(&line).replace(['<', '>', ':'], " ");
    let words = line.split_whitespace();
    let words = words.map(|word| word.trim_matches(['\'', '’', '‘', '‚']));
    let mut words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    // `JA7KQM-3X9D`
    if let Some(first) = words.first().cloned() {
        let letters = first.len() - first.trim_start_matches(|c: char| c.is_alphabetic()).len();
        let (yes, rest) = first.split_at(letters);
        if !rest.is_empty() && YES.contains(&yes.to_lowercase().as_str()) {
            words.splice(..1, [yes.to_owned(), rest.to_owned()]);
        }
    }
    words
}

/// Whether it stands between words.
fn is_apart(c: char) -> bool {
    code32::is_hyphen(c) || c.is_whitespace() || "_,;.!…/*~`\"“”„«»()[]{}".contains(c)
}

/// The line without what programs make of a number that can be called (`CODE<tel:CODE>`), where that's the number.
fn without_call(line: &str) -> String {
    let cut = || {
        let (before, rest) = line.split_once("<tel:")?;
        let (number, behind) = rest.split_once('>')?;
        let bare = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "");
        let number = bare(number).to_lowercase();
        let is_same = !number.is_empty() && bare(before).to_lowercase().ends_with(&number);
        is_same.then(|| format!("{before} {behind}"))
    };
    cut().unwrap_or_else(|| line.to_owned())
}

/// Whether what stands before the code is a greeting, a yes and fillers, or none of them: whether it says yes.
fn lead(words: &[String]) -> Option<bool> {
    let greeted = (0..=words.len()).filter(|end| *end == 0 || is_greeting(&words[..*end]));
    greeted.into_iter().find_map(|end| {
        let says_yes = words[end..].iter().any(|word| is_in(&YES, word));
        let is_known = |word: &String| is_in(&YES, word) || is_in(&FILLERS, word);
        let begins = words.get(end).is_none_or(|word| is_in(&YES, word));
        (words[end..].iter().all(is_known) && (begins || !says_yes)).then_some(says_yes)
    })
}

/// Whether what follows the code is a yes, where there is none yet, and a closing: whether it's closed.
fn tail(words: &[String], says_yes: bool) -> Option<bool> {
    let mut rest = words;
    if !says_yes {
        rest = rest.split_first().filter(|(word, _)| is_in(&YES, word))?.1;
    }
    let is_closed = !rest.is_empty();
    while !rest.is_empty() {
        // Whose name stands there is the holder's or the writer's: it changes nothing.
        let is_named = closing(rest).is_none() && is_name(&rest[0]);
        rest = &rest[if is_named { 0 } else { closing(rest)? }..];
        let mut named = (0..rest.len().min(NAME))
            .take_while(|at| is_name(&rest[*at]) && closing(&rest[*at..]).is_none())
            .count();
        // `groet daan`
        if named == 0 && rest.len() == 1 && is_word(&rest[0]) {
            named = 1;
        }
        rest = &rest[named..];
    }
    Some(is_closed)
}

/// How many words at the head of these are a closing.
fn closing(words: &[String]) -> Option<usize> {
    let mut longest = (1..=words.len().min(CLOSING)).rev();
    longest.find(|end| is_in(&CLOSINGS, &words[..*end].join(" ")))
}

fn is_greeting(words: &[String]) -> bool {
    let Some((first, whom)) = words.split_first() else {
        return false;
    };
    let is_greeted = |word: &String| is_in(&GREETED, word) || is_name(word);
    is_in(&GREETS, first) && whom.len() <= NAME && whom.iter().all(is_greeted)
}

/// Whether it may be a part of a name: it begins with a capital, and is neither a yes nor a no.
fn is_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    let begins = word.starts_with(char::is_uppercase) || PARTICLES.contains(&lower.as_str());
    begins && is_word(word) && !is_in(&CLOSINGS, word)
}

fn is_word(word: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    word.chars().all(is_letter) && !is_in(&YES, word) && !denies(word) && !calls_off(word)
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.contains(&word.to_lowercase().as_str())
}

/// A code that isn't a word: a drawn one has a digit.
fn code(text: &str) -> Option<ChallengeCode> {
    let is_code = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    ChallengeCode::read(text)
        .ok()
        .filter(|_| is_code && has_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says_yes(own: &str) -> bool {
        let code = ChallengeCode::read("7KQM3X9D").ok();
        said_yes(own).map(|yes| yes.code) == code
    }

    #[test]
    fn a_yes_and_the_code_confirm_however_they_are_dressed() {
        for own in [
            "JA 7KQM-3X9D",
            "*JA 7KQM-3X9D*",
            "JA *7KQM-3X9D*",
            "\"JA 7KQM-3X9D\"",
            "JA “7KQM-3X9D”",
            "‘JA’ 7KQM-3X9D",
            "JA (7KQM-3X9D)",
            "JA <7KQM-3X9D>",
            "JA… 7KQM-3X9D",
            "JA - 7KQM-3X9D",
            "JA7KQM-3X9D",
            "JA 7KQM-3X9D<tel:7KQM-3X9D>",
            "JA 7KQM-3X9D groet Daan",
            "ja 7kqm3x9d groet daan",
            "JA 7KQM-3X9D, mvg Daan de Visser",
            "JA 7KQM-3X9D. Bedankt! M.v.g. Daan",
            "ja hoor 7KQM-3X9D",
            "Ja, de code is 7KQM-3X9D",
            "JA code: 7KQM-3X9D",
            "7KQM-3X9D JA",
            "Hoi, ja 7KQM-3X9D",
            "Beste desk, JA 7KQM-3X9D",
            "Beste Fatima,\n\nJA 7KQM-3X9D",
            "Goedemorgen,\nJA 7KQM-3X9D",
            "Aan: utrecht@otservicedesk.nl\n\nJA 7KQM-3X9D",
            "Aan: utrecht@otservicedesk.nl\nGeachte heer/mevrouw,\nJA 7KQM-3X9D",
            "JA\n7KQM-3X9D",
            "Ja hoor,\n\nde code is 7KQM-3X9D",
            "JA 7KQM-3X9D akkoord",
            "JA 7KQM-3X9D Joost Jansen",
            "JA 7KQM-3X9D 👍",
            "JA 7KQM-3X9D Verstuurd vanaf mijn iPhone",
            "Ja, dat klopt. 7KQM-3X9D",
        ] {
            assert!(says_yes(own), "{own}");
        }
    }

    #[test]
    fn any_other_word_leaves_no_yes() {
        for own in [
            "",
            "JA",
            "7KQM-3X9D",
            "De code is 7KQM-3X9D",
            "Hoi, 7KQM-3X9D",
            "NEE 7KQM-3X9D",
            "JA NEE 7KQM-3X9D",
            "7KQM-3X9D JA NEE",
            "JA 7KQM-3X9D voor Joost Jansen",
            "JA 7KQM-3X9D groet, maar ik vroeg niets",
            "JA 7KQM-3X9D groet Niet Doen",
            "JA 7KQM-3X9D groet niet",
            "JA 7KQM-3X9D<tel:0612345678>",
            "Hoi, ik vroeg niets. Ja 7KQM-3X9D",
            "Beste Nee, JA 7KQM-3X9D",
            "Niet van mij:\nJA 7KQM-3X9D",
            "Fatima vroeg mij te sturen:\nJA 7KQM-3X9D",
            "JA\nNEE\n7KQM-3X9D",
            "Beste desk,\nhieronder\nJA 7KQM-3X9D",
            "\u{200b}JA 7KQM-3X9D",
            "J\u{ad}A 7KQM-3X9D",
            "7KQM\u{200b}-3X9D JA",
            "> JA 7KQM-3X9D",
            "JA? 7KQM-3X9D",
            "JA 7KQM-3X9D Nee",
            "JA 7KQM-3X9D Stop",
            "Ja, dat klopt niet. 7KQM-3X9D",
            "JA 7KQM-3X9D akkoord niet",
        ] {
            assert!(said_yes(own).is_none(), "{own:?}");
        }
    }
}
