//! Proven mails that speak of a reset and don't ask for one: they forbid it, put it off, thank for it, doubt it, or take
//! it back in a place where nobody looks. Whatever looks like one of these goes to the challenge.

use crate::domain::request::words::greeting::{is_assent, without_greetings};
use crate::domain::request::words::plain_words::PlainWords;
use crate::domain::request::words::sentences::sentences_over_lines;
use crate::domain::request::words::tokens::PARTICLES;

use crate::domain::request::words::taken_back::{self, taken_back_by};

use super::own_words::{HANDS_OVER, denies, forbids};
use super::sentence_words::is_verb;

/// What a mail's own words say where they ask for something else, or for nothing.
const SPEAKS_AGAINST: &[&str] = &[
    // It's forbidden, or to be left alone.
    "stop de reset",
    "stop deze reset",
    "stop met",
    "geen beding",
    "geen toestemming",
    "zonder mijn toestemming",
    "zonder toestemming",
    "zonder mijn akkoord",
    "nooit zonder",
    "ongemoeid",
    "met rust",
    "mag geen",
    "mogen geen",
    "geen code geven",
    "geen codes geven",
    "never reset",
    "do not touch",
    "don t touch",
    "should not",
    "must not",
    "niet aanraken",
    "afblijven",
    "blijf af",
    // It's undone, blocked, or the holder is gone.
    "terugdraaien",
    "teruggedraaid",
    "terug te draaien",
    "reset ongedaan",
    "maak de reset",
    "uit dienst",
    "werkt hier niet meer",
    "werkt niet meer bij ons",
    "intrekken",
    "ingetrokken",
    "revoke",
    "blokkeren",
    "blokkeer",
    "afsluiten",
    // It's somebody else's, or a mistake.
    "gehackt",
    "hacked",
    "is vals",
    "valse mail",
    "voordeed als",
    "voordoet als",
    "voordoen als",
    "doet zich voor",
    "deed zich voor",
    "uitgeeft voor",
    "negeer",
    "negeren",
    "vergissing",
    "niet uit mijn koker",
    "handtekening niet",
    "ignore",
    // It's refused, or put off.
    "decline",
    "reject",
    "refuse",
    "weiger",
    "weigeren",
    "weiger ik",
    "te weigeren",
    "af te wijzen",
    "afwijzen",
    "wijs ik af",
    "verzoek afgewezen",
    "aanvraag afgewezen",
    "tegenhouden",
    "tegen te houden",
    "cancelen",
    "graag nog geen",
    "nog even geen",
    "on hold",
    "of nee",
    "laat maar",
    "update al opgelost",
    "nee ze heeft",
    "nee hij heeft",
    "juist niet",
    "wacht nog",
    "wacht even",
    "morgen pas",
    "pas morgen",
    "pas als",
    "lijkt me niet nodig",
    "lijkt mij niet nodig",
    "niet mee eens",
    "nooit gevraagd",
    "is gelukt",
    "of moet ik dat doen",
    "vertrouw het niet",
    "doorverbinden",
    "phisher",
    "trap er niet in",
    "nog bedankt voor",
    "in de wacht",
    "doesn t need",
    "does not need",
    "doesn t want",
    "does not want",
    "geen moeite",
    "nicht resetten",
    "nicht zurücksetzen",
    "ne pas",
    // It's on a condition.
    "zodra ik bel",
    "zodra ik u bel",
    "zodra ik je bel",
    "zodra ik gebeld",
    "zodra ik u gebeld",
    "zodra ik u heb gebeld",
    "zodra ik akkoord",
    "nadat ik",
    "als ik bel",
    "als ik u bel",
    "als ik gebeld",
    "als ik u gebeld",
    "als ik je gebeld",
    "als ik jullie gebeld",
    "once i",
    "after i",
    "when i call",
    "unless i",
    "tenzij ik",
    "pas nadat",
    "pas wanneer",
    "pas na",
    "bel mij eerst",
    "bel me eerst",
    "eerst mij bellen",
    "eerst bellen",
    "eerst even bellen",
    "wacht met",
    "call me first",
    "only after",
    "only if",
    // It's complained of.
    "niet de bedoeling",
    // It's asked about.
    "kennen jullie",
    "kent u",
    "is dat juist",
    "weet jij hier",
    "weten jullie hier",
    // It's an example, a test or a mandate.
    "voorbeeldmail",
    "voorbeeldtekst",
    "is een test",
    "test van de procedure",
    "juiste tekst",
    "moet ik dan mailen",
    "mag ik dat zo",
    "zoiets zou ik",
    "namens mij resets",
    "mag namens mij",
    "mogen namens mij",
    "niets te doen",
    // It's about something else than signing in at the desk's systems.
    "alarmcode",
    "kopieermachine",
    "kopieerapparaat",
    "ouderportaal",
];
/// How a question begins that asks what is or was so.
const ASKS_ABOUT: &[&str] = &[
    "wie is",
    "wie heeft",
    "wie zijn",
    "waarom",
    "wat is",
    "wat moet",
    "klopt",
    "is dit",
    "is dat",
    "weet",
    "weten",
    "kennen",
    "who is",
    "why",
    "has the",
    "was the",
];
/// With what somebody doubts where to mail, and nothing else.
const HEDGES: &[&str] = &[
    "ik weet niet of dit de",
    "ik weet niet of dit het",
    "ik weet niet of ik hier",
    "ik weet niet of ik bij u",
    "ik weet niet of ik bij jullie",
    "ik weet niet of ik u",
];
/// With what somebody takes a request back below where the mail is closed, or below what it quotes. There stand the
/// sentences of lawyers as well: no word of theirs is among these.
const AFTERWARDS: &[&str] = &[
    "toch niet",
    "niet doen",
    "niet uitvoeren",
    "niet resetten",
    "niet gereset worden",
    "trek mijn verzoek",
    "trek het verzoek",
    "trek ik mijn verzoek",
    "trek mijn aanvraag",
    "verzoek intrekken",
    "niet van mij",
    "niet door mij",
    "heb ik niet gevraagd",
    "hoeft niet meer",
    "hoeft toch niet",
    "niet meer nodig",
    "was een vergissing",
    "laat maar zitten",
    "do not reset",
    "don t reset",
];

