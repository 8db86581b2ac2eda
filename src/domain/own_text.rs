//! What a mail's writer wrote: the text above whatever it quotes, forwards or answers.

use super::attribution::{Paragraph, paragraphs, says_who_wrote, stands_above_a_quote};
use super::header_block::{has_label, is_header_block, without_stars};
use super::mail_lines::is_dash;
use super::unseen::is_unseen;

/// Words that begin the header block of a quoted mail.
const QUOTED_FROM: [&str; 2] = ["van:", "from:"];
const FORWARDED: [&str; 2] = ["begin doorgestuurd bericht", "begin forwarded message"];
/// With what programs begin a quoted line, and what people make of it.
const QUOTES: [char; 12] = ['>', '＞', '›', '»', '≫', '❯', '⟩', '|', '│', '┃', '¦', '▌'];
/// The most letters of a name before such a sign: `JJ> Wil je dat?`
const INITIALS: usize = 4;
/// How many lines of a header block are looked at.
const BLOCK: usize = 12;

/// How what isn't the writer's begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// With a quoted line, or the one that says whose words follow.
    Answer,
    /// With a line of dashes or the header of another mail.
    Header,
    /// With words that say that it's sent on; the header may be quoted.
    Forward,
}

/// A mail's text, parted where its writer's own words end.
#[derive(Clone, Copy, Debug)]
pub struct OwnText<'t> {
    /// The mail's own words, trimmed.
    pub own: &'t str,
    /// What stands below them.
    pub below: &'t str,
    mark: Option<Mark>,
}

/// Parts the mail's own words from what stands below them.
#[must_use]
pub fn split(text: &str) -> OwnText<'_> {
    let (end, mark) = cut(text).map_or((text.len(), None), |(at, mark)| (at, Some(mark)));
    let (own, below) = text.split_at(end);
    OwnText {
        own: own.trim(),
        below,
        mark,
    }
}

/// Where the own words end, and by what.
fn cut(text: &str) -> Option<(usize, Mark)> {
    let lines = lines_with_offsets(text);
    let mut above: Option<Paragraph> = None;
    for paragraph in paragraphs(&lines) {
        let said_by = paragraph.attribution(&lines);
        let mut within = paragraph.start..paragraph.end;
        let mark = within.find_map(|at| Some((at, mark_at(&lines[at..paragraph.end])?)));
        if let Some((at, Mark::Answer)) = mark.filter(|(at, _)| said_by.is_none_or(|by| at < &by)) {
            let here = (at > paragraph.start).then_some(Paragraph {
                end: at,
                ..paragraph
            });
            let above = here.or(above);
            let above = above.filter(|above| stands_above_a_quote(above, &lines));
            let from = above.map_or(at, |above| above.own_lines_end(&lines));
            return Some((lines[from].0, Mark::Answer));
        }
        match (said_by, mark) {
            (Some(by), Some((at, _))) if by <= at => return Some((lines[by].0, Mark::Answer)),
            (_, Some((at, mark))) => return Some((lines[at].0, mark)),
            (Some(by), None) => return Some((lines[by].0, Mark::Answer)),
            (None, None) => above = Some(paragraph),
        }
    }
    None
}

/// Each line, trimmed, and where it begins. Only what a program ends a line with counts: a name may hold
/// other breaks.
fn lines_with_offsets(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim()));
        at += line.len();
    }
    lines
}

/// What begins with the first of these lines, which are one paragraph's. A line that is broken by other
/// means than a line end is looked at in its pieces, too.
fn mark_at(lines: &[(usize, &str)]) -> Option<Mark> {
    let (_, first) = lines.first()?;
    let odd = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let pieces = first.split(odd).map(str::trim);
    let mut marks = pieces.filter_map(mark_of);
    marks
        .next()
        .or_else(|| is_header_block(lines).then_some(Mark::Header))
}

