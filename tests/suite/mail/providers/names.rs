//! Whether the mail speaks of the account, and asks: by the director's own words alone. H44, H46 to H48, H51, H52.

use super::build::*;
use super::letter::{Letter, Program, crlf, multipart, part};
use super::mail::Mail;
use super::post::{DESK, Post};
use super::received::Received;

/// A mail of Google's to the desk (A1), with these words.
fn says(post: &Post, subject: &str, text: &str) -> Mail {
    let letter = post.letter();
    let text = text.replace("{n}", &letter.number.to_string());
    let letter = Letter {
        text,
        subject: subject.into(),
        written_with: Program::GmailPlain,
        ..letter
    };
    // What isn't ASCII is sent as Gmail does.
    let letter = if letter.text.is_ascii() {
        letter
    } else {
        Letter {
            written_with: Program::Gmail,
            ..letter
        }
    };
    Provider::Workspace.sends(post, &letter)
}

/// The same with HTML beside it, as Gmail forwards: of a plain text alone a line of dashes could be a delimiter.
fn writes(post: &Post, subject: &str, text: &str) -> Mail {
    let letter = post.letter();
    let text = text.replace("{n}", &letter.number.to_string());
    let letter = Letter {
        text,
        subject: subject.into(),
        written_with: Program::Gmail,
        ..letter
    };
    Provider::Workspace.sends(post, &letter)
}

#[track_caller]
fn take(post: &Post, mail: Mail, account: &str) -> Received {
    post.receive_for(&post.still_signed(DOMAIN, mail), &[account])
}

#[test]
fn an_account_is_named_in_many_ways() {
    let post = Post::open();
    for (account, text) in [
        ("j.jansen", "Wil je j.jansen resetten?"),
        ("j.jansen", "Wil je J.Jansen, resetten?"),
        ("j.jansen", "2FA reset: j.jansen@beatrixschool.nl"),
        (
            "j.jansen",
            "2FA reset voor j.jansen@beatrixschool.nl<mailto:j.jansen@beatrixschool.nl>",
        ),
        ("j.jansen", "2FA reset voor <j.jansen@beatrixschool.nl>."),
        ("j.jansen", "Joost Jansen heeft een nieuwe telefoon."),
        ("j.jansen", "J. Jansen heeft een nieuwe telefoon."),
        ("j.jansen", "De authenticator van Joost Janssen is weg."),
        ("j.jansen", "Kun je Joost weer laten inloggen? Reset graag."),
        ("j.jansen", "Reset graag meneer Jansen."),
        ("j.jansen", "Reset graag dhr. Jansen."),
        (
            "j.jansen",
            "Please reset the authenticator of Joost Jansen.",
        ),
        ("m.devries", "Marieke de Vries heeft een nieuwe telefoon."),
        ("m.devries", "M. de Vries kan niet inloggen."),
        ("m.devries", "Juf De Vries kan niet inloggen, reset graag."),
        ("z.celik", "Zoë Çelik is haar code kwijt."),
        ("z.celik", "Zoe Celik is haar code kwijt."),
    ] {
        let what = format!("{account}: {text}");
        let text = format!("Beste servicedesk,\n\n{text}\nNummer {{n}}.\n\nGroet,\nDaan Visser");
        let received = take(&post, says(&post, "Vraag", &text), account);
        received
            .is(&what, "verified")
            .passes(&what, "names_account");
    }
    let by_subject = take(
        &post,
        says(
            &post,
            "2FA-reset Joost Jansen",
            "Telefoon stuk. Nummer {n}.",
        ),
        "j.jansen",
    );
    by_subject
        .is("by the subject", "verified")
        .passes("by the subject", "names_account");
}

