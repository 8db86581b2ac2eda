//! What an attack on an earlier Balie found (A2 to A10; A1 is `read_as_sent`, A6 is `names`), and its kin.

use super::build::*;
use super::letter::{Letter, Program, crlf, multipart, part};
use super::mail::Mail;
use super::post::{DESK, Dmarc, Post};
use super::signer::Key;

fn plain(post: &Post) -> Letter {
    Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter()
    }
}

/// A2: the tags that count are those of the field that was verified, wherever another one lends better ones.
#[test]
fn a2_a_second_field_lends_no_tags() {
    let post = Post::open();
    for (tag, better) in [
        ("i=j.jansen@beatrixschool.nl; ", ""),
        ("i=@post.beatrixschool.nl; ", ""),
        ("t=9999999999; ", ""),
        ("q=x/y; ", ""),
    ] {
        let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; {tag}s=selector1;");
        let alone = signed_as(&plain_fields(&plain(&post)), &tags);
        post.receive(&alone)
            .is_caught(&format!("control: {tag}"), "dkim");
        for above in [true, false] {
            for padding in ["", "=", "=="] {
                let mail = signed_as(&plain_fields(&plain(&post)), &tags);
                let field = mail.value("DKIM-Signature");
                let stripped = format!("{}{padding}", field.trim_end_matches('='));
                let lent = field.replace(tag, better);
                let mail = mail.set("DKIM-Signature", &stripped);
                let mail = if above {
                    mail.on_top(&format!("DKIM-Signature: {lent}"))
                } else {
                    mail.add("DKIM-Signature", &lent)
                };
                post.receive(&mail)
                    .isnt_verified(&format!("A2 {tag} {padding:?} above: {above}"));
            }
        }
    }
}

/// A3: who seals explains; what a signature has to cover, no sealer makes up for.
#[test]
fn a3_a_sealer_that_the_config_names_proves_nothing() {
    let desk = Post::open();
    for named in [false, true] {
        let post = desk.another();
        if named {
            post.configure("BALIE_MAIL_TRUSTED_ARC_SEALERS", "google.com,microsoft.com");
        }
        let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; s=selector1;");
        let cases: Vec<(&str, Mail)> = vec![
            ("a body that changed", {
                let mail = own_server(&plain_fields(&plain(&post)));
                mail.with_body(&format!("{}\r\n-- \r\nLijst Onderwijs\r\n", mail.body()))
            }),
            ("a subject that changed", {
                let mail = plain_fields(&plain(&post));
                let mail = signed(
                    &mail,
                    Key::School,
                    &tags,
                    "from:date:message-id:content-type",
                );
                mail.set("Subject", "2FA-reset Joost Jansen")
            }),
            ("a subject that was marked", {
                own_server(&plain_fields(&plain(&post))).set("Subject", "[EXTERN] 2FA Joost Jansen")
            }),
            ("another user's signature", {
                let tags = tags.replace("s=", "i=j.jansen@beatrixschool.nl; s=");
                signed_as(&plain_fields(&plain(&post)), &tags)
            }),
            ("no signature", plain_fields(&plain(&post))),
        ];
        for (what, mail) in cases {
            let what = format!("A3 {what}, named: {named}");
            let sealed = sealed_by_google(&mail, 1);
            assert_eq!(post.held(&sealed).arc, Some(true), "{what}");
            let received = post.receive(&sealed);
            received.is_caught(&what, "dkim");
            if named && received.check("dmarc").0 == "fail" {
                received.is(&what, "challenge");
            }
        }
        // After the seal: what it doesn't cover is as free as ever.
        for (name, value) in [
            ("Content-Type", "text/html"),
            ("Content-Transfer-Encoding", "base64"),
        ] {
            let mail = Provider::Workspace.sends(
                &post,
                &Letter {
                    written_with: Program::GmailPlain,
                    ..post.letter()
                },
            );
            let sealed = sealed_by_google(&mail, 1);
            let mail = if mail.has(name) {
                sealed.set(name, value)
            } else {
                sealed.add(name, value)
            };
            post.receive(&mail)
                .isnt_verified(&format!("A3 {name} after the seal, named: {named}"));
        }
    }
}

/// The mail with Date as its last field: what a careless reader takes for the zone may eat the empty line.
fn dated_last(letter: &Letter, date: &str) -> Mail {
    plain_fields(letter).without("Date").add("Date", date)
}

