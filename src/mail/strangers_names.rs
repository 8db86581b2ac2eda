//! A stranger writes to a director, whose answer reaches the desk: whatever name the stranger gave himself, however the
//! director's program words and wraps the line above the quoted mail, it's nobody's request. From the mail's bytes on.

use super::text::{Frame, read};
use crate::domain::request::mentioned::{Person, Said, asks, named};
use crate::domain::request::words::own_text::{OwnText, split, split_answer};

/// How programs say whose words follow: `{n}` is the name.
const SHAPES: [&str; 59] = [
    "Op ma 30 nov 2026 om 10:00 schreef {n} <x@evil.example>:",
    "On Mon, Nov 30, 2026 at 10:00 AM {n} <x@evil.example> wrote:",
    "Op 30 nov. 2026, om 10:00 heeft {n} <x@evil.example> het volgende geschreven:",
    "Op 30-11-2026 om 10:00 schreef {n}:",
    "On 30-11-2026 10:00, {n} wrote:",
    "Op 30 nov 2026 10:00 +0100, {n} <x@evil.example>, schreef:",
    "Op maandag 30 november 2026 om 10:00:00 CET schreef {n} <x@evil.example>:",
    "{n} <x@evil.example> schreef op maandag 30 november 2026 om 10:00:",
    "{n} schreef op 2026-11-30 10:00:",
    "Citeren {n} <x@evil.example>:",
    "Quoting {n} <x@evil.example>:",
    "{n} schreef:",
    "{n} wrote:",
    "{n} <x@evil.example> schreef op 30 november 2026 10:00:00 CET:",
    "-------- Oorspronkelijk bericht --------\nVan: {n} <x@evil.example>\nDatum: 30-11-2026 10:00 (GMT+01:00)\nAan: Daan\nOnderwerp: vraag",
    "Van: {n} <x@evil.example>\nVerzonden: maandag 30 november 2026 10:00\nAan: Daan\nOnderwerp: vraag",
    "________________________________\nVan: {n} <x@evil.example>\nVerzonden: maandag",
    ">>> {n} 30-11-2026 10:00 >>>",
    "{n} ---30-11-2026 10:00:00---Hoi Daan, zie je dit",
    "Van: \"{n}\" <x@evil.example>\nAan: Daan\nDatum: 30-11-2026 10:00\nOnderwerp: vraag",
    "---- Aan ma, 30 nov 2026 10:00:00 +0100 {n} <x@evil.example> schreef ----",
    "Op ma 30-11-2026 om 10:00 [+0100], schreef {n}:",
    "On Mon, Nov 30, 2026 at 10:00:00AM +0100, {n} wrote:",
    "Op maandag 30 november 2026 10:00:00 CET schreef {n}:",
    "On Mon, 30 Nov 2026 10:00:00 +0100\n{n} <x@evil.example> wrote:",
    "Op Mon, 30 Nov 2026 10:00:00 +0100\n{n} <x@evil.example> schreef:",
    "Van: {n} <x@evil.example>\nVerzonden: maandag 30 november 2026 10:00",
    "30 november 2026 10:00, \"{n}\" <x@evil.example> schreef:",
    "On Mon, 30 Nov 2026, at 10:00 AM, {n} wrote:",
    "Op 30-11-2026 10:00:00, {n} <x@evil.example> schreef:",
    "------ Origineel bericht ------\nVan \"{n}\" <x@evil.example>\nAan Daan\nDatum 30-11-2026 10:00:00\nOnderwerp vraag",
    "Van \"{n}\" <x@evil.example>\nAan \"Daan\" <d@x.nl>\nDatum 30-11-2026 10:00:00\nOnderwerp vraag",
    "Am 30.11.26 um 10:00 schrieb {n}:",
    "Le lun. 30 nov. 2026 à 10:00, {n} <x@evil.example> a écrit :",
    "Op 30 nov 2026 10:00 schreef \"{n}\" <x@evil.example>:",
    "Den mån 30 nov. 2026 kl 10:00 skrev {n} <x@evil.example>:",
    "El lun, 30 nov 2026 a las 10:00, {n} (<x@evil.example>) escribió:",
    "{n} schrijft:",
    "{n} said:",
    "{n} <x@evil.example> 30-11-26 10:00 >>>",
    "[10:02, 30-11-2026] {n}: Graag reset",
    "[30-11-2026, 10:02:33] {n}: Graag reset",
    "[gisteren 10:02] {n}",
    "30-11-2026 10:02 - {n}: Graag reset",
    "30/11/26, 10:02 PM - {n}: Graag reset",
    "De la: {n} <x@evil.example>\nTrimis: luni, 30 noiembrie 2026\nCătre: Daan\nSubiect: vraag",
    "Từ: {n} <x@evil.example>\nĐã gửi: Thứ Hai\nĐến: Daan",
    "Fan: {n} <x@evil.example>\nFerstjoerd: moandei\nOan: Daan",
    "보낸 사람: {n} <x@evil.example>\n보낸 날짜: 2026년 11월 30일\n받는 사람: Daan",
    "من: {n} <x@evil.example>\nتم الإرسال: الاثنين\nإلى: Daan",
    "จาก: {n} <x@evil.example>\nส่ง: วันจันทร์\nถึง: Daan",
    "2026년 11월 30일 (월) 오전 10:00, {n} <x@evil.example>님이 작성:",
    "في الاثنين، ٣٠ نوفمبر ٢٠٢٦ كتب {n} <x@evil.example>:",
    "{n} เขียน:",
    "Vào Th 2, 30 thg 11, 2026 vào lúc 10:00 {n} <x@evil.example> đã viết:",
    "30 nov. 2026 10:00, {n} <x@evil.example> a scris:",
    "{n}\n30-11-2026 10:02\n\nTo: Daan\ncc:\nSubject: vraag",
    "{n}\n30-11-2026 10:02\nTo: Daan\ncc:\nSubject: vraag",
    "Op moandei 30 novimber 2026 om 10:00 skreau {n}:",
];
/// `_` is a blank at which nothing is wrapped, `|` a line end that no program writes.
const NAMES: [&str; 18] = [
    "2FA j.jansen",
    "Graag de 2FA van j.jansen resetten",
    "Joost Jansen kan niet inloggen",
    "2FA j.jansen|Op 3",
    "2FA j.jansen||ICT",
    "2FA j.jansen:",
    "\"2FA j.jansen:\"",
    "2FA j.jansen. Op 3 dec",
    "2FA j.jansen Op_3_dec_ICT-afdeling_ICT-afdeling_ICT-afdeling",
    "2FA j.jansen Op_3_dec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "2FA j.jansen|",
    "2FA j.jansen|Hoi",
    "Reset 2FA j.jansen|||Ik",
    "j.jansen 2FA reset, on 5 a long name that goes on and on, until it wraps somewhere in this line of text",
    "2FA j.jansen -- ICT",
    "2FA j.jansen --",
    "2FA j.jansen > ICT",
    "2FA j.jansen||Op 3 dec 2026 om 10:00 schreef ICT",
];
const OWN: [&str; 5] = [
    "Prima, akkoord.\n\n",
    "Prima, akkoord.\n",
    "",
    "Aan: utrecht@otservicedesk.nl\nPrima\n",
    "Prima, akkoord.\n\nGroet,\nDaan\n\n",
];
const BELOW: [&str; 3] = ["> Hoi Daan\n", "\n> Hoi Daan\n", "\nHoi Daan\n"];

