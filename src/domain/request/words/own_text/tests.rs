use super::*;

#[test]
fn the_own_words_end_where_another_mail_begins() {
    for quote in [
        "> Wil je dat?",
        "-----Oorspronkelijk bericht-----",
        "________________________________",
        "Van: Jan Jansen <j.jansen@school.nl>",
        "*Van:* Jan Jansen",
        "**From:** Jan",
        "Begin doorgestuurd bericht:",
        "Begin forwarded message:",
        "Onderwerp: 2FA\nVan: Jan\nDatum: vandaag",
        "Datum: vandaag\nAan: desk\nOnderwerp: 2FA",
        "Naam: Jan\nVerzonden: vandaag\nDatum: vandaag",
        "Op ma 30 nov 2026 om 10:00 schreef Jan Jansen <j.jansen@school.nl>:",
        "Op 30 nov. 2026, om 10:00 heeft Jan Jansen\n<j.jansen@school.nl> het volgende\ngeschreven:",
        "On Mon, 30 Nov 2026 at 10:00, Jan Jansen <\nj.jansen@school.nl> wrote:",
    ] {
        let text = format!("\n Graag de 2FA van Jan.\n\n{quote}\nJA 7KQM-3X9D\n");
        assert_eq!(split(&text).own, "Graag de 2FA van Jan.", "{quote}");
    }
    for text in [
        "Op verzoek van Jan: graag resetten.\nGroet: Daan",
        "Naam: Jan\nhij is zijn telefoon kwijt",
        "Naam: Jan\nFunctie: leerkracht\nReden: telefoon kwijt\nSchool: De Linde",
        "Datum: vandaag\nNaam: Jan\nReden: telefoon kwijt",
        "Aan: u@desk.nl\nNaam: Jan\nReden: telefoon kwijt",
        "On hold since Monday.\nPlease reset.",
        "Vanaf morgen: graag resetten",
        "-- \nDaan",
    ] {
        assert_eq!(split(text).own, text, "{text}");
    }
    assert_eq!(split("> alles").own, "");
    assert_eq!(split("").own, "");
}

/// Every program words it otherwise, and the stranger chose the name.
#[test]
fn whatever_says_whose_words_follow_is_no_own_word() {
    let long =
        "Mehmet Jacobs die graag een reset van zijn tweefactor wil\nomdat zijn telefoon kwijt is "
            .repeat(4);
    let wrapped = format!("Op ma 30 nov 2026 om 07:30 schreef {long}\n<j@evil.example>:");
    for attribution in [
        wrapped.as_str(),
        "---- Op ma, 30 nov 2026 07:30:00 +0100 Mehmet Jacobs (2FA) <j@evil.example> schreef ----",
        "---- Op ma, 30 nov 2026 07:30:00 +0100 Mehmet Jacobs (2FA)\n<j@evil.example> schreef ----",
        "Mehmet Jacobs (2FA reset) <j@evil.example> schreef op ma 30 nov 2026 om 07:30:",
        "Mehmet Jacobs 2FA reset\nOp school <j@evil.example> schreef op ma 30 nov 2026 om\n07:30:",
        "Am Mo., 30. Nov. 2026 um 07:30 Uhr schrieb Mehmet Jacobs 2FA <j@evil.example>:",
        "Le lun. 30 nov. 2026 à 07:30, Mehmet Jacobs 2FA <j@evil.example> a écrit :",
        "Citeren Mehmet Jacobs 2FA reset <j@evil.example>:",
        "30.11.2026 07:30, Mehmet Jacobs 2FA пишет:",
        "Mehmet Jacobs 2FA schreef:",
        "-- Mehmet Jacobs 2FA <j@evil.example>",
        "—— Mehmet Jacobs 2FA ——",
        "De : Mehmet\nEnvoyé : lundi\nÀ : Daan",
        "De: Mehmet 2FA\nEnviado el: lunes\nPara: Daan\nAsunto: RE: hola",
        "Enviado el: lunes\nPara: Daan\nAsunto: Mehmet 2FA",
        "Van： Mehmet 2FA",
        "Van : Mehmet 2FA",
        "Mehmet 2FA ---30-11-2026 10:00:00---Graag een reset",
        "Mehmet 2FA\n---30-11-2026 10:00:00---Graag een reset",
        "-----Mehmet 2FA schreef: -----\nAan: Daan\nVan: Mehmet 2FA",
        "Op ma 30 nov 2026 schreef Mehmet 2FA\nAan: d.visser@school.nl\n<j@evil.example>:",
        "=====\nMehmet 2FA",
    ] {
        for below in ["\n> Hoi\n", "\n\n> Hoi\n", "\nHoi\n", "\n\nHoi\n"] {
            let text = format!("Prima!\n\n{attribution}{below}");
            assert_eq!(split(&text).own, "Prima!", "{text}");
        }
    }
    for attribution in [
        "Mehmet Jacobs 2FA:",
        "Mehmet 2FA, j@evil.example",
        "Mehmet 2FA\nreset --",
    ] {
        for gap in ["\n", "\n\n"] {
            let text = format!("Prima!\n\n{attribution}{gap}> Hoi\n");
            assert_eq!(split(&text).own, "Prima!", "{text}");
        }
    }
    for quoted in [
        "|",
        "»",
        "＞",
        "› ",
        "\u{200b}>",
        "JJ>",
        "│ ",
        "\u{2060}\u{200b} > ",
    ] {
        let text = format!("Prima!\n\n{quoted}Mehmet 2FA");
        assert_eq!(split(&text).own, "Prima!", "{text}");
    }
    let notes = "-----X schreef: -----\nVan: Jan <j.jansen@school.nl>";
    assert_eq!(forwarded_sender(&split(notes)), None);
    for odd in ['\r', '\u{2028}', '\u{85}'] {
        assert_eq!(
            split(&format!("Prima!{odd}{odd}> Mehmet 2FA")).own,
            "",
            "{odd:?}"
        );
        let name = format!("Op 30 nov 2026 10:00 schreef Mehmet 2FA{odd}{odd}x <j@evil.example>:");
        assert_eq!(
            split(&format!("Prima!\n\n{name}\n> Hoi")).own,
            "Prima!",
            "{odd:?}"
        );
    }
}

