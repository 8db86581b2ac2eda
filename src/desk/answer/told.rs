//! `balie answer`: the words to read out.

use crate::desk::account::regions;
use crate::desk::{Desk, Error, Result};
use crate::domain::answer::Entry;
use crate::domain::answer::{Answer, best, entries, entry};
use crate::domain::code::RegionCode;
use crate::domain::language::Language;

/// Every answer, or the one that fits `topic` best; with the address of `region`, or of the
/// operator's only one.
pub async fn answers(
    desk: &mut Desk<'_>,
    topic: Option<&str>,
    region: Option<&RegionCode>,
    language: Language,
) -> Result<Vec<Answer>> {
    let regions = regions(desk, region).await?;
    let address = match regions.as_slice() {
        [one] => Some(one.servicedesk_address.to_string()),
        _ => None,
    };
    let filled = |entry: &Entry| entry.filled(address.as_deref(), language);
    Ok(match topic {
        None => entries().iter().map(filled).collect(),
        Some(topic) => {
            let found = best(topic).ok_or_else(|| no_topic(topic, language))?;
            vec![filled(found)]
        }
    })
}

/// The one with exactly that topic: what is sent isn't guessed (rule 12).
pub(super) fn exactly(topic: &str, language: Language) -> Result<&'static Entry> {
    entry(topic).ok_or_else(|| match best(topic) {
        Some(nearest) => Error::Invalid {
            message: format!("`{topic}` isn't a topic, and what is mailed has to be named exactly"),
            hint: format!("did you mean `{}`?", nearest.topic(language)),
        },
        None => no_topic(topic, language),
    })
}

fn no_topic(topic: &str, language: Language) -> Error {
    let topics: Vec<&str> = entries()
        .iter()
        .map(|entry| entry.topic(language))
        .collect();
    Error::Invalid {
        message: format!("no answer matches `{topic}`"),
        hint: format!("the topics are {}", topics.join(", ")),
    }
}
