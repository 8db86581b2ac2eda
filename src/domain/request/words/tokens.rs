//! The words of a mail's text, as names, usernames and addresses are looked for in them.

use super::mail_lines::is_unwrapped;
use crate::domain::account::person_name::search_key;

/// Words between a first name and a surname.
pub const PARTICLES: [&str; 20] = [
    "de", "den", "der", "van", "het", "ter", "ten", "te", "in", "t", "op", "la", "le", "el", "al",
    "von", "da", "di", "du", "s",
];
/// Forms of address before a surname.
pub const TITLES: [&str; 14] = [
    "mevrouw", "mevr", "meneer", "mw", "mvr", "dhr", "heer", "hr", "juf", "juffrouw", "meester",
    "collega", "mr", "mrs",
];
/// Those of them that end in a full stop.
const SHORT_TITLES: [&str; 7] = ["mevr", "mw", "mvr", "dhr", "hr", "mr", "mrs"];
/// What somebody has who asks the desk for something: how such words begin.
const OWNED: [&str; 16] = [
    "2fa",
    "mfa",
    "telefoon",
    "mobiel",
    "toestel",
    "phone",
    "iphone",
    "smartphone",
    "account",
    "code",
    "app",
    "authenticator",
    "inlog",
    "login",
    "twee",
    "herstelcode",
];
/// Words that end in a full stop amid a sentence.
const SHORTENED: [&str; 33] = [
    "evt", "bijv", "bv", "nl", "ivm", "ipv", "tel", "gr", "drs", "dr", "ir", "ing", "prof", "mej",
    "fam", "nr", "vd", "resp", "incl", "excl", "ca", "jl", "aub", "svp", "ms", "st", "afd", "dir",
    "zgn", "mbt", "ovv", "tnv", "vml",
];
/// Particles as they are cut short.
const SHORT_PARTICLES: [&str; 4] = ["vd", "v.d", "v", "d"];
/// Words in capitals that are nobody's initials.
const NO_INITIALS: [&str; 8] = ["mfa", "ot", "ib", "ict", "sms", "app", "qr", "de"];
/// The most words that are looked at.
const MOST: usize = 2_000;
/// What words are cut at, besides blanks.
const CUTS: &str = "<>()[]\",;:/|=";

/// What is between a word and the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// A blank, or the end of a line that was wrapped.
    #[default]
    Blank,
    /// A hyphen, which makes the two one.
    Hyphen,
    /// A dash between blanks.
    Dash,
    /// A comma.
    Comma,
    /// A full stop, a bracket or the end of a short line.
    Break,
}

/// A word.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// As it is, lower-case, without the punctuation around it.
    pub exact: String,
    /// As names are searched: accents gone.
    pub key: String,
    /// It begins with a capital.
    pub is_capital: bool,
    /// What follows.
    pub after: After,
    /// Where in the text it is, in bytes.
    pub at: usize,
    /// `MJ`, in a line that isn't all capitals.
    is_capitals: bool,
    /// The thing that is somebody's follows it: `Joosts telefoon`.
    owns: bool,
}

impl Word {
    /// A place where no name goes on.
    #[must_use]
    pub fn stop(at: usize) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }

    /// Whether no name goes on here.
    #[must_use]
    pub const fn is_stop(&self) -> bool {
        self.key.is_empty()
    }

    /// Whether what follows isn't part of the same name.
    #[must_use]
    pub const fn breaks(&self) -> bool {
        matches!(self.after, After::Comma | After::Break)
    }

    /// Whether a hyphen joins it to the next word.
    #[must_use]
    pub const fn is_joined(&self) -> bool {
        matches!(self.after, After::Hyphen)
    }

    /// Joost, of `Joosts telefoon`.
    #[must_use]
    pub fn owner(&self) -> Option<&str> {
        self.key.strip_suffix('s').filter(|_| self.owns)
    }

    fn is_followed_by(&mut self, after: After) {
        if self.after == After::Blank {
            self.after = after;
        }
    }

    /// `J`, `J.`, `J.A.` or `JA`
    #[must_use]
    pub fn is_initials(&self) -> bool {
        let mut letters = self.key.split('.');
        let is_dotted = !self.key.is_empty() && letters.all(|letter| letter.chars().count() <= 1);
        is_dotted || self.is_capitals
    }

    /// `van`, and not the initial of `S. Mulder`.
    #[must_use]
    pub fn is_particle(&self) -> bool {
        let is_initial = self.is_capital && self.key.chars().count() == 1;
        let is_short = !self.is_capital && SHORT_PARTICLES.contains(&self.key.as_str());
        is_short || (Self::is_particle_key(&self.key) && !is_initial)
    }

    /// Whether a part of a name is a particle, as names are searched.
    #[must_use]
    pub fn is_particle_key(key: &str) -> bool {
        PARTICLES.contains(&key)
    }

    /// Whether it's a particle that was cut short: `v.d.` may be `van der` and `van den`.
    #[must_use]
    pub fn is_short_particle(&self) -> bool {
        SHORT_PARTICLES.contains(&self.key.as_str())
    }
}

