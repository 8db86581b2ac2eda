//! `balie find`: the search, forgiving and ranked. A look is an event, too (rule 11).

use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{Desk, Error, Result};
use crate::domain::account::person_name::search_key;
use crate::domain::log::event::Action;
use crate::store::account::Found;
use crate::store::{StoreError, Tx, Unfit};

/// How many candidates are ranked.
const CANDIDATES: i64 = 500;
/// How many words are looked for, and how much of each: a text that was pasted whole names nobody better.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 64;
/// How long a search may take. Colleagues wait for the database meanwhile, and give up after 20 seconds.
const TO_SEARCH: Duration = Duration::from_secs(5);

/// An account that was found.
#[derive(Clone, Debug)]
pub struct Match {
    /// The account.
    pub account: Found,
    /// The names of the organisations of its roles.
    pub schools: Vec<String>,
    /// How its second factor stands.
    pub second_factor: String,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Matches {
    /// The best first.
    pub found: Vec<Match>,
    /// There may be more than are given here.
    pub has_more: bool,
}

/// Searches accounts by parts of name, username, work address or school; the best come first.
pub async fn find(desk: &mut Desk<'_>, text: &str, limit: usize) -> Result<Matches> {
    let key = search_key(text);
    let words: Vec<&str> = key.split_whitespace().map(cut).take(MOST_WORDS).collect();
    if words.is_empty() {
        return Err(Error::Invalid {
            message: "there is nothing to search for".into(),
            hint: "type a part of a name, a username, a work address or a school".into(),
        });
    }
    let (mut tx, _) = desk.begin(Action::AccountFind).await?;
    let begun = Instant::now();
    let found = tx
        .bounded(TO_SEARCH, async |tx| candidates(desk, tx, &words).await)
        .await
        .map_err(|error| broken_off(error, begun.elapsed() >= TO_SEARCH))?;
    let looked_at = found.len() as u64;
    let mut ranked: Vec<_> = found
        .into_iter()
        .map(|found| (score(&words, &found), found))
        .collect();
    ranked.retain(|(score, _)| *score >= 0.55);
    ranked.sort_by(|(a, left), (b, right)| {
        b.total_cmp(a)
            .then_with(|| left.username.cmp(&right.username))
    });
    ranked.dedup_by_key(|(_, found)| found.id);
    // As many as are looked at may be among more.
    let has_more = ranked.len() > limit || looked_at >= CANDIDATES.unsigned_abs();
    ranked.truncate(limit);
    let found = placed(&mut tx, ranked).await?;
    let event = desk.event(
        Action::AccountFind,
        json!({ "text": text, "found": found.len() }),
    );
    desk.commit(tx, event).await?;
    Ok(Matches { found, has_more })
}

/// Those that were found, each with where it is.
async fn placed(tx: &mut Tx, ranked: Vec<(f64, Found)>) -> Result<Vec<Match>> {
    let ids: Vec<i64> = ranked.iter().map(|(_, found)| found.id).collect();
    let places = tx.found_at(&ids).await?;
    let place = |(_, account): (f64, Found)| {
        let rows = || places.iter().filter(|place| place.id == account.id);
        Match {
            schools: rows().filter_map(|place| place.school.clone()).collect(),
            second_factor: rows()
                .next()
                .map_or_else(String::new, |place| place.second_factor.clone()),
            account,
        }
    };
    Ok(ranked.into_iter().map(place).collect())
}

/// The letters of a word that are looked for: nobody's name has more.
fn cut(word: &str) -> &str {
    word.char_indices()
        .nth(LONGEST_WORD)
        .map_or(word, |(end, _)| &word[..end])
}

/// What we broke off ourselves was asked for too widely: trying again wouldn't help.
pub(in crate::desk) fn broken_off(error: Error, by_us: bool) -> Error {
    match error {
        Error::Store(StoreError::Unfit(Unfit::TooSlow)) if by_us => Error::Invalid {
            message: "this took too long and was stopped".into(),
            hint: "ask for less: longer words, fewer of them, or a username".into(),
        },
        other => other,
    }
}

/// Who may be meant: by every word, else by those words that are on file and what is like the others.
async fn candidates(desk: &Desk<'_>, tx: &mut Tx, words: &[&str]) -> Result<Vec<Found>> {
    let mut found = tx.accounts_named(&desk.reach, words).await?;
    found.extend(tx.accounts_with(&desk.reach, words, CANDIDATES).await?);
    if !found.is_empty() {
        return Ok(found);
    }
    let (mut parts, mut odd) = (Vec::new(), Vec::new());
    for word in words {
        let known = tx.accounts_with(&desk.reach, &[word], 1).await?;
        if known.is_empty() {
            odd.push(*word);
        } else {
            parts.push(*word);
        }
    }
    found = tx
        .accounts_like(&desk.reach, &parts, &odd, CANDIDATES)
        .await?;
    if found.is_empty() && !parts.is_empty() {
        found = tx
            .accounts_like(&desk.reach, &[], words, CANDIDATES)
            .await?;
    }
    Ok(found)
}

/// How well an account fits what was typed, from 0 to 1.
fn score(words: &[&str], found: &Found) -> f64 {
    let targets: Vec<&str> = found.words.split([' ', '@', '.']).collect();
    let best = |word: &str| {
        if found.username.as_str() == word || found.work_email == word {
            return 1.2;
        }
        let of = |target: &&str| {
            if *target == word {
                1.0
            } else if target.starts_with(word) {
                0.9
            } else if target.contains(word) {
                0.8
            } else {
                0.75 * strsim::normalized_damerau_levenshtein(target, word)
            }
        };
        let best = targets.iter().map(of).fold(0.0, f64::max);
        if found.words.contains(word) {
            best.max(0.8)
        } else {
            best
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "nobody types that many words")]
    let count = words.len() as f64;
    words.iter().map(|word| best(word)).sum::<f64>() / count
}
