//! Words that take a yes back: a denial of having asked. What only says that somebody can't log in or wasn't there, and
//! what programs write below a mail, takes nothing back.

use super::closing::without_closing;
use super::mail_lines::is_unwrapped;
use super::tokens::PARTICLES;

/// Words that deny.
const DENIALS: [&str; 12] = [
    "nee", "neen", "niet", "niets", "niks", "geen", "nooit", "no", "not", "never", "nothing",
    "nope",
];
/// What a denial is about wherever it stands in the clause.
const OF_ASKING: [&str; 15] = [
    "aangevraagd",
    "gevraagd",
    "aanvraag",
    "vroeg",
    "akkoord",
    "klopt",
    "ken",
    "herken",
    "bekend",
    "kwijt",
    "asked",
    "requested",
    "agree",
    "approve",
    "recognise",
];
/// What it's about beside the denial.
const BESIDE: [&str; 3] = ["mij", "mijn", "me"];
/// What a denial orders.
const ORDERS: [&str; 9] = [
    "doen",
    "uitvoeren",
    "resetten",
    "akkoord",
    "aangevraagd",
    "gevraagd",
    "aanvragen",
    "asked",
    "requested",
];
/// Words of a clause whose denial is about something else, as they begin.
const ELSE: &[&str] = &[
    "bereikba",
    "aanwezig",
    "beschikba",
    "inlog",
    "ingelogd",
    "login",
    "toegang",
    "herstelcode",
    "eerder",
    "sneller",
    "meteen",
    "gezien",
    "gelezen",
    "reager",
    "antwoord",
    "beantwoord",
    "lukt",
    "gelukt",
    "lukken",
    "telefo",
    "toestel",
    "mobiel",
    "authenticator",
    "probleem",
    "haast",
    "spoed",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "dagelijks",
    "print",
    "afdruk",
    "ontvanger",
    "geadresseerd",
    "bestemd",
    "rechten",
    "aansprakelijk",
    "vertrouwelijk",
    "verspreid",
    "openbaar",
    "recipient",
    "intended",
    "addressee",
    "confidential",
    "liab",
    "disclos",
    "reach",
    "availab",
    "earlier",
    "sooner",
    "phone",
    "access",
    "reply",
    "verwacht",
    "expect",
    "problem",
    "rush",
    "hurry",
];
const FIRST_PERSON: [&str; 5] = ["ik", "mij", "me", "i", "mijn"];
/// Words of what is said to whoever reads a footer.
const TO_READERS: [&str; 7] = ["u", "uw", "you", "je", "indien", "als", "if"];
/// Words that begin a clause.
const JOINTS: [&str; 8] = ["maar", "en", "want", "dus", "but", "and", "so", "omdat"];
/// The most words of a name that signs a mail off without a closing.
const NAME: usize = 4;

/// Words that call off without a no, also in the languages next door.
const CALLS_OFF: [&str; 28] = [
    "stop",
    "stoppen",
    "annuleer",
    "annuleren",
    "cancel",
    "cancelen",
    "weiger",
    "weigeren",
    "decline",
    "reject",
    "refuse",
    "nein",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "jamais",
    "refusé",
    "vals",
    "nep",
    "phishing",
    "wacht",
    "wachten",
    "vergissing",
    "overleggen",
    "waarvoor",
    "pas",
    "eerst",
];

/// Whether the word calls something off.
pub(in crate::domain::request) fn calls_off(word: &str) -> bool {
    CALLS_OFF.contains(&word.to_lowercase().as_str())
}

/// Whether the word denies.
pub(in crate::domain::request) fn denies(word: &str) -> bool {
    let word = word.to_lowercase().replace('’', "'");
    DENIALS.contains(&word.as_str()) || word.ends_with("n't")
}

