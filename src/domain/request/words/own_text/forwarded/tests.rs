use super::*;
use crate::domain::request::words::own_text::split;

#[test]
fn the_forwarded_sender_is_one_address_or_none() {
    let sender = |text: &str| forwarded_sender(&split(text));
    let jan = Some("j.jansen@school.nl".to_owned());
    for text in [
        "-----\nVan: Jan <J.Jansen@school.nl>",
        "Van: Joost Jansen, leerkracht van groep 5 van de Beatrixschool\n<j.jansen@school.nl>\nDatum: x\nAan: Daan <d@school.nl>",
        "*From:* j.jansen@school.nl<mailto:j.jansen@school.nl>",
        "Van: Joost Jansen [mailto:j.jansen@school.nl]\nVerzonden: ma",
        "Zie onder.\n\nBegin doorgestuurd bericht:\n\n> Van: Jan <j.jansen@school.nl>\n> Aan: Daan",
        "-------- Doorgestuurd bericht --------\nOnderwerp: x\nDatum: x\nVan: Jan <j.jansen@school.nl>",
        "Onderwerp: x\nDatum: x\nVan: Jan <j.jansen@school.nl>\n\nVan: x@y.nl",
    ] {
        assert_eq!(sender(text), jan, "{text}");
    }
    for text in [
        "-----\nVan: Jan <J.Jansen@school.nl>\nVan: x@y.nl",
        "Van: Joost Jansen, groep 5 j.jansen@school.nl\n<x@evil.example>\nDatum: x",
        "Van: j.jansen@school.nl\u{2028}<x@evil.example>\nVerzonden: ma\nAan: Daan",
        "Van: j.jansen@school.nl\n\n<x@evil.example>\nVerzonden: ma",
        "Van: Joost\u{2028}Van: j.jansen@school.nl\u{2028}<x@evil.example>\nVerzonden: ma",
        "Van: j.jansen@school.nl\nDatum: lang <x@evil.example>\nVerzonden: ma\nAan: Daan",
        "Van: j.jansen@school.nl\nAan: lang <x@evil.example>\nVerzonden: ma\nAan: Daan",
        "Van: j.jansen@school.nl\nCc: lang <k.dejong@school.nl>\nVerzonden: ma\nAan: Daan",
        "-----\nOnderwerp: lang\nVan: j.jansen@school.nl\nDatum: ma\nVan: x <x@evil.example>\nAan: d",
        "-----\nOnderwerp: 2FA\u{2028}Van: j.jansen@school.nl\nDatum: ma\nVan: x <x@evil.example>\nAan: d",
        "Van: \"x@y.nl\" <j.jansen@school.nl>",
        "Van: Jan Jansen",
        "Van: Mehmet (j.jansen@school.nl)\nVerzonden: ma\nAan: Daan",
        "Van: Mehmet namens j.jansen@school.nl\nVerzonden: ma\nAan: Daan",
        "Van: Mehmet j.jansen@school.nl\nVerzonden: ma\nAan: Daan",
        "Op 30 nov 2026 om 10:00 schreef X <x@evil.example>:\n> Van: Jan <j.jansen@school.nl>",
        "Op 30 nov 2026 om 10:00 schreef X <x@evil.example>:\n\nVan: Jan <j.jansen@school.nl>",
        "> Van: Jan <j.jansen@school.nl>",
        "-----\n> Van: Jan <j.jansen@school.nl>",
        "-----\nHoi!\nVan: Jan <j.jansen@school.nl>",
        "----- Op 30 nov 2026 10:00 schreef X: -----\nVan: Jan <j.jansen@school.nl>",
        "Onderwerp: x\nDatum: x\nAan: x\n\nVan: Jan <j.jansen@school.nl>",
    ] {
        assert_eq!(sender(text), None, "{text}");
    }
}
