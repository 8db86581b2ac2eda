//! That nothing is missing in Dutch, nothing is left over, and that it is Dutch.

use std::collections::BTreeSet;

use clap::Command;
use fluent_bundle::{FluentBundle, FluentResource};

use super::dutch::{Dutch, HELP, SAID};
use super::help::{headings, told};
use super::in_dutch;

/// The same word in both languages.
const SAME: [&str; 0] = [];

#[test]
fn every_file_is_read_whole_and_says_nothing_twice() {
    for files in [&HELP[..], &SAID] {
        let mut bundle: FluentBundle<FluentResource> = FluentBundle::default();
        for (name, text) in files {
            let read = FluentResource::try_new((*text).to_owned());
            let resource = read.unwrap_or_else(|(_, faults)| panic!("{name}: {faults:?}"));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        }
    }
}

/// Every id in the files; an attribute as `id.attribute`.
fn written() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (_, text) in HELP {
        let mut message = "";
        for line in text.lines() {
            let Some((name, _)) = line.split_once(" =") else {
                continue;
            };
            if let Some(attribute) = name.strip_prefix("    .") {
                ids.insert(format!("{message}.{attribute}"));
            } else if name.starts_with("help") {
                message = name;
                ids.insert(name.to_owned());
            }
        }
    }
    ids
}

#[test]
fn all_help_is_there_in_dutch_and_nothing_is_left_over() {
    let mut asked = BTreeSet::new();
    let _ = told(crate::cli::command(), "help", &mut |id| {
        asked.insert(id.to_owned());
        Some("x".to_owned())
    });
    assert!(asked.len() > 300, "{}", asked.len());
    let written = written();
    let missing: Vec<_> = asked.difference(&written).collect();
    let unused: Vec<_> = written.difference(&asked).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "missing in src/cli/language: {missing:#?}\nunused there: {unused:#?}"
    );
    let dutch = Dutch::of(&HELP);
    for id in asked {
        assert!(dutch.text(&id).is_some(), "{id} names what isn't there");
    }
}

/// What is said in each place.
fn said(command: &Command, path: &str, all: &mut Vec<(String, String)>) {
    let texts = [
        command.get_about(),
        command.get_long_about(),
        command.get_after_help(),
    ];
    let texts = texts.into_iter().flatten();
    all.extend(texts.map(|text| (path.to_owned(), text.to_string())));
    for argument in command.get_arguments() {
        let texts = [argument.get_help(), argument.get_long_help()];
        let texts = texts.into_iter().flatten();
        let place = format!("{path}--{}", argument.get_id());
        all.extend(texts.map(|text| (place.clone(), text.to_string())));
    }
    for below in command.get_subcommands() {
        if below.get_name() != "help" {
            said(below, &format!("{path}-{}", below.get_name()), all);
        }
    }
}

#[test]
fn no_help_stays_english() {
    let (mut english, mut dutch) = (Vec::new(), Vec::new());
    said(&crate::cli::command(), "help", &mut english);
    said(&in_dutch(crate::cli::command()), "help", &mut dutch);
    let english: BTreeSet<_> = english.into_iter().collect();
    let left: Vec<_> = dutch
        .iter()
        .filter(|told| english.contains(*told) && !SAME.contains(&told.0.as_str()))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}

/// clap's own words are in none of the pages.
#[test]
fn a_page_of_help_is_dutch_to_its_headings() {
    fn look(command: &mut Command, seen: &mut usize) {
        let page = headings(&command.render_long_help().to_string());
        let short = headings(&command.render_help().to_string());
        for word in [
            "Usage:",
            "Options:",
            "Commands:",
            "Arguments:",
            "[OPTIONS]",
            "<COMMAND>",
            "[possible values",
            "Possible values",
            "[default:",
            "Print help",
            "Everywhere",
        ] {
            let is_there = page.contains(word) || short.contains(word);
            assert!(!is_there, "{}: {word}\n{page}", command.get_name());
        }
        assert!(page.contains("Gebruik: balie"), "{page}");
        *seen += 1;
        for below in command.get_subcommands_mut() {
            if below.get_name() != "help" {
                look(below, seen);
            }
        }
    }
    let mut seen = 0;
    look(&mut in_dutch(crate::cli::command()), &mut seen);
    assert!(seen > 80, "{seen}");
}
