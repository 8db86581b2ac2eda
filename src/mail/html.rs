//! The HTML part of a mail as text, and whether it says something else than the text beside it.

use std::collections::HashSet;
use std::sync::LazyLock;

/// How many pictures are looked at.
const MOST_PICTURES: usize = 50;
/// The most digits of a list's number.
const MOST_DIGITS: usize = 3;
/// The longest link, the longest words of a picture and the longest tag of one, in bytes: each is looked for
/// at every place where one could begin.
const LONGEST: usize = 2_000;

/// What the HTML shows, without its tags.
pub(super) fn shown(html: &str) -> String {
    mail_parser::decoders::html::html_to_text(html)
}

/// Whether the letters and digits of both aren't the same. Programs that write both put a link's address,
/// the name or the words of a picture, the numbers of a list, bullets, stars and rules into the text alone, and
/// break lines elsewhere.
pub(super) fn differ(html: &str, text: &str) -> bool {
    let pictures = pictures(html);
    let is_numbered = find_tag(html, "<ol").is_some();
    let shown = shown(html);
    let said = Letters {
        pictures: &pictures,
        is_numbered,
        ..Letters::of(without_footnotes(text))
    };
    let shown = Letters {
        is_numbered,
        ..Letters::of(&shown)
    };
    !shown.eq(said)
}

/// The letters of what each picture says in place of itself (`alt`).
fn pictures(html: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut rest = html;
    for _ in 0..MOST_PICTURES {
        let Some(at) = find_tag(rest, "<img") else {
            break;
        };
        rest = &rest[at + "<img".len()..];
        let tag = std::str::from_utf8(start_of(rest)).unwrap_or_default();
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        let value = find_tag(tag, "alt=").map(|at| &tag[at + "alt=".len()..]);
        let words = value.and_then(|value| {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            value[1..].split(quote).next()
        });
        let words = words.map(shown).unwrap_or_default();
        let letters: String = Letters::of(&words).collect();
        if !letters.is_empty() {
            found.insert(letters);
        }
    }
    found
}

/// The start of a text, as far as something is looked for in it.
fn start_of(text: &str) -> &[u8] {
    &text.as_bytes()[..text.floor_char_boundary(LONGEST)]
}

/// Where a tag or an attribute begins, in any case.
fn find_tag(html: &str, tag: &str) -> Option<usize> {
    let first = tag.as_bytes().first()?;
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), html.as_bytes()).find(|at| {
        let begins = html.as_bytes().get(*at..*at + tag.len());
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

/// The text without the list of links that some programs put below it.
fn without_footnotes(text: &str) -> &str {
    let list = text.rfind("\nLinks:").filter(|at| {
        let mut lines = text[*at..].lines().skip(2);
        let is_rule = lines
            .next()
            .is_some_and(|line| line.trim().starts_with("---"));
        is_rule && lines.all(|line| line.trim().is_empty() || line.trim().starts_with('['))
    });
    list.map_or(text, |at| &text[..at])
}

/// Letters and digits in small letters, but for those that stand for a link, a picture or a number of a list.
struct Letters<'t> {
    whole: &'t str,
    rest: &'t str,
    pictures: &'t HashSet<String>,
    is_numbered: bool,
    /// Nothing but blanks comes before it in its line.
    begins_line: bool,
}

static NO_PICTURES: LazyLock<HashSet<String>> = LazyLock::new(HashSet::new);

impl<'t> Letters<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            whole: text,
            rest: text,
            pictures: &NO_PICTURES,
            is_numbered: false,
            begins_line: true,
        }
    }

    /// What follows an address, a picture or a number in brackets, where the text begins with one.
    fn after_reference(&self) -> Option<&'t str> {
        let text = self.rest;
        match text.as_bytes().first()? {
            b'<' => {
                let opens = ["<http:", "<https:", "<mailto:", "<tel:"];
                let end = memchr::memchr2(b'>', b'\n', start_of(text))?;
                let behind = text[end..].strip_prefix('>')?;
                let is_link = opens.iter().any(|open| text.starts_with(open));
                (is_link || self.stands_before(&text[1..end])).then_some(behind)
            }
            b'[' => {
                let words = &text[1..];
                let end = memchr::memchr2(b']', b'[', start_of(words))?;
                let behind = words[end..].strip_prefix(']')?;
                self.stands_for_something(&words[..end]).then_some(behind)
            }
            _ => None,
        }
    }

    /// Whether an address is right before itself in brackets: `a@b.nl <a@b.nl>`.
    fn stands_before(&self, address: &str) -> bool {
        let before = &self.whole[..self.whole.len() - self.rest.len()];
        let before = before.strip_suffix(' ').unwrap_or(before);
        address.contains('@') && before.ends_with(address)
    }

    /// Whether what is in brackets is a picture's or a footnote's.
    fn stands_for_something(&self, inner: &str) -> bool {
        let is_number = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
        let named = inner.split_once(':').map_or(inner, |(_, name)| name);
        let is_picture = |words: &str| {
            let letters: String = Letters::of(words).collect();
            self.pictures.contains(&letters)
        };
        is_number || inner.starts_with("cid:") || is_picture(inner) || is_picture(named)
    }

    /// What follows the number of a list at the head of a line.
    fn after_number(&self) -> Option<&'t str> {
        if !self.is_numbered || !self.begins_line {
            return None;
        }
        let digits = self.rest.bytes().take(MOST_DIGITS + 1);
        let digits = digits.take_while(u8::is_ascii_digit).count();
        let behind = self.rest.get(digits..)?;
        let rest = behind.strip_prefix(['.', ')'])?;
        let is_number =
            (1..=MOST_DIGITS).contains(&digits) && rest.starts_with(char::is_whitespace);
        is_number.then_some(behind)
    }
}

