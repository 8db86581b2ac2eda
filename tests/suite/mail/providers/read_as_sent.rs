//! Blanks that the signature doesn't cover: whatever the verdict, these mails read as they were sent. H40 to H43, H50.

use super::build::*;
use super::letter::{Letter, Program, multipart, part, quoted_printable};
use super::mail::Mail;
use super::post::{DESK, Dmarc, Post};
use super::received::Received;
use super::signer::{Form, Key, Signing};
use super::twins::Twins;

const HIDDEN: &str = "Voor Joost Jansen hoeft het NIET meer.";
const LEFT: &str = "Graag de 2FA van Joost Jansen (j.jansen) resetten.";

/// Both desks show the paragraph that the attacker wants gone, and neither shows more or less than the other.
#[track_caller]
fn reads(what: &str, twins: &Twins, make: impl Fn(&Post) -> Mail, change: impl Fn(&Mail) -> Mail) {
    let mail = make(&twins.sent);
    twins.bent.letter();
    let changed = change(&mail);
    assert_ne!(mail.0, changed.0, "{what}: nothing was bent");
    let changed = twins.bent.still_signed(DOMAIN, changed);
    let (sent, bent) = twins.read_alike(what, &mail, &changed);
    for read in [&sent, &bent] {
        read.shows(what, HIDDEN).shows(what, LEFT);
    }
    let same = |this: &Received| this.document["html_differs"].clone();
    bent.holds(
        what,
        "whether HTML and text differ",
        same(&sent) == same(&bent),
    );
}

fn letter(post: &Post) -> Letter {
    let letter = post.letter_by_line();
    let text = format!(
        "Aan: {DESK}\n{HIDDEN}\nNummer {}.\n\n{LEFT}\n\nGroet,\nDaan Visser",
        letter.number
    );
    Letter { text, ..letter }
}

/// The nth empty line becomes this.
fn nth_empty_line(mail: &Mail, nth: usize, line: &str) -> Mail {
    let body = mail.body();
    let at = body
        .match_indices("\r\n\r\n")
        .nth(nth)
        .map(|(at, _)| at + 2);
    let at = at.unwrap_or_else(|| panic!("no empty line {nth}: {body}"));
    mail.with_body(&format!("{}{line}{}", &body[..at], &body[at..]))
}

/// Every part's header ends in a line of blanks.
fn all_empty_lines(mail: &Mail, line: &str) -> Mail {
    let body = mail.body().replace("\r\n\r\n", &format!("\r\n{line}\r\n"));
    mail.with_body(&body)
}

/// Something done to a mail on its way.
type Bend = Box<dyn Fn(&Mail) -> Mail>;

#[test]
fn h40_an_empty_line_after_a_parts_header_becomes_one_of_blanks() {
    let twins = Twins::open();
    for (provider, program) in [
        (Provider::Microsoft, Program::Outlook),
        (Provider::Microsoft, Program::OutlookPicture),
        (Provider::Microsoft, Program::IPhone),
        (Provider::Workspace, Program::Gmail),
        (
            Provider::Workspace,
            Program::GmailAttachment("formulier.pdf", "application/pdf"),
        ),
        (Provider::ICloud, Program::IPhone),
        (Provider::Fastmail, Program::Outlook),
        (Provider::Zoho, Program::Gmail),
        (Provider::MicrosoftTenant, Program::Outlook),
    ] {
        for line in [" ", "\t", " \t  "] {
            let made = |post: &Post| {
                provider.sends(
                    post,
                    &Letter {
                        written_with: program.clone(),
                        ..letter(post)
                    },
                )
            };
            let nested = matches!(
                program,
                Program::OutlookPicture | Program::GmailAttachment(..)
            );
            // A nested multipart has a header of its own before the text's.
            let text = usize::from(nested);
            let what = format!("H40 {provider:?} {program:?} {line:?}");
            let bends: [(&str, Bend); 3] = [
                (
                    "in the text",
                    Box::new(move |mail| nth_empty_line(mail, text, line)),
                ),
                (
                    "in the outer part",
                    Box::new(move |mail| nth_empty_line(mail, 0, line)),
                ),
                (
                    "everywhere",
                    Box::new(move |mail| all_empty_lines(mail, line)),
                ),
            ];
            for (place, bend) in bends {
                let what = format!("{what} {place}");
                if provider == Provider::MicrosoftTenant {
                    // Nothing proves it; what a signature covers is read as it was hashed all the same.
                    let (mail, _) = (made(&twins.sent), twins.bent.letter());
                    let (sent, bent) = twins.read_alike(&what, &mail, &bend(&mail));
                    for read in [sent, bent] {
                        read.shows(&what, HIDDEN).shows(&what, LEFT);
                    }
                } else {
                    reads(&what, &twins, made, bend);
                }
            }
        }
    }
}

