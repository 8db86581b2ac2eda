//! Tag lists (RFC 6376 §3.2), read from the very field whose signature is verified.

use data_encoding::BASE64;

/// A tag list as it stands.
#[derive(Clone, Copy)]
pub(super) struct Tags<'t>(pub(super) &'t str);

impl<'t> Tags<'t> {
    fn all(self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let pairs = self.0.split(';').filter_map(|part| part.split_once('='));
        pairs.map(|(name, value)| (name.trim(), value.trim()))
    }

    /// The first value of that name.
    pub(super) fn get(self, name: &str) -> Option<&'t str> {
        let mut all = self.all();
        all.find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    pub(super) fn has_duplicates(self) -> bool {
        let mut seen = std::collections::HashSet::new();
        self.all().any(|(name, _)| !seen.insert(name))
    }

    /// Whether a list of words with colons between them has this one.
    pub(super) fn lists(self, name: &str, item: &str) -> bool {
        let list = self.get(name).unwrap_or_default();
        list.split(':')
            .any(|word| word.trim().eq_ignore_ascii_case(item))
    }

    /// A number; nothing where the tag isn't there or isn't one.
    pub(super) fn number(self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// The bytes of a base64 value: folds aside, as strict as RFC 4648 §4 has it, padding and all.
    pub(super) fn bytes(self, name: &str) -> Option<Vec<u8>> {
        let text: String = self.get(name)?.split_whitespace().collect();
        BASE64.decode(text.as_bytes()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_strictly() {
        let tags = Tags(" v=1; q=dns/txt:x; l=7;\r\n b=aGFs\r\n bG8=; x=1x; b=bG8");
        assert_eq!(tags.get("v"), Some("1"));
        assert!(tags.lists("q", "DNS/txt") && !tags.lists("q", "dns"));
        assert_eq!((tags.number("l"), tags.number("x")), (Some(7), None));
        assert_eq!(tags.bytes("b").as_deref(), Some(&b"hallo"[..]));
        assert!(tags.has_duplicates());
        assert!(Tags("b=aGFsbG8").bytes("b").is_none(), "no padding");
    }
}
