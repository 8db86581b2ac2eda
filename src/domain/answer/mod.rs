//! What the public FAQ says, in the words to read out or mail. It's part of the program: nobody at the desk words it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::account::person_name::search_key;
use super::language::Language;

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

/// A question of the FAQ, in both languages.
#[derive(Debug, Deserialize)]
pub struct Entry {
    topic: InBoth,
    question: InBoth,
    #[serde(flatten)]
    text: InBoth,
}

#[derive(Debug, Deserialize)]
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

/// All of them, in the FAQ's order. A test holds that they can be read.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(include_str!("answers.toml"));
    file.map(|file| file.answer).unwrap_or_default()
});

/// Every question of the FAQ.
#[must_use]
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// The one with exactly that topic, in either language.
#[must_use]
pub fn entry(topic: &str) -> Option<&'static Entry> {
    let key = search_key(topic);
    let mut entries = entries().iter();
    entries.find(|entry| entry.topic.nl == key || entry.topic.en == key)
}

/// The one that fits best what was typed: by its topic, or by words of its question.
#[must_use]
pub fn best(typed: &str) -> Option<&'static Entry> {
    entry(typed).or_else(|| {
        let (fit, entry) = nearest(typed)?;
        (fit >= FITS).then_some(entry)
    })
}

/// The one that comes nearest to what was typed, however far that is.
fn nearest(typed: &str) -> Option<(f64, &'static Entry)> {
    let key = search_key(typed);
    let ranked = entries().iter().map(|entry| (fit(&key, entry), entry));
    ranked.max_by(|(a, _), (b, _)| a.total_cmp(b))
}

impl Entry {
    /// Its short name.
    #[must_use]
    pub fn topic(&self, language: Language) -> &str {
        self.topic.of(language)
    }

    /// The name that it's kept under.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.topic.nl
    }

    /// The answer with a desk's address filled in, or with where to find it.
    #[must_use]
    pub fn filled(&self, desk: Option<&str>, language: Language) -> Answer {
        let line = desk.map(|address| format!("`Aan: {address}`"));
        let line = line.as_deref().unwrap_or(unknown_line(language));
        let text = self.text.of(language).trim();
        let text = text.replace("{{ desk }}", desk.unwrap_or(unknown_desk(language)));
        Answer {
            topic: self.topic.of(language).to_owned(),
            question: self.question.of(language).to_owned(),
            text: text.replace("{{ line }}", line),
        }
    }
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
        let found = |typed: &str| best(typed).map(|entry| entry.topic.en.as_str());
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
        assert_eq!(
            entry("telefoon-kwijt").map(Entry::key),
            Some("telefoon-kwijt")
        );
        assert!(entry("telefoon").is_none(), "what is sent is named exactly");
    }

    #[test]
    fn every_answer_is_told_in_both_languages() {
        assert!(entries().len() >= 10, "they can't be read");
        for entry in entries() {
            for language in [Language::Nl, Language::En] {
                assert!(entry.text.of(language).len() > 50, "{}", entry.topic.en);
                assert!(entry.question.of(language).ends_with('?'));
                let filled = entry.filled(Some("utrecht@otservicedesk.nl"), language);
                assert!(!filled.text.contains("{{"), "{}", entry.topic.en);
            }
            assert_eq!(
                entry.text.nl.contains("{{ desk }}"),
                entry.text.en.contains("{{ desk }}")
            );
            for text in [&entry.text.nl, &entry.text.en] {
                let is_line_of_a_mail = !text.contains("{{ line }}") || text.contains("{{ desk }}");
                assert!(is_line_of_a_mail, "{}", entry.topic.en);
            }
            // A notice that tells of a refusal is looked for by that word (store/mail/outbox.rs).
            assert!(!entry.key().contains("refused"), "{}", entry.key());
        }
    }
}