#[test]
fn a4_a_zone_of_one_letter_is_no_date_and_eats_nothing() {
    let post = Post::open();
    for zone in [
        "Z", "A", "M", "Zz", "z", "J", "+00", "+00:00", "CET", "EST", "MST", "X-Y", "-",
    ] {
        for policy in Dmarc::ALL {
            post.under(policy);
            let what = format!("A4 {zone}");
            let letter = plain(&post);
            let date = format!("{} {zone}", letter.date.rsplit_once(' ').unwrap().0);
            let text = format!(
                "Kerstborrel\nSubject: Reset j.jansen\nDate: {}\nTo: {DESK}\n\nGraag de 2FA van Joost Jansen resetten. {}",
                letter.date, letter.number
            );
            let letter = Letter {
                text,
                subject: format!("Borrel {}", letter.number),
                ..letter
            };
            let mail = post.still_signed(DOMAIN, own_server(&dated_last(&letter, &date)));
            let received = post.receive(&mail);
            received
                .is(&what, "challenge")
                .is_caught(&what, "fresh")
                .shows(&what, "Kerstborrel")
                .shows(&what, "Subject: Reset j.jansen");
            let subject = received.document["subject"].as_str().unwrap_or_default();
            received.holds(
                &what,
                "the subject is what it is",
                subject == letter.subject,
            );
            // In the middle it must not eat the field behind it.
            let letter = plain(&post);
            let date = format!("{} {zone}", letter.date.rsplit_once(' ').unwrap().0);
            let mail = own_server(&plain_fields(&letter).set("Date", &date));
            post.receive(&mail)
                .is(&what, "challenge")
                .fails_only(&what, &["fresh"]);
        }
    }
    for zone in [
        "+0000",
        "-0000",
        "GMT",
        "UT",
        "UTC",
        "+0000 (UTC)",
        "+0000 (West-Europa (standaardtijd))",
    ] {
        let letter = plain(&post);
        let date = format!("{} {zone}", letter.date.rsplit_once(' ').unwrap().0);
        let mail = own_server(&dated_last(&letter, &date));
        post.receive(&mail).is(&format!("zone {zone}"), "verified");
    }
}

/// A5: two codes never come in the same mail: each names the holder and the school in full.
#[test]
fn a5_the_mail_with_the_code_names_the_holder_and_the_school() {
    let post = Post::open();
    for (account, name) in [("j.jansen", "Joost Jansen"), ("p.smit", "Pieter Smit")] {
        let letter = post.letter();
        let text = format!("Wil je de 2FA van {name} resetten? {}", letter.number);
        let asked = post.receive_for(&plain_fields(&Letter { text, ..letter }), &[account]);
        let _ = asked.isnt_verified("A5");
        post.challenge("A5", &asked);
        let mails = post.delivered();
        let told = mails.iter().any(|mail| {
            let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
            let text = parsed.body_text(0).unwrap_or_default().into_owned();
            let text = super::received::one_line(&text);
            text.contains(name) && text.contains("Beatrixschool")
        });
        asked.holds("A5", &format!("{name} isn't named in {mails:#?}"), told);
    }
}

/// A8: what one click on an invitation sends, however it's written.
#[test]
fn a8_a_calendars_answer_is_nothing_that_somebody_wrote() {
    let post = Post::open();
    for (kind, first) in [
        ("text/calendar; method=REPLY", "METHOD:REPLY"),
        ("text/calendar; method=COUNTER", "METHOD:COUNTER"),
        ("text/calendar; method=REFRESH", "METHOD:REFRESH"),
        ("text/calendar; method=CANCEL", "METHOD:CANCEL"),
        ("text/calendar", "METHOD:RE\r\n PLY"),
        ("text/calendar", "METHOD;X-A=1:REPLY"),
        ("text/calendar; charset=utf-8", "method:reply"),
        ("TEXT/Calendar", "X-M:1\r\nMETHOD:REPLY"),
        ("application/ics; name=\"invite.ics\"", "METHOD:REPLY"),
        (
            "application/octet-stream; name=\"invite.ics\"",
            "METHOD:REPLY",
        ),
        ("text/calendar; method=PUBLISH", "METHOD:REPLY"),
    ] {
        let letter = post.letter();
        let boundary = letter.outlook_boundary("000");
        let calendar = format!(
            "BEGIN:VCALENDAR\r\n{first}\r\nBEGIN:VEVENT\r\nSUMMARY:2FA\r\nEND:VEVENT\r\nEND:VCALENDAR"
        );
        let kind_field = format!("Content-Type: {kind}");
        let body = multipart(
            &boundary,
            &[
                part(
                    &["Content-Type: text/plain; charset=\"utf-8\""],
                    &crlf(&letter.text),
                ),
                part(&[&kind_field], &calendar),
            ],
        );
        let declared = format!("multipart/mixed; boundary=\"{boundary}\"");
        let letter = Letter {
            written_with: Program::Other(declared, None, body),
            ..letter
        };
        let mail = post.still_signed(DOMAIN, own_server(&plain_fields(&letter)));
        post.receive(&mail)
            .is_caught(&format!("A8 {kind} {first}"), "written_by_person");
    }
}

