//! A mail to the desk whose unsigned fields are bent so that its body reads otherwise: H9 to H28.

use super::build::*;
use super::letter::{Letter, Program, crlf, multipart, part, quoted_printable};
use super::mail::Mail;
use super::post::{Dmarc, Post};
use super::twins::Twins;

/// What the director wrote, and what the attacker would like to be read.
const DENIAL: &str = "Dit heb ik NIET gevraagd. Reset de 2FA van Joost Jansen dus niet.";
const WISH: &str = "Ja, reset de 2FA van Joost Jansen (j.jansen) graag.";

/// A mail of Google's, under every policy, as sent and bent. It's never verified with other words than were
/// sent; and where the specification says so, not at all.
#[track_caller]
fn bent(
    what: &str,
    by: Option<&str>,
    twins: &Twins,
    make: impl Fn(&Post) -> Mail,
    change: impl Fn(&Mail) -> Mail,
) {
    for policy in Dmarc::ALL {
        twins.under(policy);
        let mail = make(&twins.sent);
        // The other desk counts its letters alike.
        twins.bent.letter();
        let changed = twins.bent.still_signed(DOMAIN, change(&mail));
        let (sent, bent) = twins.read_alike(what, &mail, &changed);
        let forged = bent.verdict() == "verified" && bent.text() != sent.text();
        bent.holds(what, "other words are verified", !forged);
        if let Some(by) = by {
            bent.is_caught(what, by);
        }
    }
}

fn google(post: &Post, program: Program) -> Mail {
    Provider::Workspace.sends(
        post,
        &Letter {
            written_with: program,
            ..post.letter()
        },
    )
}

fn other(content_type: &str, encoding: Option<&'static str>, body: String) -> Program {
    Program::Other(content_type.into(), encoding, body)
}

/// A denial above a forwarded mail that has a multipart of its own.
fn forwarding(post: &Post) -> Mail {
    let letter = post.letter();
    let (outer, inner) = (letter.gmail_boundary(2), letter.gmail_boundary(9));
    let forwarded = multipart(
        &inner,
        &[
            part(&["Content-Type: text/plain; charset=\"UTF-8\""], WISH),
            part(
                &["Content-Type: text/html; charset=\"UTF-8\""],
                &format!("<p>{WISH}</p>"),
            ),
        ],
    );
    let forwarded = format!(
        "From: Joost Jansen <j.jansen@beatrixschool.nl>\r\nSubject: 2FA\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"{inner}\"\r\n\r\n{forwarded}"
    );
    let body = multipart(
        &outer,
        &[
            part(
                &["Content-Type: text/plain; charset=\"UTF-8\""],
                &format!("{DENIAL} Nummer {}.", letter.number),
            ),
            part(
                &[
                    "Content-Type: message/rfc822; name=\"bericht.eml\"",
                    "Content-Disposition: attachment; filename=\"bericht.eml\"",
                ],
                &forwarded,
            ),
        ],
    );
    let kind = format!("multipart/mixed; boundary=\"{outer}\"");
    Provider::Workspace.sends(
        post,
        &Letter {
            written_with: other(&kind, None, body),
            ..letter
        },
    )
}

fn inner_boundary(mail: &Mail) -> String {
    let body = mail.body();
    let at = body.find("boundary=\"").expect("an inner multipart") + "boundary=\"".len();
    body[at..].split('"').next().unwrap().to_owned()
}

#[test]
fn h9_h10_and_h18_another_boundary_is_declared() {
    let twins = Twins::open();
    for subtype in ["mixed", "alternative", "related"] {
        bent(&format!("H9 {subtype}"), None, &twins, forwarding, |mail| {
            mail.set(
                "Content-Type",
                &format!("multipart/{subtype}; boundary=\"{}\"", inner_boundary(mail)),
            )
        });
    }
    for declared in [
        "multipart/alternative; boundary=\"nergens\"",
        "multipart/alternative",
        "multipart/alternative; boundary=\"\"",
        "multipart/mixed; boundary=0",
    ] {
        bent(
            &format!("H10 {declared}"),
            None,
            &twins,
            |post| google(post, Program::Gmail),
            |mail| mail.set("Content-Type", declared),
        );
    }
    for declared in [
        "multipart/mixed; boundary=\"INNER\"; boundary=\"OUTER\"",
        "multipart/mixed; boundary=\"OUTER\"; boundary=\"INNER\"",
        "multipart/mixed; boundary*0=\"IN\"; boundary*1=\"NER\"; boundary=\"OUTER\"",
        "multipart/mixed; boundary*=utf-8''INNER; boundary=\"OUTER\"",
        "multipart/mixed; boundary=\"OUTER\"; boundary*0*=utf-8''INNER",
        "multipart/mixed (x; boundary=\"OUTER\"); boundary=\"INNER\"",
        "multipart/mixed; x=\"; boundary=OUTER\"; boundary=INNER",
    ] {
        bent(
            &format!("H18 {declared}"),
            None,
            &twins,
            forwarding,
            |mail| {
                let inner = inner_boundary(mail);
                let outer = mail.body()[2..].split("\r\n").next().unwrap();
                let declared = declared
                    .replace("OUTER", outer)
                    .replace("\"IN\"", &format!("\"{}\"", &inner[..4]));
                let declared = declared.replace("\"NER\"", &format!("\"{}\"", &inner[4..]));
                mail.set("Content-Type", &declared.replace("INNER", &inner))
            },
        );
    }
}

