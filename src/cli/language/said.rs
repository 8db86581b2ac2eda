//! What is said to people: English at the place where it's said, Dutch found by the English.
//!
//! The id of a text in the files is its English words with hyphens between them (`No request has come in yet.` is
//! `No-request-has-come-in-yet`), so that a translation can't outlive the English that it's of.

use std::cell::{Cell, OnceCell};

use fluent_bundle::{FluentArgs, FluentValue};

use super::below;
use super::dutch::{Dutch, SAID};
use crate::domain::language::Language;

thread_local! {
    /// The language of the run that this thread is busy with. English, until a run says otherwise.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::En) };
    /// Read when the first Dutch text is asked for.
    static DUTCH: OnceCell<Dutch> = const { OnceCell::new() };
}

/// A run in its language. What ran before it goes on in its own one afterwards.
pub(in crate::cli) struct Run {
    before: Language,
}

impl Run {
    pub(in crate::cli) fn begin(language: Language) -> Self {
        Self {
            before: SPOKEN.replace(language),
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        SPOKEN.set(self.before);
    }
}

/// What this run speaks.
pub(in crate::cli) fn spoken_now() -> Language {
    SPOKEN.get()
}

/// A text that comes from below, in the language of this run: fixed words, or a sentence with values in it. What has no
/// Dutch stays as it is: it may be anything.
pub(in crate::cli) fn told(english: &str) -> String {
    if spoken_now() == Language::En {
        return english.to_owned();
    }
    let fixed = || in_dutch(english, &[]);
    let with_values = || {
        let (sentence, values) = below::read(english)?;
        let told = |(name, value, is_told): below::Value<'_>| {
            let value = if is_told {
                told(value)
            } else {
                value.to_owned()
            };
            (name, value)
        };
        let values: Vec<_> = values.into_iter().map(told).collect();
        in_dutch(sentence, &values)
    };
    // Sentences are put behind one another.
    let several = || {
        let (first, rest) = english.split_once("; ")?;
        Some(format!("{}; {}", told(first), told(rest)))
    };
    fixed()
        .or_else(with_values)
        .or_else(several)
        .unwrap_or_else(|| english.to_owned())
}

/// The Dutch of a text, where Dutch is spoken and there is some.
pub(in crate::cli) fn in_dutch(english: &str, values: &[(&str, String)]) -> Option<String> {
    if spoken_now() == Language::En {
        return None;
    }
    let mut named = FluentArgs::new();
    for (name, value) in values {
        named.set(*name, in_fluent(value));
    }
    DUTCH.with(|dutch| {
        let dutch = dutch.get_or_init(|| Dutch::of(&SAID));
        dutch.say(&id(english), Some(&named))
    })
}

/// A number is given as one, so that Dutch can have its own singular.
fn in_fluent(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

/// Where a text is found: its words.
pub(super) fn id(english: &str) -> String {
    let mut id = String::with_capacity(english.len());
    for c in english.chars().filter(|c| *c != '\'') {
        if c.is_ascii_alphanumeric() {
            if id.is_empty() && c.is_ascii_digit() {
                id.push_str("n-");
            }
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// A text for people: `said!("{who} has it open", who = name)`. What stands in braces is named behind it, and never a secret:
/// it is copied, and nothing wipes the copies.
macro_rules! said {
    ($english:literal) => {
        $crate::cli::language::told($english)
    };
    ($english:literal, $($name:ident = $value:expr),+ $(,)?) => {
        // All values first: one may have the name of another's variable.
        match ($(&$value,)+) {
            ($($name,)+) => match $crate::cli::language::spoken_now() {
                $crate::domain::language::Language::En => None,
                $crate::domain::language::Language::Nl => $crate::cli::language::said_in_dutch(
                    $english,
                    &[$((stringify!($name), $name.to_string())),+],
                ),
            }
            // Through `concat`, so that nothing gets into it that isn't named.
            .unwrap_or_else(|| format!(concat!($english), $($name = $name),+)),
        }
    };
}

/// A fixed text that's kept for later, and then asked of `told`: here it's marked as one that needs Dutch.
macro_rules! noted {
    ($english:literal) => {
        $english
    };
}

pub(in crate::cli) use {noted, said};
