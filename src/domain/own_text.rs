//! What a mail's writer wrote: the text above whatever it quotes, forwards or answers.

use super::attribution::{Paragraph, paragraphs, says_who_wrote, stands_above_a_quote};
use super::header_block::{has_label, is_header_block, without_stars};
use super::mail_lines::is_dash;
use super::unseen::is_unseen;

/// Words that begin the header block of a quoted mail.
const QUOTED_FROM: [&str; 2] = ["van:", "from:"];
const FORWARDED: [&str; 2] = ["begin doorgestuurd bericht", "begin forwarded message"];
/// With what programs begin a quoted line, and what people make of it.
const QUOTES: [char; 12] = ['>', '＞', '›', '»', '≫', '❯', '⟩', '|', '│', '┃', '¦', '▌'];
/// The most letters of a name before such a sign: `JJ> Wil je dat?`
const INITIALS: usize = 4;
/// How many signs make a line that is drawn.
const RULE: usize = 5;
/// How many lines of a header block are looked at.
const BLOCK: usize = 12;

/// How what isn't the writer's begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// With a quoted line, or the one that says whose words follow.
    Answer,
    /// With a line of dashes or the header of another mail.
    Header,
    /// With words that say that it's sent on; the header may be quoted.
    Forward,
}

/// A mail's text, parted where its writer's own words end.
#[derive(Clone, Copy, Debug)]
pub struct OwnText<'t> {
    /// The mail's own words, trimmed.
    pub own: &'t str,
    /// What stands below them.
    pub below: &'t str,
    mark: Option<Mark>,
}

impl OwnText<'_> {
    /// Whether what stands below is what the mail answers.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        self.mark == Some(Mark::Answer)
    }
}

/// Parts the mail's own words from what stands below them.
#[must_use]
pub fn split(text: &str) -> OwnText<'_> {
    let (end, mark) = cut(text).map_or((text.len(), None), |(at, mark)| (at, Some(mark)));
    let (own, below) = text.split_at(end);
    OwnText {
        own: own.trim(),
        below,
        mark,
    }
}

/// Where the own words end, and by what.
fn cut(text: &str) -> Option<(usize, Mark)> {
    let lines = lines_with_offsets(text);
    let mut above: Option<Paragraph> = None;
    for paragraph in paragraphs(&lines) {
        let said_by = paragraph.attribution(&lines);
        let mut within = paragraph.start..paragraph.end;
        let mark = within.find_map(|at| Some((at, mark_at(&lines[at..paragraph.end])?)));
        if let Some((at, Mark::Answer)) = mark.filter(|(at, _)| said_by.is_none_or(|by| at < &by)) {
            let here = (at > paragraph.start).then_some(Paragraph {
                end: at,
                ..paragraph
            });
            let above = here.or(above);
            let above = above.filter(|above| stands_above_a_quote(above, &lines));
            let from = above.map_or(at, |above| above.own_lines_end(&lines));
            return Some((lines[from].0, Mark::Answer));
        }
        match (said_by, mark) {
            (Some(by), Some((at, _))) if by <= at => return Some((lines[by].0, Mark::Answer)),
            (_, Some((at, mark))) => return Some((lines[at].0, mark)),
            (Some(by), None) => return Some((lines[by].0, Mark::Answer)),
            (None, None) => above = Some(paragraph),
        }
    }
    None
}

/// Each line, trimmed, and where it begins. Only what a program ends a line with counts: a name may hold
/// other breaks.
fn lines_with_offsets(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim()));
        at += line.len();
    }
    lines
}

/// What begins with the first of these lines, which are one paragraph's. A line that is broken by other
/// means than a line end is looked at in its pieces, too.
fn mark_at(lines: &[(usize, &str)]) -> Option<Mark> {
    let (_, first) = lines.first()?;
    let odd = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let pieces = first.split(odd).map(str::trim);
    let mut marks = pieces.filter_map(mark_of);
    marks
        .next()
        .or_else(|| is_header_block(lines).then_some(Mark::Header))
}

