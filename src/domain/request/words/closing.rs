//! Where a mail is signed off: a signature names people for whom nobody asks.

use super::asking::{Asking, asking};
use super::sentences::ends_one;
use super::tokens::{PARTICLES, chunks_of};
use crate::domain::request::mentioned::{REQUESTS, listed};

/// Words that close a mail wherever they stand.
const CLOSINGS: &[&str] = &[
    "groet",
    "groeten",
    "groetjes",
    "groetje",
    "groetend",
    "mvg",
    "m.v.g",
    "mvrgr",
    "m.vr.gr",
    "vr.gr",
    "vrgr",
    "grt",
    "grtz",
    "grtjs",
    "grts",
    "regards",
    "hoogachtend",
    "sincerely",
];
/// Words before one of them.
const POLITE: &[&str] = &[
    "met",
    "een",
    "de",
    "vriendelijke",
    "hartelijke",
    "warme",
    "collegiale",
    "beste",
    "lieve",
    "kind",
    "best",
    "warm",
    "with",
];
/// What closes a mail where it is on its own, or before a name at the end of a line.
const PHRASES: &[&str] = &[
    "gr",
    "vr gr",
    "m vr gr",
    "met vr gr",
    "hg",
    "bedankt",
    "alvast bedankt",
    "hartelijk bedankt",
    "heel erg bedankt",
    "bij voorbaat bedankt",
    "dank",
    "alvast dank",
    "alvast hartelijk dank",
    "alvast hartelijk bedankt",
    "alvast heel erg bedankt",
    "alvast erg bedankt",
    "bij voorbaat dank",
    "bij voorbaat hartelijk dank",
    "hartelijk dank",
    "veel dank",
    "met dank",
    "met hartelijke dank",
    "dankjewel",
    "dankuwel",
    "dank je",
    "dank je wel",
    "dank u",
    "dank u wel",
    "dank jullie wel",
    "alvast dankjewel",
    "thanks",
    "thanks a lot",
    "many thanks",
    "thanks in advance",
    "thank you",
    "thank you in advance",
    "thank you very much",
    "thx",
    "cheers",
    "best wishes",
    "all the best",
    "yours",
    "yours truly",
    "cordially",
    "liefs",
    "veel liefs",
    "gegroet",
    "fijne dag",
    "fijne dag nog",
    "fijne dag verder",
    "nog een fijne dag",
    "een fijne dag",
    "fijne middag",
    "fijne avond",
    "fijne week",
    "fijn weekend",
    "prettige dag",
    "prettige dag verder",
    "prettige avond",
    "prettig weekend",
    "goed weekend",
    "have a nice day",
    "tot morgen",
    "tot dan",
    "tot ziens",
    "tot gauw",
    "tot snel",
    "tot straks",
    "tot later",
    "tot horens",
    "doei",
    "doeg",
    "ciao",
    "succes",
    "met vriendelijke",
    "vriendelijk",
    "x",
    "xx",
    "xxx",
];
/// Lines that close a mail begin like this.
const SIGNED_OFF: &[&str] = &[
    "verstuurd vanaf",
    "verstuurd met",
    "verstuurd via",
    "verzonden vanaf",
    "verzonden met",
    "verzonden via",
    "sent from",
    "sent with",
    "sent via",
    "get outlook",
    "outlook voor",
    "outlook for",
];
/// The most words of a name.
const NAME: usize = 6;
/// The most bytes of a closing with the name behind it.
const MOST: usize = 200;

/// The mail's own words up to where it's signed off.
#[must_use]
pub(in crate::domain::request) fn without_closing(own: &str) -> &str {
    let mut at = 0;
    for line in own.split_inclusive('\n') {
        let lower = line.trim().to_lowercase();
        let is_signed_off = SIGNED_OFF.iter().any(|words| lower.starts_with(words));
        // A telephone may put its line on top.
        if is_signed_off && own[..at].trim().is_empty() {
            at += line.len();
            continue;
        }
        if lower == "--" || is_signed_off {
            return &own[..at];
        }
        if let Some(within) = closes_within(line, &own[at + line.len()..]) {
            return &own[..at + within];
        }
        at += line.len();
    }
    own
}

/// Where in this line the mail is closed.
fn closes_within(line: &str, after: &str) -> Option<usize> {
    let mut at = 0;
    let mut begins = true;
    for word in line.split_inclusive(|c: char| c.is_whitespace() || c == ',') {
        let bare = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let behind = &line[at + word.len()..];
        let is_meant = |bare: &str| !is_about(bare, &line[..at], behind) && !asks_behind(behind);
        if CLOSINGS.contains(&bare.as_str()) && is_meant(&bare) {
            return Some(polite_from(&line[..at]));
        }
        if begins && !bare.is_empty() && is_closing(&line[at..], at == 0, after) {
            return Some(at);
        }
        let end = word.trim_end();
        begins = (begins && bare.is_empty()) || end.ends_with(',') || ends_one(end, None);
        at += word.len();
    }
    None
}

