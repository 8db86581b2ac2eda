//! The line above quoted words that says whose they are (`Op … schreef Jan <j@x.nl>:`), known by its shape: whoever
//! wrote the quoted mail chose the name in it, and every program words it otherwise.

use super::mail_lines::{is_dash, is_of_another_script, is_unwrapped, names_the_desk};
use super::plain_words::PlainWords;
use super::stamp::{is_date, is_only_when};

/// What such a line says, in the languages around here.
const SAYS: [&str; 9] = [
    "schreef",
    "geschreven",
    "wrote",
    "schrieb",
    "écrit",
    "escribió",
    "ha scritto",
    "skrev",
    "napisał",
];

/// The same while it's being said: a word of many a sentence, so it counts only where the line ends as such a line does.
const SAYS_NOW: [&str; 33] = [
    "schrijft",
    "writes",
    "schreibt",
    "scrive",
    "escribe",
    "escreve",
    "escreveu",
    "a scris",
    "skreau",
    "skriuwt",
    "skriver",
    "kirjoitti",
    "kirjutas",
    "rašė",
    "rakstīja",
    "pisze",
    "napsal",
    "napísal",
    "je napisao",
    "írta",
    "yazdı",
    "đã viết",
    "viết",
    "menulis",
    "va escriure",
    "idatzi",
    "scríobh",
    "antwoordde",
    "reageerde",
    "mailde",
    "zei",
    "zegt",
    "said",
];

/// Lines without an empty one between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// Its first line.
    pub(in crate::domain) start: usize,
    /// The line behind its last one.
    pub(in crate::domain) end: usize,
}

/// A text's paragraphs, from the top.
pub(super) fn paragraphs(lines: &[(usize, &str)]) -> impl Iterator<Item = Paragraph> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + lines[at..].iter().position(|(_, line)| !line.is_empty())?;
        let length = lines[start..].iter().position(|(_, line)| line.is_empty());
        at = length.map_or(lines.len(), |length| start + length);
        Some(Paragraph { start, end: at })
    })
}

impl Paragraph {
    /// Where the paragraph says whose words follow, however many lines that takes: the line from which it
    /// isn't the writer's.
    pub(in crate::domain) fn attribution(&self, lines: &[(usize, &str)]) -> Option<usize> {
        let mut seen = Seen::default();
        for (_, line) in &lines[self.start + self.desk_lines(lines)..self.end] {
            seen.take(line);
            // HCL Notes stacks a name and when it wrote, and so do chats.
            if has_a_dated_rule(line) || is_only_when(line) {
                return Some(self.own_lines_end(lines));
            }
            if ends_like_one(line)
                && (seen.address == Address::Whole
                    || seen.says
                    || seen.is_dated()
                    || is_said_now(line)
                    || is_in_another_script(line))
            {
                return Some(self.own_lines_end(lines));
            }
        }
        None
    }

    /// The line at which the writer's own ones end, where the attribution was put right below them: its first line
    /// that looks like one is the one where it begins, or all of the paragraph may be somebody's name.
    pub(super) fn own_lines_end(&self, lines: &[(usize, &str)]) -> usize {
        let start = self.start + self.desk_lines(lines);
        let first = (start..self.end).find(|at| is_part_of_one(lines[*at].1));
        first
            .filter(|at| *at > start && is_begun(lines[*at].1))
            .filter(|at| is_broken_off(lines[at - 1].1, lines[*at].1))
            .unwrap_or(start)
            .min(self.end - 1)
    }

    /// Where the paragraph holds a line that by itself says when or that somebody wrote, as the first of an attribution
    /// does: what follows may be a name of any length.
    pub(super) fn begins_one(&self, lines: &[(usize, &str)]) -> Option<usize> {
        let mut within = lines[self.start + self.desk_lines(lines)..self.end].iter();
        let begins = |line: &str| {
            let mut seen = Seen::default();
            seen.take(line);
            let when = seen.date.year || seen.date.time;
            seen.says || seen.is_dated() || (is_begun(line) && when)
        };
        let is_there = within.any(|(_, line)| begins(line));
        is_there.then(|| self.own_lines_end(lines))
    }

    /// The first line of a mail may name the desk: it says who is written to, not who wrote. Anywhere else such a line
    /// is somebody's name.
    fn desk_lines(&self, lines: &[(usize, &str)]) -> usize {
        let is_first = lines[..self.start].iter().all(|(_, line)| line.is_empty());
        usize::from(is_first && names_the_desk(lines[self.start].1))
    }
}

/// `Op ma 30 nov`: a name may begin with such a word as well.
fn is_begun(line: &str) -> bool {
    let line = line.to_lowercase();
    let mut words = line.split_whitespace();
    let mut dated = words.clone().skip(1).take(2);
    let begins = |word| word == "op" || word == "on";
    words.next().is_some_and(begins)
        && dated.any(|word| word.contains(|c: char| c.is_ascii_digit()))
}

