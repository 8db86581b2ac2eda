//! What a mail says to a person: its text, read once for each way in which a signature that can prove the
//! sender has hashed it.

use mail_auth::dkim::Canonicalization;

use super::canonical::Bodies;
use super::gate::Gated;
use super::kept;
use super::lines::in_lines;
use super::text;
use super::text::Frame;
use crate::domain::directory::alignment::is_aligned;
use crate::domain::request::evidence::{Evidence, NoText, Outcome, Reading, Signature};

/// How much of a malformed mail's body is shown as it stands, in bytes.
const AS_IT_STANDS: usize = 4_000;
/// In how many ways a mail is read, and how many readings that differ are kept.
const MOST_WAYS: usize = 4;
const MOST_READINGS: usize = 2;

/// Reads the text once for each way in which it was hashed by a signature that holds and is aligned with
/// the sender; the others can't prove it. Without any, as a relaxed signature would hash it.
pub(super) fn read(
    gated: &Gated<'_>,
    bodies: &mut Bodies<'_>,
    forms: &[Canonicalization],
    evidence: &mut Evidence,
) {
    let domain = evidence.from_domain().map(str::to_owned);
    let mut known: Vec<((Canonicalization, Frame), usize)> = Vec::new();
    let readings = &mut evidence.readings;
    for (signature, form) in evidence.signatures.iter_mut().zip(forms) {
        let aligned = domain.as_deref();
        let aligned = aligned.is_some_and(|from| is_aligned(&signature.domain, from));
        let holds = matches!(signature.outcome, Outcome::Holds | Outcome::Unreachable);
        if !aligned || !holds || signature.partial_body {
            continue;
        }
        let way = (*form, frame(gated, Some(signature)));
        let seen = known.iter().find(|(seen, _)| *seen == way);
        signature.reading = if let Some((_, index)) = seen {
            Some(*index)
        } else if known.len() < MOST_WAYS {
            let reading = text::read(bodies.take(way.0), &way.1);
            let index = index_of(reading, readings);
            known.extend(index.map(|index| (way, index)));
            index
        } else {
            None
        };
        if signature.reading.is_none() {
            let fault = "the mail can be read in more ways than are considered";
            signature.strict_faults.push(fault.into());
        }
    }
    if readings.is_empty() {
        let body = bodies.take(Canonicalization::Relaxed);
        readings.push(text::read(body, &frame(gated, None)));
    }
}

/// Where this reading is among those that are kept; nowhere when there are too many.
fn index_of(reading: Reading, readings: &mut Vec<Reading>) -> Option<usize> {
    let same = readings.iter().position(|known| *known == reading);
    if same.is_none() && readings.len() < MOST_READINGS {
        readings.push(reading);
        return Some(readings.len() - 1);
    }
    same
}

fn frame(gated: &Gated<'_>, signature: Option<&Signature>) -> Frame {
    let covers = |name: &str| signature.is_none_or(|signature| signature.covers(name));
    Frame {
        content_type: gated.one("content-type"),
        type_signed: covers("content-type"),
        encoding: gated.one("content-transfer-encoding"),
        encoding_signed: covers("content-transfer-encoding"),
    }
}

/// The start of a malformed mail's body, not taken apart.
pub(super) fn as_it_stands(gated: &Gated<'_>) -> Reading {
    let shown = &gated.body[..gated.body.len().min(AS_IT_STANDS)];
    let text = in_lines(&String::from_utf8_lossy(shown));
    let kept = kept::start_of(&text, AS_IT_STANDS, 2 * AS_IT_STANDS);
    Reading {
        complete: shown.len() == gated.body.len() && kept.len() == text.len(),
        text: kept.to_owned(),
        no_text: Some(NoText::NotRead),
        faults: vec!["the mail is malformed".into()],
        ..Reading::default()
    }
}
