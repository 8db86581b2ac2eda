//! What confirms a challenge by mail, and what doesn't (A3): the first own line of proven words, and nothing else.

use super::build::*;
use super::letter::{Letter, Program, crlf, multipart, part};
use super::mail::Mail;
use super::post::{Code, DESK, Dmarc, Post};
use super::received::Received;

/// A request of Microsoft's that waits for its code; `None` where the challenge isn't open, which is told.
fn asked(what: &str, post: &Post) -> Option<(Received, Code)> {
    // Whatever the policy is; without one, nothing but the answer is in question.
    post.under(Dmarc::Absent);
    let asked = post.receive(&Provider::Microsoft.sends(post, &post.letter()));
    asked.is(what, "challenge");
    let code = post.code_for(what, &asked)?;
    Some((asked, code))
}

fn answer(post: &Post, code: &Code, text: &str) -> Letter {
    let letter = post.letter();
    let text = format!(
        "{}\n\nDit is bericht {}.",
        text.replace("CODE", &code.code),
        letter.number
    );
    Letter {
        text,
        subject: "RE: Bevestigingscode".into(),
        more: vec![("In-Reply-To", format!("<{}>", code.message_id))],
        ..letter
    }
}

/// Sends one answer to a request of its own, and tells whether it confirmed.
#[track_caller]
fn settles(desk: &Post, what: &str, confirms: bool, send: impl Fn(&Post, &Code) -> Mail) {
    let post = desk.another();
    let Some((asked, code)) = asked(what, &post) else {
        return;
    };
    let received = post.receive_for(&send(&post, &code), &[]);
    let verdict = post.verdict(&asked);
    let wanted = if confirms { "verified" } else { "challenge" };
    received.holds(
        what,
        &format!("the request is {verdict}"),
        verdict == wanted,
    );
}

#[test]
fn a_yes_and_the_code_on_the_first_own_line_confirm() {
    let desk = Post::open();
    let microsoft = Provider::Microsoft;
    for text in [
        "JA CODE",
        "ja CODE",
        "Ja, CODE",
        "Yes CODE",
        "\n\nJA CODE",
        "JA CODE\n\n> Vroeg u dit?\n> CODE",
        "*JA CODE*",
        "Aan: utrecht@otservicedesk.nl\n\nBeste desk,\n\nJa, de code is CODE",
        "JA CODE\n\nMet vriendelijke groet,\n\nDaan Visser\nDirecteur\n\nDit bericht is vertrouwelijk. Indien u niet de bedoelde ontvanger bent, verwijder het dan.",
    ] {
        settles(&desk, text, true, |post, code| {
            microsoft.sends(post, &answer(post, code, text))
        });
    }
    // A board whose programs send through its own servers gets its answers through all the same.
    settles(&desk, "hybrid", true, |post, code| {
        let said = results(DOMAIN, "dkim=none (message not signed) header.d=none");
        seal(&microsoft_unsealed(&answer(post, code, "JA CODE")), &said)
    });
    settles(&desk, "without a seal", true, |post, code| {
        microsoft_unsealed(&answer(post, code, "JA CODE"))
    });
    for (provider, program) in [
        (Provider::Workspace, Program::Gmail),
        (Provider::TransIp, Program::PlainSevenBit),
        (Provider::ICloud, Program::IPhone),
        (Provider::Fastmail, Program::Outlook),
    ] {
        settles(&desk, &format!("{provider:?}"), true, |post, code| {
            let letter = Letter {
                written_with: program.clone(),
                ..answer(post, code, "JA CODE")
            };
            provider.sends(post, &letter)
        });
    }
    // Without In-Reply-To, and under another subject: the code on its first own line tells.
    settles(&desk, "a new mail", true, |post, code| {
        let letter = Letter {
            subject: "2FA".into(),
            more: Vec::new(),
            ..answer(post, code, "JA CODE")
        };
        microsoft.sends(post, &letter)
    });
}

/// Programs break the first line of their HTML as they like: the text part is what counts.
#[test]
fn a_yes_confirms_whatever_the_html_beside_it_looks_like() {
    let desk = Post::open();
    for html in [
        "<div class=\"elementToProof\">JA CODE</div><div>Groet,</div><div>Daan</div>",
        "<div dir=\"ltr\">JA CODE</div><div id=\"ms-outlook-mobile-signature\">Outlook voor iOS downloaden</div>",
        "JA CODE<br id=\"lineBreakAtBeginningOfSignature\"><div>Verstuurd vanaf mijn iPhone</div>",
        "<div dir=\"ltr\"><div>JA CODE</div><div>Groet, Daan</div></div><br>",
        "<table><tr><td>JA CODE</td></tr><tr><td>Groet</td></tr></table>",
    ] {
        settles(&desk, html, true, |post, code| {
            let letter = answer(post, code, "JA CODE");
            let boundary = letter.outlook_boundary("000");
            let html = html.replace("CODE", &code.code);
            let html = format!("<html><body dir=\"auto\">{html}</body></html>");
            let plain = "Content-Type: text/plain; charset=\"utf-8\"";
            let rich = "Content-Type: text/html; charset=\"utf-8\"";
            let parts = [part(&[plain], &crlf(&letter.text)), part(&[rich], &html)];
            let body = multipart(&boundary, &parts);
            let kind = format!("multipart/alternative;\r\n\tboundary=\"{boundary}\"");
            let written_with = Program::Other(kind, None, body);
            Provider::Microsoft.sends(
                post,
                &Letter {
                    written_with,
                    ..letter
                },
            )
        });
    }
}

