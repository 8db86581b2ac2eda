//! The lines above a quoted mail that say whose it is: `Van:`, `Verzonden:` and so on, in whatever language a program
//! speaks.

use std::borrow::Cow;

use super::mail_lines::{is_of_another_script, names_the_desk};

/// What the lines of a form begin with, and no header field of a mail does in any language.
const OF_FORMS: [&str; 48] = [
    "email",
    "e-mail",
    "mail",
    "klas",
    "telefoon",
    "mobiel",
    "toestel",
    "systeem",
    "applicatie",
    "geboortedatum",
    "personeelsnummer",
    "brinnummer",
    "regio",
    "betreft",
    "naam",
    "voornaam",
    "achternaam",
    "medewerker",
    "leerkracht",
    "collega",
    "gebruiker",
    "gebruikersnaam",
    "username",
    "account",
    "school",
    "schoolnaam",
    "bestuur",
    "locatie",
    "plaats",
    "brin",
    "functie",
    "groep",
    "reden",
    "probleem",
    "verzoek",
    "vraag",
    "toelichting",
    "opmerking",
    "werkadres",
    "e-mailadres",
    "mailadres",
    "telefoonnummer",
    "aanvrager",
    "leidinggevende",
    "contactpersoon",
    "melder",
    "name",
    "reason",
];
/// Who wrote it, in the languages around here.
const WROTE: [&str; 30] = [
    "de",
    "von",
    "da",
    "od",
    "fra",
    "från",
    "kimden",
    "gönderen",
    "lähettäjä",
    "expéditeur",
    "mittente",
    "absender",
    "remitente",
    "от",
    "от кого",
    "发件人",
    "寄件者",
    "差出人",
    "fan",
    "de la",
    "từ",
    "feladó",
    "odesílatel",
    "odosielateľ",
    "pošiljatelj",
    "saatja",
    "siuntėjas",
    "nuo",
    "sūtītājs",
    "frá",
];
/// What else is beside it, and what has more words than one.
const BESIDE: [&str; 66] = [
    "verzonden",
    "aan",
    "datum",
    "onderwerp",
    "cc",
    "sent",
    "to",
    "date",
    "subject",
    "gesendet",
    "an",
    "betreff",
    "envoyé",
    "envoyé le",
    "à",
    "objet",
    "date d'envoi",
    "enviado",
    "enviado el",
    "enviado em",
    "fecha",
    "para",
    "asunto",
    "assunto",
    "inviato",
    "inviato il",
    "data",
    "a",
    "oggetto",
    "wysłano",
    "do",
    "temat",
    "sendt",
    "til",
    "emne",
    "skickat",
    "till",
    "ämne",
    "gönderilme tarihi",
    "tarih",
    "kime",
    "konu",
    "lähetetty",
    "vastaanottaja",
    "aihe",
    "отправлено",
    "кому",
    "тема",
    "主题",
    "ferstjoerd",
    "ûnderwerp",
    "trimis",
    "către",
    "subiect",
    "đã gửi",
    "tới",
    "đến",
    "chủ đề",
    "ngày",
    "küldve",
    "címzett",
    "tárgy",
    "odesláno",
    "komu",
    "předmět",
    "predmet",
];
/// What may stand once in a form all the same.
const IN_FORMS: [&str; 4] = ["datum", "date", "onderwerp", "subject"];
/// How far below the one the other may stand, in lines.
const NEAR: usize = 3;

/// The line without what makes words bold.
pub(super) fn without_stars(line: &str) -> Cow<'_, str> {
    if line.contains('*') {
        line.replace('*', "").into()
    } else {
        line.into()
    }
}