/// `Groetjes van een drukke school! Kunnen jullie …`: a whole sentence that asks follows.
fn asks_behind(behind: &str) -> bool {
    let mut chunks = chunks_of(behind);
    let end = chunks.find(|(_, chunk)| ends_one(chunk, None));
    let next = end.and_then(|(at, chunk)| behind.get(at + chunk.len()..));
    next.is_some_and(|next| {
        let head = next
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_lowercase();
        listed(REQUESTS, &head) && asking(next) == Asking::Clearly
    })
}

/// `With regards to Joost Jansen`, `As regards his phone`
fn is_about(closing: &str, before: &str, behind: &str) -> bool {
    let is =
        |word: Option<&str>, other: &str| word.is_some_and(|word| word.eq_ignore_ascii_case(other));
    closing == "regards"
        && (is(behind.split_whitespace().next(), "to")
            || is(before.split_whitespace().next_back(), "as"))
}

/// Where the polite words before a closing begin (`Met vriendelijke groet`).
fn polite_from(head: &str) -> usize {
    let is_polite = |word: &str| POLITE.contains(&word.trim().to_lowercase().as_str());
    let words: Vec<&str> = head.split_inclusive(char::is_whitespace).collect();
    let polite = words.iter().rev().take_while(|word| is_polite(word));
    head.len() - polite.map(|word| word.len()).sum::<usize>()
}

/// Whether the rest of the line is a closing: alone on its line, with a name behind it, or above one.
fn is_closing(rest: &str, is_whole: bool, after: &str) -> bool {
    // Nothing that closes a mail is longer; and a line may have a clause at every other letter.
    if rest.trim_end().len() > MOST {
        return false;
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let longest = (1..=words.len().min(5)).rev().find(|count| {
        let joined = plain[..*count].join(" ");
        PHRASES.contains(&joined.trim())
    });
    let Some(count) = longest else {
        return false;
    };
    let signed = &words[count..];
    if signed.is_empty() {
        let next = after.lines().find(|line| !line.trim().is_empty());
        return is_whole || next.is_some_and(is_name);
    }
    is_name(&signed.join(" "))
}

/// Lower-case, without punctuation: `vr.gr.` is `vr gr`.
fn plain(word: &str) -> String {
    let word = word
        .to_lowercase()
        .replace(|c: char| !c.is_alphanumeric(), " ");
    word.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Saskia de Bakker`
fn is_name(text: &str) -> bool {
    let mut words = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .peekable();
    let is_part = |word: &str| {
        word.starts_with(char::is_uppercase) || PARTICLES.contains(&word.to_lowercase().as_str())
    };
    words.peek().is_some()
        && words.clone().count() <= NAME
        && words.all(is_part)
        && !text.trim_end().ends_with(['?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_closing_is_a_signature() {
        let asked = "Wil je de 2FA van Jan resetten?";
        for closing in [
            "Groet,\nSaskia",
            "Met vriendelijke groet,\nSaskia",
            "Mvg, Saskia",
            "-- \nSaskia",
            "Gr. Saskia de Bakker",
            "Gr.\nSaskia",
            "gr Saskia",
            "Grt, Saskia",
            "Vr.gr.\nSaskia",
            "Vr. gr. Saskia",
            "Bedankt!\n\nSaskia",
            "Bedankt, Saskia",
            "Dank\nSaskia",
            "Alvast dank!\nSaskia",
            "Alvast bedankt,\nSaskia",
            "Met dank,\nSaskia",
            "Thanks,\nSaskia",
            "Cheers\nSaskia",
            "Liefs,\nSaskia",
            "Hartelijke groet\nSaskia",
            "Fijne dag!\nSaskia",
            "Tot morgen!\nSaskia",
            "Verstuurd vanaf mijn iPhone van Saskia",
            "Outlook voor Android downloaden\nSaskia",
        ] {
            for gap in ["\n\n", "\n"] {
                let text = format!("{asked}{gap}{closing}");
                assert_eq!(without_closing(&text).trim(), asked, "{text}");
            }
        }
        for closing in [
            "Alvast bedankt, Saskia de Bakker",
            "Alvast bedankt!\n\nSaskia de Bakker\nsecretariaat",
        ] {
            let text = format!("{asked} {closing}");
            assert_eq!(without_closing(&text).trim(), asked, "{text}");
        }
    }

    #[test]
    fn thanks_amid_a_text_close_nothing() {
        for text in [
            "Bedankt voor de vorige keer! Graag nu Jan Jansen.",
            "Kun je helpen? Alvast bedankt.\nHet gaat om Jan Jansen.",
            "De juf van gr. 3 kan niet inloggen.\nGr. 3 is dus zonder.",
            "Dank je wel voor gisteren, wil je Jan Jansen resetten?",
            "Tot morgen kan Jan Jansen wachten.",
            "With regards to Jan Jansen: he can't log in.",
            "As regards Jan Jansen, he can't log in.",
        ] {
            assert_eq!(without_closing(text), text);
        }
    }
}
