//! What mail programs really make of a request: their own types, boundaries, encodings and habits, each under the
//! provider that its users have.

use super::build::*;
use super::letter::{Letter, Program, quoted_printable};
use super::post::{LINE, Post};
use super::program_shapes::{latin1, others, outlook_desktop, outlook_phone, outlook_web};
use super::received::Received;

fn text_of(post: &Post, first: &str) -> String {
    let letter = post.letter();
    format!(
        "{first}Beste collega’s van de servicedesk,\n\nOnze leerkracht Joost Jansen (groep 5) kan sinds gisteren niet meer inloggen: zijn telefoon is gestolen, vertelde Zoë. Willen jullie zijn 2FA resetten? Ons kenmerk is {}.\n\nMet vriendelijke groet,\n\nDaan Visser\nDirecteur Beatrixschool\nT 030-1234567 | www.beatrixschool.nl",
        letter.number
    )
}

#[track_caller]
fn is_as_it_should(what: &str, received: &Received) {
    received.is(what, "verified").fails_only(what, &[]);
    let differs = received.document["html_differs"] == true;
    received.holds(what, "its HTML says the same", !differs);
}

#[test]
fn every_program_is_read_as_it_was_written() {
    let post = Post::open();
    for provider in [
        Provider::Microsoft,
        Provider::Workspace,
        Provider::TransIp,
        Provider::Proton,
        Provider::Mimecast,
        Provider::ICloud,
    ] {
        let first = format!("{LINE}\n\n");
        let text = text_of(&post, &first);
        let mut all = others(&text);
        all.extend([
            outlook_desktop(&text),
            outlook_web(&text),
            outlook_phone(&text),
        ]);
        for writes in all {
            let what = format!("{} by {provider:?}", writes.name);
            let text = text_of(&post, &first);
            let number = text
                .split("kenmerk is ")
                .nth(1)
                .unwrap()
                .split('.')
                .next()
                .unwrap();
            let letter = post.letter();
            let letter = Letter {
                subject: format!("Inlogprobleem collega {number}"),
                written_with: Program::Other(
                    writes.content_type.clone(),
                    writes.encoding,
                    writes.body.clone(),
                ),
                ..letter
            };
            let mail = post.still_signed(DOMAIN, provider.sends(&post, &letter));
            is_as_it_should(&what, &post.receive(&mail));
        }
    }
}

/// Dates, charsets and types that are rarer, and within the rules.
#[test]
fn rarer_headers_of_programs_are_read() {
    let post = Post::open();
    let plain = |post: &Post| Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter()
    };
    let at = post
        .hours
        .now()
        .as_jiff()
        .strftime("%-d %b %Y %H:%M")
        .to_string();
    for (what, date) in [
        ("no weekday", format!("{at}:00 +0000")),
        ("no seconds", format!("{at} +0000")),
        (
            "two blanks",
            format!("{}:00  +0000", at.replacen(' ', "  ", 1)),
        ),
        ("a comment", format!("{at}:00 +0000 (Greenwich Mean Time)")),
        ("GMT", format!("{at}:00 GMT")),
    ] {
        let letter = Letter {
            date,
            ..plain(&post)
        };
        let mail = own_server(&plain_fields(&letter));
        is_as_it_should(what, &post.receive(&mail));
    }
    for value in [
        "1.0 (Mac OS X Mail 16.0 \\(3774.100.2.1.4\\))",
        "1.0 (1.0)",
        "1.0 (produced by x)",
    ] {
        let mail = plain_fields(&plain(&post)).set("MIME-Version", value);
        is_as_it_should(value, &post.receive(&own_server(&mail)));
    }
    for charset in ["windows-1252", "iso-8859-1", "iso-8859-15"] {
        let letter = post.letter_by_line();
        let text = letter.text.replace("is stuk", "is stuk, zegt Zo\u{eb}");
        let body = latin1(&quoted_printable(&text)) + "\r\n";
        let kind = format!("text/plain; charset=\"{charset}\"");
        let letter = Letter {
            written_with: Program::Other(kind, Some("quoted-printable"), body),
            ..letter
        };
        let mail = Provider::Microsoft.sends(&post, &letter);
        let received = post.receive(&post.still_signed(DOMAIN, mail));
        is_as_it_should(charset, &received);
        received.shows(charset, "zegt Zoë");
    }
}

/// What stands below an answer is the stranger's, as each program puts it there.
#[test]
fn no_programs_way_to_quote_makes_a_strangers_words_the_directors() {
    let post = Post::open();
    let wish = "Wil je de 2FA van Joost Jansen (j.jansen) resetten?";
    let who = "Joost Jansen <joost@evil.example>";
    for quoted in [
        format!(
            "Van: {who} \nVerzonden: maandag 30 november 2026 09:12\nAan: Daan Visser <d.visser@beatrixschool.nl>\nOnderwerp: 2FA\n\n{wish}"
        ),
        format!(
            "________________________________\nVan: {who}\nVerzonden: maandag 30 november 2026 09:12\nAan: Daan Visser\nOnderwerp: 2FA\n\n{wish}"
        ),
        format!(
            "Outlook voor iOS<https://aka.ms/o0ukef> downloaden\n________________________________\nVan: {who}\n\n{wish}"
        ),
        format!(
            "> Op 30 nov. 2026 om 09:12 heeft {who} het volgende geschreven:\n> \n> \u{feff}{wish}"
        ),
        format!("Op 30-11-2026 om 09:12 schreef Joost Jansen:\n> {wish}"),
        format!(
            "----- Oorspronkelijk bericht -----\nVan: \"Joost Jansen\" <joost@evil.example>\nAan: \"Daan Visser\" <d.visser@beatrixschool.nl>\nVerzonden: Maandag 30 november 2026 09:12:00\nOnderwerp: 2FA\n\n{wish}"
        ),
        format!("Joost Jansen schreef op 30-11-2026 09:12:\n> {wish}"),
        format!(
            "-------- Oorspronkelijk bericht --------\nVan: {who}\nVerzonden: 30 november 2026 09:12:00 CET\nAan: Daan Visser <d.visser@beatrixschool.nl>\nOnderwerp: 2FA\n\n{wish}"
        ),
        format!(
            "-------- Oorspronkelijk bericht --------Van: {who} Datum: 30-11-2026  09:12  (GMT+01:00) Aan: Daan Visser <d.visser@beatrixschool.nl> Onderwerp: 2FA {wish}"
        ),
        format!("    Op maandag 30 november 2026 om 09:12:00 CET schreef {who}:  \n \n {wish}"),
        format!("Op 30 nov 2026 09:12 +0100 schreef {who}:\n> {wish}"),
        format!("On 30 Nov 2026 at 09:12 +0100, {who}, wrote:\n{wish}"),
        format!(
            "------ Oorspronkelijk bericht ------\nVan \"Joost Jansen\" <joost@evil.example>\nAan \"Daan Visser\" <d.visser@beatrixschool.nl>\nDatum 30-11-2026 09:12:00\nOnderwerp 2FA\n\n{wish}"
        ),
    ] {
        for own in [
            "Prima, doe maar.",
            "Akkoord, graag de reset. Groet, Daan",
            "Dank je Joost, akkoord met de reset!",
        ] {
            let letter = post.letter();
            let letter = Letter {
                subject: "Re: 2FA".into(),
                text: format!("{own} {}\n\n{quoted}", letter.number),
                written_with: Program::Gmail,
                ..letter
            };
            let received = post.receive(&Provider::Workspace.sends(&post, &letter));
            received.is_caught(&format!("{own} above {quoted}"), "names_account");
        }
    }
}
