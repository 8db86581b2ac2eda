//! The lists of words: an entry that no word of a text is ever like says nothing, and nobody would notice.

use crate::domain::request::words::tokens::words_of;

/// The sources whose lists are compared with words as names are searched: in strings with blanks between.
const SOURCES: [&str; 5] = [
    include_str!("../sentence_words.rs"),
    include_str!("../in_passing.rs"),
    include_str!("../by_half.rs"),
    include_str!("../unnamed.rs"),
    include_str!("../asked_for.rs"),
];

/// Each list's name, and its entries.
fn lists(source: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let parts = source.split("const ").skip(1);
    parts.filter_map(|part| {
        let (name, rest) = part.split_once(": &str =")?;
        let entries = rest.split('"').nth(1)?.split_whitespace();
        Some((name, entries.filter(|entry| *entry != "\\").collect()))
    })
}

#[test]
fn every_entry_of_a_list_is_a_word_as_texts_have_it_and_stands_there_once() {
    let (mut seen, mut faults) = (0, Vec::new());
    for (name, entries) in SOURCES.into_iter().flat_map(lists) {
        for (at, entry) in entries.iter().enumerate() {
            let words = words_of(entry);
            let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
            if keys != [*entry] || entries[..at].contains(entry) {
                faults.push(format!("{name}: {entry}"));
            }
            seen += 1;
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(seen > 500, "{seen}");
}
