//! That no English reaches an operator past the table: every text of `cli` that reads as words is in it, or is listed here
//! with why it stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::dutch::SAID;
use super::said::id;

/// What stays English, by file or folder below `src/cli`, and why.
const STAYS: &[(&str, &str)] = &[
    ("language/", "the table itself, and its tests"),
    (
        "manual.rs",
        "man pages are in English (docs/architecture.md)",
    ),
    (
        "shell/ending.rs",
        "what exit codes mean is for the man page alone",
    ),
    (
        "doctor/prometheus.rs",
        "a format for machines: its help is part of it",
    ),
    (
        "demo/",
        "the demo's story is in English; its commands speak the reader's language",
    ),
    (
        "recovery/letter.rs",
        "a letter has the holder's language, whatever the operator's is",
    ),
];

/// Texts that stay, and why.
const ARE_FINE: &[(&str, &str)] = &[(
    "# Every key is explained in docs/operations.md.\n{known}",
    "goes into a file",
)];

/// The texts of a file, but for those of `said!` and `noted!`, of attributes and of tests.
struct Texts(Vec<String>);

impl Texts {
    fn of(source: &str) -> Vec<String> {
        let mut texts = Self(Vec::new());
        texts.visit_file(&syn::parse_file(source).unwrap());
        texts.0
    }

    fn tokens(&mut self, tokens: TokenStream) {
        // What stood before `!` and its parentheses.
        let mut called = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => called = ident.to_string(),
                TokenTree::Punct(punct) if punct.as_char() == '!' => {}
                TokenTree::Punct(_) => called.clear(),
                TokenTree::Group(group) => {
                    if !is_told(&called) {
                        self.tokens(group.stream());
                    }
                    called.clear();
                }
                TokenTree::Literal(literal) => {
                    if let Ok(syn::Lit::Str(text)) = syn::parse_str(&literal.to_string()) {
                        self.0.push(text.value());
                    }
                }
            }
        }
    }
}

fn is_told(name: &str) -> bool {
    matches!(name, "said" | "noted")
}

impl<'a> Visit<'a> for Texts {
    fn visit_lit_str(&mut self, text: &'a syn::LitStr) {
        self.0.push(text.value());
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        let name = called
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        if !name.is_some_and(|name| is_told(&name)) {
            self.tokens(called.tokens.clone());
        }
    }

    // Help is told by command and argument.
    fn visit_attribute(&mut self, _: &'a syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }
}

/// Whether it reads as words: what isn't data in it has three of them in a row, in small letters.
fn reads_as_words(text: &str) -> bool {
    let mut shown = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 0 {
            shown.push_str(part);
        }
    }
    let is_word = |word: &str| {
        let word = word.trim_matches([',', ';', ':', '.']);
        word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
    };
    let words: Vec<&str> = shown.split([' ', '\n']).collect();
    words
        .windows(3)
        .any(|three| three.iter().all(|word| is_word(word)))
}

fn collect(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let place = path.strip_prefix(root).unwrap().display().to_string();
        if STAYS
            .iter()
            .any(|(stays, _)| place.starts_with(stays.trim_end_matches('/')))
        {
            continue;
        }
        if path.is_dir() {
            collect(&path, root, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !place.ends_with("tests.rs")
        {
            let texts = Texts::of(&fs::read_to_string(&path).unwrap());
            let words = texts.into_iter().filter(|text| reads_as_words(text));
            found.extend(words.map(|text| (text, place.clone())));
        }
    }
}

#[test]
fn no_english_reaches_the_screen_past_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    let ids = SAID.iter().flat_map(|(_, text)| text.lines());
    let ids: BTreeSet<&str> = ids
        .filter_map(|line| line.split_once(" = "))
        .map(|(id, _)| id)
        .collect();
    let is_fine = |text: &str| {
        // A command is typed the same in every language, and help is told by command.
        text.trim_start().starts_with("balie ")
            || text.starts_with("Example")
            || ids.contains(id(text).as_str())
            || ARE_FINE.iter().any(|(fine, _)| *fine == text)
    };
    found.retain(|(text, _)| !is_fine(text));
    assert!(
        found.is_empty(),
        "put these into said! or noted!, with their Dutch: {found:#?}"
    );
    for (stays, _) in STAYS {
        assert!(root.join(stays).exists(), "{stays}");
    }
}

#[test]
fn a_text_past_the_table_is_found_and_one_in_it_is_not() {
    let found = |source: &str| {
        let texts = Texts::of(&format!("fn f() {{ {source} }}"));
        texts
            .into_iter()
            .filter(|text| reads_as_words(text))
            .count()
    };
    for source in [
        "page.line(\"nobody has told this\");",
        "out.say(&format!(\"{who} has not told this\"));",
        "let hint = match x { _ => \"nobody has told this\" };",
        "write!(out, \"{}: nobody has told this\", said!(\"and this one is told\"));",
    ] {
        assert_eq!(found(source), 1, "{source}");
    }
    for source in [
        "page.line(&said!(\"this one is told\"));",
        "format!(\"{}\", said!(\"this one is told\"));",
        "let key = \"second_factor\";",
        "run(\"`balie mailbox fetch` {id}\");",
    ] {
        assert_eq!(found(source), 0, "{source}");
    }
}
