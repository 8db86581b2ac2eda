//! The HTML part of a mail as text, and whether it says something else than the text beside it.

/// What the HTML shows, without its tags.
pub(super) fn shown(html: &str) -> String {
    mail_parser::decoders::html::html_to_text(html)
}

/// Whether the letters and digits of both aren't the same. Programs that write both put a link's address,
/// the name of a picture, bullets, stars and rules into the text alone, and break lines elsewhere.
pub(super) fn differ(html: &str, text: &str) -> bool {
    !letters(html).eq(letters(text))
}

/// Letters and digits, but for those of addresses and pictures that stand in brackets.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let next = rest.chars().next()?;
            rest = match after_reference(rest) {
                Some(behind) => behind,
                None => &rest[next.len_utf8()..],
            };
            if next.is_alphanumeric() {
                return Some(next);
            }
        }
    })
}

/// What stands behind an address or a picture in brackets, where the text begins with one.
fn after_reference(text: &str) -> Option<&str> {
    let (opens, close) = match text.as_bytes().first()? {
        b'<' => (&["<http:", "<https:", "<mailto:", "<tel:"][..], '>'),
        b'[' => (&["[cid:"][..], ']'),
        _ => return None,
    };
    let line = text.lines().next()?;
    opens.iter().find(|open| text.starts_with(**open))?;
    Some(&text[line.find(close)? + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_into_the_text_alone_is_no_difference() {
        for (html, text) in [
            ("<p>Hallo<br>daar</p>", "Hallo\r\ndaar\r\n"),
            ("<div>Hallo</div><div>daar</div>", "Hallo\ndaar"),
            (
                "<a href=\"mailto:a@b.nl\">a@b.nl</a> <a href=\"https://b.nl\">b.nl</a>",
                "a@b.nl<mailto:a@b.nl> b.nl<https://b.nl>",
            ),
            (
                "<img src=\"cid:1\">Groet<hr>",
                "[cid:image001.png@01]Groet\n____________",
            ),
            ("<b>2FA</b><ul><li>Joost</li></ul>", "*2FA*\n  * Joost"),
        ] {
            assert!(!differ(&shown(html), text), "{html}");
        }
    }

    #[test]
    fn other_words_are() {
        for (html, text) in [
            ("<p>Joost Jansen</p>", "Joost Pietersen"),
            ("<p>Niet voor Joost</p>", "Voor Joost"),
            ("<p>Hallo</p>", "Hallo <daar> [en hier]"),
            ("<p>Hallo</p>", "Hallo <https://b.nl\ndaar>"),
        ] {
            assert!(differ(&shown(html), text), "{html}");
        }
    }
}