#[test]
fn h11_to_h13_h16_and_h19_another_type_is_declared() {
    let twins = Twins::open();
    for declared in [
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "multipart/digest; boundary=\"B\"",
        "message/rfc822",
        "message/global",
        "message/partial; id=\"x\"; number=1; total=1",
        "multipart/encrypted; boundary=\"B\"",
        "multipart/report; boundary=\"B\"",
        "application/octet-stream",
        "application/ms-tnef",
        "multipart/form-data; boundary=\"B\"",
        "multipart/x-mixed-replace; boundary=\"B\"",
        "text",
        "multipart/",
        "",
    ] {
        bent(
            &format!("H11-H19 {declared:?}"),
            Some("dkim"),
            &twins,
            |post| google(post, Program::Gmail),
            |mail| {
                let boundary = mail.body()[2..].split("\r\n").next().unwrap().to_owned();
                mail.set(
                    "Content-Type",
                    &declared.replace("\"B\"", &format!("\"{boundary}\"")),
                )
            },
        );
    }
    bent(
        "H16 no Content-Type",
        Some("dkim"),
        &twins,
        |post| google(post, Program::Gmail),
        |mail| mail.without("Content-Type"),
    );
    bent(
        "H16 no MIME-Version that counts",
        None,
        &twins,
        |post| google(post, Program::Gmail),
        |mail| {
            mail.without("Content-Type")
                .add("Content-Type ", "text/plain")
        },
    );
    // The single part, where HTML would hide what the text says.
    for declared in [
        "text/html",
        "text/html; charset=utf-8",
        "text/enriched",
        "text/calendar; method=REPLY",
        "message/rfc822",
    ] {
        bent(
            &format!("H12 plain text as {declared}"),
            Some("dkim"),
            &twins,
            |post| google(post, Program::GmailPlain),
            |mail| mail.set("Content-Type", declared),
        );
    }
    bent(
        "plain text as a multipart",
        Some("dkim"),
        &twins,
        |post| google(post, Program::GmailPlain),
        |mail| mail.set("Content-Type", "multipart/mixed; boundary=\"Beste\""),
    );
}

/// What a digest's part is when it doesn't say: a mail. So each part has to say.
#[test]
fn h13_a_part_without_a_type() {
    let post = Post::open();
    for subtype in ["digest", "mixed", "alternative"] {
        for policy in Dmarc::ALL {
            post.under(policy);
            let letter = post.letter();
            let boundary = letter.gmail_boundary(1);
            let body = multipart(&boundary, &[format!("\r\n{}", crlf(&letter.text))]);
            let kind = format!("multipart/mixed; boundary=\"{boundary}\"");
            let letter = Letter {
                written_with: other(&kind, None, body),
                ..letter
            };
            let mail = Provider::Workspace.sends(&post, &letter);
            let mail = mail.set("Content-Type", &kind.replace("mixed", subtype));
            post.receive(&post.still_signed(DOMAIN, mail))
                .is_caught(&format!("H13 {subtype}"), "dkim");
        }
    }
}

