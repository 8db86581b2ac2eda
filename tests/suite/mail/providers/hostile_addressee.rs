//! Mails that the director really wrote, to somebody else or to nobody in particular, brought to the desk: H1 to H8.

use super::build::*;
use super::letter::{Letter, Program, crlf, multipart, part};
use super::mail::Mail;
use super::post::{DESK, Dmarc, LINE, NOORD, Post, SUBJECT};

const TEACHER: &str = "Joost Jansen <j.jansen@beatrixschool.nl>";

/// Not verified under any policy, and that check says why; its signature holds all the same.
#[track_caller]
fn caught(what: &str, by: &str, post: &Post, send: impl Fn(&Post) -> Mail) {
    for policy in Dmarc::ALL {
        post.under(policy);
        let mail = post.still_signed(DOMAIN, send(post));
        post.receive(&mail).is_caught(what, by);
    }
}

fn microsoft(post: &Post, letter: &Letter) -> Mail {
    Provider::Microsoft.sends(post, letter)
}

fn to_a_teacher(post: &Post, text: &str) -> Letter {
    let letter = post.letter();
    let text = format!(
        "{text}\n\nDit was bericht {}.\n\nGroet,\nDaan Visser",
        letter.number
    );
    Letter {
        to: TEACHER.into(),
        text,
        ..letter
    }
}

#[test]
fn h1_and_h2_a_mail_to_a_teacher_with_the_desk_in_its_unsigned_to() {
    let post = Post::open();
    for text in [
        "Beste Joost,\n\nGraag je 2FA (j.jansen) laten resetten.",
        "Beste Joost,\n\nVoor een 2FA-reset van j.jansen: mail naar utrecht@otservicedesk.nl.",
        "Beste Joost,\n\nutrecht@otservicedesk.nl reset de 2FA van Joost Jansen.",
        "Beste Joost,\n\nmail dit:\n\nAan: utrecht@otservicedesk.nl\n\nWil je de 2FA van Joost Jansen resetten?",
        "Joost, de 2FA van Joost Jansen reset je zo: Aan: utrecht@otservicedesk.nl",
        "> Aan: utrecht@otservicedesk.nl\n> Reset de 2FA van Joost Jansen",
        "mailto:utrecht@otservicedesk.nl\n\nReset de 2FA van Joost Jansen",
        "utrecht@otservicedesk.nl\n\nReset de 2FA van Joost Jansen",
        "Aan: utrecht@otservicedesk.nl, j.jansen@beatrixschool.nl\n\nReset de 2FA van Joost Jansen",
        "Aan: j.jansen@beatrixschool.nl utrecht@otservicedesk.nl\n\nReset de 2FA van Joost Jansen",
        "Aan: utrecht@otservicedesk.nl.evil.example\n\nReset de 2FA van Joost Jansen",
        "Aan: x-utrecht@otservicedesk.nl\n\nReset de 2FA van Joost Jansen",
        "Aan: utrecht@otservicedesk.nl<mailto:j.jansen@beatrixschool.nl>\n\nReset de 2FA van Joost Jansen",
        "Aan: j.jansen@beatrixschool.nl<mailto:utrecht@otservicedesk.nl>\n\nReset de 2FA van Joost Jansen",
        "Naar: utrecht@otservicedesk.nl\n\nReset de 2FA van Joost Jansen",
    ] {
        for program in [Program::Outlook, Program::PlainBase64, Program::IPhone] {
            caught(
                &format!("H1, H2 {program:?} {text:?}"),
                "addressed_to_desk",
                &post,
                |post| {
                    let letter = Letter {
                        written_with: program.clone(),
                        ..to_a_teacher(post, text)
                    };
                    microsoft(post, &letter).set("To", DESK)
                },
            );
        }
    }
}

/// With To signed there is nothing to change, and nothing that the text says can stand in for it.
#[test]
fn a_signed_to_that_names_no_desk_is_rejected_whatever_the_text_says() {
    let post = Post::open();
    for policy in Dmarc::ALL {
        post.under(policy);
        for provider in [
            Provider::Workspace,
            Provider::ICloud,
            Provider::Fastmail,
            Provider::TransIp,
        ] {
            let what = format!("{provider:?}");
            for letter in [post.letter_by_line(), post.letter_by_subject()] {
                let letter = Letter {
                    to: TEACHER.into(),
                    written_with: Program::PlainSevenBit,
                    ..letter
                };
                let mail = post.still_signed(DOMAIN, provider.sends(&post, &letter));
                post.receive(&mail)
                    .is(&what, "rejected")
                    .is_caught(&what, "addressed_to_desk");
            }
        }
    }
}