/// Whether the line looks like one of an attribution's.
fn is_part_of_one(line: &str) -> bool {
    let mut seen = Seen::default();
    seen.take(line);
    seen.says
        || seen.is_dated()
        || line.contains(['@', '<'])
        || is_begun(line)
        || ends_like_one(line)
}

/// Whether nothing but its writer ended a line: the first word of the next one would have had its place in it. Glued by
/// blanks that nothing is wrapped at, a word is as long as a stranger likes.
fn is_broken_off(line: &str, next: &str) -> bool {
    let word = next.split([' ', '\t']).next().unwrap_or_default();
    is_unwrapped(&format!("{line} {word}"))
}

/// `Jan Jansen ---30-11-2026 10:00:00---Hoi Daan`: so HCL Notes begins a quote, with its first words on the same line.
fn has_a_dated_rule(line: &str) -> bool {
    let mut rules = line.match_indices("---");
    rules.any(|(at, rule)| line[at + rule.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the line says that somebody wrote.
pub(super) fn says_who_wrote(line: &str) -> bool {
    says(&line.to_lowercase())
}

/// The same of a line in small letters.
fn says(lower: &str) -> bool {
    SAYS.iter().any(|word| lower.contains(word))
}

/// `Mehmet schrijft:`
fn is_said_now(line: &str) -> bool {
    PlainWords::of(line).has_any(&SAYS_NOW)
}

/// Whether a program wrote the line in a script that nobody here writes to a desk in: Arabic, Korean, Thai, whichever it is.
fn is_in_another_script(line: &str) -> bool {
    line.chars().any(is_of_another_script)
}

/// Whether what is right above a quoted line says whose words these are.
pub(super) fn stands_above_a_quote(paragraph: &Paragraph, all: &[(usize, &str)]) -> bool {
    let mut seen = Seen::default();
    let lines = &all[paragraph.start..paragraph.end];
    for (_, line) in lines {
        seen.take(line);
    }
    let last = lines.last().map_or("", |(_, line)| line);
    let names_desk_only = lines.len() == paragraph.desk_lines(all);
    !names_desk_only && (ends_like_one(last) || seen.at || seen.is_dated())
}

fn ends_like_one(line: &str) -> bool {
    // GroupWise ends it so.
    if line.ends_with(">>") {
        return true;
    }
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "*\"'”’)]".contains(c));
    line.ends_with([':', '：']) || line.chars().rev().take_while(|c| is_dash(*c)).count() >= 2
}

/// What was seen of an attribution up to some line.
#[derive(Default)]
struct Seen {
    address: Address,
    at: bool,
    says: bool,
    date: Date,
}

/// What was seen of a date.
#[derive(Default)]
struct Date {
    year: bool,
    time: bool,
}

impl Date {
    fn take(&mut self, line: &str) {
        // Most lines have neither: one look at each pair of bytes tells.
        let pairs = || line.as_bytes().windows(2);
        if pairs().any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b':' | b'.')) {
            self.time |= line
                .split(|c: char| !c.is_ascii_digit() && c != ':' && c != '.')
                .any(is_time);
        }
        if pairs().any(|pair| matches!(pair, b"19" | b"20")) {
            let mut runs = line.split(|c: char| !c.is_ascii_digit());
            self.year |=
                runs.any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")));
        }
        // `01-12-26`: with the hour beside it.
        self.year |= self.time && line.split([' ', '\t', ',', '\u{a0}']).any(is_date);
    }
}

/// `9:30`, `09.30`, also with seconds.
fn is_time(run: &str) -> bool {
    run.split_once([':', '.']).is_some_and(|(hour, rest)| {
        (1..=2).contains(&hour.len()) && rest.len() >= 2 && !rest.starts_with([':', '.'])
    })
}

/// `<j@x.nl>`, also broken over lines.
#[derive(Default, PartialEq, Eq)]
enum Address {
    #[default]
    None,
    Opened,
    At,
    Whole,
}

impl Seen {
    fn take(&mut self, line: &str) {
        let lower = line.to_lowercase();
        self.at |= line.contains('@');
        self.says |= says(&lower);
        self.date.take(line);
        if self.address == Address::None && !line.contains('<') {
            return;
        }
        // What a program writes behind an address that can be clicked isn't a sender's address.
        for c in lower.replace("<mailto:", " ").chars() {
            self.address = match (&self.address, c) {
                (Address::Whole, _) => return,
                (_, '<') => Address::Opened,
                (Address::Opened, '@') => Address::At,
                (Address::At, '>') => Address::Whole,
                _ => continue,
            };
        }
    }

    const fn is_dated(&self) -> bool {
        self.date.year && self.date.time
    }
}
