//! The words of a mail's text, as names, usernames and addresses are looked for in them.

use super::person_name::search_key;

/// Words between a first name and a surname.
pub const PARTICLES: [&str; 20] = [
    "de", "den", "der", "van", "het", "ter", "ten", "te", "in", "t", "op", "la", "le", "el", "al",
    "von", "da", "di", "du", "s",
];
/// The most words that are looked at.
const MOST: usize = 2_000;
/// What words are cut at, besides blanks.
const CUTS: &str = "<>()[]\",;:/";

/// A word.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// As it stands, lower-case, without the punctuation around it.
    pub exact: String,
    /// As names are searched: accents gone.
    pub key: String,
    /// It begins with a capital.
    pub is_capital: bool,
    /// A full stop or the like follows.
    pub ends_sentence: bool,
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

    /// `J`, `J.` or `J.A.`
    #[must_use]
    pub fn is_initials(&self) -> bool {
        !self.key.is_empty()
            && self
                .key
                .split('.')
                .all(|letter| letter.chars().count() <= 1)
    }
}

/// The words of a text; links are left out.
#[must_use]
pub fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for line in text.lines() {
        for chunk in line.split_whitespace() {
            let chunk = without_link(chunk);
            for part in chunk.split(|c: char| CUTS.contains(c)) {
                push(&mut words, part);
                if words.len() >= MOST {
                    return words;
                }
            }
        }
        // A line that ends may end a sentence; a name may as well go on, so it's no stop.
    }
    words
}

/// What stands before a link.
fn without_link(chunk: &str) -> &str {
    let lower = chunk.to_ascii_lowercase();
    let begins = ["http://", "https://", "www."];
    let at = begins.iter().filter_map(|begin| lower.find(begin)).min();
    at.map_or(chunk, |at| chunk.get(..at).unwrap_or_default())
}

fn push(words: &mut Vec<Word>, part: &str) {
    let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return;
    }
    let ends_sentence = part
        .trim_end_matches(['\'', '”', '’'])
        .ends_with(['.', '!', '?']);
    let exact = bare.to_lowercase();
    let is_whole = exact.contains('@') || exact.contains('.') || exact.contains('_');
    let pieces: Vec<&str> = if is_whole {
        vec![bare]
    } else {
        bare.split('-').collect()
    };
    let count = pieces.len();
    for (at, piece) in pieces.into_iter().enumerate() {
        let key = search_key(piece);
        words.push(Word {
            exact: if at == 0 { exact.clone() } else { key.clone() },
            key: key.trim_end_matches('.').to_owned(),
            is_capital: piece.chars().next().is_some_and(char::is_uppercase),
            ends_sentence: ends_sentence && at + 1 == count,
        });
    }
}
