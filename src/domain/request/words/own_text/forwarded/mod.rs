//! Who wrote a mail that is sent on, by the header above it. A stranger chooses his name and his subject, and programs wrap
//! both: a line of that header may be his.

use super::{Mark, ODD_ENDS, OwnText, mark_of};
use crate::domain::request::words::header_block::{field, has_label, without_stars};

/// How many lines of a header are looked at: one with more has no sender.
const BLOCK: usize = 40;
/// Who wrote it.
const FROM: [&str; 2] = ["van", "from"];
const TO: [&str; 2] = ["aan", "to"];
const COPY: [&str; 2] = ["cc", "kopie"];

/// A field of the header, with the lines that it goes on in.
struct Field {
    label: String,
    value: String,
}

/// The one address in the only `Van:` or `From:` of the header at which the own words end; none where anything in that
/// header may be somebody else's name. What is quoted below an answer's mark are a stranger's words, whatever stands in
/// them.
#[must_use]
pub fn forwarded_sender(text: &OwnText<'_>) -> Option<String> {
    let mark = text.mark.filter(|mark| *mark != Mark::Answer)?;
    let fields = header(text.below, mark)?;
    let is_twice = |(at, field): (usize, &Field)| {
        let mut others = fields[..at].iter();
        others.any(|other| other.label == field.label)
    };
    let at = |labels: &[&str]| {
        let mut labelled = fields.iter();
        labelled.position(|field| labels.contains(&field.label.as_str()))
    };
    let is_copied_first = at(&COPY).is_some_and(|copy| at(&TO).is_none_or(|to| to > copy));
    if fields.iter().enumerate().any(is_twice) || is_copied_first {
        return None;
    }
    let mut from = fields
        .iter()
        .filter(|field| FROM.contains(&field.label.as_str()));
    let (Some(sender), None) = (from.next(), from.next()) else {
        return None;
    };
    let address = only_address(&sender.value)?;
    // Where a name was wrapped before `Datum:`, the address of whoever bears it stands there.
    let domain = address.rsplit('@').next()?;
    let is_at_home = |other: String| other.rsplit('@').next() == Some(domain);
    fields
        .iter()
        .flat_map(|field| addresses(&field.value))
        .all(is_at_home)
        .then_some(address)
}

/// The header below the mark, unfolded; none where it doesn't begin there, or holds line ends that no program writes.
fn header(below: &str, mark: Mark) -> Option<Vec<Field>> {
    let lines = below.lines().map(str::trim).map(|line| match mark {
        Mark::Forward => line.trim_start_matches(['>', ' ']),
        _ => line,
    });
    let is_mark = |line: &&str| line.is_empty() || (mark_of(line).is_some() && !has_label(line));
    let mut lines = lines.skip_while(is_mark);
    let block = lines
        .by_ref()
        .take_while(|line| !line.is_empty() && !line.starts_with('>'));
    let block: Vec<&str> = block.take(BLOCK).collect();
    // The address behind a name that holds an empty line.
    let is_torn = lines.next().is_some_and(|line| line.starts_with('<'));
    if is_torn || block.len() == BLOCK || block.iter().any(|line| line.contains(ODD_ENDS)) {
        return None;
    }
    let mut fields: Vec<Field> = Vec::new();
    for line in block {
        let line = without_stars(line);
        if let Some((label, value)) = field(&line) {
            fields.push(Field { label, value });
        } else {
            let last = fields.last_mut()?;
            last.value.push(' ');
            last.value.push_str(&line);
        }
    }
    Some(fields)
}

/// The one address in a field, with nothing behind it: whoever writes there may be somebody else than it says.
fn only_address(value: &str) -> Option<String> {
    // Programs put an address in brackets of its own, or alone. Beside other words it's part of a name that somebody
    // chose: `Van: Mehmet (j.jansen@school.nl)`.
    let is_bracketed = value.contains('<') || value.contains("[mailto:");
    if !is_bracketed && value.trim().contains(char::is_whitespace) {
        return None;
    }
    let behind = value.rfind('@').and_then(|at| value.get(at..))?;
    let behind = behind.split_once(|c: char| c.is_whitespace() || ">)]\",;".contains(c));
    if behind.is_some_and(|(_, rest)| rest.contains(char::is_alphanumeric)) {
        return None;
    }
    let mut all = addresses(value);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

fn addresses(value: &str) -> impl Iterator<Item = String> {
    value
        .split(|c: char| c.is_whitespace() || "<>()[]\",;'".contains(c))
        .map(|word| word.strip_prefix("mailto:").unwrap_or(word))
        .filter(|word| word.contains('@'))
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests;
