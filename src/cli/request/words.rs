//! The words of a request's mail: the first lines always, marked by what proves them.

use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone};
use crate::desk::request::RequestCard;
use crate::domain::request::evidence::{Attachment, Reading};

/// How many lines are shown where nobody asks for all.
const FIRST_LINES: usize = 8;
/// How long each of them may be, in characters.
const LINE: usize = 300;

/// Shows the words, and says what isn't shown.
pub(in crate::cli) fn show(page: &mut Page, card: &RequestCard, all: bool) {
    page.gap();
    let Some(reading) = &card.reading else {
        page.line(Tone::Warn, &said!("The mail's text isn't kept."));
        return;
    };
    if card.text_proven {
        page.line(
            Tone::Good,
            &said!("The requester's words, as they were signed:"),
        );
    } else {
        page.line(
            Tone::Warn,
            &said!("Words that aren't proven to be the requester's:"),
        );
    }
    if let Some(why) = reading.no_text {
        page.line(
            Tone::Warn,
            &said!("(No text: {why}.)", why = told(why.sentence())),
        );
    }
    let is_all = quote(page, &reading.text, &card.marks, all);
    if !reading.complete {
        page.line(
            Tone::Warn,
            &said!("The mail has more text than is kept: read it with --eml."),
        );
    } else if !is_all {
        page.line(
            Tone::Faint,
            &said!("There is more text: -v shows all of it."),
        );
    }
    if reading.html_differs {
        page.line(
            Tone::Warn,
            &said!("The HTML part doesn't say what the text part says."),
        );
    }
    attachments(page, reading);
}

/// Quotes the first lines, with those words marked; whether they are all.
pub(super) fn quote(page: &mut Page, text: &str, marks: &[String], all: bool) -> bool {
    let (shown, is_all) = first_lines(text, all);
    if !shown.is_empty() {
        page.quote(&shown, |word| {
            let word = word.trim_matches(['.', '-', '@']).to_lowercase();
            marks.contains(&word)
        });
    }
    is_all
}

/// The first lines, and whether they are all.
fn first_lines(text: &str, all: bool) -> (String, bool) {
    let text = text.trim();
    if all {
        return (text.to_owned(), true);
    }
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().take(FIRST_LINES);
    let shown: Vec<String> = first
        .map(|line| line.chars().take(LINE).collect())
        .collect();
    let is_cut = lines
        .iter()
        .take(FIRST_LINES)
        .any(|line| line.chars().count() > LINE);
    (shown.join("\n"), lines.len() <= FIRST_LINES && !is_cut)
}

fn attachments(page: &mut Page, reading: &Reading) {
    if reading.attachments.is_empty() {
        return;
    }
    let one = |attachment: &Attachment| {
        let name = attachment.name.clone();
        let name = name.unwrap_or_else(|| said!("without a name"));
        said!(
            "{name} ({media_type}, {bytes} bytes)",
            name = name,
            media_type = attachment.media_type,
            bytes = attachment.bytes
        )
    };
    let mut all: Vec<String> = reading
        .attachments
        .iter()
        .take(FIRST_LINES)
        .map(one)
        .collect();
    let more = reading.attachments.len() - all.len() + reading.more_attachments;
    if more > 0 {
        all.push(said!("and {more} more", more = more));
    }
    page.line(
        Tone::Plain,
        &said!("Attached: {files}", files = all.join("; ")),
    );
}