/// What, account, subject, own words.
const NOT_NAMED: [(&str, &str, &str, &str); 19] = [
    (
        "A6 Christmas",
        "j.jansen",
        "Kerstborrel",
        "De kerstborrel is om vier uur. Tot vrijdag!",
    ),
    ("nobody", "j.jansen", "Vraag", "Wil je de 2FA resetten?"),
    (
        "another",
        "p.smit",
        "Vraag",
        "Wil je de 2FA van Joost Jansen (j.jansen) resetten?",
    ),
    (
        "first name, another surname",
        "j.jansen",
        "Vraag",
        "Wil je de 2FA van Joost Pietersen resetten?",
    ),
    (
        "surname, another first name",
        "j.jansen",
        "Vraag",
        "Wil je de 2FA van Karel Jansen resetten?",
    ),
    (
        "a link",
        "j.jansen",
        "Vraag",
        "Wil je de 2FA resetten? Zie https://beatrixschool.nl/j.jansen",
    ),
    (
        "a link with an address",
        "j.jansen",
        "Vraag",
        "Wil je de 2FA resetten? Zie https://x.nl/?u=j.jansen@beatrixschool.nl",
    ),
    (
        "a longer username",
        "j.jansen",
        "Vraag",
        "Wil je de 2FA van j.jansen2 resetten?",
    ),
    (
        "another domain",
        "j.jansen",
        "Vraag",
        "Wil je de 2FA van j.jansen@hetkompas.nl resetten?",
    ),
    (
        "not in the subject of an answer",
        "j.jansen",
        "Re: 2FA-reset Joost Jansen",
        "Prima. Doe de reset maar.",
    ),
    ("H44 Prima!", "j.jansen", "Re: 2FA-reset", "Prima!"),
    (
        "doesn't ask",
        "j.jansen",
        "Vraag",
        "Joost Jansen is morgen vrij.",
    ),
    (
        "H44 doesn't ask",
        "j.jansen",
        "Re: 2FA-reset Joost Jansen",
        "Prima Joost Jansen, akkoord!",
    ),
    (
        "H52 the closing",
        "p.smit",
        "Vraag",
        "Wil je de 2FA resetten?\n\nMet vriendelijke groet,\nPieter Smit",
    ),
    (
        "H52 the closing in short",
        "p.smit",
        "Vraag",
        "Wil je de 2FA resetten?\n\nMvg, Pieter Smit",
    ),
    (
        "H52 in English",
        "p.smit",
        "Vraag",
        "Please reset the 2FA.\n\nKind regards,\nPieter Smit",
    ),
    (
        "H52 a signature",
        "p.smit",
        "Vraag",
        "Wil je de 2FA resetten?\n\n-- \nPieter Smit",
    ),
    (
        "H52 a phone",
        "p.smit",
        "Vraag",
        "Wil je de 2FA resetten?\n\nVerstuurd vanaf de iPhone van Pieter Smit",
    ),
    (
        "the requester's own name",
        "d.visser2",
        "Vraag",
        "Wil je de 2FA resetten? Ik ben Daan Visser.",
    ),
];

#[test]
fn an_account_that_the_words_dont_speak_of_isnt_named() {
    let post = Post::open();
    for (what, account, subject, text) in NOT_NAMED {
        let text = format!("{text}\n");
        let received = take(
            &post,
            says(&post, subject, &text.replacen('\n', " {n}\n", 1)),
            account,
        );
        received.is_caught(what, "names_account");
    }
    // Of two, only one is named: the other is told.
    let mail = says(
        &post,
        "Vraag",
        "Wil je de 2FA van Joost Jansen resetten? {n}",
    );
    let both = post.receive_for(&mail, &["j.jansen", "p.smit"]);
    both.is_caught("two", "names_account")
        .tells("two", "names_account", "p.smit");
}

