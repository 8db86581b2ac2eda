//! Texts that are made to cost time. The sizes are such that whatever grows faster than the text would be seen to.

use super::*;

/// Every school has some of one name; a large board has hundreds.
#[test]
fn hundreds_of_one_name_and_a_text_of_nothing_else() {
    let names: Vec<String> = (0..400)
        .map(|n| match n % 4 {
            0 => "Joost Jansen".to_owned(),
            1 => "J. Jansen-de Vries".to_owned(),
            2 => format!("Joost{n} Janssen"),
            _ => "Jansen, Jan Joost".to_owned(),
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for said in [
        "Joost Jansen ",
        "J. Jansen, ",
        "mevrouw Jansen-de Vries ",
        "mevrouw van de Jansen ",
        "Graag Jansen. ",
        "Joost ",
    ] {
        let text = format!("2FA {}", said.repeat(20_000));
        let found = named_among(&names, &text);
        assert!(found.is_empty(), "{said}: {found:?}");
    }
    let text = format!(
        "Graag de 2FA van Zoë Çelik. {}",
        "Joost Jansen. ".repeat(20_000)
    );
    let with_zoe: Vec<&str> = names.iter().copied().chain(["Zoë Çelik"]).collect();
    assert_eq!(named_among(&with_zoe, &text), ["Zoë Çelik"]);
}

#[test]
fn words_without_end() {
    let long = "pietersen".repeat(30_000);
    for text in [
        format!("2FA {long}"),
        format!("2FA van Piet {long}"),
        format!("2FA {long}@{long}.nl"),
        format!("Aan: {long}"),
        "a@b ".repeat(60_000),
        "2FA:\n".repeat(40_000),
        "Van\n".repeat(40_000),
        "Graag van Piet\n".repeat(10_000),
        "- Piet\n".repeat(20_000),
        "Beste Piet. ".repeat(20_000),
        "groet ".repeat(40_000),
        ".".repeat(200_000),
        "x.".repeat(100_000),
    ] {
        let found = named_among(&["Piet Pietersen", "Pietersen Pietersen"], &text);
        assert!(found.len() <= 2);
    }
}
