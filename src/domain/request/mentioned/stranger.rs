//! Somebody in a sentence who bears a name that nobody who is looked for has.

use super::sentence_words::{
    is_article, is_called_so, is_opener, is_verb, leads_to_a_place, listed,
};
use super::unnamed::is_role;
use crate::domain::request::words::asking::{Asking, asking};
use crate::domain::request::words::tokens::{TITLES, Word};

/// What isn't somebody's name in small letters, either.
const NO_NAMES: &str = "komende week maand jaar keer twee drie vier vijf tien alle personen accounts onderstaand \
    bovenstaande genoemde personeel toegang oude school scholen ander andere niet meer groep";
/// The fewest letters of such a name.
const LEAST: usize = 3;
/// How far behind a name its surname may stand.
const PARTICLES: usize = 4;

/// Besides what begins sentences, what stands with a capital right before a name.
const HEADS: &str = "verzoek aanvraag vraag sinds docent leraar lerares directeur gebruiker gebruikersnaam medewerker medewerkster iber \
    invaller stagiair stagiaire administrateur secretaresse intern ook vandaag hallo hoi dag beste geachte lieve welke welk \
    mag geef laat help herstel herinnering akkoord fwd fw re onderwerp aanvrager persoon werknemer personeelslid telefoon \
    mobiel account adjunct teamleider vakleerkracht onderwijsassistent vervanger vervangster spoed urgent nee ja oh \
    zowel naast behalve tenzij hoewel terwijl nadat voordat totdat doordat opdat zodat evenals alsook noch hetzij wederom \
    nogmaals opnieuw hopelijk krijgt nodig gewenst toestel smartphone wachtwoord app school locatie groep klas betrokkene \
    desbetreffende bovengenoemde genoemde alleen uitsluitend slechts hetzelfde dezelfde idem zelfs momenteel mede";

/// Somebody who isn't looked for, as far as one can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stranger {
    #[default]
    None,
    /// A word that may be a first name.
    Half,
    /// A first name and a surname.
    Whole,
}

/// Whether words that nobody who is looked for has could be somebody's name.
pub(super) fn stranger_in(words: &[Word], is_taken: &[bool]) -> Stranger {
    let at_least = |at: usize| {
        if is_in_small_letters(words, is_taken, at) {
            return Stranger::Whole;
        }
        let word = &words[at];
        let before = at.checked_sub(1).map(|before| words[before].key.as_str());
        let is_name = word.is_capital
            && !is_taken[at]
            && !is_called_so(&word.key)
            && !TITLES.contains(&word.key.as_str())
            && !before.is_some_and(is_article);
        let is_titled = before.is_some_and(|before| TITLES.contains(&before));
        let is_head = at == 0 || words[at - 1].is_stop();
        if !is_name || (is_head && is_opener(&word.key)) {
            return Stranger::None;
        }
        if is_titled || surname_follows(words, is_taken, at) {
            return Stranger::Whole;
        }
        let acts = words.get(at + 1).is_some_and(|next| is_verb(&next.key));
        let is_half = word.key.chars().count() > 1
            && if is_head {
                acts
            } else {
                !before.is_some_and(leads_to_a_place)
            };
        if is_half {
            Stranger::Half
        } else {
            Stranger::None
        }
    };
    (0..words.len()).map(at_least).max().unwrap_or_default()
}

/// Whether a word with a capital may be somebody's name.
pub(super) fn may_be_name(key: &str) -> bool {
    !is_opener(key) && !is_called_so(key) && !is_verb(key) && !listed(HEADS, key)
}

/// `reset voor henk zwart, …`
fn is_in_small_letters(words: &[Word], is_taken: &[bool], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at].key.as_str());
    let is_led_to = matches!(before(1), "van" | "voor") && asking(before(2)) == Asking::Clearly;
    let is_plain = |at: usize| {
        let key = words[at].key.as_str();
        let is_known = !may_be_name(key) || listed(NO_NAMES, key) || is_role(key);
        let is_long = key.chars().count() >= LEAST && key.chars().all(char::is_alphabetic);
        is_long && !is_known && !is_taken[at] && asking(key) == Asking::Nothing
    };
    is_led_to
        && words.len() > at + 1
        && !words[at].breaks()
        && is_plain(at)
        && is_plain(at + 1)
        && (words[at + 1].breaks() || at + 2 == words.len() || is_verb(&words[at + 2].key))
}

fn surname_follows(words: &[Word], is_taken: &[bool], at: usize) -> bool {
    if words[at].breaks() && !words[at].is_initials() {
        return false;
    }
    let behind = (at + 1)..words.len().min(at + 1 + PARTICLES);
    let mut behind = behind.take_while(|at| !words[*at].is_stop());
    let next = behind.find(|at| !words[*at].is_particle() && !words[*at].is_initials());
    next.is_some_and(|at| words[at].is_capital && !is_taken[at] && !is_called_so(&words[at].key))
}
