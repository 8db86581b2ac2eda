//! That a page narrows, marks and escapes as it should.

use super::*;

fn rows() -> Vec<Vec<(Tone, String)>> {
    let row = [
        "m.vandenheuvel",
        "Marieke van den Heuvel",
        "Beatrixschool",
        "active",
        "m.vandenheuvel@beatrixschool.nl",
    ];
    vec![row.map(|text| (Tone::Plain, text.to_owned())).to_vec()]
}

#[test]
fn a_table_narrows_and_keeps_its_headings() {
    let heads = [
        "username",
        "name",
        "school",
        "second factor",
        "work address",
    ];
    for (width, shown, left_out) in [
        (120, "work address", "nothing"),
        (80, "second", "work"),
        (60, "second", "work"),
    ] {
        let mut page = Page::new(Some(width), false);
        page.table_that_fits(&heads, &rows(), 4);
        let text = page.finish();
        let head = text.lines().next().unwrap();
        assert!(
            head.contains("username") && text.contains(shown),
            "{width}: {text}"
        );
        assert!(!text.contains(left_out), "{width}: {text}");
        for line in text.lines() {
            assert!(
                console::measure_text_width(line) <= width.into(),
                "{width}: {text}"
            );
        }
    }
    // With no room for what must stay, the headings stand above in the same order.
    let mut page = Page::new(Some(40), false);
    page.table_that_fits(&heads, &rows(), 4);
    let text = page.finish();
    assert!(
        text.starts_with(" username  name  school  second factor"),
        "{text}"
    );
}

#[test]
fn names_are_marked_in_words_that_stay_escaped() {
    let quoted = |color| {
        let mut page = Page::new(Some(80), color);
        page.quote("Reset Joost,\u{202e} of j.jansen.", |word| {
            ["Joost", "j.jansen."].contains(&word)
        });
        page.finish()
    };
    let (plain, marked) = (quoted(false), quoted(true));
    assert!(
        !plain.contains('\u{202e}') && !marked.contains('\u{202e}'),
        "{plain}"
    );
    assert!(
        plain.contains("Reset Joost,") && !plain.contains('\u{1b}'),
        "{plain}"
    );
    assert!(marked.contains("\u{1b}[1mJoost\u{1b}[0m,"), "{marked:?}");
    assert_eq!(
        in_words("Re: j.jansen (Joost)").concat(),
        "Re: j.jansen (Joost)"
    );
}
