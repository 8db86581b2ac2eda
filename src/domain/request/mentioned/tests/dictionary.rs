//! The lists of words: an entry that no text is ever like says nothing, and nobody would notice.

use crate::domain::account::person_name::search_key;
use crate::domain::request::words::plain_words::PlainWords;
use crate::domain::request::words::tokens::words_of;

/// The sources whose lists are compared with words as names are searched.
const OF_KEYS: [&str; 9] = [
    include_str!("../sentence_words.rs"),
    include_str!("../in_passing.rs"),
    include_str!("../by_half.rs"),
    include_str!("../by_name.rs"),
    include_str!("../unnamed.rs"),
    include_str!("../role.rs"),
    include_str!("../identifier.rs"),
    include_str!("../stranger.rs"),
    include_str!("../asked_for.rs"),
];
/// The sources whose lists are looked up in a text's plain words.
const OF_PLAIN_WORDS: [&str; 8] = [
    include_str!("../phrases.rs"),
    include_str!("../own_words.rs"),
    include_str!("../no_request.rs"),
    include_str!("../shape_words.rs"),
    include_str!("../../words/asking.rs"),
    include_str!("../../words/asking/needs.rs"),
    include_str!("../../words/taken_back.rs"),
    include_str!("../../words/closing.rs"),
];
/// Lists that are looked up in the text as it stands, in small letters.
const RAW: [&str; 2] = ["STRONG", "CLOSINGS"];

/// Each list of words with blanks between them: its name, and its entries.
fn strings(source: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let parts = source.split("const ").skip(1);
    parts.filter_map(|part| {
        let (name, rest) = part.split_once(": &str =")?;
        let entries = rest.split('"').nth(1)?.split_whitespace();
        let is_name = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        is_name.then(|| (name, entries.filter(|entry| *entry != "\\").collect()))
    })
}

/// Each list of phrases.
fn arrays(source: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let parts = source.split("const ").skip(1);
    parts.filter_map(|part| {
        let (name, rest) = part.split_once(": ")?;
        let rest = rest
            .strip_prefix('&')
            .unwrap_or(rest)
            .strip_prefix("[&str")?;
        let (_, rest) = rest.split_once('=')?;
        let entries = rest.split("];").next()?.split('"').skip(1).step_by(2);
        Some((name, entries.collect()))
    })
}

/// The entries that no text is like, or that stand there twice.
fn faults<'s>(
    lists: impl Iterator<Item = (&'s str, Vec<&'s str>)>,
    normal: fn(&str) -> String,
    seen: &mut usize,
) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, entries) in lists.filter(|(name, _)| !RAW.contains(name)) {
        for (at, entry) in entries.iter().enumerate() {
            // A blank behind it ends a word.
            if normal(entry) != entry.trim_end() || entries[..at].contains(entry) {
                faults.push(format!("{name}: {entry}"));
            }
            *seen += 1;
        }
    }
    faults
}

fn key(entry: &str) -> String {
    let words = words_of(entry);
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
    keys.join(" ")
}

fn plain(entry: &str) -> String {
    PlainWords::of(entry).each().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_entry_of_a_list_is_as_texts_have_it_and_stands_there_once() {
    let mut seen = 0;
    let mut found = faults(OF_KEYS.into_iter().flat_map(strings), key, &mut seen);
    let of_ends = |source| arrays(source).filter(|(name, _)| *name != "WHO_DID");
    found.extend(faults(
        OF_KEYS.into_iter().flat_map(of_ends),
        search_key,
        &mut seen,
    ));
    let plain_words = || OF_PLAIN_WORDS.into_iter();
    found.extend(faults(plain_words().flat_map(strings), plain, &mut seen));
    found.extend(faults(plain_words().flat_map(arrays), plain, &mut seen));
    assert!(found.is_empty(), "{found:#?}");
    assert!(seen > 2_000, "{seen}");
}
