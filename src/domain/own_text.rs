//! What a mail's writer wrote: the text above whatever it quotes, forwards or answers.

/// Words that begin the header block of a quoted mail.
const QUOTED_FROM: [&str; 2] = ["van:", "from:"];
const FORWARDED: [&str; 2] = ["begin doorgestuurd bericht", "begin forwarded message"];
/// How many lines may follow the first one of an attribution (`Op … schreef …:`).
const WRAPPED: usize = 2;

/// The mail's own words, trimmed, and what stands below them.
#[must_use]
pub fn split(text: &str) -> (&str, &str) {
    let lines: Vec<(usize, &str)> = lines_with_offsets(text);
    let cut = (0..lines.len()).find(|at| begins_quote(&lines[*at..]));
    let end = cut.map_or(text.len(), |at| lines[at].0);
    let (own, below) = text.split_at(end);
    (own.trim_matches(is_blank), below)
}

/// White space that can be told from nothing.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn lines_with_offsets(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim_matches(is_blank)));
        at += line.len();
    }
    lines
}

/// Whether what isn't the writer's begins with the first of these lines.
fn begins_quote(lines: &[(usize, &str)]) -> bool {
    let Some((_, first)) = lines.first() else {
        return false;
    };
    let bare = first.trim_start_matches(['*', '_']).to_lowercase();
    first.starts_with('>')
        || first.starts_with("-----")
        || first.starts_with("_____")
        || QUOTED_FROM
            .iter()
            .any(|word| without_stars(&bare).starts_with(word))
        || FORWARDED.iter().any(|words| bare.starts_with(words))
        || is_header_block(lines)
        || is_attribution(lines)
}

fn without_stars(line: &str) -> String {
    line.replace('*', "")
}

/// Three lines in a row of the shape `Word: …`.
fn is_header_block(lines: &[(usize, &str)]) -> bool {
    lines.len() >= 3 && lines[..3].iter().all(|(_, line)| has_label(line))
}

fn has_label(line: &str) -> bool {
    let line = without_stars(line);
    let Some((word, rest)) = line.split_once(':') else {
        return false;
    };
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '-');
    is_word && (rest.is_empty() || rest.starts_with(is_blank))
}

/// `Op 30 nov. 2026 om 10:00 schreef Jan <j@x.nl>:`, in Dutch or English, also wrapped.
fn is_attribution(lines: &[(usize, &str)]) -> bool {
    let first = lines[0].1.to_lowercase();
    if !(first.starts_with("op ") || first.starts_with("on ")) {
        return false;
    }
    let mut joined = String::new();
    for (_, line) in lines.iter().take(1 + WRAPPED) {
        joined.push_str(&line.to_lowercase());
        joined.push(' ');
        let says = ["schreef", "geschreven", "wrote"];
        let whole = joined.trim_end();
        if whole.ends_with(':') && says.iter().any(|word| whole.contains(word)) {
            return true;
        }
    }
    false
}

/// Words that close a mail.
const CLOSINGS: [&str; 7] = [
    "groet",
    "groeten",
    "groetjes",
    "mvg",
    "m.v.g",
    "regards",
    "hoogachtend",
];
/// Lines that close a mail begin like this.
const SIGNED_OFF: [&str; 3] = ["verstuurd vanaf", "verzonden vanaf", "sent from"];

/// The mail's own words up to where it's signed off: a signature names people for whom nobody asks.
#[must_use]
pub fn without_closing(own: &str) -> &str {
    let mut at = 0;
    for line in own.split_inclusive('\n') {
        let lower = line.trim_matches(is_blank).to_lowercase();
        if lower == "--" || SIGNED_OFF.iter().any(|words| lower.starts_with(words)) {
            return &own[..at];
        }
        let mut within = at;
        for word in line.split_inclusive(|c: char| is_blank(c) || c == ',') {
            let bare = word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            if CLOSINGS.contains(&bare.as_str()) {
                return &own[..within];
            }
            within += word.len();
        }
        at += line.len();
    }
    own
}

/// The lines of the mail's own words that say something.
pub fn lines(own: &str) -> impl Iterator<Item = &str> {
    own.lines()
        .map(|line| line.trim_matches(is_blank))
        .filter(|line| !line.is_empty())
}

/// The address of the topmost quoted `Van:` or `From:`.
#[must_use]
pub fn quoted_sender(below: &str) -> Option<String> {
    let from = below.lines().find_map(|line| {
        let line = without_stars(line.trim_matches(is_blank).trim_start_matches(['>', ' ']));
        let lower = line.to_lowercase();
        let word = QUOTED_FROM.iter().find(|word| lower.starts_with(**word))?;
        line.get(word.len()..).map(str::to_owned)
    })?;
    let words = from.split(|c: char| is_blank(c) || "<>()[]\",;".contains(c));
    let mut addresses = words
        .map(|word| word.strip_prefix("mailto:").unwrap_or(word))
        .filter(|word| word.contains('@'));
    let first = addresses.next()?.to_lowercase();
    addresses
        .all(|other| other.to_lowercase() == first)
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_words_end_where_another_mail_begins() {
        for quote in [
            "> Wil je dat?",
            "-----Oorspronkelijk bericht-----",
            "________________________________",
            "Van: Jan Jansen <j.jansen@school.nl>",
            "*Van:* Jan Jansen",
            "**From:** Jan",
            "Begin doorgestuurd bericht:",
            "Begin forwarded message:",
            "Onderwerp: 2FA\nVan: Jan\nDatum: vandaag",
            "Datum: vandaag\nAan: desk\nOnderwerp: 2FA",
            "Op ma 30 nov 2026 om 10:00 schreef Jan Jansen <j.jansen@school.nl>:",
            "Op 30 nov. 2026, om 10:00 heeft Jan Jansen\n<j.jansen@school.nl> het volgende\ngeschreven:",
            "On Mon, 30 Nov 2026 at 10:00, Jan Jansen <\nj.jansen@school.nl> wrote:",
        ] {
            let text = format!("\n Graag de 2FA van Jan.\n\n{quote}\nJA 7KQM-3X9D\n");
            assert_eq!(split(&text).0, "Graag de 2FA van Jan.", "{quote}");
        }
        for text in [
            "Op verzoek van Jan: graag resetten.\nGroet: Daan",
            "Naam: Jan\nhij is zijn telefoon kwijt",
            "On hold since Monday.\nPlease reset.",
            "Vanaf morgen: graag resetten",
            "-- \nDaan",
        ] {
            assert_eq!(split(text).0, text, "{text}");
        }
        assert_eq!(split("> alles").0, "");
        assert_eq!(split("").0, "");
    }

    #[test]
    fn the_quoted_sender_is_one_address_or_none() {
        let sender = |text: &str| quoted_sender(text);
        let jan = Some("j.jansen@school.nl".to_owned());
        assert_eq!(
            sender("-----\nVan: Jan <J.Jansen@school.nl>\nVan: x@y.nl"),
            jan
        );
        assert_eq!(
            sender("*From:* j.jansen@school.nl<mailto:j.jansen@school.nl>"),
            jan
        );
        assert_eq!(sender("Van: \"x@y.nl\" <j.jansen@school.nl>"), None);
        assert_eq!(sender("Van: Jan Jansen"), None);
    }
}
