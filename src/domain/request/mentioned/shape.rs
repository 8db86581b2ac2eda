//! The shape of a request. A mail that speaks of somebody's second factor may tell, thank, warn or announce just as well:
//! it asks where a sentence of it asks for a deed, says what somebody can't do or has lost, or is as short as a telegram.

use crate::domain::request::words::asking::{Asking, asking, needs};
use crate::domain::request::words::plain_words::PlainWords;
use crate::domain::request::words::sentences::{sentences, sentences_over_lines};
use crate::domain::request::words::taken_back;

use super::sentence_words::{is_verb, listed};
use super::shape_words::{
    ABOUT, ASKS, CONDITIONS, CONSENTS, DONE, DONE_FOR, FOR, LATER, MAY, MORE_VERBS, NO_VERBS,
    OCCASIONS, ORDERS, POLITE, QUESTIONS, SOON, TELLS, THANKS, TOLD, UNABLE,
};

/// With what a telegram ends where it says how something came out.
const NAYS: &str = "nee neen no nein afgewezen geweigerd hold gedaan klaar done";

/// Whether one of the sentences has the shape of a request, or the subject has, whose text tells nothing else.
pub(super) fn is_request(own: &str, subject: Option<&str>) -> bool {
    let plain = PlainWords::of(own);
    let whole: Vec<Sentence<'_>> = sentences_over_lines(own)
        .into_iter()
        .map(|range| Sentence::of(&own[range]))
        .collect();
    let is_over = whole.iter().any(Sentence::is_over);
    if whole
        .iter()
        .any(|sentence| sentence.asks() || sentence.consents())
    {
        return true;
    }
    if is_over {
        return false;
    }
    let lines = || {
        sentences(own)
            .into_iter()
            .map(|range| Sentence::of(&own[range]))
    };
    let is_of_something_else = plain.has_any(OCCASIONS);
    whole.iter().any(Sentence::needs)
        || (!is_of_something_else && lines().any(|line| line.is_telegram()))
        || subject.map(Sentence::of).is_some_and(|subject| {
            !is_of_something_else && (subject.asks() || subject.needs() || subject.is_telegram())
        })
}

/// A sentence, and its words.
struct Sentence<'t> {
    text: &'t str,
    plain: PlainWords,
}