impl Iterator for Letters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let next = self.rest.chars().next()?;
            if let Some(behind) = self.after_reference().or_else(|| self.after_number()) {
                self.rest = behind;
                self.begins_line = false;
                continue;
            }
            self.rest = &self.rest[next.len_utf8()..];
            self.begins_line = next == '\n' || (self.begins_line && next.is_whitespace());
            if next.is_alphanumeric() {
                return next.to_lowercase().next();
            }
        }
    }
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
            (
                "<ol><li>Joost</li><li>Karin</li></ol>",
                "\n  1.  Joost\n  2.  Karin\n",
            ),
            (
                "<p>Groet</p><img alt=\"Logo van De Linde &amp; co\" src=x>",
                "Groet\n[Logo van De\nLinde & co]",
            ),
            ("<a href=\"mailto:a@b.nl\">a@b.nl</a>!", "a@b.nl <a@b.nl>!"),
            ("<ol><li>Joost</li></ol>", "\t1.\tJoost"),
            ("<IMG src='x' ALT='Logo'>Groet", "[image: Logo]\nGroet"),
            (
                "<b>Groet</b> van <a href=\"https://b.nl\">ons</a>",
                "GROET van ons [1] \n\nLinks:\n------\n[1] https://b.nl\n",
            ),
        ] {
            assert!(!differ(html, text), "{html}");
        }
    }

    #[test]
    fn other_words_are() {
        for (html, text) in [
            ("<p>Joost Jansen</p>", "Joost Pietersen"),
            ("<p>Niet voor Joost</p>", "Voor Joost"),
            ("<p>Hallo</p>", "Hallo <daar> [en hier]"),
            ("<p>Hallo</p>", "Hallo <https://b.nl\ndaar>"),
            ("<p>Hallo</p>", "Hallo [Joost]"),
            ("<p>a@b.nl</p>", "a@b.nl <c@d.nl>"),
            ("<img alt=\"Logo\">", "[Joost]"),
            ("<p>Groep</p>", "Groep 5"),
            ("<ol><li>Joost</li></ol>", "1. Karin"),
            ("<p>Hallo</p>", "Hallo\nLinks:\n---\nJoost"),
        ] {
            assert!(differ(html, text), "{html}");
        }
    }
}
