//! What a mail says to a person, read from a body as it was hashed, and whether that follows from signed
//! bytes alone. The parser never sees a mail within the mail: it recurses on those.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::bounds;
use super::calendar;
use super::encoding;
use super::encoding::Encoding;
use super::hidden::{hide_messages, with_hidden};
use super::html;
use super::kept::{short, start_of};
use super::lines::in_lines;
use super::long_texts;
use super::structure;
use crate::domain::request::evidence::{Attachment, NoText, Part, Reading};

/// How much of the text is kept, in characters.
const KEPT: usize = 16_000;
/// The same in bytes of JSON: what isn't letters can take six times as much.
const KEPT_BYTES: usize = 36 * 1024;
/// How much of the text and of an HTML part is looked at, in bytes.
const LOOKED_AT: usize = 512 * 1024;
/// How much of a body of one text is decoded, in bytes: more than [`LOOKED_AT`] in any encoding that says something.
const MOST_OF_TEXT: usize = 4 * LOOKED_AT;
/// How many attachments are named.
const NAMED: usize = 50;
/// The longest name of an attachment that is kept, in bytes, and the longest type.
const NAME: usize = 200;
const TYPE: usize = 80;
/// Parts and their nesting.
const MAX_PARTS: usize = 500;
const MAX_DEPTH: usize = 20;

/// How a mail says that its body is to be read, and which of it a signature covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// Content-Type, where the mail has one.
    pub(super) content_type: Option<String>,
    /// It's covered, or its absence is.
    pub(super) type_signed: bool,
    /// Content-Transfer-Encoding, where the mail has one.
    pub(super) encoding: Option<String>,
    /// It's covered, or its absence is.
    pub(super) encoding_signed: bool,
}

/// A part of the mail itself, and what its parent is.
struct Leaf<'m> {
    part: &'m MessagePart<'m>,
    /// Inside `multipart/digest`: a mail, where it doesn't say otherwise.
    in_digest: bool,
}

/// Reads a body in the form that was hashed. It's taken, as the parser wants a header in front of it: a
/// second one in memory would be a second mail.
pub(super) fn read(mut body: Vec<u8>, frame: &Frame) -> Reading {
    let mut faults = Vec::new();
    let header = header_for(&body, frame, &mut faults);
    if let Some(fault) = bounds::fault(&header, &body) {
        return Reading {
            no_text: Some(NoText::NotRead),
            faults: vec![fault],
            ..Reading::default()
        };
    }
    let is_multipart = header.to_ascii_lowercase().contains("multipart");
    let is_cut = if is_multipart {
        long_texts::cut(&header, &mut body)
    } else {
        cut(&mut body)
    };
    let header = format!("{header}\r\n\r\n");
    let (at, mut bytes) = (header.len(), body);
    bytes.splice(0..0, header.into_bytes());
    // The parser looks for types nowhere else.
    let hidden_to = if is_multipart { bytes.len() } else { at };
    hide_messages(&mut bytes[..hidden_to]);
    let parsed = parser().parse(&bytes);
    let Some(message) = parsed.as_ref().filter(|message| !message.parts.is_empty()) else {
        faults.push("the parser can't read it".into());
        return Reading {
            no_text: Some(NoText::NotRead),
            faults,
            ..Reading::default()
        };
    };
    let leaves = leaves(message, &mut faults);
    if !frame.type_signed {
        faults.extend(structure::part_without_type(message));
    }
    let mut reading = gathered(&leaves, faults);
    reading.complete &= !is_cut;
    let is_report_part = |part: &MessagePart<'_>| {
        let (main, sub) = type_of(part);
        is_report(&main, &sub)
    };
    if message.parts.iter().any(is_report_part) {
        reading.parts.insert(Part::Report);
    }
    reading
}

/// Cuts off what of a body of one text is never looked at: a charset may make it three times as long.
fn cut(body: &mut Vec<u8>) -> bool {
    let is_long = body.len() > MOST_OF_TEXT;
    if is_long {
        let end = memchr::memrchr(b'\n', &body[..MOST_OF_TEXT]);
        body.truncate(end.map_or(MOST_OF_TEXT, |end| end + 1));
        body.shrink_to_fit();
    }
    is_long
}

