//! In which role of a sentence somebody stands. Where a mail speaks of more than one, those are meant of whom the
//! inability or the loss is told, whose second factor it is, or whom the words point to; whoever stands there in
//! another role is spoken of in passing.

use std::ops::{Range, RangeInclusive};

use super::sentence_words::{ABLE, listed};
use crate::domain::request::words::asking::{Asking, asking};
use crate::domain::request::words::tokens::{TITLES, Word};

/// What joins those who are asked for together: `Joost Jansen (groep 5) en juf Karin`.
const LINKS: &str = "zowel als alsmede evenals en of and or plus ook also voor van bij die de het onze groep gr klas as well";
/// Before whoever has something, and before whom the words point to.
const OF: &str = "van voor bij aan of for";
const POINTS: &str = "om betreft betreffende namelijk genaamd heet weten concerns";
/// Words between those and a name.
const BETWEEN: &str = "de het een onze ons mijn nieuwe collega leerkracht medewerker medewerkster juf meester the our my";
/// What was so for somebody at another time.
const EARLIER: &str =
    "vorige eerder eerdere laatst afgelopen toen destijds al previously earlier already";
const HAD: &str = "kreeg kregen had hadden ging gereset gehad geholpen ontving got was";
/// What somebody does who isn't meant, right behind the name.
const HANDLES: &str = "regelt regelde doet deed stuurt stuurde verzorgt begeleidt weet wist snapt kent beheert gebruikt \
    gebruikte zit helpt hielp vraagt vroeg zei zegt meldde meldt belde belt mailde mailt liet zag merkte ontdekte gaf geeft \
    kwam komt vertelde vertelt logde knows handles";
/// What is said of a thing that is gone.
const GONE: [&str; 22] = [
    "zelfde",
    "hetzelfde",
    "dezelfde",
    "same",
    "kwijt",
    "stuk",
    "kapot",
    "nieuw",
    "verlor",
    "gestolen",
    "defect",
    "ander",
    "gewisseld",
    "vergeten",
    "gecrasht",
    "ingeleverd",
    "beurt",
    "lost",
    "stolen",
    "broken",
    "new",
    "toegang",
];
/// What fails.
const NOT: &str = "niet geen nooit not never cannot cant";
/// The most parts of a sentence behind a name, one that is put in between among them: `Joost, groep 5, kan niet …`.
const PARTS: usize = 3;
/// The most words beside the name in a line of a list.
const IN_A_LINE: usize = 4;
/// The most words beside a name in a clause that adds somebody to who was asked for.
const ADDED: usize = 3;
/// Words of somebody who puts right what was said before.
pub(super) const CORRECTS: &str = "bedoel bedoelde bedoelden oeps correctie rectificatie vergissing vergis vergist foutje mean meant correction";
/// Words with which the text adds somebody to the one in the subject.
pub(super) const ADDS: &str =
    "ook beide beiden allebei eveneens tevens daarnaast bovendien evenals both also too";

/// Who stands at each word, where that's somebody who is looked for.
pub(super) type People = [Option<usize>];

/// Whether somebody stands in such a role, among the words of this sentence.
pub(super) fn is_meant(
    words: &[Word],
    people: &People,
    sentence: &Range<usize>,
    name: &RangeInclusive<usize>,
    is_line: bool,
) -> bool {
    let person = people[*name.start()];
    let is_other = |at: &usize| people[*at].is_some() && people[*at] != person;
    let key = |at: usize| words[at].key.as_str();
    let mut parts = if words[*name.end()].breaks() {
        PARTS
    } else {
        1
    };
    let behind: Vec<&str> = (*name.end() + 1..sentence.end)
        .take_while(|at| !is_other(at) && !words[*at].is_stop())
        .take_while(|at| {
            let is_in = parts > 0;
            parts -= usize::from(is_in && words[*at].breaks());
            is_in
        })
        .map(key)
        .collect();
    let before: Vec<&str> = (sentence.start..*name.start())
        .rev()
        .take_while(|at| !is_other(at) && !words[*at].breaks() && !words[*at].is_stop())
        .map(key)
        .collect();
    let is_listed = is_line && before.len() + behind.len() <= IN_A_LINE;
    let is_earlier = |all: &[&str]| {
        all.iter().any(|key| listed(EARLIER, key)) && all.iter().any(|key| listed(HAD, key))
    };
    let all: Vec<&str> = before.iter().rev().chain(&behind).copied().collect();
    is_listed || (!is_earlier(&all) && (fails(&behind) || is_led_to(&before, &all)))
}

/// `kan niet inloggen`, `heeft een nieuwe telefoon`, `heeft een reset nodig`
fn fails(behind: &[&str]) -> bool {
    if behind
        .first()
        .is_some_and(|verb| listed(HANDLES, verb) && !says_not(behind))
    {
        return false;
    }
    let is_gone = |key: &&str| GONE.iter().any(|gone| key.starts_with(gone));
    let is_unable = says_not(behind) && behind.iter().any(|key| listed(ABLE, key));
    is_unable || behind.iter().any(is_gone) || asking(&behind.join(" ")) > Asking::Nothing
}

fn says_not(behind: &[&str]) -> bool {
    behind.iter().any(|key| listed(NOT, key))
}

/// `de 2FA van`, `een reset voor`, `die van … resetten`, `het gaat om`
fn is_led_to(before: &[&str], all: &[&str]) -> bool {
    let is_between = |key: &&&str| listed(BETWEEN, key) || TITLES.contains(*key);
    let mut nearest = before.iter().skip_while(is_between);
    let near = nearest.next().copied().unwrap_or_default();
    let mut rest: Vec<&str> = nearest.copied().collect();
    rest.reverse();
    let is_its = || {
        let is_that = rest.last().is_some_and(|key| *key == "die");
        asking(&rest.join(" ")) == Asking::Clearly
            || (is_that && asking(&all.join(" ")) == Asking::Clearly)
    };
    let asks = |key: &str| matches!(key, "graag" | "help" | "helpen" | "please");
    // `Joost ook niet`, `Ook Joost`
    let is_added = all.len() <= ADDED && all.iter().any(|key| listed(ADDS, key));
    is_added
        || asks(near)
        || listed(POINTS, near)
        || asking(near) == Asking::Clearly
        || (listed(OF, near) && (is_its() || fails(&rest) || fails(all)))
}

/// Lets those who stand in one list with somebody who is meant be meant as well.
pub(super) fn join_lists(
    words: &[Word],
    sentence: &Range<usize>,
    people: &People,
    is_meant: &mut [bool],
) {
    let mut last: Option<(usize, usize)> = None;
    let mut group: Vec<usize> = Vec::new();
    let mut settle = |group: &mut Vec<usize>| {
        if group.iter().any(|person| is_meant[*person]) {
            for person in group.iter() {
                is_meant[*person] = true;
            }
        }
        group.clear();
    };
    for at in sentence.clone() {
        let Some(person) = people[at] else { continue };
        if let Some((before, end)) = last
            && before != person
        {
            let mut between = words[end + 1..at].iter();
            let links = between.all(|word| {
                let is_short = word.key.chars().count() <= 2;
                listed(LINKS, &word.key) || TITLES.contains(&word.key.as_str()) || is_short
            });
            if !links {
                settle(&mut group);
            }
        }
        group.push(person);
        last = Some((person, at));
    }
    settle(&mut group);
}