/// H44: the stranger's mail had the desk as Reply-To, with a name on it.
#[test]
fn h44_an_answer_to_a_strangers_mail() {
    let post = Post::open();
    let quoted = "Op ma 30 nov. 2026 om 09:12 schreef Joost Jansen <joost@evil.example>:\n\n> Wil je de 2FA van Joost Jansen (j.jansen) resetten?";
    for text in [
        "Prima!",
        "Prima Joost Jansen, akkoord!",
        "Ja hoor, groet Daan",
        "Akkoord.",
    ] {
        for to in [
            DESK,
            "Joost Jansen <utrecht@otservicedesk.nl>",
            "\"Jansen, Joost\" <utrecht@otservicedesk.nl>",
        ] {
            let letter = post.letter();
            let letter = Letter {
                to: to.into(),
                subject: "Re: 2FA-reset Joost Jansen".into(),
                text: format!("{text} {}\n\n{quoted}", letter.number),
                written_with: Program::Gmail,
                more: vec![("In-Reply-To", "<vraag@evil.example>".into())],
                ..letter
            };
            let what = format!("H44 {text} to {to}");
            let received = take(&post, Provider::Workspace.sends(&post, &letter), "j.jansen");
            received.is_caught(&what, "names_account");
            if to != DESK {
                received.is_caught(&what, "addressed_to_desk");
            }
        }
    }
}

const STRANGERS: &str = "Wil je de 2FA van Joost Jansen (j.jansen) resetten?";

/// H46: where the own words end, however the program says that others follow. Nothing is marked by `>`.
#[test]
fn h46_what_stands_below_an_attribution_is_somebody_elses() {
    let post = Post::open();
    for line in [
        "Op 30 nov. 2026 om 09:12 heeft Joost Jansen <joost@evil.example> het volgende geschreven:",
        "Op 30 nov. 2026 om 09:12 heeft Joost Jansen\n<joost@evil.example> het volgende geschreven:",
        "Op 30 nov. 2026 om 09:12 heeft Joost Jansen\n<joost@evil.example> het volgende\ngeschreven:",
        "Op ma 30 nov 2026 om 09:12 schreef Joost Jansen <joost@evil.example>:",
        "Op ma 30 nov 2026 om 09:12 schreef Joost Jansen <\njoost@evil.example>:",
        "On 30 Nov 2026, at 09:12, Joost Jansen <joost@evil.example> wrote:",
        "On Mon, Nov 30, 2026 at 9:12 AM Joost Jansen <joost@evil.example>\nwrote:",
        "On Mon, Nov 30, 2026 at 9:12 AM Joost Jansen <\njoost@evil.example> wrote:",
        "Op maandag 30 november 2026 09:12 schreef Joost Jansen:",
        "---------- Forwarded message ---------",
        "---------- Doorgestuurd bericht ---------",
        "-----Oorspronkelijk bericht-----",
        "-----Original Message-----",
        "________________________________",
        "Begin doorgestuurd bericht:",
        "Begin forwarded message:",
        "Van: Joost Jansen <joost@evil.example>",
        "From: Joost Jansen <joost@evil.example>",
        "*Van:* Joost Jansen <joost@evil.example>",
        "*From:* Joost Jansen <joost@evil.example>",
        "**Van:** Joost Jansen",
        "Onderwerp: 2FA\nVan: Joost Jansen\nDatum: maandag",
        "Onderwerp: 2FA\nDatum: maandag\nAan: Daan",
        "  Van: Joost Jansen",
        "\u{a0}Van: Joost Jansen",
        ">",
        ">> Joost",
    ] {
        let text = format!("Akkoord, zie hieronder nummer {{n}}.\n\n{line}\n\n{STRANGERS}");
        let received = take(&post, says(&post, "Re: vraag", &text), "j.jansen");
        received.is_caught(&format!("H46 {line:?}"), "names_account");
    }
}

