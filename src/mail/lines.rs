//! Where a line ends, for whoever reads a text: wherever a screen may begin another one.

/// The text with `\n` at the end of every line. A quote mark behind a line end that isn't seen as one would
/// make quoted words the sender's own.
pub(super) fn in_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.replace(
        ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'],
        "\n",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_wherever_a_screen_may_begin_another() {
        let text = "a\r\nb\rc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}> h\n";
        assert_eq!(in_lines(text), "a\nb\nc\nd\ne\nf\ng\n> h\n");
    }
}