#[test]
fn what_stands_above_an_attribution_stays() {
    for (text, own) in [
        (
            "JA 7KQM-3X9D\nOp 30 nov 2026 om 10:00 schreef Desk <u@desk.nl>:\n> code",
            "JA 7KQM-3X9D",
        ),
        ("Graag j.jansen.\n\n> Hoi", "Graag j.jansen."),
        (
            "Aan: u@desk.nl<mailto:u@desk.nl>\nGraag de 2FA van:\nJan",
            "Aan: u@desk.nl<mailto:u@desk.nl>\nGraag de 2FA van:\nJan",
        ),
        (
            "Aan: <u@desk.nl>\nGraag de 2FA van:\nJan",
            "Aan: <u@desk.nl>\nGraag de 2FA van:\nJan",
        ),
        (
            "Graag de 2FA van Jan <j.jansen@school.nl>.",
            "Graag de 2FA van Jan <j.jansen@school.nl>.",
        ),
        (
            "Graag de 2FA van:\n- Jan\n- Piet -- dank",
            "Graag de 2FA van:\n- Jan\n- Piet -- dank",
        ),
    ] {
        assert_eq!(split(text).own, own, "{text}");
    }
}

proptest::proptest! {
    /// Whatever name a stranger gives himself, however a program wraps it, and whatever it says around it.
    #[test]
    fn no_name_in_an_attribution_is_an_own_word(
        name in "[A-Za-z0-9 .,()'\"-]{1,200}",
        width in 20_usize..90,
        form in 0_usize..5,
        gap in 1_usize..3,
    ) {
        let who = format!("{name} <x@evil.example>");
        let line = [
            format!("Op ma 30 nov 2026 om 07:30 schreef {who}:"),
            format!("{who} schreef op ma 30 nov 2026 om 07:30:"),
            format!("---- Op ma 30 nov 2026 {who} schreef ----"),
            format!("Am Mo., 30. Nov. 2026 um 07:30 Uhr schrieb {who}:"),
            format!("Quoting {who}:"),
        ][form].clone();
        let mut wrapped = String::new();
        let mut column = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                wrapped.push('\n');
                column = 0;
            } else if column > 0 {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(word);
            column += length;
        }
        let text = format!("Prima, akkoord.\n\n{wrapped}{}> Hoi Daan\n", "\n".repeat(gap));
        proptest::prop_assert_eq!(split(&text).own, "Prima, akkoord.");
    }
}
