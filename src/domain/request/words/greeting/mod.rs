//! Words that greet somebody: whoever is greeted is written to, not asked for.

use super::mail_lines::names_the_desk;
use super::sentences::ends_one;
use super::tokens::{PARTICLES, TITLES, chunks_of, is_shortened};
use crate::domain::request::mentioned::{REQUESTS, listed};

/// Words that begin a greeting.
pub(in crate::domain::request) const GREETS: &[&str] = &[
    "beste",
    "hoi",
    "hallo",
    "hai",
    "hey",
    "hé",
    "hee",
    "dag",
    "geachte",
    "lieve",
    "best",
    "hi",
    "hello",
    "dear",
    "goedemorgen",
    "goedemiddag",
    "goedenavond",
    "goedendag",
    "goeiemorgen",
    "goeiemiddag",
    "goeienavond",
    "morgen",
    "middag",
    "ha",
    "hoihoi",
    "waarde",
    "moi",
    "yo",
    "salut",
    "bonjour",
];
/// Words that begin one on the first line, or go on with it, besides forms of address.
const GOES_ON: &[&str] = &[
    "de",
    "collega's",
    "ms",
    "en",
    "and",
    "of",
    "allen",
    "allemaal",
    "team",
];
/// Words that stand in no greeting, besides those with which somebody asks.
const NOT_GREETED: &str =
    "heeft heb is moet mag voor would has reset resetten 2fa mfa bij onze deze";
/// What describes somebody who is spoken of, with an article before it or without.
const OF_SOMEBODY: &[&str] = &[
    "groep",
    "klas",
    "leerkracht",
    "docent",
    "onderwijsassistent",
    "onderwijsassistente",
    "leraarondersteuner",
    "conciërge",
    "stagiair",
    "stagiaire",
    "invaller",
    "juf",
    "meester",
    "werkzaam",
];
/// How words of what somebody does end.
const ROLES: [&str; 5] = [
    "leerkracht",
    "docent",
    "begeleider",
    "assistent",
    "assistente",
];
const ARTICLES: [&str; 5] = ["de", "een", "onze", "nieuwe", "intern"];
/// Who is greeted without a name.
const GREETED: &[&str] = &[
    "servicedesk",
    "helpdesk",
    "desk",
    "medewerker",
    "medewerkers",
    "mensen",
    "ict",
    "beheer",
];
/// Words of thanks and assent, behind which somebody is spoken to: `Prima Joost, akkoord`. Longer ones first.
const ASSENTS: &[&str] = &[
    "dank jullie wel",
    "heel erg bedankt",
    "hartelijk bedankt",
    "alvast bedankt",
    "hartelijk dank",
    "dank je wel",
    "dank u wel",
    "graag gedaan",
    "geen probleem",
    "helemaal goed",
    "dat is goed",
    "is goed",
    "thank you",
    "dankjewel",
    "dankuwel",
    "ja hoor",
    "dank je",
    "dank u",
    "bedankt",
    "akkoord",
    "natuurlijk",
    "uiteraard",
    "perfect",
    "thanks",
    "klopt",
    "prima",
    "sorry",
    "super",
    "zeker",
    "great",
    "okay",
    "dank",
    "goed",
    "fijn",
    "mooi",
    "oké",
    "oke",
    "sure",
    "fine",
    "top",
    "nee",
    "yes",
    "ok",
    "ja",
    "no",
];
/// The most words of a greeting that isn't written in capitals, and of one that is.
const MOST: usize = 7;
const MOST_NAMES: usize = 24;
/// How much behind a name is looked at, in bytes.
const BEHIND: usize = 80;

/// The text without its greetings.
#[must_use]
pub(in crate::domain::request) fn without_greetings(own: &str) -> String {
    let mut left = String::with_capacity(own.len());
    let mut is_first = true;
    for line in own.lines() {
        let mut rest = line.trim();
        if rest.is_empty() {
            left.push('\n');
            continue;
        }
        let names_desk = names_the_desk(rest);
        // At the head of each sentence somebody may be greeted.
        while !rest.is_empty() {
            let greeted = greeting(rest, is_first).max(assent(rest));
            if greeted > 0 {
                rest = rest.get(greeted..).unwrap_or_default().trim_start();
                is_first = false;
                continue;
            }
            let (clause, behind) = rest.split_at(clause_end(rest));
            left.push_str(clause);
            rest = behind.trim_start();
            left.push_str(&behind[..behind.len() - rest.len()]);
            is_first &= names_desk;
        }
        left.push('\n');
    }
    left
}

/// Whether nobody is greeted with the word: there somebody begins to ask.
fn begins_to_ask(word: &str) -> bool {
    listed(REQUESTS, word) || listed(NOT_GREETED, word)
}

/// Where the first clause of a line ends: at a comma, or with its sentence.
fn clause_end(line: &str) -> usize {
    let mut chunks = chunks_of(line);
    let end = chunks.find(|(_, chunk)| chunk.ends_with(',') || ends_one(chunk, None));
    end.map_or(line.len(), |(at, chunk)| at + chunk.len())
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word) || GOES_ON.contains(&word)
}