impl<'t> Sentence<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text: text.trim(),
            plain: PlainWords::of(text),
        }
    }

    fn first(&self) -> &str {
        self.plain.each().next().unwrap_or_default()
    }

    fn is_question(&self) -> bool {
        self.text.trim_end_matches(['"', '\'', ')']).ends_with('?')
    }

    fn is_negated(&self) -> bool {
        let mut words = self.plain.each();
        words.any(|word| taken_back::denies(word) || listed(UNABLE, word))
    }

    /// Whether it says what would be so.
    fn is_condition(&self) -> bool {
        let is_polite = || POLITE.iter().any(|words| self.plain.starts_with(words));
        listed(CONDITIONS, self.first()) && !is_polite()
    }

    /// Whether it says that what was asked for is done, or was needless.
    fn is_over(&self) -> bool {
        self.plain.has_any(DONE) && !self.is_negated() && !self.is_question()
    }

    /// Whether it thanks somebody for what they did.
    fn thanks(&self) -> bool {
        self.plain.has_any(THANKS) && self.plain.has_any(FOR)
    }

    /// Whether it asks for a deed, in so many words.
    fn asks(&self) -> bool {
        if self.is_condition() || self.plain.has_any(LATER) {
            return false;
        }
        let head = Self::of(self.up_to_what_is_told());
        let asks = || head.plain.has_any(ASKS) && !head.says_that_it_is_liked();
        (asks() || head.orders() || head.asks_whether_it_may_be())
            && (asking(head.text) > Asking::Nothing || head.has_deed())
    }

    /// `Reset j.jansen`. `Herstel van Joost` is something that he does.
    fn orders(&self) -> bool {
        let second = self.plain.each().nth(1).unwrap_or_default();
        listed(ORDERS, self.first()) && !listed("van na of", second)
    }

    /// `Kan Joost een reset krijgen?`, `Joost moet gereset worden.`
    fn asks_whether_it_may_be(&self) -> bool {
        let may = self.plain.each().any(|word| listed(MAY, word));
        let asks = self.is_question() && listed(MAY, self.first());
        let by_itself = self.plain.has("zelf") && !self.is_negated();
        may && (self.plain.has_any(DONE_FOR) || asks)
            && !by_itself
            && !listed(QUESTIONS, self.first())
    }

    /// Whether it names what the desk does, without a word of signing in.
    fn has_deed(&self) -> bool {
        self.plain.begins_any(&[
            "help", "geholpen", "oppakken", "koppel", "activer", "verhelp", "oploss",
        ]) || self.plain.has_any(DONE_FOR)
    }

    /// `Akkoord.`, `Kun je helpen?`
    fn consents(&self) -> bool {
        self.plain.has_any(CONSENTS)
            && !self.is_negated()
            && !self.is_condition()
            && !self.thanks()
            && !self.plain.has_any(OCCASIONS)
    }

    /// `Joost geeft graag uitleg`: what somebody likes to do.
    fn says_that_it_is_liked(&self) -> bool {
        let words: Vec<&str> = self.plain.each().collect();
        let others = || ASKS.iter().filter(|words| **words != "graag");
        let only = self.plain.has("graag") && !others().any(|words| self.plain.has(words));
        only && words.windows(2).any(|pair| {
            pair[1] == "graag"
                && pair[0].len() > 3
                && pair[0].ends_with('t')
                && !listed("wilt reset", pair[0])
        })
    }

    /// The sentence up to what somebody wants to be told of.
    fn up_to_what_is_told(&self) -> &'t str {
        let mut tells = false;
        let mut at = 0;
        for chunk in self.text.split_inclusive(char::is_whitespace) {
            let word = chunk
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            if tells && listed(ABOUT, &word) {
                return &self.text[..at];
            }
            tells |= listed(TELLS, &word);
            at += chunk.len();
        }
        self.text
    }

    /// Whether it says what somebody can't do, has lost or has to have.
    fn needs(&self) -> bool {
        let asks_otherwise = self.is_question() && listed(QUESTIONS, self.first());
        needs(self.text)
            && !asks_otherwise
            && !self.is_condition()
            && !self.thanks()
            && !self.plain.has_any(LATER)
            && !self.plain.has_any(SOON)
            && !self.plain.has_any(OCCASIONS)
    }

    /// Whether something is told: a name isn't, and stands there with a capital.
    fn has_verb(&self) -> bool {
        let words = self.text.split(|c: char| !c.is_alphanumeric());
        let mut words = words.filter(|word| !word.is_empty()).enumerate();
        words.any(|(at, word)| {
            let mut letters = word.chars();
            let is_name =
                letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
            let lower = word.to_lowercase();
            let may_be_one = is_name && (at > 0 || lower == "wil");
            !may_be_one && is_finite(&lower)
        })
    }

    /// Whether it's the request alone, without a verb: `2FA reset j.devries`
    fn is_telegram(&self) -> bool {
        let has_verb = self.has_verb();
        let is_told = self.plain.each().any(|word| listed(TOLD, word));
        let is_doubt = self.is_question() && !self.plain.begins_any(&["reset"]);
        asking(self.text) == Asking::Clearly
            && !has_verb
            && !is_told
            && !self.ends_with_a_no()
            && !is_doubt
            && !self.thanks()
            && !self.plain.has_any(OCCASIONS)
            && !self.plain.has_any(LATER)
            && !self.plain.has_any(SOON)
    }
}

impl Sentence<'_> {
    /// `2FA reset j.jansen: nee`
    fn ends_with_a_no(&self) -> bool {
        let last = self.plain.each().last().unwrap_or_default();
        listed(NAYS, last)
    }
}

/// Whether the word is what somebody does or did. A name in small letters may end like one.
fn is_finite(word: &str) -> bool {
    let ends = |ends: &[&str], least: usize| {
        word.len() > least && ends.iter().any(|end| word.ends_with(end))
    };
    let is_participle = word.starts_with("ge") || listed(NO_VERBS, word);
    is_verb(word)
        || listed(MORE_VERBS, word)
        || (!is_participle
            && (ends(&["eert", "eren"], 6)
                || ends(&["gt", "kt", "lt", "pt", "ft"], 3)
                || ends(&["lde", "rde", "gde", "dde", "kte", "pte", "fte"], 5)))
}