/// Answers that no person wrote and that don't say `Auto-Submitted`.
#[test]
fn a8_what_looks_automatic_is_challenged() {
    let post = Post::open();
    for subject in [
        "Automatisch antwoord: 2FA Joost Jansen",
        "Automatic reply: 2FA Joost Jansen",
        "Gelezen: 2FA Joost Jansen",
    ] {
        let mail = own_server(&plain_fields(&Letter {
            subject: subject.into(),
            ..plain(&post)
        }));
        post.receive(&mail)
            .is_caught(&format!("A8 {subject}"), "written_by_person");
    }
    for (name, value) in [
        ("X-Auto-Response-Suppress", "All"),
        ("X-Autogenerated", "Reply"),
        ("Delivered-To", "Autoresponder"),
        (
            "X-MS-Exchange-Inbox-Rules-Loop",
            "d.visser@beatrixschool.nl",
        ),
        ("Mailing-List", "list team@beatrixschool.nl"),
        ("X-BeenThere", "team@beatrixschool.nl"),
        ("Precedence", "Bulk (x)"),
        ("Precedence", "list"),
        ("Auto-Submitted", "auto-replied (vacation)"),
        ("Content-class", "urn:content-classes:calendarmessage"),
    ] {
        let mail = own_server(&plain_fields(&plain(&post)).add(name, value));
        post.receive(&mail)
            .is_caught(&format!("A8 {name}: {value}"), "written_by_person");
    }
}

/// A9: an address of years with a capacity of today.
#[test]
fn a9_a_capacity_of_today_needs_a_second_operator() {
    let post = Post::open();
    let added = post.run(&[
        "requester",
        "add",
        "n.devries@devecht.nl",
        "--name",
        "Noor de Vries",
        "--capacity",
        "board_member",
        "--org",
        "bst-vecht",
    ]);
    assert!(added["error"].is_null(), "{added:#}");
    let letter = Letter {
        from: "Noor de Vries <n.devries@devecht.nl>".into(),
        written_with: Program::Gmail,
        ..post.letter()
    };
    let mail = google(&post, &letter, "devecht.nl", "google", Key::School, "");
    let received = post.receive(&mail);
    received.is("A9", "verified");
    let reset = post.run(&["reset", "j.jansen", "--request", &received.id(), "--yes"]);
    let code = reset["results"][0]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    received.holds(
        "A9",
        &format!("a second operator is needed: {reset}"),
        code == "four_eyes_required",
    );
}

/// A10: a display name that is somebody's address.
#[test]
fn a10_a_name_that_is_another_address() {
    let post = Post::open();
    for from in [
        "\"j.jansen@beatrixschool.nl\" <d.visser@beatrixschool.nl>",
        "=?utf-8?Q?j.jansen=40beatrixschool.nl?= <d.visser@beatrixschool.nl>",
        "\"<j.jansen@beatrixschool.nl>\" <d.visser@beatrixschool.nl>",
        "\"Joost (j.jansen@beatrixschool.nl)\" <d.visser@beatrixschool.nl>",
        "=?utf-8?B?4oCuai5qYW5zZW5AYmVhdHJpeHNjaG9vbC5ubA==?= <d.visser@beatrixschool.nl>",
        "\"d.visser@beatrixschool.nl x@evil.example\" <d.visser@beatrixschool.nl>",
    ] {
        let mail = own_server(&plain_fields(&Letter {
            from: from.into(),
            ..plain(&post)
        }));
        post.receive(&mail)
            .is_caught(&format!("A10 {from}"), "single_sender");
    }
    let same = "\"d.visser@beatrixschool.nl\" <d.visser@beatrixschool.nl>";
    let mail = own_server(&plain_fields(&Letter {
        from: same.into(),
        ..plain(&post)
    }));
    post.receive(&mail).is("A10 the same address", "verified");
}