fn mark_of(line: &str) -> Option<Mark> {
    // What nobody sees hides no quote.
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    let behind_initials = line.trim_start_matches(|c: char| c.is_alphabetic());
    let initials = line.len() - behind_initials.len();
    if line.starts_with(QUOTES) || (initials <= INITIALS && behind_initials.starts_with('>')) {
        return Some(Mark::Answer);
    }
    let bare = line.trim_start_matches(['*', '_']).to_lowercase();
    if FORWARDED.iter().any(|words| bare.starts_with(words)) {
        return Some(Mark::Forward);
    }
    let label = without_stars(&bare).replace('：', ":").replace(" :", ":");
    if QUOTED_FROM.iter().any(|word| label.starts_with(word)) {
        return Some(Mark::Header);
    }
    let dashes = line.chars().take_while(|c| is_dash(*c)).count();
    let says_who = line.contains('@')
        || says_who_wrote(line)
        || line.chars().filter(char::is_ascii_digit).count() >= 4;
    let is_framed = line.chars().rev().take_while(|c| is_dash(*c)).count() >= 2;
    match dashes {
        5.. if !says_who => Some(Mark::Header),
        5.. => Some(Mark::Answer),
        2.. if dashes < line.chars().count() && (says_who || is_framed) => Some(Mark::Answer),
        _ => None,
    }
}