#[test]
fn h14_a_charset_that_lies() {
    let twins = Twins::open();
    for charset in [
        "utf-7",
        "utf-16",
        "utf-16le",
        "iso-2022-jp",
        "hz-gb-2312",
        "ibm037",
        "x-user-defined",
        "cp1252",
    ] {
        for program in [Program::GmailPlain, Program::PlainQuotedPrintable] {
            bent(
                &format!("H14 {charset} {program:?}"),
                None,
                &twins,
                |post| google(post, program.clone()),
                |mail| mail.set("Content-Type", &format!("text/plain; charset={charset}")),
            );
        }
        bent(
            &format!("H14 {charset} in UTF-7's own signs"),
            None,
            &twins,
            |post| {
                let letter = post.letter();
                let text = format!(
                    "Dit vraag ik +AEoAYQ-niet voor Joost Jansen ~{{ =1B$B. Reset 2FA? {}",
                    letter.number
                );
                Provider::Workspace.sends(
                    post,
                    &Letter {
                        text,
                        written_with: Program::GmailPlain,
                        ..letter
                    },
                )
            },
            |mail| {
                mail.set(
                    "Content-Type",
                    &format!("text/plain; charset=\"{charset}\""),
                )
            },
        );
    }
}

#[test]
fn h15_and_h22_to_h24_another_encoding_is_declared() {
    let twins = Twins::open();
    let microsoft = |program: Program| {
        move |post: &Post| {
            let letter = post.letter_by_line();
            let ascii = matches!(program, Program::PlainSevenBit);
            let text = if ascii {
                letter.text
            } else {
                letter.text.replace("is stuk", "is stuk, zegt Zoë")
            };
            let letter = Letter {
                text,
                written_with: program.clone(),
                ..letter
            };
            Provider::Microsoft.sends(post, &letter)
        }
    };
    for encoding in ["base64", "quoted-printable", "x-uuencode", "x-gzip64"] {
        for program in [Program::Gmail, Program::Outlook] {
            bent(
                &format!("H15 {encoding} {program:?}"),
                Some("dkim"),
                &twins,
                |post| google(post, program.clone()),
                |mail| mail.add("Content-Transfer-Encoding", encoding),
            );
        }
        bent(
            &format!("H15 {encoding} on Microsoft's"),
            Some("dkim"),
            &twins,
            |post| Provider::Microsoft.sends(post, &post.letter_by_line()),
            |mail| mail.add("Content-Transfer-Encoding", encoding),
        );
    }
    for (what, program, encoding) in [
        ("H22 7bit", Program::PlainSevenBit, "base64"),
        ("H23 base64", Program::PlainBase64, "7bit"),
        ("H23 base64", Program::PlainBase64, "quoted-printable"),
        ("H24 QP", Program::PlainQuotedPrintable, "7bit"),
        ("H24 QP", Program::PlainQuotedPrintable, "8bit"),
        ("H24 QP", Program::PlainQuotedPrintable, "base64"),
        ("H22 7bit", Program::PlainSevenBit, "x-uuencode"),
        ("H22 7bit", Program::PlainSevenBit, "8bit, base64"),
        ("H22 7bit", Program::PlainSevenBit, "(7bit) base64"),
    ] {
        bent(
            &format!("{what} to {encoding}"),
            Some("dkim"),
            &twins,
            microsoft(program),
            |mail| mail.set("Content-Transfer-Encoding", encoding),
        );
    }
    for (what, program) in [
        ("H23", Program::PlainBase64),
        ("H24", Program::PlainQuotedPrintable),
    ] {
        bent(
            &format!("{what} nothing declared"),
            Some("dkim"),
            &twins,
            microsoft(program),
            |mail| mail.without("Content-Transfer-Encoding"),
        );
    }
}

#[test]
fn h17_something_before_the_first_or_after_the_last_part() {
    let post = Post::open();
    for (what, before, after) in [
        ("epilogue", "", WISH),
        ("preamble", WISH, ""),
        (
            "a preamble that begins like the sentence",
            "This is a multi-part message in MIME format. Reset!",
            "",
        ),
        (
            "a second set of parts",
            "",
            "--B2\r\nContent-Type: text/plain\r\n\r\nJa\r\n--B2--",
        ),
    ] {
        for policy in Dmarc::ALL {
            post.under(policy);
            let letter = Letter {
                written_with: Program::Gmail,
                ..post.letter()
            };
            let written = letter.written();
            let before = if before.is_empty() {
                String::new()
            } else {
                format!("{before}\r\n\r\n")
            };
            let body = format!("{before}{}{after}\r\n", written.body);
            let letter = Letter {
                written_with: other(&written.content_type, None, body),
                ..letter
            };
            let mail = post.still_signed(DOMAIN, Provider::Workspace.sends(&post, &letter));
            post.receive(&mail)
                .is_caught(&format!("H17 {what}"), "dkim");
        }
    }
}