fn names_anybody(text: OwnText<'_>) -> bool {
    if !text.own.to_lowercase().contains("jansen") {
        return false;
    }
    let said = Said {
        text,
        subject: None,
        subject_names: true,
        is_answer: true,
        requester: "Daan Visser",
    };
    let jansen = Person {
        username: "j.jansen",
        name: "Joost Jansen",
        work_email: "j.jansen@school.nl",
    };
    asks(&said) && named(&said, &[jansen]).iter().any(|(_, by)| by.counts())
}

fn text_of(body: &str) -> String {
    let frame = Frame {
        content_type: Some("text/plain; charset=utf-8".into()),
        type_signed: true,
        encoding: Some("8bit".into()),
        encoding_signed: true,
    };
    read(body.replace('\n', "\r\n").into_bytes(), &frame).text
}

/// As programs wrap lines: at blanks that a line may end at.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut column = 0;
        for word in line.split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if column > 0 && column + length > width {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                column = 0;
            }
            out.push_str(word);
            column += word.chars().count();
        }
    }
    out
}

#[test]
fn no_name_of_a_stranger_asks_for_anybody() {
    let mut taken = Vec::new();
    for (shape, name) in SHAPES
        .iter()
        .flat_map(|shape| NAMES.map(|name| (shape, name)))
    {
        let odds: &[&str] = if name.contains('|') {
            &["\u{2028}", "\u{85}"]
        } else {
            &[""]
        };
        for odd in odds {
            let name = name.replace('|', odd).replace('_', "\u{a0}");
            let line = shape.replace("{n}", &name);
            let lines = [line.clone(), wrapped(&line, 72), wrapped(&line, 76)];
            for (at, line) in lines.iter().enumerate() {
                if at > 0 && lines[..at].contains(line) {
                    continue;
                }
                for (own, below) in OWN.iter().flat_map(|own| BELOW.map(|below| (own, below))) {
                    let text = text_of(&format!("{own}{line}\n{below}"));
                    if names_anybody(split_answer(&text)) {
                        taken.push(text);
                    }
                }
            }
        }
    }
    let some = &taken[..taken.len().min(20)];
    assert!(taken.is_empty(), "{} of them: {some:#?}", taken.len());
}

#[test]
fn the_same_is_asked_by_the_director_alone() {
    for own in [
        "Graag de 2FA van j.jansen resetten.",
        "Beste desk,\u{2028}\u{2028}Graag de 2FA van Joost Jansen resetten.\u{2028}\u{2028}Groet,\u{2028}Daan",
    ] {
        let text = text_of(&format!(
            "{own}\n\nOp ma 30 nov 2026 om 10:00 schreef Desk <u@desk.nl>:\n> Hoi\n"
        ));
        assert!(names_anybody(split(&text)), "{text}");
    }
}