/// Whole subjects that hold a no, and say no to nothing: that there is none, that there's no hurry, or what somebody lacks.
const DENY_NOTHING: &[&str] = &[
    "geen onderwerp",
    "no subject",
    "niet dringend",
    "niet urgent",
    "geen spoed",
    "geen haast",
    "geen code",
    "geen codes",
    "geen inlog meer",
    "geen telefoon meer",
    "geen authenticator",
    "geen authenticator meer",
    "geen verbinding",
    "telefoon kwijt geen code",
    "inloggen niet mogelijk",
    "inloggen lukt niet",
    "niet ingelogd",
];

/// Whether the own words (up to where they are closed) or the subject say something else than a request.
pub(super) fn speaks_against(own: &str, subject: Option<&str>) -> bool {
    let whole = PlainWords::of(own);
    let is_handed_over = whole.has_any(&HANDS_OVER);
    let is_about = |sentence: &str| {
        let plain = PlainWords::of(sentence);
        !is_handed_over
            && sentence.trim_end().ends_with('?')
            && ASKS_ABOUT.iter().any(|words| plain.starts_with(words))
    };
    let mut sentences = sentences_over_lines(own).into_iter();
    whole.has_any(SPEAKS_AGAINST)
        || (whole.has("ik weet niet of") && !whole.has_any(HEDGES))
        || sentences.any(|range| is_about(own[range].trim()))
        || is_password_alone(own)
        || subject.is_some_and(|subject| {
            let plain = PlainWords::of(subject);
            let denies_nothing = DENY_NOTHING
                .iter()
                .any(|whole| plain.each().eq(whole.split(' ')));
            let speaks_against = forbids(subject) || plain.has_any(SPEAKS_AGAINST);
            let denies_it =
                denies(subject) && taken_back_by(&without_lack(subject), false).is_some();
            !denies_nothing && (speaks_against || denies_it)
        })
}

/// Whether it's for a password, and nothing else is said of signing in.
fn is_password_alone(own: &str) -> bool {
    let plain = PlainWords::of(own);
    let second = [
        "2fa",
        "mfa",
        "twee",
        "authenticator",
        "two",
        "telefoon",
        "toestel",
        "code",
        "app",
    ];
    plain.begins_any(&["wachtwoord", "password"]) && !plain.begins_any(&second)
}

/// The subject without what somebody lacks: `Joost Jansen geen code`.
fn without_lack(subject: &str) -> String {
    let lower = subject.to_lowercase();
    let lacks = ["geen code", "geen codes", "geen mfa", "geen 2fa", "no code"];
    lacks
        .iter()
        .fold(lower, |left, lack| left.replace(lack, " "))
}

/// Whether something is taken back below the closing, or between the lines that are quoted.
pub(super) fn takes_back_below(words: &str) -> bool {
    PlainWords::of(words).has_any(AFTERWARDS) || words.lines().any(is_second_thought)
}

/// `PS. Doe maar niet.`, `P.S. Annuleer dit maar.`
fn is_second_thought(line: &str) -> bool {
    let plain = PlainWords::of(line);
    let begins = ["ps", "p s", "nb", "n b"]
        .iter()
        .any(|head| plain.starts_with(head));
    let calls_off = |word: &str| taken_back::denies(word) || taken_back::calls_off(word);
    begins && !denies_lack(line) && plain.each().any(calls_off)
}

/// Whether what is denied is what somebody can't do or hasn't got.
fn denies_lack(line: &str) -> bool {
    !PlainWords::of(line).each().any(taken_back::calls_off) && taken_back_by(line, false).is_none()
}

/// Whether words below a subject that asks go with it: none, or such as ask or tell something. `Fijn weekend allemaal`
/// doesn't.
pub(super) fn goes_with_subject(own: &str) -> bool {
    let plain = PlainWords::of(own);
    let is_question = own.trim_end().ends_with('?');
    plain.each().next().is_none()
        || plain.has_any(&HANDS_OVER)
        || plain.has_any(&[
            "zie",
            "see",
            "dank",
            "bedankt",
            "thanks",
            "onderwerp",
            "spoed",
            "betreft",
            "hierbij",
        ])
        || plain
            .each()
            .any(|word| word.chars().any(|c| c.is_ascii_digit()))
        || (!is_question && plain.each().any(is_verb))
        || own.contains(['@', ':'])
        || is_names(own)
        || is_username(own)
}

/// `j.jansen`
fn is_username(own: &str) -> bool {
    let own = own.trim();
    let is_part = |c: char| c.is_alphanumeric() || "._-".contains(c);
    own.trim_end_matches('.').contains(['.', '_']) && own.chars().all(is_part)
}

/// `Karin de Jong`
fn is_names(own: &str) -> bool {
    let own = without_greetings(own);
    let words = own.split(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty());
    let is_part = |word: &str| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
    let first = words.clone().next().unwrap_or_default().to_lowercase();
    words.clone().count() > 1 && !is_assent(&first) && words.all(is_part)
}
