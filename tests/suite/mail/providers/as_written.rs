//! Genuine mails as programs really write them: odd headers, odd encodings, and what directors type.

use super::build::*;
use super::letter::{Letter, Program, multipart, part};
use super::mail::Mail;
use super::post::{DESK, LINE, NOORD, Post};

#[track_caller]
fn verified(what: &str, post: &Post, mail: &Mail) {
    let received = post.receive(&post.still_signed(DOMAIN, mail.clone()));
    received.is(what, "verified").fails_only(what, &[]);
}

fn plain(post: &Post) -> Letter {
    Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter()
    }
}

#[test]
fn headers_with_words_quotes_comments_and_nothing_at_all() {
    let post = Post::open();
    for from in [
        "\"Visser, Daan\" =?utf-8?Q?de_directeur?= <d.visser@beatrixschool.nl>",
        "=?utf-8?Q?Daan?= \"Visser\" <d.visser@beatrixschool.nl>",
        "\"Daan\" \"Visser\" <d.visser@beatrixschool.nl>",
    ] {
        let letter = Letter {
            from: from.into(),
            ..plain(&post)
        };
        verified(from, &post, &own_server(&plain_fields(&letter)));
    }
    for name in ["Reply-To", "Sender", "Cc", "In-Reply-To"] {
        for value in ["", " "] {
            let what = format!("{name} {value:?}");
            let signed = own_server(&plain_fields(&plain(&post)).add(name, value));
            verified(&what, &post, &signed);
        }
    }
    for name in ["Reply-To", "Sender"] {
        let mail = Provider::Microsoft.sends(&post, &post.letter_by_line());
        verified(&format!("{name} unsigned"), &post, &mail.add(name, ""));
    }
    for encoding in ["7bit (ok)", "7BIT", "7bit "] {
        let mail = plain_fields(&plain(&post)).set("Content-Transfer-Encoding", encoding);
        verified(encoding, &post, &own_server(&mail));
    }
}

#[test]
fn a_boundary_may_look_like_a_parameter() {
    let post = Post::open();
    for boundary in ["=_boundary=1", "=_boundary_2", "boundary", "a=b;c"] {
        for provider in [Provider::Mimecast, Provider::Workspace, Provider::Zoho] {
            let letter = post.letter();
            let text = super::letter::crlf(&letter.text);
            let html = format!("<div>{}</div>", text.replace("\r\n", "<br>\r\n"));
            let parts = [
                part(&["Content-Type: text/plain; charset=\"UTF-8\""], &text),
                part(&["Content-Type: text/html; charset=\"UTF-8\""], &html),
            ];
            let body = multipart(boundary, &parts);
            let kind = format!("multipart/alternative; boundary=\"{boundary}\"");
            let letter = Letter {
                written_with: Program::Other(kind, None, body),
                ..letter
            };
            let what = format!("{boundary} by {provider:?}");
            verified(&what, &post, &provider.sends(&post, &letter));
        }
    }
}

/// Some programs begin a text with a byte order mark.
#[test]
fn a_byte_order_mark_before_the_first_line_is_no_part_of_it() {
    let post = Post::open();
    for program in [
        Program::Outlook,
        Program::PlainBase64,
        Program::PlainQuotedPrintable,
    ] {
        let letter = post.letter_by_line();
        let letter = Letter {
            text: format!("\u{feff}{}", letter.text),
            written_with: program,
            ..letter
        };
        let what = format!("{:?}", letter.written_with);
        verified(&what, &post, &Provider::Microsoft.sends(&post, &letter));
    }
}

#[test]
fn a_mailbox_line_in_front_may_be_quoted() {
    let post = Post::open();
    for line in [
        "From d.visser@beatrixschool.nl Mon Nov 30 09:00:00 2026",
        ">From d.visser@beatrixschool.nl Mon Nov 30 09:00:00 2026",
    ] {
        let mail = own_server(&plain_fields(&plain(&post)));
        let received = post.receive(&mail.on_top(line));
        received
            .is(line, "verified")
            .tells(line, "well_formed", "mailbox line");
    }
}

/// Subjects that begin as some programs begin theirs, and were typed all the same.
#[test]
fn what_a_director_types_is_no_automatic_answer() {
    let post = Post::open();
    for subject in [
        "Afmelden en weer aanmelden lukt niet",
        "Afwezigheid Joost",
        "Afwezig: Joost Jansen",
        "Auto: kapot, en de telefoon ook",
        "Automatisch antwoord van de authenticator",
        "Ontvangstbevestiging 2FA",
        "Out of office, en nieuwe telefoon",
    ] {
        let letter = Letter {
            subject: subject.into(),
            ..plain(&post)
        };
        verified(subject, &post, &Provider::Workspace.sends(&post, &letter));
    }
    let letter = plain(&post);
    let letter = Letter {
        text: format!("Afmelden en weer aanmelden lukt niet.\n\n{}", letter.text),
        ..letter
    };
    let mail = Provider::Workspace.sends(&post, &letter);
    verified("the first line", &post, &mail);
}

/// A first line that is nearly the one that names the desk.
#[test]
fn whoever_nearly_names_the_desk_learns_what_is_wrong() {
    let post = Post::open();
    for (first, told) in [
        (
            format!("Beste servicedesk,\n\n{LINE}"),
            "isn't the first one",
        ),
        (
            "Aan: utrehct@otservicedesk.nl".into(),
            "isn't a desk's address",
        ),
        (DESK.into(), "`Aan:` is missing"),
        (format!("Aan {DESK}"), "`Aan:` is missing"),
        (
            format!("Aan: Servicedesk <{DESK}>"),
            "isn't the address alone",
        ),
    ] {
        let letter = post.letter();
        let letter = Letter {
            text: post.asks(&first),
            ..letter
        };
        let received = post.receive(&Provider::Microsoft.sends(&post, &letter));
        received
            .is(&first, "challenge")
            .tells(&first, "addressed_to_desk", told)
            .tells(&first, "addressed_to_desk", LINE);
    }
    let letter = post.letter();
    let letter = Letter {
        text: post.asks(&format!("Aan: {NOORD}")),
        ..letter
    };
    let received = post.receive(&Provider::Microsoft.sends(&post, &letter));
    received
        .is("another desk", "challenge")
        .tells("another desk", "region", LINE);
}

/// A mail to two desks is for the one of the account, whichever stands first.
#[test]
fn of_two_desks_the_accounts_own_gets_the_mail() {
    let post = Post::open();
    for to in [format!("{NOORD}, {DESK}"), format!("{DESK}, {NOORD}")] {
        for accounts in [&["j.jansen"][..], &[]] {
            let letter = Letter {
                to: to.clone(),
                ..plain(&post)
            };
            let received = post.receive_for(&Provider::Workspace.sends(&post, &letter), accounts);
            let what = format!("{to} for {accounts:?}");
            let region = received.region() == Some("utrecht");
            received.holds(&what, "it's filed under utrecht", region);
        }
    }
}