/// The header that the parser is given. What a signature doesn't cover has no part in it: where the type or
/// the encoding isn't signed, the body tells, and what is declared may only agree.
fn header_for(body: &[u8], frame: &Frame, faults: &mut Vec<String>) -> String {
    let declared = frame.content_type.as_deref().unwrap_or("text/plain");
    let content_type = if frame.type_signed {
        faults.extend(structure::two_boundaries(declared));
        declared.to_owned()
    } else {
        let (content_type, fault) = structure::of_body(declared, body);
        faults.extend(fault);
        content_type
    };
    let is_multipart = content_type.to_ascii_lowercase().starts_with("multipart/");
    let named = Encoding::of(frame.encoding.as_deref().unwrap_or_default());
    let encoding = match (named, frame.encoding_signed, is_multipart) {
        (Some(named), true, _) => named,
        (named, false, true) => {
            if named != Some(Encoding::Identity) {
                faults.push("its parts are said to be encoded as a whole (Content-Transfer-Encoding isn't signed)".into());
            }
            Encoding::Identity
        }
        (named, false, false) => {
            if !encoding::agrees(body, named) {
                faults.push("its encoding (Content-Transfer-Encoding) isn't signed, and the text could be read in two ways".into());
            }
            encoding::of_body(body)
        }
        (None, true, _) => {
            faults.push("it's encoded in an unknown way".into());
            Encoding::Identity
        }
    };
    format!(
        "Content-Type: {content_type}\r\nContent-Transfer-Encoding: {}",
        encoding.as_str()
    )
}

/// Only the fields that tell how a part is to be read are looked at: addresses and encoded words in part
/// headers cost the parser more than they are worth.
fn parser() -> MessageParser {
    use mail_parser::HeaderName as Name;
    MessageParser::new()
        .header_content_type(Name::ContentType)
        .header_content_type(Name::ContentDisposition)
        .header_id(Name::ContentId)
        .header_text(Name::ContentTransferEncoding)
}

/// The parts that aren't multiparts, in order.
fn leaves<'m>(message: &'m Message<'m>, faults: &mut Vec<String>) -> Vec<Leaf<'m>> {
    if message.parts.len() > MAX_PARTS {
        faults.push(format!("it has more than {MAX_PARTS} parts"));
    }
    let mut leaves = Vec::new();
    let mut waiting = vec![(0_u32, 0_usize, false)];
    let mut seen = 0;
    while let Some((id, depth, in_digest)) = waiting.pop() {
        seen += 1;
        let Some(part) = message.part(id).filter(|_| seen <= message.parts.len()) else {
            continue;
        };
        if depth == MAX_DEPTH + 1 {
            let fault = format!("its parts are nested deeper than {MAX_DEPTH}");
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        match &part.body {
            PartType::Multipart(children) => {
                let digest = type_of(part).1.starts_with("diges");
                let children = children.iter().rev();
                waiting.extend(children.map(|child| (*child, depth + 1, digest)));
            }
            _ => leaves.push(Leaf { part, in_digest }),
        }
    }
    leaves
}

/// A part's type and subtype, lower-case; plain text where it says nothing.
fn type_of(part: &MessagePart<'_>) -> (String, String) {
    match part.content_type() {
        Some(kind) => {
            let subtype = with_hidden(kind.subtype().unwrap_or_default());
            (
                kind.ctype().to_ascii_lowercase(),
                subtype.to_ascii_lowercase(),
            )
        }
        None => ("text".into(), "plain".into()),
    }
}

impl Leaf<'_> {
    fn kind(&self) -> (String, String) {
        if self.in_digest && self.part.content_type().is_none() {
            return ("message".into(), "rfc822".into());
        }
        type_of(self.part)
    }

    fn is_attached(&self) -> bool {
        let disposition = self.part.content_disposition();
        disposition.is_some_and(|d| d.ctype().eq_ignore_ascii_case("attachment"))
            || self.part.attachment_name().is_some()
    }

    /// Its text, without the byte order mark that some programs put before it.
    fn text(&self) -> &str {
        match &self.part.body {
            PartType::Text(text) | PartType::Html(text) => {
                text.strip_prefix('\u{feff}').unwrap_or(text)
            }
            _ => "",
        }
    }
}