fn mark_of(line: &str) -> Option<Mark> {
    // What nobody sees hides no quote.
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    let behind_initials = line.trim_start_matches(|c: char| c.is_alphabetic());
    let initials = line.len() - behind_initials.len();
    if line.starts_with(QUOTES) || (initials <= INITIALS && behind_initials.starts_with('>')) {
        return Some(Mark::Answer);
    }
    let bare = line.trim_start_matches(['*', '_']).to_lowercase();
    if FORWARDED.iter().any(|words| bare.starts_with(words)) {
        return Some(Mark::Forward);
    }
    let label = without_stars(&bare).replace('：', ":").replace(" :", ":");
    if QUOTED_FROM.iter().any(|word| label.starts_with(word)) {
        return Some(Mark::Header);
    }
    if is_rule(line) {
        return Some(Mark::Header);
    }
    let dashes = line.chars().take_while(|c| is_dash(*c)).count();
    let says_who = line.contains('@')
        || says_who_wrote(line)
        || line.chars().filter(char::is_ascii_digit).count() >= 4;
    let is_framed = line.chars().rev().take_while(|c| is_dash(*c)).count() >= 2;
    match dashes {
        RULE.. if !says_who => Some(Mark::Header),
        RULE.. => Some(Mark::Answer),
        2.. if dashes < line.chars().count() && (says_who || is_framed) => Some(Mark::Answer),
        _ => None,
    }
}

/// Whether a line is drawn with something else than dashes.
fn is_rule(line: &str) -> bool {
    let first = line.chars().next().filter(|c| "=~*#+".contains(*c));
    first.is_some_and(|sign| line.chars().all(|c| c == sign) && line.len() >= RULE)
}

/// The lines of the mail's own words that say something.
pub fn lines(own: &str) -> impl Iterator<Item = &str> {
    own.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The address in the `Van:` or `From:` of the header at which the own words end: who wrote the mail that
/// is sent on. What is quoted below an answer's mark are a stranger's words, whatever stands in them.
#[must_use]
pub fn forwarded_sender(text: &OwnText<'_>) -> Option<String> {
    let mark = text.mark.filter(|mark| *mark != Mark::Answer)?;
    let below = text.below.lines().map(str::trim);
    let is_mark = |line: &&str| line.is_empty() || (mark_of(line).is_some() && !has_label(line));
    let mut header = below
        .map(|line| match mark {
            Mark::Forward => line.trim_start_matches(['>', ' ']),
            _ => line,
        })
        .skip_while(is_mark)
        .take_while(|line| !line.is_empty() && !line.starts_with('>'))
        .take(BLOCK)
        .map(without_stars)
        .peekable();
    if !header.peek().is_some_and(|line| has_label(line)) {
        return None;
    }
    let from = header.find_map(|line| {
        let lower = line.to_lowercase();
        let word = QUOTED_FROM.iter().find(|word| lower.starts_with(**word))?;
        line.get(word.len()..).map(str::to_owned)
    })?;
    // Whoever writes behind the address may be somebody else than it says.
    let behind = from.rfind('@').and_then(|at| from.get(at..))?;
    let behind = behind.split_once(|c: char| c.is_whitespace() || ">)]\",;".contains(c));
    if behind.is_some_and(|(_, rest)| rest.contains(char::is_alphanumeric)) {
        return None;
    }
    let words = from.split(|c: char| c.is_whitespace() || "<>()[]\",;".contains(c));
    let mut addresses = words
        .map(|word| word.strip_prefix("mailto:").unwrap_or(word))
        .filter(|word| word.contains('@'));
    let first = addresses.next()?.to_lowercase();
    addresses
        .all(|other| other.to_lowercase() == first)
        .then_some(first)
}

#[cfg(test)]
mod tests;
