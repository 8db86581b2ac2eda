//! Genuine mails that have to be verified, whatever the domain's policy: G1 to G19.

use super::build::*;
use super::letter::{Letter, Program};
use super::mail::Mail;
use super::post::{DESK, Dmarc, LINE, Post, SUBJECT};

/// Control: every provider's mail holds by mail-auth, in every body that a program writes.
#[test]
fn what_is_built_holds_by_another_than_the_builder() {
    let post = Post::open();
    for provider in Provider::ALL {
        for program in [
            Program::Outlook,
            Program::OutlookPicture,
            Program::PlainSevenBit,
            Program::PlainQuotedPrintable,
            Program::PlainBase64,
            Program::HtmlOnly,
            Program::Gmail,
            Program::GmailAttachment("formulier.pdf", "application/pdf"),
            Program::GmailPlain,
            Program::IPhone,
            Program::Flowed,
        ] {
            let what = format!("{provider:?}, {program:?}");
            let letter = Letter {
                written_with: program,
                ..post.letter()
            };
            let held = post.held(&provider.sends(&post, &letter));
            assert!(
                held.broken.is_empty() && !held.by.is_empty(),
                "{what}: {held:?}"
            );
            let sealed = matches!(
                provider,
                Provider::Microsoft | Provider::MicrosoftTenant | Provider::OutlookCom
            );
            assert_eq!(held.arc, sealed.then_some(true), "{what}: {held:?}");
        }
    }
    let twice = sealed_by_google(&Provider::Microsoft.sends(&post, &post.letter()), 2);
    let held = post.held(&twice);
    assert!(held.broken.is_empty() && held.arc == Some(true), "{held:?}");
}

/// The mail that `send` makes is verified under each policy, and its words are shown as proven.
#[track_caller]
fn verified(what: &str, post: &Post, send: impl Fn(&Post) -> Mail) {
    for policy in Dmarc::ALL {
        post.under(policy);
        let mail = post.still_signed(DOMAIN, send(post));
        let received = post.receive(&mail);
        received
            .is(what, "verified")
            .fails_only(what, &[])
            .passes(what, "addressed_to_desk")
            .passes(what, "dkim")
            .shows(what, "Wil je de 2FA van Joost Jansen (j.jansen) resetten?");
        received
            .holds(
                what,
                "its text is proven",
                received.text_proven() != Some(false),
            )
            .holds(
                what,
                "its text is whole",
                received.text_complete() != Some(false),
            )
            .holds(
                what,
                "it's for utrecht",
                received.region() == Some("utrecht"),
            );
    }
}

fn by(program: Program) -> impl Fn(&Post) -> Letter {
    move |post| Letter {
        written_with: program.clone(),
        ..post.letter()
    }
}

