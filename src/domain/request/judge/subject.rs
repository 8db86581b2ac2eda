//! How the subject of a mail begins that answers another one.

/// What programs put before the subject of a mail that they send on.
const FORWARDS: [&str; 11] = [
    "fw", "fwd", "wg", "tr", "doorst", "i", "vs", "rv", "enc", "vb", "pd",
];

/// What programs and people put before the subject of an answer, where it has more letters than a mark.
const ANSWERS: [&str; 16] = [
    "antwoord",
    "beantwoord",
    "reactie",
    "automatisch antwoord",
    "automatic reply",
    "response",
    "antwort",
    "réponse",
    "reponse",
    "respuesta",
    "risposta",
    "resposta",
    "odpowiedź",
    "odpoveď",
    "odpověď",
    "vastaus",
];

/// Whether a short word and a colon stand before the subject (`Re:`, `Antw:`, `SV:`) that don't say that it's
/// a mail sent on.
pub(super) fn begins_as_answer(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    let Some((head, _)) = subject.split_once([':', '：']) else {
        return false;
    };
    let word = head.split('[').next().unwrap_or_default().trim();
    let is_mark = !word.is_empty() && word.chars().all(char::is_alphabetic);
    let is_short = is_mark && word.chars().count() <= 6;
    (is_short && !FORWARDS.contains(&word)) || ANSWERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_begins_as_an_answers_or_not() {
        for subject in [
            "Re: 2FA",
            "RE: Fwd: 2FA",
            "Antw: x",
            "AW: x",
            "SV: x",
            "Re[2]: x",
            "回复：x",
            "Antwoord: vraag",
            "Réponse : x",
        ] {
            assert!(begins_as_answer(subject), "{subject}");
        }
        for subject in [
            "2FA-reset",
            "Fwd: Re: 2FA",
            "FW: x",
            "Doorst: x",
            "2FA voor Jan: graag",
            "",
        ] {
            assert!(!begins_as_answer(subject), "{subject}");
        }
    }
}