/// The words of a text; links are left out. Between two paragraphs no name goes on.
#[must_use]
pub fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut lines = text.split_inclusive('\n').peekable();
    let mut line_at = 0;
    while let Some(line) = lines.next() {
        let (begin, shouts) = (words.len(), !line.contains(char::is_lowercase));
        if line.trim().is_empty() {
            words.push(Word::stop(line_at));
        }
        for (at, chunk) in chunks_of(line) {
            let mut at = line_at + at;
            for (part, cut, length) in parts_of(without_link(chunk)) {
                push(&mut words, Part { text: part, at }, cut, shouts);
                at += length;
            }
            if words.len() >= MOST {
                words.truncate(MOST);
                note_owners(&mut words);
                return words;
            }
            if matches!(chunk, "-" | "–" | "—")
                && let Some(last) = words.get_mut(begin..).and_then(<[Word]>::last_mut)
            {
                last.is_followed_by(After::Dash);
            }
        }
        let is_last = lines.peek().is_none_or(|next| next.trim().is_empty());
        let is_short = is_last || is_unwrapped(line);
        // A name may go on in the next line.
        if let Some(last) = words.get_mut(begin..).and_then(<[Word]>::last_mut)
            && is_short
        {
            last.is_followed_by(After::Break);
        }
        line_at += line.len();
    }
    note_owners(&mut words);
    words
}

/// Notes whose thing follows a word: only there is an `s` at its end not part of the name.
fn note_owners(words: &mut [Word]) {
    for at in 1..words.len() {
        let (before, thing) = words.split_at_mut(at);
        let is_thing = OWNED.iter().any(|owned| thing[0].key.starts_with(owned));
        if let Some(word) = before.last_mut()
            && !word.breaks()
        {
            word.owns = word.key.len() > 3 && word.key.ends_with('s') && is_thing;
        }
    }
}

/// What is between the blanks of a line, and where.
pub(super) fn chunks_of(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    line.split_whitespace().map(move |chunk| {
        let at = from + line[from..].find(chunk).unwrap_or_default();
        from = at + chunk.len();
        (at, chunk)
    })
}

/// What is between the signs that words are cut at, the sign that follows, and the length of both.
fn parts_of(chunk: &str) -> impl Iterator<Item = (&str, Option<char>, usize)> {
    let parts = chunk.split_inclusive(|c: char| CUTS.contains(c));
    parts.map(|part| {
        let bare = part.trim_end_matches(|c: char| CUTS.contains(c));
        (bare, part[bare.len()..].chars().next(), part.len())
    })
}

/// Whether a full stop behind the word belongs to it: initials, a form of address, `i.p.v.`
pub(super) fn is_shortened(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_letter =
        |part: &str| part.chars().count() <= 1 && !part.starts_with(|c: char| c.is_numeric());
    let is_initials = word.split('.').all(is_letter);
    is_initials || SHORTENED.contains(&word.as_str()) || SHORT_TITLES.contains(&word.as_str())
}

/// What is before a link.
fn without_link(chunk: &str) -> &str {
    let lower = chunk.to_ascii_lowercase();
    let begins = ["http://", "https://", "www."];
    let at = begins.iter().filter_map(|begin| lower.find(begin)).min();
    at.map_or(chunk, |at| chunk.get(..at).unwrap_or_default())
}

/// A piece of a text, and where it is.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    at: usize,
}

/// `O'Connor` is one word.
pub(in crate::domain::request) fn joined(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is_letter = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(|c| c.is_alphabetic())
    };
    let is_between = |at: usize| is_letter(at.checked_sub(1)) && is_letter(Some(at + 1));
    let kept = letters.iter().enumerate();
    kept.filter(|(at, c)| !("'’`´".contains(**c) && is_between(*at)))
        .map(|(_, c)| *c)
        .collect()
}

fn push(words: &mut Vec<Word>, part: Part<'_>, cut: Option<char>, shouts: bool) {
    let bare = part.text.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        // `Joost (Beatrixschool)`
        if let Some(last) = words.last_mut()
            && cut.is_some()
        {
            last.is_followed_by(After::Break);
        }
        return;
    }
    let end = part.text.trim_end_matches(['\'', '”', '’']);
    let ends_sentence = end.ends_with(['!', '?']) || (end.ends_with('.') && !is_shortened(bare));
    let bare = ["'s", "’s", "`s", "´s"]
        .iter()
        .find_map(|of| bare.strip_suffix(of))
        .unwrap_or(bare);
    let exact = bare.to_lowercase();
    let is_whole = exact.contains('@') || exact.contains('.') || exact.contains('_');
    let pieces: Vec<&str> = if is_whole {
        vec![bare]
    } else {
        bare.split('-').collect()
    };
    let count = pieces.len();
    let after = match cut {
        Some(',') => After::Comma,
        Some(_) => After::Break,
        None if ends_sentence => After::Break,
        None => After::Blank,
    };
    for (at, piece) in pieces.into_iter().enumerate() {
        let key = search_key(&joined(piece));
        let is_last = at + 1 == count;
        let is_capitals = !shouts
            && (2..=3).contains(&piece.chars().count())
            && piece.chars().all(char::is_uppercase)
            && !NO_INITIALS.contains(&key.as_str());
        words.push(Word {
            exact: if at == 0 { exact.clone() } else { key.clone() },
            key: key.trim_end_matches('.').to_owned(),
            is_capital: piece.chars().next().is_some_and(char::is_uppercase),
            after: if is_last { after } else { After::Hyphen },
            at: part.at,
            is_capitals,
            owns: false,
        });
    }
}