/// The line that takes the yes above it back. Above the closing every denial does that isn't plainly about something
/// else; below it, where footers stand, only one in the writer's own person or one that orders.
pub(in crate::domain::request) fn taken_back_by(below: &str, is_closed: bool) -> Option<&str> {
    let end = if is_closed { 0 } else { signature_at(below) };
    let mut at = 0;
    let mut lines: Vec<(&str, bool)> = Vec::new();
    for line in below.split_inclusive('\n') {
        // A closing may stand amid a line.
        let cut = end.saturating_sub(at).min(line.len());
        lines.push((&line[..cut], false));
        lines.push((&line[cut..], true));
        at += line.len();
    }
    let mut words: Vec<Word<'_>> = Vec::new();
    for is_signature in [false, true] {
        let mut above = "";
        for (line, signs) in lines.iter().filter(|(_, signs)| *signs == is_signature) {
            words.extend(words_of(line, above, *signs));
            above = line;
        }
    }
    let mut clauses = words.chunk_by(|_, next| !next.begins);
    let clause = clauses.find(|clause| is_denial(clause))?;
    let denial = clause
        .iter()
        .find(|word| denies(&word.lower) || calls_off(&word.lower))?;
    Some(denial.line)
}

/// A word of a text.
struct Word<'t> {
    lower: String,
    line: &'t str,
    /// A clause begins with it.
    begins: bool,
    /// It stands below the closing.
    signs: bool,
}

/// The words of a line. It goes on with the clause of the line above where that was wrapped.
fn words_of<'t>(line: &'t str, above: &str, signs: bool) -> Vec<Word<'t>> {
    let shown = line.trim();
    let goes_on = shown.starts_with(char::is_lowercase) && !is_unwrapped(above);
    let mut begins = !goes_on;
    let mut words = Vec::new();
    for chunk in shown.split_inclusive(|c: char| c.is_whitespace() || ",;:.!?()/".contains(c)) {
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase().replace('’', "'");
        begins |= JOINTS.contains(&lower.as_str());
        if !lower.is_empty() {
            words.push(Word {
                lower,
                line: shown,
                begins,
                signs,
            });
            begins = false;
        }
        begins |= chunk.ends_with([',', ';', ':', '.', '!', '?', '(', ')']);
    }
    // `KvK no. 123`
    let numbers: Vec<usize> = (1..words.len())
        .filter(|at| words[*at].lower.starts_with(|c: char| c.is_ascii_digit()))
        .filter(|at| words[at - 1].lower == "no")
        .collect();
    for at in numbers {
        "nr".clone_into(&mut words[at - 1].lower);
    }
    words
}