/// The lines of the mail's own words that say something.
pub fn lines(own: &str) -> impl Iterator<Item = &str> {
    own.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The address in the `Van:` or `From:` of the header at which the own words end: who wrote the mail that
/// is sent on. What is quoted below an answer's mark are a stranger's words, whatever stands in them.
#[must_use]
pub fn forwarded_sender(text: &OwnText<'_>) -> Option<String> {
    let mark = text.mark.filter(|mark| *mark != Mark::Answer)?;
    let below = text.below.lines().map(str::trim);
    let is_mark = |line: &&str| line.is_empty() || (mark_of(line).is_some() && !has_label(line));
    let mut header = below
        .map(|line| match mark {
            Mark::Forward => line.trim_start_matches(['>', ' ']),
            _ => line,
        })
        .skip_while(is_mark)
        .take_while(|line| !line.is_empty() && !line.starts_with('>'))
        .take(BLOCK)
        .map(without_stars)
        .peekable();
    if !header.peek().is_some_and(|line| has_label(line)) {
        return None;
    }
    let from = header.find_map(|line| {
        let lower = line.to_lowercase();
        let word = QUOTED_FROM.iter().find(|word| lower.starts_with(**word))?;
        line.get(word.len()..).map(str::to_owned)
    })?;
    // Whoever writes behind the address may be somebody else than it says.
    let behind = from.rfind('@').and_then(|at| from.get(at..))?;
    let behind = behind.split_once(|c: char| c.is_whitespace() || ">)]\",;".contains(c));
    if behind.is_some_and(|(_, rest)| rest.contains(char::is_alphanumeric)) {
        return None;
    }
    let words = from.split(|c: char| c.is_whitespace() || "<>()[]\",;".contains(c));
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
            "Naam: Jan\nReden: kwijt\nDatum: vandaag",
            "Op ma 30 nov 2026 om 10:00 schreef Jan Jansen <j.jansen@school.nl>:",
            "Op 30 nov. 2026, om 10:00 heeft Jan Jansen\n<j.jansen@school.nl> het volgende\ngeschreven:",
            "On Mon, 30 Nov 2026 at 10:00, Jan Jansen <\nj.jansen@school.nl> wrote:",
        ] {
            let text = format!("\n Graag de 2FA van Jan.\n\n{quote}\nJA 7KQM-3X9D\n");
            assert_eq!(split(&text).own, "Graag de 2FA van Jan.", "{quote}");
        }
        for text in [
            "Op verzoek van Jan: graag resetten.\nGroet: Daan",
            "Naam: Jan\nhij is zijn telefoon kwijt",
            "Naam: Jan\nFunctie: leerkracht\nReden: telefoon kwijt\nSchool: De Linde",
            "On hold since Monday.\nPlease reset.",
            "Vanaf morgen: graag resetten",
            "-- \nDaan",
        ] {
            assert_eq!(split(text).own, text, "{text}");
        }
        assert_eq!(split("> alles").own, "");
        assert_eq!(split("").own, "");
    }

    /// Every program words it otherwise, and the stranger chose the name.
    #[test]
    fn whatever_says_whose_words_follow_is_no_own_word() {
        let long = "Mehmet Jacobs die graag een reset van zijn tweefactor wil\nomdat zijn telefoon kwijt is ".repeat(4);
        let wrapped = format!("Op ma 30 nov 2026 om 07:30 schreef {long}\n<j@evil.example>:");
        for attribution in [
            wrapped.as_str(),
            "---- Op ma, 30 nov 2026 07:30:00 +0100 Mehmet Jacobs (2FA) <j@evil.example> schreef ----",
            "---- Op ma, 30 nov 2026 07:30:00 +0100 Mehmet Jacobs (2FA)\n<j@evil.example> schreef ----",
            "Mehmet Jacobs (2FA reset) <j@evil.example> schreef op ma 30 nov 2026 om 07:30:",
            "Mehmet Jacobs 2FA reset\nOp school <j@evil.example> schreef op ma 30 nov 2026 om\n07:30:",
            "Am Mo., 30. Nov. 2026 um 07:30 Uhr schrieb Mehmet Jacobs 2FA <j@evil.example>:",
            "Le lun. 30 nov. 2026 à 07:30, Mehmet Jacobs 2FA <j@evil.example> a écrit :",
            "Citeren Mehmet Jacobs 2FA reset <j@evil.example>:",
            "30.11.2026 07:30, Mehmet Jacobs 2FA пишет:",
            "Mehmet Jacobs 2FA schreef:",
            "-- Mehmet Jacobs 2FA <j@evil.example>",
            "—— Mehmet Jacobs 2FA ——",
            "De : Mehmet\nEnvoyé : lundi\nÀ : Daan",
        ] {
            for below in ["\n> Hoi\n", "\n\n> Hoi\n", "\nHoi\n", "\n\nHoi\n"] {
                let text = format!("Prima!\n\n{attribution}{below}");
                assert_eq!(split(&text).own, "Prima!", "{text}");
            }
        }
        for attribution in [
            "Mehmet Jacobs 2FA:",
            "Mehmet 2FA, j@evil.example",
            "Mehmet 2FA\nreset --",
        ] {
            for gap in ["\n", "\n\n"] {
                let text = format!("Prima!\n\n{attribution}{gap}> Hoi\n");
                assert_eq!(split(&text).own, "Prima!", "{text}");
            }
        }
        for odd in ['\r', '\u{2028}', '\u{85}'] {
            assert_eq!(
                split(&format!("Prima!{odd}{odd}> Mehmet 2FA")).own,
                "",
                "{odd:?}"
            );
            let name =
                format!("Op 30 nov 2026 10:00 schreef Mehmet 2FA{odd}{odd}x <j@evil.example>:");
            assert_eq!(
                split(&format!("Prima!\n\n{name}\n> Hoi")).own,
                "Prima!",
                "{odd:?}"
            );
        }
    }

    #[test]
    fn what_stands_above_an_attribution_stays() {
        for (text, own) in [
            (
                "JA 7KQM-3X9D\nOp 30 nov 2026 om 10:00 schreef Desk <u@desk.nl>:\n> code",
                "JA 7KQM-3X9D",
            ),
            ("Graag j.jansen.\n\n> Hoi", "Graag j.jansen."),
            (
                "Aan: u@desk.nl<mailto:u@desk.nl>\nGraag de 2FA van:\nJan",
                "Aan: u@desk.nl<mailto:u@desk.nl>\nGraag de 2FA van:\nJan",
            ),
            (
                "Aan: <u@desk.nl>\nGraag de 2FA van:\nJan",
                "Aan: <u@desk.nl>\nGraag de 2FA van:\nJan",
            ),
            (
                "Graag de 2FA van Jan <j.jansen@school.nl>.",
                "Graag de 2FA van Jan <j.jansen@school.nl>.",
            ),
            (
                "Graag de 2FA van:\n- Jan\n- Piet -- dank",
                "Graag de 2FA van:\n- Jan\n- Piet -- dank",
            ),
        ] {
            assert_eq!(split(text).own, own, "{text}");
        }
    }

    #[test]
    fn the_forwarded_sender_is_one_address_or_none() {
        let sender = |text: &str| forwarded_sender(&split(text));
        let jan = Some("j.jansen@school.nl".to_owned());
        for text in [
            "-----\nVan: Jan <J.Jansen@school.nl>\nVan: x@y.nl",
            "*From:* j.jansen@school.nl<mailto:j.jansen@school.nl>",
            "Zie onder.\n\nBegin doorgestuurd bericht:\n\n> Van: Jan <j.jansen@school.nl>\n> Aan: Daan",
            "-------- Doorgestuurd bericht --------\nOnderwerp: x\nDatum: x\nVan: Jan <j.jansen@school.nl>",
            "Onderwerp: x\nDatum: x\nVan: Jan <j.jansen@school.nl>\n\nVan: x@y.nl",
        ] {
            assert_eq!(sender(text), jan, "{text}");
        }
        for text in [
            "Van: \"x@y.nl\" <j.jansen@school.nl>",
            "Van: Jan Jansen",
            "Op 30 nov 2026 om 10:00 schreef X <x@evil.example>:\n> Van: Jan <j.jansen@school.nl>",
            "Op 30 nov 2026 om 10:00 schreef X <x@evil.example>:\n\nVan: Jan <j.jansen@school.nl>",
            "> Van: Jan <j.jansen@school.nl>",
            "-----\n> Van: Jan <j.jansen@school.nl>",
            "-----\nHoi!\nVan: Jan <j.jansen@school.nl>",
            "----- Op 30 nov 2026 10:00 schreef X: -----\nVan: Jan <j.jansen@school.nl>",
            "Onderwerp: x\nDatum: x\nAan: x\n\nVan: Jan <j.jansen@school.nl>",
        ] {
            assert_eq!(sender(text), None, "{text}");
        }
    }

    proptest::proptest! {
        /// Whatever name a stranger gives himself, however a program wraps it, and whatever it says around it.
        #[test]
        fn no_name_in_an_attribution_is_an_own_word(
            name in "[A-Za-z0-9 .,()'\"-]{1,200}",
            width in 20_usize..90,
            form in 0_usize..5,
            gap in 1_usize..3,
        ) {
            let who = format!("{name} <x@evil.example>");
            let line = [
                format!("Op ma 30 nov 2026 om 07:30 schreef {who}:"),
                format!("{who} schreef op ma 30 nov 2026 om 07:30:"),
                format!("---- Op ma 30 nov 2026 {who} schreef ----"),
                format!("Am Mo., 30. Nov. 2026 um 07:30 Uhr schrieb {who}:"),
                format!("Quoting {who}:"),
            ][form].clone();
            let mut wrapped = String::new();
            let mut column = 0;
            for word in line.split_whitespace() {
                let length = word.chars().count();
                if column > 0 && column + 1 + length > width {
                    wrapped.push('\n');
                    column = 0;
                } else if column > 0 {
                    wrapped.push(' ');
                    column += 1;
                }
                wrapped.push_str(word);
                column += length;
            }
            let text = format!("Prima, akkoord.\n\n{wrapped}{}> Hoi Daan\n", "\n".repeat(gap));
            proptest::prop_assert_eq!(split(&text).own, "Prima, akkoord.");
        }
    }
}