#[test]
fn h3_and_h4_a_subject_that_inherits_the_desk_or_names_it_behind_something() {
    let post = Post::open();
    for subject in [
        "RE: 2FA-reset utrecht@otservicedesk.nl",
        "Re: utrecht@otservicedesk.nl",
        "Automatisch antwoord: 2FA-reset utrecht@otservicedesk.nl",
        "Automatic reply: 2FA-reset utrecht@otservicedesk.nl",
        "FW: 2FA-reset utrecht@otservicedesk.nl",
        "Fwd: utrecht@otservicedesk.nl",
        "Antw: 2FA-reset utrecht@otservicedesk.nl",
        "Gelezen: 2FA-reset utrecht@otservicedesk.nl",
        "Uitnodiging: 2FA-reset utrecht@otservicedesk.nl",
        "Geaccepteerd: utrecht@otservicedesk.nl",
        "=?utf-8?Q?Automatisch_antwoord=3A_2FA-reset_utrecht=40otservicedesk.nl?=",
        "[SPAM] 2FA-reset utrecht@otservicedesk.nl",
        "[Extern] utrecht@otservicedesk.nl",
        "Graag 2FA-reset utrecht@otservicedesk.nl",
        "2FA-reset van j.jansen utrecht@otservicedesk.nl",
        "2FA-reset: utrecht@otservicedesk.nl",
        "2FA-reset voor voor utrecht@otservicedesk.nl",
        "2FA-reset utrecht@otservicedesk.nl: graag",
        "2FA-reset utrecht@otservicedesk.nl,j.jansen@beatrixschool.nl",
        "2FA-reset utrecht@otservicedesk.nl.evil.example",
        "2FA-resetutrecht@otservicedesk.nl",
        "2FA-reset xutrecht@otservicedesk.nl",
    ] {
        caught(
            &format!("H3, H4 {subject}"),
            "addressed_to_desk",
            &post,
            |post| {
                let letter = Letter {
                    subject: subject.into(),
                    to: TEACHER.into(),
                    ..post.letter()
                };
                microsoft(post, &letter).set("To", DESK)
            },
        );
    }
}

#[test]
fn h3_what_tells_an_automatic_answer_can_be_stripped_and_nothing_is_gained() {
    let post = Post::open();
    caught("H3 automatic answer", "addressed_to_desk", &post, |post| {
        let letter = Letter {
            subject: "Automatisch antwoord: 2FA-reset utrecht@otservicedesk.nl".into(),
            to: TEACHER.into(),
            more: vec![
                ("In-Reply-To", "<vraag@evil.example>".into()),
                ("Auto-Submitted", "auto-generated".into()),
            ],
            ..post.letter()
        };
        microsoft(post, &letter)
            .without("In-Reply-To")
            .without("Auto-Submitted")
            .set("To", DESK)
    });
}

#[test]
fn h5_the_desk_that_was_named_is_the_one_that_was_written_to() {
    let post = Post::open();
    for (what, named) in [
        ("by line", format!("Aan: {NOORD}")),
        ("by subject", String::new()),
    ] {
        caught(&format!("H5 {what}"), "region", &post, |post| {
            let letter = post.letter();
            let subject = if named.is_empty() {
                format!("2FA-reset {NOORD}")
            } else {
                "Vraag".into()
            };
            let text = post.asks(&named);
            let letter = Letter {
                to: NOORD.into(),
                subject,
                text,
                ..letter
            };
            microsoft(post, &letter).set("To", DESK)
        });
    }
    let letter = post.letter();
    let text = post.asks(&format!("Aan: {NOORD}"));
    let received = post.receive(&microsoft(&post, &Letter { text, ..letter }));
    received.holds("H5", "it's for noord", received.region() == Some("noord"));
}

#[test]
fn h6_a_cc_that_isnt_signed_makes_nobody_a_recipient() {
    let post = Post::open();
    caught("H6 Microsoft", "addressed_to_desk", &post, |post| {
        microsoft(
            post,
            &to_a_teacher(post, "De 2FA van Joost Jansen moet gereset."),
        )
        .add("Cc", DESK)
    });
    for provider in [Provider::ICloud, Provider::Kpn, Provider::Proofpoint] {
        for policy in Dmarc::ALL {
            post.under(policy);
            let letter = Letter {
                written_with: Program::PlainSevenBit,
                ..to_a_teacher(&post, "De 2FA van Joost Jansen moet gereset.")
            };
            let mail = provider.sends(&post, &letter).add("Cc", DESK);
            let held = post.held(&mail);
            assert!(held.broken.is_empty(), "{provider:?}: {held:?}");
            post.receive(&mail)
                .is_caught(&format!("H6 {provider:?}"), "addressed_to_desk");
        }
    }
}

#[test]
fn h7_a_calendar_part_is_nothing_that_somebody_wrote() {
    let post = Post::open();
    for method in ["REQUEST", "REPLY", "COUNTER", "PUBLISH"] {
        for by in ["addressed_to_desk", "written_by_person"] {
            caught(&format!("H7 {method}"), by, &post, |post| {
                let letter = post.letter_by_line();
                let boundary = letter.outlook_boundary("000");
                let body = multipart(
                    &boundary,
                    &[
                        part(
                            &["Content-Type: text/plain; charset=\"utf-8\""],
                            &crlf(&letter.text),
                        ),
                        part(
                            &[&format!(
                                "Content-Type: text/calendar; charset=\"utf-8\"; method={method}"
                            )],
                            &format!(
                                "BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nSUMMARY:Overleg\r\nEND:VEVENT\r\nEND:VCALENDAR"
                            ),
                        ),
                    ],
                );
                let kind = format!("multipart/alternative;\r\n\tboundary=\"{boundary}\"");
                microsoft(
                    post,
                    &Letter {
                        written_with: Program::Other(kind, None, body),
                        ..letter
                    },
                )
            });
        }
    }
}