#[test]
fn h46_an_attached_text_or_mail_is_nobodys_own() {
    let post = Post::open();
    for (what, header) in [
        (
            "named",
            &["Content-Type: text/plain; charset=\"UTF-8\"; name=\"verzoek.txt\""][..],
        ),
        (
            "attached",
            &[
                "Content-Type: text/plain; charset=\"UTF-8\"",
                "Content-Disposition: attachment",
            ],
        ),
        (
            "with a file name",
            &[
                "Content-Type: text/plain; charset=\"UTF-8\"",
                "Content-Disposition: inline; filename=\"verzoek.txt\"",
            ],
        ),
        (
            "with a name in RFC 2231",
            &[
                "Content-Type: text/plain; charset=\"UTF-8\"",
                "Content-Disposition: inline; filename*=utf-8''verzoek.txt",
            ],
        ),
        (
            "with a name in pieces",
            &["Content-Type: text/plain; charset=\"UTF-8\"; name*0=\"verzoek\"; name*1=\".txt\""],
        ),
        ("a mail", &["Content-Type: message/rfc822"]),
    ] {
        let letter = post.letter();
        let boundary = letter.gmail_boundary(1);
        let wish = if what == "a mail" {
            format!("From: x@evil.example\r\nSubject: 2FA\r\n\r\n{STRANGERS}")
        } else {
            STRANGERS.into()
        };
        let own = crlf(&format!("Hierbij.\nNummer {}.", letter.number));
        let body = multipart(
            &boundary,
            &[
                part(&["Content-Type: text/plain; charset=\"UTF-8\""], &own),
                part(header, &wish),
            ],
        );
        let kind = format!("multipart/mixed; boundary=\"{boundary}\"");
        let letter = Letter {
            subject: "Vraag".into(),
            written_with: Program::Other(kind, None, body),
            ..letter
        };
        let received = take(&post, Provider::Workspace.sends(&post, &letter), "j.jansen");
        received.is_caught(&format!("H46 {what}"), "names_account");
    }
}

/// What a button of a mail program writes, with a subject that a stranger chose.
#[test]
fn h47_an_unsubscribe_button_writes_no_request() {
    let post = Post::open();
    for sentence in [
        "This message was automatically generated by Gmail.",
        "Apple Mail sent this email to unsubscribe from the message \u{201c}2FA\u{201d}.",
    ] {
        for subject in ["2FA-reset Joost Jansen j.jansen", "unsubscribe"] {
            let text = format!("Reset j.jansen {{n}}\n\n{sentence}");
            let received = take(&post, says(&post, subject, &text), "j.jansen");
            received.is_caught(&format!("H47 {sentence}, {subject}"), "written_by_person");
        }
    }
}

#[test]
fn h48_a_vote_or_a_mail_that_is_only_a_subject() {
    let post = Post::open();
    for subject in [
        "Akkoord: 2FA-reset Joost Jansen (j.jansen)",
        "Approve: 2FA-reset Joost Jansen (j.jansen)",
        "Ja: reset j.jansen",
        "2FA-reset j.jansen",
        "2FA-reset Joost Jansen.pdf",
    ] {
        for (provider, program) in [
            (Provider::Mimecast, Program::Outlook),
            (
                Provider::Workspace,
                Program::GmailAttachment("2FA-reset Joost Jansen.pdf", "application/pdf"),
            ),
        ] {
            let letter = post.letter();
            let letter = Letter {
                subject: subject.into(),
                text: String::new(),
                written_with: program,
                ..letter
            };
            let received = take(&post, provider.sends(&post, &letter), "j.jansen");
            received.is_caught(&format!("H48 {provider:?} {subject}"), "names_account");
        }
    }
}

#[test]
fn h51_the_own_account_can_be_confirmed_by_nobody() {
    let post = Post::open();
    let text = "Wil je de 2FA van d.visser resetten? Mijn telefoon is stuk. {n}";
    let own = take(&post, says(&post, "Vraag", text), "d.visser");
    own.is("H51", "rejected").is_caught("H51", "authority");
    let sent = post.run(&["request", "challenge", &own.id()]);
    own.holds(
        "H51",
        "no challenge lifts what `authority` rejects",
        sent["error"]["code"].is_string(),
    );
    // A7: the same person under another address.
    let text = "Wil je de 2FA van d.visser2 resetten? {n}";
    let other = take(&post, says(&post, "Vraag", text), "d.visser2");
    other.is("A7", "challenge").is_caught("A7", "authority");
}

