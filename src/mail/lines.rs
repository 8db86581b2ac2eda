//! Where a line ends, for whoever reads a text.

/// The text with `\n` at the end of every line. Line ends that no program writes stay what they are: a stranger's
/// display name may hold them, and with `\n` in their place half of it would be a line of the director's own.
pub(super) fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_a_program_ended_it() {
        let text = "a\r\nb\rc\u{b}d\u{2028}e\n";
        assert_eq!(in_lines(text), "a\nb\rc\u{b}d\u{2028}e\n");
    }
}