/// How many bytes at the head of this are a greeting.
fn greeting(text: &str, is_first: bool) -> usize {
    let mut words = Words::of(text);
    let Some(first) = words.next() else {
        return 0;
    };
    if GREETS.contains(&first.lower.as_str()) {
        return first.end
            + if first.ends {
                0
            } else {
                whom(&text[first.end..])
            };
    }
    let is_begun = is_title(&first.lower);
    // A name that is alone on the first line, or a first name before the comma.
    if is_first && (is_begun || (first.is_name && !first.is_username)) {
        let run = whom(text);
        let head = text[..run].trim_end();
        let behind = text[run..].trim();
        // `Pietersen, Pieter` is a name.
        // So is the one in `Lisa, groep 3, kan niet inloggen`.
        let lower = behind[..behind.floor_char_boundary(BEHIND)].to_lowercase();
        let mut next = lower.split([' ', ',', '-']);
        let noun = next.find(|word| !ARTICLES.contains(word));
        let is_somebody = |noun: &str| {
            OF_SOMEBODY.contains(&noun) || ROLES.iter().any(|role| noun.ends_with(role))
        };
        let is_described = noun.is_some_and(is_somebody);
        let is_one = head.split_whitespace().count() == 1
            && !behind.starts_with(char::is_uppercase)
            && !is_described;
        let is_called = head.ends_with([',', '!']);
        // `De telefoon van Joost, …` speaks of him.
        let is_greeted = Words::of(head).all(|word| {
            let lower = word.lower.as_str();
            let is_known = is_title(lower) || PARTICLES.contains(&lower);
            word.is_name || is_known || GREETED.contains(&lower)
        });
        if is_called && (behind.is_empty() || is_one || (is_begun && is_greeted && !is_described)) {
            return run;
        }
    }
    0
}

/// Whether a sentence that begins with this word thanks somebody or agrees with them.
pub(in crate::domain::request) fn is_assent(word: &str) -> bool {
    ASSENTS
        .iter()
        .any(|phrase| phrase.split(' ').next() == Some(word))
}

/// How many bytes at the head of this thank somebody by name or agree with them.
fn assent(text: &str) -> usize {
    let begins = |phrase: &&&str| {
        let head = text.get(..phrase.len());
        let rest = text.get(phrase.len()..).unwrap_or_default();
        head.is_some_and(|head| head.to_lowercase() == **phrase) && rest.starts_with(' ')
    };
    let Some(phrase) = ASSENTS.iter().find(begins) else {
        return 0;
    };
    let whom = text.get(phrase.len()..).unwrap_or_default();
    for (count, word) in Words::of(whom).enumerate() {
        let lower = word.lower.as_str();
        // `dank je joost,`
        let is_one = count == 0 && word.ends && !begins_to_ask(lower);
        let is_name = word.is_name || is_title(lower) || PARTICLES.contains(&lower) || is_one;
        if !is_name || lower.is_empty() || count > MOST_NAMES {
            return 0;
        }
        if word.ends || word.end == whom.len() {
            return phrase.len() + word.end;
        }
    }
    0
}

/// How far the names of those who are greeted go.
fn whom(text: &str) -> usize {
    let mut named = 0;
    let mut is_named_only = true;
    for (count, word) in Words::of(text).enumerate() {
        let is_long = (count >= MOST && !is_named_only) || count >= MOST_NAMES;
        if is_long || begins_to_ask(&word.lower) {
            return named;
        }
        let lower = word.lower.as_str();
        let goes_on = word.is_name
            || is_title(lower)
            || GREETS.contains(&lower)
            || PARTICLES.contains(&lower);
        is_named_only &= goes_on;
        if is_named_only {
            named = word.end;
        }
        if word.ends {
            return word.end;
        }
    }
    // The line ends.
    text.len()
}

struct Greeted {
    lower: String,
    /// It begins with a capital, or is a username or an address.
    is_name: bool,
    /// It's a username: whoever puts one before a comma speaks of somebody.
    is_username: bool,
    /// A comma or the like follows.
    ends: bool,
    /// Where it ends, with what follows.
    end: usize,
}

struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    const fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Words<'_> {
    type Item = Greeted;

    fn next(&mut self) -> Option<Greeted> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let whole = rest.find(char::is_whitespace).unwrap_or(rest.len());
        // `Saskia,wil` is two words.
        let length = rest[..whole]
            .find([',', '!', ';'])
            .map_or(whole, |at| at + 1);
        let word = &rest[..length];
        self.at = start + length;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        Some(Greeted {
            lower: bare.to_lowercase(),
            is_name: bare.starts_with(char::is_uppercase) || bare.contains(['@', '.', '_']),
            is_username: bare.starts_with(char::is_lowercase)
                && bare.contains(['.', '_'])
                && !bare.contains('@'),
            ends: word.ends_with([',', '!', ';', ':', '?'])
                || (word.ends_with('.') && !is_shortened(bare))
                || matches!(word, "-" | "–"),
            end: self.at,
        })
    }
}

#[cfg(test)]
mod tests;
