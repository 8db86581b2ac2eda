//! Rows where a table has no room: one cell after another, and no word torn in two.

use console::measure_text_width;

/// How far what goes on below a row's first line is moved in.
const INDENT: usize = 4;

/// The lines of one row. A cell stays whole where a line can hold it; a longer one is parted between
/// its words and after its commas, and only a word that is longer than a line within itself.
/// `show` gives a piece of the cell with that number its tone; it doesn't change its width.
pub(super) fn lines(
    width: usize,
    cells: &[String],
    show: impl Fn(usize, &str) -> String,
) -> Vec<String> {
    let room = width.saturating_sub(INDENT).max(1);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::from(" "), 1);
    let mut is_empty = true;
    for (number, cell) in cells.iter().enumerate() {
        for (at, piece) in pieces(cell, room).into_iter().enumerate() {
            let gap = match (is_empty, at) {
                (true, _) => 0,
                (false, 0) => 2,
                (false, _) => 1,
            };
            let long = measure_text_width(&piece);
            if !is_empty && used + gap + long > width {
                lines.push(std::mem::replace(&mut line, " ".repeat(INDENT)));
                used = INDENT;
            } else {
                line.push_str(&" ".repeat(gap));
                used += gap;
            }
            line.push_str(&show(number, &piece));
            used += long;
            is_empty = false;
        }
    }
    if !is_empty {
        lines.push(line);
    }
    lines
}

/// A cell in pieces that a line can hold.
fn pieces(cell: &str, room: usize) -> Vec<String> {
    if measure_text_width(cell) <= room {
        return Vec::from_iter((!cell.is_empty()).then(|| cell.to_owned()));
    }
    let mut pieces: Vec<String> = Vec::new();
    for word in cell
        .split_whitespace()
        .flat_map(|word| word.split_inclusive(','))
    {
        let mut piece = String::new();
        for c in word.chars() {
            piece.push(c);
            if measure_text_width(&piece) > room {
                piece.pop();
                pieces.push(std::mem::replace(&mut piece, c.into()));
            }
        }
        pieces.push(piece);
    }
    pieces
}

/// The width of the longest word.
pub(super) fn longest_word(text: &str) -> usize {
    let words = text.split_whitespace().map(measure_text_width);
    words.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flow(width: usize, cells: &[&str]) -> Vec<String> {
        let cells: Vec<_> = cells.iter().map(ToString::to_string).collect();
        lines(width, &cells, |_, piece| piece.to_owned())
    }

    #[test]
    fn a_long_cell_goes_on_below() {
        let row = [
            "70",
            "reset.refused",
            "r.terveenstra",
            r#"{"code":"not_covered","try":2}"#,
        ];
        assert_eq!(
            flow(40, &row),
            [
                " 70  reset.refused  r.terveenstra",
                r#"    {"code":"not_covered","try":2}"#,
            ]
        );
        assert_eq!(
            flow(28, &row),
            [
                " 70  reset.refused",
                "    r.terveenstra",
                r#"    {"code":"not_covered","#,
                r#"    "try":2}"#,
            ]
            .map(str::to_owned)
        );
    }

    proptest! {
        #[test]
        fn no_word_is_torn_and_no_line_too_long(
            width in 40_usize..120,
            cells in proptest::collection::vec("[a-zé漢]{0,17}( [a-z@.]{1,17}){0,9}", 1..8),
        ) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let lines = flow(width, &cells);
            let of = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(of(&lines.join(" ")), of(&cells.join(" ")));
            for line in &lines {
                prop_assert!(measure_text_width(line) <= width, "{:?}", line);
            }
        }
    }
}
