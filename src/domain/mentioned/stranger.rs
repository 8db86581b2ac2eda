//! Somebody in a sentence who bears a name that nobody who is looked for has.

use super::sentence_words::{is_article, is_called_so, is_opener, is_verb, leads_to_a_place};
use crate::domain::mail_words::{TITLES, Word};

/// How far behind a name its surname may stand.
const PARTICLES: usize = 4;

/// Somebody who isn't looked for, as far as one can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stranger {
    #[default]
    None,
    /// A word that may be a first name.
    Half,
    /// A first name and a surname.
    Whole,
}

/// Whether words that nobody who is looked for has could be somebody's name.
pub(super) fn stranger_in(words: &[Word], is_taken: &[bool]) -> Stranger {
    let at_least = |at: usize| {
        let word = &words[at];
        let before = at.checked_sub(1).map(|before| words[before].key.as_str());
        let is_name = word.is_capital
            && !is_taken[at]
            && !is_called_so(&word.key)
            && !TITLES.contains(&word.key.as_str())
            && !before.is_some_and(is_article);
        let is_titled = before.is_some_and(|before| TITLES.contains(&before));
        let is_head = at == 0 || words[at - 1].is_stop();
        if !is_name || (is_head && is_opener(&word.key)) {
            return Stranger::None;
        }
        if is_titled || surname_follows(words, is_taken, at) {
            return Stranger::Whole;
        }
        let acts = words.get(at + 1).is_some_and(|next| is_verb(&next.key));
        let is_half = word.key.chars().count() > 1
            && if is_head {
                acts
            } else {
                !before.is_some_and(leads_to_a_place)
            };
        if is_half {
            Stranger::Half
        } else {
            Stranger::None
        }
    };
    (0..words.len()).map(at_least).max().unwrap_or_default()
}

fn surname_follows(words: &[Word], is_taken: &[bool], at: usize) -> bool {
    if words[at].breaks() && !words[at].is_initials() {
        return false;
    }
    let behind = (at + 1)..words.len().min(at + 1 + PARTICLES);
    let mut behind = behind.take_while(|at| !words[*at].is_stop());
    let next = behind.find(|at| !words[*at].is_particle() && !words[*at].is_initials());
    next.is_some_and(|at| words[at].is_capital && !is_taken[at] && !is_called_so(&words[at].key))
}