fn gathered(leaves: &[Leaf<'_>], faults: Vec<String>) -> Reading {
    let mut reading = Reading {
        faults,
        ..Reading::default()
    };
    let (mut text, mut html) = (String::new(), None::<&str>);
    let (mut has_text, mut is_broken, mut kinds) = (false, false, Vec::new());
    let (mut has_words, mut is_whole) = (false, true);
    for leaf in leaves {
        let (main, sub) = leaf.kind();
        let is_own = !leaf.in_digest && !leaf.is_attached();
        match (main.as_str(), sub.as_str()) {
            ("text", "plain") if is_own => {
                has_text = true;
                has_words |= !has_no_words(leaf.text());
                is_broken |= leaf.part.is_encoding_problem;
                if !text.is_empty() {
                    text.push('\n');
                }
                let start = looked_at(leaf.text(), LOOKED_AT.saturating_sub(text.len()));
                is_whole &= start.len() == leaf.text().len();
                text.push_str(start);
            }
            ("text", "html") if is_own => html = html.or(Some(leaf.text())),
            _ => attach(&mut reading, leaf, &main, &sub),
        }
        kinds.push((main, sub));
    }
    if is_broken {
        reading
            .faults
            .push("its text can't be decoded, or it's cut off".into());
    }
    let html = html.map(|html| {
        is_whole &= has_words || html.len() <= LOOKED_AT;
        looked_at(html, LOOKED_AT)
    });
    if let (true, Some(html)) = (has_text, html) {
        reading.html_differs = html::differ(html, &text);
    }
    let html = html.filter(|_| !has_words).map(html::shown);
    if !has_words {
        reading.no_text = Some(why_no_text(
            &kinds,
            is_broken,
            html.as_deref().filter(|html| !has_no_words(html)),
        ));
        if reading.no_text == Some(NoText::HtmlOnly) {
            text = html.unwrap_or_default();
        }
    }
    let text = in_lines(&with_hidden(&text));
    let kept = start_of(&text, KEPT, KEPT_BYTES);
    reading.complete = is_whole && kept.len() == text.len();
    kept.clone_into(&mut reading.text);
    reading
}

fn has_no_words(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}

/// The start of a text, as much as is looked at.
fn looked_at(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn attach(reading: &mut Reading, leaf: &Leaf<'_>, main: &str, sub: &str) {
    let name = leaf.part.attachment_name().map(with_hidden);
    let is_named_ics = name
        .as_deref()
        .is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"));
    let is_picture = main == "image" && leaf.part.content_id().is_some();
    let is_file = (name.is_some() || main == "application") && !is_picture;
    let is_calendar = sub == "calendar" || sub == "ics" || is_named_ics;
    let kinds = [
        (main == "message", Part::Message),
        (sub.contains("ms-tnef"), Part::Tnef),
        (is_file, Part::File),
        (is_calendar, Part::Calendar),
    ];
    let found = kinds
        .into_iter()
        .filter_map(|(is, part)| is.then_some(part));
    reading.parts.extend(found);
    if is_calendar {
        calendar::methods(leaf.part, &mut reading.calendar_methods);
    }
    if reading.attachments.len() == NAMED {
        reading.more_attachments += 1;
        return;
    }
    reading.attachments.push(Attachment {
        name: name.as_deref().map(|name| short(name, NAME)),
        media_type: short(&format!("{main}/{sub}"), TYPE),
        bytes: leaf.part.contents().len() as u64,
    });
}

fn why_no_text(kinds: &[(String, String)], is_broken: bool, html: Option<&str>) -> NoText {
    let has = |main: &str, subs: &[&str]| {
        let fits = |(m, s): &(String, String)| m == main && subs.contains(&s.as_str());
        kinds.iter().any(fits)
    };
    let secret = ["pkcs7-mime", "x-pkcs7-mime", "pgp-encrypted"];
    if is_broken {
        NoText::Undecodable
    } else if html.is_some() {
        NoText::HtmlOnly
    } else if has("application", &secret) {
        NoText::Encrypted
    } else if has("application", &["ms-tnef", "vnd.ms-tnef"]) {
        NoText::Tnef
    } else if has("message", &["partial"]) {
        NoText::Partial
    } else if kinds.iter().any(|(main, _)| main == "message") {
        NoText::ForwardedAsAttachment
    } else if kinds.iter().any(|(main, _)| main != "text") {
        NoText::AttachmentOnly
    } else {
        NoText::Empty
    }
}

/// What reports programs send (RFC 6522): of a delivery that failed, of a mail that was read.
fn is_report(main: &str, sub: &str) -> bool {
    let kinds = [
        "report",
        "delivery-status",
        "disposition-notification",
        "global-delivery-status",
        "global-disposition-notification",
        "feedback-report",
    ];
    (main == "message" || main == "multipart") && kinds.contains(&sub)
}
