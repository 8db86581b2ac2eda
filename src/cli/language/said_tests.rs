//! That everything that's said has its Dutch, that nothing else is translated, and that it is Dutch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::below::SENTENCES;
use super::below_doctor::FINDINGS;
use super::below_errors::ERRORS;
use super::dutch::{Dutch, SAID};
use super::said::{Run, id, in_dutch, said, told};
use super::sentences;
use crate::domain::language::Language;

/// The same in both languages: names, and words that Dutch has taken over.
const SAME: &[&str] = &[
    "1 mail", "code", "school", "detail", "bytes", "mail", "plan", "token", "reset", "database",
    "mails", "mailbox", "document", "status", "hash", "desk",
];

/// The English texts of the source, with the file that they're in.
fn in_source() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    collect(&root, &mut texts);
    texts
}

fn collect(folder: &Path, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|end| end == "rs")
            && !path.ends_with("said.rs")
            && !path.ends_with("plain_tests.rs")
        {
            let source = fs::read_to_string(&path).unwrap();
            let file = path.display().to_string();
            for marked in [concat!("said", "!("), concat!("noted", "!(")] {
                let calls = source.split(marked).skip(1);
                texts.extend(calls.map(|call| (literal(call, &file), file.clone())));
            }
            texts.extend(labels(&source).map(|label| (label, file.clone())));
        }
    }
}

/// The names of fields, and the headings of tables, which a page tells by itself.
fn labels(source: &str) -> impl Iterator<Item = String> {
    let mut labels = Vec::new();
    for (at, _) in source.match_indices("\",").filter(|(at, _)| *at > 0) {
        let (before, behind) = (&source[..at], source[at + 2..].trim_start());
        let tone = ["Tone::", "tone,", "status,"];
        if tone.iter().any(|tone| behind.starts_with(tone))
            && let Some((opening, label)) = before.rsplit_once('"')
            && opening.trim_end().ends_with('(')
            && !opening.trim_end().ends_with("line(")
        {
            labels.push(label.to_owned());
        }
    }
    let tables = [
        "page.table(",
        "page.table_of_numbers(",
        "let heads = ",
        "HEADS: [&str; 8] = ",
    ];
    for table in tables.iter().flat_map(|call| source.split(call).skip(1)) {
        let table = table.trim_start().trim_start_matches('&');
        if let Some((heads, _)) = table
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
        {
            labels.extend(heads.split('"').skip(1).step_by(2).map(ToOwned::to_owned));
        }
    }
    for note in source.split(".note(\"").skip(1) {
        labels.extend(note.split_once('"').map(|(label, _)| label.to_owned()));
    }
    labels.into_iter().filter(|label| !label.is_empty())
}

/// The text that a call begins with.
fn literal(call: &str, file: &str) -> String {
    let call = call.trim_start();
    let mut end = 1;
    while !call[end..].starts_with('"') {
        end += if call[end..].starts_with('\\') { 2 } else { 1 };
        while !call.is_char_boundary(end) {
            end += 1;
        }
    }
    let text: syn::LitStr = syn::parse_str(&call[..=end])
        .unwrap_or_else(|_| panic!("{file}: said! takes a text: {}", &call[..end]));
    text.value()
}

/// Every text that may be looked up: those of `said!`, and the sentences that come from below.
fn all() -> Vec<(String, String)> {
    let mut all = in_source();
    let below = sentences::all().into_iter();
    all.extend(below.map(|text| (text.to_owned(), "a sentence of the domain".to_owned())));
    all
}

/// The ids in the files, with their lines.
fn written() -> BTreeMap<String, String> {
    let lines = SAID.iter().flat_map(|(_, text)| text.lines());
    let pairs = lines.filter_map(|line| line.split_once(" = "));
    pairs
        .filter(|(id, _)| id.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|(id, text)| (id.to_owned(), text.to_owned()))
        .collect()
}

#[test]
fn all_that_is_said_is_there_in_dutch_and_nothing_is_left_over() {
    let all = all();
    let asked: BTreeSet<_> = all.iter().map(|(text, _)| id(text)).collect();
    let written = written();
    let missing: Vec<_> = all
        .iter()
        .filter(|(text, _)| !written.contains_key(&id(text)))
        .map(|(text, file)| format!("{} = …   ({file})", id(text)))
        .collect();
    let unused: Vec<_> = written.keys().filter(|id| !asked.contains(*id)).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "missing in src/cli/language/said-*.ftl: {missing:#?}\nunused there: {unused:#?}"
    );
}

