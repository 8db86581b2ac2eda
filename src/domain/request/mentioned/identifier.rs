//! A username or an address beside a name that is somebody else's: which of the two is meant, nobody can tell.

use std::collections::HashSet;

use super::mention::Mention;
use super::role::People;
use super::sentence_words::{is_called_so, is_opener, listed};
use crate::domain::request::words::tokens::{After, TITLES, Word};

/// What stands between a name and the username that belongs to it.
const LABELS: &str = "inlog inlognaam inlogcode login gebruikersnaam gebruiker username user account accountnaam code mail \
    email mailadres e adres emailadres met als";
/// How far before a username the name is looked for.
const BEFORE: usize = 4;

/// Those who are called by a username or an address beside somebody else's name, and whoever has that name.
pub(super) fn contradicted(words: &[Word], people: &People, all: &[Mention]) -> Vec<usize> {
    let mut found = Vec::new();
    // `j.jansen k.dejong` are two.
    let exact: HashSet<usize> = all
        .iter()
        .filter(|mention| mention.by.is_exact())
        .map(|mention| *mention.words.end())
        .collect();
    let is_exact = |at: usize| exact.contains(&at);
    for mention in all.iter().filter(|mention| mention.by.is_exact()) {
        let (start, end) = (*mention.words.start(), *mention.words.end());
        // `Karin de Jong, j.jansen en z.celik` is a list.
        let goes_on = words
            .get(end + 1)
            .is_some_and(|next| listed("en and", &next.key));
        let is_list = words[end].after == After::Comma || goes_on;
        let near = (start.saturating_sub(BEFORE)..start).rev();
        let mut near = near.skip_while(|at| listed(LABELS, &words[*at].key));
        let Some(last) = near.next().filter(|at| !words[*at].is_stop()) else {
            continue;
        };
        let is_comma = words[last].after == After::Comma;
        if is_comma && is_list && last + 1 == start {
            continue;
        }
        match people[last] {
            Some(other) if other != mention.person && !is_exact(last) => {
                found.extend([other, mention.person]);
            }
            None if is_strangers(words, last) => found.push(mention.person),
            Some(_) | None => {}
        }
    }
    found
}

/// Whether the word is the last of a name that nobody who is looked for has.
fn is_strangers(words: &[Word], last: usize) -> bool {
    let word = &words[last];
    let is_name = |word: &Word| {
        let key = word.key.as_str();
        word.is_capital
            && !word.is_initials()
            && !is_opener(key)
            && !is_called_so(key)
            && !TITLES.contains(&key)
    };
    let before = last.checked_sub(1).map(|at| &words[at]);
    is_name(word) && before.is_some_and(|before| is_name(before) && !before.breaks())
}
