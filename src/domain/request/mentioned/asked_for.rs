//! For whom a text asks, among those whom it mentions. A mail that asks for one person may well speak of
//! another, and must not be good for both.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use super::by_half::is_spoken_to;
use super::identifier::contradicted;
use super::in_passing::{Mentioned, mentioned};
use super::mention::Mention;
use super::named_by::NamedBy;
use super::phrases::{BEGINS, OF_ONESELF, OF_YOU, POINTS};
use super::role;
use super::sentence_words::{REQUESTS, is_verb, listed, may_be_verb};
use super::stranger::{Stranger, stranger_in};
use super::unnamed::{somebody_unknown, somebody_unnamed};
use crate::domain::request::words::asking::{Asking, asking};
use crate::domain::request::words::plain_words::PlainWords;
use crate::domain::request::words::sentences::{begins_item, sentences};
use crate::domain::request::words::tokens::{After, Word};

/// The most words beside a name in a line of a list: `Joost Jansen, groep 5`.
const MOST_BESIDES: usize = 2;
/// How somebody asks what was done for somebody.
const WHO_DID: &[&str] = &["wie heeft", "wie hebben", "wie is", "who has", "who did"];
/// Who was spoken of before.
const PRONOUNS: &str = "hij zij ze hem haar he she him her";

/// A text, as it's searched for whom it asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'t> {
    /// The mail's words, and its subject behind them.
    pub(super) words: &'t str,
    /// Where the subject begins.
    pub(super) subject_at: usize,
    /// It's an answer: it speaks to somebody.
    pub(super) is_answer: bool,
    /// The requester's surname, as names are searched.
    pub(super) own_surname: &'t str,
}

impl Text<'_> {
    /// Whether a name is all that stands in a sentence: `Saskia de Bakker. Graag haar 2FA resetten.`
    fn is_sentence(&self, words: &[Word], name: &RangeInclusive<usize>) -> bool {
        let before = name.start().checked_sub(1).map(|at| &words[at]);
        let begins = before.is_none_or(|word| word.is_stop() || word.after == After::Break);
        let last = self.words[words[*name.end()].at..]
            .split_whitespace()
            .next();
        begins && last.is_some_and(|last| last.ends_with('.'))
    }
}

/// A sentence, as it counts for whom it asks.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of it"
)]
#[derive(Debug, Default)]
struct Sentence {
    words: Range<usize>,
    /// It asks, or says who is meant.
    asks: bool,
    /// It says who is meant.
    points: bool,
    /// It has no verb: a line of a list, or a name alone.
    is_bare: bool,
    /// A bullet or a label stands at its head.
    is_item: bool,
    /// What follows is what it speaks of.
    is_open: bool,
    /// It's a whole one, or an empty line follows.
    is_closed: bool,
    /// How many words stand in it besides those who are looked for.
    others: usize,
    /// It speaks of him or her.
    refers: bool,
    /// It's the subject.
    is_subject: bool,
    /// Somebody who is looked for stands in it.
    has_mention: bool,
    /// Somebody stands in it whom no name on file tells: whoever is named beside them may only be spoken of.
    has_unnamed: bool,
    stranger: Stranger,
}

impl Sentence {
    fn names_somebody(&self) -> bool {
        self.has_mention || self.stranger > Stranger::None
    }
}