#[test]
fn two_texts_are_never_found_in_the_same_place() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (text, file) in all() {
        let before = known.entry(id(&text)).or_insert_with(|| text.clone());
        assert_eq!(*before, text, "{file}: word one of them differently");
    }
}

/// What stands in braces, in the order of the text.
fn names(text: &str) -> BTreeSet<&str> {
    let opened = text.split('{').skip(1);
    let inner = opened.filter_map(|rest| rest.split_once('}'));
    inner
        .map(|(name, _)| name.trim().trim_start_matches(['$', '*']))
        .filter(|name| !name.starts_with('"'))
        .collect()
}

#[test]
fn dutch_says_every_value_that_english_says() {
    let dutch = Dutch::of(&SAID);
    let written = written();
    for (text, file) in all() {
        let Some(line) = written.get(&id(&text)) else {
            continue;
        };
        let wanted = names(&text);
        assert_eq!(names(line), wanted, "{file}: {text}");
        if wanted.is_empty() {
            let told = dutch.text(&id(&text));
            assert!(told.is_some(), "{file}: {text}");
            let is_same = told.as_deref() == Some(text.as_str());
            let may_be = SAME.contains(&text.as_str());
            assert_eq!(is_same, may_be, "{file}: {text}");
        }
    }
}

/// The source of the layers below, with its texts on one line each.
fn below() -> String {
    let mut source = String::new();
    for layer in [
        "domain",
        "desk",
        "store",
        "vault",
        "mail",
        "directory",
        "config",
    ] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(layer);
        append(&root, &mut source);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    source.push_str(&fs::read_to_string(root.join("plain_file.rs")).unwrap());
    let lines = source.split("\\\n");
    lines.map(str::trim_start).collect::<Vec<_>>().concat()
}

fn append(folder: &Path, source: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            append(&path, source);
        } else if path.extension().is_some_and(|end| end == "rs") {
            source.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// A sentence of below that was worded differently there would stay English without a word.
#[test]
fn what_is_told_from_below_is_still_said_there() {
    let source = below();
    let known = SENTENCES.iter().chain(ERRORS).chain(FINDINGS);
    let pieces = known.flat_map(|sentence| {
        let (_, pieces) = sentence
            .split('{')
            .fold((true, Vec::new()), |(first, mut all), part| {
                let text = if first {
                    part
                } else {
                    part.split_once('}').unwrap().1
                };
                all.push(text);
                (false, all)
            });
        pieces.into_iter().map(move |piece| (*sentence, piece))
    });
    let fixed = sentences::FIXED.iter().map(|text| (*text, *text));
    for (sentence, piece) in pieces.chain(fixed) {
        let is_there = source.contains(piece.trim_matches([' ', ',', '(', ')']));
        assert!(is_there, "nobody says {piece:?} of {sentence:?} any more");
    }
}

#[test]
fn a_run_speaks_its_language_and_gives_it_back() {
    let waiting = |number: usize| said!("{number} waiting", number = number);
    let marked = "`x`\u{2068} { $id }";
    assert_eq!(told("your yes"), "your yes");
    {
        let _dutch = Run::begin(Language::Nl);
        assert_eq!(waiting(3), "3 wachten");
        assert_eq!(told("your yes"), "je ja");
        assert_eq!(told("what nobody said"), "what nobody said");
        for (english, dutch) in [
            ("the request has expired", "het verzoek is verlopen"),
            ("there is no account `x`", "inlog `x` bestaat niet"),
            (
                "sent an hour ago; it has expired",
                "een uur geleden verstuurd; hij is verlopen",
            ),
            (
                "j.jansen needs approval by another operator, a senior (reset 1 day ago; privileged role: admin)",
                "j.jansen moet door een andere medewerker, een senior, goedgekeurd worden (1 dag geleden gereset; rol met bijzondere rechten: admin)",
            ),
        ] {
            assert_eq!(told(english), dutch);
        }
        let asked = in_dutch("nobody matches `{text}`", &[("text", marked.to_owned())]);
        assert_eq!(asked.unwrap(), format!("niemand past bij `{marked}`"));
        {
            let _english = Run::begin(Language::En);
            assert_eq!(waiting(3), "3 waiting");
        }
        assert_eq!(waiting(12), "12 wachten");
    }
    assert_eq!(waiting(3), "3 waiting");
}

#[test]
fn a_text_is_found_by_its_words() {
    for (text, found) in [
        ("No request has come in yet.", "No-request-has-come-in-yet"),
        ("[y/N]", "y-N"),
        ("1 account", "n-1-account"),
        ("{who} can't: `balie next`", "who-cant-balie-next"),
    ] {
        assert_eq!(id(text), found);
    }
}
