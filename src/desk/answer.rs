//! `balie answer`: what the public FAQ says, in the words to read out or mail.

use serde::Deserialize;

use super::account::regions;
use super::{Desk, Error, Result};
use crate::domain::account::person_name::search_key;
use crate::domain::code::RegionCode;
use crate::domain::language::Language;

const ANSWERS: &str = include_str!("answers.toml");
/// How much of what was typed must fit a topic, from 0 to 1.
const FITS: f64 = 0.6;

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its short name.
    pub topic: String,
    /// The question.
    pub question: String,
    /// The answer, one paragraph a line.
    pub text: String,
}

#[derive(Deserialize)]
struct File {
    answer: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    topic: InBoth,
    question: InBoth,
    #[serde(flatten)]
    text: InBoth,
}

#[derive(Deserialize)]
struct InBoth {
    nl: String,
    en: String,
}

impl InBoth {
    fn of(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        }
    }
}

/// Every answer, or the one that fits `topic` best; with the address of `region`, or of the
/// operator's only one.
pub async fn answers(
    desk: &mut Desk<'_>,
    topic: Option<&str>,
    region: Option<&RegionCode>,
    language: Language,
) -> Result<Vec<Answer>> {
    let regions = regions(desk, region).await?;
    let (address, line) = match regions.as_slice() {
        [one] => {
            let address = one.servicedesk_address.to_string();
            let line = format!("`Aan: {address}`");
            (address, line)
        }
        _ => (
            unknown_desk(language).to_owned(),
            unknown_line(language).to_owned(),
        ),
    };
    let entries = entries()?;
    let chosen: Vec<&Entry> = match topic {
        None => entries.iter().collect(),
        Some(topic) => {
            vec![best(&entries, topic).ok_or_else(|| no_topic(&entries, topic, language))?]
        }
    };
    let filled = |entry: &Entry| Answer {
        topic: entry.topic.of(language).to_owned(),
        question: entry.question.of(language).to_owned(),
        text: entry
            .text
            .of(language)
            .trim()
            .replace("{{ desk }}", &address)
            .replace("{{ line }}", &line),
    };
    Ok(chosen.into_iter().map(filled).collect())
}

fn entries() -> Result<Vec<Entry>> {
    let file: File = toml::from_str(ANSWERS).map_err(|error| Error::Invalid {
        message: format!("the answers can't be read: {error}"),
        hint: String::new(),
    })?;
    Ok(file.answer)
}

const fn unknown_desk(language: Language) -> &'static str {
    match language {
        Language::Nl => {
            "het e-mailadres van uw regio (het eindigt op @otservicedesk.nl en staat op het inlogscherm)"
        }
        Language::En => {
            "your region's address (it ends in @otservicedesk.nl and is on the login screen)"
        }
    }
}

/// The line that has the mail of a director proven where its recipients aren't signed.
const fn unknown_line(language: Language) -> &'static str {
    match language {
        Language::Nl => "`Aan:` met daarachter dat adres",
        Language::En => "`Aan:` followed by that address",
    }
}

fn no_topic(entries: &[Entry], topic: &str, language: Language) -> Error {
    let topics: Vec<&str> = entries
        .iter()
        .map(|entry| entry.topic.of(language))
        .collect();
    Error::Invalid {
        message: format!("no answer matches `{topic}`"),
        hint: format!("the topics are {}", topics.join(", ")),
    }
}

/// By its short name in either language, or by words of its question.
fn best<'e>(entries: &'e [Entry], topic: &str) -> Option<&'e Entry> {
    let key = search_key(topic);
    let named = |entry: &&Entry| entry.topic.nl == key || entry.topic.en == key;
    entries.iter().find(named).or_else(|| {
        let ranked = entries.iter().map(|entry| (fit(&key, entry), entry));
        let (fit, entry) = ranked.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
        (fit >= FITS).then_some(entry)
    })
}

fn fit(key: &str, entry: &Entry) -> f64 {
    let InBoth { nl, en } = &entry.question;
    let words = search_key(&format!("{} {} {nl} {en}", entry.topic.nl, entry.topic.en));
    let words: Vec<&str> = words.split([' ', '-']).collect();
    let typed: Vec<&str> = key
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let near = |word: &&str| {
        let of = words
            .iter()
            .map(|known| strsim::normalized_damerau_levenshtein(known, word));
        of.fold(0.0, f64::max)
    };
    #[expect(clippy::cast_precision_loss, reason = "nobody types that many words")]
    let count = typed.len().max(1) as f64;
    typed.iter().map(near).sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_found_by_its_name_or_by_what_people_say() {
        let entries = entries().unwrap();
        let found = |typed: &str| best(&entries, typed).map(|entry| entry.topic.en.as_str());
        for (typed, topic) in [
            ("lost-phone", "lost-phone"),
            ("telefoon kwijt", "lost-phone"),
            ("Herstelcode", "recovery-code"),
            ("geen herstelcode", "no-recovery-code"),
            ("collega smartphone", "colleagues-phone"),
            ("welke apps", "apps"),
        ] {
            assert_eq!(found(typed), Some(topic), "{typed}");
        }
        assert_eq!(found("xyzzy plugh"), None);
    }

    #[test]
    fn every_answer_is_told_in_both_languages() {
        for entry in entries().unwrap() {
            for language in [Language::Nl, Language::En] {
                assert!(entry.text.of(language).len() > 50, "{}", entry.topic.en);
                assert!(entry.question.of(language).ends_with('?'));
            }
            assert_eq!(
                entry.text.nl.contains("{{ desk }}"),
                entry.text.en.contains("{{ desk }}")
            );
            for text in [&entry.text.nl, &entry.text.en] {
                let is_line_of_a_mail = !text.contains("{{ line }}") || text.contains("{{ desk }}");
                assert!(is_line_of_a_mail, "{}", entry.topic.en);
            }
        }
    }
}