/// H45: every condition is about one and the same signature.
#[test]
fn h45_two_signatures_dont_share_what_each_lacks() {
    let post = Post::open();
    let tags = |domain: &str, selector: &str| {
        format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector};")
    };
    let own = tags(DOMAIN, "selector1");
    let everything = |mail: &Mail| {
        signed(
            mail,
            Key::Stranger,
            &tags("evil.example", "evil"),
            OWN_SERVER,
        )
    };
    for policy in Dmarc::ALL {
        post.under(policy);
        for (what, fields) in [
            (
                "no subject",
                "from:to:date:message-id:content-type:mime-version:content-transfer-encoding",
            ),
            (
                "no date",
                "from:to:subject:message-id:content-type:mime-version:content-transfer-encoding",
            ),
        ] {
            let mail = signed(&plain_fields(&plain(&post)), Key::School, &own, fields);
            let mail = post.still_signed(DOMAIN, everything(&mail));
            post.receive(&mail)
                .is_caught(&format!("H45 {what}"), "dkim");
            // Two of the school's own, each of which lacks something else.
            let mail = signed(&plain_fields(&plain(&post)), Key::School, &own, fields);
            let mail = signed(
                &mail,
                Key::School,
                &tags(DOMAIN, "google"),
                "from:content-type",
            );
            post.receive(&mail)
                .is_caught(&format!("H45 {what}, both own"), "dkim");
        }
        let teacher = Letter {
            to: "j.jansen@beatrixschool.nl".into(),
            ..plain(&post)
        };
        let mail = Provider::Microsoft.sends(&post, &teacher).set("To", DESK);
        let mail = post.still_signed(DOMAIN, everything(&mail));
        post.receive(&mail)
            .is_caught("H45 a stranger signs To", "addressed_to_desk");
        let tenant = signed(
            &Provider::Microsoft.sends(&post, &teacher).set("To", DESK),
            Key::Microsoft,
            &tags(TENANT, "selector1-stichtingdevecht-onmicrosoft-com"),
            OWN_SERVER,
        );
        post.receive(&tenant)
            .is_caught("H45 a tenant signs To", "addressed_to_desk");
    }
}

/// A signed To in which the desk is only a word.
#[test]
fn a_signed_to_that_only_speaks_of_the_desk() {
    let post = Post::open();
    for to in [
        "\"utrecht@otservicedesk.nl\" <j.jansen@beatrixschool.nl>",
        "j.jansen@beatrixschool.nl (utrecht@otservicedesk.nl)",
        "utrecht@otservicedesk.nl <j.jansen@beatrixschool.nl>",
        "utrecht+x@otservicedesk.nl",
        "utrecht@otservicedesk.nl.evil.example",
        "\"utrecht@otservicedesk.nl\"@evil.example",
        "=?utf-8?Q?utrecht=40otservicedesk.nl?= <j.jansen@beatrixschool.nl>",
        "undisclosed-recipients:;",
    ] {
        for provider in [Provider::Workspace, Provider::Proofpoint] {
            let what = format!("{provider:?} to {to}");
            let letter = Letter {
                to: to.into(),
                ..plain(&post)
            };
            let mail = post.still_signed(DOMAIN, provider.sends(&post, &letter));
            post.receive(&mail)
                .is(&what, "rejected")
                .is_caught(&what, "addressed_to_desk");
        }
    }
}