/// How each of those who are mentioned counts: by the surest of the ways in which they are asked for, or as
/// mentioned in passing, where somebody else is asked for or the words say that they aren't meant.
pub(super) fn asked_for(
    text: &Text<'_>,
    words: &[Word],
    all: &[Mention],
) -> HashMap<usize, NamedBy> {
    let how = |mention: &Mention| {
        let is_alone = mention.by == NamedBy::Name && text.is_sentence(words, &mention.words);
        let may_be_you = text.is_answer && !mention.by.is_exact() && !is_alone;
        if may_be_you && is_spoken_to(words, &mention.words) {
            Mentioned::InPassing
        } else {
            mentioned(words, &mention.words)
        }
    };
    let said: Vec<Mentioned> = all.iter().map(how).collect();
    let mut sentences = taken_apart(text, words, all, &said);
    for sentence in &mut sentences {
        let first = words.get(sentence.words.start);
        sentence.is_subject = first.is_some_and(|word| word.at >= text.subject_at);
    }
    note_who_is_asked_for(&mut sentences);
    let of = |mention: &Mention| {
        let start = *mention.words.start();
        let at = sentences.partition_point(|sentence| sentence.words.end <= start);
        sentences.get(at)
    };
    let is_asked = |mention: &Mention| {
        of(mention).is_some_and(|sentence| sentence.asks && !sentence.has_unnamed)
    };
    let has_unnamed = sentences
        .iter()
        .any(|sentence| sentence.asks && sentence.has_unnamed);
    let with = || all.iter().zip(&said);
    let such = |how: Mentioned| {
        let mut found: HashMap<usize, NamedBy> = HashMap::new();
        let such = with().filter(|(mention, said)| **said == how && is_asked(mention));
        for (mention, _) in such {
            let by = found.entry(mention.person).or_insert(mention.by);
            *by = (*by).min(mention.by);
        }
        found
    };
    let mut found = such(Mentioned::Plainly);
    let people = people_at(words.len(), all);
    if !only_those_meant(&mut found, words, &people, all, &sentences) {
        return all
            .iter()
            .map(|mention| (mention.person, NamedBy::Aside))
            .collect();
    }
    let asking = sentences.iter().filter(|sentence| sentence.asks);
    let stranger = if has_unnamed {
        Stranger::Whole
    } else {
        let strangers = asking.map(|sentence| sentence.stranger);
        strangers.max().unwrap_or_default()
    };
    // Whoever told it may be meant, where nobody else is spoken of.
    if found.is_empty() && stranger < Stranger::Whole {
        found = such(Mentioned::Perhaps);
        let is_other = |(mention, said): (&Mention, &Mentioned)| {
            *said == Mentioned::Plainly && !found.contains_key(&mention.person)
        };
        if !found.is_empty() && with().any(is_other) {
            let all = all.iter().map(|mention| (mention.person, NamedBy::Aside));
            return all.collect();
        }
    }
    let asked: Vec<usize> = found.keys().copied().collect();
    for (mention, said) in with() {
        if asked.contains(&mention.person) {
            // `Joost Jansen zit hier. Graag die van Joost resetten.`: once by the whole name is enough.
            let by = found.entry(mention.person).or_insert(mention.by);
            *by = (*by).min(mention.by);
            continue;
        }
        // A word with a capital is no name for sure: it stands against half a name alone.
        let is_another = match stranger {
            Stranger::Whole => true,
            Stranger::Half => mention.by.is_by_half(),
            Stranger::None => false,
        };
        let is_meant = *said != Mentioned::InPassing && asked.is_empty() && !is_another;
        let by = if is_meant { mention.by } else { NamedBy::Aside };
        let known = found.entry(mention.person).or_insert(by);
        *known = (*known).min(by);
    }
    for person in contradicted(words, &people, all) {
        found.insert(person, NamedBy::Aside);
    }
    found
}

/// Who stands at each word.
fn people_at(count: usize, all: &[Mention]) -> Vec<Option<usize>> {
    let mut people = vec![None; count];
    for mention in all {
        people[mention.words.clone()].fill(Some(mention.person));
    }
    people
}

/// Of more than one who is asked for, leaves those who stand where one is asked for. Whether it's told who that is.
fn only_those_meant(
    found: &mut HashMap<usize, NamedBy>,
    words: &[Word],
    people: &role::People,
    all: &[Mention],
    sentences: &[Sentence],
) -> bool {
    if found.len() < 2 {
        return true;
    }
    if words.iter().any(|word| listed(role::CORRECTS, &word.key)) {
        return false;
    }
    let count = all
        .iter()
        .map(|mention| mention.person + 1)
        .max()
        .unwrap_or_default();
    let mut is_meant = vec![false; count];
    let mut is_in_text = vec![false; count];
    for (at, sentence) in sentences.iter().enumerate() {
        let range = &sentence.words;
        let mut within = all
            .iter()
            .filter(|mention| range.contains(mention.words.start()));
        let only = within.clone().next().map(|mention| mention.person);
        let only = only.filter(|only| within.clone().all(|mention| mention.person == *only));
        // `Joost is er weer. Hij kan niet inloggen.`
        let next = sentences
            .get(at + 1)
            .filter(|next| next.asks && next.refers);
        if let Some(only) = only.filter(|_| next.is_some_and(|next| !next.names_somebody())) {
            is_meant[only] = true;
        }
        let is_line = sentence.is_bare || sentence.is_item;
        for mention in within.by_ref() {
            is_in_text[mention.person] |= sentence.asks && !sentence.is_subject;
            is_meant[mention.person] |=
                sentence.asks && role::is_meant(words, people, range, &mention.words, is_line);
        }
        role::join_lists(words, range, people, &mut is_meant);
    }
    // The subject names somebody, and the text asks for somebody else.
    let adds = words.iter().any(|word| listed(role::ADDS, &word.key));
    let is_asked_in_text = found
        .keys()
        .any(|person| is_in_text[*person] && is_meant[*person]);
    found.retain(|person, _| {
        is_meant[*person] && (adds || !is_asked_in_text || is_in_text[*person])
    });
    !found.is_empty()
}