#[test]
fn nothing_else_confirms() {
    let desk = Post::open();
    let microsoft = Provider::Microsoft;
    for text in [
        "Nee, dit heb ik niet gevraagd.\n\nJA CODE",
        "Nee CODE",
        "CODE",
        "Dit was ik niet. JA CODE",
        "> JA CODE",
        "Op ma 30 nov 2026 om 09:12 schreef Servicedesk <utrecht@otservicedesk.nl>:\nJA CODE",
        "________________________________\nJA CODE",
        "Van: Servicedesk\nJA CODE",
        "\u{200b}JA CODE",
        "\u{ad}JA CODE",
        "J\u{200b}A CODE",
        "\u{202e}JA CODE",
        "J\u{410} CODE",
        "JA 0000-0000",
        "JANEE CODE",
        "JA, dat was ik niet. CODE",
        "JA CODE voor Joost Jansen",
        "JA CODE\n\nmaar ik heb dit niet aangevraagd",
        "JA CODE\n\nGroet,\nDaan\n\nPS: niet doen, ik heb niets gevraagd",
        "JA CODE\n\n> Vroeg u dit?\n> CODE\n\nNee, dit heb ik niet gevraagd.",
    ] {
        settles(&desk, &format!("{text:?}"), false, |post, code| {
            microsoft.sends(post, &answer(post, code, text))
        });
    }
}

#[test]
fn a_yes_that_isnt_the_directors_own_confirms_nothing() {
    let desk = Post::open();
    settles(&desk, "unsigned", false, |post, code| {
        plain_fields(&answer(post, code, "JA CODE"))
    });
    for provider in [
        Provider::MicrosoftTenant,
        Provider::Gappssmtp,
        Provider::Kpn,
        Provider::OutlookCom,
    ] {
        settles(&desk, &format!("{provider:?}"), false, |post, code| {
            provider.sends(post, &answer(post, code, "JA CODE"))
        });
    }
    settles(&desk, "a colleague", false, |post, code| {
        let letter = Letter {
            from: "Joost Jansen <j.jansen@beatrixschool.nl>".into(),
            ..answer(post, code, "JA CODE")
        };
        Provider::Microsoft.sends(post, &letter)
    });
    settles(&desk, "another director", false, |post, code| {
        let letter = Letter {
            from: "Noor de Vries <n.devries@devecht.nl>".into(),
            written_with: Program::Gmail,
            ..answer(post, code, "JA CODE")
        };
        google(
            post,
            &letter,
            "devecht.nl",
            "google",
            super::signer::Key::School,
            "",
        )
    });
    settles(&desk, "HTML alone", false, |post, code| {
        Provider::Microsoft.sends(
            post,
            &Letter {
                written_with: Program::HtmlOnly,
                ..answer(post, code, "JA CODE")
            },
        )
    });
    settles(&desk, "an automatic answer", false, |post, code| {
        let letter = answer(post, code, "JA CODE");
        Provider::Microsoft
            .sends(post, &letter)
            .add("Auto-Submitted", "auto-replied")
    });
    settles(
        &desk,
        "an automatic answer by its subject",
        false,
        |post, code| {
            let letter = Letter {
                subject: "Automatisch antwoord: Bevestigingscode".into(),
                ..answer(post, code, "JA CODE")
            };
            Provider::Microsoft.sends(post, &letter)
        },
    );
    settles(&desk, "an attached text", false, |post, code| {
        let letter = answer(post, code, "");
        let boundary = letter.outlook_boundary("000");
        let named = "Content-Type: text/plain; charset=\"utf-8\"; name=\"antwoord.txt\"";
        let body = multipart(
            &boundary,
            &[
                part(&[named], &format!("JA {}", code.code)),
                part(
                    &["Content-Type: text/plain; charset=\"utf-8\""],
                    &crlf("Wat is dit?"),
                ),
            ],
        );
        let kind = format!("multipart/mixed;\r\n\tboundary=\"{boundary}\"");
        Provider::Microsoft.sends(
            post,
            &Letter {
                written_with: Program::Other(kind, None, body),
                ..letter
            },
        )
    });
    settles(&desk, "bent into a yes", false, |post, code| {
        let text = "Nee.\n> Dit gaf u door:=0AJA CODE";
        let letter = Letter {
            written_with: Program::PlainSevenBit,
            ..answer(post, code, text)
        };
        Provider::Microsoft
            .sends(post, &letter)
            .set("Content-Transfer-Encoding", "quoted-printable")
    });
}

/// An unproven answer costs no try, never becomes a request, and the operator is told.
#[test]
fn an_unproven_answer_is_linked_and_costs_nothing() {
    let post = Post::open();
    let Some((asked, code)) = asked("answers", &post) else {
        return;
    };
    for _ in 0..7 {
        let wrong = Letter {
            to: DESK.into(),
            ..answer(&post, &code, "JA 0000-0000")
        };
        let received = post.receive_for(&plain_fields(&wrong), &[]);
        let linked = matches!(received.received_as(), None | Some("answer"));
        received.holds("an unproven answer", "it's received as an answer", linked);
    }
    let right = Provider::Microsoft.sends(&post, &answer(&post, &code, "JA CODE"));
    let received = post.receive_for(&right, &[]);
    let verdict = post.verdict(&asked);
    received.holds(
        "after seven forged ones",
        &format!("it's {verdict}"),
        verdict == "verified",
    );
}
