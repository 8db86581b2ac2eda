//! Lines of a mail's text, as they are told from one another.

/// A line this short wasn't wrapped by any program.
const UNWRAPPED: usize = 50;

/// Whether a line is so short that nothing wrapped it: what stands at its end stands alone.
pub(super) fn is_unwrapped(line: &str) -> bool {
    line.trim_end().chars().count() < UNWRAPPED
}

/// A dash of which lines are drawn.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '–' | '—' | '―' | '─')
}

/// `Aan: …`
pub(super) fn names_the_desk(line: &str) -> bool {
    let label = line.split_once(':').map_or("", |(label, _)| label);
    ["aan", "to"].contains(&label.to_lowercase().as_str())
}