/// (d): the director forwards the teacher's own mail, and points down.
#[test]
fn an_account_may_be_named_by_the_mail_that_is_forwarded() {
    let post = Post::open();
    let block = |from: &str, asks: &str| {
        format!(
            "---------- Forwarded message ---------\nVan: {from}\nDatum: ma 30 nov 2026 om 09:12\nOnderwerp: Vraag\nAan: Daan Visser <d.visser@beatrixschool.nl>\n\n{asks}"
        )
    };
    let teacher = "Joost Jansen <j.jansen@beatrixschool.nl>";
    for own in [
        "Graag onderstaande collega helpen.",
        "Zie hieronder.",
        "Kun je deze collega helpen?",
        "Zie onder.",
    ] {
        let text = format!(
            "{own} {{n}}\n\n{}",
            block(teacher, "Mijn 2FA werkt niet meer.")
        );
        let received = take(&post, writes(&post, "Fwd: Vraag", &text), "j.jansen");
        received
            .is(own, "verified")
            .tells(own, "names_account", "forwarded mail only");
    }
    for (what, own, from, asks) in [
        (
            "points nowhere",
            "Prima.",
            teacher,
            "Mijn 2FA werkt niet meer.",
        ),
        (
            "another's address",
            "Zie hieronder.",
            "Joost Jansen <joost@evil.example>",
            "Mijn 2FA werkt niet meer.",
        ),
        (
            "the address as a name",
            "Zie hieronder.",
            "\"j.jansen@beatrixschool.nl\" <joost@evil.example>",
            "Mijn 2FA werkt niet meer.",
        ),
        (
            "asks nothing",
            "Zie hieronder.",
            teacher,
            "Ik ben morgen vrij.",
        ),
        (
            "another teacher",
            "Zie hieronder.",
            "Pieter Smit <p.smit@beatrixschool.nl>",
            "Mijn 2FA werkt niet meer.",
        ),
    ] {
        let text = format!("{own} {{n}}\n\n{}", block(from, asks));
        let received = take(&post, writes(&post, "Fwd: Vraag", &text), "j.jansen");
        received.is_caught(&format!("(d) {what}"), "names_account");
    }
    // Two accounts can't both be the sender of one mail.
    let text = format!(
        "Zie hieronder. {{n}}\n\n{}",
        block(teacher, "Mijn 2FA werkt niet meer.")
    );
    let both = post.receive_for(&writes(&post, "Fwd: Vraag", &text), &["j.jansen", "p.smit"]);
    both.is_caught("(d) two accounts", "names_account");
}

#[test]
fn words_that_go_on_behind_what_is_read_may_take_it_back() {
    let post = Post::open();
    let asked = "Wil je de 2FA van Joost Jansen (j.jansen) resetten?";
    let filler = "Nummer {n} staat hier omdat het mag.\n".repeat(500);
    let mail = writes(
        &post,
        "Vraag",
        &format!("{asked}\n\n{filler}\nToch niet doen.\n"),
    );
    let received = take(&post, mail, "j.jansen");
    received.is("a request that goes on", "challenge").tells(
        "a request that goes on",
        "names_account",
        "go on behind",
    );
}

#[test]
fn words_that_may_be_read_otherwise_arent_told_to_ask_for_nothing() {
    let post = Post::open();
    for text in [
        "Wil je de 2FA van Joost Jansen (j.jansen) resetten zodra ik je bel?",
        "De 2FA-reset van j.jansen graag weigeren.",
    ] {
        let received = take(&post, writes(&post, "Vraag", text), "j.jansen");
        received
            .is(text, "challenge")
            .tells(text, "names_account", "may be read otherwise");
    }
}