/// In the HTML alone, where a text that says less would then be the same as it.
#[test]
fn h40_in_the_html() {
    let twins = Twins::open();
    for program in [Program::Outlook, Program::Gmail] {
        let send = |post: &Post| {
            Provider::Microsoft.sends(
                post,
                &Letter {
                    written_with: program.clone(),
                    ..letter(post)
                },
            )
        };
        reads(&format!("H40 HTML {program:?}"), &twins, send, |mail| {
            let body = mail.body();
            let html = body.find("text/html").expect("there is HTML");
            let at = html + body[html..].find("\r\n\r\n").unwrap() + 2;
            mail.with_body(&format!("{} {}", &body[..at], &body[at..]))
        });
    }
}

#[test]
fn h41_blanks_after_a_soft_line_end() {
    let twins = Twins::open();
    for (provider, program) in [
        (Provider::Microsoft, Program::Outlook),
        (Provider::Microsoft, Program::PlainQuotedPrintable),
        (Provider::TransIp, Program::PlainQuotedPrintable),
        (Provider::Workspace, Program::IPhone),
    ] {
        for blanks in [" ", "\t", "   "] {
            let send = |post: &Post| {
                let letter = letter(post);
                let long = "Wij hebben dit samen besproken en zijn het er over eens dat het zo moet, en niet anders.";
                let text = letter.text.replace(HIDDEN, &format!("{long} {HIDDEN}"));
                provider.sends(
                    post,
                    &Letter {
                        text,
                        written_with: program.clone(),
                        ..letter
                    },
                )
            };
            reads(
                &format!("H41 {provider:?} {program:?} {blanks:?}"),
                &twins,
                send,
                |mail| mail.with_body(&mail.body().replace("=\r\n", &format!("={blanks}\r\n"))),
            );
        }
    }
}

#[test]
fn h42_trailing_blanks_that_would_flow() {
    let twins = Twins::open();
    for provider in [
        Provider::TransIp,
        Provider::Fastmail,
        Provider::Workspace,
        Provider::Microsoft,
    ] {
        let send = |post: &Post| {
            let letter = letter(post);
            let text = letter
                .text
                .replace(LEFT, &format!("> Zal ik het doen?\n{LEFT}"));
            provider.sends(
                post,
                &Letter {
                    text,
                    written_with: Program::Flowed,
                    ..letter
                },
            )
        };
        for blanks in [" ", "  ", "\t"] {
            reads(
                &format!("H42 {provider:?} {blanks:?}"),
                &twins,
                send,
                |mail| mail.with_body(&mail.body().replace("\r\n", &format!("{blanks}\r\n"))),
            );
        }
    }
    // The type isn't signed at Google's: nobody's `format=flowed` may change what is read.
    reads(
        "H42 declared afterwards",
        &twins,
        |post| {
            Provider::Workspace.sends(
                post,
                &Letter {
                    written_with: Program::GmailPlain,
                    ..letter(post)
                },
            )
        },
        |mail| {
            mail.set(
                "Content-Type",
                "text/plain; charset=\"UTF-8\"; format=flowed; delsp=yes",
            )
            .with_body(&mail.body().replace("\r\n", " \r\n"))
        },
    );
}