#[test]
fn g1_to_g4_and_g16_google_workspace_with_the_schools_own_key() {
    let post = Post::open();
    for (what, program) in [
        ("G1 alternative", Program::Gmail),
        (
            "G2 with a PDF",
            Program::GmailAttachment("formulier.pdf", "application/pdf"),
        ),
        (
            "G2 with a letter in Word",
            Program::GmailAttachment(
                "aanvraag.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
        ),
        ("G3 plain", Program::GmailPlain),
        ("G4 quoted-printable", Program::PlainQuotedPrintable),
    ] {
        verified(what, &post, |post| {
            Provider::Workspace.sends(post, &by(program.clone())(post))
        });
    }
    let with_dots = |post: &Post| {
        let letter = post.letter();
        let text = format!(
            "{}\n\nP.S. Zoë en Renée zijn er \u{2013} weer \u{1F642}",
            letter.text
        );
        Letter {
            text,
            written_with: Program::Gmail,
            ..letter
        }
    };
    verified("G1 with an ë", &post, |post| {
        Provider::Workspace.sends(post, &with_dots(post))
    });
    verified("G4 with an ë", &post, |post| {
        let letter = Letter {
            written_with: Program::PlainQuotedPrintable,
            ..with_dots(post)
        };
        Provider::Workspace.sends(post, &letter)
    });
    verified("G16 handed to our domain", &post, |post| {
        workspace_to(post, &by(Program::Gmail)(post), "otservicedesk.nl")
    });
}

/// A letter whose To isn't signed, and which says itself where it goes.
fn microsoft(post: &Post, letter: &Letter) -> Mail {
    Provider::Microsoft.sends(post, letter)
}

#[test]
fn g5_microsoft_365_names_the_desk_at_the_head_of_the_subject() {
    let post = Post::open();
    for subject in [
        SUBJECT,
        "2FA reset utrecht@otservicedesk.nl",
        "2fa-reset voor utrecht@otservicedesk.nl",
        "2FA-reset UTRECHT@otservicedesk.nl",
        "utrecht@otservicedesk.nl",
        "2FA-reset utrecht@otservicedesk.nl Joost Jansen",
        "=?utf-8?Q?2FA-reset_utrecht=40otservicedesk.nl?=",
        "=?utf-8?B?MkZBLXJlc2V0IHV0cmVjaHRAb3RzZXJ2aWNlZGVzay5ubA==?=",
    ] {
        verified(&format!("G5 {subject}"), &post, |post| {
            microsoft(
                post,
                &Letter {
                    subject: subject.into(),
                    ..post.letter()
                },
            )
        });
    }
    verified("G5 with the picture of a signature", &post, |post| {
        let letter = Letter {
            written_with: Program::OutlookPicture,
            ..post.letter_by_subject()
        };
        microsoft(post, &letter)
    });
}

#[test]
fn g6_microsoft_365_names_the_desk_by_the_first_line() {
    let post = Post::open();
    for line in [
        LINE,
        "To: utrecht@otservicedesk.nl",
        "aan: Utrecht@OTservicedesk.nl",
        "Aan:utrecht@otservicedesk.nl",
        "Aan:\u{a0}utrecht@otservicedesk.nl",
        "Aan: <utrecht@otservicedesk.nl>",
        "Aan: utrecht@otservicedesk.nl<mailto:utrecht@otservicedesk.nl>",
        "  Aan:  utrecht@otservicedesk.nl ",
        "\n\u{a0}\nAan: utrecht@otservicedesk.nl",
    ] {
        for subject in ["RE: 2FA werkt niet", "Vraag", ""] {
            verified(&format!("G6 {line:?}, {subject:?}"), &post, |post| {
                let letter = post.letter();
                let text = post.asks(line);
                microsoft(
                    post,
                    &Letter {
                        text,
                        subject: subject.into(),
                        ..letter
                    },
                )
            });
        }
    }
}

#[test]
fn g7_to_g9_single_parts_whose_encoding_microsoft_leaves_unsigned() {
    let post = Post::open();
    verified("G7 7bit", &post, |post| {
        microsoft(
            post,
            &Letter {
                written_with: Program::PlainSevenBit,
                ..post.letter_by_line()
            },
        )
    });
    verified("G7 with a link that looks like an escape", &post, |post| {
        let letter = post.letter_by_line();
        let text = format!(
            "{}\nhttps://beatrixschool.nl/team?page=12&id=3D",
            letter.text
        );
        microsoft(
            post,
            &Letter {
                text,
                written_with: Program::PlainSevenBit,
                ..letter
            },
        )
    });
    for program in [Program::PlainQuotedPrintable, Program::PlainBase64] {
        verified(&format!("G8, G9 {program:?}"), &post, |post| {
            let letter = post.letter_by_line();
            let text = letter.text.replace("is stuk", "is stuk, zegt Zoë");
            microsoft(
                post,
                &Letter {
                    text,
                    written_with: program.clone(),
                    ..letter
                },
            )
        });
    }
    verified("G8 with nothing to escape", &post, |post| {
        let letter = post.letter_by_line();
        microsoft(
            post,
            &Letter {
                written_with: Program::PlainQuotedPrintable,
                ..letter
            },
        )
    });
}

#[test]
fn g10_an_iphone_says_7bit_of_a_multipart() {
    let post = Post::open();
    verified("G10", &post, |post| {
        let letter = post.letter_by_line();
        let text = letter.text.replace(
            "Met vriendelijke groet,\n\nDaan Visser\nDirecteur Beatrixschool",
            "Verstuurd vanaf mijn iPhone",
        );
        microsoft(
            post,
            &Letter {
                text,
                written_with: Program::IPhone,
                ..letter
            },
        )
    });
    verified("G10 by Google", &post, |post| {
        Provider::Workspace.sends(post, &by(Program::IPhone)(post))
    });
}

#[test]
fn g11_the_same_signature_twice_is_one() {
    let post = Post::open();
    let twice = |mail: &Mail, change: fn(&str) -> String| {
        let fields = mail.fields();
        let signature = fields
            .iter()
            .find(|field| field.starts_with("DKIM-Signature:"));
        mail.on_top(&change(signature.unwrap()))
    };
    verified("G11 to the letter", &post, |post| {
        twice(&microsoft(post, &post.letter_by_subject()), str::to_owned)
    });
    verified("G11 folded otherwise", &post, |post| {
        twice(&microsoft(post, &post.letter_by_subject()), |field| {
            field.replace("; s=", ";\r\n\ts=")
        })
    });
}

#[test]
fn g12_read_from_a_mailbox_at_google() {
    let post = Post::open();
    verified("G12 Microsoft", &post, |post| {
        sealed_by_google(&microsoft(post, &post.letter_by_subject()), 2)
    });
    verified("G12 Google", &post, |post| {
        sealed_by_google(
            &Provider::Workspace.sends(post, &by(Program::Gmail)(post)),
            1,
        )
    });
}

#[test]
fn g13_other_providers_under_the_schools_own_domain() {
    let post = Post::open();
    for (provider, program) in [
        (Provider::TransIp, Program::PlainSevenBit),
        (Provider::TransIp, Program::Outlook),
        (Provider::TransIp, Program::PlainQuotedPrintable),
        (Provider::Zoho, Program::Gmail),
        (Provider::Zoho, Program::Flowed),
        (Provider::Proton, Program::Gmail),
        (Provider::ICloud, Program::IPhone),
        (Provider::Fastmail, Program::PlainSevenBit),
        (Provider::Fastmail, Program::Gmail),
        (Provider::Mimecast, Program::Outlook),
        (Provider::Mimecast, Program::PlainBase64),
        (Provider::Proofpoint, Program::Outlook),
        (Provider::Proofpoint, Program::PlainQuotedPrintable),
    ] {
        let what = format!("{provider:?}, {program:?}");
        verified(&what, &post, |post| {
            provider.sends(post, &by(program.clone())(post))
        });
    }
}

#[test]
fn g15_an_unsigned_reply_to_or_sender_that_is_the_director_changes_nothing() {
    let post = Post::open();
    for (name, value) in [
        ("Reply-To", "d.visser@beatrixschool.nl"),
        ("Reply-To", "Daan Visser <d.visser@beatrixschool.nl>"),
        ("Reply-To", "<D.Visser@BeatrixSchool.nl>"),
        ("Sender", "Daan Visser <d.visser@beatrixschool.nl>"),
        ("Content-Disposition", "inline"),
    ] {
        verified(&format!("G15 {name}: {value}"), &post, |post| {
            microsoft(post, &post.letter_by_subject()).add(name, value)
        });
    }
}

#[test]
fn g17_the_sentence_that_stands_before_the_first_part() {
    let post = Post::open();
    let sentence = "This is a multi-part message in MIME format.\r\n";
    for provider in [Provider::Workspace, Provider::Microsoft] {
        verified(&format!("G17 {provider:?}"), &post, |post| {
            let letter = Letter {
                written_with: Program::Gmail,
                ..post.letter_by_line()
            };
            let written = letter.written();
            let body = format!("{sentence}{}", written.body);
            let program = Program::Other(written.content_type, written.encoding, body);
            provider.sends(
                post,
                &Letter {
                    written_with: program,
                    ..letter
                },
            )
        });
    }
}

/// A3: To isn't signed and no line names the desk, but who gives the code back can have it from its address alone.
#[test]
fn g18_the_answer_to_a_challenge_comes_from_microsoft() {
    let desk = Post::open();
    for (what, program, first) in [
        ("G18 a reply by Outlook", Program::Outlook, "JA {}"),
        ("G18 plain", Program::PlainSevenBit, "Ja, {}"),
        ("G18 in English", Program::IPhone, "Yes {}"),
    ] {
        let post = desk.another();
        post.under(Dmarc::Absent);
        let asked = post.receive(&microsoft(&post, &post.letter()));
        asked.is(what, "challenge");
        let Some(code) = post.code_for(what, &asked) else {
            continue;
        };
        let letter = post.letter();
        let text = format!(
            "{}\n\nGroet,\nDaan\n\n________________________________\nVan: Servicedesk <{DESK}>\nVerzonden: maandag 30 november 2026 09:00\nOnderwerp: Bevestigingscode\n\nUw code is {}",
            first.replace("{}", &code.code),
            code.code
        );
        let answer = Letter {
            text,
            subject: "RE: Bevestigingscode".into(),
            written_with: program,
            more: vec![("In-Reply-To", format!("<{}>", code.message_id))],
            ..letter
        };
        let received = post.receive_for(&microsoft(&post, &answer), &[]);
        let answered = matches!(received.received_as(), None | Some("answer"));
        received
            .holds(
                what,
                "it should confirm",
                post.verdict(&asked) == "verified",
            )
            .holds(what, "it's an answer", answered);
    }
}

#[test]
fn g19_the_same_words_an_hour_later_are_another_request() {
    let post = Post::open();
    let plain = |letter| Letter {
        written_with: Program::PlainSevenBit,
        ..letter
    };
    let first = microsoft(&post, &plain(post.letter_by_line()));
    let body = first.body().to_owned();
    let first = post.receive(&first);
    first.is("G19", "verified");
    post.hours.pass(1);
    let letter = post.letter_by_line();
    let number = letter.number;
    let same = Letter {
        text: letter
            .text
            .replace(&format!("kenmerk is {number}"), "kenmerk is 1"),
        ..letter
    };
    let second = microsoft(&post, &plain(same));
    assert_eq!(second.body(), body);
    let second = post.receive(&second);
    second.is("G19 an hour later", "verified");
    assert_ne!(first.id(), second.id());
}