/// A quoted page, so wrapped by quoted-printable that a line begins like a delimiter.
#[test]
fn h20_a_delimiter_that_wrapping_makes() {
    let twins = Twins::open();
    let send = |post: &Post| {
        let letter = post.letter();
        let boundary = letter.gmail_boundary(1);
        let page = format!(
            "<p>{DENIAL}</p><blockquote>{}=\r\n--EVIL\r\nContent-Type: text/plain\r\n\r\n{WISH}\r\n--EVIL--\r\n</blockquote>",
            "x".repeat(40)
        );
        let encoded = "Content-Transfer-Encoding: quoted-printable";
        let body = multipart(
            &boundary,
            &[
                part(
                    &["Content-Type: text/plain; charset=\"UTF-8\"", encoded],
                    &quoted_printable(&format!("{DENIAL} {}", letter.number)),
                ),
                part(
                    &["Content-Type: text/html; charset=\"UTF-8\"", encoded],
                    &page,
                ),
            ],
        );
        let kind = format!("multipart/alternative; boundary=\"{boundary}\"");
        Provider::Workspace.sends(
            post,
            &Letter {
                written_with: other(&kind, None, body),
                ..letter
            },
        )
    };
    for subtype in ["alternative", "mixed"] {
        bent(&format!("H20 {subtype}"), None, &twins, send, |mail| {
            mail.set(
                "Content-Type",
                &format!("multipart/{subtype}; boundary=\"EVIL\""),
            )
        });
    }
}

/// A quote that becomes the director's own line, or a refusal that becomes part of a quote.
#[test]
fn h21_and_h25_an_encoding_that_moves_the_edge_of_a_quote() {
    let twins = Twins::open();
    let send = |text: &'static str| {
        move |post: &Post| {
            let letter = post.letter_by_line();
            let text = format!("{text}\nNummer {}.", letter.number);
            let text = format!("Aan: utrecht@otservicedesk.nl\n\n{text}");
            Provider::Microsoft.sends(
                post,
                &Letter {
                    text,
                    written_with: Program::PlainSevenBit,
                    ..letter
                },
            )
        }
    };
    for text in [
        "Nee.\n> hallo=0AJa, reset de 2FA van Joost Jansen graag.",
        "Nee.\n> hallo=0D=0AJa, reset de 2FA van Joost Jansen graag.",
        "Reset de 2FA van Joost Jansen.\n> quote=\nNee, toch maar niet.",
        "Reset de 2FA van Joost Jansen.\n> quote =\nNee, toch maar niet.",
        "Reset de 2FA van Joost Jansen =\nNee, toch maar niet.",
        "Reset de 2FA van J=6Fost Jansen=2E",
    ] {
        bent(
            &format!("H21, H25 {text:?}"),
            Some("dkim"),
            &twins,
            send(text),
            |mail| mail.set("Content-Transfer-Encoding", "quoted-printable"),
        );
    }
}

#[test]
fn h26_to_h28_fields_that_are_put_in() {
    let twins = Twins::open();
    for (what, by, field, value) in [
        ("H26", "dkim", "Content-Disposition", "attachment"),
        (
            "H26",
            "dkim",
            "Content-Disposition",
            "attachment; filename=\"x.txt\"",
        ),
        (
            "H26",
            "dkim",
            "Content-Disposition",
            "inline; filename=\"x.txt\"",
        ),
        ("H27", "reply_to", "Reply-To", "x@evil.example"),
        (
            "H27",
            "reply_to",
            "Reply-To",
            "d.visser@beatrixschool.nl, x@evil.example",
        ),
        (
            "H27",
            "reply_to",
            "Reply-To",
            "\"d.visser@beatrixschool.nl\" <x@evil.example>",
        ),
        ("H28", "reply_to", "Sender", "x@evil.example"),
        (
            "H28",
            "reply_to",
            "Sender",
            "Joost Jansen <j.jansen@beatrixschool.nl>",
        ),
    ] {
        bent(
            &format!("{what} {field}: {value}"),
            Some(by),
            &twins,
            |post| {
                Provider::Microsoft.sends(
                    post,
                    &Letter {
                        written_with: Program::PlainSevenBit,
                        ..post.letter_by_line()
                    },
                )
            },
            |mail| mail.add(field, value),
        );
    }
    for (by, field, value) in [
        ("dkim", "Content-Disposition", "attachment"),
        ("reply_to", "Sender", "x@evil.example"),
    ] {
        bent(
            &format!("{field} on Google's"),
            Some(by),
            &twins,
            |post| google(post, Program::GmailPlain),
            |mail| mail.add(field, value),
        );
    }
}