fn taken_apart(
    text: &Text<'_>,
    words: &[Word],
    all: &[Mention],
    said: &[Mentioned],
) -> Vec<Sentence> {
    let (text, own) = (text.words, text.own_surname);
    let mut known: Vec<&str> = all
        .iter()
        .flat_map(|mention| words[mention.words.clone()].iter())
        .map(|word| word.key.as_str())
        .chain([own])
        .collect();
    known.sort_unstable();
    known.dedup();
    let mut is_taken = vec![false; words.len()];
    let mut is_mention = vec![false; words.len()];
    let mut acts = vec![false; words.len()];
    for (mention, said) in all.iter().zip(said) {
        is_taken[mention.words.clone()].fill(true);
        is_mention[*mention.words.start()] |= *said != Mentioned::InPassing;
        let last = *mention.words.end();
        let behind = words.get(last + 1).filter(|_| !words[last].breaks());
        acts[last] |= behind.is_some_and(|word| !word.is_capital && may_be_verb(&word.key));
    }
    let sentences = sentences(text);
    let is_apart = |next: &Range<usize>| {
        let begins = next.end - text[next.clone()].trim_start().len();
        let above = text[..begins].trim_end().len();
        text[above..begins].matches('\n').count() > 1
    };
    let next = sentences.iter().skip(1).map(Some).chain([None]);
    sentences
        .iter()
        .cloned()
        .zip(next)
        .map(|(range, next)| {
            let from = words.partition_point(|word| word.at < range.start);
            let to = words.partition_point(|word| word.at < range.end);
            let sentence = &text[range];
            let plain = PlainWords::of(sentence);
            let points = plain.has_any(POINTS);
            let has_verb = words[from..to].iter().any(|word| is_verb(&word.key));
            let is_bare = !has_verb && !acts[from..to].contains(&true);
            Sentence {
                words: from..to,
                asks: !WHO_DID.iter().any(|words| plain.starts_with(words))
                    && (asking(sentence) > Asking::Nothing
                        || points
                        || goes_on(&plain)
                        || (is_bare && plain.has("ook"))),
                points,
                is_bare,
                is_item: begins_item(sentence),
                is_open: sentence.trim_end().ends_with(':'),
                is_closed: sentence.trim_end().ends_with(['.', '!', '?'])
                    || next.is_none_or(is_apart),
                others: is_taken[from..to].iter().filter(|taken| !**taken).count(),
                refers: words[from..to]
                    .iter()
                    .any(|word| listed(PRONOUNS, &word.key)),
                is_subject: false,
                has_mention: is_mention[from..to].contains(&true),
                has_unnamed: plain.has_any(OF_ONESELF)
                    || plain.has_any(OF_YOU)
                    || somebody_unnamed(&words[from..to], &is_taken[from..to])
                    || somebody_unknown(&words[from..to], &is_taken[from..to], &known),
                stranger: if plain.has_any(OF_ONESELF) {
                    Stranger::Whole
                } else {
                    stranger_in(&words[from..to], &is_taken[from..to])
                },
            }
        })
        .collect()
}

/// Whether it asks for help, or goes on with what was asked before.
fn goes_on(plain: &PlainWords) -> bool {
    let head = plain.each().next().unwrap_or_default();
    let goes_on = || plain.has("ook") || plain.begins_any(&["help", "doen"]);
    BEGINS.iter().any(|words| plain.starts_with(words)) || (listed(REQUESTS, head) && goes_on())
}

/// Lets lists go with what asks above them, and a sentence that asks for `him` with the one before it.
fn note_who_is_asked_for(sentences: &mut [Sentence]) {
    let is_line = |sentence: &Sentence| sentence.is_bare && sentence.names_somebody();
    for at in 0..sentences.len() {
        let sentence = &sentences[at];
        if sentence.asks || !is_line(sentence) {
            continue;
        }
        let mut above = sentences[..at].iter().rev();
        let is_below = above
            .clone()
            .next()
            .is_some_and(|line| is_line(line) && !line.is_closed);
        let next = sentences.get(at + 1).filter(|_| !sentence.is_closed);
        let is_above = next.is_some_and(|next| is_line(next) && !next.asks);
        let above = above.find(|above| !above.is_bare || above.asks);
        // `Hij kan niet inloggen` speaks of somebody above it.
        let is_named_above = sentences[..at].iter().any(Sentence::names_somebody);
        let announces = |above: &Sentence| {
            above.is_open || !(above.names_somebody() || (above.refers && is_named_above))
        };
        // Where somebody is asked for already, a sentence without a known verb is no list's line.
        let mut settled = sentences[..at].iter().filter(|above| above.asks);
        let is_settled = settled.any(|above| above.has_mention);
        let is_announced = above.is_some_and(|above| {
            let is_line = above.is_open || !is_settled || sentence.others <= MOST_BESIDES;
            above.asks && announces(above) && is_line
        });
        let is_asked = is_announced || sentence.is_item || is_below || is_above;
        sentences[at].asks = is_asked;
    }
    for at in 0..sentences.len() {
        let sentence = &sentences[at];
        let next = sentences.get(at + 1).filter(|next| next.names_somebody());
        let is_told_next = next.is_some_and(|next| next.points || (next.asks && next.is_bare));
        if !sentence.asks || sentence.names_somebody() || sentence.has_unnamed || is_told_next {
            continue;
        }
        // Who is asked for already is meant, and not whoever was spoken of last. A subject says what it's about.
        let is_settled = |before: &Sentence| before.asks && before.has_mention;
        if sentences[..at].iter().any(is_settled) && (sentence.is_subject || !sentence.points) {
            continue;
        }
        let mut before = sentences[..at].iter_mut().rev();
        if let Some(meant) = before.find(|before| before.names_somebody()) {
            meant.asks = true;
        }
    }
}