#[test]
fn h43_and_h50_blanks_at_a_delimiter() {
    let twins = Twins::open();
    for (provider, program) in [
        (Provider::Microsoft, Program::Outlook),
        (Provider::Workspace, Program::Gmail),
        (Provider::ICloud, Program::IPhone),
    ] {
        let send = |post: &Post| {
            provider.sends(
                post,
                &Letter {
                    written_with: program.clone(),
                    ..letter(post)
                },
            )
        };
        for blanks in [" ", "\t", "  \t "] {
            reads(
                &format!("H43 {provider:?} {blanks:?}"),
                &twins,
                send,
                |mail| {
                    let lines = mail.body().split("\r\n").map(|line| {
                        if line.starts_with("--") {
                            format!("{line}{blanks}")
                        } else {
                            line.to_owned()
                        }
                    });
                    mail.with_body(&lines.collect::<Vec<_>>().join("\r\n"))
                },
            );
        }
    }
    let spaced = |post: &Post| {
        let letter = letter(post);
        let boundary = format!("een  grens {}", letter.number);
        let plain = [
            "Content-Type: text/plain; charset=\"utf-8\"",
            "Content-Transfer-Encoding: quoted-printable",
        ];
        let rich = [
            "Content-Type: text/html; charset=\"utf-8\"",
            "Content-Transfer-Encoding: quoted-printable",
        ];
        let body = multipart(
            &boundary,
            &[
                part(&plain, &quoted_printable(&letter.text)),
                part(&rich, &quoted_printable(&format!("<p>{}</p>", letter.text))),
            ],
        );
        let kind = format!("multipart/alternative; boundary=\"{boundary}\"");
        let letter = Letter {
            written_with: Program::Other(kind, None, body),
            ..letter
        };
        Provider::Microsoft.sends(post, &letter)
    };
    for (what, in_header, in_body) in [
        ("both", true, true),
        ("the field", true, false),
        ("the body", false, true),
    ] {
        reads(&format!("H50 {what}"), &twins, spaced, |mail| {
            let mut mail = mail.clone();
            if in_header {
                mail = mail.set(
                    "Content-Type",
                    &mail
                        .value("Content-Type")
                        .replace("een  grens", "een grens"),
                );
            }
            if in_body {
                mail = mail.with_body(&mail.body().replace("een  grens", "een grens"));
            }
            mail
        });
    }
}

/// A simple signature covers every blank: there is nothing to bend, and blanks stay as they are.
#[test]
fn a_simple_signature_leaves_no_blank_to_a_stranger() {
    let post = Post::open();
    let letter = Letter {
        written_with: Program::PlainSevenBit,
        ..letter(&post)
    };
    let mail = plain_fields(&letter);
    let signing = Signing {
        key: Key::School,
        tags: format!("v=1; a=rsa-sha256; c=simple/simple; d={DOMAIN}; s=selector1;"),
        fields: "from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding",
        header: Form::Simple,
        body: Form::Simple,
    };
    let signed = post.still_signed(DOMAIN, mail.on_top(&signing.sign("DKIM-Signature", &mail)));
    post.receive(&signed)
        .is("simple", "verified")
        .shows("simple", HIDDEN);
    let bent = all_empty_lines(&signed, " ");
    assert!(post.held(&bent).by.is_empty());
    let other = Post::open();
    other.receive(&bent).is_caught("simple, bent", "dkim");
}

/// "No" above, the quoted code below: as it was sent it confirms nothing, and no blank makes it confirm.
#[test]
fn h40_on_the_answer_to_a_challenge() {
    let desk = Post::open();
    for (provider, program) in [
        (Provider::Microsoft, Program::Outlook),
        (Provider::Microsoft, Program::IPhone),
        (Provider::Workspace, Program::Gmail),
        (Provider::TransIp, Program::Outlook),
    ] {
        for bent in [false, true] {
            let post = desk.another();
            post.under(Dmarc::Absent);
            let what = format!("H40 answer {provider:?} {program:?}, bent: {bent}");
            let asked = post.receive(&Provider::Microsoft.sends(&post, &post.letter()));
            asked.is(&what, "challenge");
            let Some(code) = post.code_for(&what, &asked) else {
                continue;
            };
            let letter = post.letter();
            let text = format!(
                "Nee, dit heb ik NIET gevraagd. {}\n\nJA {}\n\nGroet,\nDaan",
                letter.number, code.code
            );
            let answer = Letter {
                text,
                subject: "RE: Bevestigingscode".into(),
                written_with: program.clone(),
                more: vec![("In-Reply-To", format!("<{}>", code.message_id))],
                ..letter
            };
            let mut mail = provider.sends(&post, &answer);
            if bent {
                mail = post.still_signed(DOMAIN, nth_empty_line(&mail, 0, " "));
            }
            let received = post.receive_for(&mail, &[]);
            received.holds(
                &what,
                "it must not confirm",
                post.verdict(&asked) == "challenge",
            );
            // What is linked to its request is shown there.
            if received.received_as() != Some("answer") {
                received.shows(&what, "Nee, dit heb ik NIET gevraagd.");
            }
        }
    }
}