/// Whether the clause takes a yes back.
fn is_denial(clause: &[Word<'_>]) -> bool {
    let has = |list: &[&str]| {
        clause
            .iter()
            .any(|word| list.contains(&word.lower.as_str()))
    };
    let denials = || {
        let all = clause.iter().enumerate();
        all.filter(|(_, word)| denies(&word.lower) || calls_off(&word.lower))
            .map(|(at, _)| at)
    };
    let beside = |reach: usize, list: &[&str]| {
        denials().any(|at| {
            let near = &clause[at.saturating_sub(reach)..clause.len().min(at + reach + 1)];
            near.iter().any(|word| list.contains(&word.lower.as_str()))
        })
    };
    let Some(first) = clause.first().filter(|_| denials().next().is_some()) else {
        return false;
    };
    let is_else = clause
        .iter()
        .any(|word| ELSE.iter().any(|head| word.lower.starts_with(head)));
    let is_of_asking = has(&OF_ASKING) || beside(1, &ORDERS) || beside(2, &BESIDE);
    let denies_it = is_of_asking || !is_else;
    if !first.signs {
        return denies_it;
    }
    let is_nay = matches!(first.lower.as_str(), "nee" | "neen" | "stop" | "nein");
    let orders = (beside(1, &ORDERS) || has(&["akkoord"])) && !has(&TO_READERS);
    (has(&FIRST_PERSON) && denies_it) || is_nay || orders
}

/// Where the mail is signed off: at its closing, or at a name that stands alone.
fn signature_at(below: &str) -> usize {
    let end = without_closing(below).len();
    let mut at = 0;
    for line in below.split_inclusive('\n') {
        if at >= end || is_name(line.trim()) {
            return at.min(end);
        }
        at += line.len();
    }
    end
}

/// `Daan de Visser`
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_part = |word: &&str| {
        let is_letter = |c: char| c.is_alphabetic() || ".-'’".contains(c);
        let begins = word.starts_with(char::is_uppercase) || PARTICLES.contains(word);
        begins && word.chars().all(is_letter) && !denies(word.trim_matches('.'))
    };
    (1..=NAME).contains(&words.len()) && words.iter().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_and_what_cannot_be_done_take_nothing_back() {
        for below in [
            "",
            "\nMet vriendelijke groet,\n\nDaan Visser\nDirecteur\n\nDit bericht is vertrouwelijk. Indien u niet de bedoelde ontvanger bent, verzoeken wij u dit bericht te verwijderen en niets te doen met de inhoud.",
            "\nmvg Daan\n\nAan dit bericht kunnen geen rechten worden ontleend.",
            "\nRegards,\nDaan\n\nIf you are not the intended recipient, please don't read it and notify us.",
            "Daan Visser\nOp woensdag ben ik niet aanwezig",
            "\nDaan Visser\nOp vrijdag werk ik niet.",
            "\nGroet,\nDaan\n\nPrint deze e-mail niet onnodig",
            "Print deze e-mail niet onnodig",
            "Aan dit bericht kunnen geen rechten worden ontleend.",
            "\nDaan Visser\nKvK no. 1234567",
            "\nKvK no. 1234567",
            "\nGroet,\nDaan\n\nZonder onze toestemming is het niet toegestaan dit bericht te verspreiden.",
            "\nGroet,\nDaan\n\nHeeft u deze mail niet aangevraagd? Laat het ons weten.",
            "\nIk was even niet bereikbaar, vandaar de late reactie.",
            "\nJoost kan nog steeds niet inloggen, dus graag resetten.",
            "\nSorry, ik had de mail niet eerder gezien.",
            "\nMocht het niet lukken, bel me dan.",
            "\nGeen probleem!",
        ] {
            assert_eq!(taken_back_by(below, false), None, "{below}");
        }
        assert_eq!(taken_back_by("Directeur\nGeen spoed", true), None);
    }

    #[test]
    fn a_denial_of_asking_takes_a_yes_back_wherever_it_stands() {
        for below in [
            "maar ik heb dit niet aangevraagd",
            "is wat er stond, maar ik heb niks gevraagd, doe het dus niet!",
            "NEE, NIET DOEN",
            "Niet doen.",
            "\nDit was ik niet.",
            "Dit was ik niet, ik was niet bereikbaar",
            "Ik weet hier niets van.",
            "Joost werkt hier niet meer.",
            "Zijn telefoon is niet kwijt.",
            "Ik was niet bereikbaar maar heb dit niet aangevraagd.",
            "De telefoon van Joost niet resetten!",
            "I didn't ask for this.",
            "ik kan niet inloggen\ndit was ik niet",
            "Dit is niet voor mij bestemd.",
            "\nGroet,\nDaan\n\nPS: dit heb ik niet aangevraagd",
            "Groet\nDaan\nNEE, NIET DOEN",
            "\nDaan Visser\n\nNiet uitvoeren!",
            "\nBedankt\nIk wil dit niet",
            "\nKlopt\nniet mee akkoord",
            "Stop!",
            "Annuleer dit.",
            "\nGraag nog even wachten, ik bel met Tom.",
            "\nGraag pas morgen uitvoeren.",
            "\nDit was een vergissing.",
            "\nWaarvoor is dit?",
            "\nBel mij eerst even.",
            "Das habe ich nicht beantragt.",
            "\nGroet,\nDaan\n\nStop, dit is vals",
            "Mvg, Daan. Ik heb dit nooit gevraagd.",
        ] {
            let line = taken_back_by(below, false);
            assert!(line.is_some_and(|line| !line.is_empty()), "{below}");
        }
        assert!(taken_back_by("ik heb dit niet aangevraagd", true).is_some());
        let wrapped = "maar wat hierboven staat is wat er in uw mail stond, en zelf\nheb ik dit niet aangevraagd";
        assert_eq!(taken_back_by(wrapped, false), wrapped.lines().last());
    }
}