#[test]
fn h8_a_desk_that_only_looks_like_one() {
    let post = Post::open();
    for subject in [
        // Cyrillic es, Latin long s, full-width letters, a zero-width space, a soft hyphen.
        "=?utf-8?Q?2FA-reset_utrecht=40otservi=D1=81edesk.nl?=",
        "=?utf-8?Q?2FA-reset_utrecht=40ot=C5=BFervicedesk.nl?=",
        "=?utf-8?Q?2FA-reset_=EF=BD=95trecht=40otservicedesk.nl?=",
        "=?utf-8?Q?2FA-reset_utrecht=40ot=E2=80=8Bservicedesk.nl?=",
        "=?utf-8?Q?2FA-reset_utrecht=40ot=C2=ADservicedesk.nl?=",
        "=?utf-8?Q?RE=EF=BC=9A_2FA-reset_utrecht=40otservicedesk.nl?=",
        "2FA-reset utrecht@otservicedesk.nl@evil.example",
        "2FA-reset utrecht@otservicedesk.n",
    ] {
        caught(
            &format!("H8 {subject}"),
            "addressed_to_desk",
            &post,
            |post| {
                microsoft(
                    post,
                    &Letter {
                        subject: subject.into(),
                        ..post.letter()
                    },
                )
            },
        );
    }
    for address in [
        "utrecht@otservi\u{441}edesk.nl",
        "utrecht@otservicedesk\u{3002}nl",
        "utrecht@ot\u{200b}servicedesk.nl",
    ] {
        caught(
            &format!("H8 line {address:?}"),
            "addressed_to_desk",
            &post,
            |post| {
                let letter = post.letter();
                let text = post.asks(&format!("Aan: {address}"));
                microsoft(post, &Letter { text, ..letter })
            },
        );
    }
}

/// H49: what an Outlook user forwards begins with a header block of its own.
#[test]
fn h49_a_header_block_is_no_first_line() {
    let post = Post::open();
    for rest in [
        "Van: Joost Jansen\nVerzonden: maandag 30 november 2026 09:00\nOnderwerp: 2FA",
        "From: Joost Jansen\nSent: Monday\nSubject: 2FA",
        "Cc: Joost Jansen\n\nBeste",
        "\nVan: Joost Jansen\nDatum: vandaag",
        "Onderwerp: 2FA\nVan: Joost Jansen",
        "Datum: vandaag\nVan: Joost",
        "Subject: 2FA",
        "Date: today",
    ] {
        caught(
            &format!("H49 {rest:?}"),
            "addressed_to_desk",
            &post,
            |post| {
                let letter = post.letter();
                let text = format!("{LINE}\n{rest}\n\n{}", post.asks(""));
                microsoft(
                    post,
                    &Letter {
                        text,
                        subject: "Vraag".into(),
                        ..letter
                    },
                )
            },
        );
    }
}

/// A2 by subject asks for a mail that is nothing but what the director typed.
#[test]
fn a_subject_counts_only_where_nothing_is_quoted_forwarded_or_attached() {
    let post = Post::open();
    for quote in [
        "> Kun jij de 2FA resetten?",
        "________________________________\nVan: Joost Jansen <joost@evil.example>\nVerzonden: maandag\nOnderwerp: 2FA",
        "-----Oorspronkelijk bericht-----\nVan: Joost Jansen",
        "Op ma 30 nov 2026 om 09:00 schreef Joost Jansen <joost@evil.example>:\n> hallo",
        "Begin doorgestuurd bericht:\n\nVan: Joost",
    ] {
        caught(
            &format!("subject over a quote {quote:?}"),
            "addressed_to_desk",
            &post,
            |post| {
                let letter = post.letter_by_subject();
                let text = format!("{}\n\n{quote}", letter.text);
                microsoft(post, &Letter { text, ..letter })
            },
        );
    }
    for (name, kind) in [
        ("2FA-reset utrecht@otservicedesk.nl", "application/pdf"),
        ("verzoek.pdf", "application/pdf"),
        ("mail.eml", "message/rfc822"),
        ("winmail.dat", "application/ms-tnef"),
        ("notitie.txt", "text/plain"),
    ] {
        caught(
            &format!("H48 subject over {name}"),
            "addressed_to_desk",
            &post,
            |post| {
                let letter = Letter {
                    written_with: Program::GmailAttachment(name, kind),
                    ..post.letter()
                };
                microsoft(
                    post,
                    &Letter {
                        subject: SUBJECT.into(),
                        ..letter
                    },
                )
            },
        );
    }
}