/// Three lines in a row of the shape `Word: …`, unless they are the lines of a form that somebody filled in; or two that
/// every program writes.
pub(super) fn is_header_block(lines: &[(usize, &str)]) -> bool {
    let label_at = |at: usize| lines.get(at).and_then(|(_, line)| label_of(line));
    let is_one =
        |list: &[&str], at: usize| label_at(at).is_some_and(|label| list.contains(&label.as_str()));
    // The first name may be wrapped over any number of lines, and nobody here writes to a desk in another script.
    if label_at(0).is_some_and(|label| label.chars().any(is_of_another_script)) {
        return true;
    }
    if is_one(&WROTE, 0) && (1..=NEAR).any(|at| is_one(&BESIDE, at)) {
        return true;
    }
    let labels = lines.iter().take(3).map_while(|(_, line)| label_of(line));
    let labels: Vec<String> = labels.collect();
    let is_of_form = |(label, (_, line)): &(&String, &(usize, &str))| {
        OF_FORMS.contains(&label.as_str()) || names_the_desk(line)
    };
    let mut others = labels.iter().zip(lines).filter(|both| !is_of_form(both));
    let is_form = match (others.next(), others.next()) {
        (None, _) => true,
        (Some((label, _)), None) => IN_FORMS.contains(&label.as_str()),
        _ => false,
    };
    labels.len() == 3 && !is_form
}

/// Whether the line is of the shape `Word: …`.
pub(in crate::domain::request) fn has_label(line: &str) -> bool {
    label_of(line).is_some()
}

/// The word before the colon of `Word: …`, in small letters, or the words that a program writes there.
fn label_of(line: &str) -> Option<String> {
    Some(field(&without_stars(line))?.0)
}

/// The same, and what follows the colon.
pub(in crate::domain) fn field(line: &str) -> Option<(String, String)> {
    // Each of the two is looked for by itself: that's many times quicker than both at once.
    let at = [line.find(':'), line.find('：')]
        .into_iter()
        .flatten()
        .min()?;
    let (word, rest) = line.split_at(at);
    // In French a blank comes before the colon; behind a wide one there's none.
    let word = word.trim_end().to_lowercase();
    let is_wide = rest.starts_with('：');
    let rest = rest.trim_start_matches([':', '：']);
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '-');
    // Programs that speak another script have labels of several words.
    let is_word = is_word || (word.chars().any(is_of_another_script) && !word.contains('@'));
    let is_known = WROTE.contains(&word.as_str()) || BESIDE.contains(&word.as_str());
    let ends = is_wide || rest.is_empty() || rest.starts_with(char::is_whitespace);
    ((is_word || is_known) && ends).then(|| (word, rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_block(text: &str) -> bool {
        let lines: Vec<(usize, &str)> = text.lines().map(|line| (0, line)).collect();
        is_header_block(&lines)
    }

    #[test]
    fn a_header_is_known_in_every_language_and_a_form_is_none() {
        for block in [
            "De: Mehmet 2FA\nEnviado el: lunes, 30 de noviembre\nPara: Daan\nAsunto: Re",
            "Enviado el: lunes\nPara: Daan\nAsunto: 2FA",
            "De : Mehmet\nDate d'envoi : lundi",
            "Von: Mehmet\nGesendet: Montag",
            "发件人：Mehmet\n主题：2FA",
            "*Von:* Mehmet\n*Betreff:* 2FA",
            "Onderwerp：2FA\nDatum：vandaag\nAan：Daan",
            "Datum: vandaag\nAan: desk\nOnderwerp: 2FA",
        ] {
            assert!(is_block(block), "{block}");
        }
        for form in [
            "Naam: Jan\nFunctie: leerkracht\nReden: telefoon kwijt",
            "Aan: u@desk.nl\nNaam: Jan\nReden: telefoon kwijt",
            "Betreft: Jan\nE-mail: j@x.nl\nMobiel: kwijt",
            "De collega heet: Jan\nDatum: vandaag",
            "Datum: vandaag\nNaam: Jan\nReden: telefoon kwijt",
        ] {
            assert!(!is_block(form), "{form}");
        }
    }
}