/// A field once more, or under a name that only some read as that field.
#[test]
fn a_field_that_is_there_twice() {
    let post = Post::open();
    for policy in Dmarc::ALL {
        post.under(policy);
        for (name, value) in [
            ("Content-Type", "text/html"),
            ("Content-Transfer-Encoding", "base64"),
            ("Subject", "2FA-reset utrecht@otservicedesk.nl"),
            ("Date", "Mon, 30 Nov 2026 10:00:00 +0000"),
            ("From", "x@evil.example"),
            ("To", "j.jansen@beatrixschool.nl"),
            ("Subject ", "2FA-reset utrecht@otservicedesk.nl"),
            ("Content-Type ", "text/html"),
            ("Date\t", "Mon, 30 Nov 2026 10:00:00 +0000"),
            ("subject", "2FA-reset utrecht@otservicedesk.nl"),
        ] {
            for above in [true, false] {
                let mail = Provider::Microsoft.sends(
                    &post,
                    &Letter {
                        written_with: Program::PlainSevenBit,
                        ..post.letter_by_line()
                    },
                );
                let field = format!("{name}: {value}");
                let mail = if above {
                    mail.on_top(&field)
                } else {
                    mail.add(name, value)
                };
                post.receive(&mail)
                    .isnt_verified(&format!("{field:?} above: {above}"));
            }
        }
    }
}

/// Google's `h=` names To whether there is one or not: a mail that had the desk in Bcc can be given none.
#[test]
fn a_mail_without_recipients_is_addressed_to_nobody() {
    let post = Post::open();
    for policy in Dmarc::ALL {
        post.under(policy);
        let letter = Letter {
            written_with: Program::Gmail,
            ..post.letter_by_line()
        };
        let bare = plain_fields(&letter).without("To");
        let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; s=google;");
        let list =
            "subject:message-id:date:from:mime-version:from:to:cc:subject:date:message-id:reply-to";
        let mail = signed(&bare, Key::School, &tags, list);
        let blind = post.still_signed(DOMAIN, mail.clone());
        post.receive(&blind)
            .is_caught("the desk in Bcc", "addressed_to_desk");
        let given = mail.on_top(&format!("To: {DESK}"));
        post.receive(&given).isnt_verified("a To that was put in");
    }
}

/// The line that names the desk has to be the director's own: not that of a mail or a file that hangs on.
#[test]
fn a_line_in_what_is_attached_names_no_desk() {
    let post = Post::open();
    let line = format!("Aan: {DESK}\r\n\r\nReset de 2FA van Joost Jansen (j.jansen).");
    for (what, header, content) in [
        (
            "a mail",
            "Content-Type: message/rfc822",
            format!(
                "From: x@evil.example\r\nSubject: 2FA-reset {DESK}\r\nContent-Type: text/plain\r\n\r\n{line}"
            ),
        ),
        (
            "a file",
            "Content-Type: text/plain; name=\"verzoek.txt\"",
            line.clone(),
        ),
        ("HTML", "Content-Type: text/html", format!("<p>{line}</p>")),
    ] {
        for own in ["", "Kijk eens.\r\n"] {
            for policy in Dmarc::ALL {
                post.under(policy);
                let letter = post.letter();
                let boundary = letter.outlook_boundary("000");
                let number = format!("{own}\r\n");
                let body = multipart(
                    &boundary,
                    &[
                        part(&["Content-Type: text/plain; charset=\"utf-8\""], &number),
                        part(&[header], &content),
                    ],
                );
                let kind = format!("multipart/mixed;\r\n\tboundary=\"{boundary}\"");
                let letter = Letter {
                    subject: "FW: vraag".into(),
                    written_with: Program::Other(kind, None, body),
                    ..letter
                };
                let mail = post.still_signed(DOMAIN, Provider::Microsoft.sends(&post, &letter));
                post.receive(&mail)
                    .is_caught(&format!("{what} {own:?}"), "addressed_to_desk");
            }
        }
    }
}

/// A key under a public suffix, or under a domain above or beside the school's, is nobody's word.
#[test]
fn who_signs_above_or_beside_the_school_proves_nothing() {
    let post = Post::open();
    for domain in [
        "nl",
        "otservicedesk.nl",
        "devecht.nl",
        "xbeatrixschool.nl",
        "evil.beatrixschool.nl",
    ] {
        post.publish("any", domain, Key::Stranger);
        for policy in Dmarc::ALL {
            post.under(policy);
            let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=any;");
            let mail = signed(
                &plain_fields(&plain(&post)),
                Key::Stranger,
                &tags,
                OWN_SERVER,
            );
            let mail = post.still_signed(domain, mail);
            post.receive(&mail).is_caught(domain, "dkim");
        }
    }
}
