//! What a mail's writer wrote: the text above whatever it quotes, forwards or answers.

use super::attribution::{Paragraph, paragraphs, says_who_wrote, stands_above_a_quote};
use super::header_block::{is_header_block, without_stars};
use super::mail_lines::is_dash;
use super::stamp::is_stamped;
use crate::domain::unseen::is_unseen;

mod forwarded;

pub use forwarded::forwarded_sender;

/// Words that begin the header block of a quoted mail.
const QUOTED_FROM: [&str; 2] = ["van:", "from:"];
const FORWARDED: [&str; 2] = ["begin doorgestuurd bericht", "begin forwarded message"];
/// With what programs begin a quoted line, and what people make of it.
const QUOTES: [char; 12] = ['>', '＞', '›', '»', '≫', '❯', '⟩', '|', '│', '┃', '¦', '▌'];
/// The most letters of a name before such a sign: `JJ> Wil je dat?`
const INITIALS: usize = 4;
/// How many signs make a line that is drawn.
const RULE: usize = 5;
/// Line ends that no program writes: a display name may hold them, and a screen may begin a line at each.
const ODD_ENDS: [char; 6] = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

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

    /// What stands between the quoted lines below and behind them: what people write into the mail that they answer.
    /// Below an answer's mark it's all of it where no line is marked as quoted.
    #[must_use]
    pub fn beside_quotes(&self) -> String {
        let below = in_lines(self.below);
        let first = below.lines().position(is_quoted);
        let from = first.or(self.is_answer().then_some(0));
        let lines = below.lines().skip(from.unwrap_or(usize::MAX));
        lines
            .filter(|line| !is_quoted(line))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Parts the mail's own words from what stands below them.
#[must_use]
pub fn split(text: &str) -> OwnText<'_> {
    parted(text, false)
}

/// The same for a mail whose subject says that it's an answer: whoever it answers may have put an empty line into the
/// name above the quoted words, so these begin where anything looks like the line that says whose they are.
#[must_use]
pub fn split_answer(text: &str) -> OwnText<'_> {
    parted(text, true)
}

fn parted(text: &str, is_answer: bool) -> OwnText<'_> {
    let lines = lines_with_offsets(text);
    let mut found = cut(&lines);
    if is_answer || matches!(found, Some((_, Mark::Answer))) {
        let end = found.map_or(lines.len(), |(at, _)| at);
        let mut above = paragraphs(&lines[..end]);
        let first = above.find_map(|paragraph| paragraph.begins_one(&lines));
        found = first.map(|at| (at, Mark::Answer)).or(found);
    }
    let end = found.map_or(text.len(), |(at, _)| lines[at].0);
    let (own, below) = text.split_at(end);
    OwnText {
        own: own.trim(),
        below,
        mark: found.map(|(_, mark)| mark),
    }
}

/// The line at which the own words end, and by what.
fn cut(lines: &[(usize, &str)]) -> Option<(usize, Mark)> {
    let mut above: Option<Paragraph> = None;
    for paragraph in paragraphs(lines) {
        let said_by = paragraph.attribution(lines);
        let mut within = paragraph.start..paragraph.end;
        let mark = within.find_map(|at| Some((at, mark_at(&lines[at..paragraph.end])?)));
        if let Some((at, Mark::Answer)) = mark.filter(|(at, _)| said_by.is_none_or(|by| at < &by)) {
            let here = (at > paragraph.start).then_some(Paragraph {
                end: at,
                ..paragraph
            });
            let above = here.or(above);
            let above = above.filter(|above| stands_above_a_quote(above, lines));
            let from = above.map_or(at, |above| above.own_lines_end(lines));
            return Some((from, Mark::Answer));
        }
        match (said_by, mark) {
            (Some(by), Some((at, _))) if by <= at => return Some((by, Mark::Answer)),
            (_, Some((at, mark))) => return Some((at, mark)),
            (Some(by), None) => return Some((by, Mark::Answer)),
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
    let pieces = first.split(ODD_ENDS).map(str::trim);
    let mut marks = pieces.filter_map(mark_of);
    marks
        .next()
        .or_else(|| is_header_block(lines).then_some(Mark::Header))
}

/// What nobody sees hides no quote.
fn seen_from(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c))
}

/// Whether the line is marked as somebody else's: `> Hoi`, `JJ> Hoi`.
fn is_quoted(line: &str) -> bool {
    let line = seen_from(line);
    let behind_initials = line.trim_start_matches(|c: char| c.is_alphabetic());
    let initials = line.len() - behind_initials.len();
    line.starts_with(QUOTES) || (initials <= INITIALS && behind_initials.starts_with('>'))
}

fn mark_of(line: &str) -> Option<Mark> {
    let line = seen_from(line);
    if is_quoted(line) || is_stamped(line) {
        return Some(Mark::Answer);
    }
    // No list has a word that begins otherwise.
    let bare = line.trim_start_matches(['*', '_']);
    if bare.starts_with(['b', 'B', 'v', 'V', 'f', 'F']) {
        let bare = bare.to_lowercase();
        if FORWARDED.iter().any(|words| bare.starts_with(words)) {
            return Some(Mark::Forward);
        }
        if names_a_sender(line) {
            return Some(Mark::Header);
        }
        let label = without_stars(&bare).replace('：', ":").replace(" :", ":");
        if QUOTED_FROM.iter().any(|word| label.starts_with(word)) {
            return Some(Mark::Header);
        }
    }
    if is_rule(line) {
        return Some(Mark::Header);
    }
    let dashes = line.chars().take_while(|c| is_dash(*c)).count();
    if dashes < 2 {
        return None;
    }
    let says_who = line.contains('@')
        || says_who_wrote(line)
        || line.chars().filter(char::is_ascii_digit).count() >= 4;
    let is_framed = line.chars().rev().take_while(|c| is_dash(*c)).count() >= 2;
    match dashes {
        RULE.. if !says_who => Some(Mark::Header),
        RULE.. => Some(Mark::Answer),
        _ if dashes < line.chars().count() && (says_who || is_framed) => Some(Mark::Answer),
        _ => None,
    }
}

/// `Van "Jan Jansen" <j@x.nl>` and no more: eM Client writes its header without colons.
fn names_a_sender(line: &str) -> bool {
    let begins = ["Van ", "From "].iter().any(|word| line.starts_with(word));
    let address = line.split_once('<').map_or("", |(_, address)| address);
    begins && address.contains('@') && line.ends_with('>')
}

/// Whether a line is drawn with something else than dashes.
fn is_rule(line: &str) -> bool {
    let first = line.chars().next().filter(|c| "=~*#+".contains(*c));
    first.is_some_and(|sign| line.chars().all(|c| c == sign) && line.len() >= RULE)
}

/// The mail's own words in lines as they are seen: once it's settled whose they are, any line end is one.
#[must_use]
pub fn in_lines(own: &str) -> String {
    own.replace(ODD_ENDS, "\n")
}

/// The lines of the mail's own words that say something.
pub fn lines(own: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| c == '\n' || ODD_ENDS.contains(&c);
    own.split(is_end)
        .map(str::trim)
        .filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests;
