//! The words of a mail's text, as names, usernames and addresses are looked for in them.

use super::person_name::search_key;

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
/// Particles as they are cut short.
const SHORT_PARTICLES: [&str; 4] = ["vd", "v.d", "v", "d"];
/// Words in capitals that are nobody's initials.
const NO_INITIALS: [&str; 8] = ["mfa", "ot", "ib", "ict", "sms", "app", "qr", "de"];
/// A line this short wasn't wrapped: what stands at its end stands alone.
const UNWRAPPED: usize = 50;
/// The most words that are looked at.
const MOST: usize = 2_000;
/// What words are cut at, besides blanks.
const CUTS: &str = "<>()[]\",;:/|=";

/// What stands between a word and the next one.
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
    /// As it stands, lower-case, without the punctuation around it.
    pub exact: String,
    /// As names are searched: accents gone.
    pub key: String,
    /// It begins with a capital.
    pub is_capital: bool,
    /// What follows.
    pub after: After,
    /// `MJ`, in a line that isn't all capitals.
    is_capitals: bool,
}

impl Word {
    /// A place where no name goes on.
    #[must_use]
    pub fn stop() -> Self {
        Self::default()
    }

    /// Whether no name goes on here.
    #[must_use]
    pub const fn is_stop(&self) -> bool {
        self.key.is_empty()
    }

    /// Whether what follows is no part of the same name.
    #[must_use]
    pub const fn breaks(&self) -> bool {
        matches!(self.after, After::Comma | After::Break)
    }

    /// Whether a hyphen joins it to the next word.
    #[must_use]
    pub const fn is_joined(&self) -> bool {
        matches!(self.after, After::Hyphen)
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
        is_short || (PARTICLES.contains(&self.key.as_str()) && !is_initial)
    }
}

/// The words of a text; links are left out.
#[must_use]
pub fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let begin = words.len();
        let shouts = !line.contains(char::is_lowercase);
        for chunk in line.split_whitespace() {
            let chunk = without_link(chunk);
            for (part, cut) in parts_of(chunk) {
                push(&mut words, part, cut, shouts);
                if words.len() >= MOST {
                    return words;
                }
            }
            if matches!(chunk, "-" | "–" | "—")
                && let Some(last) = words.get_mut(begin..).and_then(<[Word]>::last_mut)
            {
                last.is_followed_by(After::Dash);
            }
        }
        let is_last = lines.peek().is_none_or(|next| next.trim().is_empty());
        let is_short = is_last || line.chars().count() < UNWRAPPED;
        // A name may go on in the next line.
        if let Some(last) = words.get_mut(begin..).and_then(<[Word]>::last_mut)
            && is_short
        {
            last.is_followed_by(After::Break);
        }
    }
    words
}

/// What stands between the signs that words are cut at, and the one that follows.
fn parts_of(chunk: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let parts = chunk.split_inclusive(|c: char| CUTS.contains(c));
    parts.map(|part| {
        let bare = part.trim_end_matches(|c: char| CUTS.contains(c));
        (bare, part[bare.len()..].chars().next())
    })
}

/// What stands before a link.
fn without_link(chunk: &str) -> &str {
    let lower = chunk.to_ascii_lowercase();
    let begins = ["http://", "https://", "www."];
    let at = begins.iter().filter_map(|begin| lower.find(begin)).min();
    at.map_or(chunk, |at| chunk.get(..at).unwrap_or_default())
}

fn push(words: &mut Vec<Word>, part: &str, cut: Option<char>, shouts: bool) {
    let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        // `Joost (Beatrixschool)`
        if let Some(last) = words.last_mut()
            && cut.is_some()
        {
            last.is_followed_by(After::Break);
        }
        return;
    }
    let ends_sentence = part
        .trim_end_matches(['\'', '”', '’'])
        .ends_with(['.', '!', '?']);
    let bare = ["'s", "’s"]
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
        let key = search_key(piece);
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
            is_capitals,
        });
    }
}
